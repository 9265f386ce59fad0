//! The layers hold: each imports only what the table allows it; the protocol's types stay in `lsp`, the disk in `workspace`, the clock and
//! threads at the edges. Code for tests alone may do what it likes.

#[path = "architecture/code.rs"]
mod code;

use std::path::{Path, PathBuf};

use code::{code_of, named_at_root, uses};

/// Each layer, and what it may import.
const LAYERS: &[(&str, &[&str])] = &[
    ("data", &[]),
    ("thresholds", &[]),
    ("text", &["data"]),
    ("markup", &["data", "text"]),
    ("document", &["text", "markup"]),
    ("gazetteer", &["data", "text"]),
    ("reader", &["data", "text", "markup", "document", "gazetteer"]),
    ("corpus", &["data", "thresholds", "text", "markup", "document", "gazetteer", "reader"]),
    ("ingest", &["data", "text", "markup", "document", "corpus"]),
    ("keys", &[]),
    ("stylebook", &["data", "text", "markup", "document", "gazetteer", "reader", "corpus", "keys"]),
    ("finding", &["text", "corpus"]),
    ("config", &["text", "finding", "keys"]),
    ("rules", &["data", "thresholds", "text", "markup", "document", "gazetteer", "reader", "corpus", "finding"]),
    ("check", &["text", "markup", "document", "reader", "corpus", "finding", "config", "rules"]),
    (
        "features",
        &[
            "data",
            "thresholds",
            "text",
            "markup",
            "document",
            "gazetteer",
            "reader",
            "corpus",
            "keys",
            "stylebook",
            "finding",
            "config",
            "rules",
            "check",
        ],
    ),
    ("archive", &["text", "gazetteer", "corpus"]),
    ("postgres", &["corpus", "archive"]),
    (
        "workspace",
        &[
            "text",
            "markup",
            "document",
            "reader",
            "corpus",
            "ingest",
            "stylebook",
            "finding",
            "config",
            "rules",
            "check",
            "archive",
            "postgres",
        ],
    ),
    (
        "cli",
        &[
            "text",
            "markup",
            "document",
            "reader",
            "corpus",
            "ingest",
            "keys",
            "stylebook",
            "finding",
            "config",
            "rules",
            "check",
            "features",
            "workspace",
        ],
    ),
    (
        "lsp",
        &["text", "markup", "document", "reader", "corpus", "stylebook", "finding", "config", "rules", "check", "features", "workspace"],
    ),
    // Both other ends, which it brings to a socket, and nothing of what they stand on but what a draft comes in by.
    ("serve", &["text", "markup", "features", "workspace", "cli", "lsp"]),
    // The answers of the commands, brought to assistants, and the sources themselves.
    ("mcp", &["text", "corpus", "workspace", "cli"]),
];

/// Words that may stand only below these paths of `src`.
const CONFINED: &[(&str, &[&str])] = &[
    ("tower_lsp_server", &["lsp/"]),
    ("std::env", &["workspace/", "cli/", "lsp/", "serve/start.rs"]),
    // The one end that has a socket, and the crates that speak on it.
    ("std::net", &["serve/", "cli/arguments.rs"]),
    ("tokio::net", &["serve/"]),
    ("axum", &["serve/"]),
    ("hyper", &["serve/"]),
    ("hyper_util", &["serve/"]),
    ("getrandom", &["serve/"]),
    ("tokio_rustls", &["serve/tls.rs"]),
    // Git, where a person asks what has changed.
    ("std::process::Command", &["workspace/git.rs"]),
    // The disk: what people wrote, and the archive that is made of it. The guard looks whether the editor's process is still there.
    ("std::fs", &["workspace/", "archive/"]),
    ("redb", &["archive/"]),
    (".exists()", &["workspace/", "lsp/guard.rs"]),
    (".is_file()", &["workspace/", "archive/folder.rs"]),
    (".is_dir()", &["workspace/"]),
    (".metadata()", &["workspace/"]),
    (".canonicalize()", &["workspace/"]),
    (".read_dir()", &["workspace/"]),
    (".read_link()", &["workspace/"]),
    // The clock.
    ("Zoned::now", &["cli/", "lsp/"]),
    ("Timestamp::now", &["serve/log.rs"]),
    ("SystemTime", &["workspace/", "lsp/", "serve/", "cli/lint/watch.rs"]),
    ("Instant", &["lsp/", "serve/", "postgres/link.rs", "cli/progress.rs", "cli/lint/watch.rs"]),
    // Threads; a corpus and a directory of drafts are read by several, and so are a draft's rules run.
    ("std::thread", &["lsp/", "serve/", "postgres/link.rs", "cli/lint/watch.rs"]),
    ("rayon", &["workspace/", "archive/sorting.rs", "cli/", "check"]),
    ("tokio", &["lsp/", "serve/", "mcp/", "postgres/"]),
    ("rmcp", &["mcp/"]),
    ("dashmap", &["lsp/"]),
];

/// The most lines of code in a file, its tests and comments set aside.
const LONGEST: usize = 450;

/// Words that only one file may say: files come in by one door, and are made in one way.
const DOORS: &[(&str, &[&str])] = &[
    ("workspace/door.rs", &["File::open", "OpenOptions::new", "fs::read(", "read_to_string("]),
    ("workspace/walk.rs", &["read_dir"]),
    ("workspace/put.rs", &["File::create", "fs::write(", "fs::rename", "fs::remove", "create_dir", "hard_link"]),
];

fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).expect("the folder is there") {
        let path = entry.expect("is readable").path();
        if path.is_dir() {
            files.extend(rust_files(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
    files.sort();
    files
}

/// A file of `src` by its path there, with its code.
struct File {
    path: String,
    code: String,
}

impl File {
    fn new(path: &str, text: &str) -> Self {
        Self { path: path.to_owned(), code: code_of(text) }
    }

    /// The part of the crate that it belongs to.
    fn layer(&self) -> &str {
        self.path.split('/').next().unwrap_or_default().trim_end_matches(".rs")
    }

    /// How far below the root its module lies.
    fn depth(&self) -> usize {
        self.path.split('/').filter(|part| *part != "mod.rs").count()
    }

    /// What it imports that it may not, and says that is said elsewhere.
    fn faults(&self) -> Vec<String> {
        let layer = self.layer();
        let Some((_, allowed)) = LAYERS.iter().find(|(name, _)| *name == layer) else {
            return vec![format!("{}: {layer} is no layer", self.path)];
        };
        let is_layer = |named: &String| LAYERS.iter().any(|(name, _)| name == named);
        let imported = named_at_root(&self.code, self.depth()).into_iter().filter(is_layer);
        let imported =
            imported.filter(|named| named != layer && !allowed.contains(&&**named)).map(|named| format!("{}: imports {named}", self.path));
        let confined =
            CONFINED.iter().filter(|(words, paths)| uses(&self.code, words) && !paths.iter().any(|path| self.path.starts_with(path)));
        imported.chain(confined.map(|(words, paths)| format!("{}: `{words}` outside {paths:?}", self.path))).collect()
    }
}

fn files() -> Vec<File> {
    let read = |path: PathBuf| {
        let text = std::fs::read_to_string(&path).expect("is readable");
        let path = path.strip_prefix("src").expect("is below it").to_string_lossy().replace('\\', "/");
        File::new(&path, &text)
    };
    rust_files(Path::new("src")).into_iter().map(read).collect()
}

#[test]
fn layers_import_and_say_only_what_they_may() {
    let files = files().into_iter().filter(|file| !matches!(file.layer(), "lib" | "main"));
    let faults: Vec<String> = files.flat_map(|file| file.faults()).collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn a_planted_breach_is_caught() {
    for (path, breach) in [
        ("text/mod.rs", "use crate::corpus::Corpus;"),
        ("text/mod.rs", "#[cfg(test)]\nmod tests;\n\nuse crate::corpus::Corpus;"),
        ("reader/names/mod.rs", "use crate::{text::Span, rules::RULES};"),
        ("reader/names/mod.rs", "fn f() { super::super::rules::f() }"),
        ("reader/names.rs", "fn f() -> crate::lsp::X { g() }"),
        ("corpus/mod.rs", "use std::fs;"),
        ("lsp/disk.rs", "fn f(path: &Path) -> bool { path.exists() }"),
        ("rules/mod.rs", "fn f() { let today = jiff::Zoned::now(); }"),
        ("features/mod.rs", "use std::time::{Duration, Instant};"),
        ("reader/mod.rs", "use rayon::prelude::*;"),
        ("gazetteer/x.rs", "use dashmap::DashMap;"),
        ("lsp/mod.rs", "use tokio::net::TcpListener;"),
        ("serve/mod.rs", "use crate::rules::RULES;"),
        ("lsp/mod.rs", "use crate::serve::Desk;"),
        ("mcp/tools.rs", "use crate::rules::RULES;"),
        ("mcp/mod.rs", "use std::fs;"),
        ("cli/answers.rs", "use rmcp::model::Tool;"),
        ("elsewhere.rs", ""),
    ] {
        assert_eq!(File::new(path, breach).faults().len(), 1, "{path}: {breach}");
    }
    for (path, sound) in [
        ("reader/names/mod.rs", "use super::super::text::Span; use crate::{text, reader::names};"),
        ("rules/mod.rs", "/// As crate::lsp does, by Instant.\n#[cfg(test)]\nmod tests { use std::fs; }"),
    ] {
        assert_eq!(File::new(path, sound).faults(), [""; 0], "{path}: {sound}");
    }
}

#[test]
fn files_come_in_and_are_made_in_one_place_each() {
    let mut faults = Vec::new();
    // What the system tells of a process is nobody's file, and an archive's are its own.
    let is_elsewhere = |file: &File| matches!(&*file.path, "workspace/process.rs" | "archive/folder.rs");
    for File { path, code } in files().into_iter().filter(|file| !is_elsewhere(file)) {
        for (door, words) in DOORS.iter().filter(|(door, _)| *door != path) {
            let said = words.iter().find(|words| code.contains(**words));
            faults.extend(said.map(|words| format!("{path}: `{words}` outside {door}")));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn every_file_says_why_it_exists_and_stays_one_idea_long() {
    let mut faults = Vec::new();
    for path in rust_files(Path::new("src")) {
        let text = std::fs::read_to_string(&path).expect("is readable");
        if !text.starts_with("//! ") {
            faults.push(format!("{}: no `//!` line", path.display()));
        }
        let lines = code_of(&text).lines().filter(|line| !line.trim().is_empty()).count();
        if lines > LONGEST {
            faults.push(format!("{}: {lines} lines of code", path.display()));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
