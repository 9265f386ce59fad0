//! Posts below the state: what sort of thing each is of, and which of them nobody holds at a time.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::RoleKind;
use super::lattice::{implies, stand_beside, stand_beside_in_firm};
use crate::data;

/// What a post is of. Two of one level exclude each other: nobody is mayor of two towns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    Nation,
    Region,
    Place,
    Seat,
    Diocese,
    Parish,
    Court,
    Party,
    /// A firm, a club, a school, any organisation.
    Body,
}

/// How much of somebody a post takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hold {
    /// Nobody has two such posts.
    Full,
    /// Held beside other work: a chairman, a club's treasurer.
    Part,
    /// Held in several places at a time: a conductor.
    Any,
}

/// A post of `data/posts.tsv`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Post {
    /// Where it excludes others, with commas: "body,church".
    realms: &'static str,
    pub of: Level,
    pub hold: Hold,
}

/// A party as a politician's title has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Party {
    pub name: &'static str,
    pub country: &'static str,
}

static POSTS: LazyLock<FxHashMap<&'static str, Post>> = LazyLock::new(|| {
    let post = |[role, realms, of, hold]: [&'static str; 4]| {
        let of = match of {
            "nation" => Level::Nation,
            "region" => Level::Region,
            "place" => Level::Place,
            "seat" => Level::Seat,
            "diocese" => Level::Diocese,
            "parish" => Level::Parish,
            "court" => Level::Court,
            "party" => Level::Party,
            _ => Level::Body,
        };
        let hold = match hold {
            "full" => Hold::Full,
            "part" => Hold::Part,
            _ => Hold::Any,
        };
        (role, Post { realms, of, hold })
    };
    data::POSTS.rows().map(post).collect()
});

/// The post that a role is; none for what is no post, or one of a state's.
pub fn post(role: &str) -> Option<Post> {
    POSTS.get(role).copied()
}

/// Whether nobody is both in the same body, which may be a firm or is none: its chief executive and its finance director.
pub fn exclude_in_one_body(role: &str, other: &str, may_be_firm: bool) -> bool {
    are_apart(role, other)
        && !(may_be_firm && stand_beside_in_firm(role, other))
        && post(role).zip(post(other)).is_some_and(|(one, two)| one.shares_realm(two))
}

/// Whether nobody sits in a country's government as the one and beside it, or below it, as the other: a minister and a state secretary.
/// Which portfolios go together is another matter.
pub fn exclude_in_one_government(role: &str, other: &str) -> bool {
    let minister = |role: &str| implies(role, "minister");
    let sits = |role: &str| minister(role) || post(role).is_some_and(|post| post.realms == "cabinet");
    are_apart(role, other) && sits(role) && sits(other) && !(minister(role) && minister(other))
}

fn are_apart(role: &str, other: &str) -> bool {
    !implies(role, other) && !implies(other, role) && !stand_beside(role, other)
}

impl Post {
    fn shares_realm(self, other: Self) -> bool {
        self.realms.split(',').any(|realm| !matches!(realm, "" | "cabinet") && other.realms.split(',').any(|two| two == realm))
    }
}

/// The party that a word or two of a title mark: "Republican", "Lib Dem".
pub fn party(words: &str) -> Option<Party> {
    static PARTIES: LazyLock<FxHashMap<&'static str, Party>> =
        LazyLock::new(|| data::PARTIES.rows().map(|[word, name, country]| (word, Party { name, country })).collect());
    PARTIES.get(words).copied()
}

/// The party that marks a politician in the words of a title: "Republican" of "Republican senator".
pub fn marked_party(kind: RoleKind, words: &str) -> Option<Party> {
    if !matches!(kind, RoleKind::Legislative | RoleKind::Party) {
        return None;
    }
    let mut all = words.split(' ').map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()));
    let mut before = "";
    all.find_map(|word| {
        let pair = format!("{before} {word}");
        before = word;
        // "R-Ohio"
        let letter = word.split_once(['-', '‑', '–']).map(|(letter, _)| format!("{letter}-"));
        party(&pair).or_else(|| party(word)).or_else(|| party(&letter?))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gazetteer::roles::kind_of;

    #[test]
    fn posts_that_nobody_holds_together() {
        for (one, other) in [
            ("chief executive", "chief financial officer"),
            ("chairman", "chief financial officer"),
            ("vice chancellor", "registrar"),
            ("bishop", "dean"),
            ("sheriff", "fire chief"),
            ("treasurer", "sports captain"),
            ("secretary", "treasurer"),
        ] {
            assert!(exclude_in_one_body(one, other, true) && exclude_in_one_body(other, one, true), "{one}, {other}");
        }
        for (one, other) in [
            ("company president", "chief executive"),
            ("managing director", "chief executive"),
            ("chairman", "chief executive"),
            ("chief executive", "bishop"),
            ("editor", "journalist"),
            ("mayor", "senator"),
        ] {
            assert!(!exclude_in_one_body(one, other, true), "{one}, {other}");
        }
        assert!(exclude_in_one_body("chairman", "chief executive", false), "of a club");
    }

    #[test]
    fn every_post_is_a_role_and_has_known_realms() {
        for [role, realms, ..] in data::POSTS.rows() {
            assert!(kind_of(role).is_some(), "{role}");
            for realm in realms.split(',') {
                assert!(matches!(realm, "" | "body" | "cabinet" | "church" | "council" | "court" | "law" | "staff"), "{role}: {realm}");
            }
        }
    }

    #[test]
    fn parties_by_their_words() {
        assert_eq!(party("Tory").map(|party| party.name), Some("Conservative Party"));
        assert_eq!(party("party"), None);
    }
}
