#!/usr/bin/env python3
"""How an archive grows: makes up 1,000, 10,000 and 100,000 articles, builds their archives and looks drafts up in them.

    scripts/archive_bench.py PROGRAM [SIZE ...] [--keep FOLDER]

Each line gives the build (seconds of all processors, and of the clock), the peak of memory, the archive beside the text, an update of one
article, and `lint` of one draft as a whole process, warm. Timings are those of this machine as it is: compare two programs on a quiet one.
The articles are the same in each run; they have few words and many names, and a figure in most sentences.
"""
import argparse
import os
import pathlib
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "benches" / "compare"))
from made import article  # noqa: E402


def timed(command, **options):
    """Seconds of the clock, seconds of the processors, peak in MB."""
    before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **options)
    _, status, usage = os.wait4(process.pid, 0)
    clock = time.monotonic() - started
    assert os.waitstatus_to_exitcode(status) in (0, 1), command
    return clock, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program", type=pathlib.Path)
    parser.add_argument("sizes", type=int, nargs="*", default=[1_000, 10_000, 100_000])
    parser.add_argument("--keep", type=pathlib.Path, help="make the articles here, and leave them")
    arguments = parser.parse_args()
    program = arguments.program.resolve()
    print("| articles | text, MB | build, CPU s / s | peak, MB | archive, MB (times the text) | update of one, ms | lint of one draft, ms (CPU ms) |")
    print("| --- | --- | --- | --- | --- | --- | --- |")
    for size in arguments.sizes or [1_000, 10_000, 100_000]:
        folder = arguments.keep or pathlib.Path(tempfile.mkdtemp(prefix="copydesk-archive-"))
        desk = folder / str(size)
        sources = desk / "sources"
        text = 0
        for number in range(size):
            path = sources / f"{number // 1000:04}" / f"{number}.md"
            words = article(number)
            text += len(words.encode())
            if not path.exists():
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(words)
        (desk / "copydesk.toml").write_text('corpus = ["sources"]\narchive = "kept"\n')
        (desk / "draft.md").write_text(article(size // 2).replace("rain", "snow"))
        subprocess.run(["sync"], check=False)
        clock, processors, peak = timed([program, "archive", "build"], cwd=desk)
        kept = sum(file.stat().st_blocks * 512 for file in (desk / "kept").rglob("*") if file.is_file())
        lints = [timed([program, "lint", "draft.md"], cwd=desk) for _ in range(9)]
        updates = []
        for turn in range(5):
            (sources / "0000" / "7.md").write_text(article(size + turn))
            updates.append(timed([program, "archive", "update"], cwd=desk)[0])
        lint, lint_processors = (statistics.median(column) * 1000 for column in list(zip(*lints))[:2])
        print(
            f"| {size:,} | {text / 1e6:.1f} | {processors:.1f} / {clock:.1f} | {peak:.0f} | {kept / 1e6:.0f} ({kept / text:.1f}) | "
            f"{statistics.median(updates) * 1000:.0f} | {lint:.0f} ({lint_processors:.0f}) |",
            flush=True,
        )
        if not arguments.keep:
            shutil.rmtree(folder)


if __name__ == "__main__":
    main()
