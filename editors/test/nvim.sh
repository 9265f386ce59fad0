#!/usr/bin/env bash
# Opens a draft in a real Neovim and uses the plugin as an editor would.
#
#   COPYDESK=/path/to/copydesk   default: target/release/copydesk of this checkout
#   NVIM=/path/to/nvim           default: the one on the PATH; fetch.sh unpacks newer ones
#   EXPECT=/path/to/expect.json  the draft and what is expected of it
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
trap 'rm -rf "$work"' EXIT

NVIM=${NVIM:-nvim}
export COPYDESK EXPECT REPOSITORY=$repository
# Nothing of the user's own setup is read or written.
mkdir -p "$work"/{home,run,bin}
export HOME=$work/home XDG_CONFIG_HOME=$work/home/config XDG_DATA_HOME=$work/home/data XDG_STATE_HOME=$work/home/state
export XDG_CACHE_HOME=$work/home/cache XDG_RUNTIME_DIR=$work/run LANG=C.UTF-8
ln -s "$COPYDESK" "$work/bin/copydesk"

"$NVIM" --version | head -n 1
drive() { # WAY-TO-START
  START=$1 WORK=$work/$1 PATH=$work/bin:$PATH run_driver timeout 120 "$NVIM" --headless -u NONE -i NONE -n -c "luafile $here/nvim.lua"
}
drive setup
if "$NVIM" --headless -u NONE -i NONE -c 'if has("nvim-0.11") | qall | else | cquit | endif' 2>/dev/null; then
  drive enable
fi
if "$NVIM" --headless -u NONE -i NONE -c 'if has("nvim-0.10") | qall | else | cquit | endif' 2>/dev/null; then
  drive inlays
fi
tally
