#!/usr/bin/env python3
"""copydesk beside the programs that are run over the same texts: typos and aspell, which look at spelling, and ripgrep, which finds a word.

    benches/compare/run.py PROGRAM [FOLDER]

Those that are installed take turns over one folder, on one core, and the least of some rounds counts: what else runs on a machine only makes
a round longer. Without a folder 1,000 articles are made up. What the others do is less, each word by itself or one word in all; the ratio says
what a desk pays for the rest.
"""
import argparse
import os
import pathlib
import resource
import shutil
import subprocess
import tempfile

from made import article

ROUNDS = 5
ARTICLES = 1_000
ONE_THREAD = {**os.environ, "RAYON_NUM_THREADS": "1"}


def commands(program, folder):
    """Of each program that is there, what is run: a command, and whether it takes the texts on its standard input."""
    yield "copydesk lint", [program, "lint", folder, "--exit-zero", "--format", "concise"], False
    if typos := shutil.which("typos"):
        yield "typos", [typos, "--threads", "1", "--format", "brief", folder], False
    if aspell := shutil.which("aspell"):
        yield "aspell", [aspell, "--lang=en", "list"], True
    if ripgrep := shutil.which("rg"):
        yield "ripgrep", [ripgrep, "--threads", "1", "--count-matches", "--word-regexp", "council", folder], False


def processors(command, text):
    """Seconds of the processor that a run takes."""
    pinned = shutil.which("taskset")
    command = [pinned, "--cpu-list", "0", *command] if pinned else command
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, input=text, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=ONE_THREAD, check=False)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program", type=pathlib.Path)
    parser.add_argument("folder", type=pathlib.Path, nargs="?")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="copydesk-compare-") as made:
        folder = arguments.folder
        if folder is None:
            folder = pathlib.Path(made) / "drafts"
            folder.mkdir()
            for number in range(ARTICLES):
                (folder / f"{number}.md").write_text(article(number))
        texts = [path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()]
        whole = b"\n".join(texts)
        run = list(commands(arguments.program.resolve(), folder))
        rounds = [[processors(command, whole if by_input else None) for _, command, by_input in run] for _ in range(ROUNDS)]
        least = [min(column) for column in zip(*rounds)]
        print(f"{len(texts):,} texts, {len(whole) / 1e6:.1f} MB, one core, the least of {ROUNDS} rounds\n")
        print("| program | CPU s | MB/s | its CPU over copydesk's |\n| --- | --- | --- | --- |")
        for (name, *_), seconds in zip(run, least):
            print(f"| {name} | {seconds:.2f} | {len(whole) / 1e6 / seconds:.1f} | {seconds / least[0]:.2f} |")


if __name__ == "__main__":
    main()
