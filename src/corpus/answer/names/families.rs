//! The families within groups of names: those whose surnames may be spellings of one. Nobody of one family is ever merged with somebody of
//! another, so that of a group, which is all that ends alike in sound, only the families are read that are asked about.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::kept::Kept;
use crate::corpus::CorpusError;
use crate::corpus::answer::rounds::Rounds;
use crate::corpus::facts::GroupId;
use crate::corpus::store::{Form, Key};
use crate::gazetteer::{same_name, script_of};

/// The most ways of writing the names of one group; the rarest beyond that are nobody's.
const MOST_NAMES: usize = 4_000;

/// A family by its group and the first of its surnames; what is no person's is of one family for each group.
pub(super) type Family = (GroupId, Arc<str>);

/// The families of some groups, with all ways of writing their names.
pub(super) struct Families(BTreeMap<GroupId, Arc<Members>>);

/// A group, parted: each of its surnames has been held against every other.
#[derive(Debug)]
pub(super) struct Members {
    /// Of each family, by the first of its surnames.
    forms: BTreeMap<Arc<str>, Vec<Arc<Form>>>,
    /// That for each surname.
    heads: BTreeMap<String, Arc<str>>,
}

impl Families {
    pub(super) fn of(wanted: &[GroupId], rounds: &Rounds<'_>, kept: &Kept) -> Result<Self, CorpusError> {
        let generation = rounds.shelf.extent().generation;
        let mut families = kept.groups(generation, wanted);
        let missing: Vec<GroupId> = wanted.iter().copied().filter(|group| !families.contains_key(group)).collect();
        if !missing.is_empty() {
            let keys: Vec<Key> = missing.iter().map(|&group| Key::group(group)).collect();
            let members = rounds.forms(&keys, MOST_NAMES)?.into_iter().map(|forms| Arc::new(Members::of(forms)));
            let read = missing.into_iter().zip(members).collect();
            kept.keep_groups(generation, &read);
            families.extend(read);
        }
        Ok(Self(families))
    }

    /// The families that a way of writing a name may be of: one, unless it is an abbreviation.
    pub(super) fn of_form(&self, form: &Form) -> Vec<Family> {
        let Some(members) = self.0.get(&form.group) else { return Vec::new() };
        if form.acronym {
            return members.forms.keys().map(|head| (form.group, head.clone())).collect();
        }
        vec![(form.group, members.head(form))]
    }

    /// The ways of writing the names of a family, the best attested first.
    pub(super) fn forms<'a>(&'a self, family: &'a Family) -> impl Iterator<Item = &'a Arc<Form>> {
        self.0.get(&family.0).and_then(|members| members.forms.get(&family.1)).into_iter().flatten()
    }
}

impl Members {
    /// How many ways of writing a name there are.
    pub(super) fn count(&self) -> usize {
        self.forms.values().map(Vec::len).sum()
    }

    fn of(forms: Vec<Arc<Form>>) -> Self {
        let mut scripts: BTreeMap<String, Vec<_>> = BTreeMap::new();
        for form in forms.iter().filter(|form| form.person) {
            let given = form.compared().given.as_deref().unwrap_or_default();
            let surname = surname(form);
            let script = script_of(surname.split(' ').chain(given.split(' ')).filter(|word| !word.is_empty()));
            let known = scripts.entry(surname.to_owned()).or_default();
            known.extend(script.filter(|script| !known.contains(script)));
        }
        let surnames: Vec<(&String, &Vec<_>)> = scripts.iter().collect();
        let mut first: Vec<usize> = (0..surnames.len()).collect();
        for (at, (one, own)) in surnames.iter().enumerate() {
            for (before, (other, others)) in surnames.iter().enumerate().take(at) {
                if first[at] != first[before] && own.iter().chain(*others).any(|&script| same_name(one, other, script)) {
                    let (low, high) = (first[at].min(first[before]), first[at].max(first[before]));
                    first.iter_mut().filter(|head| **head == high).for_each(|head| *head = low);
                }
            }
        }
        let heads =
            surnames.iter().zip(&first).map(|((surname, _), &head)| ((*surname).clone(), surnames[head].0.as_str().into())).collect();
        let mut members = Self { forms: BTreeMap::new(), heads };
        for form in forms {
            members.forms.entry(members.head(&form)).or_default().push(form);
        }
        members
    }

    fn head(&self, form: &Form) -> Arc<str> {
        if form.person { self.heads.get(surname(form)).cloned().unwrap_or_default() } else { Arc::default() }
    }
}

/// The surname of a person's name; of one that has none the whole.
fn surname(form: &Form) -> &str {
    let parts = form.compared();
    parts.surname.as_deref().unwrap_or(&parts.key)
}
