//! What changed, in any two texts.

use std::sync::Arc;

use super::*;
use crate::markup::Format;
use crate::reader::read;

fn compared(old: &str, new: &str) -> (Vec<String>, usize) {
    let document = |text: &str| Document::parse(Arc::from(text), Format::Markdown);
    let (before, after) = (document(old), document(new));
    let (one, other) = (read(&before), read(&after));
    let comparison = compare(Version { document: &before, reading: &one }, Version { document: &after, reading: &other });
    let words = |text: &str, span: Option<Span>| span.map_or("–".to_owned(), |span| span.text(text).to_owned());
    let told =
        comparison.changes.iter().map(|change| format!("{} {} > {}", change.kind.name(), words(old, change.old), words(new, change.new)));
    (told.collect(), comparison.leftovers.len())
}

fn changes(old: &str, new: &str) -> Vec<String> {
    compared(old, new).0
}

#[test]
fn what_changed_is_told_by_kind_and_what_was_merely_written_otherwise_is_not() {
    let old = "Mayor Anja Solvang spent €90bn on 3 March 2024. “We had to,” Solvang said.\n";
    assert_eq!(changes(old, &old.replace("€90bn", "90 billion euros")), [""; 0]);
    assert_eq!(changes(old, &old.replace("€90bn", "€80bn")), ["figure €90bn > €80bn"]);
    assert_eq!(changes(old, &old.replace("Mayor", "Minister")), ["title Mayor > Minister"]);
    assert_eq!(changes(old, &old.replace("3 March", "4 March")), ["date 3 March 2024 > 4 March 2024"]);
    assert_eq!(changes(old, &old.replace("had to", "wanted to")), ["quote We had to, > We wanted to,"]);
    assert_eq!(changes(old, &old.replace("Anja Solvang", "Anna Solvang")), ["name Anja Solvang > Anna Solvang"]);
}

#[test]
fn what_is_new_or_gone_is_told_once() {
    let old = "The ferry sank off Larsund.\n\nInga Holm saw it. It rained for 40 days, Inga Holm said.\n";
    let new = "The ferry sank off Larsund.\n\nThe boat had 61 cars aboard, and the 61 cars burned.\n";
    assert_eq!(changes(old, new), ["name Inga Holm > –", "figure – > 61", "figure 40 days > –"]);
    assert_eq!(changes(new, new), [""; 0]);
    for (old, new) in [("", ""), ("", "It rained.\n"), (old, ""), ("# \u{0}\n", "\u{feff}“\n")] {
        compared(old, new);
    }
}

#[test]
fn a_text_of_like_sentences_is_laid_beside_another() {
    let list = |step: usize| {
        (0..3_000).map(|row| format!("Ward {row} of Larsund has {} voters.", row * step + 7)).collect::<Vec<_>>().join("\n\n")
    };
    let (told, left) = compared(&list(1), &list(2));
    assert!(told.len() > 1_000 && left == 0, "{} told, {left} left", told.len());
    let long = |word: &str| format!("{} 40 {word}.\n", "a man, ".repeat(5_000));
    compared(&long("boats"), &long("ships"));
}

#[test]
fn many_changes_of_one_thing_are_not_each_held_against_every_place_that_has_it() {
    let text = |changed: &dyn Fn(usize) -> bool| {
        let row = |row: usize| format!("In ward{row}, Mayor Anja {} spent a day.", if changed(row) { "Solvong" } else { "Solvang" });
        (0..3_000).map(row).collect::<Vec<_>>().join(" ")
    };
    // A place that was left is told whether few changes speak for it or many.
    let (few, left) = compared(&text(&|_| false), &text(&|row| row < 3));
    assert!(few.len() == 3 && left > 0, "{} told, {left} left", few.len());
    let (many, still_left) = compared(&text(&|_| false), &text(&|row| row % 3 > 0));
    assert!(many.len() == 2_000 && still_left >= left, "{} told, {still_left} left", many.len());
}
