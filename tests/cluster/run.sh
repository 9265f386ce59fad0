#!/usr/bin/env bash
# Reads a small archive with Spark and with GNU parallel: tests/cluster/run.sh target/release/copydesk
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
COPYDESK=$(realpath "${1:?which program}")
export COPYDESK
timeout 300 "${XDG_CACHE_HOME:-$HOME/.cache}/copydesk-cluster/python/bin/pytest" --quiet -p no:cacheprovider "$here/test_cluster.py"
