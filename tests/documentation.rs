//! What is written for people holds: links lead somewhere, commands can be understood, those of the guide print what stands there, and the
//! reference is that of the program.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsString;
use std::io::{Cursor, Write as _};
use std::path::{Component, Path, PathBuf};
use std::process::{Command, Stdio};

use copydesk::cli::{Arguments, Refused};
use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};

/// Folders with pages for people.
const FOLDERS: &[&str] = &[
    ".",
    "docs",
    "docs/guide",
    "docs/rules",
    "examples",
    "examples/ci",
    "examples/cms",
    "schemas",
    "editors/emacs",
    "editors/helix",
    "editors/kate",
    "editors/nvim",
    "editors/obsidian",
    "editors/page",
    "editors/sublime",
    "editors/test",
    "editors/vim",
    "editors/vscode",
    "editors/zed",
    "fuzz",
    "tests/clients",
];

fn pages() -> BTreeMap<PathBuf, String> {
    let files = FOLDERS.iter().flat_map(|folder| std::fs::read_dir(folder).expect("is there"));
    let paths = files.map(|entry| entry.expect("is readable").path()).filter(|path| path.extension().is_some_and(|ending| ending == "md"));
    paths.map(|path| (plain(&path), std::fs::read_to_string(&path).expect("is readable"))).collect()
}

/// A path without `.` and `..`.
fn plain(path: &Path) -> PathBuf {
    let mut plain = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => {
                plain.pop();
            }
            part => plain.push(part),
        }
    }
    plain
}

fn events(text: &str) -> Parser<'_> {
    Parser::new_ext(text, Options::ENABLE_TABLES)
}

/// The places of a page that a link can lead to, as GitHub and mdBook name them.
fn anchors(text: &str) -> BTreeSet<String> {
    let mut anchors = BTreeSet::new();
    let mut heading: Option<String> = None;
    for event in events(text) {
        match event {
            Event::Start(Tag::Heading { .. }) => heading = Some(String::new()),
            Event::End(TagEnd::Heading(_)) => {
                let words = heading.take().unwrap_or_default().to_lowercase();
                let kept = words.chars().filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'));
                anchors.insert(kept.map(|c| if c == ' ' { '-' } else { c }).collect());
            }
            Event::Text(words) | Event::Code(words) => {
                if let Some(heading) = &mut heading {
                    heading.push_str(&words);
                }
            }
            _ => {}
        }
    }
    anchors
}

#[test]
fn links_lead_somewhere() {
    let pages = pages();
    let mut faults = Vec::new();
    let mut count = 0;
    for (page, text) in &pages {
        for event in events(text) {
            let Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) = event else { continue };
            if dest_url.contains("://") || dest_url.starts_with("mailto:") {
                continue;
            }
            count += 1;
            let (file, place) = dest_url.split_once('#').unwrap_or((&dest_url, ""));
            let target = if file.is_empty() { page.clone() } else { plain(&page.parent().expect("lies in a folder").join(file)) };
            // The site has these pages and no others.
            let leaves_the_site = page.starts_with("docs") && !target.starts_with("docs");
            if leaves_the_site {
                faults.push(format!("{}: {dest_url} is not on the site", page.display()));
            } else if !target.exists() {
                faults.push(format!("{}: {dest_url} is not there", page.display()));
            } else if !place.is_empty() && !pages.get(&target).is_some_and(|text| anchors(text).contains(place)) {
                faults.push(format!("{}: {dest_url} has no such heading", page.display()));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    assert!(count > 60, "only {count} links were looked at");
}

/// All pages are in the site, each once.
#[test]
fn the_contents_list_every_page() {
    let contents = std::fs::read_to_string("docs/SUMMARY.md").expect("is readable");
    let listed: Vec<PathBuf> = events(&contents)
        .filter_map(|event| match event {
            Event::Start(Tag::Link { dest_url, .. }) => Some(Path::new("docs").join(&*dest_url)),
            _ => None,
        })
        .collect();
    let pages = pages().into_keys().filter(|page| page.starts_with("docs") && !page.ends_with("SUMMARY.md"));
    let mut once = listed.clone();
    once.sort();
    assert_eq!(once, pages.collect::<Vec<_>>());
}

/// The words of a command as a shell would have them, up to where its output goes elsewhere.
fn words(line: &str) -> Vec<OsString> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut quote = None;
    for c in line.chars() {
        match (c, quote) {
            (c, Some(open)) if c == open => quote = None,
            ('\'' | '"', None) => {
                quote = Some(c);
                word.get_or_insert_default();
            }
            (' ', None) => words.extend(word.take().map(OsString::from)),
            ('#', None) if word.is_none() => break,
            ('>' | '|' | '&' | ';' | '<', None) => break,
            (c, _) => word.get_or_insert_default().push(c),
        }
    }
    words.extend(word.map(OsString::from));
    words
}

/// Whether a command is done by itself, without an editor, a repository or somebody who stops it.
fn ends(line: &str) -> bool {
    !["copydesk lsp", "copydesk mcp", "copydesk serve", "--watch", "--since"].iter().any(|word| line.contains(word))
}

fn word_document() -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let text = "<w:document><w:body><w:p><w:r><w:t>Dagmar Tesmann came.</w:t></w:r></w:p></w:body></w:document>";
    for (name, text) in [("[Content_Types].xml", "<Types/>"), ("word/document.xml", text)] {
        zip.start_file(name, zip::write::SimpleFileOptions::default()).expect("can be added");
        zip.write_all(text.as_bytes()).expect("can be written");
    }
    zip.finish().expect("can be ended").into_inner()
}

/// Runs a command on a small desk that has what the pages speak of; why it could not be done.
fn fault_of(line: &str) -> Option<String> {
    let desk = tempfile::tempdir().expect("a temporary folder");
    let draft = "---\ndate: 2024-03-04\n---\nFinance Minister Dagmar Tesmann came to Larsund.\n";
    let files = [
        ("archive/a.md", "Finance Minister Dagmar Tessmann came to Vikhamn.\n"),
        ("drafts/a.md", draft),
        ("examples/drafts/a.md", draft),
        ("story.md", draft),
        ("monday.md", draft),
        ("tuesday.md", draft),
        ("copydesk.toml", "stylebook = \"stylebook.toml\"\n"),
        ("stylebook.toml", "[[person]]\nname = \"Dagmar Tessmann\"\n"),
        ("names.csv", "name,title\nGreta Aasland,harbour director\n"),
        ("people.json", "{\"entities\": {}}"),
        ("wire/story.md", draft),
    ];
    // What is to write the configuration finds none.
    for (name, text) in files.into_iter().filter(|(name, _)| *name != "copydesk.toml" || !line.starts_with("copydesk init")) {
        let path = desk.path().join(name);
        std::fs::create_dir_all(path.parent().expect("is in the desk")).expect("can be made");
        std::fs::write(path, text).expect("is writable");
    }
    std::fs::write(desk.path().join("draft.docx"), word_document()).expect("is writable");
    let mut command = Command::new(env!("CARGO_BIN_EXE_copydesk"));
    command.current_dir(desk.path()).args(&words(line)[1..]).stdin(Stdio::null()).env("XDG_CACHE_HOME", desk.path().join(".cache"));
    let output = command.output().expect("copydesk starts");
    let is_done = matches!(output.status.code(), Some(0 | 1));
    (!is_done).then(|| String::from_utf8_lossy(&output.stderr).into_owned())
}

#[test]
fn commands_can_be_done() {
    let mut faults = Vec::new();
    let mut seen = BTreeSet::new();
    let mut look = |page: &Path, line: &str| {
        let line = line.trim().trim_start_matches("$ ");
        let line = line.strip_prefix("cargo run --release -- ").map_or_else(|| line.to_owned(), |rest| format!("copydesk {rest}"));
        // Only what is whole can be looked at; in a sentence `copydesk lint …` may stand for all of its kind.
        if !line.starts_with("copydesk ") || line.contains(['…', '<']) || line.contains("...") || !seen.insert(words(&line)) {
            return;
        }
        match Arguments::understood(&words(&line)) {
            Err(Refused::Fault(why)) => faults.push(format!("{}: {line}: {why}", page.display())),
            Ok(_) if ends(&line) => faults.extend(fault_of(&line).map(|why| format!("{}: {line}: {why}", page.display()))),
            _ => {}
        }
    };
    for (page, text) in pages() {
        let mut in_shell = false;
        for event in events(&text) {
            match event {
                Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(language))) => in_shell = ["sh", "console"].contains(&&*language),
                Event::End(TagEnd::CodeBlock) => in_shell = false,
                Event::Text(lines) if in_shell => lines.lines().for_each(|line| look(&page, line)),
                _ => {}
            }
        }
    }
    for file in ["examples/ci/github-command.yml", "examples/ci/gitlab-ci.yml"] {
        let text = std::fs::read_to_string(file).expect("is readable");
        for line in text.lines() {
            look(Path::new(file), line.trim().trim_start_matches("- ").trim_start_matches("run: "));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    assert!(seen.len() > 20, "only {} commands were looked at", seen.len());
}

/// `PAGE.in` beside a page of the guide is the folder that its commands run in.
#[test]
fn the_guide_shows_what_the_commands_print() {
    let cache = tempfile::tempdir().expect("a temporary folder");
    let cases = trycmd::TestCases::new();
    cases.env("XDG_CACHE_HOME", cache.path().to_string_lossy()).env("COLUMNS", "84").env("NO_COLOR", "1");
    cases.case("docs/guide/*.md").run();
}

fn generated(arguments: &[&str]) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_copydesk"));
    let output = command.arg("generate").args(arguments).stdin(Stdio::null()).output().expect("copydesk starts");
    assert!(output.status.success(), "{arguments:?}: {output:?}");
    String::from_utf8(output.stdout).expect("is UTF-8")
}

#[test]
fn the_reference_is_that_of_the_program() {
    let path = Path::new("docs/commands.md");
    let text = std::fs::read_to_string(path).expect("is readable");
    let (head, _) = text.split_once("<!-- commands").expect("says where they begin");
    let mark = "<!-- commands: from `copydesk generate reference`; `UPDATE_EXPECT=1 cargo test --test documentation` rewrites them -->";
    let wanted = format!("{head}{mark}\n\n{}", generated(&["reference"]));
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        std::fs::write(path, &wanted).expect("is writable");
    }
    assert!(text == wanted, "docs/commands.md is out of date: run UPDATE_EXPECT=1 cargo test --test documentation");
}

#[test]
fn there_is_a_manual_page_for_every_command_and_completions_for_every_shell() {
    let names = generated(&["man"]);
    let reference = generated(&["reference"]);
    let told: Vec<String> =
        reference.lines().filter_map(|line| line.strip_prefix("## `")).map(|line| line.trim_end_matches('`').replace(' ', "-")).collect();
    assert_eq!(names.lines().collect::<Vec<_>>(), told);
    assert!(told.contains(&"copydesk-lint".to_owned()) && !names.contains("generate"));
    for name in names.lines() {
        let page = generated(&["man", name]);
        assert!(page.contains(".TH ") && page.contains(".SH SYNOPSIS"), "{name}: {page}");
    }
    assert!(generated(&["man", "copydesk-lint"]).contains("fail\\-on"));
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let completions = generated(&["completions", shell]);
        assert!(["lint", "explain", "fail-on"].iter().all(|word| completions.contains(word)), "{shell}: {completions}");
        assert!(!completions.contains("generate"), "{shell} offers what is hidden");
    }
}
