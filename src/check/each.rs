//! The rules side by side, where there are several cores to run them.

#[cfg(feature = "native")]
use std::sync::{Mutex, OnceLock, PoisonError};

/// How many run side by side: none takes as long as a quarter of them all.
#[cfg(feature = "native")]
const MOST_AT_ONCE: usize = 4;

/// What `make` makes of each item, in their order.
#[cfg(feature = "native")]
pub(super) fn each<T: Sync, R: Send + Sync>(items: &[T], make: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let slots: Vec<(&T, OnceLock<R>)> = items.iter().map(|item| (item, OnceLock::new())).collect();
    let left = Mutex::new(slots.iter());
    let left = || left.lock().unwrap_or_else(PoisonError::into_inner);
    let make = |(item, slot): &(&T, OnceLock<R>)| drop(slot.set(make(item)));
    // Who asks takes from the front at once, in place of sleeping until helpers wake; they take from the back, where the rules look at
    // other things.
    rayon::in_place_scope(|scope| {
        for _ in 1..rayon::current_num_threads().min(MOST_AT_ONCE).min(slots.len()) {
            scope.spawn(|_| std::iter::from_fn(|| left().next_back()).for_each(make));
        }
        std::iter::from_fn(|| left().next()).for_each(make);
    });
    slots.into_iter().filter_map(|(_, slot)| slot.into_inner()).collect()
}

#[cfg(not(feature = "native"))]
pub(super) fn each<T, R>(items: &[T], make: impl Fn(&T) -> R) -> Vec<R> {
    items.iter().map(make).collect()
}
