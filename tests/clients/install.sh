#!/usr/bin/env bash
# Installs the clients, in the versions that are fixed here. Doing it again changes nothing and takes a second.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
cache=${XDG_CACHE_HOME:-$HOME/.cache}/copydesk-clients
. "$here/../installing.sh"
install_python "$here/requirements.txt" "$cache/python"
install_node "$here" "$cache/node"
