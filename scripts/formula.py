#!/usr/bin/env python3
"""Writes the Homebrew formula of a release to standard output, from packaging/homebrew/copydesk.rb and the checksums of its archives.

    scripts/formula.py DOWNLOADS FOLDER

DOWNLOADS is the address that the archives lie below, FOLDER the folder with their .sha256 files.
"""

import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent


def main() -> None:
    downloads, folder = sys.argv[1].rstrip("/"), pathlib.Path(sys.argv[2])
    sums = {}
    for file in folder.glob("*.tar.gz.sha256"):
        digest, name = file.read_text(encoding="ascii").split()
        sums[re.fullmatch(r"copydesk-([0-9.]+)-(.+)\.tar\.gz", name).groups()] = digest
    versions = {version for version, _ in sums}
    if len(versions) != 1:
        sys.exit(f"archives of one version are wanted; there are {sorted(versions)}")
    (version,) = versions
    text = (ROOT / "packaging/homebrew/copydesk.rb").read_text(encoding="utf-8")
    text = text.replace("@VERSION@", version).replace("@DOWNLOADS@", downloads)
    print(re.sub(r"@SHA256 (\S+)@", lambda match: sums[version, match[1]], text), end="")


if __name__ == "__main__":
    main()
