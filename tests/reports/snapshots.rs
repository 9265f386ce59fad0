//! The reports as they are; `UPDATE_EXPECT=1 cargo test --test reports` writes them anew.

use base64::prelude::{BASE64_STANDARD, Engine as _};
use expect_test::{ExpectFile, expect_file};
use sha2::{Digest, Sha256};

use super::Desk;

/// A slip in two places, a figure and a weekday, a line longer than any terminal, letters of two columns, and a draft without a date.
fn desk() -> Desk {
    Desk::new(&[
        (
            "archive/budget.md",
            "Finance Minister Anja Kowalczyk presented the budget of the coastal regions on Friday, and said at length in front of the \
             assembled mayors of all fourteen harbour towns that the ferries would cost 40 million euros this year.\n",
        ),
        ("archive/port.txt", "Anja Kowalczyk opened the port of Gdansk on Monday, 4 March 2024.\n"),
        (
            "archive/sources.toml",
            "[[source]]\nfile = \"budget.md\"\noutlet = \"The Courier\"\npublished = 2024-03-01\n\n\
             [[source]]\nfile = \"port.txt\"\noutlet = \"Gazette\"\n",
        ),
        (
            "drafts/tax.md",
            "---\ndate: 2024-03-05\n---\n# Taxes\n\nThe meeting on Monday, 5 March 2024, was short.\n\n\
             Before that, as everybody in the harbour towns had expected since the winter, the finance minister, Anja Kowalczik, had said \
             to 東京新聞 that the ferries of the coastal regions would cost 50 million euros this year, and that no mayor need fear for \
             the budget of a harbour town.\n\nKowalczik left early.\n",
        ),
        ("drafts/undated.txt", "Anja Kowalczyk opened the port.\n"),
    ])
}

fn check(format: &str, columns: usize, expected: &ExpectFile) {
    let output = desk().run(&["lint", "drafts", "--corpus", "archive", "--format", format], columns);
    assert_eq!((output.status.code(), output.stderr.as_slice()), (Some(1), &b""[..]));
    expected.assert_eq(&String::from_utf8(output.stdout).expect("is UTF-8"));
}

#[test]
fn for_people_on_a_narrow_terminal() {
    check("text", 60, &expect_file!["snapshots/text-60.txt"]);
}

#[test]
fn for_people_on_a_usual_terminal() {
    check("text", 80, &expect_file!["snapshots/text-80.txt"]);
}

#[test]
fn for_people_on_a_wide_terminal() {
    check("text", 200, &expect_file!["snapshots/text-200.txt"]);
}

#[test]
fn for_github_whatever_the_terminal() {
    for columns in [60, 80, 200] {
        check("github", columns, &expect_file!["snapshots/github.txt"]);
    }
}

#[test]
fn for_programs_whatever_the_terminal() {
    for columns in [60, 80, 200] {
        let output = desk().run(&["lint", "drafts", "--corpus", "archive", "--format", "json"], columns);
        let report: serde_json::Value = serde_json::from_slice(&output.stdout).expect("is JSON");
        expect_file!["snapshots/report.json"].assert_eq(&(serde_json::to_string_pretty(&report).expect("is JSON") + "\n"));
    }
}

#[test]
fn a_line_a_finding_for_editors() {
    check("concise", 80, &expect_file!["snapshots/concise.txt"]);
}

#[test]
fn for_ci_servers_that_read_xml() {
    check("checkstyle", 80, &expect_file!["snapshots/checkstyle.xml"]);
    check("junit", 80, &expect_file!["snapshots/junit.xml"]);
}

#[test]
fn for_code_scanning_and_merge_requests() {
    for (format, expected) in [("sarif", expect_file!["snapshots/report.sarif"]), ("gitlab", expect_file!["snapshots/gitlab.json"])] {
        let output = desk().run(&["lint", "drafts", "--corpus", "archive", "--format", format], 80);
        let mut report: serde_json::Value = serde_json::from_slice(&output.stdout).expect("is JSON");
        if let Some(driver) = report.pointer_mut("/runs/0/tool/driver").and_then(serde_json::Value::as_object_mut) {
            // Rules are told of elsewhere; here they are counted.
            let rules = driver["rules"].as_array().expect("a list").len();
            driver.insert("rules".to_owned(), format!("{rules} rules").into());
            driver["semanticVersion"] = "this one".into();
        }
        expected.assert_eq(&(serde_json::to_string_pretty(&report).expect("is JSON") + "\n"));
    }
}

/// The page without what it looks like, what it can do and which version wrote it.
fn skeleton(page: &str) -> String {
    let without = |page: &str, element: &str| {
        let (open, close) = (format!("<{element}>"), format!("</{element}>"));
        let (before, rest) = page.split_once(&open).expect("has one");
        let (_, after) = rest.split_once(&close).expect("it ends");
        format!("{before}{open}…{close}{after}")
    };
    let page = without(&without(page, "style"), "script");
    let is_of_build = |line: &&str| line.starts_with("<meta http-equiv=") || line.starts_with("<meta name=\"generator\"");
    page.split_inclusive('\n').filter(|line| !is_of_build(line)).collect()
}

#[test]
fn a_page_to_read_and_print() {
    for columns in [60, 200] {
        let output = desk().run(&["lint", "drafts", "--corpus", "archive", "--format", "html"], columns);
        let page = String::from_utf8(output.stdout).expect("is UTF-8");
        expect_file!["snapshots/page.html"].assert_eq(&skeleton(&page));
    }
}

#[test]
fn a_page_lets_its_own_script_and_style_alone_run() {
    let hash = |text: &str| {
        // A browser hashes what it has read, which has no other line breaks.
        let digest = Sha256::digest(text.replace("\r\n", "\n").as_bytes());
        format!("'sha256-{}'", BASE64_STANDARD.encode(digest))
    };
    let (script, style) = (include_str!("../../src/cli/report/html/page.js"), include_str!("../../src/cli/report/html/page.css"));
    let policy =
        format!("default-src 'none'; script-src {}; style-src {}; base-uri 'none'; form-action 'none'\n", hash(script), hash(style));
    expect_file!["../../src/cli/report/html/policy.txt"].assert_eq(&policy);
    let output = desk().run(&["lint", "drafts", "--corpus", "archive", "--format", "html"], 80);
    let page = String::from_utf8(output.stdout).expect("is UTF-8");
    assert!(page.contains(&format!("<style>{style}</style>")) && page.contains(&format!("<script>{script}</script>")));
    assert_eq!((page.matches("<script").count(), page.matches("<style").count()), (1, 1));
}

#[test]
fn what_is_quoted_on_a_page_is_no_markup() {
    let markup = "</p></mark><script>x()</script><img src=x onerror=x()> <b class=\"got-in\"> ' & &amp; -->";
    let listing = format!("[[source]]\nfile = \"a.txt\"\noutlet = '''{markup}'''\nurl = \"javascript:x()\"\n");
    let desk = Desk::new(&[
        ("archive/a.txt", &format!("Finance Minister Anja Kowalczyk said {markup} that the ferries would cost 40 million euros.\n")),
        ("archive/sources.toml", &listing),
        ("drafts/a.txt", &format!("Finance Minister Anja Kowalczik said {markup} that the ferries would cost 50 million euros.\n")),
    ]);
    #[cfg(unix)]
    desk.put("drafts/<img src=x onerror=x()> \"'&.txt", &format!("{markup}\n\nAnja Kowalczik said {markup}.\n"));
    let output = desk.run(&["lint", "drafts", "--corpus", "archive", "--format", "html"], 80);
    let page = skeleton(&String::from_utf8(output.stdout).expect("is UTF-8"));
    assert!(page.contains("&lt;script&gt;x()&lt;/script&gt;&lt;img src=x onerror=x()&gt; &lt;b class=&quot;got-in&quot;&gt;"), "{page}");
    for markup in ["<script>x", "<img", "<b ", "</p></mark>", "javascript:"] {
        assert!(!page.contains(markup), "{markup} is in {page}");
    }
}

#[test]
fn a_finding_points_at_its_rule_among_those_the_report_tells_of() {
    let output = desk().run(&["lint", "drafts", "--corpus", "archive", "--format", "sarif"], 80);
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).expect("is JSON");
    let run = &report["runs"][0];
    let results = run["results"].as_array().expect("a list");
    assert!(!results.is_empty());
    for result in results {
        let rule = &run["tool"]["driver"]["rules"][result["ruleIndex"].as_u64().expect("a number") as usize];
        assert_eq!(rule["id"], result["ruleId"]);
        assert!(rule["help"]["markdown"].as_str().is_some_and(|page| page.starts_with("# ")), "{rule}");
    }
}

#[test]
fn json_lines_hold_what_the_one_object_holds() {
    let output = desk().run(&["lint", "drafts", "--corpus", "archive", "--format", "json"], 80);
    let whole: serde_json::Value = serde_json::from_slice(&output.stdout).expect("is JSON");
    let output = desk().run(&["lint", "drafts", "--corpus", "archive", "--format", "jsonl"], 80);
    let mut lines: Vec<serde_json::Value> = String::from_utf8(output.stdout)
        .expect("is UTF-8")
        .lines()
        .map(|line| serde_json::from_str(line).expect("each line is JSON"))
        .collect();
    let kinds: Vec<serde_json::Value> =
        lines.iter_mut().map(|line| line.as_object_mut().expect("an object").remove("type").expect("has one")).collect();
    assert_eq!(lines.pop().as_ref(), Some(&whole["summary"]));
    assert_eq!(Some(&lines), whole["findings"].as_array());
    assert!(kinds.iter().rev().skip(1).all(|kind| kind == "finding") && kinds.last().is_some_and(|kind| kind == "summary"), "{kinds:?}");
}

#[test]
fn counts_in_place_of_findings() {
    let output = desk().run(&["lint", "drafts", "--corpus", "archive", "--statistics"], 80);
    expect_file!["snapshots/statistics.txt"].assert_eq(&String::from_utf8(output.stdout).expect("is UTF-8"));
}

#[test]
fn rules_and_severities_are_chosen_and_what_is_left_out_fails_nothing() {
    let rules = |arguments: &[&str]| {
        let output = desk().run(&[&["lint", "drafts", "--corpus", "archive", "--format", "json"], arguments].concat(), 80);
        let report: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap_or_default();
        let found: Vec<String> = report["findings"]
            .as_array()
            .into_iter()
            .flatten()
            .map(|finding| finding["rule"].as_str().expect("has one").to_owned())
            .collect();
        (found, output.status.code())
    };
    let all = rules(&[]).0;
    let of = |wanted: &dyn Fn(&str) -> bool| all.iter().filter(|rule| wanted(rule)).cloned().collect::<Vec<_>>();
    let names = of(&|rule| rule.starts_with("name-"));
    assert!(!names.is_empty() && names.len() < all.len(), "{all:?}");
    assert_eq!(rules(&["--select", "name-*"]), (names.clone(), Some(1)));
    assert_eq!(rules(&["--ignore", "name-*"]), (of(&|rule| !rule.starts_with("name-")), Some(1)));
    assert_eq!(rules(&["--select", "name-*,date-weekday", "--ignore", "name-*"]), (of(&|rule| rule == "date-weekday"), Some(1)));
    assert_eq!(rules(&["--severity", "error"]), (of(&|_| false), Some(0)));
    assert_eq!(rules(&["--exit-zero"]), (all.clone(), Some(0)));
    assert_eq!(rules(&["--select", "nam-misspelled"]), (Vec::new(), Some(2)));
    let told = String::from_utf8(desk().run(&["lint", "drafts", "--ignore", "nam-misspelled"], 80).stderr).expect("is UTF-8");
    assert!(told.contains("there is no rule `nam-misspelled`; did you mean `name-misspelled`?") && told.lines().count() == 1, "{told}");
}

#[test]
fn quiet_leaves_the_summary_out_and_nothing_else() {
    let text = |arguments: &[&str]| {
        let output = desk().run(&[&["lint", "drafts", "--corpus", "archive"], arguments].concat(), 80);
        String::from_utf8(output.stdout).expect("is UTF-8")
    };
    let (loud, quiet) = (text(&[]), text(&["--quiet"]));
    assert!(loud.starts_with(&quiet) && loud[quiet.len()..].starts_with("2 drafts of ") && quiet.contains("Kowalczik"), "{quiet}");
    let (loud, quiet) = (text(&["--format", "github"]), text(&["--format", "github", "--quiet"]));
    assert!(
        loud.starts_with(&quiet) && loud[quiet.len()..].starts_with("::notice title=copydesk::") && quiet.lines().count() == 3,
        "{quiet}"
    );
}

#[test]
fn no_line_for_people_is_wider_than_the_terminal_and_no_word_of_the_evidence_is_broken() {
    for columns in [60, 80, 100, 200] {
        let output = desk().run(&["lint", "drafts", "--corpus", "archive"], columns);
        let text = String::from_utf8(output.stdout).expect("is UTF-8");
        let widest = text.lines().map(unicode_width::UnicodeWidthStr::width).max();
        assert!(widest.is_some_and(|widest| widest <= columns), "{widest:?} of {columns} columns:\n{text}");
        let evidence: Vec<&str> = text.split_whitespace().collect();
        let quoted = "at length in front of the assembled mayors of all fourteen harbour towns".split(' ').collect::<Vec<_>>();
        assert!(evidence.windows(quoted.len()).any(|words| words == quoted), "{columns} columns:\n{text}");
    }
}
