//! The keys of the desk's two files, `copydesk.toml` and the stylebook, each with a line that says what it is for. The parsers take
//! these and no others; editors show them, and the files' schemas and reference are made of them.

/// A key, or the name of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Key {
    pub name: &'static str,
    pub says: &'static str,
    /// How it may be written.
    pub example: &'static str,
    /// What holds where nothing is said, in words; empty for what has to be said.
    pub default: &'static str,
    pub shape: Shape,
}

/// What may stand behind a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// Words in quotation marks.
    Words,
    /// One of them, or a list.
    List,
    /// True or false.
    Flag,
    Severity,
    /// A date, or a month or a year.
    Day,
    /// A table with these keys, opened by the name in brackets.
    Table(&'static [Key]),
    /// A table whose keys are the rules, each with a severity or "off".
    Rules,
    /// A list of tables with these keys, or of words that stand for the first of them.
    Inline(&'static [Key]),
    /// Tables with these keys, each opened by the name in two brackets.
    Tables(&'static [Key]),
}

/// Of `copydesk.toml`.
pub const CONFIGURATION: &[Key] = &[
    Key {
        name: "corpus",
        says: "Folders and files of sources, relative to this file.",
        example: "corpus = [\"archive\", \"wire\"]",
        default: "the built-in demonstration; [] for no sources at all",
        shape: Shape::List,
    },
    Key {
        name: "stylebook",
        says: "The file with what the desk has decided, relative to this one.",
        example: "stylebook = \"stylebook.toml\"",
        default: "none",
        shape: Shape::Words,
    },
    Key {
        name: "fail-on",
        says: "From which severity on findings make `copydesk lint` fail.",
        example: "fail-on = \"warning\"",
        default: "\"warning\"",
        shape: Shape::Severity,
    },
    Key {
        name: "drafts",
        says: "What is checked where no draft is named: patterns, as those of [[paths]].",
        example: "drafts = [\"drafts/\", \"pages/*.html\"]",
        default: "all texts in this folder and below",
        shape: Shape::List,
    },
    Key {
        name: "exclude",
        says: "What is no draft, unless it is named itself: patterns, as those of [[paths]].",
        example: "exclude = [\"drafts/old/\"]",
        default: "none",
        shape: Shape::List,
    },
    Key {
        name: "baseline",
        says: "The file of findings that the desk has accepted, as `copydesk lint --write-baseline` writes it, relative to this one.",
        example: "baseline = \"baseline.toml\"",
        default: "none",
        shape: Shape::Words,
    },
    Key {
        name: "archive",
        says: "The folder of the archive that `copydesk archive build` makes of the corpus, relative to this file.",
        example: "archive = \"../archive\"",
        default: "a folder in the user's cache",
        shape: Shape::Words,
    },
    Key {
        name: "reference",
        says: "Whether the built-in table of office-holders is heard where the sources are silent.",
        example: "reference = false",
        default: "true",
        shape: Shape::Flag,
    },
    JSON_LINES,
    RULES,
    PATHS,
];

/// The table of `copydesk.toml` that says what the fields of articles are called in JSON Lines.
pub const JSON_LINES: Key = Key {
    name: "json-lines",
    says: "What the fields of an article are called in the corpus's files of JSON Lines: one name, or several of which the first that has a value holds. A point leads into an object.",
    example: "[json-lines]\nbody = [\"content.html\", \"content.text\"]\npublished = \"first_published\"",
    default: "the usual names",
    shape: Shape::Table(JSON_LINES_FIELDS),
};

/// The fields of an article in JSON Lines.
pub const JSON_LINES_FIELDS: &[Key] = &[
    field(
        "id",
        "What the system calls the article; of several lines with one id the latest version counts.",
        "id = \"uuid\"",
        "id, guid, uri …",
    ),
    field("outlet", "Where it appeared.", "outlet = \"publication.name\"", "outlet, publisher, publication, source …"),
    field("published", "When it appeared.", "published = \"first_published\"", "published, published_at, date …"),
    field("updated", "When it was last changed.", "updated = \"last_edited\"", "updated, modified …"),
    field("headline", "Its headline.", "headline = \"web_headline\"", "headline, title"),
    field(
        "body",
        "Its text, plain or as HTML, in one piece or a list of paragraphs.",
        "body = [\"content.html\", \"content.text\"]",
        "body, content, text …",
    ),
    field("url", "Its address.", "url = \"web.address\"", "url, canonical_url, link …"),
    field("language", "Its language; articles in others than English are left out.", "language = \"locale\"", "language, lang"),
    field("byline", "Who wrote it.", "byline = \"credits.name\"", "byline, author, authors"),
    field("version", "The number of its version.", "version = \"rev\"", "version, revision"),
    field("corrects", "The ids of the articles that it corrects.", "corrects = \"supersedes\"", "corrects, correction_of, replaces"),
    field(
        "status",
        "Whether it counts: one that is killed, withdrawn or canceled takes back all versions before it.",
        "status = \"state\"",
        "status, pubstatus …",
    ),
];

const fn field(name: &'static str, says: &'static str, example: &'static str, default: &'static str) -> Key {
    Key { name, says, example, default, shape: Shape::List }
}

/// The table of `copydesk.toml` whose keys are the rules.
pub const RULES: Key = Key {
    name: "rules",
    says: "How loud each rule is: off, hint, info, warning or error.",
    example: "[rules]\nname-variant = \"off\"",
    default: "each rule's own severity",
    shape: Shape::Rules,
};

/// The tables of `copydesk.toml` that say what is otherwise for some drafts.
pub const PATHS: Key = Key {
    name: "paths",
    says: "How loud rules are in some drafts; of several that hold for a draft, the last one counts.",
    example: "[[paths]]\nfiles = [\"wire/**\", \"*.txt\"]\nrules = { name-first-reference = \"off\" }",
    default: "none",
    shape: Shape::Tables(OF_PATHS),
};

/// Of one entry of [`PATHS`].
pub const OF_PATHS: &[Key] = &[
    Key {
        name: "files",
        says: "Which drafts: patterns, relative to this file. `*` is any part of a name and `**` any folders; a pattern without a slash is met in any folder, and a folder stands for all in it.",
        example: "files = [\"wire/**\", \"*.txt\"]",
        default: "",
        shape: Shape::List,
    },
    Key {
        name: "rules",
        says: "How loud each rule is in them, above what [rules] says.",
        example: "rules = { name-first-reference = \"off\" }",
        default: "what [rules] says",
        shape: Shape::Rules,
    },
];

/// The tables of a stylebook, each with the keys of its entries.
pub const STYLEBOOK: &[Key] = &[
    Key {
        name: "person",
        says: "Somebody whose name the desk has decided on.",
        example: "[[person]]\nname = \"Mira Dovzhenko\"",
        default: "none",
        shape: Shape::Tables(PERSON),
    },
    Key {
        name: "place",
        says: "A place whose name the desk has decided on.",
        example: "[[place]]\nname = \"Kyiv\"",
        default: "none",
        shape: Shape::Tables(PLACE),
    },
    Key {
        name: "organisation",
        says: "A body whose name the desk has decided on.",
        example: "[[organisation]]\nname = \"Institute for Sea Studies\"",
        default: "none",
        shape: Shape::Tables(ORGANISATION),
    },
    Key {
        name: "figure",
        says: "A figure that the desk has settled, whatever the sources give.",
        example: "[[figure]]\nof = \"people killed in the Skalvik ferry fire\"\nvalue = \"38 people\"\nas-of = 2025-03-02",
        default: "none",
        shape: Shape::Tables(FIGURE),
    },
    Key {
        name: "quote",
        says: "A quotation of record: somebody's words as the desk gives them.",
        example: "[[quote]]\nspeaker = \"Mira Dovzhenko\"\nwords = \"No boat of ours will sail under another flag.\"",
        default: "none",
        shape: Shape::Tables(QUOTE),
    },
];

const NAME: Key = Key {
    name: "name",
    says: "How the desk writes it, whole: a person with given name and surname.",
    example: "name = \"Mira Dovzhenko\"",
    default: "",
    shape: Shape::Words,
};
const ALIASES: Key = Key {
    name: "aliases",
    says: "Other ways of writing the name; each is pointed at, with a fix to the preferred form.",
    example: "aliases = [\"Mira Dowschenko\"]",
    default: "none",
    shape: Shape::List,
};
const IS_NOT: Key = Key {
    name: "is-not",
    says: "Names of somebody or something else, however alike they are.",
    example: "is-not = [\"Mira Dovchenko\"]",
    default: "none",
    shape: Shape::List,
};
const NEEDS_NO_INTRODUCTION: Key = Key {
    name: "needs-no-introduction",
    says: "Whether the surname alone will do at first mention.",
    example: "needs-no-introduction = true",
    default: "false",
    shape: Shape::Flag,
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
        default: "none",
        shape: Shape::Inline(TITLE),
    },
];
const PLACE: &[Key] = &[
    NAME,
    ALIASES,
    IS_NOT,
    NEEDS_NO_INTRODUCTION,
    Key {
        name: "in",
        says: "What contains the place, the nearest first.",
        example: "in = [\"Nordmark\", \"Norway\"]",
        default: "none",
        shape: Shape::List,
    },
];
const ORGANISATION: &[Key] = &[
    NAME,
    ALIASES,
    IS_NOT,
    NEEDS_NO_INTRODUCTION,
    Key {
        name: "acronym",
        says: "Its abbreviation, which is as good as the name.",
        example: "acronym = \"ISS\"",
        default: "none",
        shape: Shape::Words,
    },
];

const FIGURE: &[Key] = &[
    Key {
        name: "of",
        says: "What it is of, in words that all have to stand in a draft's sentence for the figure there to be this one.",
        example: "of = \"people killed in the Skalvik ferry fire\"",
        default: "",
        shape: Shape::Words,
    },
    Key {
        name: "value",
        says: "The figure with its unit, as a draft writes it.",
        example: "value = \"38 people\"",
        default: "",
        shape: Shape::Words,
    },
    Key {
        name: "as-of",
        says: "The day, month or year from which on it holds; drafts of earlier days, or of none, are not held to it.",
        example: "as-of = 2025-03-02",
        default: "it has always held",
        shape: Shape::Day,
    },
];
const QUOTE: &[Key] = &[
    Key { name: "speaker", says: "Who said it, whole.", example: "speaker = \"Mira Dovzhenko\"", default: "", shape: Shape::Words },
    Key {
        name: "words",
        says: "The words, without quotation marks around them.",
        example: "words = \"No boat of ours will sail under another flag.\"",
        default: "",
        shape: Shape::Words,
    },
];

/// Of one title in a stylebook.
pub const TITLE: &[Key] = &[
    Key {
        name: "title",
        says: "The title as the desk gives it.",
        example: "title = \"ambassador to Norway\"",
        default: "",
        shape: Shape::Words,
    },
    Key {
        name: "from",
        says: "The first day, month or year of the term.",
        example: "from = 2024-10-01",
        default: "it has always been held",
        shape: Shape::Day,
    },
    Key {
        name: "until",
        says: "The last day, month or year of the term.",
        example: "until = \"2025-03\"",
        default: "it is held",
        shape: Shape::Day,
    },
];

impl Key {
    /// The keys of its tables, where it has some.
    pub const fn keys(&self) -> &'static [Self] {
        match self.shape {
            Shape::Inline(keys) | Shape::Table(keys) | Shape::Tables(keys) => keys,
            _ => &[],
        }
    }

    /// The same key as a table is opened with it: `[rules]`, `[[person]]`; none where it has a value in its own line.
    pub fn head(&self) -> Option<String> {
        match self.shape {
            Shape::Rules | Shape::Table(_) => Some(format!("[{}]", self.name)),
            Shape::Tables(_) => Some(format!("[[{}]]", self.name)),
            _ => None,
        }
    }
}

/// The keys of an entry of a stylebook.
pub fn of_entry(table: &str) -> Option<&'static [Key]> {
    STYLEBOOK.iter().find(|key| key.name == table).map(Key::keys)
}

/// The names of keys.
pub fn names(keys: &[Key]) -> Vec<&'static str> {
    keys.iter().map(|key| key.name).collect()
}
