#!/usr/bin/env bash
# Takes the README's picture: copydesk in a real terminal, on one of the example drafts. The text in it goes to lint.txt, so that
# `cargo test` can tell when the picture is stale. COPYDESK names a program that is built already.
# Needs Xvfb, xterm, ImageMagick and the DejaVu fonts (Debian: xvfb xterm imagemagick fonts-dejavu-core).
set -euo pipefail
cd "$(dirname "$0")/../.."
program=${COPYDESK:-target/release/copydesk}
[ -n "${COPYDESK:-}" ] || cargo build --locked --release
draft=examples/drafts/week-ahead.md
columns=128
text=$(COLUMNS=$columns "$program" lint "$draft" || [ $? = 1 ])
# As many findings as fit, each of them whole.
awk -v RS= -v ORS='\n\n' '{ lines += gsub(/\n/, "\n") + 2; if (lines > 46) exit; print }' <<< "$text" > docs/images/lint.txt
lines=$(wc -l < docs/images/lint.txt)
export DISPLAY=:97
Xvfb $DISPLAY -screen 0 1400x1000x24 > /dev/null 2>&1 & server=$!
trap 'kill $server' EXIT
until xdpyinfo > /dev/null 2>&1; do sleep 0.1; done
# The prompt has the line of the last blank one. No cursor.
shown="printf '\033[?25l\$ copydesk lint $draft\n'; COLUMNS=$columns $program lint --color always $draft 2>&1 | head -n $((lines - 1)); sleep 30"
xterm -fa 'DejaVu Sans Mono' -fs 10 -geometry 130x$lines+0+0 -bg '#1d1f27' -fg '#e6e6e6' -e bash -c "$shown" & terminal=$!
sleep 3
import -window root -trim +repage "${1:-docs/images/lint.png}"
kill $terminal
