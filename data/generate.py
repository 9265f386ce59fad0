#!/usr/bin/env python3
"""Writes the generated reference tables, and checks all of them.

    generate.py REFERENCE_DIR           rewrite the generated tables
    generate.py --check REFERENCE_DIR   write nothing; fail unless the committed tables are what would be written
    generate.py --check                 write nothing; fail unless every table is well formed

REFERENCE_DIR holds `reference/` and `names_lexicon/`; README.md says what is in them and under which licence.
Standard library only, Python 3.9 or later. The same input gives the same bytes.
"""

import json
import re
import sys
import unicodedata
from collections import Counter, defaultdict
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROMAN = re.compile(r"[IVX]+$")

# What `src/text/fold.rs` folds beyond case and accents; the two must agree, and are both held against tests/folding.tsv.
FOLDED_LETTERS = str.maketrans({
    "’": "'", "‘": "'", "ʼ": "'", "′": "'", "`": "'", "´": "'", "ʻ": "'", "ʿ": "'", "ʾ": "'",
    "“": '"', "”": '"', "„": '"', "«": '"', "»": '"',
    "‐": "-", "‑": "-", "‒": "-", "–": "-", "—": "-", "−": "-", "\u00a0": " ", "\u202f": " ", "\u2009": " ",
    "\u00ad": "", "\u200b": "", "\u200c": "", "\u200d": "", "\ufeff": "",
    "ß": "ss", "ø": "o", "Ø": "o", "ł": "l", "Ł": "l", "đ": "d", "Đ": "d", "ð": "d", "Ð": "d",
    "æ": "ae", "Æ": "ae", "œ": "oe", "Œ": "oe", "þ": "th", "Þ": "th", "ı": "i",
})


def folded(text):
    """Lower case without accents: the key that the reader looks names up by."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return bare.translate(FOLDED_LETTERS).lower()


def unaccented(text):
    """The text with its accents dropped and its case kept."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return bare.replace("ı", "i").replace("đ", "d").replace("Đ", "D")


def is_latin(text):
    return all(not c.isalpha() or "LATIN" in unicodedata.name(c, "") for c in text)


def read_table(path):
    """The rows of a TSV file as lists of columns, comment and header lines left out."""
    lines = path.read_text(encoding="utf-8").split("\n")
    return [line.split("\t") for line in lines if line and not line.startswith("#")]


def read_jsonl(path):
    with open(path, encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def table(header, rows):
    """The text of a table: header, then the rows sorted and each once."""
    unique = sorted({tuple(str(cell) for cell in row) for row in rows})
    return "# " + "\t".join(header) + "\n" + "".join("\t".join(row) + "\n" for row in unique)


def distinct(items):
    return list(dict.fromkeys(item for item in items if item))


def ordinary_words():
    return {row[0] for row in read_table(HERE / "overrides" / "ordinary_words.txt")}


# --- countries --------------------------------------------------------------------------------------------------

NOT_A_DEMONYM = {"", "none", "NA", "Dutch (citizens)"}


def demonyms(notation):
    """The single words behind a factbook demonym: `Finn(s)`, `Irishman(men), Irishwoman(women)`, `Lao or Laotian`."""
    found = []
    notation = notation.split("; note")[0]
    notation = re.sub(r"\((singular|plural|singular and plural|collective plural|colloquial|US [a-z]+)\)", "", notation)
    for part in re.split(r",| or |/|;|\band\b", notation):
        part = part.strip()
        part = re.sub(r"^and ", "", part)
        if part in NOT_A_DEMONYM:
            continue
        if part.endswith("(s)"):
            found += [part[:-3], part[:-3] + "s"]
        elif re.search(r"(wo)?man\s*\((wo)?men\)$", part):
            stem = re.sub(r"man\s*\((wo)?men\)$", "", part)
            found += [stem + "man", stem + "men"]
        else:
            found.append(part)
    return found


def capital_of(notation):
    """The town alone: `Helsinki (note)` and `Quito; note - ...` lose what follows."""
    return re.split(r"[(;,]| in ", notation.replace("Washington, D.C.", "Washington D.C."))[0].strip()


def countries(reference):
    factbook = {row["code"]: row for row in read_jsonl(reference / "reference" / "factbook_leaders_2026.jsonl")}
    rows = []
    for fips, iso, name, others, capital, extra, continent, region in read_table(HERE / "overrides" / "countries.tsv"):
        entry = factbook.get(fips, {"name": "", "long": "", "capital": "", "noun": "", "adjective": ""})
        long = re.sub(r"[;(].*", "", entry["long"]).strip()
        # What the factbook calls the country is left to the overrides where it is a note rather than a name.
        plain = entry["name"] if re.match(r"^[^(,;]+$", entry["name"]) and entry["name"] not in ("none", "The Dominican") else ""
        names = distinct(others.split("|") + [plain, "" if long == "none" else long])
        names = [n for n in names if n != name]
        if extra.startswith("="):
            people = distinct(extra[1:].split("|"))
        else:
            people = distinct(demonyms(entry["adjective"]) + demonyms(entry["noun"]) + extra.split("|"))
        rows.append((name, "|".join(names), iso, capital or capital_of(entry["capital"]), "|".join(people), continent, region))
    return table(("name", "other_names", "iso2", "capital", "demonyms", "continent", "region"), rows)


# --- cities -----------------------------------------------------------------------------------------------------

CYRILLIC = set("UA BY RU KZ KG TJ MN BG RS MK".split())
ARABIC = set("SY IQ SA YE AE OM QA KW BH JO LB PS EG LY TN DZ MA SD MR SO DJ ER IL".split())
# Where names reach English through a romanisation: the accents in GeoNames are then a scholar's, not a writer's.
ROMANISED = CYRILLIC | ARABIC | set(
    "IR AF PK IN BD NP BT LK MV MM TH KH LA CN TW HK MO JP KR KP GE AM GR CY ET TM".split()
) - {"TM"}
ARTICLE = re.compile(r"^(?:Al|An|Ar|As|Ash|At|Az|Ad|Ath|Adh|Ed|El|En|Er|Es)[ -](?=[A-Z‘'])")
GENERIC_TOKENS = set(
    "city shi xian qu district rayon raion rajon khot osh oblast town village prefecture nagar palika municipal "
    "cantt cantonment camp wilayat madinat gorod misto city shahr shahrestan county old new".split()
)
FOREIGN_LETTERS = {
    "cyrillic": re.compile(r"x|sz|cz|tsch|dsch|dj|oe|ou|tch|w|j|th|q|ph|ee|eh|nn$|ii|c(?!h)|dsh"),
    "other": re.compile(r"x|sz|cz|tsch|dsch|dzh|zh(?!a|e|i|o|u)|ck|oe|ou|tch|uu|eh"),
}


def shared_pairs(one, other):
    """Dice coefficient over letter pairs, from 0 (nothing shared) to 1 (the same)."""
    a = Counter(one[i:i + 2] for i in range(len(one) - 1))
    b = Counter(other[i:i + 2] for i in range(len(other) - 1))
    total = sum(a.values()) + sum(b.values())
    return 2 * sum((a & b).values()) / total if total else 0.0


def is_inflected(name, spelling):
    """Whether `spelling` is the name with another language's ending: Londonas, Londono."""
    if spelling.startswith(name) and len(spelling) - len(name) <= 4:
        return True
    stem = name.rstrip("aeiouy")
    return len(stem) >= 3 and spelling.startswith(stem) and re.fullmatch(
        r"(as|us|is|os|o|um|e|ai|am|y|om|u|oj|a|i|ia|io|iu|ah|eh|an|en|on|es)?", spelling[len(stem):]) is not None


def romanisations(name, alternates, country):
    """At most three other Latin spellings that an English-language source might use."""
    key = folded(name)
    foreign = FOREIGN_LETTERS["cyrillic" if country in CYRILLIC else "other"]
    floor = 0.4 if country in CYRILLIC else 0.62
    found = {}
    for alternate in alternates:
        plain = unaccented(alternate).translate(str.maketrans("", "", "’‘ʻ`'"))
        if plain != plain.encode("ascii", "ignore").decode() or not re.fullmatch(r"[A-Z][a-z]+(?:[ -][A-Z]?[a-z]+){0,2}", plain):
            continue
        spelling = plain.lower()
        if spelling.replace("-", " ").replace(" ", "") == key.replace("-", " ").replace(" ", "").replace("'", ""):
            continue
        if set(re.split("[ -]", spelling)) & GENERIC_TOKENS or len(re.split("[ -]", plain)) > len(re.split("[ -]", name)):
            continue
        if any(m.group() not in key for m in foreign.finditer(spelling)) or is_inflected(key, spelling):
            continue
        if any(spelling.endswith(end) and not key.endswith(end) for end in ("as", "us", "iai", "o", "um")):
            continue
        vowels = "aeiouy"
        if consonants(spelling, country) != consonants(key, country) or (spelling[-1] in vowels) != (key[-1] in vowels):
            continue
        if country in CYRILLIC and "kh" in key and "kh" not in spelling and "ch" in spelling:
            continue
        score = shared_pairs(key, spelling)
        if score >= floor and spelling[0] == key[0]:
            found.setdefault(spelling, (-score, plain))
    return [plain for _, plain in sorted(found.values())[:3]]


def consonants(key, country):
    """What the spellings of one name share when they are romanisations of it and not slips: its consonants, in order."""
    key = re.sub(r"[^a-z]", "", key)
    if country in CYRILLIC:
        key = key.replace("kh", "h").replace("g", "h")
    else:
        key = key.replace("kh", "k").replace("gh", "g").replace("dh", "d").replace("th", "t").replace("q", "k").replace("g", "k")
    key = re.sub(r"(?<!^)[aeiouyw]|h$", "", key)
    return re.sub(r"(.)\1", r"\1", key)


def city_name(name, country):
    name = name.replace("’", "'").replace("‘", "'").replace("ʻ", "'").replace("–", "-")
    if country in ROMANISED:
        name = unaccented(name)
        if country not in ("CN", "JP", "KR", "KP", "TW"):
            name = re.sub(r"(?<=[a-zA-Z])'(?![A-Z])|^'|(?<= )'|'$", "", name)
    return re.sub(r"\s+", " ", name).strip()


def cities(reference):
    ordinary = ordinary_words()
    regions = {(country, code): name for country, code, name in read_table(HERE / "overrides" / "admin1.tsv")}
    for row in read_jsonl(reference / "reference" / "us_states_counties.jsonl"):
        if row["kind"] == "state":
            regions["US", row["code"]] = row["name"]
    by_hand = {(country, name): spellings.split("|") for country, name, spellings in read_table(HERE / "overrides" / "cities.tsv")}
    entries = read_jsonl(reference / "reference" / "geonames_cities15000.jsonl")
    # A spelling by hand means the largest city of that name in the country.
    largest = {}
    for entry in entries:
        key = entry["country"], entry["name"]
        if key in by_hand and entry["population"] > largest.get(key, {"population": -1})["population"]:
            largest[key] = entry
    names_in_country = defaultdict(set)
    for entry in entries:
        names_in_country[entry["country"]].add(folded(city_name(entry["name"], entry["country"])))
    rows = []
    for entry in entries:
        country = entry["country"]
        parts = [city_name(part, country) for part in re.split(r" / ", entry["name"])]
        name, spellings = parts[0], parts[1:]
        key = country, entry["name"]
        chosen = by_hand[key] if largest.get(key) is entry else []
        if country in ARABIC and ARTICLE.match(name) and len(ARTICLE.sub("", name)) >= 4:
            spellings.append(ARTICLE.sub("", name))
        if country in ROMANISED and not chosen:
            known = names_in_country[country]
            spellings += [s for s in romanisations(name, entry["alt"], country) if folded(s) not in known]
        if "(" in name:
            spellings.append(re.sub(r"\s*\(.*?\)", "", name).strip())
        if re.search(r"\bSaint\b|\bSt\.", name) and country in ("US", "GB", "CA", "AU", "IE", "NZ"):
            stem = re.sub(r"\bSaint\b|\bSt\.", "\0", name)
            spellings += [stem.replace("\0", form) for form in ("St", "St.", "Saint")]
        spellings = [s for s in spellings if folded(s) not in ordinary]
        spellings = [s for s in distinct(chosen + spellings) if s != name][:5]
        region = regions.get((country, entry["admin1"]), "")
        flags = "w" if folded(name) in ordinary else ""
        position = round(entry["lat"] * 10), round(entry["lon"] * 10)
        rows.append((name, country, region, round(entry["population"] / 1000), "|".join(spellings), flags, *position))
    return table(("name", "country", "admin1", "population_thousands", "spellings", "flags", "latitude", "longitude"), rows)


# --- names of people --------------------------------------------------------------------------------------------

GIVEN_NAMES_BYTES = 300_000
FAMILY_NAMES_BYTES = 395_000
PLAIN_NAME = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
# Names of months, weekdays and the like are no evidence of a person; the few that are common as names stay, flagged.
CALENDAR = set("january february march july september october november december monday tuesday wednesday thursday "
               "saturday sunday".split())
# Spellings of Slavic names in German, French, Catalan ... letters, which English-language news doesn't use.
OTHER_ORTHOGRAPHY = re.compile(r"schtsch|tsch(?=[eiou]\w+(w|ski|ko)$)|^tx|sjtsj|chtch|dsch|[aeiou]witsch$")
# The shape of a romanised Japanese word. Wikidata lists every Japanese surname, however rare.
JAPANESE = re.compile(r"((ky|gy|sh|ch|ny|hy|my|ry|ts|[kgsztdnhbpmyrwjf])?[aiueo]|n(?![aiueo]))+")
# Medieval and Nordic forms of given names that hardly anybody in the news bears.
ANTIQUE = re.compile(r"\w{6,}(ur|us|slaw|slawa|niew|mierz|burg|burga|hild|hilde|hildis|trud|trudis|wulf|werd|bald)")


def excluded_names(reference):
    """Names of countries and their people: a mention of Jordan or German is none of a person."""
    words = set(CALENDAR)
    for row in countries(reference).split("\n")[1:]:
        columns = row.split("\t")
        if len(columns) > 4:
            words.update(folded(w) for w in [columns[0]] + columns[1].split("|") + columns[4].split("|"))
    return words


def typicality(keys):
    """How common the letter pairs of a name are among all of `keys`, on average: a measure of how odd a form is."""
    pairs = Counter(p for key in keys for p in zip("^" + key, key + "$"))
    rank = {pair: place for place, (pair, _) in enumerate(sorted(pairs.items(), key=lambda item: (-item[1], item[0])))}
    return {key: sum(rank[p] for p in zip("^" + key, key + "$")) // (len(key) + 1) for key in keys}


def name_list(header, rows):
    """A table whose empty columns at a line's end are left out, as nearly all flags are empty."""
    return re.sub(r"\t+$", "", table(header, rows), flags=re.MULTILINE)


def kept_within(budget, candidates):
    """The best candidates whose lines fit into `budget` bytes. A candidate is (rank, line), lower ranks first."""
    kept, size = [], 0
    for _, line in sorted(candidates):
        size += len("\t".join(line).rstrip("\t").encode()) + 1
        if size > budget:
            break
        kept.append(line)
    return kept


def officeholder_names(reference):
    """The folded first words and surnames of today's officeholders."""
    first, last = set(), set()
    for row in officeholders(reference).split("\n")[1:-1]:
        person, surname = row.split("\t")[:2]
        last.update(folded(w) for w in re.split("[ -]", surname) if w[0].isupper())
        if not folded(person).startswith(folded(surname)):
            first.add(folded(person.split()[0]))
    return first, last


def given_names(reference):
    excluded, ordinary = excluded_names(reference), ordinary_words()
    common = {row[0]: row[1] for row in read_table(HERE / "overrides" / "common_given_names.tsv")}
    in_office, _ = officeholder_names(reference)
    sexes, forms = defaultdict(set), defaultdict(set)
    for name, sex in read_table(reference / "names_lexicon" / "given_names.tsv"):
        if is_latin(name) and PLAIN_NAME.fullmatch(name) and name[0].isupper() and 2 <= len(name) <= 11:
            key = folded(name)
            sexes[key].update(sex.split(","))
            forms[key].add(name)
    surnames = {folded(row[0]) for row in read_table(reference / "names_lexicon" / "us_surnames_1990.tsv")}
    keys = [k for k in sorted(sexes) if k not in excluded and k.replace("'", "").isascii()]
    keys = sorted(set(keys) | set(common))
    odd = typicality(keys)
    candidates = []
    for key in keys:
        sex = common.get(key) or (next(iter(sexes[key]))[0] if len(sexes[key]) == 1 else "u")
        # Several spellings of one key, or use as a surname too, speak for a name in wide use.
        wide = min(len(forms[key]), 3) + (key in surnames) + 3 * (key in in_office) + 5 * (key in common)
        if wide == 1 and (len(key) <= 3 or len(key) >= 11 or ANTIQUE.fullmatch(key)):
            continue
        candidates.append(((-wide, odd[key], key), (key, sex, "w" if key in ordinary else "")))
    return name_list(("folded_name", "sex", "flags"), kept_within(GIVEN_NAMES_BYTES, candidates))


def family_names(reference):
    excluded, ordinary = excluded_names(reference), ordinary_words()
    _, in_office = officeholder_names(reference)
    endings = [(folded(row[0]), int(row[3])) for row in read_table(HERE / "surname_endings.tsv")]
    forms = defaultdict(set)
    for name in (reference / "names_lexicon" / "family_names.txt").read_text(encoding="utf-8").split("\n"):
        if is_latin(name) and PLAIN_NAME.fullmatch(name) and name[0].isupper() and 2 <= len(name) <= 12:
            forms[folded(name)].add(name)
    census = {}
    for place, row in enumerate(read_table(reference / "names_lexicon" / "us_surnames_1990.tsv")):
        census.setdefault(folded(row[0]), place)
    common = {row[0] for row in read_table(HERE / "overrides" / "common_family_names.txt")}
    keys = [k for k in sorted(set(forms) | set(census) | in_office | common)
            if k not in excluded and k.replace("'", "").isascii() and PLAIN_NAME.fullmatch(k)]
    odd = typicality(keys)
    candidates = []
    for key in keys:
        place = census.get(key, 99_999)
        wide = min(len(forms[key]), 3) + (3 if place < 12_000 else 1 if key in census else 0) + 3 * (key in in_office) + 5 * (key in common)
        if place >= 8_000 and key not in in_office | common:
            if OTHER_ORTHOGRAPHY.search(key):
                continue
            # The table of endings already tells that these are surnames.
            if any(key.endswith(ending) and len(key) >= len(ending) + stem for ending, stem in endings):
                continue
        if wide == 1 and (len(key) <= 2 or len(key) >= 12 or (len(key) >= 8 and JAPANESE.fullmatch(key))):
            continue
        candidates.append(((-wide, odd[key], key), (key, "w" if key in ordinary else "")))
    return name_list(("folded_name", "flags"), kept_within(FAMILY_NAMES_BYTES, candidates))


# --- officeholders ----------------------------------------------------------------------------------------------

MONTHS = {m: i + 1 for i, m in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split())}
# Factbook wording at the head of an entry, with the role in `roles.tsv` and what modifies it. Longest first.
ROLE_WORDING = [
    ("President of Council of Ministers", "prime minister", ""), ("President of the Swiss Confederation", "president", ""),
    ("President of French Polynesia", "first minister", ""), ("President of the Government", "first minister", ""),
    ("Prime Minister and Foreign Minister", "prime minister", ""), ("Acting Prime Minister", "prime minister", "acting"),
    ("Interim Prime Minister", "prime minister", "interim"), ("Caretaker Prime Minister", "prime minister", "caretaker"),
    ("Transition Prime Minister", "prime minister", "interim"), ("Transition President", "president", "interim"),
    ("Interim President", "president", "interim"), ("Acting President", "president", "acting"),
    ("Transitional President", "president", "interim"), ("Taoiseach (Prime Minister)", "prime minister", ""),
    ("Acting Governor General", "governor general", "acting"), ("Governor General", "governor general", ""),
    ("Governor-General of New Zealand", "governor general", ""), ("Governor-General", "governor general", ""),
    ("Lieutenant-Governor", "lieutenant governor", ""), ("Lieutenant Governor", "lieutenant governor", ""),
    ("Prime Minister", "prime minister", ""), ("Vice President", "vice president", ""), ("President", "president", ""),
    ("Grand Duke", "monarch", ""), ("King", "king", ""), ("Emperor", "emperor", ""), ("Prince", "monarch", ""),
    ("Chancellor", "chancellor", ""), ("Premier", "prime minister", ""), ("Chief Minister", "chief minister", ""),
    ("Chief Executive", "chief executive of government", ""), ("Governor", "governor", ""),
    ("Minister of State", "prime minister", ""), ("Amir", "emir", ""), ("Pope", "pope", ""),
]
RANKS = re.compile(r"^(?:Sir|Dame|Dr\.|Col\.|Gen\.|Sr\. Gen\.|Capt\.|General|Grand Chief|Ratu|Sultan) ")


def iso_date(text):
    """`12 December 2019`, `April 2018` or `1997` as an ISO date of that precision; empty if there is none."""
    m = re.search(r"(?:(\d{1,2}) )?(?:([A-Z][a-z]{2})[a-z]* )?(\d{4})", text)
    if not m:
        return ""
    day, month, year = m.groups()
    if not month:
        return year
    return f"{year}-{MONTHS[month.lower()]:02}" + (f"-{int(day):02}" if day else "")


def recased(word):
    """`EL-SISI` as `El-Sisi`; words already in mixed case, initials and numerals of monarchs stay."""
    if ROMAN.match(word):
        return word
    return re.sub(r"[^\W\d_]{2,}", lambda m: m.group() if not m.group().isupper() else m.group().capitalize(), word)


def is_capitals(word):
    """Whether a word is written as the factbook writes surnames: SHARIF, al-SUDANI, LE."""
    return re.search(r"[^\W\d_]{2,}", word) is not None and any(
        run.isupper() for run in re.findall(r"[^\W\d_]{2,}", word)) and not ROMAN.match(word)


def factbook_post(text):
    """(person, surname, role, modifier, since) of one factbook entry, or None if it follows no known wording."""
    m = re.search(r"represented by (.*)", text)
    if m and re.match(r"(Acting )?(Governor|Lieutenant)", m.group(1)) and " of the Commonwealth" not in m.group(1):
        text = m.group(1)
    head, _, rest = text.partition("(since")
    head = re.split(r";|\(President of|\(prime minister-equivalent\)", head)[0].strip()
    for wording, role, modifier in ROLE_WORDING:
        if head.startswith(wording + " "):
            name = head[len(wording):].strip()
            break
    else:
        return None
    while RANKS.match(name):
        name = RANKS.sub("", name)
    name = re.sub(r"\s*[(\"].*?[)\"]", "", name).replace(" of the Netherlands", "").replace(",", "")
    words = name.split()
    if not words or not any(is_capitals(w) for w in words):
        return None
    places = [i for i, w in enumerate(words) if is_capitals(w)]
    surname = " ".join(recased(w) for w in words[places[0]:places[-1] + 1])
    return " ".join(recased(w) for w in words), surname, role, modifier, iso_date(rest)


def congress_name(name):
    """(usual name, surname, other forms) of a person in the congress-legislators files."""
    first, last, middle = re.sub(r"\s*\(.*?\)", "", name["first"]), name["last"], name.get("middle") or ""
    for row in read_table(HERE / "overrides" / "us_names.tsv"):
        if row[:3] == [first, middle, last]:
            return row[3], last, row[4].split("|")
    full = name.get("official_full") or f"{first} {last}"
    full = re.sub(r'\s*["“][^"”]*["”]', "", full)
    plain = re.sub(r",? (Jr\.|Sr\.|II|III|IV)$", "", full)
    # Of two surnames the usual name may carry but the first.
    last = last if last in full else next((word for word in last.split() if word in full), last)
    # The news drops middle initials and goes by the nickname.
    usual = f"{name['nickname']} {last}" if name.get("nickname") else re.sub(r" [A-Z]\.(?= )", "", plain)
    others = [plain, full, f"{first} {last}" if last in name["last"].split() or last == name["last"] else ""]
    if middle:
        others.append(f"{first} {middle[0]}. {last}")
    bare = [re.sub(r"\b([A-Z])\.([A-Z])\.", r"\1\2", n) for n in [usual] + others]
    return usual, last, [o for o in distinct(others + bare) if o != usual]


def officeholders(reference):
    folder = reference / "reference"
    iso = {row[0]: row[1] for row in read_table(HERE / "overrides" / "countries.tsv")}
    fixes = {(row[0], row[1]): row[2:] for row in read_table(HERE / "overrides" / "officeholders.tsv")}
    factbook = read_jsonl(folder / "factbook_leaders_2026.jsonl")
    # The data speak for the time of their latest entry, which is earlier than the day they were fetched.
    as_of = max(d for r in factbook for d in re.findall(r"\d{4}-\d{2}", " ".join(
        iso_date(s) for s in re.findall(r"since ([^;)]*)", r["chief_of_state"] + r["head_of_government"]))))
    rows = []
    for entry in factbook:
        code = entry["code"]
        if code not in iso:
            continue
        for post, text in (("state", entry["chief_of_state"]), ("government", entry["head_of_government"])):
            fix = fixes.get((code, post), ["", "", "", "", ""])
            if fix[0] == "-" or not text or (post == "government" and text == entry["chief_of_state"]):
                continue
            found = factbook_post(text)
            if found is None and not (fix[0] and fix[3]):
                print(f"officeholders: left out, wording not known: {code} {post}: {text}", file=sys.stderr)
                continue
            person, surname, role, modifier, since = found or ("", "", "", "", iso_date(text.partition("since")[2]))
            if fix[3]:
                modifier, _, role = fix[3].rpartition(" ") if fix[3].startswith("acting ") else ("", "", fix[3])
            if role == "king" and code != "uk" and person.startswith("Charles"):
                continue
            rows.append((fix[0] or person, fix[1] or surname, fix[2], role, modifier, iso[code], "", fix[4] or since, "", as_of, "factbook"))
    states = {row[1]: row[2] for row in read_table(HERE / "overrides" / "countries.tsv")}
    states.update((r["code"], r["name"]) for r in read_jsonl(folder / "us_states_counties.jsonl") if r["kind"] == "state")
    congress = read_jsonl(folder / "congress_current.jsonl")
    as_of = max(m["terms"][-1]["start"] for m in congress)[:7]
    for member in congress:
        person, surname, others = congress_name(member["name"])
        last = member["terms"][-1]
        # Since when without a break in the same chamber for the same state.
        since = last["start"]
        for term in reversed(member["terms"]):
            if (term["type"], term["state"]) != (last["type"], last["state"]):
                break
            since = term["start"]
        role = "senator" if last["type"] == "sen" else "representative"
        rows.append((person, surname, "|".join(others), role, "", "US", states.get(last["state"], last["state"]), since, "", as_of, "congress"))
    for holder in read_jsonl(folder / "us_executive.jsonl"):
        person, surname, others = congress_name(holder["name"])
        for kind, role in (("prez", "president"), ("viceprez", "vice president")):
            spans = []
            for term in holder["terms"]:
                if term["type"] != kind:
                    continue
                if spans and spans[-1][1] == term["start"]:
                    spans[-1][1] = term["end"]
                else:
                    spans.append([term["start"], term["end"]])
            for since, until in spans:
                if until >= "1977":
                    rows.append((person, surname, "|".join(others), role, "", "US", "", since, until if until[:7] <= as_of else "", as_of, "congress"))
    return table(("person", "surname", "other_forms", "role", "modifier", "country", "jurisdiction", "since", "until", "as_of", "record"), rows)


GENERATED = {
    "countries.tsv": countries,
    "cities.tsv": cities,
    "given_names.txt": given_names,
    "family_names.txt": family_names,
    "officeholders.tsv": officeholders,
}


# Lists whose empty last columns are left out.
SHORT_LINES = ("given_names.txt", "family_names.txt", "title_words.tsv")

# Hand-written tables whose head says in a sentence what they are, and whose rows keep an order of sense, notes among them.
ARRANGED = (
    "article_fields.tsv", "article_statuses.tsv", "beside_names.tsv", "calendar.tsv", "claims.tsv", "common_words.txt", "contrasts.tsv", "comparing_words.txt", "correction_words.tsv",
    "currencies.tsv", "date_words.tsv", "equal_measures.tsv", "everyday_units.txt", "figure_cues.tsv", "figure_terms.tsv",
    "figure_words.tsv", "function_words.txt", "furniture.tsv", "head_names.tsv", "hedges.tsv", "holidays.tsv", "import_columns.tsv", "import_kinds.tsv", "name_cues.tsv",
    "name_evidence.tsv", "nicknames.tsv", "numbers.tsv", "ordinal_endings.txt", "outcomes.tsv", "page_parts.tsv", "partitions.tsv", "period_ratios.tsv", "periods.tsv", "placement_words.tsv",
    "quote_words.tsv", "romanised_words.tsv", "rule_words.tsv", "same_words.tsv", "seas.tsv", "seats.tsv", "sentence_openers.txt",
    "sentence_words.tsv", "shares.tsv",
    "speech_verbs.txt", "title_words.tsv", "units.tsv", "zones.tsv", "overrides/name_evidence.tsv",
)

# Tables with as many cells in a row as there are forms.
ANY_WIDTH = ("nicknames.tsv",)
# Tables whose first cell may be empty.
EMPTY_FIRST = ("claims.tsv",)


# --- checks -----------------------------------------------------------------------------------------------------

def column(name, index):
    return [row[index] for row in read_table(HERE / name)]


def faults():
    """Everything that is wrong with the tables on disk, one sentence each."""
    found = []
    for path in sorted(list(HERE.glob("*.tsv")) + list(HERE.glob("*.txt")) + list(HERE.glob("overrides/*.t??"))):
        name = path.relative_to(HERE).as_posix()
        raw = path.read_bytes()
        text = raw.decode("utf-8")
        if b"\r" in raw or not text.endswith("\n") or not text.startswith("# "):
            found.append(f"{name}: not LF, no newline at the end, or no header")
        lines = text.split("\n")[:-1]
        arranged = name in ARRANGED
        rows = [(at, line.split("\t")) for at, line in enumerate(lines[1:], 2) if not (arranged and (not line or line.startswith("#")))]
        width = max((len(row) for _, row in rows), default=0) if arranged else len(lines[0].split("\t"))
        if name in SHORT_LINES:
            rows = [(at, row + [""] * (width - len(row))) for at, row in rows]
        if name not in ANY_WIDTH:
            found += [f"{name}:{at}: {len(row)} columns, not {width}" for at, row in rows if len(row) != width]
        found += [f"{name}:{at}: blanks at a cell's edge" for at, row in rows if any(c != c.strip() for c in row)]
        found += [f"{name}:{at}: first cell empty" for at, row in rows if not row[0] and name not in EMPTY_FIRST]
        found += [f"{name}:{at}: empty entry in a |-list" for at, row in rows
                  if any("||" in c or c.startswith("|") or c.endswith("|") for c in row)]
        cells = [row for _, row in rows]
        if not arranged and not name.startswith("overrides/") and cells != sorted(cells):
            found.append(f"{name}: not sorted")
        found += [f"{name}: twice: {row}" for row, count in Counter(map(tuple, cells)).items() if count > 1]
    found += lattice_faults()
    found += reference_faults()
    for text, wanted in read_table(HERE.parent / "tests" / "folding.tsv"):
        text = re.sub(r"<([0-9a-f]+)>", lambda found: chr(int(found[1], 16)), text)
        found += [f"folding: {text!r} is {folded(text)!r}, not {wanted!r}"] if folded(text) != wanted else []
    return found


def lattice_faults():
    found = []
    heads = Counter(column("roles.tsv", 0))
    found += [f"roles.tsv: head twice: {head}" for head, count in heads.items() if count > 1]
    found += [f"roles.tsv: head not in lower case: {head}" for head in heads if head != head.lower()]
    found += [f"roles.tsv: unknown flags: {flags}" for flags in set(column("roles.tsv", 3)) if not re.fullmatch("1?a?s?", flags)]
    roles = set(column("roles.tsv", 1))
    kinds = defaultdict(set)
    for _, role, kind, _ in read_table(HERE / "roles.tsv"):
        kinds[role].add(kind)
    found += [f"roles.tsv: {role} has several kinds: {sorted(k)}" for role, k in sorted(kinds.items()) if len(k) > 1]
    wider = {role: set() for role in roles}
    excluded = []
    for one, relation, other in read_table(HERE / "roles_lattice.tsv"):
        if relation == "is" and other in ("shared", "head", "scoped", "loose"):
            if one not in roles:
                found.append(f"roles_lattice.tsv: unknown role in {one} {relation} {other}")
        elif one not in roles or other not in roles:
            found.append(f"roles_lattice.tsv: unknown role in {one} {relation} {other}")
        elif relation == "implies":
            wider[one].add(other)
        elif relation == "excludes":
            excluded.append((one, other))
        elif relation not in ("beside", "beside_in_firm"):
            found.append(f"roles_lattice.tsv: unknown relation {relation}")
    for post, _, of, hold in read_table(HERE / "posts.tsv"):
        found += [f"posts.tsv: unknown role {post}"] if post not in roles else []
        found += [f"posts.tsv: {post} is of {of}"] if of not in ("body", "court", "diocese", "nation", "parish", "party", "place", "region", "seat") else []
        found += [f"posts.tsv: {post} is held {hold}"] if hold not in ("any", "full", "part") else []
    grown = True
    while grown:
        grown = False
        for role, above in wider.items():
            more = set().union(*(wider[a] for a in above)) - above if above else set()
            above |= more
            grown = grown or bool(more)
    found += [f"roles_lattice.tsv: {role} implies itself" for role, above in wider.items() if role in above]
    for one, other in excluded:
        # Exclusion is inherited by narrower roles, so no role may lie below both.
        for role, above in sorted(wider.items()):
            if {one, other} <= above | {role}:
                found.append(f"roles_lattice.tsv: {role} is both {one} and {other}, which exclude each other")
    return found


def reference_faults():
    found = []
    iso = Counter(column("countries.tsv", 2))
    found += [f"countries.tsv: {code} twice" for code, count in iso.items() if count > 1]
    known = set(iso) | {"", "EU"}
    for name, index in (("cities.tsv", 1), ("officeholders.tsv", 5), ("places_extra.tsv", 2)):
        for cell in sorted(set(column(name, index))):
            missing = set(cell.split("|")) - known
            if missing and name != "cities.tsv":
                found.append(f"{name}: unknown country {sorted(missing)}")
            if name == "cities.tsv" and not re.fullmatch("[A-Z]{2}", cell):
                found.append(f"{name}: {cell} is no country code")
    roles = set(column("roles.tsv", 1))
    date = re.compile(r"(\d{4}(-\d\d(-\d\d)?)?)?")
    for name, dates, role, country in (("officeholders.tsv", slice(7, 10), 3, 5), ("former_leaders.tsv", slice(5, 7), 3, 4)):
        for row in read_table(HERE / name):
            if not all(date.fullmatch(cell) for cell in row[dates]):
                found.append(f"{name}: no ISO date in {row}")
            if row[1] and folded(row[1]) not in folded(row[0]):
                found.append(f"{name}: surname not in the name: {row[:2]}")
            if row[role] not in roles or row[country] not in known:
                found.append(f"{name}: unknown role or country in {row}")
    for name in ("given_names.txt", "family_names.txt"):
        found += [f"{name}: not folded: {cell}" for cell in column(name, 0) if folded(cell) != cell]
    found += [f"given_names.txt: sex {sex}" for sex in set(column("given_names.txt", 1)) - set("mfu")]
    size = sum((HERE / name).stat().st_size for name in ("given_names.txt", "family_names.txt"))
    if size > 700_000 or (HERE / "cities.tsv").stat().st_size > 1_500_000:
        found.append("names or cities: larger than the program should carry")
    for one in read_table(HERE / "exonyms.tsv"):
        if len(one[0].split("|")) < 2:
            found.append(f"exonyms.tsv: no pair: {one}")
    spellings = Counter(s for row in read_table(HERE / "exonyms.tsv") for s in {folded(s) for s in row[0].split("|")})
    found += [f"exonyms.tsv: in two rows: {s}" for s, count in spellings.items() if count > 1]
    for script, members, place, of in read_table(HERE / "translit.tsv"):
        # Swapped letters are a slip of the pen, never a romanisation.
        swapped = [m for m, count in Counter("".join(sorted(m)) for m in members.split("|")).items() if count > 1]
        found += [f"translit.tsv: the same letters in another order: {script} {members}"] if swapped else []
        if place not in ("any", "start", "end") or "|" not in members:
            found.append(f"translit.tsv: unknown place or no pair: {members} {place}")
        if of not in ("systems", "slips"):
            found.append(f"translit.tsv: neither of systems nor of slips: {members} {of}")
    heads = set(column("countries.tsv", 0))
    for name, index in (("metonyms.tsv", 3), ("organisations.tsv", 4), ("exonyms.tsv", 1)):
        found += [f"{name}: unknown country {cell}" for cell in sorted(set(column(name, index)) - known)]
    found += [f"places_extra.tsv: also in countries.tsv: {n}" for n in sorted(set(column("places_extra.tsv", 0)) & heads - {"Georgia"})]
    return found


def main(arguments):
    check = "--check" in arguments
    rest = [a for a in arguments if a != "--check"]
    if len(rest) > 1 or (not check and not rest) or any(a.startswith("-") for a in rest):
        print(__doc__, file=sys.stderr)
        return 2
    stale = []
    if rest:
        reference = Path(rest[0])
        for name, make in GENERATED.items():
            text = make(reference)
            path = HERE / name
            if not check:
                path.write_bytes(text.encode("utf-8"))
            elif not path.exists() or path.read_bytes() != text.encode("utf-8"):
                stale.append(f"{name}: not what the generator writes")
    found = stale + faults()
    for fault in found:
        print(fault, file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
