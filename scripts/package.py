#!/usr/bin/env python3
"""Makes a release archive of copydesk, and its checksum, in dist/.

    scripts/package.py                    for this machine
    scripts/package.py --target TRIPLE    for another target that this machine's cargo can link
    scripts/package.py --program FILE     of a program that is built already

In it are the program, its licences, README and CHANGELOG, completions for five shells and man pages. The same sources give the same
archive, byte for byte, but for what the compiler does.
"""

import argparse
import gzip
import hashlib
import io
import json
import pathlib
import subprocess
import tarfile
import tomllib
import zipfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
TEXTS = ["README.md", "CHANGELOG.md", "LICENSE-MIT", "LICENSE-APACHE", "THIRD_PARTY.md"]
SHELLS = {"bash": "copydesk.bash", "zsh": "_copydesk", "fish": "copydesk.fish", "powershell": "_copydesk.ps1", "elvish": "copydesk.elv"}


def output(*command: str) -> str:
    return subprocess.run(command, check=True, capture_output=True, text=True, encoding="utf-8", cwd=ROOT).stdout


def host() -> str:
    """The triple that this machine's compiler builds for."""
    return next(line.split(": ")[1] for line in output("rustc", "-vV").splitlines() if line.startswith("host: "))


def built(target: str) -> pathlib.Path:
    # Given by name even where it is this machine's own, so that the program is in one place.
    subprocess.run(["cargo", "build", "--release", "--locked", "--bin", "copydesk", "--target", target], check=True, cwd=ROOT)
    metadata = json.loads(output("cargo", "metadata", "--locked", "--format-version", "1", "--no-deps"))
    return pathlib.Path(metadata["target_directory"]) / target / "release" / ("copydesk.exe" if "windows" in target else "copydesk")


def contents(program: pathlib.Path, runs: str) -> dict[str, tuple[bytes, int]]:
    """What is in the archive: bytes and mode by name. `runs` is a copydesk that this machine can run."""
    files = {program.name: (program.read_bytes(), 0o755)}
    for text in TEXTS:
        files[text] = ((ROOT / text).read_bytes(), 0o644)
    for shell, name in SHELLS.items():
        files[f"completions/{name}"] = (output(runs, "generate", "completions", shell).encode(), 0o644)
    for page in output(runs, "generate", "man").split():
        files[f"man/{page}.1"] = (output(runs, "generate", "man", page).encode(), 0o644)
    return files


def tar(folder: str, files: dict[str, tuple[bytes, int]]) -> bytes:
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w", format=tarfile.USTAR_FORMAT) as archive:
        for name, (data, mode) in sorted(files.items()):
            entry = tarfile.TarInfo(f"{folder}/{name}")
            entry.size, entry.mode = len(data), mode
            archive.addfile(entry, io.BytesIO(data))
    return gzip.compress(packed.getvalue(), mtime=0)


def zipped(folder: str, files: dict[str, tuple[bytes, int]]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, (data, mode) in sorted(files.items()):
            entry = zipfile.ZipInfo(f"{folder}/{name}")
            entry.external_attr, entry.compress_type = mode << 16, zipfile.ZIP_DEFLATED
            archive.writestr(entry, data)
    return packed.getvalue()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--target", default=None)
    parser.add_argument("--program", type=pathlib.Path, default=None)
    parser.add_argument("--out", type=pathlib.Path, default=ROOT / "dist")
    given = parser.parse_args()
    target = given.target or host()
    program = given.program.resolve() if given.program else built(target)
    # What the program says of itself is the same on every target; where this machine can't run it, one of its own says it.
    runs = program if target == host() or (target, host()) == ("x86_64-apple-darwin", "aarch64-apple-darwin") else built(host())
    version = tomllib.loads((ROOT / "Cargo.toml").read_text(encoding="utf-8"))["package"]["version"]
    folder = f"copydesk-{version}-{target}"
    files = contents(program, str(runs))
    name, data = (f"{folder}.zip", zipped(folder, files)) if "windows" in target else (f"{folder}.tar.gz", tar(folder, files))
    given.out.mkdir(parents=True, exist_ok=True)
    (given.out / name).write_bytes(data)
    (given.out / f"{name}.sha256").write_text(f"{hashlib.sha256(data).hexdigest()}  {name}\n", encoding="ascii")
    print(given.out / name)


if __name__ == "__main__":
    main()
