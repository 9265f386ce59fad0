//! `copydesk facts` and what is made of it: however articles come in, what is made of each is the same, and so is what an archive of it all
//! answers.

use std::collections::BTreeSet;
use std::io::Write as _;
use std::process::Stdio;

use proptest::prelude::*;

use crate::desk::{Desk, Dice, Said, article};

const DRAFT: &str = "---\ndate: 2024-04-02\n---\n\nHarbour master Torvald Ekreim said the lighthouse at Larsund cost €41m. Mayor Ada Quilfeather opened the \
                     16-metre quay in Larsund on 1 March, and 11 boats had come.\n";

/// Runs the program over what comes in on standard input.
fn filtered(desk: &Desk, words: &[&str], input: &str) -> Said {
    let mut command = desk.command(words);
    let mut child =
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the program can be started");
    let mut stdin = child.stdin.take().expect("is piped");
    let input = input.to_owned();
    let writing = std::thread::spawn(move || stdin.write_all(input.as_bytes()));
    let said = Said::of(&child.wait_with_output().expect("ends"));
    // Whoever has read enough hangs up.
    let _ = writing.join().expect("doesn't panic");
    said
}

/// An article as a content system exports it; the same number is the same article, and a later version of one says otherwise.
fn record(number: usize, version: usize) -> String {
    let text = serde_json::to_string(&article(number + 40 * version)).expect("is text");
    // Some are known by nothing but what they say.
    let id = if number % 5 == 4 { String::new() } else { format!("\"id\": {number}, ") };
    let status = if number % 7 == 6 && version == 2 { ", \"status\": \"withdrawn\"" } else { "" };
    format!(r#"{{{id}"version": {version}, "date": "2024-03-{:02}", "outlet": "The Courier", "body": {text}{status}}}"#, 1 + number % 28)
}

/// Some articles, some of them in several versions and some twice.
fn records() -> Vec<String> {
    let mut dice = Dice(11);
    let mut all: Vec<String> = (0..14).map(|number| record(number, 1)).collect();
    all.extend([0, 3, 6, 13].map(|number| record(number, 2)));
    all.extend([1, 4, 13].map(|number| record(number, 1)));
    all.push("{\"body\": ".to_owned());
    (1..all.len()).for_each(|at| all.swap(at, dice.roll(at + 1)));
    all
}

fn lines(text: &str) -> BTreeSet<&str> {
    text.lines().collect()
}

/// Joins some parts, and what the archive says then.
fn joined(desk: &Desk, parts: &[String]) -> Vec<Said> {
    let names: Vec<String> = (0..parts.len()).map(|at| format!("part-{at}.jsonl")).collect();
    names.iter().zip(parts).for_each(|(name, part)| desk.write(name, part));
    let words: Vec<&str> = ["archive", "join", "--archive", "joined"].into_iter().chain(names.iter().map(String::as_str)).collect();
    let joined = desk.run(&words);
    assert_eq!(joined.status, 0, "{joined:?}");
    desk.done(&["archive", "verify", "--archive", "joined"]);
    let lint = desk.run(&["lint", "--corpus", "joined", "--format", "json", "draft.md"]);
    vec![desk.run(&["archive", "export", "--archive", "joined"]), lint]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 6, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn splitting_order_and_parts_change_nothing(parts in 1_usize..5, seed: u64) {
        let desk = Desk::new();
        desk.write("draft.md", DRAFT);
        let (mut all, mut dice) = (records(), Dice(seed));
        let whole = filtered(&desk, &["facts", "--rejected", "bad.jsonl"], &(all.join("\n") + "\n"));
        prop_assert_eq!(whole.status, 0, "{:?}", whole);
        prop_assert!(whole.err.contains("21 articles; 1 refused"), "{}", whole.err);
        let answers = joined(&desk, std::slice::from_ref(&whole.out));
        prop_assert!(answers[1].out.contains("articles#"), "{:?}", answers[1]);

        (1..all.len()).for_each(|at| all.swap(at, dice.roll(at + 1)));
        let mut input = vec![String::new(); parts];
        for record in &all {
            let part = &mut input[dice.roll(parts)];
            part.push_str(record);
            part.push_str(["\n", "\r\n", "\n\n"][dice.roll(3)]);
        }
        let made: Vec<String> = input.iter().map(|part| filtered(&desk, &["facts", "--rejected", "bad.jsonl"], part).out).collect();
        let all_made: BTreeSet<&str> = made.iter().flat_map(|part| part.lines()).collect();
        prop_assert_eq!(&all_made, &lines(&whole.out));
        prop_assert_eq!(joined(&desk, &made), answers.clone());
        // A part that is made twice is as good as once.
        let twice: Vec<String> = made.iter().chain(&made).cloned().collect();
        prop_assert_eq!(joined(&desk, &twice), answers);
    }
}

#[test]
fn what_cant_be_read_is_set_aside_with_its_reason() {
    let desk = Desk::new();
    let good = record(1, 1);
    let input = format!("{good}\n[1]\n\n{{\"body\": \"\\ud800\"\n{good}\nno JSON at all");
    let told = filtered(&desk, &["facts"], &input);
    assert_eq!(told.status, 2);
    let err: Vec<&str> = told.err.lines().collect();
    assert_eq!(err.len(), 4, "{told:?}");
    assert!(err[0].starts_with("copydesk: articles:2: is no JSON object") && err[2].starts_with("copydesk: articles:6: is no JSON"));
    assert_eq!(err[3], "copydesk: 2 articles; 3 refused");
    let aside = filtered(&desk, &["facts", "--rejected", "bad.jsonl"], &input);
    assert_eq!((aside.status, &aside.out, aside.err.lines().count()), (0, &told.out, 1));
    let bad = std::fs::read_to_string(desk.path("bad.jsonl")).expect("is there");
    let bad: Vec<serde_json::Value> = bad.lines().map(|line| serde_json::from_str(line).expect("is JSON")).collect();
    assert_eq!(bad.len(), 3);
    assert_eq!((&bad[0]["line"], &bad[0]["record"], &bad[0]["why"]), (&2.into(), &"[1]".into(), &"is no JSON object".into()));
    assert_eq!(bad[2]["record"], "no JSON at all");
    // Mended, what was set aside can be read alone.
    assert_eq!(filtered(&desk, &["facts"], &record(3, 1)).status, 0);
    desk.write("file", "");
    let unwritten = filtered(&desk, &["facts", "--rejected", "file/bad.jsonl"], &input);
    assert_eq!((unwritten.status, &*unwritten.out, unwritten.err.lines().count()), (2, "", 1), "{unwritten:?}");
}

#[test]
fn files_attest_as_sources_what_they_do_in_a_corpus() {
    let desk = Desk::with_articles(7);
    desk.write("draft.md", DRAFT);
    desk.write("sources/export.jsonl", &format!("{}\n{}\n", record(1, 1), record(1, 2)));
    desk.done(&["archive", "build", "--corpus", "sources", "--archive", "built"]);
    let made = desk.run(&["facts", "sources"]);
    assert_eq!((made.status, &*made.err), (0, "copydesk: 9 articles\n"), "{made:?}");
    let told = filtered(&desk, &["archive", "join", "--archive", "joined", "-"], &made.out);
    assert_eq!((told.status, &*told.out), (0, "8 sources in joined\n"), "{told:?}");
    assert!(told.err.contains("1 no longer count"), "{told:?}");
    let exported = |archive: &str| desk.done(&["archive", "export", "--archive", archive]);
    assert!(exported("joined") == exported("built"));
    let part = desk.done(&["facts", "sources/0003.md", "sources/0001.md"]);
    let known = lines(&made.out);
    assert!(
        part.lines().count() == 2
            && part.lines().all(|line| known.contains(line))
            && part.lines().next().expect("is there").contains("0003.md")
    );
}

#[test]
fn every_form_comes_in_by_its_ending() {
    let desk = Desk::new();
    let markdown = filtered(&desk, &["facts", "--input-format", "md", "--name", "quay"], &article(3));
    assert!(markdown.status == 0 && markdown.out.contains(r#""id":"quay.md""#) && markdown.out.contains(r#""file":null"#), "{markdown:?}");
    let rss = "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>The Courier</title><item><guid>urn:quay:1</guid><title>Quay</title>\
               <description>Mayor Ada Quillfeather opened the 12-metre quay in Larsund.</description></item></channel></rss>";
    let feed = filtered(&desk, &["facts", "--input-format", "xml"], rss);
    assert!(feed.status == 0 && feed.out.contains("articles.xml#urn:quay:1"), "{feed:?}");
    let unknown = filtered(&desk, &["facts", "--input-format", "pdf"], "");
    assert_eq!((unknown.status, unknown.err.lines().count()), (2, 1), "{unknown:?}");
}

#[test]
fn facts_that_are_cut_short_or_of_another_version_are_refused_in_one_line() {
    let desk = Desk::new();
    let made = filtered(&desk, &["facts"], &format!("{}\n{}\n", record(1, 1), record(2, 1))).out;
    let refused = |text: &str, why: &str| {
        desk.write("part.jsonl", text);
        let said = desk.run(&["archive", "join", "--archive", "joined", "part.jsonl"]);
        assert!(said.status == 2 && said.err.lines().count() == 1 && said.err.contains(why), "{said:?}");
        assert!(!desk.path("joined/CURRENT").exists());
    };
    refused(&made[..made.len() - 1], "part.jsonl: line 2 is cut short");
    refused(&made[..made.len() / 3], "part.jsonl: line 1 is cut short");
    refused(&made.replace(r#""form":1,"#, r#""form":9,"#), "line 1 is of another version (form 9 of copydesk");
    refused("{}\n", "line 1 is no line of facts");
    refused(&made.replacen(r#""sentences":["#, r#""sentences":[],"was":["#, 1), "line 1 is no line of facts: a sentence is missing");
}

#[test]
fn collections_of_two_names_are_two_though_their_numbers_are_the_same() {
    let desk = Desk::new();
    for name in ["courier", "wire"] {
        let made = filtered(&desk, &["facts", "--name", name], &format!("{}\n", record(1, 1)));
        desk.write(&format!("{name}.jsonl"), &made.out);
    }
    let joined = desk.done(&["archive", "join", "courier.jsonl", "wire.jsonl", "--archive", "joined"]);
    assert!(joined.contains("2 sources"), "{joined}");
}

#[test]
fn a_join_of_nothing_takes_nothing_away_and_no_device_is_put_away() {
    let desk = Desk::new();
    let made = filtered(&desk, &["facts"], &format!("{}\n", record(1, 1)));
    desk.write("facts.jsonl", &made.out);
    desk.write("empty.jsonl", "");
    desk.done(&["archive", "join", "facts.jsonl", "--archive", "joined"]);
    let refused = desk.run(&["archive", "join", "empty.jsonl", "--archive", "joined"]);
    assert_eq!((refused.status, &*refused.err), (2, "copydesk: empty.jsonl: has nothing to join, and neither has any other\n"));
    desk.done(&["archive", "verify", "--archive", "joined"]);
    std::fs::create_dir(desk.path("folder")).expect("can be made");
    let refused = filtered(&desk, &["facts", "--rejected", "folder"], "{}\n");
    assert_eq!((refused.status, &*refused.err), (2, "copydesk: folder: is there, and is no plain file\n"));
}
