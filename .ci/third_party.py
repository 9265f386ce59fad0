#!/usr/bin/env python3
"""Writes THIRD_PARTY.md: what of others is in copydesk, code and data, and under which licences.

    .ci/third_party.py            rewrite it
    .ci/third_party.py --check    fail unless it is what would be written

The crates are those that `cargo metadata` finds in the program on any platform, those only needed to build or test it left
out. The data comes from the table in data/README.md.
"""

import json
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
TARGET = ROOT / "THIRD_PARTY.md"

HEAD = """# What of others is in copydesk

copydesk itself is licensed under either of MIT or Apache-2.0. Written by `.ci/third_party.py` from `Cargo.lock` and
`data/README.md`; not by hand.

## Code

The crates linked into the program on some platform. The text of each licence stands in the crate's package on crates.io.
What the page of `copydesk serve` is bundled of is named, with the texts, in
[editors/page/dist/licences.txt](editors/page/dist/licences.txt), which the server gives as well.

| crate | version | licence |
| --- | --- | --- |
"""

DATA = """
## Data

The tables compiled in, or the weights drawn from these sources; `data/README.md` says which table has what.

"""


def crates() -> list[dict]:
    """The packages in the program, by name and version."""
    command = ["cargo", "metadata", "--locked", "--format-version", "1", "--manifest-path", str(ROOT / "Cargo.toml")]
    metadata = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    packages = {package["id"]: package for package in metadata["packages"]}
    nodes = {node["id"]: node for node in metadata["resolve"]["nodes"]}
    root = metadata["resolve"]["root"]
    found, waiting = set(), [root]
    while waiting:
        for dependency in nodes[waiting.pop()]["deps"]:
            if dependency["pkg"] not in found and any(kind["kind"] is None for kind in dependency["dep_kinds"]):
                found.add(dependency["pkg"])
                waiting.append(dependency["pkg"])
    return sorted((packages[package] for package in found), key=lambda package: (package["name"], package["version"]))


def data() -> str:
    """The table of sources in data/README.md, without the line for what is our own."""
    text = (ROOT / "data" / "README.md").read_text(encoding="utf-8")
    section = text.split("## Sources and attribution\n", 1)[1].split("\n## ", 1)[0]
    rows = [line for line in section.splitlines() if line.startswith("|") and "hand-written for copydesk" not in line]
    return "\n".join(rows) + "\n"


def report() -> str:
    rows = []
    for package in crates():
        licence = (package["license"] or "").replace("/", " OR ").replace("  ", " ")
        if not licence:
            sys.exit(f"{package['name']} {package['version']} names no licence")
        link = package["repository"] or f"https://crates.io/crates/{package['name']}"
        rows.append(f"| [{package['name']}]({link}) | {package['version']} | {licence} |\n")
    return HEAD + "".join(rows) + DATA + data()


def main() -> None:
    written = report()
    if sys.argv[1:] == ["--check"]:
        if not TARGET.exists() or TARGET.read_text(encoding="utf-8") != written:
            sys.exit("THIRD_PARTY.md is not what .ci/third_party.py would write: run it")
    elif sys.argv[1:]:
        sys.exit(__doc__)
    else:
        TARGET.write_text(written, encoding="utf-8")


if __name__ == "__main__":
    main()
