#!/usr/bin/env bash
# Installs Spark, in the version that is fixed here, and Debian's Java and GNU parallel. Doing it again takes a second.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
. "$here/../installing.sh"
command -v java > /dev/null || install_packages openjdk-17-jre-headless
command -v parallel > /dev/null || install_packages parallel
install_python "$here/requirements.txt" "${XDG_CACHE_HOME:-$HOME/.cache}/copydesk-cluster/python"
