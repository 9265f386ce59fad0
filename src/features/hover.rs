//! Hover: what is found of what stands under the cursor, and what the sources say of it.

use std::fmt::Write as _;

use super::hover_figure::{about_date, about_figure};
use super::markdown::{cited, escaped};
use super::profile::{Attested, HeldTitle, Location, Profile, held_titles, namesake, profiles};
use super::{Draft, ReadDraft};
use crate::corpus::{Citation, Corpus, CorpusError, NameQuestion, QuoteQuestion, Record, Spelling, TitleAttestation, plain_date};
use crate::finding::Finding;
use crate::reader::{Mention, MentionId, MentionKind, Quote, Status, SubjectId, SubjectKind, Title};
use crate::text::{Span, folded};

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

/// Whether a hover begins with the messages of what is found there, or the editor shows them itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Messages {
    Shown,
    LeftOut,
}

/// What there is to say about the place `offset` of the draft, which was checked against this corpus: what is found there first.
///
/// # Errors
/// When the corpus can't be read.
pub fn hover(draft: &Draft, corpus: &dyn Corpus, offset: u32, messages: Messages) -> Result<Option<Hover>, CorpusError> {
    let mut found = draft.findings.iter().filter(|finding| finding.span.touches(offset)).peekable();
    let span = found.peek().map(|finding| finding.span);
    let mut markdown = String::new();
    found.for_each(|finding| about_finding(finding, messages, &mut markdown));
    let meant = about_mention(draft, corpus, offset)?;
    if let (false, Some(_)) = (markdown.is_empty(), &meant) {
        markdown.push_str("\n---\n\n");
    }
    Ok(match meant {
        Some(meant) => Some(Hover { markdown: markdown + &meant.markdown, ..meant }),
        None => span.filter(|_| !markdown.is_empty()).map(|span| Hover { span, markdown }),
    })
}

/// What differs, and the sentences that say so.
fn about_finding(finding: &Finding, messages: Messages, out: &mut String) {
    let gap = if out.is_empty() { "" } else { "\n" };
    if messages == Messages::Shown {
        let _ = writeln!(out, "{gap}{}", escaped(&finding.message));
    }
    sentences(&finding.evidence, out);
}

/// What the sources say of whom or what is meant there.
fn about_mention(draft: &Draft, corpus: &dyn Corpus, offset: u32) -> Result<Option<Hover>, CorpusError> {
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
            about_place(&Location::listed(&subject.name), &mut out);
            out.push('\n');
        }
        let stands = answer.is_some_and(|answer| answer.word_sources.iter().any(|sources| *sources > 0));
        let sources = corpus.sources()?;
        let others = if stands { ", though names with its words" } else { "" };
        let _ = if draft.dossier.heard.is_apart() {
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
    out.push_str(&described(&profiles(&known[..known.len().min(SHOWN_RECORDS)], corpus)?));
    if known.len() > SHOWN_RECORDS {
        let _ = writeln!(out, "\n{} more have this name.", known.len() - SHOWN_RECORDS);
    }
    Ok(out)
}

/// What is known of those who bear a name.
pub fn described(profiles: &[Profile]) -> String {
    let mut out = String::new();
    for (index, profile) in profiles.iter().enumerate() {
        if index > 0 {
            out.push_str("\n---\n\n");
        }
        about_record(profile, &mut out);
    }
    out
}

/// That nobody bears a name, and who may be meant.
pub fn nobody(name: &str, near: &[String], against: &str) -> String {
    let names: Vec<String> = near.iter().map(|name| format!("**{}**", escaped(name))).collect();
    let meant = if names.is_empty() { String::new() } else { format!("\n\nNearest: {}", names.join(", ")) };
    format!("None of {} is known to name “{}”.{meant}\n", escaped(against), escaped(name))
}

/// What the sources call somebody: all they say of this person, or what the record itself has.
pub(super) fn titles_of<'a>(draft: &'a Draft, question: &NameQuestion, record: &'a Record) -> &'a [TitleAttestation] {
    let titles = draft.dossier.titles(question);
    if titles.is_empty() { &record.titles } else { titles }
}

fn about_record(profile: &Profile, out: &mut String) {
    let record = &profile.record;
    let _ = writeln!(
        out,
        "**{}** — {}, {}{}\n",
        escaped(&record.name),
        record.kind.name(),
        counted(record.sources as usize, "source"),
        period(record)
    );
    about_place(&profile.location, out);
    for one in profile.expansions.iter().take(SHOWN_RECORDS) {
        let _ = writeln!(out, "- {} stands for {}: {}", escaped(&one.acronym), escaped(&one.expansion), bearers(&one.evidence));
    }
    list_titles(&profile.offices, out);
    list_attested("Party:", &profile.parties, out);
    list_attested("Seat:", &profile.seats, out);
    if !profile.namesakes.is_empty() {
        let names: Vec<String> = profile.namesakes.iter().take(SHOWN_RECORDS).map(|other| escaped(&namesake(other))).collect();
        let _ = writeln!(out, "\nOthers of the name: {}", names.join("; "));
    }
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

fn list_titles(titles: &[HeldTitle], out: &mut String) {
    for title in titles.iter().take(SHOWN_TITLES) {
        let _ = writeln!(out, "- {}{}: {}", escaped(&title.words), title.period(), bearers(&title.evidence));
    }
}

/// Those who say so, the latest first.
fn bearers(evidence: &[Citation]) -> String {
    evidence.iter().take(SHOWN_SENTENCES).map(cited).collect::<Vec<_>>().join("; ")
}

fn list_attested(what: &str, attested: &[Attested], out: &mut String) {
    for one in attested.iter().take(SHOWN_RECORDS) {
        let _ = writeln!(out, "- {what} {}: {}", escaped(&one.words), bearers(&one.evidence));
    }
}

/// What contains a place: by the desk, or by the sources and then the gazetteer; and what else it is called.
fn about_place(location: &Location, out: &mut String) {
    let decided: Vec<&str> = location.decided.iter().map(|one| &*one.words).collect();
    let within = if decided.is_empty() { &location.listed } else { &decided };
    list_attested("Placed:", &location.said, out);
    if !within.is_empty() {
        let gap = if location.said.is_empty() { "" } else { "\n" };
        let _ = writeln!(out, "{gap}In {}", within.iter().map(|name| escaped(name)).collect::<Vec<_>>().join(", "));
    }
    if !location.other_names.is_empty() {
        let names: Vec<String> = location.other_names.iter().map(|name| escaped(name)).collect();
        let _ = writeln!(out, "\nAlso {}", names.join(", "));
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
        list_titles(&held_titles(titles), &mut out);
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
