#!/usr/bin/env bash
# Takes the README's picture: copydesk in a real terminal, on one of the example drafts.
# Needs Xvfb, xterm, ImageMagick and the DejaVu fonts (Debian: xvfb xterm imagemagick fonts-dejavu-core).
set -euo pipefail
cd "$(dirname "$0")/../.."
cargo build --locked --release
export DISPLAY=:97
Xvfb $DISPLAY -screen 0 1400x1000x24 > /dev/null 2>&1 & server=$!
trap 'kill $server' EXIT
until xdpyinfo > /dev/null 2>&1; do sleep 0.1; done
shown="printf '\$ copydesk lint examples/drafts/week-ahead.md\n'; COLUMNS=128 target/release/copydesk lint --color always examples/drafts/week-ahead.md 2>&1 | head -n ${LINES_SHOWN:-37}; sleep 30"
xterm -fa 'DejaVu Sans Mono' -fs 10 -geometry 130x46+0+0 -bg '#1d1f27' -fg '#e6e6e6' -e bash -c "$shown" & terminal=$!
sleep 3
import -window root -trim +repage "${1:-docs/images/lint.png}"
kill $terminal
