#!/usr/bin/env bash
# Installs what page.js needs on a Debian machine: Chromium, and the two packages in the versions fixed here. Doing it again changes
# nothing and takes a second.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
. "$here/../installing.sh"
[ -x /usr/bin/chromium ] || install_packages chromium fonts-dejavu-core
install_node "$here" "${XDG_CACHE_HOME:-$HOME/.cache}/copydesk-page"
