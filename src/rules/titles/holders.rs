//! Who holds an office by the built-in reference, where a draft gives it to somebody else.

use jiff::ToSpan;

use super::DraftTitle;
use crate::corpus::{OfficeHolding, Standing, is_one_person, plain_date};
use crate::gazetteer::is_past_word;
use crate::reader::{MentionKind, PersonName};
use crate::rules::{Case, who_says};
use crate::text::{MOST_SLIPS, edit_distance, folded, name_key};

/// The one person who holds the draft's office on its day by the reference, when that is somebody else. `certain` asks for a day
/// that the reference speaks for; the year after it is but likely.
pub(in crate::rules) fn held_by_another<'a>(case: &Case<'a>, title: &DraftTitle, certain: bool) -> Option<&'a OfficeHolding> {
    let subject = case.reading.subject(title.subject);
    let parts = subject.person.as_deref().filter(|parts| parts.given.is_some())?;
    let (name, today) = (&subject.name, case.today?);
    let in_force = |holding: &&OfficeHolding| {
        let (term, published) = (holding.title.term.unwrap_or_default(), holding.title.published);
        let last = published.map(|day| if certain { day } else { day.saturating_add(1.year()) });
        holding.title.standing() == Standing::Reference
            && term.from.is_some_and(|from| from < today)
            && term.until.is_none_or(|until| today < until)
            && last.is_some_and(|last| today <= last)
    };
    let mut holdings = case.dossier.holders(title.question.as_ref()?).iter().filter(in_force);
    let holding = holdings.next()?;
    let theirs = name_key(&PersonName::parse(&holding.person).surname.unwrap_or_default());
    let may_be_one = is_one_person(name, &holding.person)
        || edit_distance(&name_key(parts.surname.as_deref()?), &theirs, MOST_SLIPS).is_some()
        || subject.key.split(' ').any(|word| theirs.split(' ').any(|other| other == word));
    // Two tables may have the same holder; two holders are none to go by.
    (holdings.all(|other| other.person == holding.person) && !may_be_one).then_some(holding)
}

/// "The CIA World Factbook (as of January 2026) has Mira Dovzhenko as Norwegian president, since 3 May 2021"
pub(in crate::rules) fn holder_message(holding: &OfficeHolding) -> String {
    let since = holding.title.term.and_then(|term| term.from).map(|from| format!(", since {}", plain_date(from)));
    format!(
        "{} has {} as {}{}",
        who_says(std::slice::from_ref(&holding.title.citation)),
        holding.person,
        holding.title.words,
        since.unwrap_or_default()
    )
}

/// Whether a title is said of the draft's own time: nothing beside it tells of earlier days, where somebody long out of office is
/// still called by it.
pub(in crate::rules) fn speaks_of_now(case: &Case<'_>, title: &DraftTitle) -> bool {
    let Some(today) = case.today else { return false };
    let told = case.reading.in_block(title.at.block).iter().any(|mention| {
        matches!(&mention.kind, MentionKind::Date(date) if date.value.and_then(|value| value.year).is_some_and(|year| year < today.year()))
    });
    let sentence = folded(case.document.words(case.reading.sentence(title.at)));
    let mut words = sentence.split(|c: char| !c.is_alphanumeric());
    let years = |word: &str| word.len() == 4 && word.starts_with(['1', '2']) && word.parse::<i16>().is_ok_and(|year| year < today.year());
    !told && !words.any(|word| is_past_word(word) || years(word))
}
