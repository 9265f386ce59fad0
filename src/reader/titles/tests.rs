//! Title phrases, one by one.

use super::phrase::Place;
use crate::document::Document;
use crate::markup::Format;
use crate::reader::read_block;

/// Every title phrase of a text: its words, role, scope, status and the word that its place points at.
fn found(text: &str) -> Vec<String> {
    let document = Document::parse(text.into(), Format::Plain);
    let mut out = Vec::new();
    for block in document.blocks() {
        let reading = read_block(block);
        for title in &reading.titles {
            let scope = title.scope.map(|scope| reading.tokens_span(scope.tokens).text(&block.text).to_owned()).unwrap_or_default();
            let at = |token: u32| reading.tokens[token as usize].text(&block.text);
            let place = match title.place {
                Place::Before(name) => format!("before {}", at(name)),
                Place::BeforeComma(name) => format!("before , {}", at(name)),
                Place::After(mark) => format!("after {}", at(mark - 1)),
                Place::Copula(verb) => format!("copula {}", at(verb)),
                Place::As(_) => "as".to_owned(),
                Place::Alone => "alone".to_owned(),
            };
            out.push(format!("{} | {} | {} | {:?} | {}", title.span.text(&block.text), title.role, scope, title.status, place));
        }
    }
    out
}

#[test]
fn before_a_name() {
    assert_eq!(
        found("Danish Prime Minister Karen Lundtoft left."),
        ["Danish Prime Minister | prime minister | Danish | Current | before Karen"]
    );
    assert_eq!(found("He met US special envoy Ruben Castellane."), ["US special envoy | special envoy | US | Current | before Ruben"]);
    assert_eq!(
        found("The former U.S. secretary of state Ada Quill spoke."),
        ["The former U.S. secretary of state | secretary of state | U.S. | Former | before Ada"]
    );
    assert_eq!(
        found("Danish Fisheries Minister Karen Lundtoft"),
        ["Danish Fisheries Minister | fisheries minister | Danish | Current | before Karen"]
    );
    assert_eq!(
        found("Then Delta Water Board chair Maren Oosterling rose."),
        ["Then Delta Water Board chair | chairman | Delta Water Board | Former | before Maren"]
    );
}

#[test]
fn possessive_chains_are_two_titles() {
    assert_eq!(
        found("Kenyan President Omari Kip's foreign policy adviser Jora Bede said so."),
        [
            "Kenyan President | president | Kenyan | Current | before Omari",
            "foreign policy adviser | foreign policy adviser | Omari Kip | Current | before Jora",
        ]
    );
    assert_eq!(
        found("Kip's adviser Jora Bede, the president's spokesman,"),
        [
            "Kip's adviser | adviser | Kip | Current | before Jora",
            "the president | president |  | Current | after Bede",
            "the president's spokesman | spokesperson | the president | Current | after Bede",
        ]
    );
}

#[test]
fn in_apposition() {
    assert_eq!(
        found("Petra Zielonka, the head of Poland's national security council, agreed."),
        ["the head of Poland's national security council | director | Poland's national security council | Current | after Zielonka"]
    );
    assert_eq!(
        found("Maren Oosterling, chair of the Delta Water Board."),
        ["chair of the Delta Water Board | chairman | Delta Water Board | Current | after Oosterling"]
    );
    assert_eq!(
        found("Maren Oosterling, chair of the Delta Water Board (DWB), left."),
        ["chair of the Delta Water Board | chairman | Delta Water Board | Current | after Oosterling"]
    );
    assert_eq!(found("The Vik Pilots’ Association left."), [""; 0]);
    assert_eq!(
        found("The special envoy for the Sahel, Ruben Castellane, met them."),
        ["The special envoy for the Sahel | special envoy |  | Current | before , Ruben"]
    );
}

#[test]
fn with_a_verb_and_as() {
    assert_eq!(
        found("Karen Lundtoft is now the Danish finance minister."),
        ["the Danish finance minister | finance minister | Danish | Current | copula is"]
    );
    assert_eq!(
        found("Lundtoft, who serves as minister for fisheries, left."),
        ["minister for fisheries | fisheries minister |  | Current | as"]
    );
}

#[test]
fn states_of_office() {
    assert_eq!(found("President-elect Omari Kip"), ["President-elect | president |  | Elect | before Omari"]);
    assert_eq!(found("ex-president Omari Kip"), ["ex-president | president |  | Former | before Omari"]);
    assert_eq!(found("acting Kenyan president Omari Kip"), ["acting Kenyan president | president | Kenyan | Acting | before Omari"]);
    assert_eq!(
        found("first deputy foreign minister Omari Kip"),
        ["first deputy foreign minister | deputy foreign minister |  | Deputy | before Omari"]
    );
    assert_eq!(found("deputy fisheries minister Omari Kip"), ["deputy fisheries minister | fisheries minister |  | Deputy | before Omari"]);
}

#[test]
fn surnames_are_no_titles() {
    assert_eq!(found("Howard Dean met Stephen King."), [] as [String; 0]);
    assert_eq!(found("Britain's King Edmund"), ["Britain's King | king | Britain | Current | before Edmund"]);
}

#[test]
fn what_is_still_being_typed_ends_behind_its_last_word() {
    assert_eq!(found("The foreign minister of B and"), ["The foreign minister of B | foreign minister | B | Current | alone"]);
}
