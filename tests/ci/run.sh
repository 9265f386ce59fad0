#!/usr/bin/env bash
# Tries what is there for CI with a built program, as far as it runs without the services: tests/ci/run.sh target/release/copydesk
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
COPYDESK=$(realpath "${1:?which program}")
export COPYDESK
bin=${XDG_CACHE_HOME:-$HOME/.cache}/copydesk-ci/python/bin
PATH=$bin:$PATH timeout 300 "$bin/pytest" --quiet -p no:cacheprovider --rootdir "$here" "$here/test_ci.py"
