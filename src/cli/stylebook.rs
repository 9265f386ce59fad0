//! `copydesk stylebook`: names from elsewhere taken into it, and what is wrong with it.

use std::io;
use std::path::Path;

use serde_json::json;

use super::arguments::{AgainstArguments, CheckArguments, ImportArguments, ShowFormat, StylebookCommand};
use super::report::counted;
use super::{Outcome, Terminal, fail, plain_json};
use crate::features::remarks;
use crate::finding::Severity;
use crate::stylebook::import::{Imported, LeftOut, Merged, from_rows, merge, people};
use crate::text::shown;
use crate::workspace::{BookFile, Overrides, Plan, Problem, Setting, find_config, read_list, read_stylebook};

pub(super) fn run(command: &StylebookCommand, terminal: &mut Terminal<'_>) -> io::Result<Outcome> {
    match command {
        StylebookCommand::Import(arguments) => import(arguments, terminal),
        StylebookCommand::Check(arguments) => check(arguments, terminal),
    }
}

fn import(arguments: &ImportArguments, terminal: &mut Terminal<'_>) -> io::Result<Outcome> {
    let (file, merged, left_out) = match merged(arguments) {
        Ok(merged) => merged,
        Err(problem) => return fail(terminal, problem),
    };
    let name = shown(&file.path().to_string_lossy()).into_owned();
    let Merged { text, added, completed, .. } = merged;
    for (sign, told) in added.iter().map(|told| ("+", told)).chain(completed.iter().map(|told| ("~", told))) {
        writeln!(terminal.out, "{sign} {}", shown(told))?;
    }
    for LeftOut { at, why } in &left_out {
        writeln!(terminal.err, "copydesk: {}", shown(&format!("{at}: {why}; left out")))?;
    }
    let is_new = !added.is_empty() || !completed.is_empty();
    if is_new
        && !arguments.dry_run
        && let Err(problem) = file.write(&text)
    {
        return fail(terminal, problem);
    }
    let counts = format!("{} added, {} completed", entries(added.len()), completed.len());
    let said = match (is_new, arguments.dry_run) {
        (false, _) => format!("nothing to add to {name}"),
        (true, true) => format!("nothing was written; {name} would have {counts}"),
        (true, false) => format!("wrote {name}: {counts}"),
    };
    writeln!(terminal.out, "{said}")?;
    Ok(if left_out.is_empty() { Outcome::Clean } else { Outcome::Findings })
}

fn entries(count: usize) -> String {
    if count == 1 { "1 entry".to_owned() } else { format!("{count} entries") }
}

/// The stylebook with what is to be taken in, and what isn't.
fn merged(arguments: &ImportArguments) -> Result<(BookFile, Merged, Vec<LeftOut>), Problem> {
    let file = BookFile::of(&plan(&arguments.against)?)?;
    let (found, mut left_out) = imported(arguments)?;
    let mut merged = merge(file.text(), &found).map_err(|fault| Problem::new(file.path(), fault))?;
    left_out.append(&mut merged.left_out);
    let line = |one: &LeftOut| one.at.rsplit(' ').next().and_then(|line| line.parse::<u64>().ok());
    left_out.sort_by_key(line);
    Ok((file, merged, left_out))
}

fn imported(arguments: &ImportArguments) -> Result<(Vec<Imported>, Vec<LeftOut>), Problem> {
    if let Some(path) = &arguments.wikidata {
        return people(&read_list(path)?, &arguments.language).map_err(|why| Problem::new(path, why));
    }
    let Some(path) = &arguments.file else { return Ok((Vec::new(), Vec::new())) };
    let text = read_list(path)?;
    let (head, rows) = table(&text).map_err(|error| Problem::new(path, error))?;
    from_rows(&head, &rows, arguments.kind.subject()).map_err(|why| Problem::new(path, why))
}

/// What a spreadsheet may have put between two cells.
const BETWEEN_CELLS: [u8; 3] = *b",;\t";

type Rows = Vec<(u64, Vec<String>)>;

/// The first row, and the others with their lines.
fn table(text: &str) -> Result<(Vec<String>, Rows), csv::Error> {
    let text = text.trim_start_matches('\u{feff}');
    let first = text.lines().next().unwrap_or_default();
    let count = |between: &u8| first.bytes().filter(|byte| byte == between).count();
    // Of as many the first.
    let between = BETWEEN_CELLS.into_iter().rev().max_by_key(count).unwrap_or(b',');
    let mut reader = csv::ReaderBuilder::new().delimiter(between).flexible(true).has_headers(false).from_reader(text.as_bytes());
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record?;
        let line = record.position().map_or(0, csv::Position::line);
        rows.push((line, record.iter().map(str::to_owned).collect()));
    }
    let head = if rows.is_empty() { Vec::new() } else { rows.remove(0).1 };
    Ok((head, rows))
}

fn plan(against: &AgainstArguments) -> Result<Plan, Problem> {
    let overrides = Overrides { corpus: against.corpus.clone(), stylebook: against.stylebook.clone(), ..Overrides::default() };
    Plan::of(against.config.clone().or_else(|| find_config(Path::new(""))), &overrides)
}

fn check(arguments: &CheckArguments, terminal: &mut Terminal<'_>) -> io::Result<Outcome> {
    let against = &arguments.against;
    let overrides = Overrides { corpus: against.corpus.clone(), stylebook: against.stylebook.clone(), ..Overrides::default() };
    let loaded = Setting::load(against.config.clone().or_else(|| find_config(Path::new(""))), &overrides);
    let checked = loaded.and_then(|setting| {
        if let Some(problem) = setting.missing_stylebook() {
            return Err(problem.clone());
        }
        let path = setting.stylebook_path.clone().ok_or_else(|| Problem::new(Path::new("copydesk.toml"), NO_STYLEBOOK))?;
        let text = read_stylebook(&path)?.unwrap_or_default();
        let remarks = remarks(&text, &*setting.sources).map_err(|error| Problem::new(&path, error))?;
        Ok((path, remarks, setting))
    });
    let (path, remarks, setting) = match checked {
        Ok(checked) => checked,
        Err(problem) => return fail(terminal, problem),
    };
    let contradictions = remarks.iter().filter(|remark| remark.severity >= Severity::Warning).count();
    match arguments.format {
        ShowFormat::Text => {
            let name = shown(&path.to_string_lossy()).into_owned();
            for remark in &remarks {
                writeln!(terminal.out, "{name}:{}: {}: {}", remark.line, remark.severity, shown(&remark.message))?;
            }
            let (found, rest) = (counted(contradictions, "contradiction"), counted(remarks.len().saturating_sub(contradictions), "remark"));
            writeln!(terminal.out, "{found}, {rest}; checked against {}", setting.against())?;
        }
        ShowFormat::Json => {
            let remark = |remark: &crate::features::Remark| json!({"path": path.to_string_lossy(), "line": remark.line, "severity": remark.severity.name(), "message": remark.message});
            let found: Vec<_> = remarks.iter().map(remark).collect();
            terminal.out.write_all(plain_json::line(&json!({"version": 1, "remarks": found, "against": setting.against()}))?.as_bytes())?;
        }
    }
    Ok(if contradictions > 0 { Outcome::Findings } else { Outcome::Clean })
}

const NO_STYLEBOOK: &str = "names no stylebook: set `stylebook` there, or give one with --stylebook";
