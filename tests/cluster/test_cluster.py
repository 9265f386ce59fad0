"""An archive that is read in parts, by Spark on two cores and by GNU parallel, is the one that is read at once."""

import json
import os
import pathlib
import shutil
import subprocess
import sys

import pyarrow
import pyarrow.parquet
import pytest

COPYDESK = os.environ["COPYDESK"]
EXAMPLES = pathlib.Path(__file__).resolve().parents[2] / "examples" / "cluster"
PEOPLE = ["Ada Quillfeather", "Oda Brandvold", "Per Sandvik", "Hafsa Brantvoll", "Ines Tarrow"]
PLACES = ["Larsund", "Vestlund", "Tarrowmouth", "Quorndale"]


def record(number: int) -> dict:
    who, place = PEOPLE[number % 5], PLACES[number % 4]
    text = (
        f"Mayor {who} opened the {10 + number}-metre quay in {place} on {1 + number % 28} March. "
        f"“We will not leave a single boat number {number} out in this weather,” {who} said. It cost £{number + 3}m."
    )
    # Two in ten are the second version of another.
    return {"id": str(number % 160), "version": 1 + number // 160, "date": f"2024-03-{1 + number % 28:02}", "body": text}


RECORDS = [record(number) for number in range(200)]


def run(*words: object, folder: pathlib.Path, given: str | None = None) -> subprocess.CompletedProcess:
    return subprocess.run([*map(str, words)], cwd=folder, input=given, text=True, capture_output=True, timeout=240)


def lines(folder: pathlib.Path) -> list[str]:
    return sorted(line for part in folder.glob("part-*") for line in part.read_text(encoding="utf-8").splitlines())


def exported(archive: str, folder: pathlib.Path) -> list[dict]:
    done = run(COPYDESK, "archive", "export", "--archive", archive, folder=folder)
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def is_same(one: object, other: object) -> bool:
    """Compared here, since pytest would take minutes to show where texts so long differ."""
    return one == other


def said(archive: list[dict]) -> list[tuple]:
    """What is said wherever it stands: a row that Spark writes as JSON has its words at other places."""
    return [(source["path"], [(fact["kind"], fact["sentence"], fact["said"]) for fact in source["facts"]]) for source in archive]


@pytest.fixture(scope="module")
def desk(tmp_path_factory) -> pathlib.Path:
    """Articles in five files, one of them with a line that is none, and the archive that is read at once."""
    folder = tmp_path_factory.mktemp("desk")
    (folder / "articles").mkdir()
    for part in range(5):
        text = "".join(json.dumps(one) + "\n" for one in RECORDS[part::5])
        (folder / "articles" / f"{part}.jsonl").write_text(text + ("no article\n" if part == 3 else ""), encoding="utf-8")
    whole = run(COPYDESK, "facts", folder=folder, given="".join(json.dumps(one) + "\n" for one in RECORDS))
    assert whole.returncode == 0, whole.stderr
    (folder / "whole.jsonl").write_text(whole.stdout, encoding="utf-8")
    joined = run(COPYDESK, "archive", "join", "--archive", "whole", "whole.jsonl", folder=folder)
    assert joined.stdout.startswith("160 sources"), joined.stderr
    return folder


def spark(desk: pathlib.Path, *words: str, program: object = COPYDESK) -> subprocess.CompletedProcess:
    environment = {"PYSPARK_PYTHON": sys.executable, "SPARK_LOCAL_IP": "127.0.0.1"}
    environment["PYSPARK_SUBMIT_ARGS"] = "--master local[2,3] --conf spark.ui.enabled=false pyspark-shell"
    return subprocess.run(
        [sys.executable, str(EXAMPLES / "job.py"), *words, "--copydesk", str(program)],
        cwd=desk, env={**os.environ, **environment}, text=True, capture_output=True, timeout=240,
    )


def test_spark_makes_the_same_lines_and_the_same_archive(desk):
    whole = sorted((desk / "whole.jsonl").read_text(encoding="utf-8").splitlines())
    for parts in ("3", "7"):
        done = spark(desk, "articles", "facts", "--parts", parts, "--join", "by-spark")
        assert done.returncode == 0, done.stderr[-2000:]
        assert is_same(lines(desk / "facts" / "kind=facts"), whole)
        aside = lines(desk / "facts" / "kind=rejected")
        assert [json.loads(one)["record"] for one in aside] == ["no article"]
        assert is_same(exported("by-spark", desk), exported("whole", desk))


def test_parquet_is_read_as_well(desk):
    (desk / "rows").mkdir()
    pyarrow.parquet.write_table(pyarrow.Table.from_pylist(RECORDS), desk / "rows" / "a.parquet")
    done = spark(desk, "rows", "of-rows", "--join", "by-rows")
    assert done.returncode == 0, done.stderr[-2000:]
    assert is_same(said(exported("by-rows", desk)), said(exported("whole", desk)))


def test_a_part_that_is_lost_is_made_again(desk):
    # The first time that a part is read the program is killed on the way.
    program = desk / "failing"
    program.write_text(f'#!/bin/sh\nif mkdir "{desk}/failed" 2> /dev/null; then head -c 100 > /dev/null; kill -9 $$; fi\nexec "{COPYDESK}" "$@"\n')
    program.chmod(0o755)
    done = spark(desk, "articles", "again", "--parts", "3", program=program)
    assert done.returncode == 0 and (desk / "failed").is_dir(), done.stderr[-2000:]
    assert is_same(lines(desk / "again" / "kind=facts"), sorted((desk / "whole.jsonl").read_text(encoding="utf-8").splitlines()))


def test_parallel_makes_the_same_archive(desk):
    path = f"{pathlib.Path(COPYDESK).parent}:{os.environ['PATH']}"
    files = sorted(str(file) for file in (desk / "articles").glob("*.jsonl"))
    shutil.rmtree(desk / "facts", ignore_errors=True)
    for _ in range(2):
        done = subprocess.run([EXAMPLES / "parallel.sh", *files], cwd=desk, env={**os.environ, "PATH": path}, text=True, capture_output=True, timeout=120)
        assert done.returncode == 0, done.stderr
        assert is_same(exported("kept", desk), exported("whole", desk))
