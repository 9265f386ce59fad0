#!/usr/bin/env bash
# Installs what test_word.py needs: LibreOffice as Debian has it, and Python packages in fixed versions. Doing it again changes nothing.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
. "$here/../installing.sh"
install_packages libreoffice-writer-nogui poppler-utils fonts-dejavu-core
install_python "$here/requirements.txt" "${XDG_CACHE_HOME:-$HOME/.cache}/copydesk-word/python"
