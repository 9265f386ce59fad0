//! What may be asked on the command line. The doc comments are the help that `--help` prints.

use std::ffi::OsString;
#[cfg(feature = "serve")]
use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;
use std::str::FromStr;

use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use clap::{Args, Parser, Subcommand, ValueEnum};
use jiff::civil::Date;

use super::report::{FORMATS, Format, STATISTICS};
use crate::finding::{Finding, Severity};
use crate::ingest;
use crate::reader::SubjectKind;
use crate::rules::infos;
use crate::text::{did_you_mean, shown};

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

/// Why arguments are not carried out.
#[derive(Debug)]
pub enum Refused {
    /// What was asked for is help or the version.
    Help(clap::Error),
    /// They can't be understood, said in one line.
    Fault(String),
}

impl Arguments {
    /// Reads the arguments of the process, its own name first.
    ///
    /// # Errors
    /// When they can't be understood, or ask for help.
    pub fn understood(given: &[OsString]) -> Result<Self, Refused> {
        let error = match Self::try_parse_from(given) {
            Ok(arguments) => return Ok(arguments),
            Err(error) => error,
        };
        if !error.use_stderr() || error.kind() == clap::error::ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand {
            return Err(Refused::Help(error));
        }
        // An error quotes the arguments: here are they as they may be shown.
        let shown = given.iter().map(|argument| shown(&argument.to_string_lossy()).into_owned());
        let error = Self::try_parse_from(shown).err().unwrap_or(error);
        Err(Refused::Fault(in_one_line(&error)))
    }
}

#[derive(Debug, Subcommand)]
pub enum Command {
    #[command(flatten)]
    Run(Run),
    /// Start the language server on standard input and output
    #[cfg(feature = "lsp")]
    Lsp(LspArguments),
    /// Serve a page in the browser where a person writes or pastes a draft, and an endpoint for programs
    ///
    /// Prints the page's address, with a token in it: whoever has that may come in, and nobody else. Only this machine can reach it.
    #[cfg(feature = "serve")]
    Serve(Box<ServeArguments>),
    /// Answer an assistant over standard input and output (Model Context Protocol): it checks, looks up and reads, and writes nothing
    #[cfg(feature = "mcp")]
    Mcp(McpArguments),
}

/// What is done and then over.
#[derive(Debug, Subcommand)]
pub enum Run {
    /// Check drafts and report what differs
    Lint(Box<LintArguments>),
    /// Show what the reader sees in texts, a JSON object a line
    Read(ReadArguments),
    /// Filter articles on standard input, or of files, to what they attest as sources, a JSON object a line
    Facts(FactsArguments),
    /// Show what the corpus attests about a person, place or organisation
    Who(WhoArguments),
    /// Tell where the corpus disagrees with itself: spellings, titles, figures, dates and quotations
    Audit(AuditArguments),
    /// Explain a rule, or list them all
    Explain(ExplainArguments),
    /// Write a first copydesk.toml, with what the folder tells
    Init(InitArguments),
    /// Show what holds for a draft, and where it is said
    #[command(subcommand)]
    Config(ConfigCommand),
    /// Compare two versions of a draft: what changed, and which old values were left standing
    Compare(CompareArguments),
    /// Keep the corpus as an archive on disk, so that it is not read whole again
    #[cfg(feature = "archive")]
    #[command(subcommand)]
    Archive(ArchiveCommand),
    /// Take names from elsewhere into the stylebook, or look for what is wrong with it
    #[command(subcommand)]
    Stylebook(StylebookCommand),
    /// Print what packages and the documentation hold of the command line
    #[command(subcommand, hide = true)]
    Generate(Generated),
}

#[cfg(feature = "archive")]
#[derive(Debug, Subcommand)]
pub enum ArchiveCommand {
    /// Build it from all sources, in place of what may be there; until it is whole, what was there holds
    Build(ArchiveArguments),
    /// Read what has changed since, and take out what is gone
    Update(ArchiveArguments),
    /// Show where it is, how much it holds, and how much has changed since; status 1 if anything has
    Status(StatusArguments),
    /// Look through all of it for damage
    Verify(ArchiveArguments),
    /// Write what it holds, a JSON object a line
    Export(ExportArguments),
    /// Put it into a database, made of archives and files of facts; until it is whole, what was there holds
    #[cfg(feature = "postgres")]
    Load(LoadArguments),
    /// Make it of archives that were built apart, and of files that `copydesk facts` wrote
    Join(JoinArguments),
}

/// Which archive.
#[cfg(feature = "archive")]
#[derive(Clone, Debug, Default, Args)]
pub struct ArchiveArguments {
    /// A folder or file of sources; may be given several times, and stands above the configuration
    #[arg(long, value_name = "PATH")]
    pub corpus: Vec<PathBuf>,
    /// The folder of the archive, instead of the configuration's or one in your cache
    #[arg(long, value_name = "FOLDER")]
    pub archive: Option<PathBuf>,
    /// The configuration, instead of the `copydesk.toml` found upwards from here
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
}

#[cfg(feature = "archive")]
#[derive(Debug, Args)]
pub struct StatusArguments {
    #[command(flatten)]
    pub of: ArchiveArguments,
    /// How to report
    #[arg(long, value_enum, default_value_t = ShowFormat::Text)]
    pub format: ShowFormat,
}

#[cfg(feature = "archive")]
#[derive(Debug, Args)]
pub struct ExportArguments {
    /// What to write
    #[arg(value_enum, value_name = "WHAT", default_value_t = Exported::Facts)]
    pub what: Exported,
    #[command(flatten)]
    pub of: ArchiveArguments,
}

#[cfg(feature = "archive")]
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Exported {
    /// What each source attests, as `copydesk read --facts` has it
    Facts,
    /// The sources alone
    Sources,
}

#[cfg(feature = "postgres")]
#[derive(Debug, Args)]
pub struct LoadArguments {
    /// The address of the database: `postgres://host/name`; no password belongs in it
    #[arg(long, value_name = "ADDRESS")]
    pub into: String,
    /// Folders of archives, and files of facts (`-` is standard input), as `archive join` takes them
    #[arg(required = true, value_name = "PART")]
    pub parts: Vec<PathBuf>,
}

#[cfg(feature = "archive")]
#[derive(Debug, Args)]
pub struct JoinArguments {
    /// Folders of archives, and files of facts (`-` is standard input); of several sources with one name that of the last archive counts, and
    /// before it the latest state among the facts, whatever their order
    #[arg(required = true, value_name = "PART")]
    pub parts: Vec<PathBuf>,
    #[command(flatten)]
    pub into: ArchiveArguments,
}

#[derive(Debug, Subcommand)]
pub enum Generated {
    /// Completions for a shell
    Completions {
        #[arg(value_enum)]
        shell: clap_complete::Shell,
    },
    /// A manual page; without one, the names of all
    Man {
        #[arg(value_name = "PAGE")]
        page: Option<String>,
    },
    /// The reference of all commands, in Markdown
    Reference,
}

#[derive(Debug, Args)]
pub struct AuditArguments {
    #[command(flatten)]
    pub against: AgainstArguments,
    /// How to report
    #[arg(long, value_enum, default_value_t = AuditFormat::Text)]
    pub format: AuditFormat,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum AuditFormat {
    /// For people
    Text,
    /// One JSON object
    Json,
    /// A page to read and print
    Html,
}

#[derive(Debug, Args)]
pub struct CompareArguments {
    /// The draft as it was
    #[arg(value_name = "OLD")]
    pub old: PathBuf,
    /// The draft as it is
    #[arg(value_name = "NEW")]
    pub new: PathBuf,
    /// The configuration, instead of the `copydesk.toml` found upwards from the new version
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// The day taken for a version that gives none itself, as 2025-12-03
    #[arg(long, value_name = "DATE")]
    pub as_of: Option<Date>,
    /// How to report
    #[arg(long, value_enum, default_value_t = ShowFormat::Text)]
    pub format: ShowFormat,
}

#[derive(Debug, Subcommand)]
pub enum StylebookCommand {
    /// Take in a list of names or people of Wikidata; what the stylebook has stays as it is
    Import(ImportArguments),
    /// Look for contradictions in the stylebook, and for what the sources have otherwise
    Check(CheckArguments),
}

#[derive(Debug, Args)]
pub struct ImportArguments {
    /// A list of names as CSV, whose first row says what its columns hold: name, aliases, title, from, until, note and others
    #[arg(value_name = "FILE", required_unless_present = "wikidata", conflicts_with = "wikidata")]
    pub file: Option<PathBuf>,
    /// People of Wikidata, as its JSON has them
    #[arg(long, value_name = "FILE")]
    pub wikidata: Option<PathBuf>,
    /// The language of the names that are taken from Wikidata
    #[arg(long, value_name = "CODE", default_value = "en")]
    pub language: String,
    /// What the rows of a list are that say nothing of it
    #[arg(long, value_enum, default_value_t = EntryKind::Person)]
    pub kind: EntryKind,
    /// Say what would be taken in, and write nothing
    #[arg(long)]
    pub dry_run: bool,
    #[command(flatten)]
    pub against: AgainstArguments,
}

#[derive(Debug, Args)]
pub struct CheckArguments {
    #[command(flatten)]
    pub against: AgainstArguments,
    /// How to report
    #[arg(long, value_enum, default_value_t = ShowFormat::Text)]
    pub format: ShowFormat,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum EntryKind {
    Person,
    Place,
    Organisation,
}

impl EntryKind {
    pub(super) const fn subject(self) -> SubjectKind {
        match self {
            Self::Person => SubjectKind::Person,
            Self::Place => SubjectKind::Place,
            Self::Organisation => SubjectKind::Organisation,
        }
    }
}

#[derive(Debug, Args)]
pub struct InitArguments {
    /// Where to write it
    #[arg(value_name = "FOLDER", default_value = ".")]
    pub folder: PathBuf,
}

#[derive(Debug, Subcommand)]
pub enum ConfigCommand {
    /// Show each value and rule, and whether it is from copydesk.toml, the command line or nobody
    Show(ShowArguments),
}

#[derive(Debug, Args)]
pub struct ShowArguments {
    /// A draft, or a folder; without one, this folder
    #[arg(value_name = "PATH")]
    pub path: Option<PathBuf>,
    #[command(flatten)]
    pub against: AgainstArguments,
    /// How to report
    #[arg(long, value_enum, default_value_t = ShowFormat::Text)]
    pub format: ShowFormat,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ShowFormat {
    /// For people
    Text,
    /// One JSON object
    Json,
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
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of its own")]
pub struct LintArguments {
    /// Drafts, or folders of drafts (.md, .txt, .html, .docx); `-` reads one from standard input [default: those of the configuration's folder]
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    #[command(flatten)]
    pub against: AgainstArguments,
    /// Make the fixes that are settled, as far as they hold; of a draft on standard input the mended text is printed
    #[arg(long, help_heading = FIXING)]
    pub fix: bool,
    /// Make the suggested fixes of these rules as well, where there is one to choose from; a person should look at them
    #[arg(long, value_name = "RULE", value_delimiter = ',', help_heading = FIXING)]
    pub fix_suggested: Vec<Wanted>,
    /// Print what would be fixed as a patch, and write nothing; status 1 if there is anything
    #[arg(long, conflicts_with_all = ["format", "statistics"], help_heading = FIXING)]
    pub diff: bool,
    /// Write a copy of the draft, a Word document, with a comment for each finding
    #[arg(long, value_name = "OUT", conflicts_with_all = ["fix", "fix_suggested", "diff", "watch", "since"])]
    pub annotate: Option<PathBuf>,
    /// Report only what is on lines changed since this git revision
    #[arg(long, value_name = "REV", help_heading = CHOOSING)]
    pub since: Option<String>,
    /// Leave out the findings that this file accepts; stands above the configuration
    #[arg(long, value_name = "FILE", help_heading = ACCEPTING)]
    pub baseline: Option<PathBuf>,
    /// Accept what is found now: add it to this file
    #[arg(long, value_name = "FILE", conflicts_with_all = ["baseline", "fix", "fix_suggested", "diff"], help_heading = ACCEPTING)]
    pub write_baseline: Option<PathBuf>,
    /// Take out of the baseline what is no longer found
    #[arg(long, help_heading = ACCEPTING)]
    pub prune_baseline: bool,
    /// Check again whenever a draft or what it is checked against changes, until Ctrl-C
    #[arg(long, conflicts_with_all = ["fix", "fix_suggested", "diff", "write_baseline", "prune_baseline"])]
    pub watch: bool,
    /// How to report
    #[arg(long, value_parser = format(), default_value = FORMATS[0].name)]
    pub format: &'static Format,
    /// Report these rules alone, by name or with a `*` at the end, such as `name-*`
    #[arg(long, value_name = "RULE", value_delimiter = ',', help_heading = CHOOSING)]
    pub select: Vec<Wanted>,
    /// Leave these rules out
    #[arg(long, value_name = "RULE", value_delimiter = ',', help_heading = CHOOSING)]
    pub ignore: Vec<Wanted>,
    /// Report nothing below this severity
    #[arg(long, value_name = "SEVERITY", help_heading = CHOOSING)]
    pub severity: Option<Severity>,
    /// Count what each rule found, in place of the findings
    #[arg(long, conflicts_with = "format")]
    pub statistics: bool,
    /// Print findings and problems alone, without the summary
    #[arg(long, short)]
    pub quiet: bool,
    /// Exit with status 0 whatever is found; what could not be done is still status 2
    #[arg(long)]
    pub exit_zero: bool,
    /// Exit with status 1 from this severity on [default: warning, or the configuration's]
    #[arg(long, value_name = "SEVERITY")]
    pub fail_on: Option<Severity>,
    /// The day taken for a draft that gives none itself, as 2025-12-03 [default: none]
    #[arg(long, value_name = "DATE")]
    pub as_of: Option<Date>,
    /// What to call the draft read from standard input; its ending says the format
    #[arg(long, value_name = "NAME", default_value = "stdin.md")]
    pub stdin_path: PathBuf,
    /// Colours in the text report
    #[arg(long, value_enum, default_value_t = Colour::Auto)]
    pub color: Colour,
}

#[cfg(feature = "serve")]
const NEWSROOM: &str = "For a newsroom";
const CHOOSING: &str = "Choosing findings";
const FIXING: &str = "Fixing";
const ACCEPTING: &str = "Accepting findings";

impl LintArguments {
    /// How it reports.
    pub(super) fn reports(&self) -> &'static Format {
        if self.statistics { &STATISTICS } else { self.format }
    }

    /// Whether drafts are mended, or what that would change is shown.
    pub(super) fn mends(&self) -> bool {
        self.fix || self.diff || !self.fix_suggested.is_empty()
    }

    /// Whether standard output is a draft's own text.
    pub(super) fn prints_draft(&self) -> bool {
        self.mends() && !self.diff && self.reads_stdin()
    }

    pub(super) fn reads_stdin(&self) -> bool {
        self.paths.iter().any(|path| path.as_os_str() == "-")
    }

    /// Whether the suggested fixes of a rule may be made.
    pub(super) fn takes_suggestions_of(&self, rule: &str) -> bool {
        self.fix_suggested.iter().any(|wanted| wanted.covers(rule))
    }

    /// Whether a finding is one of those asked for.
    pub(super) fn wants(&self, finding: &Finding) -> bool {
        let is_of = |wanted: &Wanted| wanted.covers(finding.rule.name);
        (self.select.is_empty() || self.select.iter().any(is_of))
            && !self.ignore.iter().any(is_of)
            && self.severity.is_none_or(|least| finding.severity >= least)
    }
}

/// A rule, or those whose names begin alike.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted(String);

impl Wanted {
    fn covers(&self, rule: &str) -> bool {
        self.0.strip_suffix('*').map_or(self.0 == rule, |start| rule.starts_with(start))
    }
}

/// What names no rule.
#[derive(Clone, Debug, thiserror::Error)]
#[error("there is no rule `{0}`{1}")]
pub struct NoSuchRule(String, String);

impl FromStr for Wanted {
    type Err = NoSuchRule;

    fn from_str(written: &str) -> Result<Self, Self::Err> {
        let wanted = Self(written.to_owned());
        let names = || infos().map(|rule| rule.name);
        if names().any(|name| wanted.covers(name)) {
            return Ok(wanted);
        }
        let told = did_you_mean(written, names()).unwrap_or_else(|| "; `copydesk explain` lists them all".to_owned());
        Err(NoSuchRule(written.to_owned(), told))
    }
}

#[derive(Debug, Args)]
pub struct ReadArguments {
    /// Texts, or folders of texts
    #[arg(required = true, value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// Show what the texts attest as sources, in place of what they mention
    #[arg(long)]
    pub facts: bool,
    /// How to report
    #[arg(long, value_enum, default_value_t = ReadFormat::Jsonl)]
    pub format: ReadFormat,
    /// The day taken for a text that gives none itself, as 2025-12-03
    #[arg(long, value_name = "DATE")]
    pub as_of: Option<Date>,
}

#[derive(Debug, Args)]
pub struct FactsArguments {
    /// Files of articles, or folders of them, named as sources are; without any, standard input is read
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// What comes in on standard input, by the ending of files of its form
    #[arg(long, value_name = "ENDING", value_parser = stream(), default_value = "jsonl")]
    pub input_format: String,
    /// What to call what comes in: an article's name is this and its own id
    #[arg(long, value_name = "NAME", default_value = "articles", conflicts_with = "paths")]
    pub name: String,
    /// Set aside what can't be read, with the reason, in this file; what is in it is no fault then
    #[arg(long, value_name = "FILE")]
    pub rejected: Option<PathBuf>,
    /// The day taken for an article that gives none itself, as 2025-12-03
    #[arg(long, value_name = "DATE")]
    pub as_of: Option<Date>,
    /// The configuration, instead of the `copydesk.toml` found upwards from here; it says what fields are called
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub struct WhoArguments {
    /// The name, whole or any part of it
    #[arg(required = true, value_name = "NAME")]
    pub name: Vec<String>,
    #[command(flatten)]
    pub against: AgainstArguments,
    /// How to report
    #[arg(long, value_enum, default_value_t = ShowFormat::Text)]
    pub format: ShowFormat,
}

#[derive(Debug, Args)]
pub struct ExplainArguments {
    /// The rule; without one, all are listed
    #[arg(value_name = "RULE")]
    pub rule: Option<String>,
}

#[cfg(feature = "lsp")]
#[derive(Clone, Debug, Default, Args)]
pub struct LspArguments {
    /// Accepted for editors that pass it; standard input and output are the only way
    #[arg(long, hide = true)]
    pub stdio: bool,
}

#[cfg(feature = "serve")]
#[derive(Clone, Debug, Args)]
pub struct ServeArguments {
    #[command(flatten)]
    pub against: AgainstArguments,
    /// The port; without one, any that is free
    #[arg(long, default_value_t = 0)]
    pub port: u16,
    /// Serve a newsroom: the address and port to listen at, which others may reach
    #[arg(long, value_name = "ADDRESS", conflicts_with = "port", requires = "host", help_heading = NEWSROOM)]
    pub listen: Option<SocketAddr>,
    /// A name by which browsers reach the server, with the port unless it is the usual one; may be given several times
    #[arg(long, value_name = "NAME", requires = "listen", help_heading = NEWSROOM)]
    pub host: Vec<String>,
    /// The server's certificate and those that vouch for it, in PEM
    #[arg(long, value_name = "FILE", requires = "listen", requires = "key", help_heading = NEWSROOM)]
    pub certificate: Option<PathBuf>,
    /// The certificate's key, in PEM
    #[arg(long, value_name = "FILE", requires = "certificate", help_heading = NEWSROOM)]
    pub key: Option<PathBuf>,
    /// The token of whoever may come in, in a file; or in `COPYDESK_TOKEN` [default: another at each start]
    #[arg(long, value_name = "FILE", help_heading = NEWSROOM)]
    pub token_file: Option<PathBuf>,
    /// The header in which a reverse proxy says whom it has let in
    #[arg(long, value_name = "HEADER", requires = "trust", help_heading = NEWSROOM)]
    pub user_header: Option<String>,
    /// The address from which the proxy speaks; may be given several times
    #[arg(long, value_name = "ADDRESS", requires = "user_header", requires = "listen", help_heading = NEWSROOM)]
    pub trust: Vec<IpAddr>,
    /// Let nobody at the page write into the stylebook
    #[arg(long)]
    pub no_decisions: bool,
    /// Write what happens to standard error, a JSON object a line; never a word of a draft
    #[arg(long)]
    pub log: bool,
}

#[cfg(feature = "mcp")]
#[derive(Clone, Debug, Default, Args)]
pub struct McpArguments {
    #[command(flatten)]
    pub against: AgainstArguments,
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

/// What is wrong with arguments and how to mend it; how a command is used at all is for `--help`.
fn in_one_line(error: &clap::Error) -> String {
    let text = error.to_string();
    let said = text.split("\n\n").filter(|part| part.starts_with("error: ") || part.trim_start().starts_with("tip: "));
    let joined = |part: &str| part.trim_start_matches("error: ").lines().map(str::trim).collect::<Vec<_>>().join(" ");
    shown(&said.map(joined).collect::<Vec<_>>().join("; ")).into_owned()
}

/// The endings of what can come in without a name of its own: what is packed says by its name what is in it.
fn stream() -> impl TypedValueParser<Value = String> {
    PossibleValuesParser::new(ingest::endings().into_iter().filter(|ending| *ending != "gz"))
}

fn format() -> impl TypedValueParser<Value = &'static Format> {
    let names = FORMATS.iter().map(|format| PossibleValue::new(format.name).help(format.help));
    PossibleValuesParser::new(names).map(|name| FORMATS.iter().copied().find(|format| format.name == name).unwrap_or(FORMATS[0]))
}
