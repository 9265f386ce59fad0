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
            let acronym = (kind == SubjectKind::Organisation).then(|| acronym_of(forms, leader)).flatten();
            linked.subjects.push(Subject { kind, name: forms.all[leader].written.clone(), acronym, mentions: Vec::new() });
            SubjectId::new(linked.subjects.len() - 1)
        });
        let person = (kind == SubjectKind::Person).then(|| person::parts(&form.written, false));
        linked.mentions.push((at, NameMention { subject, person, title: None }));
    }
    linked
}

fn acronym_of(forms: &Forms, full: usize) -> Option<String> {
    forms.acronyms.iter().find(|&&(form, _)| form == full).map(|&(_, acronym)| forms.all[acronym].written.clone())
}

/// For each form the fullest form that means the same.
fn leaders(forms: &Forms) -> Vec<usize> {
    let mut leaders: Vec<usize> = (0..forms.all.len()).collect();
    // The fuller forms are led first, so that what a shorter one is led to is final.
    let mut order = leaders.clone();
    order.sort_by_key(|&index| std::cmp::Reverse(forms.all[index].words.len()));
    for &index in &order {
        let form = &forms.all[index];
        let found = match form.kind {
            Some(SubjectKind::Person) => fuller_person(forms, index),
            Some(SubjectKind::Organisation) => fuller_organisation(forms, index),
            Some(SubjectKind::Place) | None => None,
        };
        if let Some(fuller) = found {
            leaders[index] = leaders[fuller];
        }
    }
    leaders
}

/// The person that a shorter form means. Of several with that surname, the one this text introduces first.
fn fuller_person(forms: &Forms, index: usize) -> Option<usize> {
    let form = &forms.all[index];
    let fuller = || {
        forms.all.iter().enumerate().filter(|(other, candidate)| {
            *other != index && candidate.kind == Some(SubjectKind::Person) && candidate.words.len() > form.words.len()
        })
    };
    let by_surname = fuller().find(|(_, candidate)| is_surname_of(form, candidate) || is_shortened(form, candidate));
    if let Some((found, _)) = by_surname {
        return Some(found);
    }
    // A given name alone, where nobody else in the text has it.
    let [only] = form.words.as_slice() else { return None };
    let mut by_given = fuller().filter(|(_, candidate)| candidate.words.first() == Some(only));
    let (found, _) = by_given.next()?;
    by_given.next().is_none().then_some(found)
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
fn is_surname_of(short: &Form, full: &Form) -> bool {
    let (short_words, full_words) = (without_particles(bare(&short.words)), bare(&full.words));
    full_words.ends_with(short_words) && !short_words.is_empty() || {
        // Xi for Xi Jinping: the family name leads.
        let parts = person::parts(&full.written, false);
        short.words.len() == 1 && parts.surname.is_some_and(|surname| crate::text::folded(&surname) == short.words[0])
    }
}

/// Whether `short` leaves out middle names of `full`, or writes an initial for one: "J. Mara" for "John Peter Mara".
fn is_shortened(short: &Form, full: &Form) -> bool {
    let (short, full) = (bare(&short.words), bare(&full.words));
    let ([first, .., last], [full_first, .., full_last]) = (short, full) else { return false };
    let initial = |a: &str, b: &str| a == b || a.len() == 1 && b.starts_with(a) || b.len() == 1 && a.starts_with(b);
    last == full_last && initial(first, full_first)
}

/// The organisation that a shorter form means: its abbreviation, or the one name that ends so ("the Commission").
fn fuller_organisation(forms: &Forms, index: usize) -> Option<usize> {
    if let Some(&(full, _)) =
        forms.acronyms.iter().find(|&&(full, acronym)| acronym == index && forms.all[full].kind == Some(SubjectKind::Organisation))
    {
        return Some(full);
    }
    let form = &forms.all[index];
    let [only] = form.words.as_slice() else { return None };
    let is_acronym = form.written.chars().all(|c| !c.is_lowercase());
    let mut fuller = forms.all.iter().enumerate().filter(|(_, candidate)| {
        candidate.kind == Some(SubjectKind::Organisation)
            && candidate.words.len() > 1
            && if is_acronym {
                initials(&candidate.words) == *only
            } else {
                candidate.words.last() == Some(only) || candidate.words.first() == Some(only) && !word_class(only).is(WordClass::HEAD)
            }
    });
    let (found, _) = fuller.next()?;
    fuller.next().is_none().then_some(found)
}
