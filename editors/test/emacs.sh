#!/usr/bin/env bash
# Opens a draft in a real Emacs, set up as editors/emacs/README.md says, and uses eglot and lsp-mode as an editor would.
#
#   COPYDESK=/path/to/copydesk   default: target/release/copydesk of this checkout
#   EMACS=/path/to/emacs         default: the one on the PATH
#   EXPECT=/path/to/expect.json  the draft and what is expected of it
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
trap 'rm -rf "$work"' EXIT

EMACS=${EMACS:-emacs}
mkdir -p "$work"/{home,bin}
ln -s "$COPYDESK" "$work/bin/copydesk"
python3 - "$EXPECT" "$repository" >"$work/draft.md" <<'PYTHON'
import json, pathlib, sys
expect = json.loads(pathlib.Path(sys.argv[1]).read_text(encoding="utf-8"))
text = expect.get("text") or (pathlib.Path(sys.argv[2]) / expect["draft"]).read_text(encoding="utf-8")
sys.stdout.buffer.write(text.encode("utf-8"))
PYTHON

"$EMACS" --version | head -n 1
# Nothing of the user's own setup is read or written.
export HOME=$work/home XDG_CONFIG_HOME=$work/home/config XDG_CACHE_HOME=$work/home/cache EXPECT WORK=$work REPOSITORY=$repository LANG=C.UTF-8
cp -r "$here/desk" "$work/desk"
for client in emacs emacs-lsp-mode; do
  PATH=$work/bin:$PATH run_driver timeout 120 "$EMACS" --batch --load "$here/$client.el" 2>>"$work/log"
done
grep -q '^FAILED' "$results" && cat "$work/log" >&2
tally
