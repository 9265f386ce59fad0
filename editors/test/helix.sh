#!/usr/bin/env bash
# Opens a draft in a real Helix in a terminal, set up with editors/helix/languages.toml, and uses it as an editor would.
#
#   COPYDESK=/path/to/copydesk   default: target/release/copydesk of this checkout
#   HELIX=/path/to/hx            default: what fetch.sh unpacks from Debian trixie
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

HELIX=${HELIX:-$("$here/fetch.sh" hx trixie)}
mkdir -p "$work"/{home/config/helix,bin}
ln -s "$COPYDESK" "$work/bin/copydesk"
cp -r "$here/desk" "$work/desk"
cp "$repository/editors/helix/languages.toml" "$work/home/config/helix/languages.toml"
printf '[editor]\nend-of-line-diagnostics = "hint"\n' >"$work/home/config/helix/config.toml"
"$HELIX" --version | head -n 1

tmux=(tmux -L "copydesk-$$" -f /dev/null)
trap '"${tmux[@]}" kill-server 2>/dev/null || true; rm -rf "$work"' EXIT
export HOME=$work/home XDG_CONFIG_HOME=$work/home/config XDG_CACHE_HOME=$work/home/cache LANG=C.UTF-8 LC_ALL=C.UTF-8
"${tmux[@]}" -u new-session -d -x 160 -y 45 "cd '$work/desk' && PATH='$work/bin':\$PATH TERM=xterm-256color '$HELIX' letter.md"

# The screen without the frames of windows, with single blanks.
screen() { "${tmux[@]}" capture-pane -p | sed 's/[│┌┐└┘─╭╮╰╯┃]/ /g; s/  */ /g'; }
keys() { "${tmux[@]}" send-keys "$@"; }
# The escape key on its own: with another right behind it, a terminal takes both for Alt and that key.
escape() { keys Escape; sleep 0.3; }
to_the_finding() { escape; keys g g; keys ']' d; }

# Waits until the screen has the words, pressing keys anew now and then: what is pressed before the server has answered is lost.
await() { # WORDS [KEYS...]
  local words=$1 turn
  shift
  for turn in $(seq 150); do
    if [ $# -gt 0 ] && [ $((turn % 25)) = 1 ]; then escape; keys "$@"; fi
    if screen | tr '\n' ' ' | sed 's/  */ /g' | grep -qF -- "$words"; then return 0; fi
    sleep 0.1
  done
  printf 'waited in vain for “%s”; the screen:\n' "$words"
  screen
  return 1
}

check() { # NAME COMMAND...
  local name=$1 problem
  shift
  if problem=$("$@" 2>&1); then echo "ok - $name"; else printf 'FAILED - %s: %s\n' "$name" "${problem//$'\n'/$'\n    '}"; fi
}

the_finding_is_shown() { await 'spell this name “Brandvold”'; }

# All lines of the hover as plain words, in their order; Helix draws the Markdown and leaves the addresses out.
the_hover_is_right() {
  to_the_finding
  await 'Nearest: Anna Brandvold (2 sources)' Space k || return 1
  local shown line
  shown=$(screen | tr '\n' ' ' | sed 's/  */ /g')
  while IFS= read -r line; do
    [ -z "$line" ] || [ "$line" = --- ] && continue
    case $shown in *"$line"*) ;; *) printf '“%s” is not in the hover: %s\n' "$line" "$shown"; return 1 ;; esac
  done <"$here/desk/letter.hover.txt"
  case $shown in *'\'*) echo "a backslash is shown: $shown"; return 1 ;; esac
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
  for _ in $(seq 100); do
    grep -q 'Anna Brandvold came back' "$work/desk/letter.md" && return 0
    sleep 0.1
  done
  cat "$work/desk/letter.md"
  return 1
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
