//! What is worked out of one block's words for whoever asks, and kept for who asks again: without it each letter typed elsewhere in a draft
//! would have all of it worked out anew.

use std::hash::Hash;
use std::sync::{Mutex, OnceLock, PoisonError};

use rustc_hash::FxHashMap;

/// Answers that depend on a block's words and on what they were asked by, which must be few things: as the places of its names are. Few blocks
/// are ever asked, and a table has a block a cell: hence the box.
#[derive(Debug)]
pub(crate) struct Remembered<K, V>(OnceLock<Box<Mutex<FxHashMap<K, V>>>>);

impl<K: Eq + Hash, V: Clone> Remembered<K, V> {
    pub(crate) fn of(&self, asked: K, work_out: impl FnOnce() -> V) -> V {
        let lock = || self.0.get_or_init(Box::default).lock().unwrap_or_else(PoisonError::into_inner);
        // Not held while it is worked out: rules ask side by side.
        let known = lock().get(&asked).cloned();
        known.unwrap_or_else(|| {
            let answer = work_out();
            lock().insert(asked, answer.clone());
            answer
        })
    }
}

impl<K, V> Default for Remembered<K, V> {
    fn default() -> Self {
        Self(OnceLock::new())
    }
}

/// A block that is copied has been asked nothing yet.
impl<K, V> Clone for Remembered<K, V> {
    fn clone(&self) -> Self {
        Self::default()
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::Remembered;

    #[test]
    fn it_is_worked_out_once_for_each_thing_asked() {
        let (remembered, worked) = (Remembered::default(), Cell::new(0));
        let ask = |asked: u32| {
            remembered.of(asked, || {
                worked.set(worked.get() + 1);
                asked * 2
            })
        };
        assert_eq!([ask(1), ask(2), ask(1), ask(1)], [2, 4, 2, 2]);
        assert_eq!(worked.get(), 2);
    }
}
