//! `copydesk config show`: what holds for a draft or a folder, and for each value where it is said.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use super::arguments::{ConfigCommand, ShowArguments, ShowFormat};
use super::{Outcome, Terminal, fail, plain_json};
use crate::config::{Level, Levels};
use crate::finding::Severity;
use crate::keys::{CONFIGURATION, Key, Shape};
use crate::rules::infos;
use crate::text::shown;
use crate::workspace::{Overrides, Plan, find_config, is_folder, within};

pub(super) fn run(command: &ConfigCommand, terminal: &mut Terminal<'_>) -> io::Result<Outcome> {
    let ConfigCommand::Show(arguments) = command;
    let is_folder = arguments.path.as_deref().is_none_or(is_folder);
    let place = arguments.path.clone().unwrap_or_else(|| PathBuf::from("."));
    let folder = if is_folder { place.as_path() } else { place.parent().unwrap_or(Path::new("")) };
    let against = &arguments.against;
    let overrides = Overrides { corpus: against.corpus.clone(), stylebook: against.stylebook.clone(), ..Overrides::default() };
    let plan = match Plan::of(against.config.clone().or_else(|| find_config(folder)), &overrides) {
        Ok(plan) => plan,
        Err(problem) => return fail(terminal, problem),
    };
    let holding = Holding::of(&plan, &overrides, (!is_folder).then_some(place.as_path()));
    match arguments.format {
        ShowFormat::Text => holding.tell(&plan, arguments, terminal.out)?,
        ShowFormat::Json => terminal.out.write_all(plain_json::line(&holding.json(&plan, arguments))?.as_bytes())?,
    }
    Ok(Outcome::Clean)
}

/// Where a value comes from.
#[derive(Clone, Debug)]
enum Origin {
    Default,
    CommandLine,
    /// A line of the configuration, and of what drafts it is said there, where not of all.
    Line(u32, Option<Vec<String>>),
}

/// A key, its value, and where that is from; no value where what holds is not one of TOML's.
type Row = (&'static Key, Option<Value>, Origin);

/// What holds.
struct Holding {
    values: Vec<Row>,
    rules: Vec<(&'static str, Option<Severity>, Origin)>,
    /// Of a folder, what is otherwise for some drafts in it.
    of_some: Vec<(&'static str, Option<Severity>, Origin)>,
}

impl Holding {
    /// For a draft, or for what has no path.
    fn of(plan: &Plan, overrides: &Overrides, draft: Option<&Path>) -> Self {
        let Plan { config, text, .. } = plan;
        let written: toml::Table = toml::from_str(text.trim_start_matches('\u{feff}')).unwrap_or_default();
        let own = |key: &str| -> Option<Value> {
            let paths = |paths: &[PathBuf]| paths.iter().map(|path| path.to_string_lossy().into_owned()).collect::<Vec<_>>();
            match key {
                "corpus" if !overrides.corpus.is_empty() => Some(json!(paths(&overrides.corpus))),
                "stylebook" => overrides.stylebook.as_ref().map(|path| json!(path.to_string_lossy())),
                _ => None,
            }
        };
        let values =
            CONFIGURATION.iter().filter(|key| !matches!(key.shape, Shape::Rules | Shape::Table(_) | Shape::Tables(_))).map(|key| {
                if let Some(value) = own(key.name) {
                    return (key, Some(value), Origin::CommandLine);
                }
                let said = written.get(key.name).and_then(|value| serde_json::to_value(value).ok());
                match (said, config.line(key.name)) {
                    (Some(value), Some(line)) => (key, Some(value), Origin::Line(line, None)),
                    _ => (key, serde_json::from_str(key.default).ok(), Origin::Default),
                }
            });
        let of_path = draft.map(|draft| within(draft, plan.config_path.as_deref()));
        let (mut levels, mut of_some) = (all(&config.levels, None), Vec::new());
        match &of_path {
            Some(path) => config.of_path(path).for_each(|of_path| {
                for (name, level, origin) in all(&of_path.levels, Some(of_path.files.written())) {
                    levels.retain(|(known, ..)| *known != name);
                    levels.push((name, level, origin));
                }
            }),
            None => of_some = config.paths.iter().flat_map(|of_path| all(&of_path.levels, Some(of_path.files.written()))).collect(),
        }
        let rules = infos().map(|info| {
            let said = levels.iter().find(|(name, ..)| *name == info.name);
            said.map_or((info.name, Some(info.severity), Origin::Default), |(_, level, origin)| (info.name, *level, origin.clone()))
        });
        Self { values: values.collect(), rules: rules.collect(), of_some }
    }

    fn tell(&self, plan: &Plan, arguments: &ShowArguments, out: &mut dyn Write) -> io::Result<()> {
        let name = |path: &Path| shown(&path.to_string_lossy()).into_owned();
        let whom = arguments.path.as_deref().map_or_else(|| "this folder".to_owned(), name);
        match &plan.config_path {
            Some(path) => writeln!(out, "for {whom}, by {}", name(path))?,
            None => writeln!(out, "for {whom}; there is no copydesk.toml in its folder or above it")?,
        }
        let severity = |level: Option<Severity>| level.map_or("off", Severity::name).to_owned();
        let value = |key: &Key, value: &Option<Value>| {
            value.as_ref().map_or_else(|| key.default.to_owned(), |value| shown(&value.to_string()).into_owned())
        };
        let values = self.values.iter().map(|(key, said, origin)| (key.name, value(key, said), origin));
        table(out, None, values.collect())?;
        table(out, Some("rules"), self.rules.iter().map(|(rule, level, origin)| (*rule, severity(*level), origin)).collect())?;
        table(
            out,
            Some("rules in some drafts"),
            self.of_some.iter().map(|(rule, level, origin)| (*rule, severity(*level), origin)).collect(),
        )
    }

    fn json(&self, plan: &Plan, arguments: &ShowArguments) -> Value {
        let path = |path: &PathBuf| path.to_string_lossy().into_owned();
        let file = plan.config_path.as_ref().map(path);
        let from = |origin: &Origin| match origin {
            Origin::Default => json!({"kind": "default"}),
            Origin::CommandLine => json!({"kind": "command line"}),
            Origin::Line(line, None) => json!({"kind": "file", "path": file, "line": line}),
            Origin::Line(line, Some(files)) => json!({"kind": "file", "path": file, "line": line, "files": files}),
        };
        let rules = |rules: &[(&str, Option<Severity>, Origin)]| -> Vec<Value> {
            let rule = |(rule, level, origin): &(&str, Option<Severity>, Origin)| json!({"rule": rule, "severity": level.map_or("off", Severity::name), "from": from(origin)});
            rules.iter().map(rule).collect()
        };
        let value = |(key, value, origin): &Row| json!({"key": key.name, "value": value, "from": from(origin)});
        let values: Vec<Value> = self.values.iter().map(value).collect();
        json!({
            "version": 1,
            "path": arguments.path.as_ref().map(path),
            "configuration": file,
            "values": values,
            "rules": rules(&self.rules),
            "rules_in_some_drafts": rules(&self.of_some),
        })
    }
}

/// The rules that a table of levels speaks of.
fn all(levels: &Levels, files: Option<&[String]>) -> Vec<(&'static str, Option<Severity>, Origin)> {
    let of = |(name, level): (&String, &Level)| {
        let name = infos().find(|info| info.name == name)?.name;
        Some((name, level.severity, Origin::Line(level.line, files.map(<[_]>::to_vec))))
    };
    levels.iter().filter_map(of).collect()
}

/// Rows of three columns under a heading; nothing where there are none.
fn table(out: &mut dyn Write, heading: Option<&str>, rows: Vec<(&str, String, &Origin)>) -> io::Result<()> {
    if rows.is_empty() {
        return Ok(());
    }
    writeln!(out)?;
    if let Some(heading) = heading {
        writeln!(out, "{heading}")?;
    }
    let first = rows.iter().map(|(name, ..)| name.len()).max().unwrap_or_default();
    let second = rows.iter().map(|(_, value, _)| value.chars().count()).max().unwrap_or_default().min(WIDEST);
    for (name, value, origin) in rows {
        let from = match origin {
            Origin::Default => "default".to_owned(),
            Origin::CommandLine => "command line".to_owned(),
            Origin::Line(line, None) => format!("line {line}"),
            Origin::Line(line, Some(files)) => format!("line {line}, for {}", shown(&files.join(", "))),
        };
        writeln!(out, "  {name:first$}  {value:second$}  {from}")?;
    }
    Ok(())
}

/// A longer value doesn't push what stands behind all others aside.
const WIDEST: usize = 48;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;

    #[test]
    fn every_key_has_a_row_and_a_default_that_is_what_holds() {
        let plan = Plan::default();
        let holding = Holding::of(&plan, &Overrides::default(), None);
        let told: Vec<&str> = holding.values.iter().map(|(key, ..)| key.name).collect();
        let keys = CONFIGURATION.iter().filter(|key| key.head().is_none()).map(|key| key.name);
        assert!(keys.eq(told));
        let value = |wanted: &str| holding.values.iter().find(|(key, ..)| key.name == wanted).and_then(|(_, value, _)| value.clone());
        assert_eq!(value("reference"), Some(json!(Config::default().reference)));
        assert_eq!(value("fail-on"), Some(json!("warning")));
    }
}
