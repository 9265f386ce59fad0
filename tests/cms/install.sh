#!/usr/bin/env bash
# Installs what the examples for CMSs are tried with: PHP and Chromium as Debian has them, and packages in fixed versions.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
. "$here/../installing.sh"
install_packages php-cli
"$here/../page/install.sh"
install_node "$here/../../examples/cms/prosemirror" "${XDG_CACHE_HOME:-$HOME/.cache}/copydesk-cms"
