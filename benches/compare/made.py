"""Articles made up for measuring, the same in each run: few words, many names, and a figure in most sentences."""
import random

GIVEN = "Ada Oda Per Hafsa Ines Rosa Omar Tove Liv Arne Signe Bram Jonna Ravi Mina Pavel Iris Noor Karin Teodor".split()
STEMS = "Brand Quill Sand Tarr Holm Vest Lar Kvist Moss Rav Thorn Feld Birk Aal Grun Sol Stor Ny Lund Berg".split()
ENDS = "vold feather vik ow sund gren dal mark stad heim rud nes by lund berg quist ström hall more ley".split()
PLACES = "Larsund Vestlund Tarrowmouth Quorndale Solvik Nyborg Kvistad Ravnes Grunheim Mossby".split()
OFFICES = ["Mayor", "Transport Minister", "Harbour Commissioner", "Governor", "Union leader", "Chief engineer"]
THINGS = "ferry quay tunnel bridge weir school hospital mill dam library market railway".split()


def article(number):
    dice = random.Random(number)
    def name():
        # A few are in the news all the time, most once in a while.
        rank = min(int(dice.paretovariate(0.6)), 400_000) + dice.randrange(3)
        chance = random.Random(rank)
        return f"{chance.choice(GIVEN)} {chance.choice(STEMS)}{chance.choice(ENDS)}{chance.choice(['', '', 'en', 'son', 'a'])}"
    parts = []
    for _ in range(14):
        who, other, place, thing, size = name(), name(), dice.choice(PLACES), dice.choice(THINGS), dice.randrange(3, 900)
        parts.append(dice.choice([
            f"{dice.choice(OFFICES)} {who} opened the {size}-metre {thing} in {place} on {1 + size % 28} March, and {other} cut the ribbon.",
            f"The new {thing} cost £{size}m, {who} told reporters in {place}, {size % 90 + 2} per cent more than {other} had said.",
            f"“We will not leave a single {thing} of {place} behind after {size} days of rain,” {dice.choice(OFFICES)} {who} said.",
            f"About {size} people were brought to {place} when the {thing} failed, according to {who} and {other}.",
        ]))
    day = f"{2005 + number % 20}-{1 + number % 12:02}-{1 + number % 28:02}"
    return f"---\ndate: {day}\noutlet: {dice.choice(['The Courier', 'Fjord Post', 'Harbour Weekly'])}\n---\n\n" + "\n\n".join(parts) + "\n"
