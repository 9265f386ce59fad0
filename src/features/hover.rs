//! Hover: what the sources say of what stands under the cursor.

use std::fmt::Write as _;

use jiff::civil::Date;

use super::hover_figure::{about_date, about_figure};
use super::markdown::{cited, escaped};
use super::{Draft, ReadDraft};
use crate::corpus::{Citation, Corpus, CorpusError, NameQuestion, QuoteQuestion, Record, Spelling, Term, TitleAttestation, plain_date};
use crate::gazetteer::{PlaceKind, country_of_code, exonyms, is_claimed, places};
use crate::reader::{Mention, MentionId, MentionKind, Quote, Status, SubjectId, SubjectKind, Title};
use crate::text::{Span, folded, name_key};

/// Of each list, so many entries are shown; a hover is read at a glance.
const SHOWN_TITLES: usize = 6;
const SHOWN_SENTENCES: usize = 3;
const SHOWN_RECORDS: usize = 3;
const SHOWN_OUTLETS: usize = 4;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hover {
    /// The words it is about, bytes of the draft's source.
    pub span: Span,
    pub markdown: String,
}

/// What there is to say about the place `offset` of the draft, which was checked against this corpus.
///
/// # Errors
/// When the corpus can't be read.
pub fn hover(draft: &Draft, corpus: &dyn Corpus, offset: u32) -> Result<Option<Hover>, CorpusError> {
    let here = draft.mentions_at(offset);
    let mentions = || here.iter().map(|&id| draft.reading.mention(id));
    // What looks like a name in a figure, "EUR" in "EUR 90bn", is a part of it.
    let figure = mentions().find(|mention| matches!(mention.kind, MentionKind::Figure(_)));
    let is_within = |mention: &Mention| figure.is_some_and(|figure| mention.at != figure.at && figure.at.span.covers(mention.at.span));
    let Some(mention) = mentions().find(|mention| !is_within(mention)) else { return Ok(None) };
    let markdown = match &mention.kind {
        MentionKind::Name(name) => Some(about_subject(draft, corpus, name.subject)?),
        MentionKind::Title(title) => about_title(draft, mention, title),
        MentionKind::Figure(figure) => Some(about_figure(draft, mention, figure)),
        MentionKind::Date(date) => about_date(draft, mention, *date),
        MentionKind::Quote(quote) => Some(about_quote(draft, quote)),
    };
    Ok(markdown.map(|markdown| Hover { span: draft.document.to_source(mention.at), markdown }))
}

fn counted(count: usize, what: &str) -> String {
    if count == 1 { format!("1 {what}") } else { format!("{count} {what}s") }
}

fn about_subject(draft: &Draft, corpus: &dyn Corpus, id: SubjectId) -> Result<String, CorpusError> {
    let subject = draft.reading.subject(id);
    let question = NameQuestion::about(&draft.reading, subject);
    let answer = draft.dossier.name(&question);
    let mut out = String::new();
    let known = answer.map_or(&[][..], |answer| &answer.known);
    if known.is_empty() {
        let _ = writeln!(out, "**{}** — {}\n", escaped(&subject.name), subject.kind.name());
        if subject.kind == SubjectKind::Place {
            about_place(&subject.name, None, &mut out);
            out.push('\n');
        }
        let stands = answer.is_some_and(|answer| answer.word_sources.iter().any(|sources| *sources > 0));
        let sources = corpus.sources()?;
        let others = if stands { ", though names with its words" } else { "" };
        let _ = if draft.dossier.is_apart {
            writeln!(out, "Not looked for in {sources}: this draft is about other things. Name your own with `corpus` in copydesk.toml.")
        } else {
            writeln!(out, "None of {sources} is known to have this name{others}.")
        };
        let near = answer.map_or(&[][..], |answer| &answer.near);
        if !near.is_empty() {
            let names: Vec<String> = near
                .iter()
                .take(SHOWN_RECORDS)
                .map(|near| format!("**{}** ({})", escaped(&near.record.name), counted(near.record.sources as usize, "source")))
                .collect();
            let _ = writeln!(out, "\nNearest: {}", names.join(", "));
        }
        return Ok(out);
    }
    for (index, record) in known.iter().take(SHOWN_RECORDS).enumerate() {
        if index > 0 {
            out.push_str("\n---\n\n");
        }
        about_record(record, titles_of(draft, &question, record), &mut out);
    }
    if known.len() > SHOWN_RECORDS {
        let _ = writeln!(out, "\n{} more have this name.", known.len() - SHOWN_RECORDS);
    }
    Ok(out)
}

/// What the sources call somebody: all they say of this person, or what the record itself has.
pub(super) fn titles_of<'a>(draft: &'a Draft, question: &NameQuestion, record: &'a Record) -> &'a [TitleAttestation] {
    let titles = draft.dossier.titles(question);
    if titles.is_empty() { &record.titles } else { titles }
}

fn about_record(record: &Record, titles: &[TitleAttestation], out: &mut String) {
    let _ = writeln!(
        out,
        "**{}** — {}, {}{}\n",
        escaped(&record.name),
        record.kind.name(),
        counted(record.sources as usize, "source"),
        period(record)
    );
    if record.kind == SubjectKind::Place {
        about_place(&record.name, Some(record), out);
    }
    list_titles(titles, out);
    if record.spellings.iter().any(|spelling| record.spellings.len() > 1 || !spelling.outlets.is_empty()) {
        let forms: Vec<String> = record
            .spellings
            .iter()
            .map(|spelling| format!("{} ({}{})", escaped(&spelling.form), counted(spelling.sources as usize, "source"), outlets(spelling)))
            .collect();
        let _ = writeln!(out, "\nSpelt {}", forms.join(", "));
    }
    sentences(&record.citations, out);
    let shown = record.citations.len().min(SHOWN_SENTENCES);
    if let Some(more) = (record.places as usize).checked_sub(shown).filter(|&more| more > 0) {
        let _ = writeln!(out, "\n{}.", counted(more, "more sentence"));
    }
}

/// Which outlets write it so, those that do most often first: ": The Courier 3, Evening Dispatch".
fn outlets(spelling: &Spelling) -> String {
    let counts = spelling.outlets.iter().take(SHOWN_OUTLETS).map(|(outlet, count)| match count {
        1 => escaped(outlet),
        _ => format!("{} {count}", escaped(outlet)),
    });
    let counts: Vec<String> = counts.collect();
    if counts.is_empty() { String::new() } else { format!(": {}", counts.join(", ")) }
}

fn period(record: &Record) -> String {
    match (record.first, record.last) {
        (Some(first), Some(last)) if first != last => format!(", {} to {}", plain_date(first), plain_date(last)),
        (Some(day), _) | (None, Some(day)) => format!(", {}", plain_date(day)),
        (None, None) => String::new(),
    }
}

/// A title in the words of those who give it.
struct Said<'a> {
    words: &'a str,
    /// Up to three of those who say so, the latest first.
    bearers: Vec<String>,
    first: Option<Date>,
    last: Option<Date>,
    /// When it is held, by one who knows.
    term: Option<Term>,
}

impl Said<'_> {
    /// "since 3 May 2021" of a term, "said 1 March to 5 May 2024" of articles.
    fn period(&self) -> String {
        match (self.term, self.first, self.last) {
            (Some(Term { from: Some(from), until: Some(until) }), ..) => format!(" ({} to {})", plain_date(from), plain_date(until)),
            (Some(Term { from: Some(from), until: None }), ..) => format!(" (since {})", plain_date(from)),
            (Some(Term { from: None, until: Some(until) }), ..) => format!(" (until {})", plain_date(until)),
            (_, Some(first), Some(last)) if first != last => format!(" (said from {} to {})", plain_date(first), plain_date(last)),
            _ => String::new(),
        }
    }
}

/// Titles in the words of the sources, the latest first.
fn titles_by_words(titles: &[TitleAttestation]) -> Vec<Said<'_>> {
    let mut said: Vec<Said<'_>> = Vec::new();
    for title in titles {
        let at = said.iter().position(|other| other.words.eq_ignore_ascii_case(&title.words)).unwrap_or_else(|| {
            said.push(Said { words: &title.words, bearers: Vec::new(), first: None, last: None, term: None });
            said.len() - 1
        });
        let one = &mut said[at];
        if one.bearers.len() < SHOWN_SENTENCES {
            one.bearers.push(cited(&title.citation));
        }
        one.first = one.first.into_iter().chain(title.published).min();
        one.last = one.last.max(title.published);
        // Of two terms in an office the later one.
        one.term = one.term.into_iter().chain(title.term).max_by_key(|term| term.from);
    }
    said
}

fn list_titles(titles: &[TitleAttestation], out: &mut String) {
    for said in titles_by_words(titles).into_iter().take(SHOWN_TITLES) {
        let _ = writeln!(out, "- {}{}: {}", escaped(said.words), said.period(), said.bearers.join("; "));
    }
}

/// What contains a place, by the desk or else by the gazetteer, and what else it is called.
fn about_place(name: &str, record: Option<&Record>, out: &mut String) {
    let decided = record.and_then(|record| record.decision.as_ref()).map_or(&[][..], |decision| &decision.within);
    let folded = folded(name);
    // The largest of the name; the gazetteer has countries and regions first.
    let place = places(&folded).max_by_key(|place| (place.kind == PlaceKind::Country, place.population));
    let country = place.filter(|place| place.kind != PlaceKind::Country).and_then(|place| country_of_code(place.country));
    let within: Vec<String> = if decided.is_empty() {
        let region = place.map(|place| place.region).filter(|region| !region.is_empty() && *region != name);
        region.into_iter().chain(country.map(|country| country.name)).map(escaped).collect()
    } else {
        decided.iter().map(|(container, _)| escaped(container)).collect()
    };
    // Whose a land is that several claim is the desk's to say.
    let disputed = decided.is_empty() && place.is_some_and(|place| is_claimed(place, place.country));
    if !within.is_empty() && !disputed {
        let _ = writeln!(out, "In {}", within.join(", "));
    }
    let usual = place.map(|place| place.name);
    let others: Vec<String> = usual
        .into_iter()
        .chain(exonyms(&name_key(name)).into_iter().flatten())
        .filter(|other| !other.eq_ignore_ascii_case(name))
        .map(escaped)
        .collect();
    if !others.is_empty() {
        let _ = writeln!(out, "\nAlso {}", others.join(", "));
    }
}

fn sentences(citations: &[Citation], out: &mut String) {
    for citation in citations.iter().take(SHOWN_SENTENCES) {
        let _ = writeln!(out, "\n> {} — {}", escaped(&citation.sentence), cited(citation));
    }
}

/// None for what is nobody's title here: of "skippers" in general there is nothing to say.
fn about_title(draft: &Draft, mention: &Mention, title: &Title) -> Option<String> {
    let subject = draft.reading.subject(subject_of(draft, title.holder?)?);
    let words = draft.document.words(mention.at);
    let words = ["The ", "the "].iter().find_map(|article| words.strip_prefix(article)).unwrap_or(words);
    let status = match title.status {
        Status::Current => None,
        Status::Elect => Some("incoming"),
        status => Some(status.name()).filter(|status| !folded(words).contains(*status)),
    };
    let status = status.map(|status| format!(", {status}")).unwrap_or_default();
    let mut out = format!("**{}**{status}\n", escaped(words));
    let here = if title.alone { "Here, it seems, of" } else { "Here of" };
    let _ = writeln!(out, "\n{here} {}", escaped(&subject.name));
    let question = NameQuestion::about(&draft.reading, subject);
    let answer = draft.dossier.name(&question);
    for record in answer.map_or(&[][..], |answer| &answer.known).iter().take(SHOWN_RECORDS) {
        let titles = titles_of(draft, &question, record);
        if titles.is_empty() {
            continue;
        }
        let _ = writeln!(out, "\nThe sources call {}\n", escaped(&record.name));
        list_titles(titles, &mut out);
    }
    Some(out)
}

pub(super) fn subject_of(draft: &ReadDraft, mention: MentionId) -> Option<SubjectId> {
    match &draft.reading.mention(mention).kind {
        MentionKind::Name(name) => Some(name.subject),
        _ => None,
    }
}

fn about_quote(draft: &Draft, quote: &Quote) -> String {
    let speaker = quote.speaker.and_then(|speaker| subject_of(draft, speaker)).map(|id| escaped(&draft.reading.subject(id).name));
    let mut out = match speaker {
        Some(speaker) => format!("Words of **{speaker}**\n"),
        None => "Words of somebody this text doesn't name beside them\n".to_owned(),
    };
    let attested = QuoteQuestion::about(&draft.reading, quote).map_or(&[][..], |question| draft.dossier.quotes(&question));
    for attestation in attested.iter().filter(|attestation| attestation.is_sure).take(SHOWN_SENTENCES) {
        let speaker = attestation.utterance.speaker.as_ref().map(|speaker| format!("{}, ", escaped(&speaker.name))).unwrap_or_default();
        let _ = writeln!(out, "\n> {} — {speaker}{}", escaped(&attestation.utterance.words), cited(attestation.citation()));
    }
    out
}
