//! What is wrong with a stylebook: in itself, and beside what the sources write.

use rustc_hash::FxHashMap;

use crate::corpus::{Corpus, CorpusError, Dossier, NameQuestion, Questions, Record, Term, TitleAttestation, is_one_person};
use crate::finding::Severity;
use crate::reader::{Agreement, SubjectKind, compare_values};
use crate::rules::contradict;
use crate::stylebook::Stylebook;
use crate::text::name_key;

/// So many spellings of the sources are told.
const MOST_SPELLINGS: usize = 3;

/// Something to look at in a stylebook.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Remark {
    /// Starting at 1.
    pub line: u32,
    /// A contradiction is a warning; what the sources have otherwise is for information.
    pub severity: Severity,
    pub message: String,
}

/// What is to be said of a stylebook, by line.
///
/// # Errors
/// When the corpus can't be read.
pub fn remarks(text: &str, sources: &dyn Corpus) -> Result<Vec<Remark>, CorpusError> {
    let (book, faults) = Stylebook::parse(text, "stylebook", None);
    let warning = |line: u32, message: String| Remark { line, severity: Severity::Warning, message };
    let mut remarks: Vec<Remark> = faults.into_iter().map(|fault| warning(fault.line, fault.message)).collect();
    remarks.extend(book.entries().iter().flat_map(|entry| titles(entry)).map(|(line, message)| warning(line, message)));
    remarks.extend(figures(&book).into_iter().map(|(line, message)| warning(line, message)));
    let mut questions = Questions::default();
    questions.names.extend(book.entries().iter().flat_map(|entry| asked(entry)));
    let dossier = sources.dossier(&questions)?;
    if sources.extent()?.sources > 0 {
        let told = book.entries().iter().filter_map(|entry| Some((line(entry), beside_sources(entry, &dossier)?)));
        remarks.extend(told.map(|(line, message)| Remark { line, severity: Severity::Info, message }));
    }
    remarks.sort();
    Ok(remarks)
}

fn line(entry: &Record) -> u32 {
    entry.decision.as_ref().map_or(0, |decision| decision.citation.start.line).saturating_add(1)
}

/// Titles of one person that nobody has at one time.
fn titles(entry: &Record) -> Vec<(u32, String)> {
    let mut told = Vec::new();
    for (index, later) in entry.titles.iter().enumerate() {
        let meeting = entry.titles[..index].iter().filter(|earlier| meet(earlier.term, later.term));
        let is_same = |earlier: &TitleAttestation| name_key(&earlier.words) == name_key(&later.words);
        let clashing = meeting.rev().find(|earlier| is_same(earlier) || contradict(earlier, later));
        if let Some(earlier) = clashing {
            let at = earlier.citation.start.line.saturating_add(1);
            let what = if is_same(earlier) { "twice".to_owned() } else { format!("and “{}”", earlier.words) };
            told.push((
                later.citation.start.line.saturating_add(1),
                format!("{} is “{}” {what} at one time (line {at})", entry.name, later.words),
            ));
        }
    }
    told
}

/// Whether two terms have a day in common.
fn meet(one: Option<Term>, other: Option<Term>) -> bool {
    let (one, other) = (one.unwrap_or_default(), other.unwrap_or_default());
    let is_over = |one: Term, other: Term| one.until.zip(other.from).is_some_and(|(until, from)| until < from);
    !is_over(one, other) && !is_over(other, one)
}

/// Figures of one thing and one day that are not the same.
fn figures(book: &Stylebook) -> Vec<(u32, String)> {
    let mut first = FxHashMap::default();
    let mut told = Vec::new();
    for settled in book.figures() {
        let known = first.entry((&settled.of, settled.as_of)).or_insert(settled);
        if compare_values(&known.figure, &settled.figure) == Agreement::Differ {
            let at = known.citation.start.line.saturating_add(1);
            told.push((settled.citation.start.line.saturating_add(1), format!("“{}” is “{}” in line {at}", settled.words, known.words)));
        }
    }
    told
}

/// What the sources are asked about an entry: all names that it has.
fn asked(entry: &Record) -> impl Iterator<Item = NameQuestion> {
    entry.spellings.iter().map(|spelling| NameQuestion { kind: entry.kind, name: spelling.form.clone() })
}

/// What the sources have otherwise.
fn beside_sources(entry: &Record, dossier: &Dossier) -> Option<String> {
    let answers = || asked(entry).filter_map(|question| dossier.name(&question).cloned());
    let is_alike = |record: &Record| (record.kind == SubjectKind::Person) == (entry.kind == SubjectKind::Person);
    let mut known: Vec<_> = answers().flat_map(|answer| answer.known).filter(|record| is_alike(record)).collect();
    let near = answers().flat_map(|answer| answer.near).map(|near| near.record);
    known.extend(near.filter(|record| is_alike(record) && is_one_person(&record.name, &entry.name)));
    known.sort_by(|one, other| one.name.cmp(&other.name));
    known.dedup_by(|one, other| one.name == other.name);
    if known.is_empty() {
        return Some(format!("no source names {}", entry.name));
    }
    let words = |name: &str| name_key(name).split(' ').map(str::to_owned).collect::<Vec<_>>();
    let own = words(&entry.name);
    // A surname alone is no other spelling.
    let is_part = |form: &str| words(form).iter().all(|word| own.contains(word));
    let mut others: Vec<(u32, &str)> = Vec::new();
    for spelling in known.iter().flat_map(|record| &record.spellings).filter(|spelling| spelling.sources > 0) {
        if spelling.form == entry.name {
            return None;
        }
        if name_key(&spelling.form) == name_key(&entry.name) || !is_part(&spelling.form) {
            others.push((spelling.sources, &spelling.form));
        }
    }
    others.sort_by(|one, other| other.0.cmp(&one.0).then(one.1.cmp(other.1)));
    others.dedup();
    let all: u32 = known.iter().map(|record| record.sources).fold(0, u32::saturating_add);
    let told: Vec<String> = others.iter().take(MOST_SPELLINGS).map(|(count, form)| format!("“{form}” ({count})")).collect();
    let count = if all == 1 { "the only source that names".to_owned() } else { format!("all {all} sources that name") };
    let verb = if all == 1 { "spells it" } else { "spell it" };
    (!told.is_empty()).then(|| format!("{count} {} {verb} otherwise: {}", entry.name, told.join(", ")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::{MemoryCorpus, Source, SourceHeader};
    use crate::document::Document;
    use crate::markup::Format;

    fn told(book: &str, sources: &[&str]) -> Vec<String> {
        let source = |(index, text): (usize, &&str)| {
            let header = SourceHeader { id: format!("{index}.md"), ..SourceHeader::default() };
            Source::read(header, Document::parse((*text).into(), Format::Markdown))
        };
        let corpus = MemoryCorpus::new(sources.iter().enumerate().map(source));
        let remarks = remarks(book, &corpus).expect("is in memory");
        remarks.into_iter().map(|remark| format!("{} {}: {}", remark.line, remark.severity, remark.message)).collect()
    }

    #[test]
    fn contradictions_are_told_with_both_lines() {
        let book = "[[person]]\nname = \"Mira Dovzhenko\"\naliases = [\"Ole Brandt\"]\ntitles = [\n  { title = \"Norwegian foreign minister\", from = 2023 },\n  \
                    { title = \"Danish foreign minister\", from = 2024 },\n  { title = \"Norwegian foreign minister\", until = 2023-05-01 },\n]\n\n\
                    [[person]]\nname = \"Ole Brandt\"\ntitles = [\n  { title = \"Danish prime minister\", until = 2022 },\n  { title = \"Norwegian prime minister\", from = 2023 },\n]\n\n\
                    [[figure]]\nof = \"cost of the Hovden tunnel\"\nvalue = \"€1.2bn\"\n\n[[figure]]\nof = \"the Hovden tunnel: its cost\"\nvalue = \"€1.4bn\"\n\n\
                    [[figure]]\nof = \"cost of the Hovden tunnel\"\nvalue = \"€1.5bn\"\nas-of = 2025\n";
        let told = told(book, &[]);
        assert_eq!(told.len(), 4, "{told:#?}");
        assert!(told[0].starts_with("3 warning: “Ole Brandt” belongs to the entry in line 11"), "{told:#?}");
        assert!(
            told[1].starts_with(
                "6 warning: Mira Dovzhenko is “Danish foreign minister” and “Norwegian foreign minister” at one time (line 5)"
            ),
            "{told:#?}"
        );
        assert!(told[2].starts_with("7 warning: Mira Dovzhenko is “Norwegian foreign minister” twice at one time (line 5)"), "{told:#?}");
        assert!(told[3].starts_with("23 warning: “€1.4bn” is “€1.2bn” in line 19"), "{told:#?}");
    }

    #[test]
    fn what_no_source_has_or_all_have_otherwise_is_told() {
        let book = "[[person]]\nname = \"Mira Dovzhenko\"\n\n[[person]]\nname = \"Andriy Koval\"\naliases = [\"Andrii Koval\"]\n\n[[person]]\nname = \"Per Dahl\"\n";
        let sources =
            ["Andrii Koval spoke first, Andrii Koval said.", "Mayor Andrii Koval left with Per Dahl.", "Per Dahl stayed, Dahl said."];
        let told = told(book, &sources);
        assert_eq!(
            told,
            [
                "2 info: no source names Mira Dovzhenko",
                "5 info: all 2 sources that name Andriy Koval spell it otherwise: “Andrii Koval” (2)"
            ]
        );
        assert_eq!(super::tests::told(book, &[]), [""; 0], "of no sources nothing is said");
    }
}
