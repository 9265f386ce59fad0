//! Fixes applied one after another, in whatever order, come to rest: none changes nothing, undoes what another one did or brings a
//! finding of another rule. `PROPTEST_CASES=10000` tries as many drafts; the ordinary run tries 256.

use std::sync::Arc;

use copydesk::finding::{Finding, Fix, Severity};
use copydesk::stylebook::{Desk, Stylebook};
use copydesk::text::{Span, apply};
use proptest::prelude::*;

use crate::example::Example;

/// What two or three outlets say of one thing, and the same in a draft.
const FACTS: [(&[&str], &str); 14] = [
    (
        &[
            "Finance Minister Anja Kowalczyk presented the budget of €90bn on Friday.",
            "Anja Kowalczyk, the finance minister, asked for €90bn.",
        ],
        "The budget of €90bn was presented by Finance Minister Anja Kowalczyk.",
    ),
    (
        &["Museum director Mykhailo Dobryanskyy reopened the print room.", "The print room was shut, Mykhailo Dobryansky said."],
        "The print room is open, museum director Mykhailo Dobryanskyy said. Dobryansky will stay.",
    ),
    (
        &["Harbour master Mira Dovzhenko wrote that the quay was “a real chance to end the floods”."],
        "Mira Dowschenko wrote that the quay was “a real chance to end the floods”.",
    ),
    (
        &[
            "The storm killed eight people at Larsund and injured 30 others, mayor Siv Aasland said.",
            "Eight people died in the storm at Larsund.",
        ],
        "The storm at Larsund killed eight people and injured 30 others, mayor Siv Aasland said.",
    ),
    (
        &["The grant covers three-quarters of the harbour's costs over two years.", "Three-quarters of the harbour's costs are covered."],
        "The grant covers two-thirds of the harbour's costs over the next two years.",
    ),
    (
        &["“We will not leave a single farm under water this winter,” water minister Petra Zielonka said in Brevik."],
        "“We will not leave a single farm under water this winter,” water minister Petra Zielonka said.",
    ),
    (
        &["The ferry line opened in June 1998 with 12 thousand passengers a year, Oda Nesvik recalls."],
        "The ferry line, which opened in June 1998, had 12 thousand passengers in its first year.",
    ),
    (
        &["The European Space Agency (ESA) will send the probe in 2031, director Ruben Castellane said."],
        "The probe of the European Space Agency (ESA) will fly in 2031, director Ruben Castellane said.",
    ),
    (
        &["Norway's ambassador to Peru, Ida Kip, opened an 11-point plan for the fishery on Tuesday."],
        "The 11-point plan for the fishery was opened by Ida Kip, Norway's ambassador to Peru.",
    ),
    (
        &["The lake covers 701 sq km (271 sq miles), one in five of its islands is inhabited, said warden Omari Quill."],
        "The lake covers 701 sq km (271 sq miles), and one in five of its islands is inhabited, warden Omari Quill said.",
    ),
    (
        &["The Lantern Choir sang in Kyiv on Saturday.", "A full house heard the Lantern Choir in Kyiv."],
        "The Lantern Choir sang to a full house in Kyiv.",
    ),
    (
        &["Brevik lies in southern Norway. The council of Brevik met on Tuesday, 4 March 2025."],
        "The council of Brevik, in southern Norway, met on Tuesday, 4 March 2025.",
    ),
    (
        &["The state lent 6 lakh crore rupees to the ports, minister Asha Verghese said.", "Ports owe 6 lakh crore rupees."],
        "The ports owe 6 lakh crore rupees that the state lent, minister Asha Verghese said.",
    ),
    (
        &["Of the 80 seats 60 went to the Harbour Party, or three-quarters.", "The Harbour Party has 60 of the 80 seats."],
        "The Harbour Party has 60 of the 80 seats, or three-quarters.",
    ),
];

const STYLEBOOK: &str = "[[person]]\nname = \"Mira Dovzhenko\"\naliases = [\"Mira Dowschenko\"]\n";

/// Words of which one is easily taken for another.
const ALIKE: [&[&str]; 9] = [
    &["Friday", "Saturday", "Tuesday", "Sunday"],
    &["March", "June", "July", "October"],
    &["eight", "seven", "two", "one", "30", "12", "11-point", "60", "80", "20-point"],
    &["minister", "mayor", "director", "warden", "ambassador", "president"],
    &["southern", "northern", "eastern"],
    &["Norway", "Peru", "Norway's", "Peru's"],
    &["km", "miles", "thousand", "lakh", "million", "crore"],
    &["three-quarters", "two-thirds", "half", "fifth", "five"],
    &["Zielonka", "Kowalczyk", "Castellane", "Larsund", "Brevik", "Quill"],
];

/// A slip of somebody's who types.
#[derive(Clone, Copy, Debug)]
struct Slip {
    word: prop::sample::Index,
    letter: prop::sample::Index,
    kind: u8,
}

fn slips() -> impl Strategy<Value = Vec<Slip>> {
    let slip = (any::<prop::sample::Index>(), any::<prop::sample::Index>(), 0u8..7);
    prop::collection::vec(slip.prop_map(|(word, letter, kind)| Slip { word, letter, kind }), 0..6)
}

impl Slip {
    fn make(self, text: &str) -> String {
        let words: Vec<&str> = text.split(' ').collect();
        let at = self.word.index(words.len());
        let mut letters: Vec<char> = words[at].chars().collect();
        let letter = self.letter.index(letters.len());
        match (self.kind, letters[letter]) {
            (0 | 1, digit) if digit.is_ascii_digit() => letters[letter] = char::from(b'1' + (digit as u8 - b'0' + self.kind + 2) % 9),
            (0, _) if letters.len() > 3 => drop(letters.remove(letter)),
            (1, _) => letters.insert(letter, letters[letter]),
            (2, _) if letter > 0 => letters.swap(letter, letter - 1),
            (3, old) if old.is_ascii_lowercase() => letters[letter] = char::from(b'a' + (old as u8 - b'a' + 7) % 26),
            // A word of another fact.
            (4, _) => letters = "Zelenskyy".chars().collect(),
            // Another word of the kind, with what stands around it.
            (5 | 6, _) => {
                let old: String = letters.iter().collect();
                let bare = old.trim_matches(|c: char| !c.is_alphanumeric());
                let alike = ALIKE.iter().find_map(|alike| Some((alike, alike.iter().position(|one| *one == bare)?)));
                if let Some((alike, at)) = alike.filter(|_| !bare.is_empty()) {
                    letters = old.replace(bare, alike[(at + 1 + letter % (alike.len() - 1)) % alike.len()]).chars().collect();
                }
            }
            _ => {}
        }
        let word: String = letters.into_iter().collect();
        let mut words: Vec<&str> = words;
        words[at] = &word;
        words.join(" ")
    }
}

fn example(facts: &[usize], slips: &[Slip], has_stylebook: bool) -> Example {
    let mut example = Example { draft_name: "draft.md".to_owned(), ..Example::default() };
    for outlet in 0..2 {
        let told: Vec<&str> = FACTS.iter().filter_map(|(sources, _)| sources.get(outlet)).copied().collect();
        let attributes = format!("outlet=\"Outlet {outlet}\" published=2025-03-0{}", outlet + 4);
        example.add_source(&format!("2025-03-0{outlet}.md"), &attributes, told.join("\n\n"));
    }
    let told: Vec<&str> = facts.iter().map(|&fact| FACTS[fact].1).collect();
    let text = slips.iter().fold(told.join("\n\n"), |text, slip| slip.make(&text));
    example.draft = format!("---\ndate: 2025-03-06\n---\n\n{text}\n");
    example.stylebook = has_stylebook.then(|| STYLEBOOK.to_owned());
    example
}

/// Whether two findings of a text before and after an edit stand at one place, counted from the start or from the end.
fn is_same_place((text, before): (&str, &Finding), (edited, after): (&str, &Finding)) -> bool {
    let from_end = |text: &str, span: Span| (text.len() - span.end as usize, text.len() - span.start as usize);
    let meet = |(start, end): (usize, usize), (other_start, other_end): (usize, usize)| start <= other_end && other_start <= end;
    let (one, other) = (before.span.range(), after.span.range());
    meet((one.start, one.end), (other.start, other.end)) || meet(from_end(text, before.span), from_end(edited, after.span))
}

fn comes_to_rest(mut example: Example, order: &[prop::sample::Index]) -> Result<(), TestCaseError> {
    let (stylebook, _) = Stylebook::parse(example.stylebook.as_deref().unwrap_or_default(), "stylebook.toml", None);
    let desk = Desk::new(Arc::new(example.corpus()), stylebook, true);
    let mut findings = example.findings_against(&desk);
    let mut texts = vec![example.draft.clone()];
    for step in 0..=2 * findings.len() {
        let fixes: Vec<(&Finding, &Fix)> =
            findings.iter().flat_map(|finding| finding.fixes.iter().map(move |fix| (finding, fix))).collect();
        if fixes.is_empty() {
            return Ok(());
        }
        let (finding, fix) = fixes[order[step % order.len()].index(fixes.len())];
        let mended = Example { draft: apply(&example.draft, &fix.edits), ..example.clone() };
        prop_assert_ne!(&mended.draft, &example.draft, "{} changes nothing: {}", finding.rule.name, fix.title);
        prop_assert!(!texts.contains(&mended.draft), "{} brings back\n{}", fix.title, mended.draft);
        let after = mended.findings_against(&desk);
        let after_it = &mended.draft;
        for one in after.iter().filter(|one| one.severity > Severity::Hint && one.rule != finding.rule) {
            let was_there = findings.iter().any(|other| other.rule == one.rule && is_same_place((&example.draft, other), (after_it, one)));
            let told =
                || format!("“{}” of {} in\n{}\nbrings {}: {}", fix.title, finding.rule.name, example.draft, one.rule.name, one.message);
            prop_assert!(was_there, "{}", told());
        }
        texts.push(mended.draft.clone());
        (example, findings) = (mended, after);
    }
    prop_assert!(findings.iter().all(|finding| finding.fixes.is_empty()), "no rest in\n{}", example.draft);
    Ok(())
}

proptest! {
    #[test]
    fn fixes_in_any_order_come_to_rest(
        facts in prop::sample::subsequence((0..FACTS.len()).collect::<Vec<_>>(), 1..5),
        slips in slips(),
        has_stylebook: bool,
        order in prop::collection::vec(any::<prop::sample::Index>(), 8),
    ) {
        comes_to_rest(example(&facts, &slips, has_stylebook), &order)?;
    }
}
