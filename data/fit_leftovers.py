#!/usr/bin/env python3
"""Fits the weights of alignment.tsv and leftovers.tsv to reports of one event with slips made in them, and says what is found at each cut-off.

    cargo build --release --example leftovers
    fit_leftovers.py alignment DATA_DIR target/release/examples/leftovers
    cargo build --release --example leftovers        as the alignment is compiled in
    fit_leftovers.py leftovers DATA_DIR target/release/examples/leftovers

DATA_DIR holds `train/aligned.jsonl` (public domain, written for this purpose): events with three reports each that agree on every fact, and one
of a sibling event. Each report is a draft in turn and the others its sources; so is a copy of it for each figure and date that another report
gives, with a slip made there: two digits swapped, one changed, dropped or doubled, another word of scale, a number word near by; another day,
month or year. Of the alignment is printed, by events left out of the fit in turn, how often the right value of a report comes first for one of the
draft, as if that one's value were hidden, of those that can be compared with it; of leftovers how many slips are found where so many right
drafts' values are called slips. Standard library only; the same input gives the same tables.
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
WORDS_TELL = "given strange close-lacking own-close-lacking counted before-shared behind-shared names-lacking fate alike telling values taken taken-whole unlike bare".split()
SECOND = "first ahead-of-others ahead-of-own second".split()
SIGNS = (
    "given likely also tally vague held slip slipped far plain digits day month month-alone days".split()
)
MONTHS = "January February March April May June July August September October November December".split()
MATTERS = ("figure", "date")
WORDS = "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty".split()
# How strongly the weights are drawn to nought, and how much more a draft without a slip counts.
HOLD, RIGHT = 1.0, 3.0
FOLDS = 5
# As in `src/thresholds.rs`.
AHEAD = 4.0


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


def date_slip(words, chance):
    """The words with another day, month or year, or None."""
    year = re.search(r"\b(1[5-9]|20)\d\d\b", words)
    day = None if year else re.search(r"\b([12]?\d|3[01])(?=\b|st|nd|rd|th)(?![:.]\d)", words)
    month = re.search(r"\b(" + "|".join(MONTHS) + r")\b", words)
    found = [one for one in (day, year, month) if one]
    if not found:
        return None
    one = chance.choice(found)
    if one is day:
        number = int(one.group())
        near = [other for other in (number - 1, number + 1, number - 10, number + 10, number + 2, number + 7) if 1 <= other <= 28]
        new = str(chance.choice(near))
    elif one is year:
        new = str(int(one.group()) + chance.choice((-1, 1, -2, 2, -10, 10, -9, 9)))
    else:
        new = MONTHS[(MONTHS.index(one.group()) + chance.choice((1, -1, 2, -2, 5))) % 12]
    return words[: one.start()] + new + words[one.end() :]


def place(text, claim, key):
    """Where a report tells something, in characters, or None."""
    at = text.find(claim["sentences"][key])
    if at < 0 or claim["spans"][key] not in claim["sentences"][key]:
        return None
    at += claim["sentences"][key].index(claim["spans"][key])
    return at, at + len(claim["spans"][key])


def drafts(event):
    """Each report as a draft: as it is, and with a slip in each figure and date that another one gives."""
    chance = random.Random(event["event"])
    reports = {key: (report["title"] + "\n\n" + report["text"], report["date"]) for key, report in event["reports"].items()}
    for own, (text, date) in reports.items():
        text = f"---\ndate: {date}\n---\n\n# {text}"
        if own == "S":
            continue
        others = [key for key in reports if key != own]
        sources = [{"date": reports[key][1], "text": reports[key][0]} for key in others]
        length = lambda text: len(text.encode())
        told = []
        for claim in event["claims"]:
            here = place(text, claim, own) if claim["kind"] in MATTERS and own in claim["spans"] else None
            if here:
                there = [
                    {"source": str(others.index(key)), "sentence": claim["sentences"][key], "words": claim["spans"][key]}
                    for key in claim["spans"]
                    if key in others and key != "S"
                ]
                told.append((claim, here, {"start": length(text[: here[0]]), "end": length(text[: here[1]]), "sources": there}))
        yield {"sources": sources, "date": date, "text": text, "told": [one for *_, one in told], "slip": None}
        for claim, (start, end), one in told:
            words = claim["spans"][own]
            new = slip(words, chance) if claim["kind"] == "figure" else date_slip(words, chance)
            if one["sources"] and new and new != words:
                here = dict(one, end=one["start"] + length(new))
                yield {"sources": sources, "date": date, "text": text[:start] + new + text[end:], "told": [here], "slip": 0}


def seen(folder, program):
    """What the program says of each draft, and of which event each is."""
    lines, event_of, has_slip = [], [], []
    for number, event in enumerate(rows(folder / "train" / "aligned.jsonl")):
        for draft in drafts(event):
            lines.append(json.dumps(draft) + "\n")
            event_of.append(number)
            has_slip.append(draft["slip"] is not None)
    said = subprocess.run([program], input="".join(lines), stdout=subprocess.PIPE, text=True, check=True).stdout
    return [line.split("\t") for line in said.splitlines()], event_of, has_slip


def weigh(signs, weights):
    return sum(map(float.__mul__, signs, weights))


def second_signs(pairs, weights):
    """Of each pair of a draft and a source what it comes to, and how far it is ahead of the others of either side."""
    first = [weigh(signs, weights) for _, _, signs, _, _ in pairs]
    best = {}
    for side in (0, 1):
        for pair, likely in zip(pairs, first):
            best.setdefault((side, pair[side]), []).append(likely)
    for several in best.values():
        several.sort(reverse=True)

    def ahead(side, pair, likely):
        top = best[side, pair[side]]
        other = top[0] if likely < top[0] else (top[1] if len(top) > 1 else -AHEAD)
        return max(-AHEAD, min(AHEAD, likely - max(other, -AHEAD)))

    return [[likely, ahead(0, pair, likely), ahead(1, pair, likely), 1.0] for pair, likely in zip(pairs, first)]


def alignment(folder, program):
    said, event_of, has_slip = seen(folder, program)
    of_texts = {matter: defaultdict(list) for matter in MATTERS}
    for matter, what, line, *rest in said:
        if what == "pair" and not has_slip[int(line)]:
            source, own, row, agrees, right, *signs = rest
            signs = [float(sign) for sign in signs][: len(WORDS_TELL)]
            of_texts[matter][int(line), source].append((own, row, signs, agrees == "true", right == "true"))
    table = {}
    for matter in MATTERS:
        texts = of_texts[matter]

        def both(chosen):
            # What agrees and isn't marked may be told of one thing all the same.
            pairs = [pair for (line, _), pairs in texts.items() if chosen(event_of[line]) for pair in pairs]
            first = fitted([(signs, right, 1.0) for _, _, signs, agrees, right in pairs if right or not agrees], len(WORDS_TELL), HOLD)
            rivals = []
            for (line, _), pairs in texts.items():
                if chosen(event_of[line]):
                    again = second_signs(pairs, first)
                    rivals += [(signs, right, 1.0) for signs, (*_, agrees, right) in zip(again, pairs) if right or not agrees]
            return first, fitted(rivals, len(SECOND), HOLD)

        asked = found = 0
        for fold in range(FOLDS):
            first, second = both(lambda event: event % FOLDS != fold)
            for (line, _), pairs in texts.items():
                if event_of[line] % FOLDS == fold:
                    values = defaultdict(list)
                    for signs, (own, *_, right) in zip(second_signs(pairs, first), pairs):
                        values[own].append((weigh(signs, second), right))
                    values = [rivals for rivals in values.values() if any(right for _, right in rivals)]
                    asked += len(values)
                    found += sum(max(rivals)[1] for rivals in values)
        print(f"{matter}s: of {asked} values that a report gives too, {found} have the right one ranked first, {found / asked:.2f}")
        first, second = both(lambda event: True)
        table[matter] = dict(zip(WORDS_TELL + SECOND, first + second))
    write("alignment.tsv", WORDS_TELL + SECOND, table)


def leftovers(folder, program):
    said, event_of, has_slip = seen(folder, program)
    table = {}
    for matter in MATTERS:
        values = defaultdict(list)
        for of, what, line, *rest in said:
            if of == matter and what == "left":
                own, slipped, right, *signs = rest
                # Beside the slip a draft is as it was without it.
                if (slipped == "true") == has_slip[int(line)]:
                    values[int(line), own].append(([float(sign) for sign in signs], right == "true"))
        pairs = lambda chosen: [
            (signs, right, 1.0 if has_slip[line] else RIGHT)
            for (line, _), left in values.items()
            if chosen(event_of[line])
            for signs, right in left
        ]
        best = []
        for fold in range(FOLDS):
            weights = fitted(pairs(lambda event: event % FOLDS != fold), len(SIGNS), HOLD)
            for (line, _), left in values.items():
                if event_of[line] % FOLDS == fold:
                    best.append(max((weigh(signs, weights), right, has_slip[line]) for signs, right in left))
        print(f"{matter}s: {sum(slipped for *_, slipped in best)} slips")
        for quarter in range(10, -11, -1):
            least = quarter / 4
            called = [(right, slipped) for likely, right, slipped in best if likely >= least]
            wrong, found = sum(not slipped for _, slipped in called), sum(slipped for _, slipped in called)
            print(f"  at {least:5.2f}: {wrong} right values called slips, {found} slips found, {sum(right for right, _ in called)} with the right value")
        table[matter] = dict(zip(SIGNS, fitted(pairs(lambda event: True), len(SIGNS), HOLD)))
    write("leftovers.tsv", SIGNS, table)


def write(name, signs, table):
    lines = (f"{sign}\t{table['figure'][sign]:.2f}\t{table['date'][sign]:.2f}\n".replace("-0.00", "0.00") for sign in sorted(signs))
    (HERE / name).write_text("# sign\tweight for figures\tweight for dates\n" + "".join(lines), encoding="utf-8")


if __name__ == "__main__":
    {"alignment": alignment, "leftovers": leftovers}[sys.argv[1]](Path(sys.argv[2]), sys.argv[3])
