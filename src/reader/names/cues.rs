//! What stands beside a name in its block and tells what kind of name it is.

/// A set of cues.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Cues(u32);

macro_rules! cues {
    ($($(#[$doc:meta])* $constant:ident = $bit:literal),+ $(,)?) => {
        impl Cues {
            $($(#[$doc])* pub(super) const $constant: Self = Self(1 << $bit);)+
        }
    };
}

cues! {
    /// The first word of a sentence or of a quotation: its capital says nothing.
    SENTENCE_START = 0,
    /// Behind "Mr" or a title.
    AFTER_TITLE = 1,
    /// Behind a preposition that a place follows.
    AFTER_PLACE_PREPOSITION = 2,
    AFTER_THE = 3,
    /// Before or behind "said".
    BESIDE_SPEECH = 4,
    /// Before what somebody does.
    BEFORE_ACT = 5,
    /// ", who" or ", whose" follows.
    BEFORE_WHO = 6,
    /// ", 45," or "(45)" follows.
    BEFORE_AGE = 7,
    POSSESSIVE = 8,
    /// ", Larsund" follows, or it is that name.
    IN_COMMA_CHAIN = 9,
    /// An abbreviation in brackets follows.
    BEFORE_ACRONYM = 10,
    /// An abbreviation in brackets itself.
    IN_BRACKETS = 11,
    /// "-based", "-led" follows.
    BEFORE_HYPHEN = 12,
    /// In capitals all through, or a headline with a capital on each word: the capital says nothing.
    TITLE_CASE = 13,
    /// A title in capitals follows within the same run: "Defence" in "Defence Minister".
    BEFORE_TITLE = 14,
    /// An article or a possessive pronoun stands before it.
    AFTER_DETERMINER = 15,
    /// ", the minister" follows: an apposition.
    BEFORE_APPOSITION = 16,
    /// "by", "with", "and" stand before it.
    AFTER_BY = 17,
    /// A noun in lower case follows: "the Larsund ferry".
    BEFORE_NOUN = 18,
    /// Begins the block and ends with a colon or a dash: a dateline or a speaker's label.
    LABEL = 19,
    /// Inside the words of a title: "Ukraine's Defence Minister".
    IN_TITLE = 20,
    /// Behind a kind of ship or "aboard": "the tanker".
    AFTER_SHIP = 21,
    /// A post follows in apposition: "Ada Quill, finance director of the port,".
    BEFORE_POST = 22,
    /// Called a town, or put on a side of a country, an island or a shore: ", in western Kenya".
    PLACED = 23,
    /// What somebody is at the head of, a firm or the like: "the chief executive of Larsund".
    HEADED = 24,
}

impl Cues {
    pub(super) const fn has(self, cue: Self) -> bool {
        self.0 & cue.0 != 0
    }

    pub(super) fn add(&mut self, cue: Self) {
        self.0 |= cue.0;
    }

    pub(super) fn add_if(&mut self, cue: Self, condition: bool) {
        if condition {
            self.add(cue);
        }
    }
}

/// How often each cue was seen, and how many sets of cues.
#[derive(Clone, Debug, Default)]
pub(super) struct CueCounts {
    each: [u16; u32::BITS as usize],
    pub(super) all: u16,
}

impl CueCounts {
    pub(super) fn add(&mut self, cues: Cues) {
        self.all = self.all.saturating_add(1);
        let mut left = cues.0;
        while left != 0 {
            let count = &mut self.each[left.trailing_zeros() as usize];
            *count = count.saturating_add(1);
            left &= left - 1;
        }
    }

    /// Of one cue.
    pub(super) const fn of(&self, cue: Cues) -> u16 {
        self.each[cue.0.trailing_zeros() as usize]
    }
}
