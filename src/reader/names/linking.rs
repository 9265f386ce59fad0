//! Which forms of a text mean the same person, place or organisation: the surname the fuller name, the abbreviation the
//! organisation. Members of one family stay apart.

use rustc_hash::FxHashMap;

use super::NameMention;
use super::beside_names::BESIDE_NAMES;
use super::candidates::OwnWords;
use super::forms::{Form, Forms};
use super::kinds::initials;
use crate::document::{Document, ProseSpan};
use crate::gazetteer::{Sex, WordClass, is_leader, may_be_one_given_name, sex_of, word_class};
use crate::reader::link::LinkedNames;
use crate::reader::{PersonName, Subject, SubjectId, SubjectKind};
use crate::text::{edit_distance, is_upper};

pub(super) fn link(forms: &Forms<'_>, document: &Document) -> LinkedNames {
    let Leaders { leaders, namesakes } = leaders(forms);
    // The first abbreviation of each stands.
    let acronyms: FxHashMap<usize, usize> = forms.acronyms.iter().rev().copied().collect();
    let mut ids: FxHashMap<usize, SubjectId> = FxHashMap::default();
    let mut linked = LinkedNames::default();
    let mut mentions: Vec<(ProseSpan, usize)> =
        forms.mentions.iter().copied().filter(|&(_, index)| forms.all[index].kind.is_some()).collect();
    mentions.sort_by_key(|&(at, _)| (at.block, at.span));
    linked.mentions.reserve(mentions.len());
    // The block in which each was last named.
    let mut named: FxHashMap<usize, u32> = FxHashMap::default();
    for (at, index) in mentions {
        let form = &forms.all[index];
        let bearers = namesakes.get(&index).map(Vec::as_slice);
        let meant = bearers.and_then(|bearers| meant(forms, bearers, &named, at.block, address_before(document, at)));
        let leader = meant.unwrap_or(leaders[index]);
        named.insert(leader, at.block);
        let Some(kind) = forms.all[leader].kind else { continue };
        let subject = *ids.entry(leader).or_insert_with(|| {
            let acronym = acronyms.get(&leader).filter(|_| kind == SubjectKind::Organisation);
            let acronym = acronym.map(|&acronym| forms.all[acronym].written.to_string());
            let OwnWords { key, person, .. } = forms.all[leader].own_words();
            let person = (kind == SubjectKind::Person).then(|| person.clone());
            let (name, key) = (forms.all[leader].name(kind), key.clone());
            linked.subjects.push(Subject { kind, name, key, person, acronym, mentions: Vec::new() });
            SubjectId::new(linked.subjects.len() - 1)
        });
        let person = (kind == SubjectKind::Person).then(|| form.own_words().person.clone());
        linked.mentions.push((at, NameMention { subject, person, title: None }));
    }
    linked
}

/// Which of several people with one surname a mention by that surname alone means: the one whom the form of address fits, the
/// only one whom the paragraph has named so far, the only one whom the text has, or who leads a country; else nobody is
/// known to be meant.
fn meant(forms: &Forms<'_>, bearers: &[usize], named: &FxHashMap<usize, u32>, block: u32, address: Option<Sex>) -> Option<usize> {
    let given = |bearer: usize| forms.all[bearer].words.first().map_or("", AsRef::as_ref);
    let fitting: Vec<usize> =
        bearers.iter().copied().filter(|&bearer| address.is_none_or(|sex| sex_of(given(bearer)).is_none_or(|own| own == sex))).collect();
    let only = |is_one: &dyn Fn(usize) -> bool| {
        let mut found = fitting.iter().copied().filter(|&bearer| is_one(bearer));
        found.next().filter(|_| found.next().is_none())
    };
    only(&|_| true)
        .or_else(|| only(&|bearer| named.get(&bearer) == Some(&block)))
        .or_else(|| only(&|bearer| named.contains_key(&bearer)))
        .or_else(|| only(&|bearer| is_leader(&forms.all[bearer].written)))
}

/// Whose sex a form of address right before a mention tells: "Mrs".
fn address_before(document: &Document, at: ProseSpan) -> Option<Sex> {
    let before = document.block(at).text[..at.span.start as usize].trim_end().trim_end_matches('.');
    let word = before.rsplit(|c: char| !c.is_alphanumeric()).next()?;
    let sexes = [(&BESIDE_NAMES.address_of_man, Sex::Male), (&BESIDE_NAMES.address_of_woman, Sex::Female)];
    sexes.into_iter().find(|(class, _)| class.has(word)).map(|(_, sex)| sex)
}

/// What forms mean.
struct Leaders {
    /// For each form the fullest form that means the same.
    leaders: Vec<usize>,
    /// For a surname alone those who bear it, where they are several.
    namesakes: FxHashMap<usize, Vec<usize>>,
}

fn leaders(forms: &Forms<'_>) -> Leaders {
    let mut namesakes = FxHashMap::default();
    let fuller = Fuller::of(forms);
    let mut leaders: Vec<usize> = (0..forms.all.len()).collect();
    // The fuller forms are led first, so that what a shorter one is led to is final.
    let mut order = leaders.clone();
    order.sort_by_key(|&index| std::cmp::Reverse(forms.all[index].words.len()));
    for &index in &order {
        let form = &forms.all[index];
        let found = match form.kind {
            Some(SubjectKind::Person) => {
                let bearers = fuller.bearers(form, &leaders);
                if bearers.len() > 1 {
                    namesakes.insert(index, bearers);
                    None
                } else {
                    fuller.person(form)
                }
            }
            Some(SubjectKind::Organisation) => fuller.organisation(index),
            Some(SubjectKind::Place) | None => None,
        };
        if let Some(fuller) = found {
            leaders[index] = leaders[fuller];
        }
    }
    Leaders { leaders, namesakes }
}

/// Of so many people with one surname at most a shorter form may mean one: no text introduces more, and none is to take
/// forever.
const NAMESAKES: usize = 1024;

/// A family of so many is told apart; of more, a surname alone means one of these or nobody.
const MOST_BEARERS: usize = 16;

type ByWord<'a> = FxHashMap<&'a str, Vec<usize>>;

/// The forms of several words by the words that a shorter form may share with them, so that linking a long text takes no
/// longer for each name than linking a short one. All lists are in the order of the text.
struct Fuller<'a> {
    forms: &'a Forms<'a>,
    people_by_last: ByWord<'a>,
    /// Where one word is the surname and does not end the name: Xi for Xi Jinping.
    people_by_leading_surname: FxHashMap<String, Vec<usize>>,
    people_by_first: ByWord<'a>,
    organisations_by_last: ByWord<'a>,
    organisations_by_first: ByWord<'a>,
    organisations_by_initials: FxHashMap<String, Vec<usize>>,
    /// Organisations by their abbreviation in brackets.
    spelt_out: FxHashMap<usize, usize>,
}

impl<'a> Fuller<'a> {
    fn of(forms: &'a Forms<'a>) -> Self {
        let mut fuller = Self {
            forms,
            people_by_last: ByWord::default(),
            people_by_leading_surname: FxHashMap::default(),
            people_by_first: ByWord::default(),
            organisations_by_last: ByWord::default(),
            organisations_by_first: ByWord::default(),
            organisations_by_initials: FxHashMap::default(),
            spelt_out: FxHashMap::default(),
        };
        for (index, form) in forms.all.iter().enumerate() {
            let (Some(first), Some(last)) = (form.words.first(), bare(form.words).last()) else { continue };
            match form.kind {
                Some(SubjectKind::Person) if form.words.len() > 1 => {
                    fuller.people_by_last.entry(last).or_default().push(index);
                    fuller.people_by_first.entry(first).or_default().push(index);
                    if let Some(surname) = &form.own_words().person.surname {
                        fuller.people_by_leading_surname.entry(crate::text::folded(surname)).or_default().push(index);
                    }
                }
                Some(SubjectKind::Organisation) if form.words.len() > 1 => {
                    fuller.organisations_by_first.entry(first).or_default().push(index);
                    if let Some(last) = form.words.last() {
                        fuller.organisations_by_last.entry(last).or_default().push(index);
                    }
                    fuller.organisations_by_initials.entry(initials(form.words)).or_default().push(index);
                }
                _ => {}
            }
        }
        for &(full, acronym) in &forms.acronyms {
            if forms.all[full].kind == Some(SubjectKind::Organisation) {
                fuller.spelt_out.entry(acronym).or_insert(full);
            }
        }
        fuller
    }

    /// The person that a shorter form means. Of several with that surname, the one this text introduces first.
    fn person(&self, form: &Form<'_>) -> Option<usize> {
        let longer = |index: &usize| self.forms.all[*index].words.len() > form.words.len();
        let by_last = bare(form.words).last().and_then(|last| self.people_by_last.get(&**last));
        let by_last = by_last.into_iter().flatten().take(NAMESAKES).copied().filter(longer).find(|&index| {
            let full = &self.forms.all[index];
            ends_name(form, full) || is_shortened(form, full)
        });
        let [only] = form.words else { return by_last };
        let leading = self.people_by_leading_surname.get(&**only).and_then(|found| found.first().copied());
        if let Some(found) = by_last.into_iter().chain(leading).min() {
            return Some(found);
        }
        // A given name alone, where nobody else in the text has it.
        match self.people_by_first.get(&**only).map(Vec::as_slice) {
            Some(&[found]) => Some(found),
            _ => None,
        }
    }

    /// The people whom a surname alone may mean, each once; two whose given names may be one person's are one.
    fn bearers(&self, form: &Form<'_>, leaders: &[usize]) -> Vec<usize> {
        let [only] = form.words else { return Vec::new() };
        let by_last = self.people_by_last.get(&**only).into_iter().flatten();
        let leading = self.people_by_leading_surname.get(&**only).into_iter().flatten();
        let mut bearers: Vec<usize> = Vec::new();
        for bearer in by_last.chain(leading).take(NAMESAKES).map(|&index| leaders[index]) {
            let given = |index: usize| self.forms.all[index].words.first().map_or("", AsRef::as_ref);
            let is_another = |&known: &usize| {
                let (one, two) = (given(known), given(bearer));
                known != bearer
                    && !PersonName::may_be_initial_of(one, two)
                    && !may_be_one_given_name(one, two)
                    && edit_distance(one, two, 1).is_none()
            };
            if bearers.iter().all(is_another) && bearers.len() < MOST_BEARERS {
                bearers.push(bearer);
            }
        }
        bearers
    }

    /// The organisation that a shorter form means: its abbreviation, or the one name that ends so ("the Commission").
    fn organisation(&self, index: usize) -> Option<usize> {
        if let Some(&full) = self.spelt_out.get(&index) {
            return Some(full);
        }
        let form = &self.forms.all[index];
        let [only] = form.words else { return None };
        if is_upper(&form.written) {
            return one_of(self.organisations_by_initials.get(&**only), None);
        }
        let starts = if word_class(only).is(WordClass::HEAD) { None } else { self.organisations_by_first.get(&**only) };
        one_of(self.organisations_by_last.get(&**only), starts)
    }
}

/// The only entry of two lists, be it in one or in both.
fn one_of(one: Option<&Vec<usize>>, other: Option<&Vec<usize>>) -> Option<usize> {
    let mut entries = one.into_iter().chain(other).flatten().copied();
    let found = entries.next()?;
    entries.all(|entry| entry == found).then_some(found)
}

/// The words of a name without "Jr" and the like at its end.
pub(super) fn bare(words: &[Box<str>]) -> &[Box<str>] {
    let end = words.iter().rposition(|word| !word_class(word).is(WordClass::SUFFIX)).map_or(words.len(), |last| last + 1);
    &words[..end]
}

fn without_particles(words: &[Box<str>]) -> &[Box<str>] {
    let from = words.iter().position(|word| !word_class(word).is(WordClass::PARTICLE)).unwrap_or(0);
    &words[from..]
}

/// Whether `short` is the end of `full`: "von der Leyen", "Leyen".
fn ends_name(short: &Form<'_>, full: &Form<'_>) -> bool {
    let short_words = without_particles(bare(short.words));
    bare(full.words).ends_with(short_words) && !short_words.is_empty()
}

/// Whether `short` leaves out middle names of `full`, or writes an initial for one: "J. Mara" for "John Peter Mara".
fn is_shortened(short: &Form<'_>, full: &Form<'_>) -> bool {
    let (short, full) = (bare(short.words), bare(full.words));
    let ([first, .., last], [full_first, .., full_last]) = (short, full) else { return false };
    let initial = |a: &str, b: &str| a == b || PersonName::may_be_initial_of(a, b);
    last == full_last && initial(first, full_first)
}
