#!/usr/bin/env bash
# All editors, one after the other, and how long each took.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
for editor in nvim emacs helix vim vscode; do
  SECONDS=0
  "$here/$editor.sh"
  echo "$editor: $SECONDS s"
done
for suite in trixie sid; do
  SECONDS=0
  NVIM=$("$here/fetch.sh" neovim "$suite") "$here/nvim.sh"
  echo "nvim of $suite: $SECONDS s"
done
