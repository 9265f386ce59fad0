//! One draft spells one name in two ways.

use std::cell::OnceCell;
use std::hash::BuildHasher as _;
use std::sync::Arc;

use rustc_hash::{FxBuildHasher, FxHashMap};

use super::Case;
use super::spelling::{self, Named, is_word_of_its_own, slip};
use super::thresholds::WORD;
use crate::corpus::Record;
use crate::document::ProseSpan;
use crate::finding::{Applicability, Family, Finding, RuleInfo, Severity};
use crate::gazetteer::{Romanised, Script, exonyms, is_demonym, places, same_name, script_of};
use crate::reader::{MentionKind, NameMention, PersonName, Spelling, SubjectKind};
use crate::text::{folded, is_upper, name_key};

pub(super) static RULE: RuleInfo = RuleInfo {
    name: "name-mixed",
    family: Family::Name,
    severity: Severity::Warning,
    fixes: Applicability::Safe,
    page: include_str!("../../docs/rules/name-mixed.md"),
};

/// The longest letter, in bytes: by so much a slip may lengthen a name.
const MOST_BYTES: usize = 4;

/// With so many later ones a name is compared: of more that are like it nobody could say which is the slip.
const MOST_ALIKE: usize = 10;
/// With so many of one sound, which takes long to tell.
const MOST_OF_ONE_SOUND: usize = 8;
/// And so many that have one thing in common with it are looked at.
const MOST_LOOKED_AT: usize = 256;

/// What two ways of writing one name have in common; where it is their sound, in which script.
type Key = (u64, Option<Script>);

/// One way the draft writes a name, or a surname, with all by which it is compared.
struct Written<'n, 'a> {
    named: &'n Named<'a>,
    /// As written.
    form: &'a str,
    /// Outside quotations, in the order of the text.
    places: Vec<ProseSpan>,
    spelling: Arc<Spelling>,
    /// A person's first given name, folded; empty where none is given.
    given: String,
    /// The script that it comes from.
    given_script: Option<Script>,
    /// What else a place is called, folded.
    exonyms: Vec<String>,
}

/// Of each way of writing, once it is asked for: what its key is compared by as a romanisation of each script.
type Sounds<'w> = [OnceCell<Romanised<'w>>; Script::ALL.len()];

pub(super) fn check(case: &Case<'_>) -> Vec<Finding> {
    let written = written(case, case.names());
    let sounds: Vec<OnceCell<Box<Sounds<'_>>>> = written.iter().map(|_| OnceCell::new()).collect();
    let sound = |index: usize, script: Script| {
        let of_index = sounds[index].get_or_init(Box::default);
        of_index[script as usize].get_or_init(|| Romanised::of(&written[index].spelling.key, script))
    };
    let bearers = Bearers::of(&written);
    let mut findings = Vec::new();
    for (index, alike) in alike(&written).into_iter().enumerate() {
        let one = &written[index];
        for other in alike {
            let sounds_alike = |script| sound(index, script).is_one_with(sound(other, script));
            let other = &written[other];
            let is_one = is_one_name(one, other, sounds_alike);
            if is_one && !bearers.own(one, other) && !bearers.own(other, one) {
                findings.extend(report(case, one, other));
            }
        }
    }
    findings
}

/// For each way of writing a name the later ones that may be the same name.
fn alike(written: &[Written<'_, '_>]) -> Vec<Vec<usize>> {
    let mut keys: Vec<(Key, usize)> =
        written.iter().enumerate().flat_map(|(index, one)| one.keys().into_iter().map(move |key| (key, index))).collect();
    keep_shared(&mut keys);
    keys.sort_unstable();
    keys.dedup();
    let mut alike = vec![Vec::new(); written.len()];
    for sharing in keys.chunk_by(|(one, _), (other, _)| one == other) {
        for (at, &((_, script), one)) in sharing.iter().enumerate() {
            let may_be_one = |&other: &usize| script.is_none_or(|script| written[one].is_of(script) || written[other].is_of(script));
            let later = sharing[at + 1..].iter().take(MOST_LOOKED_AT).map(|&(_, later)| later);
            alike[one].extend(later.filter(may_be_one).take(if script.is_some() { MOST_OF_ONE_SOUND } else { MOST_ALIKE }));
        }
    }
    for later in &mut alike {
        later.sort_unstable();
        later.dedup();
        later.truncate(MOST_ALIKE);
        later.shrink_to_fit();
    }
    alike
}

/// Drops most of the keys that one alone has: few are shared, and putting all in order would take longer than all else here.
fn keep_shared(keys: &mut Vec<(Key, usize)>) {
    /// More slots for each key: fewer that share one by chance.
    const SLOTS_EACH: usize = 4;
    let slots = (keys.len() * SLOTS_EACH).next_power_of_two();
    let slot = |((hash, script), _): &(Key, usize)| {
        let script = script.map_or(u64::from(u8::MAX), |script| script as u64);
        // The upper bits: hashes made by multiplying are mixed best there.
        (hash.rotate_left(script as u32) >> 40) as usize & (slots - 1)
    };
    // By whom a slot is taken: nobody, one way of writing, or several.
    let mut taken_by: Vec<Option<Option<usize>>> = vec![None; slots];
    for key in &*keys {
        let by = &mut taken_by[slot(key)];
        *by = Some(match *by {
            None => Some(key.1),
            Some(one) => one.filter(|one| *one == key.1),
        });
    }
    keys.retain(|key| taken_by[slot(key)] == Some(None));
}

fn written<'n, 'a>(case: &Case<'a>, names: &'n [Named<'a>]) -> Vec<Written<'n, 'a>> {
    let mut all = Vec::new();
    for named in names {
        let mentions: Vec<_> = named.mentions.iter().copied().filter(|mention| !mention.in_quote).collect();
        let mut forms: Vec<&'a str> = Vec::new();
        for mention in &mentions {
            let form = match &mention.kind {
                MentionKind::Name(NameMention { person: Some(person), .. }) => person.surname.as_deref().unwrap_or_default(),
                _ => case.document.words(mention.at),
            };
            // A headline in capitals spells nothing otherwise.
            if !form.is_empty() && !forms.contains(&form) && !is_upper(form) {
                forms.push(form);
            }
        }
        for form in forms {
            let places = spelling::places_of_word(case, &mentions, form);
            if let Some(&first) = places.first() {
                all.push(Written::new(named, form, case.reading.spelling(first, form), places));
            }
        }
    }
    all
}

impl<'n, 'a> Written<'n, 'a> {
    fn new(named: &'n Named<'a>, form: &'a str, spelling: Arc<Spelling>, places: Vec<ProseSpan>) -> Self {
        let given = named.person.first_given_key().unwrap_or_default();
        let exonyms = if named.is_person() { None } else { exonyms(&spelling.key) };
        Self {
            named,
            given_script: if given.is_empty() { None } else { script_of([&*given]) },
            exonyms: exonyms.into_iter().flatten().map(name_key).collect(),
            form,
            places,
            spelling,
            given,
        }
    }

    fn is_of(&self, script: Script) -> bool {
        [self.spelling.script, self.given_script].contains(&Some(script))
    }

    /// What it has in common with all that may be the same name: two that share none of these are two names.
    fn keys(&self) -> Vec<Key> {
        let mut keys: Vec<Key> = self.spelling.slips.iter().map(|&slip| (slip, None)).collect();
        keys.extend(self.exonyms.iter().map(|name| (Spelling::hash_of(name), None)));
        keys.extend(decided(self.named).map(|record| (FxBuildHasher.hash_one(&record.name), None)));
        if self.named.is_person() {
            keys.extend(self.spelling.skeleton.keys().map(|(script, key)| (key, Some(script))));
        }
        keys
    }
}

/// The given names beside each surname, as the draft writes it.
struct Bearers<'w>(FxHashMap<&'w str, Vec<&'w str>>);

impl<'w> Bearers<'w> {
    fn of(written: &'w [Written<'_, '_>]) -> Self {
        let mut bearers: FxHashMap<_, Vec<_>> = FxHashMap::default();
        for one in written.iter().filter(|one| !one.given.is_empty()) {
            let given = bearers.entry(one.form).or_default();
            // One who differs from another is enough: with two there is a third whoever is asked about.
            if given.len() < 2 && !given.contains(&&*one.given) {
                given.push(&*one.given);
            }
        }
        Self(bearers)
    }

    /// Whether a bare surname is that of a third person, whom the draft names so in full.
    fn own(&self, bare: &Written<'_, '_>, other: &Written<'_, '_>) -> bool {
        let is_third = |given: &&str| *given != other.given;
        bare.given.is_empty() && !other.given.is_empty() && self.0.get(bare.form).is_some_and(|given| given.iter().any(is_third))
    }
}

fn is_one_name(one: &Written<'_, '_>, other: &Written<'_, '_>, sounds_alike: impl Fn(Script) -> bool) -> bool {
    if one.named.subject.kind != other.named.subject.kind || one.form == other.form {
        return false;
    }
    if one.spelling.key == other.spelling.key {
        // An accent here and none there; hyphens, capitals and kinds of marks are left alone.
        let letters = |form: &str| form.to_lowercase().replace(|c: char| !c.is_alphanumeric(), "");
        let (x, y) = (&*one.given, &*other.given);
        // Two of a family, one of whom leaves the accent out.
        if !(x.is_empty() || y.is_empty() || x == y || PersonName::may_be_initial_of(x, y)) {
            return false;
        }
        return folded(one.form) == folded(other.form) && letters(one.form) != letters(other.form);
    }
    if std::ptr::eq(one.named.subject, other.named.subject) {
        return false;
    }
    if let (Some(first), Some(second)) = (decided(one.named), decided(other.named)) {
        if first.name != second.name {
            return false;
        }
        if is_alias(first, one.form) != is_alias(second, other.form) {
            return true;
        }
    }
    if !one.named.is_person() {
        return one.exonyms.contains(&other.spelling.key) || is_slip_of(one, other);
    }
    let (a, b) = (&*one.spelling.key, &*other.spelling.key);
    let is_romanisation = |script: Option<Script>| {
        script.is_some_and(|script| one.spelling.skeleton.may_be(other.spelling.skeleton, script) && sounds_alike(script))
    };
    let script = one.spelling.script.or(other.spelling.script);
    let (x, y) = (&*one.given, &*other.given);
    let of_its_own_script = is_romanisation(script);
    if x.is_empty() && y.is_empty() && !of_its_own_script {
        return false;
    }
    let romanised = of_its_own_script || script.is_none() && is_romanisation(one.given_script);
    let may_be_one = || {
        let script = one.given_script.or(other.given_script).or(one.spelling.script);
        x.is_empty()
            || y.is_empty()
            || x == y
            || script.is_some_and(|script| same_name(x, y, script))
            || PersonName::may_be_initial_of(x, y)
    };
    let both_known = || one.named.sources_with(a) > 0 && other.named.sources_with(b) > 0;
    (romanised || is_slip_of(one, other) && !both_known()) && may_be_one()
}

/// Whom or what the desk has decided on under this name.
fn decided<'n>(named: &'n Named<'_>) -> Option<&'n Record> {
    named.known().filter(|record| record.decision.is_some())
}

/// Whether a form is one of those that the desk doesn't use, or its surname is.
fn is_alias(record: &Record, form: &str) -> bool {
    let surname = |alias: &str| (record.kind == SubjectKind::Person).then(|| PersonName::parse(alias).surname).flatten();
    let is_form = |alias: &String| alias == form || surname(alias).as_deref() == Some(form);
    record.preferred_surname() != Some(form) && record.decision.iter().flat_map(|decision| &decision.aliases).any(is_form)
}

/// Whether the rarer of two spellings is a slip of the other, and nothing in its own right.
fn is_slip_of(one: &Written<'_, '_>, other: &Written<'_, '_>) -> bool {
    // One letter for another, at most.
    if (one.spelling.letters ^ other.spelling.letters).count_ones() > 2
        || one.spelling.key.len().abs_diff(other.spelling.key.len()) > MOST_BYTES
    {
        return false;
    }
    let (a, b) = (one.spelling.key.split(' '), other.spelling.key.split(' '));
    if a.clone().count() != b.clone().count() {
        return false;
    }
    let mut differ = a.zip(b).filter(|(x, y)| x != y);
    let (Some((x, y)), None) = (differ.next(), differ.next()) else { return false };
    if is_upper(one.form) || is_upper(other.form) || [one.form, other.form].into_iter().any(|form| form.split([' ', '-']).any(is_demonym)) {
        return false;
    }
    let (rare, word) = if one.places.len() < other.places.len() { (one, x) } else { (other, y) };
    let own = |written: &Written<'_, '_>, word: &str| is_word_of_its_own(word) || written.named.sources_with(word) > 0;
    // Level: only where one of the two is nothing in its own right.
    let fine = if one.places.len() == other.places.len() { own(one, x) && own(other, y) } else { own(rare, word) };
    // "North Korean", "North Korea": a country and its people; "Channel 334", "Channel 335".
    let derived = [(x, y), (y, x)].iter().any(|(long, short)| long.starts_with(short) && places(short).next().is_some());
    let numbered = x.contains(char::is_numeric) || y.contains(char::is_numeric);
    !derived && !numbered && x.chars().count() >= WORD && y.chars().count() >= WORD && !fine && slip(x, y) == Some(1)
}

fn report(case: &Case<'_>, one: &Written<'_, '_>, other: &Written<'_, '_>) -> Vec<Finding> {
    let record = |written: &Written<'_, '_>| {
        written
            .named
            .answer
            .and_then(|answer| answer.known.first().cloned().or_else(|| answer.near.first().map(|near| near.record.clone())))
    };
    let records = [record(one), record(other)];
    // How many sources write it so, whoever they speak of.
    let weight = |form: &str| {
        records
            .iter()
            .flatten()
            .flat_map(|record| record.surnames())
            .filter(|&(known, _)| known == form)
            .map(|(_, count)| count)
            .max()
            .unwrap_or(0)
    };
    let (first, second) = (weight(one.form), weight(other.form));
    let is_decided = |form: &str| {
        let decided = records.iter().flatten().filter(|record| record.decision.is_some());
        decided.filter_map(|record| record.preferred_surname()).any(|preferred| preferred == form)
    };
    let keep_one = match one.places.len().cmp(&other.places.len()) {
        _ if is_decided(one.form) != is_decided(other.form) => is_decided(one.form),
        std::cmp::Ordering::Greater => true,
        std::cmp::Ordering::Less => false,
        std::cmp::Ordering::Equal if first != second => first > second,
        std::cmp::Ordering::Equal => one.places.first() <= other.places.first(),
    };
    let (kept, rarer, sources) = if keep_one { (one, other, first) } else { (other, one, second) };
    let (wrong, right) = spelling::differing(rarer.form, kept.form);
    let places: Vec<ProseSpan> = spelling::places_of_word(case, &rarer.named.mentions, &wrong)
        .into_iter()
        .filter(|at| rarer.places.iter().any(|place| place.block == at.block && place.span.covers(at.span)))
        .collect();
    let times = |count: usize| if count == 1 { "once".to_owned() } else { format!("{count} times") };
    let evidence = records.iter().flatten().next().map(|record| spelling::evidence(record, &right)).unwrap_or_default();
    let sources = match sources {
        _ if is_decided(kept.form) => ", and so does the stylebook".to_owned(),
        0 => String::new(),
        1 => ", and so does 1 source".to_owned(),
        count => format!(", and so do {count} sources"),
    };
    let message = format!("The draft spells this name “{}” here and “{}” {} elsewhere{sources}", wrong, right, times(kept.places.len()));
    let mut findings = spelling::finding(case, &RULE, &places, &right, &message, &evidence);
    let elsewhere = kept.places.first().map(|&at| (case.document.to_source(at), format!("“{}” here", kept.form)));
    for finding in &mut findings {
        finding.related.extend(elsewhere.clone());
    }
    findings
}
