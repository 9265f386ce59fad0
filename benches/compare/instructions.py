#!/usr/bin/env python3
"""Counts the instructions of `copydesk lint`, which are the same whatever else a machine does, and fails where they have risen.

    benches/compare/instructions.py PROGRAM             holds them against those on record, instructions.tsv
    benches/compare/instructions.py PROGRAM --record    puts them on record

A start is the run over one short draft; a byte is what each byte more of made-up articles takes. Counted by callgrind, with one thread. More than
3 % over the record is a failure: what is worth so much is put on record by whoever decides that. Another compiler counts otherwise as well.
"""
import argparse
import os
import pathlib
import re
import subprocess
import sys
import tempfile

from made import article

RECORD = pathlib.Path(__file__).with_name("instructions.tsv")
MORE = 1.03
FEW, MANY = 40, 120


def counted(program, folder):
    """How many instructions a run over a folder takes."""
    command = ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", program, "lint", folder, "--exit-zero", "--format", "concise"]
    environment = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "HOME": folder, "RAYON_NUM_THREADS": "1"}
    done = subprocess.run(command, capture_output=True, text=True, env=environment, cwd=folder, check=True)
    return int(re.search(r"refs:\s+([\d,]+)", done.stderr)[1].replace(",", ""))


def measured(program):
    """Instructions by what they are of."""
    runs = []
    with tempfile.TemporaryDirectory(prefix="copydesk-count-") as made:
        for count in (1, FEW, MANY):
            folder = pathlib.Path(made) / str(count)
            folder.mkdir()
            texts = ["It rained in Larsund.\n"] if count == 1 else [article(number) for number in range(count)]
            for number, text in enumerate(texts):
                (folder / f"{number:03}.md").write_text(text)
            runs.append((sum(len(text.encode()) for text in texts), counted(program, folder)))
    (_, start), (few, by_few), (many, by_many) = runs
    return {"start": start, "byte": round((by_many - by_few) / (many - few))}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program", type=pathlib.Path)
    parser.add_argument("--record", action="store_true")
    arguments = parser.parse_args()
    now = measured(arguments.program.resolve())
    if arguments.record:
        lines = [f"{name}\t{count}\n" for name, count in now.items()]
        RECORD.write_text("".join(["# of\tinstructions\n", *lines]))
    on_record = dict(line.split("\t") for line in RECORD.read_text().splitlines() if not line.startswith("#"))
    risen = False
    for name, count in now.items():
        before = int(on_record[name])
        print(f"{name}: {count:,} instructions, {before:,} on record ({count / before - 1:+.1%})")
        risen |= count > before * MORE
    if risen:
        sys.exit("more than 3 % over the record: find out why, or put it on record with --record and say why in the commit")


if __name__ == "__main__":
    main()
