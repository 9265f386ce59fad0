#!/usr/bin/env bash
# Opens a draft in a real Helix in a terminal, set up with editors/helix/languages.toml, and uses it as an editor would.
#
#   COPYDESK=/path/to/copydesk   default: target/release/copydesk of this checkout
#   HELIX=/path/to/hx            default: what fetch.sh unpacks from Debian trixie
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

HELIX=${HELIX:-$("$here/fetch.sh" hx trixie)}
"$HELIX" --version | head -n 1
source "$here/terminal.sh"
mkdir -p "$XDG_CONFIG_HOME/helix"
cp "$repository/editors/helix/languages.toml" "$XDG_CONFIG_HOME/helix/languages.toml"
printf '[editor]\nend-of-line-diagnostics = "hint"\n' >"$XDG_CONFIG_HOME/helix/config.toml"
open "$HELIX" letter.md

to_the_finding() { escape; keys g g; keys ']' d; }

the_finding_is_shown() { await 'spell this name “Brandvold”'; }

# All lines of the hover as plain words, in their order; Helix draws the Markdown and leaves the addresses out.
the_hover_is_right() {
  to_the_finding
  await 'Nearest: Anna Brandvold (2 sources)' Space k || return 1
  hover_is_shown || return 1
  escape
}

the_source_is_opened() {
  to_the_finding
  await 'council.md' g d || return 1
  escape
  keys ':bc' Enter
  await 'letter.md'
}

the_fix_is_made() {
  to_the_finding
  await 'Change to “Brandvold”' Space a || return 1
  keys Enter
  sleep 0.5
  escape
  keys ':w' Enter
  await_saved letter.md 'Anna Brandvold came back'
}

the_command_is_done() {
  escape
  keys ':lsp-workspace-command copydesk.reload' Enter
  sleep 1
  await 'letter.md' || return 1
  ! screen | grep -iE 'error|not (found|supported)'
}

{
  check "the finding is shown at the end of its line" the_finding_is_shown
  check "the hover begins with what is found, to the letter" the_hover_is_right
  check "definition opens the source" the_source_is_opened
  check "a command of the server is done" the_command_is_done
  check "the fix changes the draft" the_fix_is_made
} | tee "$results"
escape
keys ':q!' Enter
tally
