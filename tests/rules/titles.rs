//! What must never change a verdict on a title, whatever the titles are.

use proptest::prelude::*;

use crate::example::Example;

const OFFICES: [&str; 12] = [
    "President",
    "Prime Minister",
    "Foreign Minister",
    "Defence Minister",
    "Senator",
    "Governor",
    "Mayor",
    "Judge",
    "House Speaker",
    "Danish Fisheries Minister",
    "Kenyan President",
    "Sheriff",
];

/// A title, and vaguer ones that it covers.
const VAGUER: [(&str, &[&str]); 6] = [
    ("US special envoy", &["envoy", "US envoy", "special envoy"]),
    ("Danish Foreign Minister", &["Foreign Minister", "minister", "Danish minister"]),
    ("White House press secretary", &["press secretary", "White House spokesman", "spokeswoman"]),
    ("national security adviser", &["adviser", "advisor", "aide"]),
    ("Danish Prime Minister", &["Prime Minister", "Danish leader", "leader"]),
    ("Vermont Sen.", &["Senator", "Sen.", "lawmaker"]),
];

/// Sources that give Ada Quill one title each, and a draft that gives her another.
fn example(titles: &[&str], outlets: &[String], draft: &str) -> Example {
    let mut example = Example { draft_name: "draft.md".to_owned(), ..Example::default() };
    for (number, (title, outlet)) in titles.iter().zip(outlets).enumerate() {
        let text = format!("The bridge is safe, said {title} Ada Quill on Monday. Ships may pass below it.\n");
        example.add_source(
            &format!("2024-03-0{}-bridge.md", number % 9 + 1),
            &format!("outlet=\"{outlet}\" published=2024-03-0{}", number % 9 + 1),
            text,
        );
    }
    example.draft = format!("---\ndate: 2024-03-12\n---\nShips pass below the bridge. It is safe, {draft} Ada Quill said.\n");
    example
}

/// Rule, words and fix of each finding about a title.
fn verdict(example: &Example) -> Vec<(String, u32, Option<String>)> {
    let findings = example.findings().into_iter().filter(|finding| finding.rule.name.starts_with("title-"));
    findings.map(|finding| (finding.rule.name.to_owned(), finding.span.start, finding.fixes.first().map(|fix| fix.title.clone()))).collect()
}

fn offices() -> impl Strategy<Value = Vec<&'static str>> {
    prop::collection::vec(prop::sample::select(&OFFICES[..]), 1..5)
}

fn outlets(count: usize) -> Vec<String> {
    (0..count).map(|number| format!("Outlet {number}")).collect()
}

#[test]
fn of_two_bearers_of_a_surname_nobody_is_meant() {
    let mut example = example(&["Foreign Minister"], &outlets(1), "Ada Quill's friend");
    example.draft = "---\ndate: 2024-03-02\n---\nShips pass below the bridge. Defence Minister Quill built it.\n".to_owned();
    assert_eq!(verdict(&example).len(), 1);
    let text = "The bridge is new, said Finance Minister Jora Quill.\n".to_owned();
    example.add_source("2024-03-02-bridge.md", "outlet=\"The Courier\" published=2024-03-02", text);
    assert_eq!(verdict(&example), []);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn the_order_of_the_sources_is_of_no_account(titles in offices(), draft in prop::sample::select(&OFFICES[..])) {
        let one = example(&titles, &outlets(titles.len()), draft);
        let mut other = one.clone();
        other.sources.reverse();
        prop_assert_eq!(verdict(&one), verdict(&other));
    }

    #[test]
    fn an_unrelated_source_changes_nothing(titles in offices(), draft in prop::sample::select(&OFFICES[..]), also in prop::sample::select(&OFFICES[..])) {
        let one = example(&titles, &outlets(titles.len()), draft);
        let mut other = one.clone();
        other.add_source("2024-03-10-mill.md", "outlet=\"Mill News\" published=2024-03-10", format!("The mill is old, said {also} Omari Kip.\n"));
        prop_assert_eq!(verdict(&one), verdict(&other));
    }

    #[test]
    fn how_an_outlet_is_spelt_changes_nothing(titles in offices(), draft in prop::sample::select(&OFFICES[..])) {
        let one = example(&titles, &outlets(titles.len()), draft);
        let spelt: Vec<String> = outlets(titles.len()).iter().map(|outlet| format!("THE {}", outlet.to_uppercase())).collect();
        let other = example(&titles, &spelt, draft);
        prop_assert_eq!(verdict(&one), verdict(&other));
    }

    #[test]
    fn a_vaguer_title_makes_no_finding(pair in prop::sample::select(&VAGUER[..]), at in 0usize..3, swapped in any::<bool>()) {
        let (title, vaguer) = (pair.0, pair.1[at]);
        let (source, draft) = if swapped { (vaguer, title) } else { (title, vaguer) };
        let made = verdict(&example(&[source], &outlets(1), draft));
        prop_assert!(made.is_empty(), "{draft} against {source}: {made:?}");
    }
}
