//! `copydesk generate`: what packages and the documentation hold of the command line, made from the command line itself.

use std::fmt::Write as _;
use std::io::{self, Write};

use clap::{Arg, Command, CommandFactory};

use super::arguments::{Arguments, Generated};
use super::{Outcome, tell};

pub(super) fn run(what: &Generated, out: &mut dyn Write, err: &mut dyn Write) -> io::Result<Outcome> {
    let mut command = Arguments::command();
    command.build();
    match what {
        Generated::Completions { shell } => {
            // It gives up where it can't write, and a reader may have seen enough.
            let mut script = Vec::new();
            clap_complete::generate(*shell, &mut told(), "copydesk", &mut script);
            out.write_all(&script)?;
        }
        Generated::Man { page: None } => pages(&command).iter().try_for_each(|page| writeln!(out, "{}", name_of(page)))?,
        Generated::Man { page: Some(wanted) } => {
            let Some(page) = pages(&command).into_iter().find(|page| name_of(page) == *wanted) else {
                tell(err, format!("there is no page {wanted}"))?;
                return Ok(Outcome::Failed);
            };
            clap_mangen::Man::new(page.clone()).render(out)?;
        }
        Generated::Reference => out.write_all(reference(&command).as_bytes())?,
    }
    Ok(Outcome::Clean)
}

/// The command without those within it that people aren't told of: the scripts of some shells would offer them.
fn told() -> Command {
    let command = Arguments::command();
    let within = command.get_subcommands().filter(|command| !command.is_hide_set());
    Command::new("copydesk").args(command.get_arguments()).subcommands(within)
}

/// The commands that people are told of, each before those within it.
fn pages(command: &Command) -> Vec<&Command> {
    let within = command.get_subcommands().filter(|command| !command.is_hide_set() && command.get_name() != "help");
    std::iter::once(command).chain(within.flat_map(pages)).collect()
}

/// `copydesk-lint`.
fn name_of(command: &Command) -> String {
    command.get_bin_name().unwrap_or(command.get_name()).replace(' ', "-")
}

/// All commands in Markdown.
fn reference(command: &Command) -> String {
    let mut text = String::new();
    for page in pages(command) {
        // A string takes all that is written to it.
        let _ = describe(page, &mut text);
    }
    text.trim_end().to_owned() + "\n"
}

fn describe(command: &Command, to: &mut String) -> std::fmt::Result {
    let name = command.get_bin_name().unwrap_or(command.get_name());
    let about = command.get_long_about().or(command.get_about()).map(ToString::to_string).unwrap_or_default();
    writeln!(to, "## `{name}`\n\n{}\n", sentence(&about))?;
    let usage = command.clone().render_usage().to_string();
    writeln!(to, "```text\n{}\n```\n", usage.trim_start_matches("Usage: "))?;
    let is_told = |argument: &&Arg| !argument.is_hide_set() && !["help", "version"].contains(&argument.get_id().as_str());
    let arguments: Vec<&Arg> = command.get_arguments().filter(is_told).collect();
    if !arguments.is_empty() {
        writeln!(to, "| argument | what it says |\n| --- | --- |")?;
        for argument in arguments {
            writeln!(to, "| {} | {} |", written(argument), says(argument))?;
        }
        to.push('\n');
    }
    Ok(())
}

/// An argument as it is given: `--corpus <PATH>`.
fn written(argument: &Arg) -> String {
    let values: Vec<String> = argument.get_value_names().unwrap_or_default().iter().map(|name| format!("<{name}>")).collect();
    let takes = argument.get_action().takes_values();
    let names = [argument.get_short().map(|short| format!("-{short}")), argument.get_long().map(|long| format!("--{long}"))];
    let mut names: Vec<String> = names.into_iter().flatten().collect();
    if takes && let Some(last) = names.last_mut() {
        last.push(' ');
        last.push_str(&values.join(" "));
    } else if takes {
        names = values;
    }
    names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}

fn says(argument: &Arg) -> String {
    let help = argument.get_long_help().or(argument.get_help()).map(ToString::to_string).unwrap_or_default();
    let mut text = sentence(&help);
    if argument.get_action().takes_values() && !argument.is_hide_possible_values_set() {
        let values: Vec<String> = argument
            .get_possible_values()
            .iter()
            .filter(|value| !value.is_hide_set())
            .map(|value| match value.get_help() {
                Some(help) => format!("`{}` ({help})", value.get_name()),
                None => format!("`{}`", value.get_name()),
            })
            .collect();
        if !values.is_empty() {
            let _ = write!(text, " One of {}.", values.join(", "));
        }
        let defaults: Vec<String> = argument.get_default_values().iter().map(|value| format!("`{}`", value.to_string_lossy())).collect();
        if !defaults.is_empty() {
            let _ = write!(text, " Otherwise {}.", defaults.join(", "));
        }
    }
    text.replace('\n', " ").replace('|', "\\|")
}

/// Help with the full stop that it leaves out.
fn sentence(help: &str) -> String {
    let help = help.trim();
    if help.is_empty() || help.ends_with(['.', ':', ']']) { help.to_owned() } else { format!("{help}.") }
}
