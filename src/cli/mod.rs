//! The command line: arguments in, reports out, an exit status. A thin end on the same functions as the language server.

mod arguments;
mod explain;
mod lint;
mod read;
mod report;
mod settings;
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

#[cfg(test)]
mod tests {
    use clap::Parser as _;

    use super::*;
    use crate::reader::FAULTY;

    /// Runs a command in words; its outcome and what it wrote.
    fn run_words(words: &[&str], stdin: &str) -> (Outcome, String, String) {
        let arguments = Arguments::try_parse_from(["copydesk"].iter().chain(words)).expect("sound arguments");
        let (mut out, mut err) = (Vec::new(), Vec::new());
        let mut terminal = Terminal { out: &mut out, err: &mut err, is_terminal: false, width: None, stdin: &mut stdin.as_bytes() };
        let outcome = run(&arguments.command, &mut terminal).expect("a vector can be written to");
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
        (outcome, text(out), text(err))
    }

    #[test]
    fn a_fault_over_one_text_leaves_the_others() {
        let folder = tempfile::tempdir().expect("a folder");
        let put = |name: &str, text: &str| {
            let path = folder.path().join(name);
            std::fs::create_dir_all(path.parent().expect("is in the folder")).expect("a folder is made");
            std::fs::write(&path, text).expect("is written");
            path.to_str().expect("is UTF-8").to_owned()
        };
        let good = put("drafts/good.md", "The weir at Larsund is 40 metres long.\n");
        let bad = put("drafts/bad.md", &format!("The weir, and {FAULTY}.\n"));
        put("sources/good.md", "The weir at Larsund is 60 metres long.\n");
        let source = put("sources/bad.md", &format!("The weir, where {FAULTY}.\n"));
        let corpus = folder.path().join("sources");
        let corpus = corpus.to_str().expect("is UTF-8");

        let (outcome, found, problems) = run_words(&["lint", "--format", "github", "--corpus", corpus, &good, &bad], "");
        assert_eq!(outcome, Outcome::Failed);
        assert!(found.contains("60 metres"), "{found}");
        let told: Vec<&str> = problems.lines().collect();
        assert_eq!(told.len(), 2, "{problems}");
        assert!(told[0].contains(&bad) && told[1].contains(&source) && told.iter().all(|line| line.contains("fault of copydesk")));

        let (outcome, read, problems) = run_words(&["read", &bad, &good], "");
        assert_eq!((outcome, read.lines().count(), problems.lines().count()), (Outcome::Failed, 1, 1), "{problems}");
        let (outcome, _, problems) = run_words(&["lint", "--corpus", corpus, "-"], FAULTY);
        assert_eq!((outcome, problems.contains("fault of copydesk")), (Outcome::Failed, true), "{problems}");
    }
}
