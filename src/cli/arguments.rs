//! What may be asked on the command line. The doc comments are the help that `--help` prints.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use jiff::civil::Date;

use crate::finding::Severity;

/// Checks drafts of news articles against a newsroom's archive: the names, titles, figures, dates and quotations that
/// differ from the sources or from each other.
///
/// Without a configuration, drafts are checked against a small built-in corpus about the talks on Ukraine in 2025.
/// A `copydesk.toml` in the draft's folder or above it names the desk's own.
#[derive(Debug, Parser)]
#[command(name = "copydesk", version, max_term_width = 100)]
pub struct Arguments {
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Check drafts and report what differs
    Lint(LintArguments),
    /// Show what the reader sees in texts, a JSON object a line
    Read(ReadArguments),
    /// Show what the corpus attests about a person, place or organisation
    Who(WhoArguments),
    /// Explain a rule, or list them all
    Explain(ExplainArguments),
    /// Start the language server on standard input and output
    Lsp(LspArguments),
}

/// What to check against.
#[derive(Clone, Debug, Default, Args)]
pub struct AgainstArguments {
    /// A folder or file of sources; may be given several times, and stands above the configuration
    #[arg(long, value_name = "PATH")]
    pub corpus: Vec<PathBuf>,
    /// The desk's stylebook
    #[arg(long, value_name = "FILE")]
    pub stylebook: Option<PathBuf>,
    /// The configuration, instead of the `copydesk.toml` found upwards from the draft
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub struct LintArguments {
    /// Drafts, or folders of drafts (.md, .txt, .html); `-` reads one from standard input
    #[arg(required = true, value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    #[command(flatten)]
    pub against: AgainstArguments,
    /// How to report
    #[arg(long, value_enum, default_value_t = ReportFormat::Text)]
    pub format: ReportFormat,
    /// Exit with status 1 from this severity on [default: warning, or the configuration's]
    #[arg(long, value_name = "SEVERITY")]
    pub fail_on: Option<Severity>,
    /// The day taken for a draft that gives none itself, as 2025-12-03 [default on a terminal: today]
    #[arg(long, value_name = "DATE")]
    pub as_of: Option<Date>,
    /// What to call the draft read from standard input; its ending says the format
    #[arg(long, value_name = "NAME", default_value = "stdin.md")]
    pub stdin_path: PathBuf,
    /// Colours in the text report
    #[arg(long, value_enum, default_value_t = Colour::Auto)]
    pub color: Colour,
}

#[derive(Debug, Args)]
pub struct ReadArguments {
    /// Texts, or folders of texts
    #[arg(required = true, value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// How to report
    #[arg(long, value_enum, default_value_t = ReadFormat::Jsonl)]
    pub format: ReadFormat,
    /// The day taken for a text that gives none itself, as 2025-12-03
    #[arg(long, value_name = "DATE")]
    pub as_of: Option<Date>,
}

#[derive(Debug, Args)]
pub struct WhoArguments {
    /// The name, whole or in part
    #[arg(required = true, value_name = "NAME")]
    pub name: Vec<String>,
    #[command(flatten)]
    pub against: AgainstArguments,
}

#[derive(Debug, Args)]
pub struct ExplainArguments {
    /// The rule; without one, all are listed
    #[arg(value_name = "RULE")]
    pub rule: Option<String>,
}

#[derive(Clone, Debug, Default, Args)]
pub struct LspArguments {
    /// Accepted for editors that pass it; standard input and output are the only way
    #[arg(long, hide = true)]
    pub stdio: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ReportFormat {
    /// For people: the line quoted, with evidence and fixes
    Text,
    /// One JSON object
    Json,
    /// Annotations for GitHub's checks
    Github,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ReadFormat {
    /// One JSON object a line
    Jsonl,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Colour {
    Auto,
    Always,
    Never,
}
