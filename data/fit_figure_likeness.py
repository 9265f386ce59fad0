#!/usr/bin/env python3
"""Fits the weights of figure_likeness.tsv to reports of the same events, counts the words of common_terms.tsv, and says in
figure_likeness.points.tsv what is found with these weights at each cut-off.

    cargo build --example figure_likeness
    fit_figure_likeness.py target/debug/examples/figure_likeness DATA_DIR terms
    cargo build --example figure_likeness        as the words are compiled in
    fit_figure_likeness.py target/debug/examples/figure_likeness DATA_DIR weights
    cargo build --example figure_likeness        as the weights are too
    fit_figure_likeness.py target/debug/examples/figure_likeness DATA_DIR points

Then read src/thresholds.rs against the points: it says which cut-offs stand on this scale, and its test wants to know that
you did.

DATA_DIR holds `clusters/giveme5w1h.jsonl` (Apache-2.0, fhamborg/Giveme5W1H), `clusters/newswcl50.jsonl` (CC BY-SA 4.0,
anastasia-zhukova/Diverse_CDCR_datasets), `clusters/meantime.jsonl` (the same; Wikinews, CC BY 2.5), `fib_swaps.jsonl` and
`documents.jsonl` (CC BY 4.0, r-three/fib). No words of theirs are
learned, only how much each sign counts and how common common words are. Standard library only; the same input gives the
same tables.
"""

import json
import re
import subprocess
import sys
from collections import defaultdict
from itertools import chain
from pathlib import Path

HERE = Path(__file__).resolve().parent
SETS = ("giveme5w1h", "newswcl50", "meantime")
MONTHS = "January February March April May June July August September October November December".split()
TABLES = {
    "terms": ("common_terms.tsv", "# stem\tof a hundred figures in news, those in whose sentence it stands"),
    "weights": ("figure_likeness.tsv", "# sign\tweight for figures\tweight for dates"),
    "points": ("figure_likeness.points.tsv", "# matter\tcut-off\tsaid to differ, of 1,000 that are right\tset right, of 100 attested that are wrong"),
}


def iso(text):
    """A date as the sets write it, as YYYY-MM-DD or None."""
    text = text or ""
    if re.match(r"\d{4}-\d\d-\d\d", text):
        return text[:10]
    found = re.fullmatch(r"(\w+) (\d\d?), (\d{4})", text)
    return f"{found[3]}-{MONTHS.index(found[1]) + 1:02}-{int(found[2]):02}" if found and found[1] in MONTHS else None


def events(folder):
    """Lists of articles that report one event, each once."""
    for name in SETS:
        groups = defaultdict(dict)
        for line in (folder / "clusters" / f"{name}.jsonl").read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            text = "\n".join(part.strip() for part in row["text"].replace("\\n", "\n").replace("\r", "").split("\n"))
            if row.get("cluster") and len(text.split()) >= 80:
                article = {"outlet": row["source"] or "unknown", "date": iso(row["date"]), "text": text, "draft": True}
                groups[row["cluster"]].setdefault(re.sub(r"\W", "", text[:300]), article)
        yield from (list(articles.values()) for _, articles in sorted(groups.items()) if len(articles) >= 3)


def summaries(folder):
    """Each article with the summaries of it that are right; only these are drafts."""
    texts = {row["id"]: row["text"] for row in map(json.loads, (folder / "documents.jsonl").read_text(encoding="utf-8").splitlines())}
    right = defaultdict(set)
    for row in map(json.loads, (folder / "fib_swaps.jsonl").read_text(encoding="utf-8").splitlines()):
        if row["label"] == "consistent":
            right[row["documents"][0]].add(row["draft"])
    for name, drafts in sorted(right.items()):
        yield from ([{"outlet": "source", "date": None, "text": texts[name], "draft": False},
                     {"outlet": "draft", "date": None, "text": draft, "draft": True}] for draft in sorted(drafts))


def main():
    program, folder, table = sys.argv[1], Path(sys.argv[2]), sys.argv[3]
    name, head = TABLES[table]
    lines = "".join(json.dumps(event) + "\n" for event in chain(events(folder), summaries(folder)))
    rows = subprocess.run([program, table], input=lines, stdout=subprocess.PIPE, text=True, check=True)
    (HERE / name).write_text(head + "\n" + "".join(sorted(rows.stdout.splitlines(True))), encoding="utf-8")


if __name__ == "__main__":
    main()
