#!/usr/bin/env bash
# Opens drafts in a real Vim in a terminal, set up with the lines of editors/vim/README.md for ALE, and uses it as an editor would.
#
#   COPYDESK=/path/to/copydesk   default: target/release/copydesk of this checkout
#   VIM_PROGRAM=/path/to/vim     default: the one on the PATH
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

VIM_PROGRAM=${VIM_PROGRAM:-vim}
"$VIM_PROGRAM" --version | head -n 1
source "$here/terminal.sh"
# The first block of the page that is Vim's, as it stands there.
awk '/^```vim$/ { inside = 1; next } /^```$/ && inside { exit } inside' "$repository/editors/vim/README.md" >"$HOME/.vimrc"
mkdir "$work/loose"
cp "$repository/examples/drafts/week-ahead.md" "$work/loose/"
cp "$here/desk/letter.md" "$work/desk/letter.txt"
printf '<h1>The dam</h1>\n<p>The engineer Anna Brandvodl came back to Oslo.</p>\n' >"$work/desk/letter.html"
open "$VIM_PROGRAM" letter.md

# A command line, from whatever Vim was doing.
run() { escape; keys ":$1" Enter; }
to_the_finding() { run 'ALEFirst'; sleep 0.2; }
# The servers of this test's Vim, by the home that they were given.
servers() {
  local process
  for process in $(pgrep -f 'copydesk.* lsp$'); do
    ! grep -qzx "HOME=$HOME" "/proc/$process/environ" 2>/dev/null || echo "$process"
  done
}
no_server_is_left() {
  for _ in $(seq 100); do
    [ -n "$(servers)" ] || return 0
    sleep 0.1
  done
  echo "still there: $(servers)"
  return 1
}

# The message behind the line, and the place in Vim's ruler.
the_finding_is_at_its_words() {
  await 'spell this name “Brandvold”' || return 1
  await ' 3,19 ' ':ALEFirst' Enter
}

the_hover_is_right() {
  to_the_finding
  await 'Nearest: Anna Brandvold (2 sources)' ':ALEHover' Enter || return 1
  hover_is_shown || return 1
  run pclose
}

the_source_is_opened() {
  to_the_finding
  await 'The council of Oslo thanked Anna Brandvold' ':ALEGoToDefinition' Enter || return 1
  run 'buffer letter.md'
  await 'The engineer Anna Brandvodl'
}

the_mentions_are_listed() {
  to_the_finding
  run 'ALEFindReferences -quickfix'
  sleep 1
  await 'letter.md|3 col 54|' ':copen' Enter || return 1
  run cclose
}

the_fix_is_made() {
  to_the_finding
  await '1) Change to “Brandvold”' ':ALECodeAction' Enter || return 1
  keys 1 Enter
  await 'Anna Brandvold came back' || return 1
  run write
  await_saved letter.md 'Anna Brandvold came back to Oslo. Later Brandvold left.'
}

the_person_is_renamed() {
  run '3'
  keys '20|'
  await 'New name:' ':ALERename' Enter || return 1
  keys C-u
  keys 'Anna Brandvoll' Enter
  await 'The engineer Anna Brandvoll came back'
}

# What was found in another draft is not to be on the screen any more.
is_checked() { # DRAFT
  run "edit! $1"
  await "\"$1\"" || return 1
  await 'spell this name “Brandvold”'
}

a_draft_of_no_desk_is_checked() {
  run "edit! $work/loose/week-ahead.md"
  await 'spell this name “Kushner”'
}

the_servers_end_with_vim() {
  [ -n "$(servers)" ] || { echo 'none was found running'; return 1; }
  run 'qall!'
  no_server_is_left
}

{
  check "the finding stands at its words" the_finding_is_at_its_words
  check "the hover begins with what is found, to the letter" the_hover_is_right
  check "definition opens the source" the_source_is_opened
  check "the mentions are listed" the_mentions_are_listed
  check "the fix changes the draft" the_fix_is_made
  check "a person is renamed" the_person_is_renamed
  check "a draft of plain text is checked" is_checked letter.txt
  check "a draft in HTML is checked" is_checked letter.html
  check "a draft outside of any desk is checked" a_draft_of_no_desk_is_checked
  check "the servers end with Vim" the_servers_end_with_vim
} | tee "$results"
tally
