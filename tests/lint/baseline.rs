//! Baselines: what is accepted stays quiet whatever is edited elsewhere, what is new is told, and what is gone as well.

use serde_json::Value;

use super::{DRAFT, desk};

const JSON: [&str; 2] = ["--format", "json"];

fn with<'a>(arguments: &[&'a str]) -> Vec<&'a str> {
    arguments.iter().copied().chain(JSON).collect()
}

#[test]
fn what_is_accepted_survives_edits_elsewhere_and_what_is_new_fails() {
    let desk = desk();
    let done = desk.lint(&with(&["--write-baseline", "lists/baseline.toml"]));
    assert_eq!((done.status, done.rules()), (Some(0), Vec::new()), "{done:?}");
    assert_eq!(done.json()["summary"]["accepted"], 3);
    let baseline = desk.text("lists/baseline.toml");
    assert!(baseline.contains("path = \"../drafts/ferries.md\""), "{baseline}");

    desk.put("copydesk.toml", "corpus = [\"archive\"]\nbaseline = \"lists/baseline.toml\"\n");
    let moved = DRAFT.replace("# Ferries\n", "# Of ferries and ports\n\nIt rained.\n");
    desk.put("drafts/ferries.md", &moved);
    assert_eq!(desk.lint(&with(&[])).status, Some(0));
    desk.put("drafts/ferries.md", moved.replace("was short.", "was short. It ended on Friday, 7 March 2024."));
    let done = desk.lint(&with(&[]));
    assert_eq!((done.status, done.rules()), (Some(1), vec!["date-weekday".to_owned()]), "{done:?}");
    // What is accepted isn't fixed either.
    desk.lint(&["--fix"]);
    assert!(desk.text("drafts/ferries.md").contains("Petra Vasal,"));
}

#[test]
fn the_file_keeps_its_order_and_what_people_wrote_into_it() {
    let desk = desk();
    desk.put("drafts/a.md", DRAFT);
    desk.lint(&["drafts/ferries.md", "--write-baseline", "baseline.toml", "--select", "date-*"]);
    let reasoned = desk.text("baseline.toml") + "reason = \"it was a holiday\"\nuntil = 2024-12-31\n";
    desk.put("baseline.toml", &reasoned);
    desk.lint(&["--write-baseline", "baseline.toml", "--as-of", "2024-03-06"]);
    let baseline = desk.text("baseline.toml");
    assert_eq!((baseline.matches("[[accepted]]").count(), baseline.matches("it was a holiday").count()), (6, 1), "{baseline}");
    assert!(baseline.find("drafts/a.md") < baseline.find("drafts/ferries.md"));
    desk.lint(&["--write-baseline", "baseline.toml", "--as-of", "2024-03-06"]);
    assert_eq!(desk.text("baseline.toml"), baseline, "written twice, it is the same");
}

#[test]
fn an_entry_counts_again_when_its_day_is_over() {
    let desk = desk();
    desk.lint(&["--write-baseline", "baseline.toml", "--select", "date-*"]);
    let dated = desk.text("baseline.toml") + "until = 2026-03-01\n";
    desk.put("baseline.toml", dated);
    let lint = |day: &str| desk.lint(&with(&["--baseline", "baseline.toml", "--select", "date-*", "--as-of", day]));
    assert_eq!((lint("2026-03-01").status, lint("2026-03-02").status), (Some(0), Some(1)));
    assert_eq!(lint("2026-03-02").err, "copydesk: baseline.toml: 1 entry holds no longer, the day being over\n");
    // Accepted anew, it holds for ever.
    desk.lint(&["--write-baseline", "baseline.toml", "--as-of", "2026-03-02"]);
    assert_eq!(lint("2026-03-02").status, Some(0));
}

#[test]
fn what_is_gone_is_told_and_taken_out_when_that_is_asked_for() {
    let desk = desk();
    desk.put("drafts/a.md", DRAFT);
    desk.lint(&["--write-baseline", "baseline.toml"]);
    desk.put("drafts/ferries.md", "It rained.\n");
    let whole = desk.text("baseline.toml");
    let of_others = desk.lint(&["drafts/a.md", "--baseline", "baseline.toml"]);
    assert_eq!((of_others.status, of_others.err.as_str()), (Some(0), ""), "what wasn't looked at isn't gone");
    let done = desk.lint(&["--baseline", "baseline.toml"]);
    assert_eq!(
        (done.status, done.err.as_str()),
        (Some(0), "copydesk: baseline.toml: 3 findings that it accepts are gone; --prune-baseline takes them out\n")
    );
    assert_eq!(desk.text("baseline.toml"), whole);
    std::fs::remove_file(desk.at("drafts/a.md")).expect("is there");
    let done = desk.lint(&["drafts/ferries.md", "--baseline", "baseline.toml", "--prune-baseline"]);
    assert!(done.err.contains("6 findings that it accepts are gone; took them out"), "{done:?}");
    assert!(!desk.text("baseline.toml").contains("[[accepted]]"));
}

#[test]
fn a_baseline_that_is_none_or_is_not_there_is_told_and_never_written_over() {
    let desk = desk();
    let fails = |arguments: &[&str], words: &str| {
        let done = desk.lint(arguments);
        assert_eq!((done.status, done.err.lines().count()), (Some(2), 1), "{done:?}");
        assert!(done.err.contains(words), "{done:?}");
    };
    fails(&["--baseline", "gone.toml"], "gone.toml: there is no such baseline; `copydesk lint --write-baseline` makes one");
    desk.put("book.toml", "[[person]]\nname = \"Petra Vasall\"\n");
    fails(&["--write-baseline", "book.toml"], "book.toml: line 1: unknown field `person`");
    assert_eq!(desk.text("book.toml"), "[[person]]\nname = \"Petra Vasall\"\n");
    fails(&["--write-baseline", "drafts"], "drafts: is a folder, not a file");
    desk.put("copydesk.toml", "corpus = \"archive\"\nbaseline = \"notes.txt\"\n");
    fails(&[], "notes.txt: is no baseline: its name has to end in .toml");
    // One that the configuration names may be missing while it is made.
    desk.put("copydesk.toml", "corpus = \"archive\"\nbaseline = \"new.toml\"\n");
    fails(&[], "new.toml: there is no such baseline");
    assert_eq!(desk.lint(&["--write-baseline", "new.toml"]).status, Some(0));
    assert_eq!(desk.lint(&[]).status, Some(0));
}

#[test]
fn sarif_tells_what_is_accepted_and_what_marks_let_stand_and_other_formats_do_not() {
    let desk = desk();
    desk.lint(&["--write-baseline", "baseline.toml", "--select", "date-*"]);
    let reasoned = desk.text("baseline.toml") + "reason = \"it was a holiday\"\n";
    desk.put("baseline.toml", reasoned);
    desk.put("drafts/ferries.md", DRAFT.replace("The finance", "<!-- stet: name-misspelled \"Vasal\" -- so he signs -->\nThe finance"));
    let sarif = |arguments: &[&str]| desk.lint(&[arguments, &["--format", "sarif"]].concat()).json();
    let told = |report: &Value, rule: &str| {
        let results = report["runs"][0]["results"].as_array().expect("a list").clone();
        results.into_iter().find(|result| result["ruleId"] == rule).unwrap_or_default()
    };
    let report = sarif(&["--baseline", "baseline.toml"]);
    let accepted = told(&report, "date-weekday");
    assert_eq!((&accepted["baselineState"], &accepted["suppressions"][0]["kind"]), (&"unchanged".into(), &"external".into()), "{report}");
    assert_eq!(accepted["suppressions"][0]["justification"], "it was a holiday");
    let stet = told(&report, "name-misspelled");
    assert_eq!((&stet["suppressions"][0]["kind"], &stet["suppressions"][0]["justification"]), (&"inSource".into(), &"so he signs".into()));
    let new = told(&report, "figure-conflict");
    assert_eq!((&new["baselineState"], &new["suppressions"]), (&"new".into(), &Value::Null));
    assert_eq!(told(&sarif(&[]), "figure-conflict")["baselineState"], Value::Null, "without a baseline nothing is new");
    let concise = desk.lint(&["--baseline", "baseline.toml", "--format", "concise"]);
    assert_eq!(concise.out.lines().count(), 1, "{concise:?}");
}
