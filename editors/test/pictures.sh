#!/usr/bin/env bash
# Takes the pictures of README and docs in a real VS Code workbench, into editors/vscode/media/walkthrough.
# Look at each before it is committed.
#
#   COPYDESK=/path/to/copydesk   default: target/release/copydesk of this checkout
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
export PICTURES=${PICTURES:-$here/../vscode/media/walkthrough}
mkdir -p "$PICTURES"
DRIVER=$here/pictures.js "$here/vscode.sh"
