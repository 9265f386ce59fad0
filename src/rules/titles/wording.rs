//! An attested title in the draft's own form: on the same side of the name, with the same capitals and article.

use std::borrow::Cow;

use super::{Called, DraftTitle, Relation};
use crate::corpus::Citation;
use crate::gazetteer::nations::{NationWord, leading};
use crate::gazetteer::phrases::word_key;
use crate::gazetteer::roles::{head_at, word_class};
use crate::gazetteer::title_keys;
use crate::rules::{Case, verb, who_says};
use crate::text::{Span, folded, tokens};

/// The best attested of `titles` (the latest, on the draft's side of the name where one is) as the draft would write it.
pub(in crate::rules) fn worded(case: &Case<'_>, draft: &DraftTitle, titles: &[&Called<'_>]) -> Option<String> {
    // The latest says which office; among those that say the same, one in the draft's own form.
    let latest = titles.first()?;
    let same = || {
        let agree = titles.iter().filter(|title| title.office.relation(&latest.office) == Relation::Agrees);
        let told = agree.clone().any(|title| title.office.says_field());
        let fit = agree.filter(move |title| title.office.says_field() || !told);
        fit.filter(|title| common_possessor(&title.attestation.words).is_none_or(is_bodys))
    };
    let on_side = |title: &&&Called<'_>| title.attestation.before_name == draft.before_name;
    let best = same()
        .find(|title| on_side(title) && title.office.has_scope() == draft.office.has_scope())
        .or_else(|| same().find(on_side))
        .or_else(|| same().next())?;
    // Whose party somebody sits for is no other word for the seat.
    if best.office.is_party_member() != draft.office.is_party_member() {
        return None;
    }
    // A title that says nothing of whose it is can't stand for the same one that does, nor for a country's.
    if (draft.office.is_like(&best.office) || draft.office.is_of_nation()) && draft.office.has_scope() && !best.office.has_scope() {
        return None;
    }
    let old = case.document.words(draft.at);
    let attested = best.attestation.words.trim();
    if is_told_by_verb(attested) || is_told_by_verb(old) {
        return None;
    }
    if let Some(worded) = with_own_possessor(old, attested).filter(|_| !draft.office.is_of_another(&best.office)) {
        return Some(worded);
    }
    let bare = match common_possessor(attested) {
        // Of another text "the club's" says nothing.
        Some(possessor) => &attested[possessor.len()..],
        None => attested.strip_prefix("the ").or_else(|| attested.strip_prefix("The ")).unwrap_or(attested),
    };
    // A draft that names no country needs none put in.
    let bare = match leading(bare).filter(|_| !draft.office.has_scope()) {
        Some((nation, rest)) if nation.by != NationWord::Seat && rest.starts_with(' ') => rest.trim_start(),
        _ => bare,
    };
    let fronted = if stands_right_before_name(case, draft) { fronted(bare, best, draft) } else { None };
    let bare = fronted.as_deref().unwrap_or(bare);
    let article = old.split(' ').next().filter(|word| word.eq_ignore_ascii_case("the"));
    let is_shortened = bare.len() < attested.len();
    let spelt = in_english(case, bare);
    let bare = &*spelt;
    let possessive = bare.contains("'s ") || bare.contains("’s ");
    let of_whole = bare.find(" of ").is_none_or(|of| bare.find(['\'', '’']).is_some_and(|mark| mark < of));
    let possessor_first = possessive && of_whole;
    // What a source has in small letters all through is a description, and stays one: "water board chair".
    let is_description = fronted.is_some() && !bare.contains(char::is_uppercase);
    let body = match capitals(old) {
        Capitals::Title if is_description => bare.to_owned(),
        _ => capitalised_like(old, bare),
    };
    let worded = match article {
        Some(article) if !possessor_first => format!("{article} {body}"),
        // "Ukraine's foreign minister" needs no article; "the head of the council" does.
        None if is_shortened && !draft.before_name && (old.contains("'s ") || old.contains("’s ")) => {
            format!("the {body}")
        }
        _ => body,
    };
    let starts_sentence = case.reading.sentence(draft.at).span.start == draft.at.span.start && old.starts_with(char::is_uppercase);
    Some(if starts_sentence { sentence(&worded) } else { worded })
}

/// Another title behind the possessor of a draft's, "the club's treasurer" for "the club's secretary"; none where it has none.
pub(in crate::rules) fn with_own_possessor(old: &str, title: &str) -> Option<String> {
    let possessor = common_possessor(old).filter(|own| is_bodys(own))?;
    Some(format!("{possessor}{}", in_small_letters(&lowered(head_alone(title)))))
}

/// "The club's " at the start of a title, in small letters: what was named before.
fn common_possessor(title: &str) -> Option<&str> {
    let bare = title.strip_prefix("the ").or_else(|| title.strip_prefix("The ")).unwrap_or(title);
    let end = bare.find("'s ").map(|at| at + 3).or_else(|| bare.find("’s ").map(|at| at + "’s ".len()))?;
    let common = bare.starts_with(char::is_lowercase) && !bare[..end].contains(char::is_uppercase) && !bare[..end].contains(" of ");
    common.then(|| &title[..title.len() - bare.len() + end])
}

/// Whether a possessor is a body: "the club's ", and not "the president's ".
fn is_bodys(possessor: &str) -> bool {
    let noun = possessor.trim_end_matches(['\'', '’', 's', ' ']).rsplit(' ').next();
    noun.is_some_and(|noun| word_class(word_key(noun)).body)
}

/// A title without whose it is: "director" of "director of the Delta Water Board".
fn head_alone(title: &str) -> &str {
    let bare = title.strip_prefix("the ").or_else(|| title.strip_prefix("The ")).unwrap_or(title);
    let bare = bare.find("'s ").map(|at| &bare[at + 3..]).or_else(|| bare.find("’s ").map(|at| &bare[at + "’s ".len()..])).unwrap_or(bare);
    let bare = match bare.split_once(" of ") {
        // "Head of planning" is all of a head.
        Some((head, of)) if of.contains(char::is_uppercase) || of.starts_with("the ") => head,
        _ => bare,
    };
    behind_names(bare)
}

/// A title without the names that stand before its head: "Sheriff" of "Larsund County Sheriff", but all of "planning director".
fn behind_names(title: &str) -> &str {
    let tokens = tokens(title);
    let keys = title_keys(title, &tokens);
    let heads =
        || (0..tokens.len()).filter_map(|at| Some((at, head_at(title, &tokens, &keys, at).filter(|head| head.end == tokens.len())?)));
    let Some((_, whole)) = heads().next() else { return title };
    // A county's sheriff is a sheriff.
    let Some((head, _)) = heads().rfind(|(_, shorter)| shorter.head.role == whole.head.role) else { return title };
    let belongs = |at: usize| {
        let class = word_class(keys[at]);
        !tokens[at].is_capitalised() || class.rank || class.status.is_some() || class.topic || class.post
    };
    let start = (0..head).rev().take_while(|&at| belongs(at)).last().unwrap_or(head);
    &title[tokens[start].span.start as usize..]
}

/// A title that has a capital only because it began a sentence without it.
fn in_small_letters(title: &str) -> String {
    let mut chars = title.chars();
    let first = chars.next().filter(|_| title.contains(' ') && !chars.as_str().contains(char::is_uppercase));
    first.map_or_else(|| title.to_owned(), |first| first.to_lowercase().chain(chars).collect())
}

/// "Chairs the Delta Water Board"
fn is_told_by_verb(title: &str) -> bool {
    title.split(' ').next().is_some_and(|first| word_class(word_key(first)).office.is_some())
}

/// Whether nothing but a blank parts the draft's title from the name behind it.
fn stands_right_before_name(case: &Case<'_>, draft: &DraftTitle) -> bool {
    let holder = case.reading.mention(draft.holder).at;
    let between = || Span::new(draft.at.span.end, holder.span.start).text(&case.document.block(draft.at).text);
    draft.before_name && holder.block == draft.at.block && between().trim().is_empty()
}

/// A title that reads as a description behind a name, put before one: "head of the Delta Water Board" is "Delta Water Board head".
/// A country in front goes where the draft names none.
fn fronted(title: &str, attested: &Called<'_>, draft: &DraftTitle) -> Option<String> {
    let (head, body) = title.split_once(" of ")?;
    let body = body.strip_prefix("the ").unwrap_or(body);
    let one_body = !head.contains(' ') && !body.contains(" of ") && !body.contains(',') && attested.office.heads_a_body();
    if !one_body {
        return None;
    }
    let body = match leading(body).filter(|_| !draft.office.has_scope()) {
        Some((nation, rest)) if nation.by != NationWord::Seat => {
            rest.strip_prefix("'s ").or_else(|| rest.strip_prefix("’s ")).unwrap_or(rest).trim_start()
        }
        _ => body,
    };
    let head = lowered(head);
    (!body.is_empty()).then(|| format!("{body} {head}"))
}

/// A title in the draft's English, where its spellings tell which; names keep theirs.
fn in_english<'t>(case: &Case<'_>, title: &'t str) -> Cow<'t, str> {
    match case.english() {
        Some(english) => Cow::Owned(changed(title, |word| english.spelling(word))),
        None => Cow::Borrowed(title),
    }
}

/// What the sources call somebody.
pub(in crate::rules) fn message(name: &str, titles: &[&Called<'_>], evidence: &[Citation]) -> String {
    let bare = |words: &'_ str| words.trim_start_matches("The ").trim_start_matches("the ").to_owned();
    // Of titles that say the same, one that is written out.
    let is_whole = |title: &&&Called<'_>| !title.attestation.words.ends_with('.');
    let same = |title: &&&Called<'_>| titles.first().is_some_and(|first| title.office.relation(&first.office) == Relation::Agrees);
    let told = titles.iter().filter(same).find(is_whole).or(titles.first());
    let words = told.map(|title| bare(&title.attestation.told())).unwrap_or_default();
    let all = || titles.iter().all(|title| folded(&bare(&title.attestation.told())) == folded(&words));
    let like = if evidence.len() == 1 || all() { "" } else { " or the like" };
    if is_told_by_verb(&words) {
        return format!("{} {} that {name} “{words}”{like}", who_says(evidence), verb(evidence, "says", "say"));
    }
    let verb = verb(evidence, "calls", "call");
    format!("{} {verb} {name} “{words}”{like}", who_says(evidence))
}

/// A title with capitals as another one has them.
pub(in crate::rules) fn capitalised_like(model: &str, title: &str) -> String {
    match capitals(model) {
        Capitals::Lower => lowered(title),
        Capitals::Title => titled(title),
        Capitals::Sentence => sentence(&lowered(title)),
    }
}

/// How a title's words are capitalised.
enum Capitals {
    Lower,
    Title,
    /// The first word alone: "Prime minister" at the start of a cell.
    Sentence,
}

fn capitals(title: &str) -> Capitals {
    let tokens = tokens(title);
    let keys = title_keys(title, &tokens);
    let heads = (0..tokens.len()).find_map(|at| head_at(title, &tokens, &keys, at).map(|head| at..head.end));
    let Some(head) = heads else { return Capitals::Lower };
    let capital = |at: usize| tokens[at].is_capitalised();
    let rest: Vec<usize> = (head.start + 1..head.end).filter(|&at| tokens[at].is_word() && tokens[at].text(title).len() > 3).collect();
    let lower_behind = || title.contains(' ') && title.split(' ').skip(1).all(|word| word.starts_with(char::is_lowercase));
    if !capital(head.start) {
        Capitals::Lower
    } else if head.start == 0 && !rest.iter().any(|&at| capital(at)) && (!rest.is_empty() || lower_behind()) {
        Capitals::Sentence
    } else {
        Capitals::Title
    }
}

/// The words that say what somebody is in lower case; names keep their capitals.
fn lowered(title: &str) -> String {
    changed(title, |word| {
        let mut chars = word.chars();
        chars.next().map(|first| first.to_lowercase().chain(chars).collect())
    })
}

/// The words that say what somebody is with capitals.
fn titled(title: &str) -> String {
    changed(title, |word| (word.len() > 3 || word.starts_with(char::is_uppercase)).then(|| sentence(word)))
}

fn sentence(words: &str) -> String {
    let mut chars = words.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// `title` with its head and ranks rewritten; abbreviations and names stay.
fn changed(title: &str, rewrite: impl Fn(&str) -> Option<String>) -> String {
    let tokens = tokens(title);
    let keys = title_keys(title, &tokens);
    let mut head = 0..0;
    for at in 0..tokens.len() {
        if let Some(found) = head_at(title, &tokens, &keys, at) {
            head = at..found.end;
            break;
        }
    }
    let mut out = String::with_capacity(title.len());
    let mut last = 0;
    for (at, token) in tokens.iter().enumerate() {
        let span: Span = token.span;
        let word = span.text(title);
        let class = word_class(keys[at]);
        let beside = at < head.start && (class.rank || class.status.is_some());
        // "University of Larsund" is a name.
        let names = class.body && token.is_capitalised() && tokens.get(at + 1).is_some_and(|next| next.text(title) == "of") && at > 0;
        let is_acronym = names || word.len() > 1 && word.chars().all(char::is_uppercase);
        out.push_str(&title[last..span.start as usize]);
        match rewrite(word).filter(|_| token.is_word() && !is_acronym && (head.contains(&at) || beside)) {
            Some(new) => out.push_str(&new),
            None => out.push_str(word),
        }
        last = span.end as usize;
    }
    out.push_str(&title[last..]);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_head_alone_keeps_its_field_and_drops_whose_it_is() {
        assert_eq!(head_alone("Larsund County Sheriff"), "Sheriff");
        assert_eq!(head_alone("Kestrel's chief executive"), "chief executive");
        assert_eq!(head_alone("planning director"), "planning director");
        assert_eq!(head_alone("the director of the Delta Water Board"), "director");
    }

    #[test]
    fn capitals_of_the_head_change_and_names_stay() {
        assert_eq!(lowered("US Secretary of State"), "US secretary of state");
        assert_eq!(titled("Danish prime minister"), "Danish Prime Minister");
        assert!(matches!(capitals("Speaker of parliament"), Capitals::Sentence));
        assert!(matches!(capitals("Danish Prime Minister"), Capitals::Title));
        assert!(matches!(capitals("the US defence secretary"), Capitals::Lower));
    }
}
