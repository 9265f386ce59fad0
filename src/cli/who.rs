//! `copydesk who`: what the corpus attests about a person, a place or an organisation.

use std::io;
use std::path::Path;
use std::sync::Arc;

use rustc_hash::FxHashSet;

use super::arguments::WhoArguments;
use super::report::{counted, sources};
use super::settings::Settings;
use super::{Outcome, Terminal, complain, fail, tell};
use crate::corpus::{Citation, NameQuestion, Questions, Record, TitleAttestation, plain_date};
use crate::reader::SubjectKind;
use crate::text::shown;

/// Sentences shown of each.
const SENTENCES: usize = 3;

pub(super) fn run(arguments: &WhoArguments, terminal: &mut Terminal<'_>) -> io::Result<Outcome> {
    let name = arguments.name.join(" ");
    let mut settings = Settings::new(&arguments.against);
    let key = match settings.of(Path::new("draft.md")) {
        Ok(key) => key,
        Err(problem) => return fail(terminal, problem),
    };
    let setting = settings.loaded(key.as_ref());
    let mut questions = Questions::default();
    for kind in [SubjectKind::Person, SubjectKind::Place, SubjectKind::Organisation] {
        questions.names.insert(NameQuestion { kind, name: name.clone() });
    }
    let dossier = match setting.corpus.dossier(&questions) {
        Ok(dossier) => dossier,
        Err(error) => return fail(terminal, error),
    };
    let mut seen = FxHashSet::default();
    let mut known: Vec<Arc<Record>> = Vec::new();
    let mut near = Vec::new();
    for question in &questions.names {
        if let Some(answer) = dossier.name(question) {
            known.extend(answer.known.iter().filter(|record| seen.insert((record.kind, record.name.clone()))).cloned());
            near.extend(answer.near.iter().map(|near| (near.distance, near.record.name.clone())));
        }
    }
    for (index, record) in known.iter().enumerate() {
        if index > 0 {
            writeln!(terminal.out)?;
        }
        terminal.out.write_all(described(record, setting.is_built_in()).as_bytes())?;
    }
    complain(terminal, &setting.problems)?;
    if known.is_empty() {
        near.sort();
        near.dedup_by(|a, b| a.1 == b.1);
        let names: Vec<&str> = near.iter().take(5).map(|(_, name)| name.as_str()).collect();
        let nearest = if names.is_empty() { String::new() } else { format!("; the nearest names it knows: {}", names.join(", ")) };
        let extent = match setting.corpus.extent() {
            Ok(extent) => extent,
            Err(error) => return fail(terminal, error),
        };
        let asked = sources(extent.sources, setting.is_built_in());
        tell(terminal.err, format!("none of {asked} is known to name “{name}”{nearest}"))?;
        return Ok(Outcome::Findings);
    }
    Ok(Outcome::Clean)
}

/// What the sources have on one, a line a thing.
fn described(record: &Record, is_built_in: bool) -> String {
    let mut lines = vec![format!("{}{}", headline(record, is_built_in), days(record))];
    let titles = by_words(&record.titles).into_iter().map(|(words, bearers)| format!("{words}: {bearers}"));
    let spellings = record.spellings.iter().map(|spelling| {
        let outlet = |(outlet, count): &(String, u32)| if *count == 1 { outlet.clone() } else { format!("{outlet} {count}") };
        let outlets: Vec<String> = spelling.outlets.iter().map(outlet).collect();
        let outlets = if outlets.is_empty() { String::new() } else { format!(" ({})", outlets.join(", ")) };
        format!("{}: {}{outlets}", spelling.form, counted(spelling.sources as usize, "source"))
    });
    let sentences = record.citations.iter().take(SENTENCES).flat_map(|citation| {
        let place = format!("  {} ({}:{})", dated_outlet(citation), citation.source.id, citation.start.line + 1);
        [format!("“{}”", citation.sentence), place]
    });
    section("titles", titles, &mut lines);
    section("spellings", spellings, &mut lines);
    section("sentences", sentences, &mut lines);
    lines.iter().flat_map(|line| [shown(line), "\n".into()]).collect()
}

/// Lines under a heading, none where there are none.
fn section(heading: &str, lines: impl Iterator<Item = String>, to: &mut Vec<String>) {
    let mut lines = lines.map(|line| format!("    {line}")).peekable();
    if lines.peek().is_some() {
        to.push(format!("  {heading}"));
        to.extend(lines);
    }
}

/// Who it is, and how many sources have it.
fn headline(record: &Record, is_built_in: bool) -> String {
    let book = if record.decision.is_some() { "the stylebook and " } else { "" };
    format!("{} ({}), in {book}{}", record.name, record.kind.name(), sources(record.sources as usize, is_built_in))
}

/// Of which days they are, as far as that is known.
fn days(record: &Record) -> String {
    match (record.first, record.last) {
        (Some(first), Some(last)) if first != last => format!(", {} to {}", plain_date(first), plain_date(last)),
        (Some(day), _) => format!(", {}", plain_date(day)),
        _ => String::new(),
    }
}

/// Each title once as written, with who says so and when.
fn by_words(titles: &[TitleAttestation]) -> Vec<(&str, String)> {
    let mut rows: Vec<(&str, Vec<String>)> = Vec::new();
    for title in titles {
        let bearer = dated_outlet(&title.citation);
        match rows.iter_mut().find(|(words, _)| words.eq_ignore_ascii_case(&title.words)) {
            Some((_, bearers)) if bearers.contains(&bearer) => {}
            Some((_, bearers)) => bearers.push(bearer),
            None => rows.push((&title.words, vec![bearer])),
        }
    }
    rows.into_iter().map(|(words, bearers)| (words, bearers.join("; "))).collect()
}

fn dated_outlet(citation: &Citation) -> String {
    citation.source.attribution()
}
