#!/usr/bin/env bash
# The first step of the action: which copydesk it runs. One that the job has already; or that of the action's own release, its checksum
# looked at; or else one built from the action's own sources.
set -euo pipefail
found() {
  echo "program=$1" >> "$GITHUB_OUTPUT"
  "$1" --version
  exit 0
}
if program=$(command -v copydesk); then found "$program"; fi

work=${RUNNER_TEMP:?}/copydesk
mkdir -p "$work"
case "${RUNNER_OS:-} ${RUNNER_ARCH:-}" in
  "Linux X64") target=x86_64-unknown-linux-gnu ;;
  "Linux ARM64") target=aarch64-unknown-linux-gnu ;;
  "macOS X64") target=x86_64-apple-darwin ;;
  "macOS ARM64") target=aarch64-apple-darwin ;;
  "Windows X64") target=x86_64-pc-windows-msvc ;;
  *) target=none ;;
esac
# Only a tag of a version has a release.
if [ "$target" != none ] && [[ ${ACTION_REF:-} =~ ^v[0-9]+\.[0-9]+\.[0-9]+$ ]] && [ -n "${ACTION_REPOSITORY:-}" ] &&
  gh release download "$ACTION_REF" --repo "$ACTION_REPOSITORY" --pattern "copydesk-*-$target.*" --dir "$work" --clobber; then
  cd "$work"
  if command -v sha256sum > /dev/null; then sha256sum --check -- *.sha256; else shasum -a 256 --check -- *.sha256; fi
  if [[ $target == *windows* ]]; then unzip -qo -- *.zip; else tar -xzf ./*.tar.gz; fi
  found "$(echo "$work"/copydesk-*-"$target"/copydesk*)"
fi
cargo install --quiet --locked --path "$GITHUB_ACTION_PATH" --root "$work"
found "$work/bin/copydesk"
