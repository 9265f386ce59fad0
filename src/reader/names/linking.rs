//! Which forms of a text mean the same person, place or organisation: the surname the fuller name, the abbreviation the
//! organisation. Members of one family stay apart.

use rustc_hash::FxHashMap;

use super::forms::{Form, Forms, initials};
use super::{NameMention, person};
use crate::document::ProseSpan;
use crate::gazetteer::{WordClass, word_class};
use crate::reader::link::LinkedNames;
use crate::reader::{Subject, SubjectId, SubjectKind};

pub(super) fn link(forms: &Forms) -> LinkedNames {
    let leaders = leaders(forms);
    // The first abbreviation of each stands.
    let acronyms: FxHashMap<usize, usize> = forms.acronyms.iter().rev().copied().collect();
    let mut ids: FxHashMap<usize, SubjectId> = FxHashMap::default();
    let mut linked = LinkedNames::default();
    let mut mentions: Vec<(ProseSpan, usize)> = forms
        .all
        .iter()
        .enumerate()
        .filter(|(_, form)| form.kind.is_some())
        .flat_map(|(index, form)| form.mentions.iter().map(move |mention| (mention.at, index)))
        .collect();
    mentions.sort_unstable_by_key(|&(at, _)| (at.block, at.span));
    for (at, index) in mentions {
        let form = &forms.all[index];
        let leader = leaders[index];
        let Some(kind) = forms.all[leader].kind else { continue };
        let subject = *ids.entry(leader).or_insert_with(|| {
            let acronym = acronyms.get(&leader).filter(|_| kind == SubjectKind::Organisation);
            let acronym = acronym.map(|&acronym| forms.all[acronym].written.clone());
            linked.subjects.push(Subject { kind, name: forms.all[leader].written.clone(), acronym, mentions: Vec::new() });
            SubjectId::new(linked.subjects.len() - 1)
        });
        let person = (kind == SubjectKind::Person).then(|| person::parts(&form.written, false));
        linked.mentions.push((at, NameMention { subject, person, title: None }));
    }
    linked
}

/// For each form the fullest form that means the same.
fn leaders(forms: &Forms) -> Vec<usize> {
    let fuller = Fuller::of(forms);
    let mut leaders: Vec<usize> = (0..forms.all.len()).collect();
    // The fuller forms are led first, so that what a shorter one is led to is final.
    let mut order = leaders.clone();
    order.sort_by_key(|&index| std::cmp::Reverse(forms.all[index].words.len()));
    for &index in &order {
        let form = &forms.all[index];
        let found = match form.kind {
            Some(SubjectKind::Person) => fuller.person(form),
            Some(SubjectKind::Organisation) => fuller.organisation(index),
            Some(SubjectKind::Place) | None => None,
        };
        if let Some(fuller) = found {
            leaders[index] = leaders[fuller];
        }
    }
    leaders
}

/// Of so many people with one surname at most a shorter form may mean one: no text introduces more, and none is to take
/// forever.
const NAMESAKES: usize = 1024;

type ByWord<'a> = FxHashMap<&'a str, Vec<usize>>;

/// The forms of several words by the words that a shorter form may share with them, so that linking a long text takes no
/// longer for each name than linking a short one. All lists are in the order of the text.
struct Fuller<'a> {
    forms: &'a Forms,
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
    fn of(forms: &'a Forms) -> Self {
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
            let (Some(first), Some(last)) = (form.words.first(), bare(&form.words).last()) else { continue };
            match form.kind {
                Some(SubjectKind::Person) if form.words.len() > 1 => {
                    fuller.people_by_last.entry(last).or_default().push(index);
                    fuller.people_by_first.entry(first).or_default().push(index);
                    if let Some(surname) = person::parts(&form.written, false).surname.map(|surname| crate::text::folded(&surname)) {
                        fuller.people_by_leading_surname.entry(surname).or_default().push(index);
                    }
                }
                Some(SubjectKind::Organisation) if form.words.len() > 1 => {
                    fuller.organisations_by_first.entry(first).or_default().push(index);
                    if let Some(last) = form.words.last() {
                        fuller.organisations_by_last.entry(last).or_default().push(index);
                    }
                    fuller.organisations_by_initials.entry(initials(&form.words)).or_default().push(index);
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
    fn person(&self, form: &Form) -> Option<usize> {
        let longer = |index: &usize| self.forms.all[*index].words.len() > form.words.len();
        let by_last = bare(&form.words).last().and_then(|last| self.people_by_last.get(last.as_str()));
        let by_last = by_last.into_iter().flatten().take(NAMESAKES).copied().filter(longer).find(|&index| {
            let full = &self.forms.all[index];
            ends_name(form, full) || is_shortened(form, full)
        });
        let [only] = form.words.as_slice() else { return by_last };
        let leading = self.people_by_leading_surname.get(only).and_then(|found| found.first().copied());
        if let Some(found) = by_last.into_iter().chain(leading).min() {
            return Some(found);
        }
        // A given name alone, where nobody else in the text has it.
        match self.people_by_first.get(only.as_str()).map(Vec::as_slice) {
            Some(&[found]) => Some(found),
            _ => None,
        }
    }

    /// The organisation that a shorter form means: its abbreviation, or the one name that ends so ("the Commission").
    fn organisation(&self, index: usize) -> Option<usize> {
        if let Some(&full) = self.spelt_out.get(&index) {
            return Some(full);
        }
        let form = &self.forms.all[index];
        let [only] = form.words.as_slice() else { return None };
        if form.written.chars().all(|c| !c.is_lowercase()) {
            return one_of(self.organisations_by_initials.get(only), None);
        }
        let starts = if word_class(only).is(WordClass::HEAD) { None } else { self.organisations_by_first.get(only.as_str()) };
        one_of(self.organisations_by_last.get(only.as_str()), starts)
    }
}

/// The only entry of two lists, be it in one or in both.
fn one_of(one: Option<&Vec<usize>>, other: Option<&Vec<usize>>) -> Option<usize> {
    let mut entries = one.into_iter().chain(other).flatten().copied();
    let found = entries.next()?;
    entries.all(|entry| entry == found).then_some(found)
}

fn bare(words: &[String]) -> &[String] {
    let end = words.iter().rposition(|word| !word_class(word).is(WordClass::SUFFIX)).map_or(words.len(), |last| last + 1);
    &words[..end]
}

fn without_particles(words: &[String]) -> &[String] {
    let from = words.iter().position(|word| !word_class(word).is(WordClass::PARTICLE)).unwrap_or(0);
    &words[from..]
}

/// Whether `short` is the end of `full`: "von der Leyen", "Leyen".
fn ends_name(short: &Form, full: &Form) -> bool {
    let short_words = without_particles(bare(&short.words));
    bare(&full.words).ends_with(short_words) && !short_words.is_empty()
}

/// Whether `short` leaves out middle names of `full`, or writes an initial for one: "J. Mara" for "John Peter Mara".
fn is_shortened(short: &Form, full: &Form) -> bool {
    let (short, full) = (bare(&short.words), bare(&full.words));
    let ([first, .., last], [full_first, .., full_last]) = (short, full) else { return false };
    let initial = |a: &str, b: &str| a == b || a.len() == 1 && b.starts_with(a) || b.len() == 1 && a.starts_with(b);
    last == full_last && initial(first, full_first)
}
