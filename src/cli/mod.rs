//! The command line: arguments in, reports out, an exit status. A thin end on the same functions as the language server.

#[cfg(feature = "mcp")]
mod answers;
#[cfg(feature = "archive")]
mod archive;
mod arguments;
mod audit;
mod compare;
mod config;
mod explain;
mod fact_rows;
mod facts;
mod generate;
mod guard;
mod init;
mod lint;
mod plain_json;
mod progress;
mod read;
mod report;
mod settings;
mod stylebook;
mod who;

#[cfg(feature = "mcp")]
pub use answers::{compare_texts, sources_of, who};
#[cfg(feature = "mcp")]
pub use arguments::McpArguments;
#[cfg(feature = "serve")]
pub use arguments::ServeArguments;
pub use arguments::{Arguments, Command, Refused, Run};
#[cfg(any(feature = "serve", feature = "mcp"))]
pub use lint::{day_given, lint_bytes};
#[cfg(feature = "mcp")]
pub use settings::setting_here;

use std::io::{self, Write};

use guard::Guard;

use crate::text::shown;
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
    /// Shows how far a long run is in one line, in place of the line before, where a person sees standard error.
    pub progress: Option<fn(&str)>,
    /// Says now and then how far a very long run is, each time in a line of its own, where standard error is written down.
    pub lines: Option<fn(&str)>,
}

/// How a command ended, as its exit status.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    Clean = 0,
    Findings = 1,
    Failed = 2,
}

/// Runs a command.
///
/// # Errors
/// Only when the output can't be written to.
pub fn run(command: &Run, terminal: &mut Terminal<'_>) -> io::Result<Outcome> {
    // What is generated holds nothing of others, and a draft that is printed is passed on as it is.
    let is_commands = match command {
        Run::Lint(arguments) => arguments.format.is_commands || arguments.prints_draft(),
        Run::Generate(_) => true,
        _ => false,
    };
    let (mut out, mut err) = (Guard::new(terminal.out, is_commands), Guard::new(terminal.err, false));
    let mut guarded = Terminal { out: &mut out, err: &mut err, stdin: terminal.stdin, ..*terminal };
    let outcome = match command {
        Run::Lint(arguments) => lint::run(arguments, &mut guarded),
        Run::Read(arguments) => read::run(arguments, &mut guarded),
        Run::Facts(arguments) => facts::run(arguments, &mut guarded),
        Run::Who(arguments) => who::run(arguments, &mut guarded),
        Run::Audit(arguments) => audit::run(arguments, &mut guarded),
        Run::Explain(arguments) => explain::run(arguments, &mut guarded),
        Run::Generate(what) => generate::run(what, guarded.out, guarded.err),
        Run::Init(arguments) => init::run(arguments, &mut guarded),
        Run::Config(command) => config::run(command, &mut guarded),
        Run::Compare(arguments) => compare::run(arguments, &mut guarded),
        Run::Stylebook(command) => stylebook::run(command, &mut guarded),
        #[cfg(feature = "archive")]
        Run::Archive(command) => archive::run(command, &mut guarded),
    }?;
    out.flush()?;
    err.flush()?;
    Ok(outcome)
}

/// Says on standard error why something can't be done, in one line.
///
/// # Errors
/// When it can't be written to.
pub fn tell(err: &mut dyn Write, why: impl std::fmt::Display) -> io::Result<()> {
    writeln!(Guard::new(err, false), "copydesk: {}", shown(&why.to_string()))
}

/// Says in one line why a command can't be done.
fn fail(terminal: &mut Terminal<'_>, why: impl std::fmt::Display) -> io::Result<Outcome> {
    tell(terminal.err, why)?;
    Ok(Outcome::Failed)
}

fn complain(terminal: &mut Terminal<'_>, problems: &[Problem]) -> io::Result<()> {
    problems.iter().try_for_each(|problem| tell(terminal.err, problem))
}

#[cfg(test)]
mod tests {
    use std::ffi::OsString;

    use super::*;
    use crate::reader::FAULTY;

    /// Runs a command in words; its outcome and what it wrote.
    fn run_words(words: &[&str], stdin: &str) -> (Outcome, String, String) {
        let given: Vec<OsString> = ["copydesk"].iter().chain(words).map(OsString::from).collect();
        let Ok(Arguments { command: Command::Run(command) }) = Arguments::understood(&given) else { panic!("unsound: {words:?}") };
        let (mut out, mut err) = (Vec::new(), Vec::new());
        let mut terminal = Terminal {
            out: &mut out,
            err: &mut err,
            is_terminal: false,
            width: None,
            stdin: &mut stdin.as_bytes(),
            progress: None,
            lines: None,
        };
        let outcome = run(&command, &mut terminal).expect("a vector can be written to");
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
