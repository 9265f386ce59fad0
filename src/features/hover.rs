//! Hover: what the sources say of what stands under the cursor.

use std::fmt::Write as _;

use super::Draft;
use super::markdown::{cited, escaped};
use crate::corpus::{Citation, FigureQuestion, NameQuestion, QuoteQuestion, Record, TitleAttestation, plain_date};
use crate::reader::{DateMention, Dimension, Figure, Hedge, Mention, MentionId, MentionKind, Quote, Status, SubjectId, SubjectKind, Title};
use crate::text::Span;

/// Of each list, so many entries are shown; a hover is read at a glance.
const SHOWN_TITLES: usize = 6;
const SHOWN_SENTENCES: usize = 3;
const SHOWN_RECORDS: usize = 3;
const SHOWN_FIGURES: usize = 5;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hover {
    /// The words it is about, bytes of the draft's source.
    pub span: Span,
    pub markdown: String,
}

/// What there is to say about the place `offset` of the draft; `sources` is how many the corpus has.
pub fn hover(draft: &Draft, sources: usize, offset: u32) -> Option<Hover> {
    let id = *draft.mentions_at(offset).first()?;
    let mention = draft.reading.mention(id);
    let markdown = match &mention.kind {
        MentionKind::Name(name) => about_subject(draft, sources, name.subject),
        MentionKind::Title(title) => about_title(draft, mention, title),
        MentionKind::Figure(figure) => about_figure(draft, mention, figure),
        MentionKind::Date(date) => about_date(draft, mention, date)?,
        MentionKind::Quote(quote) => about_quote(draft, quote),
    };
    Some(Hover { span: draft.document.to_source(mention.at), markdown })
}

fn counted(count: usize, what: &str) -> String {
    if count == 1 { format!("1 {what}") } else { format!("{count} {what}s") }
}

const fn kind_name(kind: SubjectKind) -> &'static str {
    match kind {
        SubjectKind::Person => "person",
        SubjectKind::Place => "place",
        SubjectKind::Organisation => "organisation",
    }
}

fn about_subject(draft: &Draft, sources: usize, id: SubjectId) -> String {
    let subject = draft.reading.subject(id);
    let question = NameQuestion::about(&draft.reading, subject);
    let answer = draft.dossier.name(&question);
    let mut out = String::new();
    let known = answer.map_or(&[][..], |answer| &answer.known);
    if known.is_empty() {
        let _ = writeln!(out, "**{}** — {}\n", escaped(&subject.name), kind_name(subject.kind));
        let _ = writeln!(out, "None of {} has this name.", counted(sources, "source"));
        let near = answer.map_or(&[][..], |answer| &answer.near);
        if !near.is_empty() {
            let names: Vec<String> = near
                .iter()
                .take(SHOWN_RECORDS)
                .map(|near| format!("**{}** ({})", escaped(&near.record.name), counted(near.record.sources as usize, "source")))
                .collect();
            let _ = writeln!(out, "\nNearest: {}", names.join(", "));
        }
        return out;
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
    out
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
        kind_name(record.kind),
        counted(record.sources as usize, "source"),
        period(record)
    );
    for (words, bearers) in titles_by_words(titles).into_iter().take(SHOWN_TITLES) {
        let _ = writeln!(out, "- {}: {}", escaped(words), bearers.join("; "));
    }
    if record.spellings.len() > 1 {
        let forms: Vec<String> = record
            .spellings
            .iter()
            .map(|spelling| format!("{} ({})", escaped(&spelling.form), counted(spelling.sources as usize, "source")))
            .collect();
        let _ = writeln!(out, "\nSpelt {}", forms.join(", "));
    }
    sentences(&record.citations, out);
}

fn period(record: &Record) -> String {
    match (record.first, record.last) {
        (Some(first), Some(last)) if first != last => format!(", {} to {}", plain_date(first), plain_date(last)),
        (Some(day), _) | (None, Some(day)) => format!(", {}", plain_date(day)),
        (None, None) => String::new(),
    }
}

/// Titles in the words of the sources, the latest first, each with up to three of those who say so.
fn titles_by_words(titles: &[TitleAttestation]) -> Vec<(&str, Vec<String>)> {
    let mut by_words: Vec<(&str, Vec<String>)> = Vec::new();
    for title in titles {
        let at = by_words.iter().position(|(words, _)| words.eq_ignore_ascii_case(&title.words)).unwrap_or_else(|| {
            by_words.push((&title.words, Vec::new()));
            by_words.len() - 1
        });
        let bearers = &mut by_words[at].1;
        if bearers.len() < SHOWN_SENTENCES {
            bearers.push(cited(&title.citation));
        }
    }
    by_words
}

fn sentences(citations: &[Citation], out: &mut String) {
    for citation in citations.iter().take(SHOWN_SENTENCES) {
        let _ = writeln!(out, "\n> {} — {}", escaped(&citation.sentence), cited(citation));
    }
}

fn about_title(draft: &Draft, mention: &Mention, title: &Title) -> String {
    let status = match title.status {
        Status::Current => "",
        Status::Former => "former ",
        Status::Acting => "acting ",
        Status::Elect => "incoming ",
        Status::Deputy => "deputy ",
        Status::Shadow => "shadow ",
        Status::Disputed => "disputed ",
    };
    let of = title.of.as_ref().map(|of| format!(", {}", escaped(of))).unwrap_or_default();
    let role = if title.role.is_empty() { draft.document.words(mention.at) } else { &title.role };
    let mut out = format!("**{status}{}**{of}\n", escaped(role));
    let Some(holder) = title.holder else { return out };
    let Some(subject) = subject_of(draft, holder) else { return out };
    let subject = draft.reading.subject(subject);
    let _ = writeln!(out, "\nHere of {}", escaped(&subject.name));
    let question = NameQuestion::about(&draft.reading, subject);
    let answer = draft.dossier.name(&question);
    for record in answer.map_or(&[][..], |answer| &answer.known).iter().take(SHOWN_RECORDS) {
        let titles = titles_by_words(titles_of(draft, &question, record));
        if titles.is_empty() {
            continue;
        }
        let _ = writeln!(out, "\nThe sources call {}\n", escaped(&record.name));
        for (words, bearers) in titles.into_iter().take(SHOWN_TITLES) {
            let _ = writeln!(out, "- {}: {}", escaped(words), bearers.join("; "));
        }
    }
    out
}

pub(super) fn subject_of(draft: &Draft, mention: MentionId) -> Option<SubjectId> {
    match &draft.reading.mention(mention).kind {
        MentionKind::Name(name) => Some(name.subject),
        _ => None,
    }
}

fn about_figure(draft: &Draft, mention: &Mention, figure: &Figure) -> String {
    let mut out = format!("**{}** — {}\n", escaped(draft.document.words(mention.at)), quantity(figure));
    if let Some(of) = figure.of {
        let _ = writeln!(out, "\nof {}", escaped(of.text(&draft.document.block(mention.at).text)));
    }
    let attested =
        FigureQuestion::about(&draft.document, &draft.reading, mention).map_or(&[][..], |question| draft.dossier.figures(&question));
    if !attested.is_empty() {
        out.push_str("\nThe sources give\n\n");
    }
    for attestation in attested.iter().take(SHOWN_FIGURES) {
        let citation = &attestation.citation;
        let _ = writeln!(out, "- **{}** — {}: {}", quantity(&attestation.figure), cited(citation), escaped(&citation.sentence));
    }
    out
}

/// A figure with its hedge in its canonical unit.
fn quantity(figure: &Figure) -> String {
    let hedge = match figure.hedge {
        Hedge::Exact => "",
        Hedge::About => "about ",
        Hedge::Nearly => "nearly ",
        Hedge::MoreThan => "more than ",
        Hedge::AtLeast => "at least ",
        Hedge::LessThan => "less than ",
        Hedge::AtMost => "at most ",
    };
    let high = figure.high.map(|high| format!("–{}", high.normalize())).unwrap_or_default();
    let unit = match (figure.dimension, figure.unit) {
        (_, Some(unit)) => format!(" {unit}"),
        (Dimension::Percent, None) => " %".to_owned(),
        _ => String::new(),
    };
    escaped(&format!("{hedge}{}{high}{unit}", figure.value.round_dp(6).normalize()))
}

fn about_date(draft: &Draft, mention: &Mention, date: &DateMention) -> Option<String> {
    let value = date.value?;
    let (year, month, day) = (value.year?, value.month?, value.day?);
    let date = jiff::civil::Date::new(year, month, day).ok()?;
    Some(format!("**{}** — {}\n", escaped(draft.document.words(mention.at)), date.strftime("%A, %-d %B %Y")))
}

fn about_quote(draft: &Draft, quote: &Quote) -> String {
    let speaker = quote.speaker.and_then(|speaker| subject_of(draft, speaker)).map(|id| escaped(&draft.reading.subject(id).name));
    let mut out = match speaker {
        Some(speaker) => format!("Words of **{speaker}**\n"),
        None => "Words of somebody this text doesn't name beside them\n".to_owned(),
    };
    let attested = QuoteQuestion::about(quote).map_or(&[][..], |question| draft.dossier.quotes(&question));
    for attestation in attested.iter().take(SHOWN_SENTENCES) {
        let speaker = attestation.speaker.as_ref().map(|speaker| format!("{}, ", escaped(&speaker.name))).unwrap_or_default();
        let _ = writeln!(out, "\n> {} — {speaker}{}", escaped(&attestation.words), cited(&attestation.citation));
    }
    out
}
