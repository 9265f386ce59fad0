//! The tables of `data/`, compiled in. One reader for all of them, so that what is a row, a comment and an empty column is said once; and
//! one list, so that a test can read each strictly, and see that it is read at all.

/// A table whose rows have at most `N` columns.
#[derive(Debug)]
pub(crate) struct Table<const N: usize>(&'static str);

impl<const N: usize> Table<N> {
    /// The rows in the order of the file; the columns that one leaves out at its end are empty.
    pub(crate) fn rows(&self) -> impl Iterator<Item = [&'static str; N]> + use<N> {
        lines(self.0).map(columns)
    }
}

impl Table<2> {
    /// The weights of a table of signs, in the order of their names. A test of whoever has them holds the table to just these.
    pub(crate) fn weights<const N: usize>(&self, names: [&str; N]) -> [f64; N] {
        let of = |wanted: &str| self.rows().find(|[name, _]| *name == wanted).and_then(|[_, weight]| weight.parse().ok());
        names.map(|name| of(name).unwrap_or_default())
    }
}

impl Table<3> {
    /// The same of a table that has weights for figures and for dates.
    pub(crate) fn weights<const N: usize>(&self, names: [&str; N]) -> [[f64; N]; 2] {
        let of = |wanted: &str| self.rows().find(|[name, ..]| *name == wanted);
        let column = |at: usize| names.map(|name| of(name).and_then(|row| row[at].parse().ok()).unwrap_or_default());
        [column(1), column(2)]
    }
}

impl Table<2> {
    /// The words of a class, in a table whose rows are a class and its words.
    pub(crate) fn class<'w>(&self, wanted: &'w str) -> impl Iterator<Item = &'static str> + use<'w> {
        self.rows().filter(move |[class, _]| *class == wanted).flat_map(|[_, words]| words.split('|'))
    }
}

impl Table<1> {
    /// The words of a table that has one on each line.
    pub(crate) fn words(&self) -> impl Iterator<Item = &'static str> + use<> {
        lines(self.0)
    }
}

/// The lines that hold something: no comment, and not empty.
fn lines(table: &'static str) -> impl Iterator<Item = &'static str> {
    table.lines().filter(|line| !line.is_empty() && !line.starts_with('#'))
}

/// Byte by byte, as the largest tables have a hundred thousand lines and are read at the start.
fn columns<const N: usize>(line: &'static str) -> [&'static str; N] {
    let mut columns = [""; N];
    let mut rest = Some(line);
    for column in &mut columns {
        let Some(line) = rest else { break };
        let end = line.bytes().position(|byte| byte == b'\t');
        *column = &line[..end.unwrap_or(line.len())];
        rest = end.map(|end| &line[end + 1..]);
    }
    columns
}

/// Each table with its file, the fewest and the most columns of a row, those that together occur once, and those that are numbers.
macro_rules! tables {
    ($($(#[$when:meta])? $table:ident = $file:literal, $least:literal..=$most:literal, once $key:tt, numbers $numbers:tt;)*) => {
        $($(#[$when])? pub(crate) static $table: Table<$most> = Table(include_str!(concat!("../data/", $file)));)*

        #[cfg(test)]
        static ALL: &[strict::Strict] = &[$($(#[$when])? strict::Strict {
            name: stringify!($table), file: $file, text: $table.0, columns: $least..=$most, once: &$key, numbers: &$numbers,
        }),*];
    };
}

tables! {
    ALIGNMENT = "alignment.tsv", 3..=3, once [0], numbers [1, 2];
    AMBIGUOUS_UNITS = "ambiguous_units.tsv", 2..=2, once [0], numbers [1];
    ARTICLED_COUNTRIES = "articled_countries.txt", 1..=1, once [0], numbers [];
    #[cfg(feature = "ingest")]
    ARTICLE_FIELDS = "article_fields.tsv", 2..=2, once [1], numbers [];
    #[cfg(feature = "ingest")]
    ARTICLE_STATUSES = "article_statuses.tsv", 2..=2, once [0], numbers [];
    BESIDE_NAMES = "beside_names.tsv", 2..=2, once [0], numbers [];
    BRITISH_AMERICAN = "british_american.tsv", 2..=2, once [0], numbers [];
    CALENDAR = "calendar.tsv", 4..=4, once [0, 1], numbers [1];
    CITIES = "cities.tsv", 8..=8, once [], numbers [3, 6, 7];
    CLAIMS = "claims.tsv", 2..=2, once [], numbers [];
    COMMON_FORMS = "common_forms.tsv", 2..=2, once [0], numbers [1];
    COMMON_TERMS = "common_terms.tsv", 2..=2, once [0], numbers [1];
    COMMON_WORDS = "common_words.txt", 1..=1, once [0], numbers [];
    COMPARING_WORDS = "comparing_words.txt", 1..=1, once [0], numbers [];
    CONTRASTS = "contrasts.tsv", 4..=4, once [0, 1, 2], numbers [];
    CORRECTION_WORDS = "correction_words.tsv", 2..=2, once [0, 1], numbers [];
    COUNTIES = "counties.tsv", 2..=2, once [0], numbers [];
    COUNTRIES = "countries.tsv", 7..=7, once [2], numbers [];
    CURRENCIES = "currencies.tsv", 4..=4, once [0], numbers [];
    DATE_WORDS = "date_words.tsv", 2..=2, once [0], numbers [];
    ZONES = "zones.tsv", 3..=3, once [0], numbers [];
    PERIODS = "periods.tsv", 2..=3, once [0], numbers [];
    PERIOD_RATIOS = "period_ratios.tsv", 4..=4, once [0, 1], numbers [2, 3];
    EQUAL_MEASURES = "equal_measures.tsv", 2..=2, once [0], numbers [];
    EVERYDAY_UNITS = "everyday_units.txt", 1..=1, once [0], numbers [];
    EXONYMS = "exonyms.tsv", 2..=2, once [0], numbers [];
    FAMILY_NAMES = "family_names.txt", 1..=2, once [0], numbers [];
    FIGURE_CUES = "figure_cues.tsv", 3..=3, once [0, 1], numbers [];
    FIGURE_LIKENESS = "figure_likeness.tsv", 3..=3, once [0], numbers [1, 2];
    FIGURE_TERMS = "figure_terms.tsv", 3..=3, once [0, 1], numbers [];
    FIGURE_WORDS = "figure_words.tsv", 2..=2, once [0], numbers [];
    FORMER_LEADERS = "former_leaders.tsv", 7..=7, once [0, 3, 5], numbers [];
    FUNCTION_WORDS = "function_words.txt", 1..=1, once [0], numbers [];
    FURNITURE = "furniture.tsv", 2..=2, once [1], numbers [];
    GIVEN_NAMES = "given_names.txt", 2..=3, once [0], numbers [];
    HEAD_NAMES = "head_names.tsv", 3..=3, once [1, 2], numbers [];
    HEDGES = "hedges.tsv", 3..=3, once [0, 2], numbers [];
    HOLIDAYS = "holidays.tsv", 2..=2, once [0], numbers [];
    IMPORT_COLUMNS = "import_columns.tsv", 2..=2, once [0], numbers [];
    IMPORT_KINDS = "import_kinds.tsv", 2..=2, once [0], numbers [];
    LEFTOVERS = "leftovers.tsv", 3..=3, once [0], numbers [1, 2];
    METONYMS = "metonyms.tsv", 4..=4, once [0], numbers [];
    NAME_CUES = "name_cues.tsv", 2..=2, once [0], numbers [];
    NAME_EVIDENCE = "name_evidence.tsv", 5..=5, once [0], numbers [1, 2, 3, 4];
    NICKNAMES = "nicknames.tsv", 2..=10, once [0], numbers [];
    NUMBERS = "numbers.tsv", 3..=3, once [0], numbers [1];
    OFFICEHOLDERS = "officeholders.tsv", 11..=11, once [], numbers [];
    ORDINAL_ENDINGS = "ordinal_endings.txt", 1..=1, once [0], numbers [];
    ORGANISATIONS = "organisations.tsv", 5..=5, once [0], numbers [];
    PAGE_PARTS = "page_parts.tsv", 3..=3, once [0, 1, 2], numbers [];
    PARTIES = "parties.tsv", 3..=3, once [0], numbers [];
    PARTITIONS = "partitions.tsv", 1..=1, once [0], numbers [];
    OUTCOMES = "outcomes.tsv", 1..=1, once [0], numbers [];
    PAST_WORDS = "past_words.txt", 1..=1, once [0], numbers [];
    PHOTO_AGENCIES = "photo_agencies.txt", 1..=1, once [0], numbers [];
    PLACEMENT_WORDS = "placement_words.tsv", 2..=2, once [0], numbers [];
    PLACES_EXTRA = "places_extra.tsv", 5..=5, once [0], numbers [];
    POSTS = "posts.tsv", 4..=4, once [0], numbers [];
    QUOTE_WORDS = "quote_words.tsv", 2..=2, once [0], numbers [];
    ROLES = "roles.tsv", 4..=4, once [0], numbers [];
    ROLES_LATTICE = "roles_lattice.tsv", 3..=3, once [0, 1, 2], numbers [];
    ROMANISED_WORDS = "romanised_words.tsv", 2..=2, once [0], numbers [];
    RULE_WORDS = "rule_words.tsv", 2..=2, once [0], numbers [];
    SAME_WORDS = "same_words.tsv", 2..=2, once [0], numbers [];
    SEATS = "seats.tsv", 2..=2, once [0], numbers [];
    SEAS = "seas.tsv", 2..=2, once [0], numbers [];
    SENTENCE_OPENERS = "sentence_openers.txt", 1..=1, once [0], numbers [];
    SENTENCE_WORDS = "sentence_words.tsv", 2..=2, once [0], numbers [];
    SERIES = "series.tsv", 2..=2, once [0], numbers [];
    SETTLED_COUNTRIES = "settled_countries.txt", 1..=1, once [0], numbers [];
    SHARES = "shares.tsv", 3..=3, once [0], numbers [1, 2];
    SOURCE_FOLDERS = "source_folders.txt", 1..=1, once [0], numbers [];
    SPEECH_VERBS = "speech_verbs.txt", 1..=1, once [0], numbers [];
    STATE_FORMS = "state_forms.tsv", 3..=3, once [0], numbers [];
    STORY = "story.tsv", 2..=2, once [0], numbers [1];
    SURNAME_ENDINGS = "surname_endings.tsv", 4..=4, once [0], numbers [3];
    TITLE_WORDS = "title_words.tsv", 3..=3, once [0, 1], numbers [];
    TRANSLIT = "translit.tsv", 4..=4, once [0, 1, 2], numbers [];
    UNITS = "units.tsv", 7..=7, once [0], numbers [2, 3];
}

#[cfg(test)]
pub(crate) static FIGURE_LIKENESS_POINTS: Table<4> = Table(include_str!("../data/figure_likeness.points.tsv"));

#[cfg(test)]
mod strict {
    use std::collections::BTreeSet;
    use std::ops::RangeInclusive;
    use std::path::Path;

    use super::{ALL, FIGURE_LIKENESS_POINTS, lines};

    /// A table, and what each of its rows must be.
    pub(super) struct Strict {
        pub(super) name: &'static str,
        pub(super) file: &'static str,
        pub(super) text: &'static str,
        pub(super) columns: RangeInclusive<usize>,
        pub(super) once: &'static [usize],
        pub(super) numbers: &'static [usize],
    }

    impl Strict {
        fn faults(&self) -> Vec<String> {
            let mut faults = Vec::new();
            let mut seen: BTreeSet<Vec<&str>> = BTreeSet::new();
            for row in lines(self.text).map(|line| line.split('\t').collect::<Vec<_>>()) {
                let mut fault = |what: &str| faults.push(format!("{}: {what}: {row:?}", self.file));
                if !self.columns.contains(&row.len()) {
                    fault("not as many columns as the table has");
                    continue;
                }
                if row.iter().any(|cell| *cell != cell.trim() || cell.split('|').count() > 1 && cell.split('|').any(str::is_empty)) {
                    fault("a blank or an empty value at an edge");
                }
                if !self.numbers.iter().all(|&at| row[at].parse::<f64>().is_ok_and(f64::is_finite)) {
                    fault("no number where there has to be one");
                }
                if !self.once.is_empty() && !seen.insert(self.once.iter().map(|&at| row[at]).collect()) {
                    fault("twice");
                }
            }
            faults
        }
    }

    #[test]
    fn every_row_of_every_table_is_well_formed() {
        let points = Strict {
            name: "FIGURE_LIKENESS_POINTS",
            file: "figure_likeness.points.tsv",
            text: FIGURE_LIKENESS_POINTS.0,
            columns: 4..=4,
            once: &[0, 1],
            numbers: &[1, 2, 3],
        };
        let faults: Vec<String> = ALL.iter().chain([&points]).flat_map(Strict::faults).collect();
        assert!(faults.is_empty(), "{}", faults.join("\n"));
    }

    #[test]
    fn a_faulty_row_is_seen() {
        let table = |text| Strict { name: "", file: "", text, columns: 2..=2, once: &[0], numbers: &[1] };
        assert!(table("# a\tb\na\t1.5\nb\t-2\n").faults().is_empty());
        for faulty in ["a\n", "a\t1\t\n", "a\tone\n", "a\t\n", "a\tNaN\n", "a\t1\na\t2\n", "a \t1\n", "a||b\t1\n"] {
            assert_eq!(table(faulty).faults().len(), 1, "{faulty:?}");
        }
    }

    /// The text of the files below a folder.
    fn sources(folder: &Path, into: &mut String) {
        for entry in std::fs::read_dir(folder).expect("is there") {
            let path = entry.expect("is readable").path();
            if path.is_dir() {
                sources(&path, into);
            } else if path != Path::new("src/data.rs") {
                into.push_str(&std::fs::read_to_string(&path).expect("is text"));
            }
        }
    }

    #[test]
    fn every_file_of_tables_is_read_by_somebody() {
        let mut code = String::new();
        sources(Path::new("src"), &mut code);
        code.retain(|c| !c.is_whitespace());
        for Strict { name, file, .. } in ALL {
            let is_read = [".", ";"].iter().any(|end| code.contains(&format!("data::{name}{end}")));
            assert!(is_read, "nobody reads {file}");
        }
        let files = std::fs::read_dir("data").expect("is there").map(|entry| entry.expect("is readable").file_name());
        let is_table = |name: &String| Path::new(name).extension().is_some_and(|ending| ending == "tsv" || ending == "txt");
        let tables = files.map(|name| name.to_string_lossy().into_owned()).filter(is_table);
        // What forms of sources are read by is there where these are.
        let is_elsewhere = |name: &str| name == "figure_likeness.points.tsv" || !cfg!(feature = "ingest") && name.starts_with("article_");
        let unknown: Vec<String> = tables.filter(|name| !is_elsewhere(name) && !ALL.iter().any(|table| table.file == name)).collect();
        assert_eq!(unknown, [""; 0], "tables that nobody loads");
    }
}
