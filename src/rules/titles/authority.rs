//! What an authority that knows the terms of office says of a draft's title: the stylebook, or the built-in reference.

use jiff::ToSpan;
use jiff::civil::Date;

use super::{Called, DraftTitle, Relation};
use crate::corpus::{Standing, Term, plain_date};
use crate::rules::Case;

pub(in crate::rules) enum Verdict<'k, 'a> {
    /// The title is in force on the draft's day.
    Right,
    /// Others are, which nobody holds beside it.
    Other(Vec<&'k Called<'a>>),
    /// It was, and is no longer.
    Outdated(Outdated<'k, 'a>),
}

pub(in crate::rules) struct Outdated<'k, 'a> {
    /// The last day, where that is known.
    until: Option<Date>,
    /// Titles in force now that nobody holds beside it.
    pub(in crate::rules) now: Vec<&'k Called<'a>>,
    /// What says that it was held.
    pub(in crate::rules) then: Vec<&'k Called<'a>>,
}

/// What those of one standing say of a title; none where they don't speak to it.
pub(in crate::rules) fn verdict<'k, 'a>(
    case: &Case<'_>,
    title: &DraftTitle,
    known: &'k [Called<'a>],
    standing: Standing,
) -> Option<Verdict<'k, 'a>> {
    let of_time = |wanted: Time| known.iter().filter(move |one| one.attestation.standing() == standing && time(case, one) == wanted);
    if of_time(Time::Now).any(|one| one.office.is_current() && title.office.is_borne_out_by(&one.office)) {
        return Some(Verdict::Right);
    }
    let now: Vec<_> =
        of_time(Time::Now).filter(|one| one.office.is_current() && title.office.relation(&one.office) == Relation::Contradicts).collect();
    let left = of_time(Time::Now).filter(|one| one.office.is_former() && title.office.is_borne_out_by(&one.office));
    let ended = of_time(Time::Ended).filter(|one| one.office.is_current() && title.office.is_borne_out_by(&one.office));
    let then: Vec<_> = ended.chain(left).collect();
    let until =
        then.iter().filter_map(|one| one.attestation.term?.until).max().filter(|until| case.today.is_some_and(|today| *until < today));
    match (now.is_empty(), then.is_empty()) {
        (_, false) => Some(Verdict::Outdated(Outdated { until, now, then })),
        (false, true) => Some(Verdict::Other(now)),
        (true, true) => None,
    }
}

impl Outdated<'_, '_> {
    /// What is to be said beside the title in force, if there is one.
    pub(in crate::rules) fn message(&self, said: &str) -> String {
        let until = self.until.map(|until| format!(" until {}", plain_date(until)));
        match (&self.now[..], until) {
            ([], None) => said.to_owned(),
            ([], Some(until)) => format!("{said}{until}"),
            ([now, ..], until) => {
                let since = now.attestation.term.and_then(|term| term.from).map(|from| format!(" since {}", plain_date(from)));
                let held = until.unwrap_or_else(|| " until earlier".to_owned());
                format!("{said}{}; the title in the draft was held{held}", since.unwrap_or_default())
            }
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Time {
    Ended,
    Now,
    /// Later, or not to be told.
    Other,
}

/// How a term lies to the draft's day. Without one, only what holds at all times is known to hold.
fn time(case: &Case<'_>, one: &Called<'_>) -> Time {
    let Some(term) = one.attestation.term else { return Time::Other };
    let Some(today) = case.today else { return if term == Term::default() { Time::Now } else { Time::Other } };
    if term.until.is_some_and(|until| until < today) {
        return if is_fresh(one, today) { Time::Ended } else { Time::Other };
    }
    // A reference that doesn't know the first day knows nothing of an earlier one.
    let begun = term.from.map_or(one.attestation.standing() != Standing::Reference, |from| from <= today);
    if begun && is_fresh(one, today) { Time::Now } else { Time::Other }
}

/// A reference is true of its own day; a year later nobody knows.
fn is_fresh(one: &Called<'_>, today: Date) -> bool {
    one.attestation.standing() != Standing::Reference || one.attestation.published.is_some_and(|day| day.saturating_add(1.year()) >= today)
}
