//! Names that a page glued to the next word: whose they are, and when they are a name of their own.

use super::*;
use crate::corpus::{Corpus, MemoryCorpus, Questions, Source, SourceHeader};
use crate::document::Document;
use crate::markup::Format;

/// A corpus of articles, the first of them named 0.
fn corpus(articles: &[&str]) -> MemoryCorpus {
    let source = |(at, text): (usize, &&str)| {
        let header = SourceHeader { id: at.to_string(), ..SourceHeader::default() };
        Source::read(header, Document::parse((*text).into(), Format::Html))
    };
    MemoryCorpus::new(articles.iter().enumerate().map(source))
}

/// The spellings of somebody, each with how many sources write it, and the sources that are cited.
type Told = (Vec<(String, u32)>, Vec<String>);

/// Those who are known by a name.
fn known(articles: &[&str], kind: SubjectKind, name: &str) -> Vec<Told> {
    let question = NameQuestion { kind, name: name.to_owned() };
    let questions = Questions { names: [question.clone()].into(), ..Questions::default() };
    let dossier = corpus(articles).dossier(&questions).expect("a corpus in memory answers");
    let told = |record: &Arc<Record>| {
        let spellings = record.spellings.iter().map(|spelling| (spelling.form.clone(), spelling.sources)).collect();
        let mut sources: Vec<String> = record.citations.iter().map(|citation| citation.source.id.clone()).collect();
        sources.sort();
        (spellings, sources)
    };
    dossier.name(&question).map_or_else(Vec::new, |answer| answer.known.iter().map(told).collect())
}

fn spelt(forms: &[(&str, u32)], sources: &[&str]) -> Told {
    (forms.iter().map(|(form, count)| ((*form).to_owned(), *count)).collect(), sources.iter().map(|id| (*id).to_owned()).collect())
}

const WHOLE: &str = "<p>The bridge warden Petra Quorvald opened the lock.</p>";
/// A link whose end has eaten the blank behind it.
const GLUED: &str = "<p>The bridge warden <a href=\"w\">Petra Quorvald</a>and her clerk went home.</p>";

#[test]
fn a_name_that_markup_glued_to_the_next_word_is_that_name() {
    let articles = [WHOLE, GLUED, WHOLE];
    let all = spelt(&[("Petra Quorvald", 3)], &["0", "1", "2"]);
    assert_eq!(known(&articles, SubjectKind::Person, "Petra Quorvald"), [all]);
    assert_eq!(known(&articles, SubjectKind::Person, "Petra Quorvaldand"), []);
}

#[test]
fn whichever_of_them_is_asked_about_first() {
    let questions = |name: &str| {
        let question = NameQuestion { kind: SubjectKind::Person, name: name.to_owned() };
        Questions { names: [question].into(), ..Questions::default() }
    };
    let told = |names: [&str; 2]| {
        let corpus = corpus(&[WHOLE, GLUED]);
        let mut told: Vec<String> = names
            .iter()
            .map(|name| format!("{name}: {:?}", corpus.dossier(&questions(name)).expect("a corpus in memory answers").names))
            .collect();
        told.sort();
        told
    };
    assert_eq!(told(["Petra Quorvald", "Petra Quorvaldand"]), told(["Petra Quorvaldand", "Petra Quorvald"]));
}

#[test]
fn what_several_sources_write_is_no_fault_of_a_page() {
    let articles = [WHOLE, GLUED, GLUED];
    let glued = spelt(&[("Petra Quorvaldand", 2)], &["1", "2"]);
    assert_eq!(known(&articles, SubjectKind::Person, "Petra Quorvaldand"), [glued]);
}

#[test]
fn nor_is_what_no_source_writes_without_the_word() {
    let glued = spelt(&[("Petra Quorvaldand", 1)], &["0"]);
    assert_eq!(known(&[GLUED], SubjectKind::Person, "Petra Quorvaldand"), [glued]);
    assert_eq!(known(&[GLUED], SubjectKind::Person, "Petra Quorvald"), []);
}

#[test]
fn a_surname_that_ends_as_a_small_word_does_is_a_surname() {
    let articles = ["<p>The bridge warden Petra Rowl opened the lock.</p>", "<p>The clerk Petra Rowland went home.</p>"];
    assert_eq!(known(&articles, SubjectKind::Person, "Petra Rowland"), [spelt(&[("Petra Rowland", 1)], &["1"])]);
}
