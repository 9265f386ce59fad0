//! Drafts, sources, names of files and settings made to act on whoever reads a report.

use std::process::Output;

use copydesk::text::is_active;

use super::Desk;

/// Colours, a window's title, a bell, a new line that is a command to GitHub, one in the midst of a line, a turned direction of writing.
const HOSTILE: &str = "X\u{1b}[31m\u{1b}]0;y\u{7}\n::error::z ##[error]z \u{202e}\u{2066}\u{200f}\u{61c}\u{2028}\u{9b}1m";

/// The same as a string of TOML.
fn toml(text: &str) -> String {
    let escaped: String = text.chars().map(|c| if is_active(c) { format!("\\U{:08X}", u32::from(c)) } else { c.to_string() }).collect();
    format!("\"{escaped}\"")
}

/// Nothing on either stream does anything but stand there.
fn is_harmless(output: &Output, what: &str) {
    for (stream, bytes) in [("output", &output.stdout), ("errors", &output.stderr)] {
        let text = String::from_utf8(bytes.clone()).expect("is UTF-8");
        for line in text.split('\n') {
            let is_annotation = what.contains("github") && stream == "output";
            assert!(!line.contains(is_active), "{what}, {stream}: {line:?}");
            assert!(is_annotation || !line.trim_start().starts_with("::") && !line.contains("##["), "{what}, {stream}: {line:?}");
        }
        let annotations = text.lines().filter(|line| line.trim_start().starts_with("::"));
        for line in annotations {
            let is_ours = ["::warning file=", "::notice file=", "::notice title=copydesk::"].iter().any(|start| line.starts_with(start));
            assert!(is_ours, "{what}, {stream}: {line:?}");
        }
    }
}

/// All formats on one desk, and what the corpus knows.
fn all_harmless(desk: &Desk, what: &str) {
    let formats = ["concise", "json", "jsonl", "sarif", "github", "gitlab", "checkstyle", "junit", "html"];
    for (format, columns) in [("text", 60), ("text", 200)].into_iter().chain(formats.map(|format| (format, 80))) {
        is_harmless(&desk.run(&["lint", ".", "--format", format], columns), &format!("{what}, lint --format {format}"));
    }
    is_harmless(&desk.run(&["who", "Kowalczyk"], 80), &format!("{what}, who"));
    is_harmless(&desk.run(&["read", "."], 80), &format!("{what}, read"));
}

const SOURCE: &str = "Finance Minister Anja Kowalczyk said that the ferries would cost 40 million euros.\n";
const DRAFT: &str = "Finance Minister Anja Kowalczik said that the ferries would cost 50 million euros.\n";

fn desk(outlet: &str, source: &str, draft: &str) -> Desk {
    let listing = format!("[[source]]\nfile = \"a.md\"\noutlet = {0}\nheadline = {0}\nurl = {0}\n", toml(outlet));
    Desk::new(&[
        ("copydesk.toml", "corpus = \"archive\"\n"),
        ("archive/a.md", source),
        ("archive/sources.toml", &listing),
        ("draft.md", draft),
    ])
}

#[test]
fn outlets_and_headlines() {
    let desk = desk(HOSTILE, SOURCE, DRAFT);
    all_harmless(&desk, "outlet");
    let shown = String::from_utf8(desk.run(&["lint", "draft.md"], 200).stdout).expect("is UTF-8");
    assert!(shown.contains("X\\u{1b}[31m"), "it is shown as text: {shown}");
    desk.put("archive/a.md", &format!("---\noutlet: {}\n---\n{SOURCE}", toml(HOSTILE)));
    std::fs::remove_file(desk.path().join("archive/sources.toml")).expect("can be removed");
    all_harmless(&desk, "outlet in the front matter");
}

#[test]
fn sentences_of_drafts_and_sources() {
    let inline = HOSTILE.replace('\n', " ");
    let (source, draft) =
        (SOURCE.replace("said that", &format!("said {inline} that")), DRAFT.replace("said that", &format!("said {inline} that")));
    all_harmless(&desk("The Courier", &source, &draft), "sentences");
    all_harmless(&desk("The Courier", SOURCE, &format!("{}\n\n{DRAFT}", HOSTILE.replace("::", ":: ::"))), "lines");
    let quoted = "“We ::error::never ##[error]said \u{202e}that of the ferries and the budget”, said Anja Kowalczyk.\n";
    all_harmless(&desk("The Courier", quoted, &quoted.replace("never", "always")), "quotations");
}

#[test]
#[cfg(unix)]
fn names_of_files_and_folders() {
    let desk = desk("The Courier", SOURCE, DRAFT);
    let name = HOSTILE.replace('/', "_");
    desk.put(&format!("archive/{name}.md"), SOURCE);
    desk.put(&format!("{name}/{name}.md"), DRAFT);
    desk.put(&format!("{name}/faulty {name}.md"), "---\ntitle: [\n---\nText.\n");
    std::fs::write(desk.path().join(format!("archive/latin {name}.md")), b"caf\xe9").expect("is writable");
    all_harmless(&desk, "file names");
    for arguments in
        [vec!["lint", &*name, "--corpus", &*name], vec!["lint", "gone\u{1b}[1m\n::error::x.md"], vec!["read", "gone\n::error::x"]]
    {
        is_harmless(&desk.run(&arguments, 80), "paths that are not there");
    }
}

#[test]
fn settings_and_stylebooks() {
    let desk = desk("The Courier", SOURCE, DRAFT);
    let settings = [
        format!("{} = 1\n", toml(HOSTILE)),
        format!("[rules]\n{} = \"off\"\n", toml(HOSTILE)),
        format!("[rules]\nname-mixed = {}\n", toml(HOSTILE)),
        format!("fail-on = {}\n", toml(HOSTILE)),
        format!("corpus = {}\n", toml(HOSTILE)),
        format!("corpus = \"archive\"\nstylebook = {}\n", toml(HOSTILE)),
    ];
    for setting in settings {
        desk.put("copydesk.toml", &setting);
        all_harmless(&desk, &setting);
    }
    desk.put("copydesk.toml", "corpus = \"archive\"\nstylebook = \"book.toml\"\n");
    let books = [
        format!("[[person]]\nname = {}\naliases = [\"Anja Kowalczik\"]\n", toml(&format!("Anja Kowalczyk{HOSTILE}"))),
        format!("[[person]]\nname = \"Anja Kowalczyk\"\n{} = 1\n", toml(HOSTILE)),
        format!("[[person]]\nname = \"Anja Kowalczyk\"\naliases = [{}]\ntitles = [{{ title = {} }}]\n", toml(HOSTILE), toml(HOSTILE)),
        format!("[[{}]]\nname = \"x\"\n", toml(HOSTILE)),
    ];
    for book in books {
        desk.put("book.toml", &book);
        all_harmless(&desk, &book);
        let report: serde_json::Value =
            serde_json::from_slice(&desk.run(&["lint", "draft.md", "--format", "json"], 80).stdout).expect("is JSON");
        for finding in report["findings"].as_array().expect("a list") {
            for edit in finding["fixes"].as_array().into_iter().flatten().flat_map(|fix| fix["edits"].as_array().into_iter().flatten()) {
                assert!(!edit["text"].as_str().expect("a text").contains(is_active), "{finding}");
            }
        }
    }
    for (file, text) in [
        ("archive/sources.toml", format!("[[source]]\nfile = {}\n", toml(HOSTILE))),
        ("archive/sources.toml", format!("[[source]]\nfile = \"a.md\"\n{} = 1\n", toml(HOSTILE))),
    ] {
        desk.put(file, &text);
        all_harmless(&desk, &text);
    }
}

#[test]
fn arguments() {
    let desk = desk("The Courier", SOURCE, DRAFT);
    let options =
        ["--format", "--select", "--ignore", "--severity", "--fail-on", "--as-of", "--config", "--stylebook", "--corpus", "--color"];
    for option in options {
        is_harmless(&desk.run(&["lint", "draft.md", option, HOSTILE], 80), option);
    }
    let wholes: [&[&str]; 6] = [
        &[HOSTILE],
        &["explain", HOSTILE],
        &["who", HOSTILE],
        &["lint", "draft.md", "--x\n::error::y"],
        &["lsp", HOSTILE],
        &["read", "--", HOSTILE],
    ];
    for arguments in wholes {
        let output = desk.run(arguments, 80);
        is_harmless(&output, &format!("{arguments:?}"));
        assert_eq!(String::from_utf8_lossy(&output.stderr).lines().count(), 1, "{arguments:?}: {output:?}");
    }
    let wrong = String::from_utf8(desk.run(&["lint", "draft.md", "--formt", "json"], 80).stderr).expect("is UTF-8");
    assert_eq!(wrong, "copydesk: unexpected argument '--formt' found; tip: a similar argument exists: '--format'\n");
}
