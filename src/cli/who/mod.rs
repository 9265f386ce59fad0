//! `copydesk who`: what the corpus attests about a person, a place or an organisation.

mod json;

use std::io;
use std::path::Path;
use std::sync::Arc;

use super::arguments::{ShowFormat, WhoArguments};
use super::progress::Progress;
use super::report::{counted, sources};
use super::settings::Settings;
use super::{Outcome, Terminal, complain, fail, tell};
use crate::corpus::{Citation, Record, plain_date};
use crate::features::{Attested, Found, Location, Profile, namesake, profiles};
use crate::text::shown;
#[cfg(feature = "mcp")]
use crate::workspace::{Problem, Setting};

/// Sentences shown of each.
const SENTENCES: usize = 3;

pub(super) fn run(arguments: &WhoArguments, terminal: &mut Terminal<'_>) -> io::Result<Outcome> {
    let name = arguments.name.join(" ");
    let progress = Arc::new(Progress::new(terminal.progress));
    let mut settings = Settings::new(&arguments.against).showing(&progress);
    let key = match settings.of(Path::new("draft.md")) {
        Ok(key) => key,
        Err(problem) => return fail(terminal, problem),
    };
    progress.clear();
    let setting = settings.loaded(key.as_ref());
    let corpus = &*setting.corpus;
    let looked_up = Found::by(&name, corpus).and_then(|found| Ok((profiles(&found.records, corpus)?, found, corpus.extent()?)));
    let (known, found, extent) = match looked_up {
        Ok(found) => found,
        Err(error) => return fail(terminal, error),
    };
    let outcome = if found.records.is_empty() { Outcome::Findings } else { Outcome::Clean };
    if arguments.format == ShowFormat::Json {
        terminal.out.write_all(json::line(&name, &known, &found, extent.sources, setting)?.as_bytes())?;
        return Ok(outcome);
    }
    for (index, profile) in known.iter().enumerate() {
        if index > 0 {
            writeln!(terminal.out)?;
        }
        terminal.out.write_all(described(profile, setting.is_built_in()).as_bytes())?;
    }
    if found.unshown > 0 {
        writeln!(terminal.out, "\nand {} more; a surname tells them apart", found.unshown)?;
    }
    complain(terminal, &setting.problems)?;
    if found.records.is_empty() {
        let meant = found.near.iter().map(|name| format!("“{name}”")).collect::<Vec<_>>().join(", ");
        let meant = if meant.is_empty() { String::new() } else { format!("; did you mean {meant}?") };
        let asked = sources(extent.sources, setting.is_built_in());
        tell(terminal.err, format!("none of {asked} is known to name “{name}”{meant}"))?;
    }
    Ok(outcome)
}

/// What is known of a name, as the command prints it for programs.
///
/// # Errors
/// When the sources can't be read.
#[cfg(feature = "mcp")]
pub(super) fn as_json(name: &str, setting: &Setting) -> Result<String, Problem> {
    let corpus = &*setting.corpus;
    let fault = |error: &dyn std::fmt::Display| Problem::new(Path::new(name), error);
    let found = Found::by(name, corpus).map_err(|error| fault(&error))?;
    let known = profiles(&found.records, corpus).map_err(|error| fault(&error))?;
    let sources = corpus.extent().map_err(|error| fault(&error))?.sources;
    json::line(name, &known, &found, sources, setting).map_err(|error| fault(&error))
}

/// What the sources have on one, a line a thing.
fn described(profile: &Profile, is_built_in: bool) -> String {
    let record = &profile.record;
    let mut lines = vec![format!("{}{}", headline(record, is_built_in), days(record))];
    let titles = profile.offices.iter().map(|title| format!("{}{}: {}", title.words, title.period(), bearers(&title.evidence)));
    let expansions = profile.expansions.iter().map(|one| format!("{} for {}: {}", one.acronym, one.expansion, bearers(&one.evidence)));
    let namesakes = profile.namesakes.iter().map(|other| namesake(other));
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
    section("place", placed(&profile.location), &mut lines);
    section("also called", profile.location.other_names.iter().map(|name| (*name).to_owned()), &mut lines);
    section("abbreviation", expansions, &mut lines);
    section("titles", titles, &mut lines);
    section("party", profile.parties.iter().map(attested), &mut lines);
    section("seat", profile.seats.iter().map(attested), &mut lines);
    section("others of the name", namesakes, &mut lines);
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

/// What contains a place, and who says so.
fn placed(location: &Location) -> impl Iterator<Item = String> {
    let listed = (!location.listed.is_empty()).then(|| format!("{}: the gazetteer", location.listed.join(", ")));
    location.decided.iter().chain(&location.said).map(attested).chain(listed)
}

fn attested(one: &Attested) -> String {
    format!("{}: {}", one.words, bearers(&one.evidence))
}

/// Who says so and when, each once.
fn bearers(evidence: &[Citation]) -> String {
    let mut bearers: Vec<String> = evidence.iter().map(dated_outlet).collect();
    bearers.dedup();
    bearers.join("; ")
}

fn dated_outlet(citation: &Citation) -> String {
    citation.source.attribution()
}
