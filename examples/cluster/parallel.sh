#!/usr/bin/env bash
# parallel.sh FILE.jsonl...: an archive in `kept` of articles in JSON Lines, read on all cores by GNU parallel, or on many machines (add --sshlogin).
# What was made stays: run it again after a failure, or with more files, and only the rest is read.
set -euo pipefail
mkdir -p facts
# Named when it is whole: a part that was cut off is none.
read_one='[ -s facts/{/.}.jsonl ] || { copydesk facts --rejected facts/{/.}.rejected < {} > facts/{/.}.part && mv facts/{/.}.part facts/{/.}.jsonl; }'
parallel --halt now,fail=1 "$read_one" ::: "$@"
copydesk archive join --archive kept facts/*.jsonl
