//! `copydesk archive`: keeps the corpus on disk, so that nobody reads it whole again.

use std::io;
use std::path::Path;
use std::sync::Arc;

use serde::Serialize;

use super::arguments::{ArchiveArguments, ArchiveCommand, ExportArguments, Exported, JoinArguments, ShowFormat, StatusArguments};
use super::progress::Progress;
use super::{Outcome, Terminal, complain, fact_rows, fail, plain_json, tell};
use crate::corpus::plain_date;
use crate::text::shown;
use crate::workspace::{Brought, DeskArchive, Overrides, Plan, Problem, Told, find_config};

pub(super) fn run(command: &ArchiveCommand, terminal: &mut Terminal<'_>) -> io::Result<Outcome> {
    match command {
        ArchiveCommand::Build(arguments) => bring(arguments, DeskArchive::build, terminal),
        ArchiveCommand::Update(arguments) => bring(arguments, DeskArchive::update, terminal),
        ArchiveCommand::Status(arguments) => status(arguments, terminal),
        ArchiveCommand::Verify(arguments) => verify(arguments, terminal),
        ArchiveCommand::Export(arguments) => export(arguments, terminal),
        ArchiveCommand::Join(arguments) => join(arguments, terminal),
        #[cfg(feature = "postgres")]
        ArchiveCommand::Load(arguments) => load(arguments, terminal),
    }
}

/// The archive that is meant.
fn archive(arguments: &ArchiveArguments) -> Result<DeskArchive, Problem> {
    let config = arguments.config.clone().or_else(|| find_config(Path::new("")));
    let overrides = Overrides { corpus: arguments.corpus.clone(), ..Overrides::default() };
    let plan = Plan::of(config, &overrides)?;
    let named = arguments.archive.as_deref();
    let nowhere = || Problem::new(Path::new("copydesk.toml"), "names no sources; set `corpus`, or give --corpus");
    DeskArchive::of(&plan, named).or_else(|| named.map(DeskArchive::in_folder)).ok_or_else(nowhere)
}

fn told(what: &'static str, terminal: &Terminal<'_>) -> (Told, Arc<Progress>) {
    let progress = Arc::new(Progress::at_pace(terminal.progress, terminal.lines));
    let telling = progress.clone();
    (Told::to(move |done, all| telling.tell(what, done, all)), progress)
}

type Bring = fn(&DeskArchive, &Told) -> Result<Brought, Problem>;

fn bring(arguments: &ArchiveArguments, bring: Bring, terminal: &mut Terminal<'_>) -> io::Result<Outcome> {
    let (told, progress) = told("reading sources", terminal);
    let brought = archive(arguments).and_then(|archive| Ok((bring(&archive, &told)?, archive)));
    progress.clear();
    let (brought, archive) = match brought {
        Ok(brought) => brought,
        Err(problem) => return fail(terminal, problem),
    };
    complain(terminal, &brought.problems)?;
    let gone = if brought.gone > 0 { format!(", {} gone", brought.gone) } else { String::new() };
    writeln!(terminal.out, "{} sources in {} ({} read{gone})", brought.sources, name(archive.folder()), files(brought.read))?;
    Ok(if brought.problems.is_empty() { Outcome::Clean } else { Outcome::Failed })
}

#[derive(Serialize)]
struct Status<'a> {
    archive: &'a str,
    sources: usize,
    files: usize,
    from: Option<String>,
    to: Option<String>,
    bytes: u64,
    changed: usize,
    gone: usize,
    problems: usize,
}

fn status(arguments: &StatusArguments, terminal: &mut Terminal<'_>) -> io::Result<Outcome> {
    let (archive, status) = match archive(&arguments.of).and_then(|archive| Ok((archive.status()?, archive))) {
        Ok((status, archive)) => (archive, status),
        Err(problem) => return fail(terminal, problem),
    };
    let is_whole = status.changed == 0 && status.gone == 0;
    let outcome = if is_whole { Outcome::Clean } else { Outcome::Findings };
    if arguments.format == ShowFormat::Json {
        let [from, to] = [0, 1].map(|end| status.extent.days.map(|days| [days.0, days.1][end].to_string()));
        let line = plain_json::line(&Status {
            archive: &archive.folder().to_string_lossy(),
            sources: status.extent.sources,
            files: status.files,
            from,
            to,
            bytes: status.size,
            changed: status.changed,
            gone: status.gone,
            problems: status.problems.len(),
        })?;
        terminal.out.write_all(line.as_bytes())?;
        return Ok(outcome);
    }
    let days = status.extent.days.map_or_else(String::new, |(first, last)| format!(", {} to {}", plain_date(first), plain_date(last)));
    writeln!(terminal.out, "{}", name(archive.folder()))?;
    writeln!(terminal.out, "{} sources of {}{days}; {} MB", status.extent.sources, files(status.files), status.size.div_ceil(1 << 20))?;
    if is_whole {
        writeln!(terminal.out, "up to date")?;
    } else {
        let (changed, gone) = (files(status.changed), files(status.gone));
        writeln!(terminal.out, "{changed} new or changed and {gone} gone since; `copydesk archive update` reads them")?;
    }
    complain(terminal, &status.problems)?;
    Ok(outcome)
}

fn verify(arguments: &ArchiveArguments, terminal: &mut Terminal<'_>) -> io::Result<Outcome> {
    match archive(arguments).and_then(|archive| Ok((archive.verify()?, archive))) {
        Ok((verified, archive)) => {
            writeln!(terminal.out, "{} is sound: {} sources, {} facts", name(archive.folder()), verified.sources, verified.facts)?;
            Ok(Outcome::Clean)
        }
        Err(problem) => fail(terminal, problem),
    }
}

fn export(arguments: &ExportArguments, terminal: &mut Terminal<'_>) -> io::Result<Outcome> {
    let archive = match archive(&arguments.of) {
        Ok(archive) => archive,
        Err(problem) => return fail(terminal, problem),
    };
    let mut written = Ok(());
    let out = &mut *terminal.out;
    let exported = archive.export(&mut |facts| {
        let line = match arguments.what {
            Exported::Facts => fact_rows::line(&facts),
            Exported::Sources => fact_rows::line_of_source(&facts),
        };
        written = line.and_then(|line| out.write_all(line.as_bytes()));
        written.is_ok()
    });
    written?;
    match exported {
        Ok(()) => Ok(Outcome::Clean),
        Err(problem) => fail(terminal, problem),
    }
}

fn join(arguments: &JoinArguments, terminal: &mut Terminal<'_>) -> io::Result<Outcome> {
    let (told, progress) = told("joining sources", terminal);
    let joined = archive(&arguments.into).and_then(|archive| Ok((archive.join(&arguments.parts, terminal.stdin, &told)?, archive)));
    progress.clear();
    match joined {
        Ok((joined, archive)) => {
            writeln!(terminal.out, "{} sources in {}", joined.sources, name(archive.folder()))?;
            if joined.gone > 0 {
                tell(terminal.err, format!("{} no longer count, since they were corrected, sent again or taken back", joined.gone))?;
            }
            let several = joined.read.saturating_sub(joined.sources + joined.gone);
            if several > 0 {
                tell(terminal.err, format!("{several} were in several"))?;
            }
            Ok(Outcome::Clean)
        }
        Err(problem) => fail(terminal, problem),
    }
}

#[cfg(feature = "postgres")]
fn load(arguments: &super::arguments::LoadArguments, terminal: &mut Terminal<'_>) -> io::Result<Outcome> {
    let (told, progress) = told("rows", terminal);
    let loaded = crate::workspace::load_into(&arguments.into, &arguments.parts, terminal.stdin, &told);
    progress.clear();
    match loaded {
        Ok(extent) => {
            writeln!(terminal.out, "{} sources loaded", extent.sources)?;
            Ok(Outcome::Clean)
        }
        Err(problem) => fail(terminal, problem),
    }
}

fn name(path: &Path) -> String {
    shown(&path.to_string_lossy()).into_owned()
}

fn files(count: usize) -> String {
    format!("{count} {}", if count == 1 { "file" } else { "files" })
}
