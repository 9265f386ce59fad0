//! What a stylebook says, and what is said of its mistakes.

use super::*;
use crate::corpus::{Corpus, MemoryCorpus, NameQuestion, Questions, Source};
use crate::document::Document;
use crate::keys;
use crate::markup::Format;
use crate::reader::SubjectKind;

fn faults(text: &str) -> Vec<String> {
    Stylebook::parse(text, "stylebook.toml", None).1.iter().map(ToString::to_string).collect()
}

fn known(book: &Stylebook, kind: SubjectKind, name: &str) -> Vec<String> {
    let question = NameQuestion { kind, name: name.to_owned() };
    book.names.answer(&question).known.iter().map(|record| record.name.clone()).collect()
}

#[test]
fn the_example_of_the_documentation_is_sound() {
    let page = include_str!("../../docs/stylebook.md");
    let example = page.split("```toml\n").nth(1).and_then(|rest| rest.split("```").next()).expect("the page has an example");
    let (book, faults) = Stylebook::parse(example, "stylebook.toml", None);
    assert_eq!(faults, []);
    assert_eq!(known(&book, SubjectKind::Person, "Myra Dovzhenko"), ["Mira Dovzhenko"]);
    assert_eq!(known(&book, SubjectKind::Organisation, "ISS"), ["Institute for Sea Studies"]);
    let entry = &book.by_form["mira dovzhenko"][0];
    let titles: Vec<_> = entry.titles.iter().map(|title| (title.role.as_str(), title.of.as_deref(), title.term)).collect();
    let day = jiff::civil::date;
    let term = |from, until| Some(crate::corpus::Term { from, until });
    assert_eq!(titles[0], ("fisheries minister", Some("Ukraine"), term(Some(day(2023, 5, 1)), Some(day(2024, 9, 4)))));
    assert_eq!((titles[1].0, titles[1].2), ("ambassador", term(Some(day(2024, 10, 1)), None)));
    let place = book.by_form["skalvik"][0].decision.clone().expect("is decided");
    assert_eq!(place.within.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>(), ["Nordmark", "Norway"]);
    assert_eq!(
        (place.within[1].1.start.line, place.within[1].1.sentence.starts_with("in = ")),
        (example[..example.find("in = [").expect("is there")].lines().count() as u32, true)
    );
}

#[test]
fn the_example_stylebook_is_sound() {
    let (book, faults) = Stylebook::parse(include_str!("../../examples/stylebook.toml"), "stylebook.toml", None);
    assert_eq!(faults, []);
    assert_eq!(known(&book, SubjectKind::Place, "Odessa"), ["Odesa"]);
}

#[test]
fn each_mistake_is_told_with_its_line_and_the_rest_holds() {
    let text = "\u{feff}[[person]]\nname = \"Ole Brandt\"\nalias = \"Ola Brandt\"\n\n[[persons]]\nname = \"X Y\"\n\n[[place]]\nname = \"Skalvik\n\n[[person]]\nname = \"Mira Dovzhenko\"\ntitles = [{ title = \"mayor\", from = 2024-02-30 }, { title = \"mayor of Skalvik\" }]\n\n[[person]]\naliases = [\"Z\"]\n";
    let (book, faults) = Stylebook::parse(text, "stylebook.toml", None);
    let lines: Vec<u32> = faults.iter().map(|fault| fault.line).collect();
    assert_eq!(lines, [3, 5, 9, 13, 15], "{faults:?}");
    assert!(faults[0].message.contains("did you mean `aliases`"), "{}", faults[0]);
    assert!(faults[1].message.contains("did you mean `person`"), "{}", faults[1]);
    assert_eq!(known(&book, SubjectKind::Person, "Ole Brandt"), ["Ole Brandt"]);
    assert_eq!(known(&book, SubjectKind::Person, "Brandt"), ["Ole Brandt"]);
}

#[test]
fn an_unsound_date_takes_its_title_alone() {
    let book =
        |title: &str| format!("[[person]]\nname = \"Mira Dovzhenko\"\ntitles = [\n  {title},\n  {{ title = \"mayor of Skalvik\" }},\n]\n");
    for title in [
        "{ title = \"minister\", from = \"May 2024\" }",
        "{ title = \"minister\", until = 12:00:00 }",
        "{ title = \"minister\", from = 2024-03-01, until = 2023 }",
        "{ from = 2024 }",
        "3",
    ] {
        let (parsed, faults) = Stylebook::parse(&book(title), "stylebook.toml", None);
        assert_eq!(faults.iter().map(|fault| fault.line).collect::<Vec<_>>(), [4], "{title}: {faults:?}");
        assert_eq!(parsed.by_form["mira dovzhenko"][0].titles.len(), 1, "{title}");
    }
    assert!(faults(&book("{ title = \"minister\", from = 2024 }")).is_empty());
    assert!(faults(&book("\"grand poobah\""))[0].contains("shown, but not checked"));
}

#[test]
fn a_name_belongs_to_one_entry() {
    let text = "[[person]]\nname = \"Ole Brandt\"\naliases = [\"Ola Brandt\", \"Mira Dovzhenko\"]\nis-not = [\"Ola Brandt\"]\n[[person]]\nname = \"Mira Dovzhenko\"\naliases = \"Ola Brandt\"\n[[person]]\nname = \"Ole Brandt\"\n[[place]]\nname = \"Ole Brandt\"\n";
    let (book, faults) = Stylebook::parse(text, "stylebook.toml", None);
    assert_eq!(faults.iter().map(|fault| fault.line).collect::<Vec<_>>(), [3, 4, 7, 9], "{faults:?}");
    assert_eq!(known(&book, SubjectKind::Person, "Ola Brandt"), ["Ole Brandt"]);
}

#[test]
fn the_corpus_is_asked_under_all_names_and_answers_under_the_preferred_one() {
    let source = |id: &str, text: &str| {
        let header = SourceHeader { id: id.to_owned(), ..SourceHeader::default() };
        Source::read(header, Document::parse(text.into(), Format::Plain))
    };
    let corpus = MemoryCorpus::new([
        source("a", "Mayor Ola Brandt spoke in Bombay. Ola Brandt left Bombay.\n"),
        source("b", "Mira Ekdal and Mira Ekdahl met Ola Brandt.\n"),
    ]);
    let book = "[[person]]\nname = \"Ole Brandt\"\naliases = \"Ola Brandt\"\n[[person]]\nname = \"Mira Ekdal\"\nis-not = \"Mira Ekdahl\"\n[[place]]\nname = \"Mumbai\"\naliases = [\"Bombay\"]\n";
    let (book, faults) = Stylebook::parse(book, "stylebook.toml", None);
    assert_eq!(faults, []);
    let desk = Desk::new(Arc::new(corpus), book, false);
    let question = |kind, name: &str| NameQuestion { kind, name: name.to_owned() };
    let brandt = question(SubjectKind::Person, "Ole Brandt");
    let namesake = question(SubjectKind::Person, "Mira Ekdahl");
    let mumbai = question(SubjectKind::Place, "Mumbai");
    let mut questions = Questions::default();
    questions.names.extend([brandt.clone(), namesake.clone(), mumbai.clone()]);
    let dossier = desk.dossier(&questions).expect("answers");
    assert_eq!(dossier.names.len(), 3);

    let answer = dossier.name(&brandt).expect("is answered");
    let [record] = &answer.known[..] else { panic!("{answer:?}") };
    assert_eq!((record.name.as_str(), record.sources, record.sources_writing("Ola Brandt")), ("Ole Brandt", 2, 2));
    assert!(answer.near.is_empty());
    assert_eq!(dossier.titles(&brandt).len(), 1);
    assert_eq!(dossier.name(&mumbai).map(|answer| answer.known[0].sources), Some(1));

    let answer = dossier.name(&namesake).expect("is answered");
    assert_eq!(answer.known.iter().map(|record| record.name.as_str()).collect::<Vec<_>>(), ["Mira Ekdahl"]);
    assert!(answer.near.is_empty() && answer.namesakes.is_empty(), "{answer:?}");

    let found = desk.search("brandt", 10).expect("answers");
    assert_eq!(found.iter().map(|record| (record.name.as_str(), record.sources)).collect::<Vec<_>>(), [("Ole Brandt", 2)]);
}

#[test]
fn every_key_that_editors_show_is_taken() {
    for table in keys::STYLEBOOK {
        assert!(faults(table.example).is_empty(), "{table:?}");
        for key in table.keys() {
            let others = table.keys().iter().filter(|other| other.default.is_empty() && other.name != key.name);
            let others = others.map(|other| other.example).collect::<Vec<_>>().join("\n");
            let text = format!("[[{}]]\n{others}\n{}\n", table.name, key.example);
            assert_eq!(faults(&text), [""; 0], "{text}");
            assert!(key.example.starts_with(key.name), "{key:?}");
        }
    }
    for key in keys::TITLE {
        let title = if key.name == "title" { "" } else { "title = \"mayor\", " };
        let text = format!("[[person]]\nname = \"Mira Dovzhenko\"\ntitles = [{{ {title}{} }}]\n", key.example);
        assert!(faults(&text).is_empty(), "{key:?}");
    }
}

#[test]
fn a_name_with_a_character_that_acts_is_a_fault_of_its_entry_alone() {
    for hostile in ["\\u001b[31mAnja Solvang", "Anja\\u202eSolvang", "Anja\\u0007 Solvang", "Anja Solvang\\u0000"] {
        let text = format!("[[person]]\nname = \"{hostile}\"\n\n[[person]]\nname = \"Per Dahlquist\"\naliases = [\"{hostile}\"]\n");
        let (book, faults) = Stylebook::parse(&text, "stylebook.toml", None);
        assert_eq!(faults.iter().map(|fault| fault.line).collect::<Vec<_>>(), [2, 6], "{faults:?}");
        assert!(faults[0].message.contains("(U+"), "{}", faults[0]);
        assert_eq!(known(&book, SubjectKind::Person, "Per Dahlquist"), ["Per Dahlquist"]);
    }
}

#[test]
fn of_very_many_mistakes_the_first_are_told_and_how_many_there_are() {
    let told = faults(&"[[person]]\n".repeat(1_000));
    assert!(told.len() == 101 && told[100].contains("and 900 more mistakes"), "{}", told.len());
}
