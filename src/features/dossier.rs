//! The dossier of a draft: whom and what it names, what it gives and whom it quotes, each with what the archive attests of it, and
//! whether the two differ.

use std::sync::Arc;

use rust_decimal::Decimal;

use super::Draft;
use super::hover::{subject_of, titles_of};
use super::profile::{Attested, held_titles};
use crate::corpus::{Citation, FigureAttestation, FigureQuestion, NameAnswer, NameQuestion, QuoteQuestion, Record};
use crate::finding::{Finding, Severity};
use crate::reader::{Agreement, Dimension, FigureMention, Mention, MentionKind, Quote, Subject, SubjectKind};
use crate::text::Span;
use crate::thresholds::WORTH_SHOWING;

/// Of each list so many are shown.
const SHOWN: usize = 6;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EntryKind {
    Subject(SubjectKind),
    Figure,
    Quotation,
}

/// How a draft's fact stands to the archive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// A source has it.
    Attested,
    /// A finding that is a warning at least is about it.
    Differs,
    /// No source has it.
    New,
}

/// One fact of a draft. A person, place or body is one however often it stands, as is each figure and quotation.
#[derive(Clone, Debug)]
pub struct Entry<'a> {
    pub kind: EntryKind,
    /// The fullest form of a name, or the words.
    pub name: String,
    /// The title that the draft gives, what a figure is of, or who speaks.
    pub detail: Option<String>,
    pub mark: Mark,
    /// Where it stands, bytes of the source.
    pub places: Vec<Span>,
    pub findings: Vec<&'a Finding>,
    /// What the archive says of it.
    pub attested: Vec<Attested>,
    /// Whether there is something to say of it: "first" or "two of them" are figures, and none that a person would look up.
    pub is_telling: bool,
}

/// A draft in three numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    pub attested: usize,
    /// Findings that are warnings at least.
    pub differing: usize,
    /// People, places and bodies that no source has: of what figures no source gives, a draft is full.
    pub new: usize,
}

impl Summary {
    pub fn of(draft: &Draft, entries: &[Entry<'_>]) -> Self {
        let marked = |mark: Mark| entries.iter().filter(move |entry| entry.mark == mark);
        Self {
            attested: marked(Mark::Attested).count(),
            differing: draft.findings.iter().filter(|finding| is_difference(finding)).count(),
            new: marked(Mark::New).filter(|entry| matches!(entry.kind, EntryKind::Subject(_))).count(),
        }
    }

    /// `3 facts attested, 1 differs, 2 new to the archive`
    pub fn words(self) -> String {
        let facts = if self.attested == 1 { "fact" } else { "facts" };
        let differ = if self.differing == 1 { "differs" } else { "differ" };
        format!("{} {facts} attested, {} {differ}, {} new to the archive", self.attested, self.differing, self.new)
    }
}

/// The facts of a draft, people, places and bodies in the order of their first mention, then figures and quotations in the order of the
/// text. None where the demonstration answers and the draft is about something else.
pub fn dossier(draft: &Draft) -> Vec<Entry<'_>> {
    if draft.dossier.heard.is_apart() {
        return Vec::new();
    }
    let named = draft.reading.subjects.iter().filter(|subject| !subject.name.is_empty()).map(|subject| of_subject(draft, subject));
    let said = draft.reading.mentions.iter().filter_map(|mention| match &mention.kind {
        MentionKind::Figure(figure) => Some(of_figure(draft, mention, figure)),
        MentionKind::Quote(quote) => Some(of_quote(draft, mention, quote)),
        _ => None,
    });
    named.chain(said).collect()
}

/// What the archive says of a record: its titles, or else how it is spelt and where it stands.
pub fn attested(draft: Option<(&Draft, &NameQuestion)>, record: &Arc<Record>) -> Vec<Attested> {
    let titles = draft.map_or(&record.titles[..], |(draft, question)| titles_of(draft, question, record));
    let mut attested: Vec<Attested> = held_titles(titles)
        .into_iter()
        .take(SHOWN)
        .map(|title| Attested { words: format!("{}{}", title.words, title.period()), evidence: first(title.evidence) })
        .collect();
    if attested.is_empty() {
        let spelt = record.spellings.iter().take(SHOWN);
        attested.extend(spelt.map(|spelling| Attested { words: spelling.form.clone(), evidence: first(spelling.citations.clone()) }));
    }
    if attested.iter().all(|one| one.evidence.is_empty()) && !record.citations.is_empty() {
        attested = vec![Attested { words: record.name.clone(), evidence: first(record.citations.clone()) }];
    }
    attested
}

fn first(mut evidence: Vec<Citation>) -> Vec<Citation> {
    evidence.truncate(SHOWN);
    evidence
}

fn of_subject<'a>(draft: &'a Draft, subject: &Subject) -> Entry<'a> {
    let mentions = || subject.mentions.iter().map(|&id| draft.reading.mention(id));
    let places: Vec<Span> = mentions().map(|mention| draft.document.to_source(mention.at)).collect();
    let titles = mentions().filter_map(|mention| match &mention.kind {
        MentionKind::Name(name) => name.title,
        _ => None,
    });
    let titles: Vec<&Mention> = titles.map(|title| draft.reading.mention(title)).collect();
    let question = NameQuestion::about(&draft.reading, subject);
    let known = draft.dossier.name(&question).map_or(&[][..], |NameAnswer { known, .. }| known);
    // What is found in a title is found of its holder.
    let called = titles.iter().map(|title| draft.document.to_source(title.at));
    let findings = about(draft, &places.iter().copied().chain(called).collect::<Vec<_>>());
    Entry {
        kind: EntryKind::Subject(subject.kind),
        name: subject.name.clone(),
        detail: titles.first().map(|title| draft.document.words(title.at).to_owned()),
        mark: mark(&findings, !known.is_empty()),
        places,
        findings,
        attested: known.iter().take(SHOWN).flat_map(|record| attested(Some((draft, &question)), record)).collect(),
        is_telling: true,
    }
}

fn of_figure<'a>(draft: &'a Draft, mention: &Mention, figure: &FigureMention) -> Entry<'a> {
    let places = vec![draft.document.to_source(mention.at)];
    let today = draft.document.date();
    let agrees = |one: &&FigureAttestation| one.agreement(figure, today) == Agreement::Agree && one.likeness.on(today) >= WORTH_SHOWING;
    let question = FigureQuestion::about(mention);
    let found = question.as_ref().map_or(&[][..], |question| draft.dossier.figures(question));
    let attested = found.iter().filter(agrees).take(SHOWN);
    let attested: Vec<Attested> = attested.map(|one| Attested { words: one.words.clone(), evidence: vec![one.citation.clone()] }).collect();
    let findings = about(draft, &places);
    let mark = mark(&findings, !attested.is_empty());
    Entry {
        kind: EntryKind::Figure,
        name: draft.document.words(mention.at).to_owned(),
        detail: figure.of.map(|of| of.text(&draft.document.block(mention.at).text).to_owned()),
        mark,
        places,
        findings,
        attested,
        is_telling: mark != Mark::New || says_something(figure),
    }
}

/// Whether it is worth a look where no source gives it: "the first" and "one of them" aren't.
fn says_something(figure: &FigureMention) -> bool {
    let is_one = figure.dimension == Dimension::Count && figure.value == Decimal::ONE;
    figure.dimension != Dimension::Ordinal && !is_one && (figure.of.is_some() || figure.unit.is_some())
}

fn of_quote<'a>(draft: &'a Draft, mention: &Mention, quote: &Quote) -> Entry<'a> {
    let places = vec![draft.document.to_source(mention.at)];
    let speaker = quote.speaker.and_then(|speaker| subject_of(draft, speaker)).map(|id| draft.reading.subject(id).name.clone());
    let question = QuoteQuestion::about(&draft.reading, quote);
    let found = question.as_ref().map_or(&[][..], |question| draft.dossier.quotes(question));
    let findings = about(draft, &places);
    let attested = found.iter().filter(|one| one.is_sure).take(SHOWN);
    Entry {
        kind: EntryKind::Quotation,
        name: draft.document.words(mention.at).to_owned(),
        detail: speaker,
        mark: mark(&findings, found.iter().any(|one| one.alignment.differences.is_empty())),
        places,
        findings,
        attested: attested.map(|one| Attested { words: one.utterance.words.clone(), evidence: vec![one.citation().clone()] }).collect(),
        is_telling: true,
    }
}

/// The findings at some places.
fn about<'a>(draft: &'a Draft, places: &[Span]) -> Vec<&'a Finding> {
    draft.findings.iter().filter(|finding| places.iter().any(|place| finding.span.overlaps(*place))).collect()
}

fn mark(findings: &[&Finding], is_known: bool) -> Mark {
    if findings.iter().any(|finding| is_difference(finding)) {
        Mark::Differs
    } else if is_known {
        Mark::Attested
    } else {
        Mark::New
    }
}

/// Whether a finding says that the draft differs, and not how it is set.
fn is_difference(finding: &Finding) -> bool {
    finding.severity >= Severity::Warning
}

#[cfg(test)]
mod tests {
    use super::super::draft::checked_against;
    use super::*;
    use crate::corpus::{MemoryCorpus, Source, SourceHeader};
    use crate::document::Document;
    use crate::markup::Format;

    #[test]
    fn each_fact_has_its_mark_and_what_the_archive_says() {
        let text = "Harbour engineer Anna Brandvold said that 40 boats had left Oslo.\n";
        let header = SourceHeader { id: "a.md".into(), outlet: Some("Courier".into()), ..SourceHeader::default() };
        let corpus = MemoryCorpus::new([Source::read(header, Document::parse(text.into(), Format::Markdown))]);
        let words = "Harbour engineer Anna Brandvold said that 50 boats had left Oslo. The engineer Peter Mara came first, on one boat.\n";
        let draft = checked_against(words, Format::Markdown, &corpus);
        let entries = dossier(&draft);
        let told: Vec<(&str, Mark, bool)> = entries.iter().map(|entry| (&*entry.name, entry.mark, entry.is_telling)).collect();
        assert_eq!(
            told,
            [
                ("Anna Brandvold", Mark::Attested, true),
                ("Oslo", Mark::Attested, true),
                ("Peter Mara", Mark::New, true),
                ("50", Mark::Differs, true),
                ("first", Mark::New, false),
                ("one", Mark::New, false),
            ]
        );
        assert_eq!(entries[0].detail.as_deref(), Some("Harbour engineer"));
        assert_eq!(entries[0].attested[0].words, "Harbour engineer");
        assert_eq!(entries[3].findings[0].rule.name, "figure-conflict");
        assert_eq!(Summary::of(&draft, &entries).words(), "2 facts attested, 1 differs, 1 new to the archive");
    }
}
