#!/usr/bin/env python3
"""Reads an archive with Spark: articles in, facts out, a part at a time on all machines of a cluster.

    spark-submit job.py ARTICLES FACTS [--copydesk PROGRAM] [--name NAME] [--config FILE]
                        [--join FOLDER | --load postgres://loader@host/name]

ARTICLES is a folder (or file) of JSON Lines or Parquet, an article a line or row; FACTS is the folder that gets `kind=facts`, lines as `copydesk facts`
writes them, and `kind=rejected`, what could not be read and why. A part that is lost is made again, and FACTS has all of it or nothing. Doing it
again changes nothing: what is made of an article depends on that article alone, and of lines of one id a join takes one.

The program has to be on every machine at the same path (`--files` and a path of `./copydesk` do as well).
"""

import argparse
import pathlib
import subprocess
import tempfile
import threading

import pyarrow
from pyspark.sql import SparkSession
from pyspark.sql import functions as f

# Lines go to the program so many at a time, and come back so many at a time: a line of facts has some 50 KB.
LINES_IN, LINES_OUT = 1_000, 200


def rows(kind: str, lines: list[str]) -> pyarrow.RecordBatch:
    return pyarrow.RecordBatch.from_pydict({"kind": pyarrow.array([kind] * len(lines), pyarrow.string()), "line": pyarrow.array(lines, pyarrow.string())})


def facts_of(command: list[str]):
    """What is done with each part: its records through the filter, in their order."""

    def of_part(batches):
        with tempfile.TemporaryDirectory() as folder:
            rejected = pathlib.Path(folder, "rejected.jsonl")
            process = subprocess.Popen([*command, "--rejected", str(rejected)], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
            faults: list[Exception] = []

            def feed():
                try:
                    with process.stdin as stdin:
                        for batch in batches:
                            for record in batch.column("value"):
                                stdin.write(record.as_py().encode() + b"\n")
                except Exception as fault:  # It is raised again below, on the thread that Spark listens to.
                    faults.append(fault)

            feeding = threading.Thread(target=feed)
            feeding.start()
            lines = []
            for line in process.stdout:
                lines.append(line.decode().rstrip("\n"))
                if len(lines) >= LINES_OUT:
                    yield rows("facts", lines)
                    lines = []
            yield rows("facts", lines)
            feeding.join()
            status = process.wait()
            if faults or status != 0:
                # Spark makes the part again, and gives up after some times.
                raise RuntimeError(f"{command[0]} ended with status {status}") from (faults or [None])[0]
            aside = rejected.read_text(encoding="utf-8").splitlines()
            yield rows("rejected", aside)

    return of_part


def records(spark: SparkSession, articles: str):
    """A record a row, as JSON."""
    is_parquet = articles.endswith(".parquet") or any(pathlib.Path(articles).glob("*.parquet"))
    if is_parquet:
        table = spark.read.parquet(articles)
        return table.select(f.to_json(f.struct(*table.columns)).alias("value"))
    return spark.read.text(articles)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("articles")
    parser.add_argument("facts")
    parser.add_argument("--copydesk", default="copydesk", help="the program, as it is called on every machine")
    parser.add_argument("--name", default="articles", help="what to call the collection")
    parser.add_argument("--config", help="a copydesk.toml that says what fields are called, on every machine")
    parser.add_argument("--parts", type=int, help="how many parts to make, where the files' own number doesn't fit the cluster")
    parser.add_argument("--join", help="the folder of an archive that is made of the facts on this machine")
    parser.add_argument("--load", help="the address of a database that they are put into from this machine")
    arguments = parser.parse_args()
    spark = SparkSession.builder.appName("copydesk facts").config("spark.sql.execution.arrow.maxRecordsPerBatch", LINES_IN).getOrCreate()
    command = [arguments.copydesk, "facts", "--name", arguments.name]
    if arguments.config:
        command += ["--config", arguments.config]
    articles = records(spark, arguments.articles)
    if arguments.parts:
        articles = articles.repartition(arguments.parts)
    made = articles.mapInArrow(facts_of(command), "kind string, line string")
    # One pass over the articles, written under a folder for each kind.
    made.write.mode("overwrite").partitionBy("kind").text(arguments.facts)
    spark.stop()
    parts = sorted(str(part) for part in pathlib.Path(arguments.facts, "kind=facts").glob("part-*"))
    if arguments.join:
        subprocess.run([arguments.copydesk, "archive", "join", "--archive", arguments.join, *parts], check=True)
    if arguments.load:
        subprocess.run([arguments.copydesk, "archive", "load", "--into", arguments.load, *parts], check=True)


if __name__ == "__main__":
    main()
