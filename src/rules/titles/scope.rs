//! What an office is of, and how two such things lie to each other: the same, apart, or not to be told.

use crate::gazetteer::nations::{NationWord, leading};
use crate::gazetteer::phrases::word_key;
use crate::gazetteer::roles::{Level, word_class};
use crate::gazetteer::{PlaceKind, exonyms, places};
use crate::text::{edit_distance, folded, name_key};

/// What an office is of, as far as its title says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Scope {
    /// ISO 3166.
    pub(super) nation: Option<&'static str>,
    /// The words of its name, but for those that say what sort of body it is.
    pub(super) words: Vec<String>,
    /// What sort of body it is: "council" of a council named or of "the council's leader".
    sorts: Vec<String>,
    /// Whether it has a name, and that says that it is an organisation.
    pub(super) is_named_body: bool,
    is_acronym: bool,
}

/// How what two titles are of agrees.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Meeting {
    Same,
    /// One of them doesn't say.
    Open,
    OtherNation,
    OtherName,
}

impl Scope {
    /// `of` is what the reader found, `words` are those of the title.
    pub(super) fn new(of: Option<&str>, words: &str) -> Self {
        let mut scope = Self::default();
        let Some(of) = of else {
            scope.sorts = body_words(words).collect();
            return scope;
        };
        let lead = leading(of);
        scope.nation = lead.map(|(nation, _)| nation.code);
        let body = match lead {
            Some((nation, rest)) if nation.by != NationWord::Seat => rest,
            _ => of,
        };
        let named = body.split(|c: char| !c.is_alphanumeric()).filter(|word| word.len() > 1).map(folded);
        let named = named.filter(|word| !matches!(&**word, "the" | "of" | "and" | "for" | "in" | "at"));
        let named: Vec<String> = named.collect();
        (scope.sorts, scope.words) = named.iter().cloned().partition(|word| word_class(word_key(word)).body);
        if scope.words.is_empty() {
            // "State Department"
            scope.words = named;
        }
        let acronym = body.split_whitespace().any(|word| word.len() > 1 && word.chars().all(char::is_uppercase));
        let seat = lead.is_some_and(|(nation, _)| nation.by == NationWord::Seat);
        scope.is_acronym = acronym && scope.words.len() == 1;
        scope.is_named_body = acronym || seat || !scope.sorts.is_empty();
        scope
    }

    pub(super) const fn is_told(&self) -> bool {
        self.nation.is_some() || self.has_name()
    }

    const fn has_name(&self) -> bool {
        !self.words.is_empty()
    }

    /// Whether a body is said, by its name or by its sort.
    pub(super) const fn is_body(&self) -> bool {
        self.is_named_body || !self.sorts.is_empty()
    }

    /// Whether it may be a firm, as far as it says what sort of body it is.
    pub(super) fn may_be_firm(&self) -> bool {
        self.sorts.iter().all(|sort| {
            let class = word_class(word_key(sort));
            class.firm || class.land
        })
    }

    /// Whether it is a state, a province or the like.
    pub(super) fn is_region(&self) -> bool {
        places(&self.words.join(" ")).any(|place| place.kind == PlaceKind::Region)
    }

    pub(super) fn has_sort(&self, sort: &str) -> bool {
        self.sorts.iter().any(|own| own == sort)
    }

    pub(super) fn meets(&self, other: &Self) -> Meeting {
        if let (Some(one), Some(two)) = (self.nation, other.nation)
            && one != two
        {
            // Georgia is a state of the United States as well.
            let state = matches!((one, two), ("US", "GE") | ("GE", "US"));
            return if state { Meeting::Open } else { Meeting::OtherNation };
        }
        if !self.has_name() || !other.has_name() {
            // "The club" is the one that is named.
            if self.sorts.iter().any(|sort| other.has_sort(sort)) {
                return Meeting::Same;
            }
            let nation = self.nation.is_some() && self.nation == other.nation;
            return if nation && !self.is_of_part_unlike(other) { Meeting::Same } else { Meeting::Open };
        }
        if self.lies_elsewhere(other) {
            return Meeting::OtherName;
        }
        if self.is_within(other)
            || other.is_within(self)
            || self.shortens(other)
            || other.shortens(self)
            || same_word(&self.words[0], &other.words[0])
        {
            return Meeting::Same;
        }
        if self.may_stand_for(other) || other.may_stand_for(self) { Meeting::Open } else { Meeting::OtherName }
    }

    /// Whether one is of part of a larger body, a committee or a fund, and the other of nothing of that sort: who chairs the one may be
    /// something else there.
    pub(super) fn is_of_part_unlike(&self, other: &Self) -> bool {
        let parts = |one: &Self| one.sorts.iter().any(|sort| word_class(word_key(sort)).part);
        (parts(self) || parts(other)) && !self.sorts.iter().any(|sort| other.has_sort(sort))
    }

    /// Whether nothing but a word of the compass parts their names: "Larsund East", "Larsund West".
    fn lies_elsewhere(&self, other: &Self) -> bool {
        let is_compass = |word: &&String| matches!(word.as_str(), "north" | "south" | "east" | "west" | "central");
        let (side, rest): (Vec<&String>, Vec<&String>) = self.words.iter().partition(is_compass);
        let (other_side, other_rest): (Vec<&String>, Vec<&String>) = other.words.iter().partition(is_compass);
        !side.is_empty() && !other_side.is_empty() && side != other_side && rest == other_rest
    }

    /// Whether all words of its name are of the other's.
    fn is_within(&self, other: &Self) -> bool {
        self.words.iter().all(|one| other.words.iter().any(|two| same_word(one, two)))
    }

    /// Whether it is the other's abbreviation.
    fn shortens(&self, other: &Self) -> bool {
        let [short] = &*self.words else { return false };
        let initials = |words: &[String]| words.iter().filter_map(|word| word.chars().next()).collect::<String>();
        let all: Vec<String> = other.words.iter().chain(&other.sorts).cloned().collect();
        all.len() > 1 && short.len() > 1 && {
            let (mut letters, mut wanted): (Vec<char>, Vec<char>) = (short.chars().collect(), initials(&all).chars().collect());
            letters.sort_unstable();
            wanted.sort_unstable();
            letters == wanted
        }
    }

    /// Whether it is an abbreviation that may stand for the other or for something of it, a party's committee or a firm's fund. Nobody can
    /// tell from a letter that both have, unless the other has as many words as this has letters, and they are others.
    fn may_stand_for(&self, other: &Self) -> bool {
        if !self.is_acronym || other.is_acronym {
            return false;
        }
        let short = &self.words[0];
        let initials = || other.words.iter().chain(&other.sorts).filter_map(|word| word.chars().next());
        initials().any(|initial| short.starts_with(initial)) && initials().count() != short.chars().count()
    }

    /// Whether it may be of this level: a party is no seat, and a country no town.
    pub(super) fn may_be(&self, level: Level) -> bool {
        match level {
            Level::Body | Level::Court | Level::Parish => true,
            Level::Nation => self.words.is_empty(),
            Level::Party => self.has_sort("party") || !self.is_named_body,
            Level::Region | Level::Place | Level::Seat | Level::Diocese => {
                self.nation.is_none() && !self.is_acronym && self.sorts.iter().all(|sort| word_class(word_key(sort)).land)
            }
        }
    }
}

/// Words in small letters for a sort of body: "club" of "the club's treasurer".
fn body_words(words: &str) -> impl Iterator<Item = String> {
    let lower = words.split(|c: char| !c.is_alphanumeric()).filter(|word| word.starts_with(char::is_lowercase));
    lower.filter(|word| word_class(word_key(word)).body).map(folded)
}

/// Whether two words are forms or spellings of one: "finance" and "financial", "Kyiv" and "Kiev".
pub(super) fn same_word(one: &str, two: &str) -> bool {
    let stem = |word: &str| word.chars().take(4).collect::<String>();
    let other_name = || exonyms(&name_key(one)).is_some_and(|mut names| names.any(|name| name_key(name) == name_key(two)));
    one == two || one.len() > 3 && stem(one) == stem(two) || one.len() > 5 && edit_distance(one, two, 1).is_some() || other_name()
}
