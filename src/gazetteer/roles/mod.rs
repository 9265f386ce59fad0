//! What people are: the heads of titles ("foreign minister", "Sen."), the words that stand beside them, and what follows
//! from a role and what it rules out. All of it is kept in `data/roles.tsv`, `data/roles_lattice.tsv`,
//! `data/posts.tsv`, `data/parties.tsv` and `data/title_words.tsv`.

mod lattice;
mod lexicon;
mod posts;

pub use lattice::{excludes, has_one_holder, heads_a_body, implies, is_loose, is_scoped, is_shared, kind_of, known};
pub(super) use lexicon::words;
pub use lexicon::{head_at, plural_head_at, word_class};
pub use posts::{Hold, Level, Party, Post, exclude_in_one_body, exclude_in_one_government, marked_party, party, post};

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
    /// Says whose department somebody directs: "medical" director.
    pub post: bool,
    /// Of bodies, one that is part of a larger one: "committee".
    pub part: bool,
    /// Of bodies, one that is a piece of land: "county".
    pub land: bool,
    /// Of bodies, one that does business: "bank".
    pub firm: bool,
    /// A past verb behind which "as" says what somebody is no longer: "resigned".
    pub leaving: bool,
    /// A participle that a title follows: "was named editor".
    pub naming: bool,
    /// What somebody is who does so: "chairs".
    pub office: Option<RoleHead>,
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
