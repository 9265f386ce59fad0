//! The commands as a shell sees them: exit statuses, one-line errors, and output that is the same every time.

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value;

fn copydesk(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_copydesk"));
    command.current_dir(folder).args(arguments).stdin(Stdio::null());
    command.env("XDG_CACHE_HOME", folder.join(".cache")).output().expect("copydesk starts")
}

/// A folder with a small archive and a draft that misspells a name of it.
fn desk() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let write = |name: &str, text: &str| {
        let path: PathBuf = folder.path().join(name);
        std::fs::create_dir_all(path.parent().expect("has a folder")).expect("is writable");
        std::fs::write(path, text).expect("is writable");
    };
    write(
        "archive/budget.md",
        "Finance Minister Anja Kowalczyk presented the budget on Friday. Anja Kowalczyk said that taxes would fall, and Kowalczyk left.\n",
    );
    write("archive/port.txt", "Anja Kowalczyk opened the port of Gdansk on Monday, 4 March 2024.\n");
    write("archive/sources.toml", "[[source]]\nfile = \"budget.md\"\noutlet = \"The Courier\"\npublished = 2024-03-01\n");
    write("drafts/tax.md", "---\ndate: 2024-03-05\n---\n# Taxes\n\nThe meeting on Monday, 5 March 2024, was short.\n");
    folder
}

fn one_line(output: &Output) -> String {
    let text = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(text.lines().count(), 1, "one line on standard error, not {text:?}");
    text
}

fn report(output: &Output) -> Value {
    serde_json::from_slice(&output.stdout).unwrap_or_else(|error| panic!("{error}: {}", String::from_utf8_lossy(&output.stdout)))
}

#[test]
fn the_configuration_beside_a_draft_holds_however_the_draft_is_named() {
    let desk = desk();
    std::fs::write(desk.path().join("copydesk.toml"), "corpus = [\"archive\"]\n").expect("is writable");
    let sources = |folder: &str, draft: &str| {
        let output = copydesk(&desk.path().join(folder), &["lint", draft, "--format", "json"]);
        report(&output)["summary"]["sources"].as_u64()
    };
    for (folder, draft) in
        [(".", "drafts/tax.md"), ("drafts", "tax.md"), ("drafts", "./tax.md"), ("drafts", "."), ("drafts", "../drafts/tax.md")]
    {
        assert_eq!(sources(folder, draft), Some(2), "{draft} in {folder}");
    }
}

#[test]
fn findings_make_exit_status_1_and_two_runs_print_the_same() {
    let desk = desk();
    let lint = || copydesk(desk.path(), &["lint", "drafts", "--corpus", "archive", "--format", "json"]);
    let first = lint();
    assert_eq!(first.status.code(), Some(1));
    assert_eq!(first.stdout, lint().stdout);
    let report = report(&first);
    assert_eq!(report["version"], 1);
    assert_eq!(report["summary"]["drafts"], 1);
    assert_eq!(report["summary"]["sources"], 2);
    let finding = &report["findings"][0];
    assert_eq!(finding["rule"], "date-weekday");
    let (start, end) = (finding["start"]["offset"].as_u64().expect("a number"), finding["end"]["offset"].as_u64().expect("a number"));
    let draft = std::fs::read_to_string(desk.path().join("drafts/tax.md")).expect("is readable");
    assert_eq!(&draft[start as usize..end as usize], finding["text"].as_str().expect("a text"));
}

#[test]
fn fixes_say_whether_they_are_safe_and_findings_where_else_the_draft_has_it() {
    let desk = desk();
    let draft = "Anja Kowalczik spoke on Tuesday, 4 March 2024.\n\nKowalczik left.\n";
    std::fs::write(desk.path().join("drafts/tax.md"), draft).expect("is writable");
    let output = copydesk(desk.path(), &["lint", "drafts", "--corpus", "archive", "--format", "json"]);
    let report = report(&output);
    let found = |rule: &str| report["findings"].as_array().into_iter().flatten().find(|finding| finding["rule"] == rule).cloned();
    let name = found("name-misspelled").expect("a slip");
    assert_eq!(name["fixes"][0]["applicability"], "safe", "two sources have the name");
    let related = &name["related"][0];
    assert_eq!((&related["path"], &related["text"]), (&"drafts/tax.md".into(), &"Kowalczik".into()));
    assert_eq!((&related["start"]["line"], &related["message"]), (&3.into(), &"also here".into()));
    let date = found("date-weekday").expect("a wrong weekday");
    assert_eq!((&date["fixes"][0]["applicability"], &date["related"]), (&"suggested".into(), &serde_json::json!([])));
}

#[test]
fn drafts_and_sources_may_be_older_than_utf_8() {
    let desk = desk();
    let source = b"Finance Minister Zo\xeb Kowalczyk, 41, presented the \x93caf\xe9 tax\x94 on Friday.\n";
    std::fs::write(desk.path().join("archive/old.txt"), source).expect("is writable");
    let draft = "\u{feff}Am\u{e9}lie wept.\n\nThe meeting on Monday, 5 March 2024, was short.\n";
    let bytes: Vec<u8> = draft.encode_utf16().flat_map(u16::to_be_bytes).collect();
    std::fs::write(desk.path().join("drafts/wide.txt"), bytes).expect("is writable");
    let output = copydesk(desk.path(), &["lint", "drafts/wide.txt", "--corpus", "archive", "--format", "json"]);
    let report = report(&output);
    assert_eq!((&report["summary"]["sources"], report["problems"].as_array().map(Vec::len)), (&Value::from(3), Some(0)), "{report}");
    let (start, text) = (&report["findings"][0]["start"], "Am\u{e9}lie wept.\n\nThe meeting on ");
    assert_eq!((&start["line"], &start["column"], &start["offset"]), (&3.into(), &16.into(), &text.len().into()), "{report}");
    let who = copydesk(desk.path(), &["who", "Zo\u{eb} Kowalczyk", "--corpus", "archive"]);
    assert!(String::from_utf8_lossy(&who.stdout).contains("“caf\u{e9} tax”"), "{}", String::from_utf8_lossy(&who.stdout));
}

#[test]
fn the_exit_status_follows_fail_on_and_the_configuration() {
    let desk = desk();
    let status = |arguments: &[&str]| copydesk(desk.path(), arguments).status.code();
    assert_eq!(status(&["lint", "drafts", "--corpus", "archive", "--fail-on", "error"]), Some(0));
    std::fs::write(desk.path().join("copydesk.toml"), "corpus = \"archive\"\n[rules]\ndate-weekday = \"off\"\n").expect("is writable");
    assert_eq!(status(&["lint", "drafts"]), Some(0));
    std::fs::write(desk.path().join("copydesk.toml"), "corpus = \"archive\"\nfail-on = \"info\"\n[rules]\ndate-weekday = \"info\"\n")
        .expect("is writable");
    assert_eq!(status(&["lint", "drafts"]), Some(1));
}

#[test]
fn a_first_configuration_is_made_of_the_folder_and_never_over_another() {
    let desk = desk();
    let init = copydesk(desk.path(), &["init"]);
    assert_eq!(String::from_utf8_lossy(&init.stdout), "wrote copydesk.toml\nsources: archive (2 texts)\n");
    let written = std::fs::read(desk.path().join("copydesk.toml")).expect("is there");
    assert_eq!(report(&copydesk(desk.path(), &["lint", "drafts", "--format", "json"]))["summary"]["sources"], 2);
    let again = copydesk(desk.path(), &["init", "."]);
    assert_eq!((again.status.code(), one_line(&again).contains("is there already")), (Some(2), true));
    assert_eq!(std::fs::read(desk.path().join("copydesk.toml")).expect("is there"), written);
    let below = copydesk(desk.path(), &["init", "drafts"]);
    let told = String::from_utf8_lossy(&below.stdout).into_owned();
    assert!(told.contains("sources: none found") && told.contains("until now"), "{told}");
    assert_eq!(copydesk(desk.path(), &["init", "nowhere"]).status.code(), Some(2));
}

#[test]
fn rules_are_as_loud_as_the_last_entry_for_a_draft_says_and_that_is_told_with_its_line() {
    let desk = desk();
    let config = "corpus = \"archive\"\n[rules]\ndate-weekday = \"error\"\n[[paths]]\nfiles = \"drafts/wire\"\nrules = { date-weekday = \"off\" }\n\
                  [[paths]]\nfiles = [\"*.txt\"]\n[paths.rules]\ndate-weekday = \"info\"\n";
    std::fs::write(desk.path().join("copydesk.toml"), config).expect("is writable");
    std::fs::create_dir(desk.path().join("drafts/wire")).expect("is writable");
    let text = "The meeting on Monday, 5 March 2024, was short.\n";
    for name in ["wire/tax.md", "wire/tax.txt", "tax.md"] {
        std::fs::write(desk.path().join("drafts").join(name), text).expect("is writable");
    }
    let found = report(&copydesk(desk.path(), &["lint", "drafts", "--format", "json"]));
    let found: Vec<_> =
        found["findings"].as_array().expect("a list").iter().map(|finding| (&finding["path"], &finding["severity"])).collect();
    let at = |path: &'static str, severity: &'static str| (Value::from(path), Value::from(severity));
    let wanted = [at("drafts/tax.md", "error"), at("drafts/wire/tax.txt", "info")];
    assert_eq!(found, wanted.iter().map(|(path, severity)| (path, severity)).collect::<Vec<_>>());
    for (path, severity, line, files) in [
        ("drafts/tax.md", "error", 3, Value::Null),
        ("drafts/wire/tax.md", "off", 6, "drafts/wire".into()),
        ("wire.txt", "info", 10, "*.txt".into()),
    ] {
        let shown = report(&copydesk(desk.path(), &["config", "show", path, "--format", "json"]));
        let rule = shown["rules"].as_array().expect("a list").iter().find(|rule| rule["rule"] == "date-weekday").expect("is there");
        assert_eq!(
            (&rule["severity"], &rule["from"]["line"], &rule["from"]["files"][0]),
            (&severity.into(), &line.into(), &files),
            "{path}"
        );
    }
    let shown = copydesk(desk.path(), &["config", "show", "drafts/wire/tax.md", "--corpus", "a\u{1b}b"]);
    let shown = String::from_utf8_lossy(&shown.stdout).into_owned();
    assert!(shown.contains("command line") && shown.contains("line 6, for drafts/wire") && !shown.contains('\u{1b}'), "{shown}");
    assert!(shown.lines().any(|line| line.starts_with("  fail-on") && line.ends_with("default")), "{shown}");
    std::fs::write(desk.path().join("copydesk.toml"), "[[paths]]\nfiles = \"[\"\n").expect("is writable");
    assert!(one_line(&copydesk(desk.path(), &["config", "show"])).contains("line 2: `[` is no pattern of files"));
}

#[test]
fn names_go_into_the_stylebook_of_the_desk_and_no_other() {
    let desk = desk();
    let at = |name: &str| desk.path().join(name);
    let write = |name: &str, text: &str| std::fs::write(at(name), text).expect("is writable");
    write("copydesk.toml", "corpus = \"archive\"\n");
    write("names.csv", "\u{feff}name,variants\n\"Kowalczyk, Anja\u{1b}[31m\",x\nMira Dovzhenko,Myra Dovzhenko\n");
    assert!(one_line(&copydesk(desk.path(), &["stylebook", "import", "names.csv"])).contains("names no stylebook"));
    write("copydesk.toml", "corpus = \"archive\"\nstylebook = \"book.toml\"\n");
    let dry = copydesk(desk.path(), &["stylebook", "import", "names.csv", "--dry-run"]);
    assert_eq!((dry.status.code(), at("book.toml").exists()), (Some(1), false), "a name that acts is left out");
    assert!(!String::from_utf8_lossy(&dry.stderr).contains('\u{1b}') && one_line(&dry).contains("line 2"));
    copydesk(desk.path(), &["stylebook", "import", "names.csv"]);
    let book = std::fs::read_to_string(at("book.toml")).expect("was made");
    assert_eq!(book, "[[person]]\nname = \"Mira Dovzhenko\"\naliases = [\"Myra Dovzhenko\"]\n");
    // Whatever a configuration from elsewhere names, no file is written but below its folder.
    std::fs::create_dir(at("checkout")).expect("is writable");
    write("checkout/copydesk.toml", "stylebook = \"../book.toml\"\n");
    write("names.csv", "name\nOle Brandt\n");
    let outside = copydesk(&at("checkout"), &["stylebook", "import", "../names.csv"]);
    assert!(one_line(&outside).contains("outside the folder of copydesk.toml"));
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink("../book.toml", at("checkout/link.toml")).expect("is writable");
        write("checkout/copydesk.toml", "stylebook = \"link.toml\"\n");
        assert_eq!(copydesk(&at("checkout"), &["stylebook", "import", "../names.csv"]).status.code(), Some(2));
    }
    assert_eq!(std::fs::read_to_string(at("book.toml")).expect("is there"), book);
    let own = copydesk(&at("checkout"), &["stylebook", "import", "../names.csv", "--stylebook", "../book.toml"]);
    assert_eq!(own.status.code(), Some(0), "{}", String::from_utf8_lossy(&own.stderr));
    for (name, text) in [("names.csv", "nom,titre\n"), ("names.csv", ""), ("people.json", "[[[[")] {
        write(name, text);
        let by = if name.ends_with("csv") { vec!["stylebook", "import", name] } else { vec!["stylebook", "import", "--wikidata", name] };
        let refused = copydesk(desk.path(), &by);
        assert_eq!(refused.status.code(), Some(2), "{text}");
        one_line(&refused);
    }
}

#[test]
fn what_can_not_be_done_is_said_in_one_line() {
    let desk = desk();
    let fails = |arguments: &[&str], words: &str| {
        let output = copydesk(desk.path(), arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(output.stdout.is_empty() || words.contains("no such"), "{arguments:?}");
        let line = one_line(&output);
        assert!(line.contains(words), "{line:?} doesn't hold {words:?}");
    };
    fails(&["lint", "drafts", "--corpus", "nowhere"], "nowhere: there is no such file or folder");
    fails(&["explain", "name-mixt"], "did you mean `name-mixed`");
    std::fs::write(desk.path().join("copydesk.toml"), "corpus = \"archive\"\ncorpse = 1\n").expect("is writable");
    fails(&["lint", "drafts"], "line 2");
}

#[test]
fn a_draft_that_can_not_be_read_is_a_problem_and_the_rest_is_checked() {
    let desk = desk();
    std::fs::write(desk.path().join("drafts/bad.md"), b"caf\xc3\xa9 and caf\xe9\n").expect("is writable");
    std::fs::write(desk.path().join("drafts/empty.md"), b"").expect("is writable");
    std::fs::write(desk.path().join("drafts/front.md"), b"---\ntitle: [\n---\nText.\n").expect("is writable");
    let output = copydesk(desk.path(), &["lint", "drafts", "gone.md", "--corpus", "archive", "--format", "json"]);
    assert_eq!(output.status.code(), Some(2));
    let report = report(&output);
    let problems: Vec<String> = report["problems"].as_array().expect("a list").iter().map(ToString::to_string).collect();
    assert!(problems.iter().any(|problem| problem.contains("bad.md") && problem.contains("UTF-8 (line 1")), "{problems:?}");
    assert!(problems.iter().any(|problem| problem.contains("gone.md")), "{problems:?}");
    assert!(problems.iter().any(|problem| problem.contains("front.md") && problem.contains("front matter")), "{problems:?}");
    assert_eq!(report["summary"]["drafts"], 3);
    assert_eq!(report["findings"][0]["rule"], "date-weekday");
}

#[test]
fn faulty_sources_are_problems_and_the_rest_of_the_corpus_holds() {
    let desk = desk();
    std::fs::write(desk.path().join("archive/bad.txt"), b"\xff\xfe\xfd").expect("is writable");
    std::fs::write(desk.path().join("archive/sources.toml"), "[[source]]\nfile = 3\n").expect("is writable");
    let output = copydesk(desk.path(), &["lint", "drafts", "--corpus", "archive", "--format", "json"]);
    assert_eq!(output.status.code(), Some(1));
    let report = report(&output);
    assert_eq!(report["problems"].as_array().map(Vec::len), Some(2), "{}", report["problems"]);
    assert_eq!(report["summary"]["sources"], 2);
}

#[test]
fn a_stylebook_outranks_the_archive_and_its_mistakes_are_problems() {
    let desk = desk();
    let book = "[[person]]\nname = \"Anja Kowalczik\"\naliases = [\"Anja Kowalczyk\"]\n\n[[person]]\nnam = \"Ole Brandt\"\n";
    std::fs::write(desk.path().join("book.toml"), book).expect("is writable");
    std::fs::write(desk.path().join("drafts/tax.md"), "---\ndate: 2024-03-05\n---\nAnja Kowalczyk spoke.\n").expect("is writable");
    let arguments = ["lint", "drafts", "--corpus", "archive", "--stylebook", "book.toml", "--format", "json"];
    let output = copydesk(desk.path(), &arguments);
    assert_eq!(output.status.code(), Some(0), "an alias is below the severity that fails");
    let report = report(&output);
    let finding = &report["findings"][0];
    assert_eq!((&finding["rule"], &finding["text"]), (&"name-variant".into(), &"Kowalczyk".into()));
    let evidence = &finding["evidence"][0];
    assert_eq!((&evidence["source"], &evidence["start"]["line"]), (&"book.toml".into(), &2.into()));
    let problems: Vec<&str> =
        report["problems"].as_array().expect("a list").iter().filter_map(|problem| problem["message"].as_str()).collect();
    assert_eq!(problems.len(), 2, "{problems:?}");
    assert!(
        problems[0].starts_with("line 5: an entry needs `name`") && problems[1].starts_with("line 6: there is no key `nam`"),
        "{problems:?}"
    );

    std::fs::write(desk.path().join("book.toml"), format!("[[person\n{book}")).expect("is writable");
    let output = copydesk(desk.path(), &arguments);
    assert_eq!(output.status.code(), Some(0));
    let report: Value = serde_json::from_slice(&output.stdout).expect("is JSON");
    assert!(report["problems"][0]["message"].as_str().is_some_and(|message| message.starts_with("line 1: ")), "{report}");
    assert_eq!(report["findings"][0]["rule"], "name-variant");
}

#[test]
fn a_stylebook_that_is_not_there_can_not_be_checked_against() {
    let desk = desk();
    let output = copydesk(desk.path(), &["lint", "drafts", "--corpus", "archive", "--stylebook", "gone.toml"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(one_line(&output).contains("gone.toml"));
    std::fs::write(desk.path().join("copydesk.toml"), "corpus = \"archive\"\nstylebook = \"gone.toml\"\n").expect("is writable");
    let output = copydesk(desk.path(), &["lint", "drafts"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(one_line(&output).contains("gone.toml: there is no such stylebook"));
}

#[test]
fn the_reference_of_office_holders_says_how_old_it_is_and_can_be_switched_off() {
    let desk = desk();
    let draft = "---\ndate: 2025-12-03\n---\nGerman Chancellor Ole Brandt left on Tuesday.\n";
    std::fs::write(desk.path().join("drafts/tax.md"), draft).expect("is writable");
    let lint = || copydesk(desk.path(), &["lint", "drafts", "--corpus", "archive", "--format", "json"]);
    let found = report(&lint());
    let finding = &found["findings"][0];
    assert_eq!(finding["rule"], "title-conflict");
    let message = finding["message"].as_str().unwrap_or_default();
    assert!(message.starts_with("The CIA World Factbook (as of ") && message.contains(" as German chancellor, since "), "{message}");
    assert_eq!(finding["evidence"][0]["source"], "built-in/officeholders.tsv");
    std::fs::write(desk.path().join("copydesk.toml"), "reference = false\n").expect("is writable");
    assert_eq!(report(&lint())["findings"], serde_json::json!([]));
}

#[test]
fn a_long_line_and_odd_text_do_no_harm() {
    let desk = desk();
    let long = "Anja Kowalczyk said 5 km (3 miles) on Monday, “all of it” ".repeat(1_000);
    std::fs::write(desk.path().join("drafts/long.txt"), &long).expect("is writable");
    std::fs::write(desk.path().join("drafts/odd.md"), "\u{feff}a\r\n\r\n😀 e\u{301}\u{2028}b\0c\n\n<!-- open\n\n“ ‘ \" ( [ | `\n")
        .expect("is writable");
    let output = copydesk(desk.path(), &["lint", "drafts", "--corpus", "archive", "--format", "json"]);
    assert_eq!(report(&output)["summary"]["drafts"], 3);
    let output = copydesk(desk.path(), &["read", "drafts"]);
    assert_eq!((output.status.code(), String::from_utf8_lossy(&output.stdout).lines().count()), (Some(0), 3));
}

#[test]
fn annotations_for_github_escape_what_would_end_them() {
    let desk = desk();
    std::fs::rename(desk.path().join("drafts/tax.md"), desk.path().join("drafts/50%, tax.md")).expect("can be renamed");
    let output = copydesk(desk.path(), &["lint", "drafts", "--corpus", "archive", "--format", "github"]);
    let text = String::from_utf8_lossy(&output.stdout);
    assert!(text.starts_with("::warning file=drafts/50%25%2C tax.md,line=6,endLine=6,col="), "{text}");
}

#[test]
fn who_tells_what_the_corpus_attests() {
    let desk = desk();
    let output = copydesk(desk.path(), &["who", "Kowalczyk", "--corpus", "archive"]);
    assert_eq!(output.status.code(), Some(0));
    let text = String::from_utf8_lossy(&output.stdout);
    for words in ["Anja Kowalczyk (person), in 2 sources", "Finance Minister", "The Courier, 1 March 2024", "opened the port"] {
        assert!(text.contains(words), "no {words:?} in\n{text}");
    }
    let unknown = copydesk(desk.path(), &["who", "Kowalczik", "--corpus", "archive"]);
    assert_eq!(unknown.status.code(), Some(1));
    assert!(one_line(&unknown).contains("Anja Kowalczyk"));
}

#[test]
fn every_rule_is_explained() {
    let desk = desk();
    let list = String::from_utf8(copydesk(desk.path(), &["explain"]).stdout).expect("UTF-8");
    for rule in copydesk::rules::infos() {
        assert!(list.lines().any(|line| line.starts_with(rule.name)));
        let page = copydesk(desk.path(), &["explain", rule.name]);
        assert!(String::from_utf8_lossy(&page.stdout).starts_with(&format!("# {}", rule.name)));
    }
}
