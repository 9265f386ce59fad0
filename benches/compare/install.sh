#!/usr/bin/env bash
# Installs what instructions.py counts with. Doing it again changes nothing.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
. "$here/../../tests/installing.sh"
install_packages valgrind
