#!/usr/bin/env bash
# Tries the page of `copydesk serve` in Chromium: tests/serve-page/run.sh target/release/copydesk [FOLDER FOR PICTURES]. Needs what
# tests/page/install.sh installs.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
program=$(realpath "${1:?which program}")
NODE_PATH=${XDG_CACHE_HOME:-$HOME/.cache}/copydesk-page/node_modules timeout 600 node "$here/page.js" "$program" ${2:+"$(realpath "$2")"}
