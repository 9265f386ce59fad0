//! `audit`: what sources say of each other is told once, whatever their order, and nothing else is.

use std::path::Path;
use std::process::{Command, Output};

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use expect_test::expect_file;
use serde_json::Value;
use sha2::{Digest as _, Sha256};

fn put(folder: &Path, name: &str, text: &str) {
    let path = folder.join(name);
    std::fs::create_dir_all(path.parent().expect("has a folder")).expect("is writable");
    std::fs::write(path, text).expect("is writable");
}

fn audit(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_copydesk"));
    command.current_dir(folder).arg("audit").args(arguments).env("XDG_CACHE_HOME", folder.join(".cache"));
    command.output().expect("copydesk starts")
}

fn report(folder: &Path) -> Value {
    serde_json::from_slice(&audit(folder, &["--corpus", "archive", "--format", "json"]).stdout).expect("is JSON")
}

/// Each disagreement: its rule, the words of its articles, and how many others there are.
fn told(report: &Value) -> Vec<(String, Vec<String>, usize)> {
    let list = |value: &Value| value.as_array().expect("a list").clone();
    let words = |value: &Value| value.as_str().expect("words").to_owned();
    let one = |one: &Value| {
        let articles = list(&one["articles"]).iter().map(|article| words(&article["words"])).collect();
        (words(&one["rule"]), articles, list(&one["others"]).len())
    };
    list(&report["disagreements"]).iter().map(one).collect()
}

#[test]
fn what_sources_say_of_each_other_is_told_once() {
    let desk = tempfile::tempdir().expect("a temporary folder");
    let folder = desk.path();
    let article = |name: &str, day: &str, text: &str| {
        put(folder, &format!("archive/{name}"), &format!("---\ndate: {day}\noutlet: {name}\n---\n\n{text}\n"));
    };
    // A name that two articles misspell is one thing; so is a quotation that two have otherwise.
    article(
        "a.md",
        "2024-03-01",
        "Engineer Petra Vasall opened the Grimsund dam. “We have built this dam for our children and for theirs,” Vasall said.",
    );
    article("b.md", "2024-03-02", "Petra Vasall, an engineer, praised the dam.");
    article("c.md", "2024-03-03", "Engineer Petra Vasal left Grimsund.");
    article("d.md", "2024-03-04", "Engineer Petra Vassall came back to Grimsund.");
    article(
        "e.md",
        "2024-03-05",
        "Engineer Petra Vasall spoke again. “We have built that dam for our children and for theirs,” Vasall said.",
    );
    let report = report(folder);
    let found = told(&report);
    let of = |rule: &str| {
        found.iter().filter(|(known, ..)| known == rule).map(|(_, words, others)| (words.clone(), *others)).collect::<Vec<_>>()
    };
    let words = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
    assert_eq!(of("name-misspelled"), [(words(&["Vasal", "Vassall"]), 3)], "{report:#}");
    assert_eq!(of("quote-altered"), [(words(&["this", "that"]), 0)], "{report:#}");
    assert_eq!(found.len(), 2, "{report:#}");
    let first = &report["disagreements"][0];
    assert_eq!((&first["sources"], &first["first"], &first["last"]), (&5.into(), &"2024-03-01".into(), &"2024-03-05".into()));
}

#[test]
fn what_one_article_says_within_itself_or_all_agree_on_is_not_told() {
    let desk = tempfile::tempdir().expect("a temporary folder");
    put(
        desk.path(),
        "archive/a.md",
        "Engineer Petra Vasall opened the 48-metre dam. Petra Vasal left. Of the 12 guests, seven women and four men came on Monday, 5 March 2024.\n",
    );
    put(desk.path(), "archive/b.md", "Engineer Petra Vasall opened the 48-metre dam.\n");
    // The same article once more is another version of it, and no other source.
    put(
        desk.path(),
        "archive/c.jsonl",
        "{\"id\": \"x:1\", \"version\": 1, \"body\": \"The dam of Petra Vasall is 41 metres high.\"}\n{\"id\": \"x:1\", \"version\": 2, \"body\": \"It rained.\"}\n",
    );
    let report = report(desk.path());
    let found = told(&report);
    assert!(found.iter().all(|(rule, ..)| rule == "name-misspelled"), "{report:#}");
    assert_eq!(report["summary"]["sources"], 3);
    put(desk.path(), "archive/a.md", "Engineer Petra Vasall opened the 48-metre dam.\n");
    let output = audit(desk.path(), &["--corpus", "archive"]);
    assert_eq!(
        (output.status.code(), String::from_utf8_lossy(&output.stdout).starts_with("3 sources held against each other: no disagreement\n")),
        (Some(0), true)
    );
}

#[test]
fn the_stylebook_and_the_configuration_hold() {
    let desk = tempfile::tempdir().expect("a temporary folder");
    put(desk.path(), "archive/a.md", "Engineer Petra Vasall opened the dam. Petra Vasall spoke.\n");
    put(desk.path(), "archive/b.md", "Engineer Petra Vasall left.\n");
    put(desk.path(), "archive/c.md", "Engineer Petra Vasal left.\n");
    let count = || told(&serde_json::from_slice(&audit(desk.path(), &["--format", "json"]).stdout).expect("is JSON")).len();
    put(desk.path(), "copydesk.toml", "corpus = [\"archive\"]\n");
    assert_eq!(count(), 1);
    put(desk.path(), "copydesk.toml", "corpus = [\"archive\"]\n[rules]\nname-misspelled = \"off\"\n");
    assert_eq!(count(), 0);
    put(desk.path(), "copydesk.toml", "corpus = [\"archive\"]\nstylebook = \"book.toml\"\n");
    put(desk.path(), "book.toml", "[[person]]\nname = \"Petra Vasall\"\nis-not = [\"Petra Vasal\"]\n");
    assert_eq!(count(), 0);
    put(desk.path(), "copydesk.toml", "corpus = [\"archive\"]\nstylebook = \"gone.toml\"\n");
    assert_eq!(audit(desk.path(), &[]).status.code(), Some(2));
}

#[test]
fn the_page_runs_nothing_and_brings_in_nothing() {
    let style = include_str!("../src/cli/audit/page.css");
    // A browser hashes what it has read, which has no other line breaks.
    let hash = BASE64_STANDARD.encode(Sha256::digest(style.replace("\r\n", "\n").as_bytes()));
    expect_file!["../src/cli/audit/policy.txt"]
        .assert_eq(&format!("default-src 'none'; style-src 'sha256-{hash}'; base-uri 'none'; form-action 'none'\n"));
    let desk = tempfile::tempdir().expect("a temporary folder");
    put(desk.path(), "archive/a.txt", "Engineer Petra Vasall opened the dam.\n");
    put(desk.path(), "archive/b.txt", "Engineer Petra Vasall left.\n");
    put(desk.path(), "archive/c.txt", "Engineer Petra Vasal said <script>alert(1)</script> & \u{202e}left \"now\".\n");
    put(desk.path(), "archive/sources.toml", "[[source]]\nfile = \"c.txt\"\noutlet = \"<img src=x>\"\n");
    put(desk.path(), "archive/bad.json.gz", "<b>");
    let output = audit(desk.path(), &["--corpus", "archive", "--format", "html"]);
    let page = String::from_utf8(output.stdout).expect("is UTF-8");
    assert_eq!(output.status.code(), Some(1));
    assert!(
        page.contains(&format!("<style>{style}</style>"))
            && page.contains("Vasal said &lt;script&gt;alert(1)&lt;/script&gt; &amp; \\u{202e}left &quot;now&quot;."),
        "{page}"
    );
    assert!(page.contains("&lt;img src=x&gt;") && page.contains("bad.json.gz: is damaged"), "{page}");
    assert_eq!(
        (page.matches("<script").count(), page.matches("<img").count(), page.matches("href").count(), page.matches("<style").count()),
        (0, 0, 0, 1)
    );
    let opened = |tag: &str| page.matches(&format!("<{tag}>")).count() + page.matches(&format!("<{tag} ")).count();
    for tag in [
        "html", "head", "body", "header", "main", "section", "ol", "li", "dl", "div", "dt", "dd", "q", "cite", "table", "tr", "th", "td",
        "p", "h2", "footer",
    ] {
        assert_eq!(opened(tag), page.matches(&format!("</{tag}>")).count(), "{tag}");
    }
}
