//! Speakers are tried with names put in by hand, so that these tests don't hang on how names are read.

use std::sync::Arc;

use super::*;
use crate::markup::Format;
use crate::reader::link::LinkedNames;
use crate::reader::{NameMention, Subject, SubjectId, SubjectKind, read_block};

/// The quotations of a text whose persons are `names` (those with "the" before them organisations): their words, speaker and
/// verb of speech.
fn quotes(text: &str, names: &[&str]) -> Vec<(String, Option<String>, Option<String>)> {
    let (linked, names) = linked(text, names);
    linked
        .into_iter()
        .map(|quote| {
            let speaker = quote.speaker.map(|at| {
                let subject = names.mentions[at].1.subject;
                names.subjects[subject.index()].name.clone()
            });
            (quote.quote.words, speaker, quote.quote.cue)
        })
        .collect()
}

fn linked(text: &str, names: &[&str]) -> (Vec<LinkedQuote>, LinkedNames) {
    let document = Document::parse(text.into(), Format::Markdown);
    let blocks: Vec<Arc<BlockReading>> = document.blocks().iter().map(|block| Arc::new(read_block(block))).collect();
    let mut linked = LinkedNames::default();
    for (index, name) in names.iter().enumerate() {
        let (kind, name) = match name.strip_prefix("the ") {
            Some(body) => (SubjectKind::Organisation, body),
            None => (SubjectKind::Person, *name),
        };
        linked.subjects.push(Subject { kind, name: name.to_owned(), key: name.into(), person: None, acronym: None, mentions: Vec::new() });
        let surname = name.split(' ').next_back().unwrap_or(name);
        for (number, block) in document.blocks().iter().enumerate() {
            for (at, _) in block.text.match_indices(surname) {
                let start = if block.text[..at + surname.len()].ends_with(name) { at + surname.len() - name.len() } else { at };
                let at = ProseSpan { block: number as u32, span: Span::of(start..at + surname.len()) };
                linked.mentions.push((at, NameMention { subject: SubjectId::new(index), person: None, title: None }));
            }
        }
    }
    linked.mentions.sort_by_key(|(at, _)| *at);
    let quotes = link(&document, &blocks, &linked, &[]);
    (quotes, linked)
}

fn speakers(text: &str, names: &[&str]) -> Vec<Option<String>> {
    quotes(text, names).into_iter().map(|(_, speaker, _)| speaker).collect()
}

fn some(names: &[&str]) -> Vec<Option<String>> {
    names.iter().map(|name| Some((*name).to_owned())).collect()
}

const ANNA: &str = "Anna Brandvold";
const PETER: &str = "Peter Quillfeather";

#[test]
fn the_verb_stands_before_behind_and_between() {
    let names = &[ANNA, PETER];
    assert_eq!(
        quotes("“The dam will hold,” said Anna Brandvold, the engineer.", names),
        [("The dam will hold,".into(), Some(ANNA.into()), Some("said".into()))]
    );
    for text in [
        "“The dam will hold,” the engineer Anna Brandvold told reporters on Monday.",
        "“The dam will hold,” Brandvold, who met Peter Quillfeather on Monday, said.",
        "“The dam will hold!” Brandvold shouted.",
        "Anna Brandvold, the engineer, said: “The dam will hold.”",
        "After a walk with Peter Quillfeather, Brandvold said the dam “will hold all the same”.",
        "Peter Quillfeather had gone, and Brandvold later said that “the dam will hold”.",
        "According to Anna Brandvold, “the dam will hold”.",
        "“The dam will hold,” according to Brandvold.",
        "Quillfeather’s engineer, Anna Brandvold, said: “The dam will hold.”",
    ] {
        assert_eq!(speakers(text, names), some(&[ANNA]), "{text}");
    }
    assert_eq!(speakers("Anna Brandvold of Hull and Peter Quillfeather said: “It holds.”", names), some(&[ANNA]));
    assert_eq!(speakers("“The dam,” Brandvold said, “will hold.”", names), some(&[ANNA, ANNA]));
}

#[test]
fn pronouns_and_quotations_without_a_verb_go_back() {
    let names = &[ANNA, PETER];
    assert_eq!(speakers("“It will hold,” Brandvold said. “We tested it.”", names), some(&[ANNA, ANNA]));
    assert_eq!(speakers("Anna Brandvold walked the dam. “It will hold,” she said.", names), some(&[ANNA]));
    assert_eq!(speakers("“It will hold,” Brandvold said.\n\n“We tested it all summer.”", names), some(&[ANNA, ANNA]));
    assert_eq!(speakers("Brandvold called it “a good dam” and “a lovely sight”.", names), some(&[ANNA, ANNA]));
}

#[test]
fn a_pronoun_means_the_one_whom_its_sentence_opens_with() {
    let text = format!("{ANNA} left. But {PETER} would not give in: the mill was “no place for sheep”, he said.");
    let (linked, names) = linked(&text, &[ANNA, PETER]);
    assert_eq!(linked[0].quote.basis, SpeakerBasis::Named);
    assert_eq!(linked[0].speaker.map(|at| names.mentions[at].1.subject), Some(SubjectId::new(1)));
    // Of two, or of one whom the sentence merely speaks of, it may be either.
    for text in [
        format!("{PETER} wrote to {ANNA}: the mill was “no place for sheep”, he said."),
        format!("Asked about {PETER}, the miller shrugged: the mill was “no place for sheep”, he said."),
    ] {
        let (linked, _) = self::linked(&text, &[ANNA, PETER]);
        assert_eq!(linked[0].quote.basis, SpeakerBasis::Inferred, "{text}");
    }
}

#[test]
fn a_clause_of_its_own_tells_of_something_else() {
    let text = format!("{ANNA} said that the mill was “more or less dry”, if at a price; {PETER} had criticised the roof.");
    assert_eq!(speakers(&text, &[ANNA, PETER]), some(&[ANNA]));
}

#[test]
fn an_organisation_is_no_person_and_passes_nobody_on() {
    let names = &[ANNA, PETER];
    assert_eq!(speakers("Anna Brandvold came. The ministry said: “The dam will hold.”", names), [None]);
    assert_eq!(speakers("“The dam will hold,” a spokesman for Anna Brandvold said.", names), [None]);
}

#[test]
fn a_quotation_over_paragraphs_is_one_utterance() {
    let text = "Anna Brandvold said: “The dam will hold.\n\n“We tested it.\n\n“And it is new.”\n\nShe left.";
    let (parts, _) = linked(text, &[ANNA]);
    assert_eq!(parts.len(), 3);
    assert!(parts.iter().all(|part| part.quote.utterance == 1 && part.speaker == Some(0)), "{parts:?}");
    assert_eq!(parts.iter().map(|part| part.quote.join).collect::<Vec<_>>(), [Join::First, Join::Seamless, Join::Seamless]);
}

#[test]
fn paragraphs_without_marks_of_their_own_belong_to_it_once_it_is_closed() {
    let text = "“The dam will hold.\n\nWe tested it.\n\nAnd it is new,” said Anna Brandvold.\n\nShe left.";
    let (parts, _) = linked(text, &[ANNA]);
    let words: Vec<&str> = parts.iter().map(|part| part.quote.words.as_str()).collect();
    assert_eq!(words, ["The dam will hold.", "We tested it.", "And it is new,"]);
    assert!(parts.iter().all(|part| part.quote.utterance == 1 && part.speaker == Some(0)), "{parts:?}");
}

#[test]
fn a_split_quotation_is_one_utterance() {
    let (parts, _) = linked("“The dam,” Brandvold said, “will hold. It is new.”", &[ANNA]);
    assert_eq!(
        parts.iter().map(|part| (part.quote.utterance, part.quote.join)).collect::<Vec<_>>(),
        [(1, Join::First), (1, Join::Seamless)]
    );
    let (parts, _) = linked("“The dam holds,” Brandvold said. “It is new.”", &[ANNA]);
    assert_eq!(parts.iter().map(|part| (part.quote.utterance, part.quote.join)).collect::<Vec<_>>(), [(1, Join::First), (1, Join::Loose)]);
    let (parts, _) = linked("“The dam holds,” Brandvold said. “It leaks,” said Peter Quillfeather.", &[ANNA, PETER]);
    assert_eq!(parts.iter().map(|part| part.quote.utterance).collect::<Vec<_>>(), [1, 2]);
}

#[test]
fn titles_nicknames_and_scare_quotes_are_no_quotations() {
    for text in [
        "Brandvold reads “The Night of the Long Dams” every year.",
        "Anna “Dam” Brandvold walked the dam.",
        "The so-called “experts” walked the dam.",
        "A novel titled “the dam that never was” came out.",
    ] {
        assert_eq!(quotes(text, &[ANNA]), [], "{text}");
    }
}

#[test]
fn a_forgotten_mark_swallows_nothing() {
    let found = quotes("Anna Brandvold said “the dam will hold and left.\n\nPeter Quillfeather said: “It leaks.”", &[ANNA, PETER]);
    assert_eq!(found, [("It leaks.".into(), Some(PETER.into()), Some("said".into()))]);
}

#[test]
fn the_inner_of_two_speakers_has_the_inner_words() {
    let names = &[ANNA, PETER];
    let found = speakers("“Then Peter Quillfeather told me, ‘you must open the dam’, and I did,” Brandvold said.", names);
    assert_eq!(found, some(names));
    let found = speakers("“My father always said ‘trust no dam’, and he was right,” Brandvold said.", names);
    assert_eq!(found, [Some(ANNA.into()), None]);
}

#[test]
fn an_organisation_speaks_where_it_is_the_subject() {
    let names = &[ANNA, "the Harbour Commission"];
    for text in [
        "“The dam will hold,” the Harbour Commission said.",
        "“The dam will hold,” said the Harbour Commission.",
        "The Harbour Commission said in a statement: “The dam will hold.”",
        "“The dam will hold,” a Harbour Commission spokeswoman said.",
        "“The dam will hold,” a spokesman for the Harbour Commission said.",
        "According to the Harbour Commission, “the dam will hold”.",
    ] {
        assert_eq!(speakers(text, names), some(&["Harbour Commission"]), "{text}");
    }
    for text in [
        "“The dam will hold,” a man at the Harbour Commission said.",
        "“The dam will hold,” the critics of the Harbour Commission said.",
        "“The dam will hold,” the Harbour Commission heard.",
    ] {
        assert_eq!(speakers(text, names), [None], "{text}");
    }
    assert_eq!(speakers("“The dam will hold,” the Harbour Commission engineer Anna Brandvold said.", names), some(&[ANNA]));
}

#[test]
fn posts_and_letters_are_cues() {
    let names = &[ANNA, PETER];
    for text in [
        "In a statement on X, Brandvold said: “The dam will hold.”",
        "“The dam will hold,” Brandvold wrote in a letter to Peter Quillfeather.",
        "“The dam will hold,” Brandvold posted on X.",
        "Brandvold tweeted that “the dam will hold”.",
    ] {
        assert_eq!(speakers(text, names), some(&[ANNA]), "{text}");
    }
}

#[test]
fn words_set_off_below_a_lead_in_are_a_quotation() {
    let names = &[ANNA, PETER];
    let found = quotes("Anna Brandvold wrote to the council:\n\n> The dam will hold.\n>\n> We tested it.\n\nShe left.", names);
    let speaker = Some(ANNA.to_owned());
    assert_eq!(
        found,
        [("The dam will hold.".into(), speaker.clone(), Some("wrote".into())), ("We tested it.".into(), speaker.clone(), None)]
    );
    let found = quotes("Anna Brandvold came to the dam. Later she wrote:\n\n> The dam will hold.", names);
    assert_eq!(found[0].1, speaker);
    let found = quotes("A letter came.\n\n> The dam will hold. — Anna Brandvold, engineer", names);
    assert_eq!(found, [("The dam will hold.".into(), speaker, None)]);
    assert_eq!(quotes("The dam was built in 1931.\n\n> The dam will hold.\n\nIt rained.", names), []);
}

#[test]
fn the_next_sentence_is_no_cue_where_its_verb_has_an_object() {
    let text = format!("“It holds,” {ANNA} said. “Enjoy the dam, brother!” Captain {PETER}, too, praised the crew.");
    assert_eq!(speakers(&text, &[ANNA, PETER]), [Some(ANNA.to_owned()), None]);
    assert_eq!(speakers(&format!("“Enjoy the dam, brother!” {PETER} shouted."), &[ANNA, PETER]), some(&[PETER]));
}
