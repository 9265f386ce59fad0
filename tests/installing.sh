# What the tests' install scripts have in common; to be sourced. Doing any of it again changes nothing and takes a second.
as_root=()
[ "$(id -u)" = 0 ] || as_root=(sudo)

# install_packages NAME...: Debian's packages.
install_packages() {
  local missing=() package
  for package in "$@"; do
    dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing+=("$package")
  done
  [ ${#missing[@]} -gt 0 ] || return 0
  "${as_root[@]}" apt-get update -qq
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}"
}

# install_python REQUIREMENTS FOLDER: Python packages in a folder of their own.
install_python() {
  cmp -s "$1" "$2/installed.txt" && return 0
  python3 -c 'import ensurepip' 2>/dev/null || install_packages python3-venv
  python3 -m venv --clear "$2"
  "$2/bin/pip" install --quiet --disable-pip-version-check -r "$1"
  cp "$1" "$2/installed.txt"
}

# install_node HERE FOLDER: the packages of HERE's package-lock.json.
install_node() {
  cmp -s "$1/package-lock.json" "$2/package-lock.json" && [ -d "$2/node_modules" ] && return 0
  mkdir -p "$2"
  cp "$1/package.json" "$1/package-lock.json" "$2/"
  npm --prefix "$2" ci --no-audit --no-fund --loglevel=error
}
