//! Names looked up folded, without a copy of any of them: the tables are large, and a program that starts for one draft
//! should not spend its time on laying them out.

use std::hash::Hasher;

use hashbrown::HashTable;
use rustc_hash::FxHasher;

use crate::text::folded;

/// Values by names that are the same when folded; of one name, in the order they were added.
#[derive(Debug, Default)]
pub(super) struct FoldedNames {
    /// The first entry of each name.
    first: HashTable<u32>,
    entries: Vec<Entry>,
}

#[derive(Debug)]
struct Entry {
    name: &'static str,
    value: u32,
    /// The next entry of the same name, or `NONE`.
    next: u32,
}

const NONE: u32 = u32::MAX;

impl FoldedNames {
    pub(super) fn with_capacity(names: usize) -> Self {
        Self { first: HashTable::with_capacity(names), entries: Vec::with_capacity(names) }
    }

    /// Adds a value for a name in any spelling.
    pub(super) fn add(&mut self, name: &'static str, value: u32) {
        let index = self.entries.len() as u32;
        let Self { first, entries } = self;
        let slot = first.entry(hash(name), |&at| same(entries[at as usize].name, name), |&at| hash(entries[at as usize].name));
        match slot {
            hashbrown::hash_table::Entry::Vacant(slot) => {
                slot.insert(index);
            }
            hashbrown::hash_table::Entry::Occupied(slot) => {
                let mut last = *slot.get();
                while entries[last as usize].next != NONE {
                    last = entries[last as usize].next;
                }
                if entries[last as usize].value == value {
                    return;
                }
                entries[last as usize].next = index;
            }
        }
        entries.push(Entry { name, value, next: NONE });
    }

    /// The values of a name that is folded already.
    pub(super) fn get(&self, folded: &str) -> impl Iterator<Item = u32> + '_ {
        let first = self.first.find(hash(folded), |&at| same(self.entries[at as usize].name, folded));
        let first = first.map(|&at| &self.entries[at as usize]);
        std::iter::successors(first, |entry| self.entries.get(entry.next as usize)).map(|entry| entry.value)
    }
}

/// The hash of a name's folded form.
fn hash(name: &str) -> u64 {
    let of = |name: &str| {
        let mut hasher = FxHasher::default();
        for byte in name.bytes() {
            hasher.write_u8(byte.to_ascii_lowercase());
        }
        hasher.finish()
    };
    if name.is_ascii() { of(name) } else { of(&folded(name)) }
}

/// Whether two names are the same when folded.
fn same(one: &str, other: &str) -> bool {
    if one.is_ascii() && other.is_ascii() { one.eq_ignore_ascii_case(other) } else { folded(one) == folded(other) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_folded_with_all_their_values_in_order() {
        let mut names = FoldedNames::with_capacity(4);
        for (name, value) in [("Larsund", 1), ("Île Noire", 2), ("larsund", 3), ("Larsund", 3), ("Ile noire", 4)] {
            names.add(name, value);
        }
        assert_eq!(names.get("larsund").collect::<Vec<_>>(), [1, 3]);
        assert_eq!(names.get("ile noire").collect::<Vec<_>>(), [2, 4]);
        assert_eq!(names.get("hill").count(), 0);
    }
}
