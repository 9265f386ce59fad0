//! What a fact is found by. A key is a stable hash, so that an index of them can be written down; whoever finds something by one looks
//! whether it is what was meant.

use serde::{Deserialize, Serialize};

use super::super::facts::{Fact, GroupId, Said};
use super::super::figures::Kind;
use super::super::names::likenesses;
use super::super::placements::place_key;
use super::super::quotes::{Speaker, mouth, runs};
use crate::gazetteer::terms::TermKey;
use crate::gazetteer::{WordClass, name_use, word_class};
use crate::reader::{Context, PersonName, SubjectKind, Word, WordKind, words};
use crate::text::{StableHash, name_key};

/// What leads to some rows, or to some ways of writing a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Key(u64);

impl Key {
    pub const fn number(self) -> u64 {
        self.0
    }

    fn of(what: &str, parts: &[u64]) -> Self {
        Self(parts.iter().fold(StableHash::default().text(what), |hash, part| hash.number(*part)).finish())
    }

    fn of_text(what: &str, text: &str) -> Self {
        Self(StableHash::default().text(what).text(text).finish())
    }

    /// Figures or dates of a kind among whose words one stands.
    pub fn term(kind: Kind, word: TermKey) -> Self {
        Self::of("term", &[kind.number(), word.number()])
    }

    /// Those with a word just before them.
    pub fn behind(kind: Kind, word: TermKey) -> Self {
        Self::of("behind", &[kind.number(), word.number()])
    }

    /// Quotations with a run of words.
    pub fn run(run: u64) -> Self {
        Self::of("run", &[run])
    }

    /// Quotations of somebody with a word; see [`mouth`].
    pub fn spoken(mouth: u64, word: u64) -> Self {
        Self::of("spoken", &[mouth, word])
    }

    /// Ways of writing the names of a group.
    pub fn group(group: GroupId) -> Self {
        Self::of("group", &[group.number()])
    }

    /// Names of a group that have this [`name_key`]; the titles of those who bear them stand behind.
    pub fn bearer(group: GroupId, person: bool, key: &str) -> Self {
        Self(StableHash::default().text("bearer").number(group.number()).number(u64::from(person)).text(key).finish())
    }

    /// Expansions of an abbreviation, and abbreviations of an expansion.
    pub fn acronym(name: &str) -> Self {
        Self::of_text("acronym", &name_key(name))
    }

    /// What puts a place somewhere.
    pub fn place(name: &str) -> Self {
        Self::of_text("place", &place_key(name))
    }

    /// Ways of writing a name with this [`name_key`], abbreviations among them.
    pub fn name(key: &str) -> Self {
        Self::of_text("name", key)
    }

    /// Ways of writing the names of people with this surname.
    pub fn surname(key: &str) -> Self {
        Self::of_text("surname", key)
    }

    /// Those with this word in their key.
    pub fn word(word: &str) -> Self {
        Self::of_text("word", word)
    }

    /// Those with a word that is spelt or sounds like this; see [`likenesses`].
    pub fn like(likeness: u64) -> Self {
        Self::of("like", &[likeness])
    }

    /// Those that are this name with the next word glued on.
    pub fn glued(person: bool, name: &str) -> Self {
        Self::of_text(if person { "glued person" } else { "glued name" }, name)
    }
}

/// The keys that lead to a row.
pub fn keys_of(fact: &Fact) -> Vec<Key> {
    match &fact.said {
        Said::Name(name) => vec![Key::bearer(name.group, name.kind == SubjectKind::Person, &name_key(&name.form))],
        Said::Title(_) => Vec::new(),
        Said::Acronym(said) => each_once(vec![Key::acronym(&said.acronym), Key::acronym(&said.expansion)]),
        Said::Placement(said) => vec![Key::place(&said.place)],
        Said::Figure(said) => of_context(Kind::of(&said.figure), &said.figure.context),
        Said::Date(said) => of_context(Kind::of_dates(), &said.context),
        Said::Quote(said) => of_utterance(&words(&said.words), said.speaker.as_ref()),
    }
}

fn of_utterance(words: &[Word], speaker: Option<&Speaker>) -> Vec<Key> {
    let spoken = speaker.map(|speaker| spoken(words, &speaker.name));
    each_once(runs(words).into_iter().map(Key::run).chain(spoken.into_iter().flatten()).collect())
}

/// The keys of words as somebody's.
pub(in crate::corpus) fn spoken(words: &[Word], speaker: &str) -> impl Iterator<Item = Key> {
    let mouth = mouth(speaker);
    words.iter().filter(|word| word.kind == WordKind::Content).map(move |word| Key::spoken(mouth, word.key))
}

/// The keys by which a context is found: those of its words, of which no two are alike, and of the word before.
pub(in crate::corpus) fn of_context(kind: Kind, context: &Context) -> Vec<Key> {
    let before = context.before.first().map(|&word| Key::behind(kind, word));
    context.terms.iter().map(|term| Key::term(kind, term.word)).chain(before).collect()
}

fn each_once(mut keys: Vec<Key>) -> Vec<Key> {
    keys.sort_unstable();
    keys.dedup();
    keys
}

/// The keys that lead to a way of writing a name. An abbreviation is found by nothing but itself.
pub fn name_keys_of(form: &str, person: bool, acronym: bool) -> Vec<Key> {
    let key = name_key(form);
    let mut keys = vec![Key::name(&key)];
    if acronym {
        return keys;
    }
    if person && let Some(surname) = PersonName::parse(form).surname {
        keys.push(Key::surname(&name_key(&surname)));
    }
    for word in key.split(' ') {
        keys.push(Key::word(word));
        keys.extend(likenesses(word).into_iter().map(Key::like));
    }
    keys.extend(glued(&key).into_iter().map(|name| Key::glued(person, name)));
    each_once(keys)
}

/// The keys of the words of a name, each once: by these it is counted how often sources write one with such a word.
pub fn word_keys_of(form: &str, acronym: bool) -> Vec<Key> {
    if acronym { Vec::new() } else { each_once(name_key(form).split(' ').map(Key::word).collect()) }
}

/// The names that a key may be with a small word glued on: "ada quill" for "ada quilland".
pub fn glued(key: &str) -> Vec<&str> {
    let Some((_, last)) = key.rsplit_once(' ') else { return Vec::new() };
    if name_use(last).family {
        return Vec::new();
    }
    let cuts = (3..=5).filter_map(|letters| key.len().checked_sub(letters)).filter(|&at| key.is_char_boundary(at));
    let parts = cuts
        .map(|at| key.split_at(at))
        .filter(|(name, word)| word_class(word).is(WordClass::LEAD.with(WordClass::LEAD_OR_GIVEN)) && name.contains(' '));
    parts.map(|(name, _)| name).collect()
}
