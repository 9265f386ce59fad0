//! Where else a person, place or organisation is: in the draft itself, in other drafts and in the sources.

use std::sync::Arc;

use rustc_hash::FxHashSet;

use super::hover::subject_of;
use super::{Draft, ReadDraft};
use crate::corpus::{Citation, Corpus, CorpusError, NameQuestion, Page, Record, Standing};
use crate::document::Document;
use crate::gazetteer::exonyms;
use crate::reader::{MentionKind, PersonName, SubjectId, SubjectKind};
use crate::text::{Span, folded, name_key};

/// Whom or what a draft means, as another draft may mean the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Meant {
    kind: SubjectKind,
    /// As it is asked for.
    name: String,
    /// The one of this name whom the sources know.
    known: Option<Arc<Record>>,
}

impl Meant {
    /// Whom a cursor is on.
    pub fn at(draft: &Draft, offset: u32) -> Option<Self> {
        subject_at(draft, offset).map(|subject| Self::of(draft, subject))
    }

    pub(super) fn of(draft: &ReadDraft, subject: SubjectId) -> Self {
        let question = NameQuestion::about(&draft.reading, draft.reading.subject(subject));
        let known = match draft.dossier.name(&question).map(|answer| answer.known.as_slice()) {
            Some([only]) => Some(only.clone()),
            _ => None,
        };
        Self { kind: question.kind, name: question.name, known }
    }

    /// Tells of a draft whether it may name the same by any form that the sources know; without reading it, so that most others
    /// can be passed over.
    pub fn sieve(&self) -> impl Fn(&Document) -> bool + use<> {
        let last_word = |form: &String| words(&plain(form)).next_back().map(str::to_owned);
        let telling: FxHashSet<String> = self.forms().iter().filter_map(last_word).collect();
        move |draft| draft.blocks().iter().any(|block| words(&plain(&block.text)).any(|word| telling.contains(word)))
    }

    /// All that it may be called.
    fn forms(&self) -> Vec<String> {
        let mut forms = vec![self.name.clone()];
        if let Some(record) = &self.known {
            forms.push(record.name.clone());
            forms.extend(record.spellings.iter().map(|spelling| spelling.form.clone()));
            forms.extend(record.acronyms.iter().cloned());
        }
        let others: Vec<String> = if self.kind == SubjectKind::Person {
            // The surname isn't the last word of "Li Quill-Ho Jr".
            forms.iter().filter_map(|form| PersonName::parse(form).surname).collect()
        } else {
            forms.iter().filter_map(|form| exonyms(&name_key(form))).flatten().map(str::to_owned).collect()
        };
        forms.extend(others);
        forms
    }

    /// Whether both drafts mean the same: they name it alike, or the sources know one alone by either name.
    fn is(&self, other: &Self) -> bool {
        let same_record =
            self.known.as_ref().zip(other.known.as_ref()).is_some_and(|(one, two)| (one.kind, &one.name) == (two.kind, &two.name));
        self.kind == other.kind && (self.name == other.name || same_record)
    }

    /// The subjects of another draft that are the same.
    pub(super) fn in_draft(&self, draft: &ReadDraft) -> impl Iterator<Item = SubjectId> {
        (0..draft.reading.subjects.len()).map(SubjectId::new).filter(|&subject| self.is(&Self::of(draft, subject)))
    }

    /// All mentions in another draft: bytes of its source.
    pub fn mentions(&self, draft: &ReadDraft) -> Vec<Span> {
        let mut spans: Vec<Span> = self.in_draft(draft).flat_map(|subject| all_places(draft, subject)).collect();
        spans.sort();
        spans
    }
}

/// A text as its words are looked for: what is abbreviated with points is as without.
fn plain(text: &str) -> String {
    folded(text).replace('.', "")
}

fn words(text: &str) -> impl DoubleEndedIterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty())
}

/// The subject that a cursor at `offset` is on: by name, or by a title that it holds.
pub(super) fn subject_at(draft: &Draft, offset: u32) -> Option<SubjectId> {
    draft.mentions_at(offset).into_iter().find_map(|id| match &draft.reading.mention(id).kind {
        MentionKind::Name(name) => Some(name.subject),
        MentionKind::Title(title) => title.holder.and_then(|holder| subject_of(draft, holder)),
        _ => None,
    })
}

/// All mentions of the subject under the cursor in this draft: bytes of its source.
pub fn highlights(draft: &Draft, offset: u32) -> Vec<Span> {
    let Some(subject) = subject_at(draft, offset) else { return Vec::new() };
    all_places(draft, subject)
}

fn all_places(draft: &ReadDraft, subject: SubjectId) -> Vec<Span> {
    let mut spans = mentions_of(draft, subject);
    spans.extend(titles_alone(draft, subject));
    spans.sort();
    spans
}

/// The places where the draft calls a person by a title alone: "the president".
fn titles_alone(draft: &ReadDraft, subject: SubjectId) -> impl Iterator<Item = Span> {
    draft.reading.mentions.iter().filter_map(move |mention| match &mention.kind {
        MentionKind::Title(title) if title.alone && title.holder.and_then(|holder| subject_of(draft, holder)) == Some(subject) => {
            Some(draft.document.to_source(mention.at))
        }
        _ => None,
    })
}

pub(super) fn mentions_of(draft: &ReadDraft, subject: SubjectId) -> Vec<Span> {
    let mentions = &draft.reading.subject(subject).mentions;
    mentions.iter().map(|&id| draft.document.to_source(draft.reading.mention(id).at)).collect()
}

/// How many citations are fetched at once.
const PAGE: usize = 2_000;
/// How often the fetching begins anew because somebody writes to the corpus meanwhile; after that the pages may be of several states.
const ANEW: usize = 3;

/// Where the sources, and the desk's own decisions, speak of the subject under the cursor: all of it, each place once, the latest first.
///
/// # Errors
/// When the corpus can't be read.
pub fn references(draft: &Draft, corpus: &dyn Corpus, offset: u32) -> Result<Vec<Citation>, CorpusError> {
    let Some(subject) = subject_at(draft, offset) else { return Ok(Vec::new()) };
    let question = NameQuestion::about(&draft.reading, draft.reading.subject(subject));
    let known = draft.dossier.name(&question).map_or(&[][..], |answer| &answer.known);
    if known.is_empty() {
        return Ok(Vec::new());
    }
    let mut citations = all_cited(corpus, &[question], PAGE)?;
    let cited = known.iter().flat_map(|record| record.citations.iter().chain(record.titles.iter().map(|title| &title.citation)));
    citations.extend(cited.filter(|citation| citation.source.standing != Standing::Source).cloned());
    citations.sort_by(Citation::latest_first);
    // A sentence that bears a name and a title is one place to look at.
    citations.dedup_by(|a, b| a.is_at_place_of(b));
    Ok(citations)
}

/// All pages of what is cited, of one state of the corpus.
fn all_cited(corpus: &dyn Corpus, names: &[NameQuestion], page: usize) -> Result<Vec<Citation>, CorpusError> {
    let mut all = corpus.cited(names, Page { from: 0, most: page })?;
    let mut anew = 0;
    while all.citations.len() < all.total {
        let next = corpus.cited(names, Page { from: all.citations.len(), most: page })?;
        if next.generation != all.generation && anew < ANEW {
            anew += 1;
            all = corpus.cited(names, Page { from: 0, most: page })?;
        } else if next.citations.is_empty() {
            break;
        } else {
            all.citations.extend(next.citations);
        }
    }
    Ok(all.citations)
}

#[cfg(test)]
mod tests {
    use super::super::draft::{checked, checked_against};
    use super::super::hover::{Messages, hover};
    use super::*;
    use crate::corpus::{MemoryCorpus, Source, SourceHeader};
    use crate::markup::Format;

    #[test]
    fn a_title_alone_is_a_place_of_whom_it_means() {
        let text = "Mayor Ada Quill rose. The mayor of the city spoke to the press, and the mayor left.\n";
        let draft = checked(text, Format::Plain);
        let words: Vec<&str> = highlights(&draft, 8).into_iter().map(|span| span.text(text)).collect();
        assert_eq!(words, ["Ada Quill", "the mayor"]);
        assert_eq!(highlights(&draft, text.find("the mayor left").unwrap_or_default() as u32 + 5), highlights(&draft, 8));
    }

    #[test]
    fn a_draft_is_passed_over_that_has_no_telling_word() {
        let draft = checked("The engineer Anna Brandvold came. The UN met in Kyiv.\n", Format::Plain);
        let may_be_in = |at: &str, text: &str| {
            let offset = draft.document.source().find(at).expect("it is there") as u32;
            Meant::at(&draft, offset).expect("a name").sieve()(&Document::parse(text.into(), Format::Markdown))
        };
        assert!(may_be_in("Anna", "Then BRAND*VOLD’S* office fell silent.\n"));
        assert!(!may_be_in("Anna", "Anna Brandvoldsen came.\n"));
        assert!(may_be_in("UN", "The U.N. met.\n") && !may_be_in("UN", "It had begun.\n"));
        assert!(may_be_in("Kyiv", "They met in Kiev.\n"));
    }

    #[test]
    fn a_cursor_on_nothing_refers_to_nothing() {
        let draft = checked("it rained\n", Format::Plain);
        let references = references(&draft, &MemoryCorpus::default(), 999).expect("a corpus in memory answers");
        assert!(highlights(&draft, 3).is_empty() && references.is_empty());
    }

    /// A corpus of twelve sources on one person.
    fn twelve_sources() -> MemoryCorpus {
        let source = |day: u32| {
            let header =
                SourceHeader { id: format!("{day}.md"), published: format!("2024-03-{day:02}").parse().ok(), ..SourceHeader::default() };
            Source::read(header, Document::parse(format!("The engineer Anna Brandvold came on day {day}.\n").into(), Format::Markdown))
        };
        MemoryCorpus::new((1..=12).map(source))
    }

    #[test]
    fn all_places_are_referred_to_however_many_there_are_and_whatever_the_page() {
        let corpus = twelve_sources();
        let names = [NameQuestion { kind: SubjectKind::Person, name: "Anna Brandvold".to_owned() }];
        let whole = all_cited(&corpus, &names, PAGE).expect("a corpus in memory answers");
        assert_eq!(whole.len(), 12);
        for page in [1, 5, 6, 12] {
            assert_eq!(all_cited(&corpus, &names, page).expect("a corpus in memory answers"), whole);
        }
        let draft = checked_against("Anna Brandvold left.\n", Format::Plain, &corpus);
        assert_eq!(references(&draft, &corpus, 2).expect("a corpus in memory answers"), whole);
        let told = hover(&draft, &corpus, 2, Messages::Shown).expect("a corpus in memory answers").expect("a name").markdown;
        assert!(
            told.contains("day 12") && told.contains("day 10") && !told.contains("day 9") && told.ends_with("9 more sentences.\n"),
            "{told}"
        );
    }
}
