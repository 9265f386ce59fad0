//! The reports as they are; `UPDATE_EXPECT=1 cargo test --test reports` writes them anew.

use expect_test::{ExpectFile, expect_file};

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
