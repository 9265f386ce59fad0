//! Seas, and which of them are parts of one body of water.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::data;
use crate::text::folded;

/// The body of water that a sea is part of.
pub fn body_of_water(sea: &str) -> Option<&'static str> {
    static BODIES: LazyLock<FxHashMap<String, &'static str>> = LazyLock::new(|| {
        let rows = data::SEAS.rows();
        rows.flat_map(|[body, seas]| seas.split('|').map(move |sea| (folded(sea), body))).collect()
    });
    BODIES.get(&folded(sea)).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_of_one_body_of_water_are_known() {
        assert_eq!(body_of_water("Adriatic Sea"), body_of_water("Mediterranean"));
        assert_ne!(body_of_water("Black Sea"), body_of_water("Caspian Sea"));
        assert_eq!(body_of_water("Sea of Larsund"), None);
    }
}
