//! The command line: arguments in, reports out, an exit status. A thin end on the same functions as the language server.

mod arguments;
mod explain;
mod lint;
mod read;
mod report;
mod who;

pub use arguments::{Arguments, Command};

use std::io::{self, Write};

use crate::workspace::Problem;

/// Where a command writes, and what it needs to know of that place.
pub struct Terminal<'a> {
    pub out: &'a mut dyn Write,
    pub err: &'a mut dyn Write,
    /// Whether a person reads `out`.
    pub is_terminal: bool,
    /// The columns of the terminal, where it is one.
    pub width: Option<usize>,
    pub stdin: &'a mut dyn io::Read,
}

/// How a command ended, as its exit status.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    Clean = 0,
    Findings = 1,
    Failed = 2,
}

/// Runs a command other than `lsp`, which is not the command line's business.
///
/// # Errors
/// Only when the output can't be written to.
pub fn run(command: &Command, terminal: &mut Terminal<'_>) -> io::Result<Outcome> {
    match command {
        Command::Lint(arguments) => lint::run(arguments, terminal),
        Command::Read(arguments) => read::run(arguments, terminal),
        Command::Who(arguments) => who::run(arguments, terminal),
        Command::Explain(arguments) => explain::run(arguments, terminal),
        Command::Lsp(_) => Ok(Outcome::Failed),
    }
}

/// Says in one line why a command can't be done.
fn fail(terminal: &mut Terminal<'_>, why: impl std::fmt::Display) -> io::Result<Outcome> {
    writeln!(terminal.err, "copydesk: {why}")?;
    Ok(Outcome::Failed)
}

fn complain(terminal: &mut Terminal<'_>, problems: &[Problem]) -> io::Result<()> {
    problems.iter().try_for_each(|problem| writeln!(terminal.err, "copydesk: {problem}"))
}
