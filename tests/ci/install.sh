#!/usr/bin/env bash
# Installs what test_ci.py needs, in the versions that are fixed here. Doing it again changes nothing and takes a second.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
cache=${XDG_CACHE_HOME:-$HOME/.cache}/copydesk-ci
mkdir -p "$cache"
if ! cmp -s "$here/requirements.txt" "$cache/python/installed.txt"; then
  if ! python3 -c 'import ensurepip' 2> /dev/null; then
    as_root=()
    [ "$(id -u)" = 0 ] || as_root=(sudo)
    "${as_root[@]}" apt-get update -qq
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends python3-venv
  fi
  python3 -m venv --clear "$cache/python"
  "$cache/python/bin/pip" install --quiet --disable-pip-version-check -r "$here/requirements.txt"
  cp "$here/requirements.txt" "$cache/python/installed.txt"
fi
cargo fetch --quiet --locked --manifest-path "$here/sarif/Cargo.toml"
