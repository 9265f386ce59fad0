# Drives an editor in a terminal of tmux: what helix.sh and vim.sh have in common. To be sourced after common.sh.

tmux=(tmux -L "copydesk-$$" -f /dev/null)
trap '"${tmux[@]}" kill-server 2>/dev/null || true; rm -rf "$work"' EXIT

# A home of the test's own: nothing of the user's setup is read or written.
mkdir -p "$work"/{home/config,bin}
ln -s "$COPYDESK" "$work/bin/copydesk"
cp -r "$here/desk" "$work/desk"
export HOME=$work/home XDG_CONFIG_HOME=$work/home/config XDG_CACHE_HOME=$work/home/cache LANG=C.UTF-8 LC_ALL=C.UTF-8

# Opens a draft of the desk.
open() { # EDITOR DRAFT
  "${tmux[@]}" -u new-session -d -x 160 -y 45 "cd '$work/desk' && PATH='$work/bin':\$PATH TERM=xterm-256color '$1' '$2'"
}

# The screen without the frames of windows, with single blanks.
screen() { "${tmux[@]}" capture-pane -p | sed 's/[│┌┐└┘─╭╮╰╯┃]/ /g; s/  */ /g'; }
keys() { "${tmux[@]}" send-keys "$@"; }
# The escape key on its own: with another right behind it, a terminal takes both for Alt and that key.
escape() { keys Escape; sleep 0.3; }

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

# All lines of the hover in letter.hover.txt are on the screen, in plain words.
hover_is_shown() {
  local shown line
  shown=$(screen | tr '\n' ' ' | sed 's/  */ /g')
  while IFS= read -r line; do
    [ -z "$line" ] || [ "$line" = --- ] && continue
    case $shown in *"$line"*) ;; *) printf '“%s” is not in the hover: %s\n' "$line" "$shown"; return 1 ;; esac
  done <"$here/desk/letter.hover.txt"
  case $shown in *'\'*) echo "a backslash is shown: $shown"; return 1 ;; esac
}

# Waits until the file of the draft has the words.
await_saved() { # DRAFT WORDS
  for _ in $(seq 100); do
    grep -qF -- "$2" "$work/desk/$1" && return 0
    sleep 0.1
  done
  cat "$work/desk/$1"
  return 1
}

check() { # NAME COMMAND...
  local name=$1 problem
  shift
  if problem=$("$@" 2>&1); then echo "ok - $name"; else printf 'FAILED - %s: %s\n' "$name" "${problem//$'\n'/$'\n    '}"; fi
}
