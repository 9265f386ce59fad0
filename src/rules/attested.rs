//! Weighs what the sources give against what the draft has: which of their values, if any, are of the same thing. Shared by
//! the rules on figures and on dates.

use jiff::civil::Date;

use super::Case;
use super::thresholds::{FOREIGN, IN_SENTENCE, RETOLD, VAGUE};
use crate::corpus::{Citation, Likeness, Sign, SourceId};
use crate::reader::Agreement;

/// What a source gives, as far as it is weighed here.
pub(super) trait Attested {
    /// How much speaks for its being of the thing that the draft means, a logarithm of odds against its being nothing that the
    /// sources speak of.
    fn likeness(&self) -> &Likeness;
    fn citation(&self) -> &Citation;
    /// Whether another source gives the same value.
    fn is_like(&self, other: &Self) -> bool;
}

/// A mistake is rare, and rarer still one that hits upon a value which the sources give for something else: so much more than
/// for a value that the draft has must speak for another one, both logarithms of odds.
#[derive(Clone, Copy, Debug)]
pub(super) struct Scale {
    /// The least that has to speak for one thing.
    pub(super) least: f64,
    /// How much the values that agree with the draft's weigh in besides their likeness.
    pub(super) agreeing: f64,
}

const MOST_LEEWAY: f64 = RETOLD + FOREIGN;

/// How much less has to speak for one thing where the draft retells the source so far, from nought to one. `is_foreign`, which goes through
/// all that the source says, is asked only then.
pub(super) fn leeway(retold: f64, is_foreign: impl FnOnce() -> bool) -> f64 {
    if retold > 0.0 { retold * if is_foreign() { MOST_LEEWAY } else { RETOLD } } else { 0.0 }
}

/// How much speaks against a value's being of the draft's thing because of what its source tells of: all, where that is another event.
/// A report of another month is believed as to a period that both say, `same_period`; else what it counted was another count.
pub(super) fn elsewhere(case: &Case<'_>, source: SourceId, same_period: bool) -> f64 {
    let kinship = case.kinship(source);
    if !kinship.may_be_one_event() || kinship.is_of_other_days && !same_period { f64::INFINITY } else { 0.0 }
}

/// The same because each is told of another member of a set: of the women and of the men.
pub(super) fn excluded(likeness: &Likeness) -> f64 {
    if likeness.sign(Sign::Excluded) > 0.0 { f64::INFINITY } else { 0.0 }
}

/// One value that the sources give, with all that give it.
struct Given<'a, A> {
    all: Vec<(&'a A, f64)>,
    agrees: bool,
    /// The odds of all that give it.
    mass: f64,
}

pub(super) struct Contradiction<'a, A> {
    /// One attestation of each source, the likest first.
    pub(super) sources: Vec<&'a A>,
    /// How much speaks for one thing.
    pub(super) balance: f64,
}

/// The sources that give another value for the same thing, the likest first; none where they agree with the draft, or
/// leave it open. `verdict` compares a value with the draft's; `unlikely` is how much speaks against a slip from one to the other, and
/// `leeway_of` its [`leeway`]; logarithms of odds.
pub(super) fn contradicting<A: Attested>(
    answers: &[A],
    today: Option<Date>,
    scale: Scale,
    verdict: impl Fn(&A) -> Agreement,
    unlikely: impl Fn(&A) -> f64,
    leeway_of: impl Fn(&A) -> f64,
) -> Option<Contradiction<'_, A>> {
    let mut judged = judged(answers, today, verdict);
    for one in judged.iter_mut().filter(|one| !one.agrees) {
        one.likeness -= unlikely(one.attested);
    }
    // All that differ together bear no more than this out, however they are told apart.
    let most = against_each_other(odds(&judged, false), odds(&judged, true) * scale.agreeing.exp());
    let has_leeway = || judged.iter().any(|one| !one.agrees && leeway_of(one.attested) > 0.0);
    if most < scale.least - MOST_LEEWAY || most < scale.least && !has_leeway() {
        return None;
    }
    let given = weighed(judged);
    let best = given.iter().filter(|given| !given.agrees).max_by(|a, b| a.mass.total_cmp(&b.mass))?;
    let likest = best.all.first()?.0;
    let sentence = &likest.citation().sentence;
    let against = |other: &Given<'_, A>| {
        let beside = other.all.iter().any(|(attested, _)| attested.citation().sentence == *sentence);
        let more = if !other.agrees {
            0.0
        } else if beside {
            scale.agreeing + IN_SENTENCE
        } else {
            scale.agreeing
        };
        other.mass * more.exp()
    };
    let balance = balance(best, &given, against);
    let least = scale.least + VAGUE * likest.likeness().sign(Sign::Vague);
    let speaks = balance >= least || balance >= least - leeway_of(likest);
    speaks.then(|| Contradiction { sources: one_of_each_source(&best.all), balance })
}

/// Whether at least so much speaks for the attestation that `wanted` picks, which agrees with the draft, when all are weighed against
/// each other.
pub(super) fn weighs<A: Attested>(
    least: f64,
    answers: &[A],
    today: Option<Date>,
    verdict: impl Fn(&A) -> Agreement,
    wanted: impl Fn(&A) -> bool,
) -> bool {
    if !answers.iter().any(&wanted) {
        return false;
    }
    let judged = judged(answers, today, verdict);
    // For it speaks at most all that agrees, and against it at least all that differs.
    if against_each_other(odds(&judged, true), odds(&judged, false)) < least {
        return false;
    }
    let given = weighed(judged);
    let one = given.iter().find(|given| given.all.iter().any(|(attested, _)| wanted(attested)));
    one.is_some_and(|one| balance(one, &given, |other| other.mass) >= least)
}

/// The odds of one value against all others, as `against` weighs them, and against none being meant; a logarithm.
fn balance<A>(one: &Given<'_, A>, given: &[Given<'_, A>], against: impl Fn(&Given<'_, A>) -> f64) -> f64 {
    let others: f64 = given.iter().filter(|other| !std::ptr::eq(*other, one)).map(against).sum();
    against_each_other(one.mass, others)
}

/// The odds of one thing against another and against neither, a logarithm.
fn against_each_other(one: f64, other: f64) -> f64 {
    one.ln() - (1.0 + other).ln()
}

/// The odds of all that agree with the draft, or of all that differ.
fn odds<A>(judged: &[Judged<'_, A>], agree: bool) -> f64 {
    judged.iter().filter(|one| one.agrees == agree).map(|one| one.likeness.exp()).sum()
}

/// An attestation beside the draft's value.
struct Judged<'a, A> {
    attested: &'a A,
    agrees: bool,
    likeness: f64,
}

/// The attestations that can be compared with the draft's value.
fn judged<A: Attested>(answers: &[A], today: Option<Date>, verdict: impl Fn(&A) -> Agreement) -> Vec<Judged<'_, A>> {
    let judge = |attested| {
        let agrees = match verdict(attested) {
            Agreement::Apart => return None,
            Agreement::Agree => true,
            Agreement::Differ => false,
        };
        Some(Judged { attested, agrees, likeness: attested.likeness().on(today) })
    };
    answers.iter().filter_map(judge).collect()
}

/// The same by their values.
fn weighed<A: Attested>(judged: Vec<Judged<'_, A>>) -> Vec<Given<'_, A>> {
    let mut given: Vec<Given<'_, A>> = Vec::new();
    for Judged { attested, agrees, likeness } in judged {
        let mass = likeness.exp();
        match given.iter_mut().find(|other| other.agrees == agrees && other.all[0].0.is_like(attested)) {
            Some(other) => {
                other.all.push((attested, likeness));
                other.mass += mass;
            }
            None => given.push(Given { all: vec![(attested, likeness)], agrees, mass }),
        }
    }
    for given in &mut given {
        given.all.sort_by(|(_, a), (_, b)| b.total_cmp(a));
    }
    given
}

fn one_of_each_source<'a, A: Attested>(all: &[(&'a A, f64)]) -> Vec<&'a A> {
    let mut out: Vec<&A> = Vec::new();
    for &(attested, _) in all {
        if !out.iter().any(|other| other.citation().source == attested.citation().source) {
            out.push(attested);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::{Matter, Signs, SourceHeader};
    use crate::text::Position;

    struct Given {
        value: u32,
        likeness: Likeness,
        citation: Citation,
    }

    impl Given {
        /// A value that a source gives, with one sign that speaks for it.
        fn new(value: u32, sign: Sign, much: f64) -> Self {
            let mut signs = Signs::default();
            signs.set(sign, much);
            let (start, source) = (Position::default(), SourceHeader::default());
            let citation = Citation { source: source.into(), start, end: start, sentence: format!("It rose by {value}%.").into() };
            Self { value, likeness: Likeness::new(signs, Matter::Figure, None), citation }
        }
    }

    impl Attested for Given {
        fn likeness(&self) -> &Likeness {
            &self.likeness
        }

        fn citation(&self) -> &Citation {
            &self.citation
        }

        fn is_like(&self, other: &Self) -> bool {
            self.value == other.value
        }
    }

    #[test]
    fn what_shares_only_vague_words_has_to_be_the_likelier() {
        let is_found = |vague: f64, least: f64| {
            let given = [Given::new(8, Sign::Vague, vague)];
            contradicting(&given, None, Scale { least, agreeing: 0.0 }, |_| Agreement::Differ, |_| 0.0, |_| 0.0).is_some()
        };
        assert!(is_found(0.0, -1.0));
        assert!(!is_found(1.0, -1.0));
        assert!(is_found(1.0, -3.0));
    }

    #[test]
    fn of_two_values_the_one_that_a_slip_makes_sooner_is_meant() {
        let given = [Given::new(120, Sign::Telling, 2.0), Given::new(12_000, Sign::Telling, 1.0)];
        let meant = |unlikely: fn(&Given) -> f64| {
            let found = contradicting(&given, None, Scale { least: -5.0, agreeing: 0.0 }, |_| Agreement::Differ, unlikely, |_| 0.0);
            found.map(|found| found.sources[0].value)
        };
        assert_eq!(meant(|_| 0.0), Some(120));
        assert_eq!(meant(|given| if given.value < 1000 { 5.0 } else { 0.0 }), Some(12_000));
    }
}
