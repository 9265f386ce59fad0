//! The drafts as they were at a git revision. Git is the one program that copydesk starts, and only where a person asks for it: without a
//! shell, with arguments that are always the same but for the revision's name, which is not let through if git could take it for an option.
//! It reads what is stored, and runs none of the filters that a repository may name.

use std::ffi::OsString;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use super::Problem;
use crate::text::{MAX_BYTES, shown};

/// A commit of the repository that the working folder is in.
#[derive(Debug)]
pub struct Revision {
    /// The repository's folder, wherever links lead.
    top: PathBuf,
    commit: String,
}

/// Reads files of a revision one after the other.
pub struct Since<'r> {
    revision: &'r Revision,
    git: Child,
    ask: ChildStdin,
    answers: BufReader<ChildStdout>,
}

/// Why a revision can't be looked at, in one line.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoRevision {
    #[error("`{}` is no name of a git revision", shown(.0))]
    NoName(String),
    #[error("git can't be started, and what has changed can't be told without it: {0}")]
    NoGit(String),
    #[error("this folder is in no git repository, so that there is no revision to compare with")]
    NoRepository,
    #[error("there is no git revision `{}` here", shown(.0))]
    Unknown(String),
}

impl Revision {
    /// The commit that a name means.
    ///
    /// # Errors
    /// When it is no name, or means none here.
    pub fn find(name: &str) -> Result<Self, NoRevision> {
        if name.is_empty() || name.starts_with('-') || name.contains(char::is_control) {
            return Err(NoRevision::NoName(name.to_owned()));
        }
        let top = said(&["rev-parse", "--show-toplevel"])?.ok_or(NoRevision::NoRepository)?;
        let top = std::fs::canonicalize(path_of(top)).map_err(|_| NoRevision::NoRepository)?;
        let peeled = format!("{name}^{{commit}}");
        let commit = said(&["rev-parse", "--verify", "--quiet", "--end-of-options", &peeled])?;
        let commit = commit.and_then(|commit| String::from_utf8(commit).ok());
        let is_commit = |commit: &String| commit.len() >= 40 && commit.chars().all(|c| c.is_ascii_hexdigit());
        commit.filter(is_commit).map(|commit| Self { top, commit }).ok_or_else(|| NoRevision::Unknown(name.to_owned()))
    }

    /// Begins to read what was there.
    ///
    /// # Errors
    /// When git can't be started.
    pub fn read(&self) -> Result<Since<'_>, NoRevision> {
        let fault = |error: std::io::Error| NoRevision::NoGit(error.to_string());
        let mut command = git(&["cat-file", "--batch"]);
        let mut git = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().map_err(fault)?;
        let (Some(ask), Some(answers)) = (git.stdin.take(), git.stdout.take()) else {
            return Err(NoRevision::NoGit("it has no streams".to_owned()));
        };
        Ok(Since { revision: self, git, ask, answers: BufReader::new(answers) })
    }
}

impl Since<'_> {
    /// A file as it was then; none where it wasn't there.
    ///
    /// # Errors
    /// When the file doesn't lie in the repository, or git fails.
    pub fn file(&mut self, path: &Path) -> Result<Option<Vec<u8>>, Problem> {
        let Revision { top, commit } = self.revision;
        // What is only in an editor yet lies in a folder all the same.
        let beside = |path: &Path| Some(std::fs::canonicalize(super::plan::whole(path).parent()?).ok()?.join(path.file_name()?));
        let real = std::fs::canonicalize(path).ok().or_else(|| beside(path));
        let Some(within) = real.as_deref().and_then(|real| real.strip_prefix(top).ok()) else {
            return Err(Problem::new(path, format!("is not in the git repository {}", top.display())));
        };
        let name = within.components().map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/");
        if name.contains(['\n', char::REPLACEMENT_CHARACTER]) {
            // No line can ask for it: all of it counts as new.
            return Ok(None);
        }
        self.ask(&format!("{commit}:{name}")).map_err(|error| Problem::new(path, format!("git can't read what it was: {error}")))
    }

    fn ask(&mut self, object: &str) -> std::io::Result<Option<Vec<u8>>> {
        writeln!(self.ask, "{object}")?;
        self.ask.flush()?;
        let mut head = String::new();
        self.answers.read_line(&mut head)?;
        let ends = || std::io::Error::other("it has ended");
        let mut fields = head.trim_end_matches('\n').rsplit(' ');
        let size = match fields.next() {
            Some("missing" | "ambiguous" | "submodule") => return Ok(None),
            size => size.and_then(|size| size.parse::<u64>().ok()).ok_or_else(ends)?,
        };
        let is_blob = fields.next() == Some("blob");
        let kept = if is_blob && size <= MAX_BYTES as u64 { size } else { 0 };
        let mut bytes = Vec::new();
        self.answers.by_ref().take(kept).read_to_end(&mut bytes)?;
        // With the line break that follows.
        let rest = size.saturating_sub(kept).saturating_add(1);
        std::io::copy(&mut self.answers.by_ref().take(rest), &mut std::io::sink())?;
        if bytes.len() as u64 != kept {
            return Err(ends());
        }
        Ok((kept > 0 || is_blob && size == 0).then_some(bytes))
    }
}

impl Drop for Since<'_> {
    fn drop(&mut self) {
        // It ends by itself once nobody asks any more; whether it does so in time is of no account.
        let _ = self.git.kill();
        let _ = self.git.wait();
    }
}

/// Git with what keeps it from starting or fetching anything by a repository's wish.
fn git(arguments: &[&str]) -> Command {
    let mut command = Command::new("git");
    command.args(["--no-pager", "--no-replace-objects", "-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null"]).args(arguments);
    command.env("GIT_OPTIONAL_LOCKS", "0").env("GIT_NO_LAZY_FETCH", "1").env("GIT_TERMINAL_PROMPT", "0").env("LC_ALL", "C");
    command
}

/// What git says in one line; none where it fails.
fn said(arguments: &[&str]) -> Result<Option<Vec<u8>>, NoRevision> {
    let output = git(arguments).stdin(Stdio::null()).output().map_err(|error| NoRevision::NoGit(error.to_string()))?;
    let line = output.stdout.strip_suffix(b"\n").unwrap_or(&output.stdout).to_vec();
    Ok((output.status.success() && !line.is_empty()).then_some(line))
}

#[cfg(unix)]
fn path_of(bytes: Vec<u8>) -> PathBuf {
    PathBuf::from(<OsString as std::os::unix::ffi::OsStringExt>::from_vec(bytes))
}

#[cfg(not(unix))]
fn path_of(bytes: Vec<u8>) -> PathBuf {
    PathBuf::from(OsString::from(String::from_utf8_lossy(&bytes).into_owned()))
}
