#!/usr/bin/env bash
# Looks at what --annotate writes, with a built program: tests/word/run.sh target/release/copydesk
# Pictures of the pages are left in target/word, to be looked at.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
COPYDESK=$(realpath "${1:?which program}")
PICTURES=$(realpath "$here/../..")/target/word
export COPYDESK PICTURES
bin=${XDG_CACHE_HOME:-$HOME/.cache}/copydesk-word/python/bin
timeout 300 "$bin/pytest" --quiet -p no:cacheprovider --rootdir "$here" "$here/test_word.py"
