//! What follows from a role, what it rules out, and whether one person alone holds it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};

use super::RoleKind;
use crate::data;

#[derive(Debug, Default)]
struct Lattice {
    /// Everything a role implies, itself aside.
    implied: BTreeMap<&'static str, BTreeSet<&'static str>>,
    excluded: FxHashSet<(&'static str, &'static str)>,
    /// Often held by one person in one body, though each is a post of its own.
    beside: FxHashSet<(&'static str, &'static str)>,
    /// The same in firms alone.
    beside_in_firm: FxHashSet<(&'static str, &'static str)>,
    one_holder: FxHashSet<&'static str>,
    /// Held beside other offices of the same government.
    shared: FxHashSet<&'static str>,
    /// To head whatever it is of.
    heads: FxHashSet<&'static str>,
    /// Says by itself what it is of: "archbishop of canterbury".
    scoped: FxHashSet<&'static str>,
    /// Said of people in any office: "aide".
    loose: FxHashSet<&'static str>,
    kinds: FxHashMap<&'static str, RoleKind>,
}

static LATTICE: LazyLock<Lattice> = LazyLock::new(Lattice::load);

impl Lattice {
    fn load() -> Self {
        let mut lattice = Self::default();
        let mut direct: BTreeMap<&'static str, Vec<&'static str>> = BTreeMap::new();
        for [role, relation, other] in data::ROLES_LATTICE.rows() {
            match relation {
                "is" if other == "shared" => {
                    lattice.shared.insert(role);
                }
                "is" if other == "head" => {
                    lattice.heads.insert(role);
                }
                "is" if other == "scoped" => {
                    lattice.scoped.insert(role);
                }
                "is" if other == "loose" => {
                    lattice.loose.insert(role);
                }
                "implies" => direct.entry(role).or_default().push(other),
                "excludes" => {
                    lattice.excluded.insert((role, other));
                    lattice.excluded.insert((other, role));
                }
                "beside" => {
                    lattice.beside.insert((role, other));
                    lattice.beside.insert((other, role));
                }
                "beside_in_firm" => {
                    lattice.beside_in_firm.insert((role, other));
                    lattice.beside_in_firm.insert((other, role));
                }
                _ => {}
            }
        }
        for &role in direct.keys() {
            let mut reached = BTreeSet::new();
            let mut open = direct[role].clone();
            while let Some(next) = open.pop() {
                if reached.insert(next) {
                    open.extend(direct.get(next).into_iter().flatten());
                }
            }
            reached.remove(role);
            lattice.implied.insert(role, reached);
        }
        for [_, role, kind, flags] in data::ROLES.rows() {
            if let Some(kind) = RoleKind::parse(kind) {
                lattice.kinds.entry(role).or_insert(kind);
            }
            if flags.contains('1') {
                lattice.one_holder.insert(role);
            }
        }
        lattice
    }
}

/// Whether whoever is `role` is `other` as well: a prime minister is a head of government. A role implies itself.
pub fn implies(role: &str, other: &str) -> bool {
    role == other || LATTICE.implied.get(role).is_some_and(|implied| implied.contains(other))
}

/// Whether nobody is both at a time, in the same country or organisation.
pub fn excludes(role: &str, other: &str) -> bool {
    LATTICE.excluded.contains(&(role, other))
}

/// Whether the two are often one person's in one body: "president and chief executive".
pub(super) fn stand_beside(role: &str, other: &str) -> bool {
    LATTICE.beside.contains(&(role, other))
}

/// Whether the two are often one person's in one firm, though hardly in a club or a council: chairman and chief executive.
pub(super) fn stand_beside_in_firm(role: &str, other: &str) -> bool {
    LATTICE.beside_in_firm.contains(&(role, other))
}

/// Whether one person alone holds the role in its country or organisation.
pub fn has_one_holder(role: &str) -> bool {
    LATTICE.one_holder.contains(role)
}

/// Whether the office is often held beside another one of the same government: "deputy prime minister".
pub fn is_shared(role: &str) -> bool {
    LATTICE.shared.contains(role)
}

/// Whether the role is to head whatever it is of: a director, a chairman.
pub fn heads_a_body(role: &str) -> bool {
    LATTICE.heads.contains(role)
}

/// Whether the role says by itself what it is of: the archbishop of Canterbury.
pub fn is_scoped(role: &str) -> bool {
    LATTICE.scoped.contains(role)
}

/// Whether people in any office are called so: an aide may be a minister, though who is an aide in all reports is no minister.
pub fn is_loose(role: &str) -> bool {
    LATTICE.loose.contains(role)
}

/// A role as the tables have it.
pub fn known(role: &str) -> Option<&'static str> {
    LATTICE.kinds.get_key_value(role).map(|(role, _)| *role)
}

/// What the role belongs to; none for a role that no table knows.
pub fn kind_of(role: &str) -> Option<RoleKind> {
    LATTICE.kinds.get(role).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn implication_is_transitive_and_exclusion_goes_both_ways() {
        assert!(implies("prime minister", "head of government") && implies("prime minister", "prime minister"));
        assert!(!implies("minister", "foreign minister"));
        assert!(excludes("prime minister", "president") && excludes("president", "prime minister"));
        assert!(!excludes("prime minister", "party leader"));
        assert!(has_one_holder("president") && !has_one_holder("senator"));
    }

    #[test]
    fn offices_that_nobody_holds_together() {
        for (one, other) in [
            ("speaker", "senator"),
            ("senator", "governor"),
            ("judge", "sheriff"),
            ("foreign minister", "defence minister"),
            ("senator", "representative"),
            ("sheriff", "mayor"),
        ] {
            assert!(excludes(one, other) && excludes(other, one), "{one}, {other}");
        }
        for (one, other) in [
            ("party leader", "prime minister"),
            ("senate president", "senator"),
            ("chairman", "senator"),
            ("deputy prime minister", "foreign minister"),
        ] {
            assert!(!excludes(one, other), "{one}, {other}");
        }
    }

    #[test]
    fn offices_that_one_person_alone_holds() {
        for role in ["president", "prime minister", "foreign minister", "chancellor", "chief justice"] {
            assert!(has_one_holder(role), "{role}");
        }
        for role in ["senator", "governor", "judge", "adviser", "spokesperson", "ambassador"] {
            assert!(!has_one_holder(role), "{role}");
        }
    }

    #[test]
    fn every_role_of_the_lattice_is_in_the_lexicon() {
        let known = |role: &str| LATTICE.kinds.contains_key(role);
        let strangers: Vec<_> = LATTICE.excluded.iter().filter(|(one, other)| !known(one) || !known(other)).collect();
        assert!(strangers.is_empty(), "{strangers:?}");
    }

    #[test]
    fn nothing_implies_what_it_excludes() {
        for (role, implied) in &LATTICE.implied {
            for other in implied {
                assert!(!excludes(role, other), "{role} implies and excludes {other}");
            }
        }
    }
}
