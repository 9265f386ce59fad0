#!/usr/bin/env bash
# Takes the picture of the page that `lint --format html` writes, on one of the example drafts. COPYDESK names a program that is built
# already. Needs what tests/page/install.sh installs.
set -euo pipefail
cd "$(dirname "$0")/../.."
program=${COPYDESK:-target/release/copydesk}
[ -n "${COPYDESK:-}" ] || cargo build --locked --release
tests/page/install.sh
work=$(mktemp -d)
trap 'rm -r "$work"' EXIT
"$program" lint examples/drafts/week-ahead.md --format html > "$work/page.html" || [ $? = 1 ]
NODE_PATH=${XDG_CACHE_HOME:-$HOME/.cache}/copydesk-page/node_modules node - "$work/page.html" "${1:-docs/images/page.png}" << 'END'
const { chromium } = require('playwright-core');
const [page, picture] = process.argv.slice(2);
(async () => {
  const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'] });
  const tab = await browser.newPage({ viewport: { width: 1180, height: 860 } });
  await tab.goto(`file://${page}`);
  await tab.screenshot({ path: picture });
  await browser.close();
})();
END
