# Shared by the editor tests: which program is tested, against what, and the closing line. To be sourced.

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
repository=$(cd "$here/../.." && pwd)
cache=${XDG_CACHE_HOME:-$HOME/.cache}/copydesk-editors
COPYDESK=$(realpath -m "${COPYDESK:-$repository/target/release/copydesk}")
EXPECT=$(realpath -m "${EXPECT:-$here/expect.json}")
if [ ! -x "$COPYDESK" ]; then
  echo "there is no program at $COPYDESK: build it with cargo build --release, or set COPYDESK" >&2
  exit 2
fi

work=$(mktemp -d)
results=$work/results

# Runs a driver and keeps what it prints. Drivers print a line for each check, "ok - ..." or "FAILED - ...",
# and finish with status 0; a driver that ends otherwise counts as one more failure.
run_driver() {
  local status=0
  "$@" | tee -a "$results" || status=$?
  if [ "$status" != 0 ] && ! grep -q '^FAILED' "$results"; then
    echo "FAILED - the driver ended with status $status" | tee -a "$results"
  fi
}

# Prints the closing line; its status is the test's.
tally() {
  local passed failed
  passed=$(grep -c '^ok - ' "$results" || true)
  failed=$(grep -c '^FAILED - ' "$results" || true)
  echo "$passed passed, $failed failed"
  [ "$failed" = 0 ] && [ "$passed" -gt 0 ]
}
