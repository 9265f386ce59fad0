#!/usr/bin/env bash
# Runs the clients against a built program: tests/clients/run.sh target/release/copydesk
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
COPYDESK=$(realpath "${1:?which program}")
export COPYDESK
cache=${XDG_CACHE_HOME:-$HOME/.cache}/copydesk-clients
# A client that waits for an answer waits forever.
timeout 180 "$cache/python/bin/pytest" --quiet -p no:cacheprovider -c "$here/pytest.ini" "$here/session.py"
timeout 180 "$cache/python/bin/pytest" --quiet -p no:cacheprovider -c "$here/pytest.ini" "$here/assistant.py"
NODE_PATH=$cache/node/node_modules timeout 60 node "$here/session.js"
