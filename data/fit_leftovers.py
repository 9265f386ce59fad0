#!/usr/bin/env python3
"""Fits the weights of leftovers.tsv to reports of one event with slips made in them, and says what is found at each cut-off.

    cargo build --release --example leftovers
    fit_leftovers.py DATA_DIR target/release/examples/leftovers

DATA_DIR holds `train/aligned.jsonl` (public domain, written for this purpose): events with three reports each that agree on every fact, and one
of a sibling event. Each report is a draft in turn and the others its sources; so is a copy of it for each figure that another report gives,
with a slip made there: two digits swapped, one changed, dropped or doubled, another word of scale, a number word near by. Printed is, by events
left out of the fit in turn, how many slips are found where so many right drafts' figures are called slips. Standard library only; the
same input gives the same table.
"""

import json
import math
import random
import re
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

from fit_story import fitted, rows

HERE = Path(__file__).resolve().parent
SIGNS = "given shared counted values period strange slip slipped also far left vague plain".split()
WORDS = "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty".split()
# How strongly the weights are drawn to nought, and how much more a draft without a slip counts.
HOLD, RIGHT = 1.0, 3.0
FOLDS = 5


def slip(words, chance):
    """The words with a slip of the hand in their number, or None."""
    found = re.search(r"\d[\d,.]*\d|\d", words)
    if not found:
        word = re.search(r"\b(" + "|".join(WORDS) + r")\b", words, re.I)
        if not word:
            return None
        other = WORDS[(WORDS.index(word.group().lower()) + chance.choice((-2, -1, 1, 2))) % len(WORDS)]
        return words[: word.start()] + (other.capitalize() if word.group()[0].isupper() else other) + words[word.end() :]
    digits = found.group()
    at = [index for index, digit in enumerate(digits) if digit.isdigit()]
    kind = chance.choice(("swap", "change", "change", "drop", "double", "scale"))
    swaps = [index for index in at if index + 1 in at and digits[index] != digits[index + 1] and (index or digits[1] != "0")]
    if kind == "scale" and (scale := re.search(r"million|billion|(?<=\d)(bn|m)\b", words)):
        other = {"million": "billion", "billion": "million", "bn": "m", "m": "bn"}[scale.group()]
        return words[: scale.start()] + other + words[scale.end() :]
    if kind == "swap" and swaps:
        index = chance.choice(swaps)
        new = digits[:index] + digits[index + 1] + digits[index] + digits[index + 2 :]
    elif kind == "drop" and len(at) > 2:
        index = chance.choice(at[1:])
        new = digits[:index] + digits[index + 1 :]
    elif kind == "double" and len(at) > 1:
        index = chance.choice(at)
        new = digits[:index] + digits[index] + digits[index:]
    else:
        index = chance.choice(at)
        new = digits[:index] + chance.choice([digit for digit in "123456789" if digit != digits[index]]) + digits[index + 1 :]
    return words[: found.start()] + new + words[found.end() :]


def drafts(event):
    """Each report as a draft: as it is, and with a slip in each figure that another one gives."""
    chance = random.Random(event["event"])
    reports = {key: (report["title"] + "\n\n" + report["text"], report["date"]) for key, report in event["reports"].items()}
    for own, (text, date) in reports.items():
        if own == "S":
            continue
        sources = [{"date": date, "text": text} for key, (text, date) in reports.items() if key != own]
        yield {"sources": sources, "date": date, "text": text, "start": 0, "end": 0, "right": []}
        for claim in event["claims"]:
            others = [words for key, words in claim["spans"].items() if key not in (own, "S")]
            if claim["kind"] != "figure" or own not in claim["spans"] or not others:
                continue
            sentence, words = claim["sentences"][own], claim["spans"][own]
            new, at = slip(words, chance), text.find(sentence)
            if new and at >= 0 and words in sentence:
                at += sentence.index(words)
                start = len(text[:at].encode())
                text_with_slip = text[:at] + new + text[at + len(words) :]
                yield {"sources": sources, "date": date, "text": text_with_slip, "start": start, "end": start + len(new.encode()), "right": others}


def main():
    folder, program = Path(sys.argv[1]), sys.argv[2]
    events = list(rows(folder / "train" / "aligned.jsonl"))
    lines, event_of, has_slip = [], [], []
    for number, event in enumerate(events):
        for draft in drafts(event):
            lines.append(json.dumps(draft) + "\n")
            event_of.append(number)
            has_slip.append(draft["end"] > 0)
    seen = subprocess.run([program], input="".join(lines), stdout=subprocess.PIPE, text=True, check=True).stdout
    figures = defaultdict(list)
    for line, at, slipped, right, *signs in (line.split("\t") for line in seen.splitlines()):
        # Beside the slip a draft is as it was without it.
        if (slipped == "true") == has_slip[int(line)]:
            figures[int(line), at].append(([float(sign) for sign in signs], right == "true"))
    pairs = lambda chosen: [
        (signs, right, 1.0 if has_slip[line] else RIGHT) for (line, at), left in figures.items() if chosen(event_of[line]) for signs, right in left
    ]
    best = []
    for fold in range(FOLDS):
        weights = fitted(pairs(lambda event: event % FOLDS != fold), len(SIGNS), HOLD)
        for (line, at), left in figures.items():
            if event_of[line] % FOLDS == fold:
                best.append(max((sum(map(float.__mul__, signs, weights)), right, has_slip[line]) for signs, right in left))
    slips = sum(has_slip)
    for least in (2.0, 1.5, 1.25, 1.0, 0.75, 0.5, 0.25, 0.0, -0.5):
        called = [(right, slipped) for likely, right, slipped in best if likely >= least]
        wrong, found = sum(not slipped for _, slipped in called), sum(slipped for _, slipped in called)
        print(f"at {least:5.2f}: {wrong} right figures called slips; of {slips} slips {found} found, {sum(right for right, _ in called)} with the right value")
    weights = fitted(pairs(lambda event: True), len(SIGNS), HOLD)
    lines = sorted(f"{sign}\t{weight:.2f}\n" for sign, weight in zip(SIGNS, weights))
    (HERE / "leftovers.tsv").write_text("# sign\tweight\n" + "".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
