//! Weighs what the sources give against what the draft has: which of their values, if any, are of the same thing. Shared by
//! the rules on figures and on dates.

use crate::corpus::{Citation, Signs};
use crate::reader::Agreement;

/// What a source gives, as far as it is weighed here.
pub(super) trait Attested {
    fn signs(&self) -> &Signs;
    fn citation(&self) -> &Citation;
    /// Whether another source gives the same value.
    fn is_like(&self, other: &Self) -> bool;
}

/// How much has to speak for one thing, in logarithms of odds as [`Signs::on_balance`] gives them.
#[derive(Clone, Copy, Debug)]
pub(super) struct Scale {
    /// The least that has to speak for one thing.
    pub(super) least: f64,
    /// What is asked for besides where some source has the draft's value, in whatever context.
    pub(super) where_attested: f64,
}

/// How far an agreeing value must be behind, and how far where it stands in the very sentence.
const BEHIND: f64 = 1.5;
const BEHIND_IN_SENTENCE: f64 = 2.0;
/// Other values that differ from the draft's, and come so close to the likest, leave it open which is meant.
const OPEN: f64 = 0.3;

/// One value that the sources give, with all that give it.
struct Given<'a, A> {
    all: Vec<&'a A>,
    agrees: bool,
    balance: f64,
}

/// The sources that give another value for the same thing, the likest first; none where they agree with the draft, or
/// leave it open. `verdict` compares a value with the draft's.
pub(super) fn contradicting<A: Attested>(answers: &[A], scale: Scale, verdict: impl Fn(&A) -> Agreement) -> Option<Contradiction<'_, A>> {
    let given = balanced(answers, verdict);
    let best = given.iter().filter(|given| !given.agrees).max_by(|a, b| a.balance.total_cmp(&b.balance))?;
    let agreeing = || given.iter().filter(|given| given.agrees);
    let least = scale.least + if agreeing().next().is_some() { scale.where_attested } else { 0.0 };
    let sentence = &best.all.first()?.citation().sentence;
    let is_behind = |other: &Given<'_, A>| {
        let beside = other.all.iter().any(|attested| attested.citation().sentence == *sentence);
        best.balance - other.balance >= if beside { BEHIND_IN_SENTENCE } else { BEHIND }
    };
    let open = given.iter().any(|other| !other.agrees && !std::ptr::eq(other, best) && other.balance > best.balance - OPEN);
    let clear = best.balance >= least && agreeing().all(is_behind) && !open;
    clear.then(|| Contradiction { sources: one_of_each_source(&best.all), balance: best.balance })
}

pub(super) struct Contradiction<'a, A> {
    /// One attestation of each source, the likest first.
    pub(super) sources: Vec<&'a A>,
    /// How much speaks for one thing.
    pub(super) balance: f64,
}

/// How much speaks for each attestation that `wanted` picks, when all are weighed against each other.
pub(super) fn balance_of<A: Attested>(answers: &[A], verdict: impl Fn(&A) -> Agreement, wanted: impl Fn(&A) -> bool) -> Option<f64> {
    balanced(answers, verdict).into_iter().find(|given| given.all.iter().any(|attested| wanted(attested))).map(|given| given.balance)
}

fn balanced<A: Attested>(answers: &[A], verdict: impl Fn(&A) -> Agreement) -> Vec<Given<'_, A>> {
    let mut given: Vec<Given<'_, A>> = Vec::new();
    for attested in answers {
        let agrees = match verdict(attested) {
            Agreement::Apart => continue,
            Agreement::Agree => true,
            Agreement::Differ => false,
        };
        match given.iter_mut().find(|other| other.agrees == agrees && other.all[0].is_like(attested)) {
            Some(other) => other.all.push(attested),
            None => given.push(Given { all: vec![attested], agrees, balance: 0.0 }),
        }
    }
    let sights: Vec<f64> = given.iter().map(|given| at_first_sight(&given.all)).collect();
    for (given, own) in given.iter_mut().zip(&sights) {
        let others: f64 = sights.iter().map(|sight| (2.0 * (sight - own)).min(5.0).exp()).sum();
        given.balance = given.all[0].signs().on_balance(others.ln());
    }
    given
}

/// What speaks for a value at first sight: its likest attestation, and a little that several sources give it.
fn at_first_sight<A: Attested>(all: &[&A]) -> f64 {
    let likest = all.first().map_or(0.0, |attested| attested.signs().at_first_sight());
    likest + 0.25 * f64::from(one_of_each_source(all).len() as u32).ln()
}

fn one_of_each_source<'a, A: Attested>(all: &[&'a A]) -> Vec<&'a A> {
    let mut out: Vec<&A> = Vec::new();
    for attested in all {
        if !out.iter().any(|other| other.citation().source == attested.citation().source) {
            out.push(attested);
        }
    }
    out
}
