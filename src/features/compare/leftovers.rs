//! Old values that were left standing: what was changed in one place of a draft, and meant the same in another.

use std::hash::Hash;

use rust_decimal::Decimal;
use rustc_hash::{FxHashMap, FxHashSet};

use super::{ChangeKind, Laid, Replaced, Version};
use crate::corpus::identity::may_be_one;
use crate::corpus::{DateQuestion, Matter, Sign, Signs, Telling, Weighed, how_telling, signs};
use crate::document::ProseSpan;
use crate::finding::{Finding, Fix};
use crate::gazetteer::contrasts::exclude;
use crate::reader::{
    Agreement, Context, Dimension, FigureMention, Mention, MentionId, MentionKind, PartialDate, Quote, SubjectId, SubjectKind, Title, Word,
    compare_values,
};
use crate::rules::{LEFTOVER, agree_as_titles};
use crate::text::{Span, name_key, slip};
use crate::thresholds::{DATE_TOLD_ALIKE, LEFT_OF_A_QUOTE, SAME_THING, TELLS_BY_ITSELF};

/// So many places that have what was changed are looked at for each change: nobody mends more of them by hand.
const MOST_LOOKED_AT: usize = 200;
/// And so many changes each such place is held against: in a long list of one form it would be all of them.
const MOST_HELD_AGAINST: usize = 24;

/// What two mentions have to have in common for the one to be what was changed in the other.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Thing {
    Name(SubjectId),
    Holder(SubjectId),
    Value(Decimal),
    Day(PartialDate),
}

/// What is looked up for each change, gathered once.
struct Look<'a> {
    /// The mentions that are as they were.
    unchanged: FxHashMap<Thing, Vec<Replaced>>,
    /// What became what.
    swaps: FxHashSet<(&'a str, &'a str)>,
    /// Those of the old version who were introduced by a full name and no longer are.
    alone: FxHashSet<SubjectId>,
    /// The quotations of the new version by some of their words.
    quoted: FxHashMap<Vec<u64>, Vec<MentionId>>,
}

/// How many changes each place has been held against.
#[derive(Default)]
struct Held(FxHashMap<MentionId, usize>);

impl Held {
    /// Whether a place is to be held against one more.
    fn once_more(&mut self, place: MentionId) -> bool {
        let times = self.0.entry(place).or_default();
        *times += 1;
        *times <= MOST_HELD_AGAINST
    }
}

/// What was left, by its place in the new version.
pub(super) fn find(laid: &Laid<'_>, replaced: &[Replaced]) -> Vec<Finding> {
    let look = Look::of(laid, replaced);
    let mut held = Held::default();
    let mut findings: Vec<Finding> = Vec::new();
    let mut pointed_at = FxHashSet::default();
    for &change in replaced {
        if ChangeKind::of(laid.old.mention(change.old)) == ChangeKind::Quote {
            for (id, span) in left_of_quote(laid, &look, &mut held, change) {
                if pointed_at.insert(span) {
                    findings.push(finding(laid, change, id, span));
                }
            }
            continue;
        }
        // Of two values that changed places neither was left.
        let is_swapped = look.swaps.contains(&(laid.new.words(change.new), laid.old.words(change.old)));
        let Some(thing) = thing(laid.old, change.old).filter(|_| is_plain(laid.new, change.new) && !is_swapped) else { continue };
        let alike = look.unchanged.get(&thing).into_iter().flatten().filter(|pair| pair.old != change.old).take(MOST_LOOKED_AT);
        for pair in alike.filter(|pair| is_plain(laid.new, pair.new)) {
            let span = laid.new.span(pair.new);
            if pointed_at.contains(&span) || !held.once_more(pair.new) {
                continue;
            }
            let is_left = match (&laid.old.mention(change.old).kind, &laid.old.mention(pair.old).kind) {
                (MentionKind::Name(_), MentionKind::Name(_)) => is_left_name(laid, &look, change, *pair),
                (MentionKind::Title(one), MentionKind::Title(other)) => is_left_title(laid, change, (one, other)),
                (MentionKind::Figure(one), MentionKind::Figure(other)) => is_left_figure(laid, change, *pair, (one, other)),
                (MentionKind::Date(_), MentionKind::Date(_)) => is_left_date(laid, change, *pair),
                _ => false,
            };
            if is_left {
                pointed_at.insert(span);
                findings.push(finding(laid, change, pair.new, span));
            }
        }
    }
    findings.sort_by_key(|finding| finding.span);
    findings
}

impl<'a> Look<'a> {
    fn of(laid: &Laid<'a>, replaced: &[Replaced]) -> Self {
        let words = |pair: &Replaced| (laid.old.words(pair.old), laid.new.words(pair.new));
        let mut unchanged: FxHashMap<Thing, Vec<Replaced>> = FxHashMap::default();
        for pair in laid.beside.iter().filter(|pair| words(pair).0 == words(pair).1) {
            if let Some(thing) = thing(laid.old, pair.old) {
                unchanged.entry(thing).or_default().push(*pair);
            }
        }
        let mut quoted: FxHashMap<Vec<u64>, Vec<MentionId>> = FxHashMap::default();
        for (id, _) in laid.new.reading.iter() {
            for run in quote(laid.new, id).into_iter().flat_map(runs) {
                quoted.entry(run).or_default().push(id);
            }
        }
        Self { unchanged, swaps: replaced.iter().map(words).collect(), alone: left_alone(laid), quoted }
    }
}

fn thing(version: Version<'_>, id: MentionId) -> Option<Thing> {
    match &version.mention(id).kind {
        MentionKind::Name(name) => Some(Thing::Name(name.subject)),
        MentionKind::Title(title) => title.holder.and_then(|holder| subject(version, holder)).map(Thing::Holder),
        MentionKind::Figure(figure) => Some(Thing::Value(figure.value.normalize())),
        MentionKind::Date(date) => date.value.map(Thing::Day),
        MentionKind::Quote(_) => None,
    }
}

/// Those who were introduced by a full name and are only named by a surname now.
fn left_alone(laid: &Laid<'_>) -> FxHashSet<SubjectId> {
    let is_full = |words: &str| key_words(words).len() > 1;
    let named_anew: FxHashSet<String> =
        laid.come.iter().map(|&id| laid.new.words(id)).filter(|words| is_full(words)).flat_map(key_words).collect();
    let still = |pair: &Replaced| laid.old.words(pair.old) == laid.new.words(pair.new) && is_full(laid.new.words(pair.new));
    let named: FxHashSet<SubjectId> =
        laid.beside.iter().filter(|pair| still(pair)).filter_map(|pair| subject(laid.old, pair.old)).collect();
    let subjects = laid.old.reading.subjects.iter().enumerate().map(|(index, subject)| (SubjectId::new(index), subject));
    let alone = subjects.filter(|(id, subject)| {
        let surname = subject.key.rsplit(' ').next().unwrap_or_default();
        let was_full = || subject.mentions.iter().any(|&id| is_full(laid.old.words(id)));
        subject.kind == SubjectKind::Person && !named.contains(id) && !named_anew.contains(surname) && was_full()
    });
    alone.map(|(id, _)| id).collect()
}

fn quote(version: Version<'_>, id: MentionId) -> Option<&Quote> {
    if let MentionKind::Quote(quote) = &version.mention(id).kind { Some(quote) } else { None }
}

/// Some words in a row, wherever they begin.
fn runs(quote: &Quote) -> Vec<Vec<u64>> {
    let keys: Vec<u64> = quote.compared().iter().filter(|word| word.is_word()).map(|word| word.key).collect();
    keys.windows(LEFT_OF_A_QUOTE).map(<[u64]>::to_vec).collect()
}

/// Whether it is the draft's own word of now: no quotation, no correction, no comparison with what was.
fn is_plain(version: Version<'_>, id: MentionId) -> bool {
    let mention = version.mention(id);
    !mention.in_quote && !version.reading.may_repeat_a_mistake(mention.at) && !version.reading.is_compared(mention.at)
}

fn subject(version: Version<'_>, id: MentionId) -> Option<SubjectId> {
    if let MentionKind::Name(name) = &version.mention(id).kind { Some(name.subject) } else { None }
}

fn key_words(name: &str) -> Vec<String> {
    name_key(name).split(' ').map(str::to_owned).collect()
}

/// A name that has the words which were changed elsewhere, of the same one.
fn is_left_name(laid: &Laid<'_>, look: &Look<'_>, change: Replaced, pair: Replaced) -> bool {
    let Some(who) = subject(laid.old, change.old).filter(|who| Some(*who) == subject(laid.old, pair.old)) else { return false };
    let kind = laid.old.reading.subject(who).kind;
    let (old, new) = (laid.old.words(change.old), laid.new.words(change.new));
    let (own, others) = (key_words(old), key_words(new));
    let changed: Vec<&String> = own.iter().filter(|word| !others.contains(word)).collect();
    // Only accents or marks differ.
    let accents = changed.is_empty() && own == others && old != new;
    let left = laid.new.words(pair.new);
    let has_changed = if accents { left == old } else { key_words(left).iter().any(|word| changed.contains(&word)) };
    // A shorter or fuller form of the name is not another one.
    let adds_alone = own.iter().all(|word| others.contains(word)) && !accents;
    let is_one = match kind {
        SubjectKind::Person | SubjectKind::Organisation => may_be_one(kind, old, new),
        SubjectKind::Place => slip(&name_key(old), &name_key(new)).is_some(),
    };
    let drops_alone = others.iter().all(|word| own.contains(word));
    has_changed && !adds_alone && !drops_alone && (is_one || accents || look.alone.contains(&who))
}

/// The old title of the same person.
fn is_left_title(laid: &Laid<'_>, change: Replaced, (one, other): (&Title, &Title)) -> bool {
    let holder = |title: &Title| title.holder.and_then(|id| subject(laid.old, id));
    let MentionKind::Title(new) = &laid.new.mention(change.new).kind else { return false };
    let is_same = (&one.role, &one.of, one.status) == (&other.role, &other.of, other.status);
    holder(one).is_some()
        && holder(one) == holder(other)
        && is_same
        && !agree_as_titles((one, laid.old.words(change.old)), (new, laid.new.words(change.new)))
}

/// The old value of the same thing.
fn is_left_figure(laid: &Laid<'_>, change: Replaced, pair: Replaced, (one, other): (&FigureMention, &FigureMention)) -> bool {
    let MentionKind::Figure(new) = &laid.new.mention(change.new).kind else { return false };
    let gives_old = compare_values(one, other) == Agreement::Agree && compare_values(new, other) == Agreement::Differ;
    gives_old
        && !has_beside(
            laid.new,
            pair.new,
            |mention| matches!(&mention.kind, MentionKind::Figure(figure) if compare_values(figure, new) == Agreement::Agree),
        )
        && are_of_one_thing(one, other)
}

/// Whether the sentence of a mention has another such one: "from €80bn to €90bn".
fn has_beside(version: Version<'_>, id: MentionId, is_such: impl Fn(&Mention) -> bool) -> bool {
    let at = version.mention(id).at;
    version.reading.within(version.reading.sentence(at)).any(|mention| mention.at != at && is_such(mention))
}

/// Whether two equal figures are of one thing, by the words around them. That both have the value says much already where it is one that
/// hardly anything else has.
fn are_of_one_thing(one: &FigureMention, other: &FigureMention) -> bool {
    let (own, others) = (&*one.context, &*other.context);
    let heads = own.head.as_ref().zip(others.head.as_ref());
    if one.dimension == Dimension::Ordinal || heads.is_some_and(|(one, other)| one != other) || are_apart(own, others) {
        return false;
    }
    // A number without a noun beside others may be that of a ward or a row.
    let may_name =
        |figure: &FigureMention| figure.dimension == Dimension::Number && (figure.context.company > 0 || digits(figure) <= TELLS_BY_ITSELF);
    if one.dimension != other.dimension && (may_name(one) || may_name(other)) {
        return false;
    }
    let Some(signs) = signs_between(own, others) else { return false };
    let shares = signs.get(Sign::Telling) > 0.0;
    if one.dimension == Dimension::Age {
        let names = |context: &Context| context.terms.iter().filter(|term| term.name).map(|term| term.word).collect::<FxHashSet<_>>();
        return !names(own).is_disjoint(&names(others));
    }
    if digits(one) >= TELLS_BY_ITSELF { shares } else { signs.likeness(Matter::Figure) >= SAME_THING }
}

/// How many digits of a figure are its own, those that aren't noughts at its ends.
fn digits(figure: &FigureMention) -> usize {
    let digits = figure.written.value.normalize().mantissa().unsigned_abs().to_string();
    digits.trim_end_matches('0').len()
}

/// Whether what both sides say is of two things: of two times, two fates, two members of a set or two bearers of names.
fn are_apart(one: &Context, other: &Context) -> bool {
    let years = |context: &Context| context.periods.iter().filter_map(|period| period.year).collect::<FxHashSet<_>>();
    let months = |context: &Context| context.periods.iter().filter_map(|period| period.month).collect::<FxHashSet<_>>();
    let names = |context: &Context| context.terms.iter().filter(|term| term.name).map(|term| term.word).collect::<FxHashSet<_>>();
    exclude(&one.told, &other.told)
        || one.fate.zip(other.fate).is_some_and(|(one, other)| one != other)
        || part(&years(one), &years(other))
        || part(&months(one), &months(other))
        || part(&names(one), &names(other))
        || are_parallel(one, other)
        || are_rows(one, other)
}

fn part<T: Hash + Eq>(one: &FxHashSet<T>, other: &FxHashSet<T>) -> bool {
    !one.is_empty() && !other.is_empty() && one.is_disjoint(other)
}

/// Whether two sentences have the same words and other numbers beside, as the rows of a list have.
fn are_rows(one: &Context, other: &Context) -> bool {
    let shared = one.terms.iter().filter(|term| other.terms.binary_search_by_key(&term.word, |term| term.word).is_ok()).count();
    let are_alike = shared.saturating_mul(3) >= one.terms.len().max(other.terms.len()).saturating_mul(2);
    let has_others = !one.values.is_empty() && !other.values.is_empty();
    are_alike && has_others && !one.values.iter().any(|value| other.values.contains(value))
}

/// Whether two sentences are one but for a word, and so tell of two things in one form.
fn are_parallel(one: &Context, other: &Context) -> bool {
    let shared = one.terms.iter().filter(|term| other.terms.binary_search_by_key(&term.word, |term| term.word).is_ok()).count();
    one.terms.len() == other.terms.len() && shared > 1 && shared.saturating_add(1) == one.terms.len()
}

fn signs_between(one: &Context, other: &Context) -> Option<Signs> {
    let telling = |context: &Context| Telling::new(context, context.terms.iter().map(|term| how_telling(term.word, 0, 0)).collect());
    let (own, others) = (telling(one), telling(other));
    signs(Weighed { context: one, telling: &own }, Weighed { context: other, telling: &others })
}

/// The old date of the same event.
fn is_left_date(laid: &Laid<'_>, change: Replaced, pair: Replaced) -> bool {
    let date = |version: Version<'_>, id: MentionId| if let MentionKind::Date(date) = version.mention(id).kind { date.value } else { None };
    let (Some(old), Some(other), Some(new)) = (date(laid.old, change.old), date(laid.old, pair.old), date(laid.new, change.new)) else {
        return false;
    };
    if !old.may_be(other) || new.may_be(other) || is_vaguer(other, old) {
        return false;
    }
    let beside = |mention: &Mention| matches!(&mention.kind, MentionKind::Date(date) if date.value.is_some_and(|value| value.may_be(new)));
    let question = |id: MentionId| DateQuestion::about(laid.old.reading, laid.old.mention(id));
    let (Some(one), Some(two)) = (question(change.old), question(pair.old)) else { return false };
    if one.is_of_speech() != two.is_of_speech() || has_beside(laid.new, pair.new, beside) {
        return false;
    }
    let names_apart = are_apart(
        &Context { periods: Vec::new(), ..Context::clone(&one.context) },
        &Context { periods: Vec::new(), ..Context::clone(&two.context) },
    );
    !names_apart && signs_between(&one.context, &two.context).is_some_and(|signs| signs.get(Sign::Shared) >= DATE_TOLD_ALIKE)
}

/// Whether a date leaves out a part that the other has and that was changed: "in March" is no leftover of "on 3 March".
fn is_vaguer(one: PartialDate, other: PartialDate) -> bool {
    one.day.is_none() && other.day.is_some() || one.month.is_none() && other.month.is_some()
}

/// Where other quotations have words that were changed in one, with some of those around them.
fn left_of_quote(laid: &Laid<'_>, look: &Look<'_>, held: &mut Held, change: Replaced) -> Vec<(MentionId, Span)> {
    let (Some(old), Some(new)) = (quote(laid.old, change.old), quote(laid.new, change.new)) else { return Vec::new() };
    let still: FxHashSet<Vec<u64>> = runs(new).into_iter().collect();
    let gone: FxHashSet<Vec<u64>> = runs(old).into_iter().filter(|run| !still.contains(run)).collect();
    let mut others: Vec<MentionId> = Vec::new();
    // In the order of the words, lest it depend on the hashes.
    for run in runs(old).into_iter().filter(|run| gone.contains(run)) {
        others.extend(look.quoted.get(&run).into_iter().flatten().filter(|id| **id != change.new).take(MOST_LOOKED_AT));
    }
    others.sort_unstable();
    others.dedup();
    let mut found = Vec::new();
    for id in others.into_iter().take(MOST_LOOKED_AT) {
        let (mention, Some(other)) = (laid.new.mention(id), quote(laid.new, id)) else { continue };
        if !held.once_more(id) || laid.new.reading.may_repeat_a_mistake(mention.at) {
            continue;
        }
        let words: Vec<&Word> = other.compared().iter().filter(|word| word.is_word()).collect();
        let is_left = |run: &[&Word]| gone.contains(&run.iter().map(|word| word.key).collect::<Vec<u64>>());
        let left: Vec<&[&Word]> = words.windows(LEFT_OF_A_QUOTE).filter(|run| is_left(run)).collect();
        let (Some(first), Some(last)) = (left.first().and_then(|run| run.first()), left.last().and_then(|run| run.last())) else {
            continue;
        };
        // The words are those between the marks, as they stand.
        let start = mention.at.span.start.saturating_add(first.span.start);
        let end = mention.at.span.start.saturating_add(last.span.end).min(mention.at.span.end);
        found.push((id, laid.new.document.to_source(ProseSpan { span: Span::new(start, end), ..mention.at })));
    }
    found
}

fn finding(laid: &Laid<'_>, change: Replaced, left: MentionId, span: Span) -> Finding {
    let (old, new) = (laid.old.words(change.old), laid.new.words(change.new));
    let document = laid.new.document;
    let place = laid.new.span(change.new);
    let line = document.position(place.start).line.saturating_add(1);
    let words = span.text(document.source());
    let is_quote = matches!(laid.new.mention(left).kind, MentionKind::Quote(_));
    let message = if is_quote {
        format!("the quotation in line {line} has been changed; “{words}” still stands here")
    } else {
        format!("line {line} has {new} in place of {old}; {words} still stands here")
    };
    let fix = if is_quote { None } else { replacement(words, old, new) };
    let fix = fix.and_then(|fixed| {
        let edit = document.replace(laid.new.mention(left).at, &fixed)?;
        Some(Fix::new(format!("Change to “{fixed}”"), vec![edit]))
    });
    Finding {
        rule: &LEFTOVER,
        severity: LEFTOVER.severity,
        span,
        message,
        evidence: Vec::new(),
        related: vec![(place, format!("{new} here"))],
        fixes: fix.into_iter().collect(),
    }
}

/// What should stand where some words were left: the new ones where they are the old ones, and of a name the one word that was changed.
fn replacement(words: &str, old: &str, new: &str) -> Option<String> {
    if words == old {
        return Some(new.to_owned());
    }
    let (one, other): (Vec<&str>, Vec<&str>) = (old.split(' ').collect(), new.split(' ').collect());
    let mut changed = one.iter().zip(&other).filter(|(one, other)| one != other);
    let (from, to) = changed.next().filter(|_| one.len() == other.len())?;
    if changed.next().is_some() || !words.split(' ').any(|word| word == *from) {
        return None;
    }
    Some(words.split(' ').map(|word| if word == *from { *to } else { word }).collect::<Vec<_>>().join(" "))
}
