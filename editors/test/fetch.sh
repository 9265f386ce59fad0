#!/usr/bin/env bash
# Unpacks an editor of another Debian suite into the cache folder, with all its libraries, and leaves the system alone.
#
#   editors/test/fetch.sh neovim trixie   prints the path of a start script, to be used as
#   NVIM=$(editors/test/fetch.sh neovim trixie) editors/test/nvim.sh
#   editors/test/fetch.sh hx trixie       Helix
set -euo pipefail

package=${1:?usage: fetch.sh neovim|hx SUITE}
suite=${2:?usage: fetch.sh neovim|hx SUITE, for example trixie or sid}
case $package in
  neovim) program=nvim ;;
  hx) program=hx ;;
  *) echo "usage: fetch.sh neovim|hx SUITE" >&2; exit 2 ;;
esac
dest=${XDG_CACHE_HOME:-$HOME/.cache}/copydesk-editors/$program-$suite
if [ -x "$dest/$program" ]; then
  echo "$dest/$program"
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
apt-get "${private[@]}" -qq -y --no-install-recommends --download-only install "$package" >&2

rm -rf "$dest"
mkdir -p "$dest/root"
for archive in "$work"/archives/*.deb; do dpkg-deb -x "$archive" "$dest/root"; done
loader=$(find "$dest/root" -name 'ld-linux*.so.*' \( -type f -o -type l \) | head -n 1)
libraries=$(find "$dest/root" -name 'libc.so.6' -printf '%h\n' | head -n 1)
# The binary lies under /usr/libexec in newer packages of Neovim, where /usr/bin/nvim is a link.
binary=$(find "$dest/root/usr" -name "$program" -type f -perm -1 | head -n 1)
if [ "$program" = nvim ]; then
  # The parsers of file types lie beside the libraries, where Neovim would look in the system's own folder.
  runtime="VIMRUNTIME=$dest/root/usr/share/nvim/runtime"
  arguments="--cmd 'set runtimepath+=$dest/root/usr/lib/nvim'"
else
  runtime="HELIX_RUNTIME=$(dirname "$(find "$dest/root/usr" -type d -name queries | head -n 1)")"
  arguments=
fi
cat >"$dest/$program" <<START
#!/bin/sh
export $runtime
exec $loader --library-path $libraries $binary $arguments "\$@"
START
chmod +x "$dest/$program"
"$dest/$program" --version | head -n 1 >&2
echo "$dest/$program"
