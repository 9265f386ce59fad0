//! Made-up articles: few names, places and numbers, so that the articles have much to do with each other.

use copydesk::corpus::{Facts, Source, SourceHeader};
use copydesk::document::Document;
use copydesk::markup::Format;
use copydesk::reader::{Reading, read};

/// Numbers that look like chance and are the same in each run.
pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) const fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub(crate) fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % sides
    }

    fn pick<'a>(&mut self, all: &[&'a str]) -> &'a str {
        all[self.roll(all.len())]
    }
}

const PEOPLE: &[&str] = &[
    "Ada Quillfeather",
    "Ada Quilfeather",
    "Oda Brandvold",
    "Per Brandvold",
    "Hafsa Brantvoll",
    "Hafsa Brantvolland",
    "Rosa del Tamar",
    "Rosa Del Tamar",
    "Omar al-Sharif",
    "Omar Alsharif",
    "Ines Tarrow",
];
const PLACES: &[&str] = &["Larsund", "Kyiv", "Kiev", "Vestlund", "Tarrowmouth"];
const BODIES: &[&str] = &["the Harbour Union (HU)", "the Vestlund Ferry Board (VFB)", "the Harbour Commission"];
const TITLES: &[&str] = &["Mayor", "Transport Minister", "Former Mayor", "Harbour Commissioner"];
const QUOTED: &[&str] = &[
    "We will not leave a single farm under water this winter",
    "We will not leave a single village under water",
    "It was the ferry that failed us",
];

fn text(dice: &mut Dice) -> String {
    let paragraphs = 2 + dice.roll(3);
    let paragraph = |_| {
        let (who, place, body) = (dice.pick(PEOPLE), dice.pick(PLACES), dice.pick(BODIES));
        let (title, quoted, number, day) = (dice.pick(TITLES), dice.pick(QUOTED), 2 + dice.roll(9) * 7, 1 + dice.roll(28));
        match dice.roll(6) {
            0 => format!("{title} {who} opened the {number}-mile tunnel in {place} on {day} March.\n\n"),
            1 => format!("{body} said that about {number} people were injured on the ferry to {place}.\n\n"),
            2 => format!("“{quoted},” {title} {who} said in {place}.\n\n"),
            3 => format!("{who} met the farmers of {place}, in western Kenya, on {day} April 2024.\n\n"),
            4 => format!("The new ferry to {place} cost £{number}m, {who} told {body}.\n\n"),
            _ => format!("The ferry from {place} takes {number} minutes, {title} {who} said.\n\n"),
        }
    };
    (0..paragraphs).map(paragraph).collect()
}

/// A made-up article under one of a few ids, as facts. The same numbers make the same article.
pub(crate) fn article(id: usize, version: usize) -> Facts {
    let mut dice = Dice::new((id * 31 + version) as u64);
    let published = (dice.roll(5) > 0).then(|| format!("2024-0{}-{:02}", 1 + dice.roll(4), 1 + dice.roll(28)).parse().expect("a day"));
    let outlet = ["The Courier", "Fjord Post", "Harbour Weekly"][dice.roll(3)];
    let header = SourceHeader { id: format!("{id:02}.md"), outlet: Some(outlet.to_owned()), published, ..SourceHeader::default() };
    Facts::of(&Source::read(header, Document::parse(text(&mut dice).into(), Format::Markdown)))
}

/// Drafts that ask about what the articles speak of.
pub(crate) fn drafts() -> Vec<Reading> {
    let draft = |seed| read(&Document::parse(text(&mut Dice::new(seed)).into(), Format::Markdown));
    (1000..1012).map(draft).collect()
}
