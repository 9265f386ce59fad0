#!/usr/bin/env bash
# Opens a draft in a real VS Code workbench (code-server in a headless Chromium) and uses the extension as an editor would.
#
#   COPYDESK=/path/to/copydesk   default: target/release/copydesk of this checkout
#   VSIX=/path/to/copydesk.vsix  default: built here
#   EXPECT=/path/to/expect.json  the draft and what is expected of it
#   OUT=folder                   keeps screenshots (PNG) and the logs there
#   DRIVER=script                what is run in the workbench; vscode.js by default
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

app=$cache/code-server
if [ ! -f "$app/installed" ]; then
  echo "code-server is not there: run editors/test/install.sh" >&2
  exit 2
fi
OUT=$(realpath -m "${OUT:-$work/out}")
mkdir -p "$OUT" "$work"/{user-data/User,user-data/Machine,extensions,workspace,home}
if [ -z "${VSIX:-}" ]; then
  VSIX=$work/copydesk.vsix
  (cd "$repository/editors/vscode" && npm run package -- --out "$VSIX" >"$OUT/package.log" 2>&1) || { cat "$OUT/package.log" >&2; exit 2; }
fi

# A home of its own: nothing of the user's setup is read or written, and no extension gallery is asked.
export HOME=$work/home XDG_CONFIG_HOME=$work/home/config XDG_DATA_HOME=$work/home/data XDG_CACHE_HOME=$work/home/cache
export EXTENSIONS_GALLERY='{"serviceUrl":""}'
port=$(node -e 'const s = require("net").createServer().listen(0, "127.0.0.1", () => { console.log(s.address().port); s.close(); })')
code_server=(
  "$app/node_modules/node/bin/node" "$app/node_modules/code-server/out/node/entry.js"
  --user-data-dir "$work/user-data" --extensions-dir "$work/extensions" --config "$work/config.yaml" --auth none
  --disable-telemetry --disable-update-check --disable-workspace-trust --disable-getting-started-override
)
"${code_server[@]}" --install-extension "$VSIX" >"$OUT/install.log" 2>&1 || { cat "$OUT/install.log" >&2; exit 2; }
cp "$here/vscode-settings.json" "$work/user-data/User/settings.json"
"${code_server[@]}" --bind-addr "127.0.0.1:$port" "$work/workspace" >"$OUT/code-server.log" 2>&1 &
server=$!
trap 'kill "$server" 2>/dev/null || true; wait "$server" 2>/dev/null || true; rm -rf "$work"' EXIT

export COPYDESK EXPECT OUT REPOSITORY=$repository WORK=$work PORT=$port
run_driver timeout 300 node "${DRIVER:-$here/vscode.js}"
tally
