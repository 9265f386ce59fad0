//! Another speaker where a draft names one: with the name goes what the draft says of its bearer, the form of address and the title before
//! it, the place and the apposition behind it.

use super::Case;
use crate::corpus::quotes::Speaker;
use crate::document::ProseSpan;
use crate::finding::Fix;
use crate::gazetteer::{Sex, WordClass, sex_of, word_class};
use crate::reader::{Mention, MentionId, MentionKind};
use crate::text::{Span, folded, name_key};

/// By these an apposition behind a name begins.
const OPENS_APPOSITION: [&str; 11] = ["the", "a", "an", "who", "whose", "his", "her", "its", "their", "one", "then"];

/// The fix that credits `right` with words that the draft credits to the speaker named at `speaker`. Whom the draft has named before gets
/// the form that it used last.
pub(super) fn credited_to(case: &Case<'_>, speaker: MentionId, credited: &Speaker, right: &str) -> Option<Fix> {
    let at = whole_phrase(case, speaker)?;
    let name = named_before(case, at, credited).unwrap_or_else(|| right.to_owned());
    let edit = case.document.replace(at, &name)?;
    Some(Fix::new(format!("Change to “{name}”"), vec![edit]))
}

/// The name with what goes with it; none where something is said that isn't understood.
fn whole_phrase(case: &Case<'_>, speaker: MentionId) -> Option<ProseSpan> {
    let mention = case.reading.mention(speaker);
    let text = &*case.document.block(mention.at).text;
    let name = mention.at.span;
    let start = with_address(text, title_before(case, speaker).unwrap_or(name).start as usize);
    let place = behind_place(text, name.end as usize);
    let mut end = place;
    let unread = |rest: &str| rest.starts_with(['\'', '’']) || rest.starts_with(" (") || rest.starts_with(" and ");
    if unread(&text[end..]) {
        return None;
    }
    while let Some(behind) = text[end..].strip_prefix(", ").filter(|behind| says_what_somebody_is(case, speaker, end + 2, behind)) {
        end += 2 + apposition(behind);
    }
    // "Quill, the only one to abstain, said": the second comma goes as well.
    if end > place && text[end..].strip_prefix(", ").is_some_and(|on| on.starts_with(char::is_alphanumeric)) {
        end += 1;
    }
    Some(ProseSpan { span: Span::of(start..end), ..mention.at })
}

/// The title right before the name, of the one who is named.
fn title_before(case: &Case<'_>, speaker: MentionId) -> Option<Span> {
    let mention = case.reading.mention(speaker);
    let text = &*case.document.block(mention.at).text;
    let titles = case.reading.in_block(mention.at.block).iter().filter(|one| holds(one, speaker));
    let mut spans = titles.map(|one| one.at.span);
    spans.find(|title| {
        title.end <= mention.at.span.start && Span::new(title.end, mention.at.span.start).text(text).chars().all(char::is_whitespace)
    })
}

fn holds(title: &Mention, holder: MentionId) -> bool {
    matches!(&title.kind, MentionKind::Title(title) if title.holder == Some(holder))
}

/// Where a phrase begins whose first word stands at `start`, with the form of address before it: "Ms", "Dr.".
fn with_address(text: &str, start: usize) -> usize {
    let before = text[..start].trim_end();
    let word = before.rsplit([' ', '\n', '“', '"']).next().unwrap_or_default();
    let is_address = word_class(&folded(word.trim_end_matches('.'))).is(WordClass::HONORIFIC) && word.starts_with(char::is_uppercase);
    if is_address { before.len() - word.len() } else { start }
}

/// The end of "of the Faroe Islands", "from Larsund" right behind a name that ends at `end`; that itself without them.
fn behind_place(text: &str, end: usize) -> usize {
    let Some(ties) = [" of ", " from ", " at "].into_iter().find(|ties| text[end..].starts_with(ties)) else { return end };
    let start = end + ties.len();
    let start = start + text[start..].strip_prefix("the ").map_or(0, |_| "the ".len());
    let mut last = end;
    for (at, word) in text[start..].split_inclusive(' ').scan(start, |at, word| Some((std::mem::replace(at, *at + word.len()), word))) {
        let letters = word.find(|c: char| !c.is_alphanumeric() && !matches!(c, '-' | '’' | '\'')).unwrap_or(word.len());
        if !word.starts_with(char::is_uppercase) {
            break;
        }
        last = at + letters;
        if word[letters..] != *" " {
            break;
        }
    }
    last
}

/// Whether the words behind the comma behind a name are an apposition: they open one, or are the title that the named one holds.
fn says_what_somebody_is(case: &Case<'_>, speaker: MentionId, start: usize, behind: &str) -> bool {
    let first = behind.split([' ', ',']).next().unwrap_or_default();
    let mut mentions = case.reading.in_block(case.reading.mention(speaker).at.block).iter();
    OPENS_APPOSITION.contains(&first)
        || first.chars().all(|c| c.is_ascii_digit()) && !first.is_empty()
        || mentions.any(|one| one.at.span.start as usize == start && holds(one, speaker))
}

/// How far an apposition goes at the start of `behind`, up to what ends it or to the end of the block.
fn apposition(behind: &str) -> usize {
    let is_end = |at: usize| behind[at + 1..].chars().next().is_none_or(|next| !next.is_alphanumeric());
    let mut ends = behind.char_indices().filter(|&(at, c)| c == '“' || matches!(c, ',' | ';' | '.' | '!' | '?' | '"') && is_end(at));
    ends.next().map_or(behind.len(), |(at, _)| at)
}

/// What the draft would call the credited one at `at`, having named that one before, outside quotations: by the surname alone, as it does with
/// others, with the form of address that it gives them.
fn named_before(case: &Case<'_>, at: ProseSpan, credited: &Speaker) -> Option<String> {
    let is_before = |one: &ProseSpan| (one.block, one.span.end) <= (at.block, at.span.start);
    let in_body = |one: &&Mention| !one.in_quote && case.document.block(one.at).kind.is_body();
    let last = case.reading.mentions.iter().rev().filter(in_body).find(|one| {
        let MentionKind::Name(name) = &one.kind else { return false };
        let subject = &case.reading.subjects[name.subject.index()];
        is_before(&one.at) && subject.kind == credited.kind && Speaker::of(subject).may_be(credited)
    })?;
    let written = || with_its_address(case, last).0.to_owned();
    let Some((given, surname)) = parts(last) else { return Some(written()) };
    let short = case.reading.mentions.iter().filter(in_body).filter(|one| {
        let MentionKind::Name(name) = &one.kind else { return false };
        name.person.as_deref().is_some_and(|person| person.given.is_none() && person.surname.is_some())
    });
    let (addressed, bare): (Vec<&str>, Vec<&str>) =
        short.map(|one| with_its_address(case, one).1).partition(|address| ["Mr", "Ms", "Mrs"].contains(&address.trim_end_matches('.')));
    if addressed.len() <= bare.len() {
        return Some(if bare.is_empty() { written() } else { surname.to_owned() });
    }
    let address = match sex_of(&name_key(given.split(' ').next()?)) {
        Some(Sex::Female) => "Ms",
        Some(Sex::Male) => "Mr",
        None => return Some(written()),
    };
    let stop = if addressed[0].ends_with('.') { "." } else { "" };
    Some(format!("{address}{stop} {surname}"))
}

/// The given name and the surname of a mention that has both.
fn parts(mention: &Mention) -> Option<(&str, &str)> {
    let MentionKind::Name(name) = &mention.kind else { return None };
    let person = name.person.as_deref()?;
    person.given.as_deref().zip(person.surname.as_deref())
}

/// A name as written with the form of address before it, and that alone.
fn with_its_address<'c>(case: &'c Case<'_>, mention: &Mention) -> (&'c str, &'c str) {
    let text = &*case.document.block(mention.at).text;
    let (start, end) = (mention.at.span.start as usize, mention.at.span.end as usize);
    let from = with_address(text, start);
    (&text[from..end], text[from..start].trim_end())
}
