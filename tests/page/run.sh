#!/usr/bin/env bash
# Looks at the page of `lint --format html` in Chromium: tests/page/run.sh target/release/copydesk [FOLDER FOR PICTURES]
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
program=$(realpath "${1:?which program}")
NODE_PATH=${XDG_CACHE_HOME:-$HOME/.cache}/copydesk-page/node_modules timeout 300 node "$here/page.js" "$program" ${2:+"$(realpath "$2")"}
