//! What must hold of the desk's own files, whatever is in them: what is wrong is told on its line, and a decision is written once.

use copydesk::config::Config;
use copydesk::features::DeskFile;
use copydesk::reader::SubjectKind;
use copydesk::rules::rule_names;
use copydesk::stylebook::import::{from_rows, merge};
use copydesk::stylebook::{Stylebook, another_person, prefer_spelling};
use copydesk::text::{LineIndex, Span, apply};
use copydesk::workspace::Listing;

/// So many places of a file an editor asks about.
const PLACES: usize = 64;

/// A configuration has one meaning or at least one fault.
pub fn is_a_configuration_or_faulty(text: &str) {
    let read = || Config::parse(text, &rule_names());
    if let Err(errors) = read() {
        assert!(!errors.0.is_empty());
        assert_lines(text, errors.0.iter().map(|error| (error.line, &*error.message)));
    }
    assert_eq!(format!("{:?}", read()), format!("{:?}", read()));
    is_shown_soundly(DeskFile::Configuration, text);
}

/// A stylebook holds but for its faults, and takes a decision once.
pub fn is_a_stylebook_but_for_its_faults(text: &str) {
    let read = || Stylebook::parse(text, "stylebook.toml", None);
    let (_, faults) = read();
    assert_lines(text, faults.iter().map(|fault| (fault.line, &*fault.message)));
    assert_eq!(format!("{:?}", read().1), format!("{faults:?}"));
    is_shown_soundly(DeskFile::Stylebook, text);
    for kind in [SubjectKind::Person, SubjectKind::Place, SubjectKind::Organisation] {
        let prefer = |text: &str| prefer_spelling(text, kind, "Anja Solvang", "Anya Solvang");
        let part = |text: &str| another_person(text, kind, "Anja Solvang", "Anja Solvann");
        for decide in [&prefer as &dyn Fn(&str) -> _, &part] {
            if let Ok(Some(edit)) = decide(text) {
                assert!(text.get(edit.span.range()).is_some(), "{:?} is no place of the text", edit.span);
                let decided = apply(text, &[edit]);
                let again = decide(&decided);
                assert!(matches!(again, Ok(None)), "decided twice: {again:?} in {decided:?}");
            }
        }
    }
}

/// A stylebook takes names in once, and keeps all that it had.
pub fn takes_names_in_once(text: &str) {
    let rows = [(2, ["Anja Solvang", "Anya Solvang; Anja Solwang", "foreign minister", "2024"]), (3, ["Larsund", "Anja Solvang", "", ""])];
    let rows = rows.map(|(line, cells)| (line, cells.map(str::to_owned).to_vec()));
    let head = ["name", "aliases", "title", "from"].map(str::to_owned);
    for kind in SubjectKind::ALL {
        let (entries, _) = from_rows(&head, &rows, kind).expect("has names");
        let Ok(first) = merge(text, &entries) else { continue };
        let again = merge(&first.text, &entries).expect("is a stylebook still");
        assert_eq!((again.added.len() + again.completed.len(), &again.text), (0, &first.text), "{text:?}");
        let before = Stylebook::parse(text, "stylebook.toml", None).1.len();
        let after = Stylebook::parse(&first.text, "stylebook.toml", None).1.len();
        assert!(after <= before, "{:?}", first.text);
    }
}

/// A list of sources holds but for its faults.
pub fn is_a_listing_but_for_its_faults(text: &str) {
    let listing = Listing::parse(text);
    assert_lines(text, listing.faults().iter().map(|(line, message)| (*line, &**message)));
    assert_eq!(listing, Listing::parse(text));
}

/// What an editor shows lies in the text.
fn is_shown_soundly(file: DeskFile, text: &str) {
    let lines = LineIndex::new(text).len();
    for fault in file.faults(text) {
        assert!(fault.line < lines && !fault.message.is_empty(), "{fault:?} of {lines} lines");
    }
    let places = text.char_indices().map(|(at, _)| at).chain([text.len()]);
    for at in places.step_by((text.len() / PLACES).max(1)) {
        let within = |span: Span| assert!(text.get(span.range()).is_some(), "{span:?} at {at} is no place of the text");
        file.offers(text, at as u32).into_iter().for_each(|offer| within(offer.span));
        if let Some((span, _)) = file.explained(text, at as u32) {
            within(span);
        }
    }
}

/// Faults are of lines that there are, and say something.
fn assert_lines<'a>(text: &str, faults: impl Iterator<Item = (u32, &'a str)>) {
    let lines = LineIndex::new(text).len();
    let faults: Vec<_> = faults.collect();
    assert!(faults.iter().all(|(line, message)| (1..=lines).contains(line) && !message.is_empty()), "{faults:?} of {lines} lines");
}
