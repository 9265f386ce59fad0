//! The keys of the desk's two files, `copydesk.toml` and the stylebook, each with a line that says what it is for. The parsers take
//! these and no others, and editors show them.

/// A key, or the name of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Key {
    pub name: &'static str,
    pub says: &'static str,
    /// How it may be written.
    pub example: &'static str,
}

/// Of `copydesk.toml`.
pub const CONFIGURATION: &[Key] = &[
    Key { name: "corpus", says: "Folders and files of sources, relative to this file.", example: "corpus = [\"archive\", \"wire\"]" },
    Key {
        name: "stylebook",
        says: "The file with what the desk has decided, relative to this one.",
        example: "stylebook = \"stylebook.toml\"",
    },
    Key { name: "fail-on", says: "From which severity on findings make `copydesk lint` fail.", example: "fail-on = \"warning\"" },
    Key {
        name: "reference",
        says: "Whether the built-in table of office-holders is heard where the sources are silent.",
        example: "reference = false",
    },
    RULES,
];

/// The table of `copydesk.toml` whose keys are the rules.
pub const RULES: Key =
    Key { name: "rules", says: "How loud each rule is: off, hint, info, warning or error.", example: "[rules]\nname-variant = \"off\"" };

/// The tables of a stylebook, each with the keys of its entries.
pub const STYLEBOOK: &[(Key, &[Key])] = &[
    (
        Key { name: "person", says: "Somebody whose name the desk has decided on.", example: "[[person]]\nname = \"Mira Dovzhenko\"" },
        PERSON,
    ),
    (Key { name: "place", says: "A place whose name the desk has decided on.", example: "[[place]]\nname = \"Kyiv\"" }, PLACE),
    (
        Key {
            name: "organisation",
            says: "A body whose name the desk has decided on.",
            example: "[[organisation]]\nname = \"Institute for Sea Studies\"",
        },
        ORGANISATION,
    ),
];

const NAME: Key = Key {
    name: "name",
    says: "How the desk writes it, whole: a person with given name and surname.",
    example: "name = \"Mira Dovzhenko\"",
};
const ALIASES: Key = Key {
    name: "aliases",
    says: "Other ways of writing the name; each is pointed at, with a fix to the preferred form.",
    example: "aliases = [\"Mira Dowschenko\"]",
};
const IS_NOT: Key =
    Key { name: "is-not", says: "Names of somebody or something else, however alike they are.", example: "is-not = [\"Mira Dovchenko\"]" };
const NEEDS_NO_INTRODUCTION: Key = Key {
    name: "needs-no-introduction",
    says: "Whether the surname alone will do at first mention.",
    example: "needs-no-introduction = true",
};

const PERSON: &[Key] = &[
    NAME,
    ALIASES,
    IS_NOT,
    NEEDS_NO_INTRODUCTION,
    Key {
        name: "titles",
        says: "What somebody is or was, and from when until when.",
        example: "titles = [{ title = \"ambassador to Norway\", from = 2024-10-01 }]",
    },
];
const PLACE: &[Key] = &[
    NAME,
    ALIASES,
    IS_NOT,
    NEEDS_NO_INTRODUCTION,
    Key { name: "in", says: "What contains the place, the nearest first.", example: "in = [\"Nordmark\", \"Norway\"]" },
];
const ORGANISATION: &[Key] = &[
    NAME,
    ALIASES,
    IS_NOT,
    NEEDS_NO_INTRODUCTION,
    Key { name: "acronym", says: "Its abbreviation, which is as good as the name.", example: "acronym = \"ISS\"" },
];

/// Of one title in a stylebook.
pub const TITLE: &[Key] = &[
    Key { name: "title", says: "The title as the desk gives it.", example: "title = \"ambassador to Norway\"" },
    Key { name: "from", says: "The first day, month or year of the term.", example: "from = 2024-10-01" },
    Key { name: "until", says: "The last day, month or year of the term.", example: "until = \"2025-03\"" },
];

/// The keys of an entry of a stylebook.
pub fn of_entry(table: &str) -> Option<&'static [Key]> {
    STYLEBOOK.iter().find(|(key, _)| key.name == table).map(|(_, keys)| *keys)
}

/// The names of keys.
pub fn names(keys: &[Key]) -> Vec<&'static str> {
    keys.iter().map(|key| key.name).collect()
}
