//! Places in a text of which none overlaps another.

use std::collections::BTreeSet;

use super::Span;

/// Takes places one by one, and none that overlaps one taken before.
#[derive(Clone, Debug, Default)]
pub struct Apart {
    taken: BTreeSet<Span>,
}

impl Apart {
    /// Whether the place is taken: it is neither one of those taken before nor overlaps one of them.
    pub fn take(&mut self, place: Span) -> bool {
        // Of those that start before its end only the last can reach into it, for they keep apart.
        let last = self.taken.range(..Span::new(place.end, 0)).next_back();
        !last.is_some_and(|last| last.overlaps(place)) && self.taken.insert(place)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        #[test]
        fn what_is_taken_is_what_overlaps_nothing_before(places in proptest::collection::vec((0u32..30, 0u32..6), 0..30)) {
            let mut apart = Apart::default();
            let mut taken: Vec<Span> = Vec::new();
            for (start, length) in places {
                let place = Span::new(start, start + length);
                let is_free = !taken.iter().any(|other| other.overlaps(place) || *other == place);
                proptest::prop_assert_eq!(apart.take(place), is_free, "{:?} beside {:?}", place, taken);
                if is_free {
                    taken.push(place);
                }
            }
        }
    }
}
