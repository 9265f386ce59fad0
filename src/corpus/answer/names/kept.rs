//! What was worked out of one state of a store, kept for the next who asks.
//!
//! It is locked to look something up or to put something by, and never while the store is asked: a store may serve so many at once and no
//! more, and those whom it serves would wait for one that waits for the store.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use rustc_hash::FxHashMap;

use super::Known;
use super::families::{Family, Members};
use crate::corpus::facts::GroupId;
use crate::corpus::store::Generation;

/// So many citations are kept at most, of all records, and so many ways of writing a name.
const MOST_KEPT: usize = 100_000;

#[derive(Debug, Default)]
pub(in crate::corpus::answer) struct Kept(Mutex<State>);

#[derive(Debug, Default)]
struct State {
    generation: Option<Generation>,
    groups: FxHashMap<GroupId, Arc<Members>>,
    /// How many ways of writing a name they hold.
    forms: usize,
    records: FxHashMap<Family, Arc<[Known]>>,
    /// How many citations they hold.
    citations: usize,
}

impl Kept {
    /// Those of some groups that are kept.
    pub(super) fn groups(&self, generation: Generation, wanted: &[GroupId]) -> BTreeMap<GroupId, Arc<Members>> {
        let state = self.of(generation);
        wanted.iter().filter_map(|group| Some((*group, state.groups.get(group)?.clone()))).collect()
    }

    pub(super) fn keep_groups(&self, generation: Generation, read: &BTreeMap<GroupId, Arc<Members>>) {
        let mut state = self.of(generation);
        for (group, members) in read {
            state.forms += members.count() + 1;
            state.groups.insert(*group, members.clone());
        }
    }

    /// The records of those of some families that are kept.
    pub(super) fn records(&self, generation: Generation, wanted: &[Family]) -> FxHashMap<Family, Arc<[Known]>> {
        let state = self.of(generation);
        wanted.iter().filter_map(|family| Some((family.clone(), state.records.get(family)?.clone()))).collect()
    }

    pub(super) fn keep_records(&self, generation: Generation, read: &BTreeMap<Family, Arc<[Known]>>) {
        let mut state = self.of(generation);
        for (family, known) in read {
            state.citations += known.iter().map(|known| known.record.citations_held()).sum::<usize>() + 1;
            state.records.insert(family.clone(), known.clone());
        }
    }

    /// What is kept of this state of the store; what was of another is forgotten, and all where it is too much.
    fn of(&self, generation: Generation) -> MutexGuard<'_, State> {
        let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if state.generation != Some(generation) || state.citations > MOST_KEPT || state.forms > MOST_KEPT {
            *state = State { generation: Some(generation), ..State::default() };
        }
        state
    }
}
