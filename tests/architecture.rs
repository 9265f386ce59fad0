//! The layers hold: each imports only those before it in this table, the protocol's types stay in `lsp`, the disk in
//! `workspace`.

use std::path::{Path, PathBuf};

/// Each layer, and what it may import.
const LAYERS: &[(&str, &[&str])] = &[
    ("text", &[]),
    ("markup", &["text"]),
    ("document", &["text", "markup"]),
    ("gazetteer", &["text"]),
    ("reader", &["text", "markup", "document", "gazetteer"]),
    ("corpus", &["text", "markup", "document", "gazetteer", "reader"]),
    ("stylebook", &["text", "markup", "document", "gazetteer", "reader", "corpus"]),
    ("finding", &["text", "corpus", "rules"]),
    ("config", &["text", "finding"]),
    ("rules", &["text", "markup", "document", "gazetteer", "reader", "corpus", "finding"]),
    ("check", &["text", "markup", "document", "reader", "corpus", "finding", "config", "rules"]),
    ("features", &["text", "markup", "document", "gazetteer", "reader", "corpus", "stylebook", "finding", "config", "rules", "check"]),
    ("workspace", &["text", "markup", "document", "reader", "corpus", "stylebook", "finding", "config", "rules", "check"]),
    (
        "cli",
        &["text", "markup", "document", "reader", "corpus", "stylebook", "finding", "config", "rules", "check", "features", "workspace"],
    ),
    (
        "lsp",
        &["text", "markup", "document", "reader", "corpus", "stylebook", "finding", "config", "rules", "check", "features", "workspace"],
    ),
];

/// Words that only some layers may say.
const CONFINED: &[(&str, &[&str])] = &[
    ("tower_lsp_server", &["lsp"]),
    ("std::fs", &["workspace"]),
    ("std::env::", &["workspace", "cli", "lsp"]),
    ("std::net", &[]),
    ("std::process::Command", &[]),
];

/// Words that only one file may say: files come in by one door, and are made in one way.
const DOORS: &[(&str, &[&str])] = &[
    ("src/workspace/door.rs", &["File::open", "OpenOptions::new", "fs::read(", "read_to_string("]),
    ("src/workspace/walk.rs", &["read_dir"]),
    ("src/workspace/put.rs", &["File::create", "fs::write(", "fs::rename", "fs::remove", "create_dir", "hard_link"]),
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

/// The layer of a file, its text, and the text without its tests.
fn sources() -> Vec<(String, PathBuf, String)> {
    rust_files(Path::new("src"))
        .into_iter()
        .filter_map(|path| {
            let first = path.strip_prefix("src").ok()?.components().next()?.as_os_str().to_string_lossy().replace(".rs", "");
            let text = std::fs::read_to_string(&path).expect("is readable");
            let code = text.split("#[cfg(test)]").next().unwrap_or_default().to_owned();
            (!matches!(first.as_str(), "lib" | "main")).then_some((first, path, code))
        })
        .collect()
}

#[test]
fn layers_import_only_those_before_them() {
    let mut faults = Vec::new();
    for (layer, path, code) in sources() {
        let Some((_, allowed)) = LAYERS.iter().find(|(name, _)| *name == layer) else {
            faults.push(format!("{}: {layer} is no layer", path.display()));
            continue;
        };
        for line in code.lines().filter(|line| !line.trim_start().starts_with("//")) {
            for (at, _) in line.match_indices("crate::") {
                let named: String = line[at + 7..].chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
                let is_layer = LAYERS.iter().any(|(name, _)| *name == named);
                if is_layer && named != layer && !allowed.contains(&named.as_str()) {
                    faults.push(format!("{}: {layer} imports {named}", path.display()));
                }
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn the_protocol_and_the_disk_stay_where_they_belong() {
    let mut faults = Vec::new();
    for (layer, path, code) in sources() {
        for (words, layers) in CONFINED {
            let said = code.lines().any(|line| line.contains(words) && !line.trim_start().starts_with("//"));
            if said && !layers.contains(&layer.as_str()) {
                faults.push(format!("{}: `{words}` outside {layers:?}", path.display()));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn files_come_in_and_are_made_in_one_place_each() {
    let mut faults = Vec::new();
    for (_, path, code) in sources() {
        for (door, words) in DOORS.iter().filter(|(door, _)| path != Path::new(door)) {
            let said = words.iter().find(|words| code.lines().any(|line| line.contains(**words) && !line.trim_start().starts_with("//")));
            faults.extend(said.map(|words| format!("{}: `{words}` outside {door}", path.display())));
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
        let lines = text.split("#[cfg(test)]").next().unwrap_or_default().lines().count();
        if lines > 500 {
            faults.push(format!("{}: {lines} lines without its tests", path.display()));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
