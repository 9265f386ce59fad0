//! Given names that one person may go by: "Bill" for "William".

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::data;
use crate::text::folded;

static GROUPS: LazyLock<FxHashMap<String, Vec<u32>>> = LazyLock::new(|| {
    let mut groups: FxHashMap<String, Vec<u32>> = FxHashMap::default();
    for (index, row) in data::NICKNAMES.rows().enumerate() {
        for name in row.into_iter().filter(|name| !name.is_empty()) {
            groups.entry(folded(name)).or_default().push(index as u32);
        }
    }
    groups
});

/// Whether two folded given names may be one person's: equal, short for each other, or both short for a third.
pub fn may_be_one_given_name(a: &str, b: &str) -> bool {
    let prefix = |short: &str, long: &str| short.chars().count() >= 3 && long.starts_with(short);
    if a == b || prefix(a, b) || prefix(b, a) {
        return true;
    }
    let (Some(x), Some(y)) = (GROUPS.get(a), GROUPS.get(b)) else { return false };
    x.iter().any(|group| y.contains(group))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_forms_both_ways() {
        assert!(may_be_one_given_name("bill", "william") && may_be_one_given_name("william", "bill"));
        assert!(may_be_one_given_name("alex", "alexandra") && !may_be_one_given_name("olga", "marina"));
    }
}
