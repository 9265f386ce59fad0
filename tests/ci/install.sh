#!/usr/bin/env bash
# Installs what test_ci.py needs, in the versions that are fixed here. Doing it again changes nothing and takes a second.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
. "$here/../installing.sh"
install_python "$here/requirements.txt" "${XDG_CACHE_HOME:-$HOME/.cache}/copydesk-ci/python"
cargo fetch --quiet --locked --manifest-path "$here/sarif/Cargo.toml"
