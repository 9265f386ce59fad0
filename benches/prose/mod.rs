//! Articles made up for measuring, the same in each run: news in form, with names, titles, figures, dates and quotations as
//! thick as in real ones, about nobody.

const GIVEN: &[&str] = &["Anja", "Tomas", "Irena", "Bo", "Selma", "Viktor", "Ama", "Luis", "Noor", "Katya", "Henrik", "Mira"];
const START: &[&str] = &["Kowal", "Lind", "Sol", "Dobr", "Mar", "Oyel", "Hars", "Ter", "Vesk", "Ild", "Bran", "Quin"];
const END: &[&str] = &["czyk", "ström", "vang", "enko", "ado", "aran", "sen", "idze", "ova", "berg", "mond", "ley"];
const TITLES: &[&str] = &["Foreign Minister", "Mayor", "President", "Police chief", "Defence Secretary", "Governor", "Judge", "Prof."];
const PLACES: &[&str] = &["Nairobi", "Gdansk", "Lima", "Oslo", "Tbilisi", "Kampala", "Ghent", "Osaka", "Porto", "Graz"];
const BODIES: &[&str] = &["Larsund Institute", "Hill Foundation", "Ministry of Ports", "North Sea Council", "Veskova University"];
const VERBS: &[&str] = &["said", "told reporters", "warned", "announced", "argued", "confirmed"];
const PLAIN: &[&str] = &[
    "The talks went on until late in the evening and ended without a vote.",
    "Nobody had expected the river to rise so fast after such a dry month.",
    "Work on the line is to start again as soon as the ground has dried.",
    "Shops near the old harbour stayed closed, and buses were sent another way.",
    "It is the third time in two years that the plan has been put off.",
];

/// A row of numbers that looks like chance and is none.
pub(crate) struct Chance(u64);

impl Chance {
    pub(crate) const fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    pub(crate) fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % limit as u64) as usize
    }

    fn of<'a>(&mut self, list: &[&'a str]) -> &'a str {
        list[self.below(list.len())]
    }
}

struct Person {
    given: &'static str,
    surname: String,
    title: &'static str,
}

/// An article of so many words or a few more. Its people are few and come again, as in an article.
pub(crate) fn article(seed: u64, words: usize) -> String {
    let mut chance = Chance::new(seed + 1);
    let people: Vec<Person> = (0..5 + words / 200)
        .map(|_| Person { given: chance.of(GIVEN), surname: format!("{}{}", chance.of(START), chance.of(END)), title: chance.of(TITLES) })
        .collect();
    let mut text = format!("---\ndate: 2025-{:02}-{:02}\n---\n\n", 1 + chance.below(12), 1 + chance.below(28));
    text.extend(["# ", &people[0].surname, " warns of delays in ", chance.of(PLACES), "\n\n"]);
    let mut count = 0;
    let mut known = vec![false; people.len()];
    while count < words {
        let from = text.len();
        for _ in 0..2 + chance.below(3) {
            let at = chance.below(people.len());
            let person = &people[at];
            let name = if std::mem::replace(&mut known[at], true) {
                person.surname.clone()
            } else {
                format!("{} {} {}", person.title, person.given, person.surname)
            };
            let sentence = match chance.below(8) {
                0 => format!("“We counted {} people at the gate,” {name} {} on Tuesday.", 20 + chance.below(900), chance.of(VERBS)),
                1 => {
                    format!("{name} travelled from {} to {} on {} March 2025.", chance.of(PLACES), chance.of(PLACES), 1 + chance.below(28))
                }
                2 => format!(
                    "The {} put the cost at €{}.{}bn, or {}% more.",
                    chance.of(BODIES),
                    chance.below(90),
                    chance.below(10),
                    chance.below(60)
                ),
                3 => format!(
                    "In {}, {name} {} that {} houses over {} km were flooded.",
                    chance.of(PLACES),
                    chance.of(VERBS),
                    chance.below(5000),
                    chance.below(80)
                ),
                4 => format!("“It can’t go on like this,” {} {name}, whose office is in {}.", chance.of(VERBS), chance.of(PLACES)),
                _ => chance.of(PLAIN).to_owned(),
            };
            text += &sentence;
            text.push(' ');
        }
        text.truncate(text.trim_end().len());
        count += text[from..].split_whitespace().count();
        text += "\n\n";
    }
    text
}
