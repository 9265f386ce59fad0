#!/usr/bin/env bash
# Installs what the editor tests need on a Debian machine. Doing it again changes nothing and takes a second or two.
#
#   editors/test/install.sh          everything
#   editors/test/install.sh nvim     only what nvim.sh needs
set -euo pipefail

CODE_SERVER_VERSION=4.139.1
NODE_VERSION=24.21.0 # what that code-server asks for; it stays inside the cache folder

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
cache=${XDG_CACHE_HOME:-$HOME/.cache}/copydesk-editors
. "$here/../../tests/installing.sh"

# Scripts of the packages are left out: what they would compile (terminal, search, password hashing) is not used here.
install_code_server() {
  local dest=$cache/code-server stamp=$cache/code-server/installed
  local wanted="$CODE_SERVER_VERSION node $NODE_VERSION"
  [ "$(cat "$stamp" 2>/dev/null)" = "$wanted" ] && return 0
  rm -rf "$dest"
  mkdir -p "$dest"
  echo '{"private": true}' >"$dest/package.json"
  local quiet=(--no-audit --no-fund --loglevel=error --engine-strict=false --omit=dev)
  npm --prefix "$dest" install "${quiet[@]}" --ignore-scripts "code-server@$CODE_SERVER_VERSION" "node@$NODE_VERSION"
  npm --prefix "$dest" rebuild --loglevel=error node
  local workbench=$dest/node_modules/code-server/lib/vscode folder
  for folder in "$workbench" "$workbench/extensions"; do
    (cd "$folder" && npm install "${quiet[@]}" --ignore-scripts)
  done
  # What the release's own post-install step would link.
  ln -sfn node_modules "$workbench/node_modules.asar"
  ln -sf code-linux.sh "$workbench/bin/remote-cli/code-server"
  ln -sf browser-linux.sh "$workbench/bin/helpers/browser.sh"
  echo "$wanted" >"$stamp"
}

# Runs `npm ci` where the lock file is newer than what it installed.
install_locked() {
  local folder=$1
  [ "$folder/node_modules/.package-lock.json" -nt "$folder/package-lock.json" ] && return 0
  (cd "$folder" && npm ci --no-audit --no-fund --loglevel=error && touch node_modules/.package-lock.json)
}

install_packages neovim
[ "${1:-}" = nvim ] && exit 0

for suite in trixie sid; do "$here/fetch.sh" neovim "$suite" >/dev/null; done
install_packages tmux
"$here/fetch.sh" hx trixie >/dev/null

install_packages vim vim-ale procps

install_packages emacs-nox elpa-markdown-mode elpa-lsp-mode
emacs --batch --eval "(require 'eglot)" 2>/dev/null || install_packages elpa-eglot # part of Emacs from 29 on

install_packages chromium fonts-dejavu-core curl ca-certificates
if ! command -v npm >/dev/null || [ "$(node -p 'process.versions.node.split(".")[0]')" -lt 20 ]; then
  echo "Node.js 20 or newer with npm is needed to build and drive the VS Code extension" >&2
  exit 2
fi
install_code_server
install_locked "$here"
install_locked "$here/../vscode"
echo "installed: $(nvim --version | head -n 1), $(emacs --version | head -n 1), code-server $CODE_SERVER_VERSION"
