#!/usr/bin/env bash
# Tries the examples for CMSs against a built program: tests/cms/run.sh target/release/copydesk
# A picture of the page is left in target/cms, to be looked at.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
program=$(realpath "${1:?which program}")
cache=${XDG_CACHE_HOME:-$HOME/.cache}
php -l "$here/../../examples/cms/wordpress/copydesk/copydesk.php" > /dev/null
node --check "$here/../../examples/cms/wordpress/copydesk/panel.js"
mkdir -p "$here/../../target/cms"
export NODE_MODULES=$cache/copydesk-cms/node_modules
NODE_PATH=$cache/copydesk-page/node_modules timeout 240 node "$here/cms.js" "$program" "$(realpath "$here/../../target/cms")"
