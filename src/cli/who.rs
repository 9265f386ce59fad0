//! `copydesk who`: what the corpus attests about a person, a place or an organisation.

use std::io::{self, Write};
use std::path::Path;
use std::sync::Arc;

use rustc_hash::FxHashSet;

use super::arguments::WhoArguments;
use super::report::counted;
use super::settings::Settings;
use super::{Outcome, Terminal, complain, fail};
use crate::corpus::{Citation, NameQuestion, Questions, Record, TitleAttestation, plain_date};
use crate::reader::SubjectKind;

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
        show(record, terminal.out)?;
    }
    complain(terminal, &setting.problems)?;
    if known.is_empty() {
        near.sort();
        near.dedup_by(|a, b| a.1 == b.1);
        let names: Vec<&str> = near.iter().take(5).map(|(_, name)| name.as_str()).collect();
        let nearest = if names.is_empty() { String::new() } else { format!("; the nearest names it knows: {}", names.join(", ")) };
        writeln!(
            terminal.err,
            "copydesk: none of {} is known to name “{name}”{nearest}",
            counted(setting.corpus.extent().map_or(0, |extent| extent.sources), "source")
        )?;
        return Ok(Outcome::Findings);
    }
    Ok(Outcome::Clean)
}

fn show(record: &Record, out: &mut dyn Write) -> io::Result<()> {
    let kind = record.kind.name();
    let book = if record.decision.is_some() { "the stylebook and " } else { "" };
    write!(out, "{} ({kind}), in {book}{}", record.name, counted(record.sources as usize, "source"))?;
    match (record.first, record.last) {
        (Some(first), Some(last)) if first != last => writeln!(out, ", {} to {}", plain_date(first), plain_date(last))?,
        (Some(day), _) => writeln!(out, ", {}", plain_date(day))?,
        _ => writeln!(out)?,
    }
    if !record.titles.is_empty() {
        writeln!(out, "  titles")?;
        for (words, bearers) in by_words(&record.titles) {
            writeln!(out, "    {words}: {bearers}")?;
        }
    }
    if !record.spellings.is_empty() {
        writeln!(out, "  spellings")?;
        for spelling in &record.spellings {
            let outlets: Vec<String> = spelling
                .outlets
                .iter()
                .map(|(outlet, count)| if *count == 1 { outlet.clone() } else { format!("{outlet} {count}") })
                .collect();
            let outlets = if outlets.is_empty() { String::new() } else { format!(" ({})", outlets.join(", ")) };
            writeln!(out, "    {}: {}{outlets}", spelling.form, counted(spelling.sources as usize, "source"))?;
        }
    }
    if !record.citations.is_empty() {
        writeln!(out, "  sentences")?;
        for citation in record.citations.iter().take(SENTENCES) {
            writeln!(out, "    “{}”", citation.sentence)?;
            writeln!(out, "      {} ({}:{})", dated_outlet(citation), citation.source.id, citation.start.line + 1)?;
        }
    }
    Ok(())
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
