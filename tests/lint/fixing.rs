//! `--fix` and `--diff`: what is changed, what is kept, and what is left alone.

use std::path::Path;
use std::process::Command;

use super::{DRAFT, Desk, desk};

fn mended() -> String {
    DRAFT.replace("Petra Vasal,", "Petra Vasall,")
}

#[test]
fn only_what_is_settled_is_fixed_and_suggestions_by_rule() {
    let desk = desk();
    let done = desk.lint(&["--fix", "--format", "json"]);
    assert_eq!((done.status, desk.text("drafts/ferries.md")), (Some(1), mended()), "{done:?}");
    assert_eq!(done.rules(), ["date-weekday", "figure-conflict"], "what is fixed is not told");
    assert_eq!(done.json()["summary"]["fixed"], 1);

    let done = desk.lint(&["--fix-suggested", "figure-*,date-weekday", "--format", "json"]);
    assert_eq!(
        desk.text("drafts/ferries.md"),
        mended().replace("50 million", "40 million"),
        "a choice of two fixes is nobody's but a person's"
    );
    assert_eq!(done.rules(), ["date-weekday"]);
    let before = desk.text("drafts/ferries.md");
    assert_eq!(desk.lint(&["--fix", "--fix-suggested", "figure-*", "--format", "json"]).json()["summary"]["fixed"], 0);
    assert_eq!(desk.text("drafts/ferries.md"), before);
}

#[test]
fn a_word_document_is_checked_and_left_as_it_is() {
    use std::io::{Cursor, Write as _};
    let desk = desk();
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    zip.start_file("word/document.xml", zip::write::SimpleFileOptions::default()).expect("can be added");
    let body = "<w:document><w:body><w:p/><w:p><w:r><w:t>Minister Petra Vasal left.</w:t></w:r></w:p></w:body></w:document>";
    zip.write_all(body.as_bytes()).expect("can be written");
    let document = zip.finish().expect("can be ended").into_inner();
    desk.put("drafts/ferries.docx", &document);
    let done = desk.lint(&["drafts", "--select", "name-*", "--fix", "--format", "concise"]);
    assert!(done.out.contains("drafts/ferries.docx:1:16: warning[name-misspelled]") && !done.out.contains("ferries.md"), "{done:?}");
    let told = if cfg!(windows) { "drafts\\ferries.docx" } else { "drafts/ferries.docx" };
    assert_eq!(done.err, format!("copydesk: no fixes are written into Word documents: {told}\n"));
    assert_eq!(desk.bytes("drafts/ferries.docx"), document);
    assert_eq!(desk.text("drafts/ferries.md"), mended());
    assert!(!desk.lint(&["drafts/ferries.md", "--fix"]).err.contains("Word"));
}

#[test]
fn what_is_not_asked_for_is_not_fixed() {
    let desk = desk();
    desk.lint(&["--fix", "--ignore", "name-*"]);
    desk.lint(&["--fix", "--severity", "error"]);
    assert_eq!(desk.text("drafts/ferries.md"), DRAFT);
    desk.put("drafts/stet.md", "<!-- stet: name-misspelled -->\nPetra Vasal left. <!-- her own spelling -->\n");
    let before = desk.text("drafts/stet.md");
    desk.lint(&["--fix"]);
    assert_eq!((desk.text("drafts/stet.md"), desk.text("drafts/ferries.md")), (before, mended()));
}

#[test]
fn a_second_fix_changes_nothing_in_the_examples_and_fixtures() {
    // As they stand, against the built-in corpus and against the sources of their own.
    let desk = Desk(tempfile::tempdir().expect("a temporary folder"));
    for entry in std::fs::read_dir("examples/drafts").expect("is there") {
        let path = entry.expect("is readable").path();
        desk.put(
            &format!("examples/{}", path.file_name().expect("has a name").to_string_lossy()),
            std::fs::read(&path).expect("is readable"),
        );
    }
    let mut count = 0;
    for rule in std::fs::read_dir("tests/fixtures").expect("is there") {
        for fixture in std::fs::read_dir(rule.expect("is readable").path()).expect("is there") {
            let path = fixture.expect("is readable").path();
            let text = std::fs::read_to_string(&path).expect("is readable");
            // Each part is a file under `//- NAME`; lines of carets are the fixture's own.
            let parts = text.split("\n//- ").skip(1);
            for part in parts {
                let (head, text) = part.split_once('\n').unwrap_or((part, ""));
                let name = head.split(' ').next().unwrap_or_default();
                let own = |line: &&str| !line.trim_start().starts_with('^');
                let text: Vec<&str> = text.lines().filter(own).collect();
                let folder = if name.starts_with("draft") { "fixtures" } else { "archive" };
                let name = format!("{folder}/{count}-{}", name.replace('/', "-"));
                if Path::new(&name).extension().is_some_and(|ending| ending != "toml") {
                    desk.put(&name, text.join("\n") + "\n");
                }
            }
            count += 1;
        }
    }
    assert!(count > 50, "{count}");
    let rules = "name-*,title-*,figure-*,date-*,place-*,quote-*,acronym-*";
    for against in [&[][..], &["--corpus", "archive"]] {
        for fix in [&["--fix"][..], &["--fix-suggested", rules]] {
            let mut arguments = vec!["examples", "fixtures", "--format", "json"];
            arguments.extend(against.iter().chain(fix));
            let first = desk.lint(&arguments).json();
            let again = desk.lint(&arguments).json();
            assert_eq!(again["summary"]["fixed"], 0, "after {}", first["summary"]["fixed"]);
            assert_eq!(first["findings"], again["findings"]);
        }
    }
}

#[test]
fn line_ends_marks_and_encodings_stay_as_they_are() {
    let desk = desk();
    let crlf = DRAFT.replace('\n', "\r\n");
    let marked = format!("\u{feff}{}", crlf.trim_end());
    let latin = |text: &str| text.replace("short.", "short, in the caf\u{e9}.").chars().map(|c| c as u8).collect::<Vec<u8>>();
    let wide = |text: &str| {
        let units = std::iter::once(0xfeff).chain(text.encode_utf16());
        units.flat_map(u16::to_be_bytes).collect::<Vec<u8>>()
    };
    let mend = |text: &str| text.replace("Petra Vasal,", "Petra Vasall,");
    let cases: [(&str, Vec<u8>, Vec<u8>); 5] = [
        ("drafts/crlf.md", crlf.clone().into(), mend(&crlf).into()),
        ("drafts/marked.md", marked.clone().into(), mend(&marked).into()),
        ("drafts/latin.md", latin(DRAFT), latin(&mended())),
        ("drafts/wide.md", wide(DRAFT), wide(&mended())),
        ("drafts/old.md", DRAFT.replace('\n', "\r").into(), mended().replace('\n', "\r").into()),
    ];
    for (name, before, _) in &cases {
        desk.put(name, before);
    }
    desk.put("drafts/empty.md", "");
    let done = desk.lint(&["--fix"]);
    assert_eq!(done.err, "");
    for (name, _, after) in &cases {
        assert!(desk.bytes(name) == *after, "{name}: {:?}", String::from_utf8_lossy(&desk.bytes(name)));
    }
    assert_eq!(desk.bytes("drafts/empty.md"), b"");
}

#[test]
fn what_an_encoding_can_not_write_is_left_alone() {
    let desk = desk();
    desk.put("stylebook.toml", "[[person]]\nname = \"Petra Vașall\"\naliases = [\"Petra Vasall\"]\n");
    desk.put("copydesk.toml", "corpus = [\"archive\"]\nstylebook = \"stylebook.toml\"\n");
    let text = b"Petra Vasall left the caf\xe9.\n";
    desk.put("drafts/latin.md", text);
    let done = desk.lint(&["drafts/latin.md", "--fix"]);
    assert_eq!((done.status, desk.bytes("drafts/latin.md")), (Some(2), text.to_vec()), "{done:?}");
    assert!(done.err.contains("is in windows-1252, which can't write all that its fixes have, and was left as it is"), "{done:?}");
    assert!(done.out.contains("name-variant"), "what is not fixed is told: {done:?}");
}

#[cfg(unix)]
#[test]
fn permissions_stay_and_what_may_not_be_written_is_left_alone() {
    use std::os::unix::fs::PermissionsExt as _;
    let desk = desk();
    let mode = |name: &str| std::fs::metadata(desk.at(name)).expect("is there").permissions().mode() & 0o7777;
    let set = |name: &str, mode| std::fs::set_permissions(desk.at(name), std::fs::Permissions::from_mode(mode)).expect("is ours");
    desk.put("drafts/private.md", DRAFT);
    desk.put("drafts/locked.md", DRAFT);
    desk.put("drafts/twice.md", DRAFT);
    std::fs::hard_link(desk.at("drafts/twice.md"), desk.at("other.txt.bak")).expect("can be linked");
    set("drafts/private.md", 0o640);
    set("drafts/locked.md", 0o444);
    let done = desk.lint(&["--fix"]);
    assert_eq!((desk.text("drafts/private.md"), mode("drafts/private.md")), (mended(), 0o640));
    assert_eq!((desk.text("drafts/locked.md"), mode("drafts/locked.md")), (DRAFT.to_owned(), 0o444));
    assert_eq!(desk.text("drafts/twice.md"), DRAFT);
    assert_eq!(done.status, Some(2));
    assert!(done.err.contains("drafts/locked.md: is read-only, and was left as it is"), "{done:?}");
    assert!(done.err.contains("drafts/twice.md: has other names"), "{done:?}");
    assert_eq!(std::fs::read_dir(desk.at("drafts")).expect("is there").count(), 4, "nothing is left aside");
}

#[cfg(unix)]
#[test]
fn no_link_leads_a_fix_out_of_the_folders_that_are_checked() {
    use std::os::unix::fs::symlink;
    let (desk, elsewhere) = (desk(), desk());
    symlink(elsewhere.at("drafts/ferries.md"), desk.at("drafts/out.md")).expect("can be linked");
    symlink(desk.at("drafts/ferries.md"), desk.at("drafts/within.md")).expect("can be linked");
    let done = desk.lint(&["drafts", "--fix"]);
    assert_eq!((elsewhere.text("drafts/ferries.md"), desk.text("drafts/ferries.md")), (DRAFT.to_owned(), mended()));
    assert!(done.err.contains("drafts/out.md: leads to a file outside of the folders that are checked, and was left as it is"), "{done:?}");
    assert!(std::fs::symlink_metadata(desk.at("drafts/within.md")).expect("is there").is_symlink(), "a link stays one");
    desk.lint(&["drafts/out.md", "--fix"]);
    assert_eq!(elsewhere.text("drafts/ferries.md"), DRAFT, "named itself, it leads no further");
}

#[test]
fn a_draft_from_standard_input_comes_out_mended() {
    let desk = desk();
    let (done, out) = desk.lint_stdin(&["-", "--fix", "--stdin-path", "drafts/ferries.md", "--format", "concise"], DRAFT.as_bytes());
    assert_eq!((done.status, String::from_utf8(out).expect("is UTF-8")), (Some(1), mended()));
    assert!(done.err.contains("date-weekday") && !done.err.contains("name-misspelled"), "the report is beside it: {done:?}");
    assert_eq!(desk.text("drafts/ferries.md"), DRAFT, "the file of that name is not touched");
    // Nothing to fix, or no text at all: what came in comes out.
    for text in [&b"It rained.\r\n::notice::x ##[y]\x1b[1m"[..], b"", b"PK\x03\x04\xff\x00"] {
        let (_, out) = desk.lint_stdin(&["-", "--fix"], text);
        assert_eq!(out, text);
    }
}

#[test]
fn git_takes_the_patch_and_nothing_is_written() {
    let desk = desk();
    desk.put("drafts/more ferries.md", DRAFT.trim_end().replace('\n', "\r\n"));
    desk.put("drafts/latin.md", DRAFT.replace("short.", "short, in the caf\u{e9}.").chars().map(|c| c as u8).collect::<Vec<u8>>());
    let names = ["drafts/ferries.md", "drafts/more ferries.md", "drafts/latin.md"];
    let before = names.map(|name| desk.bytes(name));
    let output = desk.command(&["--diff"]).output().expect("copydesk starts");
    assert_eq!((output.status.code(), names.map(|name| desk.bytes(name))), (Some(1), before));
    std::fs::write(desk.at("fixes.patch"), &output.stdout).expect("is writable");
    let applied = Command::new("git").current_dir(desk.path()).args(["apply", "fixes.patch"]).output().expect("git is there");
    assert!(applied.status.success(), "{}", String::from_utf8_lossy(&applied.stderr));
    let after = names.map(|name| desk.bytes(name));
    let clean = desk.lint(&["--diff"]);
    assert_eq!((clean.status, clean.out.as_str()), (Some(0), ""));
    assert_eq!(desk.lint(&["--fix", "--format", "json"]).json()["summary"]["fixed"], 0);
    assert_eq!(names.map(|name| desk.bytes(name)), after);
}

#[test]
fn no_patch_acts_where_it_is_shown() {
    let desk = desk();
    for (name, beside) in [("a", "::error::all is lost"), ("b", "x ##[error]y"), ("c", "\u{1b}[31mred")] {
        desk.put(
            &format!("drafts/{name}.md"),
            format!("{beside}\n{}", DRAFT.replace("---\ndate: 2024-03-06\n---\n# Ferries\n\n", "").replace("\n\n", "\n")),
        );
    }
    desk.put("drafts/wide.md", [&b"\xff\xfe"[..], &DRAFT.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>()].concat());
    let done = desk.lint(&["--diff"]);
    assert_eq!(done.status, Some(2));
    assert_eq!(done.out.matches("+++ ").count(), 1, "{done:?}");
    assert!(!done.out.contains(['\u{1b}', '[']) && !done.out.contains("::"), "{done:?}");
    assert_eq!(done.err.matches("would act on a terminal or in CI").count(), 3, "{done:?}");
    assert!(done.err.contains("drafts/wide.md: is in UTF-16LE, in which no patch can be written"), "{done:?}");
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_leaves_the_draft() {
    let desk = desk();
    let long = format!("{DRAFT}\n{}", "It rained all day in Holmsund, and the ferries lay in the port.\n\n".repeat(2_000));
    desk.put("drafts/ferries.md", &long);
    // A limit on the size of files fails a write in the middle, as a full disk does.
    let command = desk.command(&["--fix"]);
    let mut shell = Command::new("sh");
    shell
        .current_dir(desk.path())
        .args(["-c", "trap '' XFSZ; ulimit -f 100; exec \"$@\"", "sh"])
        .arg(command.get_program())
        .args(command.get_args());
    let output = shell.output().expect("starts");
    assert_eq!((output.status.code(), desk.text("drafts/ferries.md") == long), (Some(2), true));
    assert!(String::from_utf8_lossy(&output.stderr).contains("and was left as it is"), "{}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(std::fs::read_dir(desk.at("drafts")).expect("is there").count(), 1, "nothing is left aside");
}
