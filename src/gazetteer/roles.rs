//! What people are: the heads of titles ("foreign minister", "Sen."), the words that stand beside them, and what follows
//! from a role and what it rules out. All of it is kept in `data/roles.tsv`, `data/roles_lattice.tsv` and
//! `data/title_words.tsv`.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};

use super::phrases::{PhraseTree, after_hyphen, word_key};
use crate::text::{Shape, Token, TokenKind};

/// What a role belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RoleKind {
    Academic,
    Church,
    Corporate,
    Court,
    Diplomatic,
    Government,
    Honorific,
    Kinship,
    Legislative,
    Military,
    Other,
    Party,
    Police,
    Royal,
    Sport,
}

impl RoleKind {
    fn parse(word: &str) -> Option<Self> {
        Some(match word {
            "academic" => Self::Academic,
            "church" => Self::Church,
            "corporate" => Self::Corporate,
            "court" => Self::Court,
            "diplomatic" => Self::Diplomatic,
            "government" => Self::Government,
            "honorific" => Self::Honorific,
            "kinship" => Self::Kinship,
            "legislative" => Self::Legislative,
            "military" => Self::Military,
            "other" => Self::Other,
            "party" => Self::Party,
            "police" => Self::Police,
            "royal" => Self::Royal,
            "sport" => Self::Sport,
            _ => return None,
        })
    }
}

/// A way of writing a role: "defense secretary" for "defence minister".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RoleHead {
    /// The normalised role.
    pub role: &'static str,
    pub kind: RoleKind,
    /// Whether one person alone holds it in its country or organisation.
    pub one_holder: bool,
    /// Written short: "Sen.", "PM".
    pub abbreviation: bool,
    /// Whether it can stand right before a name: "Aunt Mary", but not "ally Mary".
    pub before_name: bool,
}

/// Where a head was found among the tokens of a block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HeadMatch {
    pub head: RoleHead,
    /// The index of the token after its last.
    pub end: usize,
    /// Written in the plural: "presidents", "foreign ministers".
    pub plural: bool,
}

/// What a word beside a head does there; a word can do several.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "the classes are independent of each other")]
pub struct WordClass {
    /// What it says of the holder's hold on the role.
    pub status: Option<StatusWord>,
    /// The same, behind a hyphen: "self-proclaimed".
    pub joined_status: Option<StatusWord>,
    /// Says how high or of what sort, and changes nothing else: "senior", "special", "French-born".
    pub rank: bool,
    /// A field of work: "foreign", "policy", "defence".
    pub topic: bool,
    /// A sort of organisation: "council", "ministry".
    pub body: bool,
    /// Never part of a title or the name of an organisation when it stands before one: "when", "Monday".
    pub stop: bool,
    /// A head that is a common surname as well: "King", "Dean".
    pub surname: bool,
    /// A head whose plural is a verb as well: "heads", "chairs".
    pub verb: bool,
    /// A verb that "as" and a title follow: "serves", "appointed".
    pub takes_as: bool,
    /// May begin a surname in lower case: "von", "bin".
    pub particle: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StatusWord {
    Former,
    /// "then": true of the time spoken of.
    Past,
    Acting,
    Elect,
    Deputy,
    Shadow,
    /// Claimed and denied: "so-called".
    Disputed,
}

impl StatusWord {
    fn parse(sense: &str) -> Option<Self> {
        Some(match sense {
            "former" => Self::Former,
            "past" => Self::Past,
            "acting" => Self::Acting,
            "elect" => Self::Elect,
            "deputy" => Self::Deputy,
            "shadow" => Self::Shadow,
            "disputed" => Self::Disputed,
            _ => return None,
        })
    }
}

#[derive(Debug, Default)]
struct Lexicon {
    heads: PhraseTree<RoleHead>,
    words: FxHashMap<u64, WordClass>,
}

static LEXICON: LazyLock<Lexicon> = LazyLock::new(Lexicon::load);

/// The longest head that starts at token `at`, hyphens or none between its words.
pub fn head_at(block: &str, tokens: &[Token], keys: &[u64], at: usize) -> Option<HeadMatch> {
    LEXICON.head_at(block, tokens, keys, at)
}

/// What a word does beside a head; `key` is its [`word_key`].
pub fn word_class(key: u64) -> WordClass {
    LEXICON.words.get(&key).copied().unwrap_or_default()
}

impl Lexicon {
    fn load() -> Self {
        let mut lexicon = Self::default();
        for [head, role, kind, flags] in rows(include_str!("../../data/roles.tsv")) {
            let Some(kind) = RoleKind::parse(kind) else { continue };
            let head_entry = RoleHead {
                role,
                kind,
                one_holder: flags.contains('1'),
                abbreviation: flags.contains('a'),
                before_name: flags.contains('s'),
            };
            lexicon.heads.add(head, head_entry);
        }
        for [word, class, sense, _] in rows(include_str!("../../data/title_words.tsv")) {
            let entry = lexicon.words.entry(word_key(word)).or_default();
            match class {
                "status" => entry.status = StatusWord::parse(sense),
                "joined" => entry.joined_status = StatusWord::parse(sense),
                "rank" => entry.rank = true,
                "topic" => entry.topic = true,
                "body" => entry.body = true,
                "stop" => entry.stop = true,
                "surname" => entry.surname = true,
                "verb" => entry.verb = true,
                "as" => entry.takes_as = true,
                "particle" => entry.particle = true,
                _ => {}
            }
        }
        lexicon
    }

    fn head_at(&self, block: &str, tokens: &[Token], keys: &[u64], at: usize) -> Option<HeadMatch> {
        let mut node = self.heads.step(0, *keys.get(at)?)?;
        let mut end = at + 1;
        let mut best = self.ended(block, tokens, node, at, end, false);
        loop {
            // The plural of what stands so far can only be its last word's.
            let next = after_hyphen(block, tokens, end);
            let Some(&key) = keys.get(next) else { break };
            if let Some(step) = self.heads.step(node, key) {
                node = step;
                end = next + 1;
                best = self.ended(block, tokens, node, at, end, false).or(best);
                continue;
            }
            let Some(step) = singular_key(tokens[next].text(block)).and_then(|key| self.heads.step(node, key)) else { break };
            best = self.ended(block, tokens, step, at, next + 1, true).or(best);
            break;
        }
        best
    }

    fn ended(&self, block: &str, tokens: &[Token], node: u32, at: usize, end: usize, plural: bool) -> Option<HeadMatch> {
        let head = self.heads.end(node)?;
        if head.abbreviation {
            // "gen", "da" and "rep" are words as well.
            let written = tokens[at];
            let letters = written.text(block).len();
            let of_address = head.kind == RoleKind::Honorific || head.role == "doctor";
            let short = end == at + 1 && written.shape != Shape::Upper && letters < 3 && !of_address;
            if !written.is_capitalised() || short {
                return None;
            }
        }
        Some(HeadMatch { head, end, plural })
    }

    fn plural_at(&self, block: &str, tokens: &[Token], at: usize) -> Option<HeadMatch> {
        let key = singular_key(tokens[at].text(block))?;
        let node = self.heads.step(0, key)?;
        self.ended(block, tokens, node, at, at + 1, true)
    }
}

/// The head whose plural stands at token `at`, one word long: "presidents".
pub fn plural_head_at(block: &str, tokens: &[Token], at: usize) -> Option<HeadMatch> {
    if tokens[at].kind != TokenKind::Word {
        return None;
    }
    LEXICON.plural_at(block, tokens, at)
}

/// The key of a plural's singular, by its ending.
fn singular_key(word: &str) -> Option<u64> {
    if let Some(stem) = word.strip_suffix("men") {
        return Some(word_key(&format!("{stem}man")));
    }
    if let Some(stem) = word.strip_suffix("ies") {
        return Some(word_key(&format!("{stem}y")));
    }
    let stem = word.strip_suffix('s').filter(|stem| stem.len() > 3 && !stem.ends_with('s'))?;
    Some(word_key(stem))
}

/// The rows of a table: tab-separated, `#` before a comment, missing columns empty.
fn rows(table: &'static str) -> impl Iterator<Item = [&'static str; 4]> {
    table.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty()).map(|line| {
        let mut columns = line.split('\t').map(str::trim);
        std::array::from_fn(|_| columns.next().unwrap_or_default())
    })
}

#[derive(Debug, Default)]
struct Lattice {
    /// Everything a role implies, itself aside.
    implied: BTreeMap<&'static str, BTreeSet<&'static str>>,
    excluded: FxHashSet<(&'static str, &'static str)>,
    one_holder: FxHashSet<&'static str>,
    /// Held beside other offices of the same government.
    shared: FxHashSet<&'static str>,
    /// To head whatever it is of.
    heads: FxHashSet<&'static str>,
    kinds: FxHashMap<&'static str, RoleKind>,
}

static LATTICE: LazyLock<Lattice> = LazyLock::new(Lattice::load);

impl Lattice {
    fn load() -> Self {
        let mut lattice = Self::default();
        let mut direct: BTreeMap<&'static str, Vec<&'static str>> = BTreeMap::new();
        for [role, relation, other, _] in rows(include_str!("../../data/roles_lattice.tsv")) {
            match relation {
                "is" if other == "shared" => {
                    lattice.shared.insert(role);
                }
                "is" if other == "head" => {
                    lattice.heads.insert(role);
                }
                "implies" => direct.entry(role).or_default().push(other),
                "excludes" => {
                    lattice.excluded.insert((role, other));
                    lattice.excluded.insert((other, role));
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
        for [_, role, kind, flags] in rows(include_str!("../../data/roles.tsv")) {
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

/// What the role belongs to; none for a role that no table knows.
pub fn kind_of(role: &str) -> Option<RoleKind> {
    LATTICE.kinds.get(role).copied()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text;

    fn head(words: &str) -> Option<(&'static str, usize, bool)> {
        let tokens = text::tokens(words);
        let keys: Vec<u64> = tokens.iter().map(|token| word_key(token.text(words))).collect();
        head_at(words, &tokens, &keys, 0).map(|found| (found.head.role, found.end, found.plural))
    }

    #[test]
    fn heads_are_the_longest_that_fit_with_hyphens_or_without() {
        assert_eq!(head("Secretary of State"), Some(("secretary of state", 3, false)));
        assert_eq!(head("defense secretary"), head("defence minister"));
        assert_eq!(head("Attorney-General"), Some(("attorney general", 3, false)));
        assert_eq!(head("prime ministers"), Some(("prime minister", 2, true)));
        assert_eq!(head("meadow"), None);
    }

    #[test]
    fn abbreviations_are_capitalised() {
        assert_eq!(head("Gen. Mara"), Some(("general", 2, false)));
        assert_eq!(head("gen z"), None);
        assert_eq!(head("PM"), Some(("prime minister", 1, false)));
    }

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
