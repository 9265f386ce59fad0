#!/usr/bin/env python3
"""Counts the words of common_forms.tsv and fits the weights of story.tsv: what tells that two texts are about one event.

    fit_story.py forms DATA_DIR
    cargo build --example story        as the forms are compiled in
    fit_story.py weights DATA_DIR target/debug/examples/story

DATA_DIR holds `clusters/giveme5w1h.jsonl` (Apache-2.0, fhamborg/Giveme5W1H), `clusters/newswcl50.jsonl` (CC BY-SA 4.0,
anastasia-zhukova/Diverse_CDCR_datasets), `clusters/meantime.jsonl` (the same; Wikinews, CC BY 2.5), `fib_swaps.jsonl` and
`documents.jsonl` (CC BY 4.0, r-three/fib), and `train/aligned.jsonl` (public domain, written for this purpose). No words of theirs are
learned but how common common ones are. Standard library only; the same input gives the same tables.
"""

import json
import math
import re
import subprocess
import sys
from collections import Counter, defaultdict
from pathlib import Path

from fit_figure_likeness import iso

HERE = Path(__file__).resolve().parent
# In so many of a hundred articles a word stands that the table has.
COMMON = 1.0
SIGNS = "given shared names naming agreed unshared week month apart".split()
# How strongly the weights are drawn to nought.
HOLD = 0.5
# After so many steps of the fit nothing moves any more.
STEPS = 15


def rows(path):
    return map(json.loads, path.read_text(encoding="utf-8").splitlines())


def events(folder):
    """Each event's reports, and a sibling of it where there is one."""
    for name in ("giveme5w1h", "newswcl50"):
        groups = defaultdict(dict)
        for row in rows(folder / "clusters" / f"{name}.jsonl"):
            if row.get("cluster") and len(row["text"].split()) >= 80:
                report = {"date": iso(row["date"]), "text": row["text"]}
                groups[row["cluster"]].setdefault(re.sub(r"\W", "", row["text"][:300]), report)
        yield from ({"reports": list(reports.values()), "sibling": None} for _, reports in sorted(groups.items()))
    for row in rows(folder / "train" / "aligned.jsonl"):
        reports = {key: {"date": report["date"], "text": report["title"] + "\n\n" + report["text"]} for key, report in row["reports"].items()}
        yield {"sibling": reports.pop("S", None), "reports": list(reports.values())}


def articles(folder):
    for name in ("giveme5w1h", "newswcl50", "meantime"):
        yield from (row["text"] for row in rows(folder / "clusters" / f"{name}.jsonl"))
    summarised = {row["documents"][0] for row in rows(folder / "fib_swaps.jsonl")}
    yield from (row["text"] for row in rows(folder / "documents.jsonl") if row["id"] in summarised)
    for row in rows(folder / "train" / "aligned.jsonl"):
        yield from (report["text"] for report in row["reports"].values())


def forms(folder):
    having, count = Counter(), 0
    for text in articles(folder):
        count += 1
        having.update({word for word in re.findall(r"(?<![\w’'-])[a-z]{3,}(?![\w-])", text)})
    common = sorted((word, 100 * times / count) for word, times in having.items() if 100 * times / count >= COMMON)
    lines = [f"{word}\t{percent:.1f}\n" for word, percent in common]
    (HERE / "common_forms.tsv").write_text("# word\tof a hundred articles of news, those in which it stands\n" + "".join(lines), encoding="utf-8")


def solved(matrix, vector):
    """The solution of a system of linear equations."""
    size = len(vector)
    rows = [row[:] + [value] for row, value in zip(matrix, vector)]
    for column in range(size):
        pivot = max(range(column, size), key=lambda row: abs(rows[row][column]))
        rows[column], rows[pivot] = rows[pivot], rows[column]
        for row in range(size):
            if row != column:
                factor = rows[row][column] / rows[column][column]
                rows[row] = [one - factor * other for one, other in zip(rows[row], rows[column])]
    return [rows[index][size] / rows[index][index] for index in range(size)]


def fitted(pairs, size, hold):
    """Weights of a logistic regression, by Newton's method. `pairs`: signs, whether they are right, how much they count; `hold`: how strongly
    the weights are drawn to nought."""
    weights = [0.0] * size
    for _ in range(STEPS):
        slope = [-hold * weight for weight in weights]
        bend = [[hold * (row == column) for column in range(size)] for row in range(size)]
        for signs, right, much in pairs:
            likely = 1 / (1 + math.exp(-max(-30, min(30, sum(map(float.__mul__, signs, weights))))))
            seen = [index for index in range(size) if signs[index]]
            for row in seen:
                slope[row] += much * (right - likely) * signs[row]
                for column in seen:
                    bend[row][column] += much * likely * (1 - likely) * signs[row] * signs[column]
        weights = [weight + step for weight, step in zip(weights, solved(bend, slope))]
    return weights


def weights(folder, program):
    lines = "".join(json.dumps(event) + "\n" for event in events(folder))
    seen = subprocess.run([program], input=lines, stdout=subprocess.PIPE, text=True, check=True).stdout
    pairs = [(kind, [float(sign) for sign in signs]) for kind, *signs in (line.split("\t") for line in seen.splitlines())]
    count = Counter(kind for kind, _ in pairs)
    # Pairs of one event and of others weigh the same; a sibling, for which others may be taken, as much as three others together.
    much = {"same": 1.0, "other": 3 * count["same"] / count["other"], "sibling": 3.0}
    seen = [(signs, kind == "same", much[kind]) for kind, signs in pairs]
    weights = fitted(seen, len(SIGNS), HOLD)
    lines = sorted(f"{sign}\t{weight:.2f}\n" for sign, weight in zip(SIGNS, weights))
    (HERE / "story.tsv").write_text("# sign\tweight\n" + "".join(lines), encoding="utf-8")
    for kind in ("same", "sibling", "other"):
        scores = sorted(sum(map(float.__mul__, signs, weights)) for other, signs in pairs if other == kind)
        print(kind, len(scores), *(f"{scores[int(part * (len(scores) - 1))]:.2f}" for part in (0, 0.02, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.98, 1)))


if __name__ == "__main__":
    if sys.argv[1] == "forms":
        forms(Path(sys.argv[2]))
    else:
        weights(Path(sys.argv[2]), sys.argv[3])
