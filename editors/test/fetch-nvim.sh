#!/usr/bin/env bash
# Unpacks the Neovim of another Debian suite into the cache folder, with all its libraries, and leaves the system alone.
#
#   editors/test/fetch-nvim.sh trixie     prints the path of a start script, to be used as
#   NVIM=$(editors/test/fetch-nvim.sh trixie) editors/test/nvim.sh
set -euo pipefail

suite=${1:?usage: fetch-nvim.sh SUITE, for example trixie or sid}
dest=${XDG_CACHE_HOME:-$HOME/.cache}/copydesk-editors/nvim-$suite
if [ -x "$dest/nvim" ]; then
  echo "$dest/nvim"
  exit 0
fi

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$work/lists/partial" "$work/archives/partial"
# An empty list of installed packages makes apt download every dependency, the C library included.
touch "$work/status"
echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] http://deb.debian.org/debian $suite main" >"$work/sources.list"
private=(
  -o "Dir::Etc::SourceList=$work/sources.list" -o Dir::Etc::SourceParts=/dev/null -o Dir::Etc::PreferencesParts=/dev/null
  -o "Dir::State::Lists=$work/lists" -o "Dir::State::Status=$work/status"
  -o "Dir::Cache=$work" -o "Dir::Cache::Archives=$work/archives"
  -o APT::Sandbox::User=root -o Acquire::Languages=none
)
apt-get "${private[@]}" -qq update >&2
apt-get "${private[@]}" -qq -y --no-install-recommends --download-only install neovim >&2

rm -rf "$dest"
mkdir -p "$dest/root"
for package in "$work"/archives/*.deb; do dpkg-deb -x "$package" "$dest/root"; done
loader=$(find "$dest/root" -name 'ld-linux*.so.*' \( -type f -o -type l \) | head -n 1)
libraries=$(find "$dest/root" -name 'libc.so.6' -printf '%h\n' | head -n 1)
# Neovim's own binary lies under /usr/libexec in newer packages, where /usr/bin/nvim is a link.
binary=$(find "$dest/root/usr/bin" "$dest/root/usr/libexec" -name nvim -type f 2>/dev/null | head -n 1)
# The parsers of file types lie beside the libraries, where Neovim would look in the system's own folder.
cat >"$dest/nvim" <<START
#!/bin/sh
export VIMRUNTIME=$dest/root/usr/share/nvim/runtime
exec $loader --library-path $libraries $binary --cmd 'set runtimepath+=$dest/root/usr/lib/nvim' "\$@"
START
chmod +x "$dest/nvim"
"$dest/nvim" --version | head -n 1 >&2
echo "$dest/nvim"
