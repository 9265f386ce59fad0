#!/usr/bin/env bash
# Takes the pictures of the extension's page and walkthrough, and of README and docs, in a real VS Code workbench.
# Look at each before it is committed.
#
#   COPYDESK=/path/to/copydesk   default: target/release/copydesk of this checkout
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# A picture of few colours takes 256 of them: the extension carries six.
. "$here/../../tests/installing.sh"
install_packages pngquant
export PICTURES=$here/../vscode/media/walkthrough
mkdir -p "$PICTURES"
DRIVER=$here/pictures.js "$here/vscode.sh"
pngquant --force --ext .png --strip --speed 1 --quality 85-100 "$PICTURES"/*.png
cp "$PICTURES/hover-light.png" "$here/../../docs/images/editor-hover.png"
cp "$PICTURES/dossier-dark.png" "$here/../../docs/images/editor-dossier.png"
