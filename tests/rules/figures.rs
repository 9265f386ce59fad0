//! What must hold for any figure or date: how its value is written makes no finding, and the order of the sources is of no account.

use copydesk::finding::Finding;
use proptest::prelude::*;

use crate::example::Example;

/// Ways to write one value of one thing.
const SAME_VALUES: &[&[&str]] = &[
    &["killed eight people", "killed 8 people"],
    &["covers 700 sq km", "covers 270.3 square miles", "covers about 700 square kilometres"],
    &["costs €90bn", "costs 90 billion euros", "costs nearly €90 billion"],
    &["opened on 3 December", "opened on Dec. 3", "opened on December 3rd", "opened in December"],
    &["rose by 12%", "rose by 12 percent", "rose by twelve per cent"],
    &["took two hours", "took 120 minutes"],
];

fn draft_on(sources: &[&str], draft: &str) -> Vec<Finding> {
    let mut example = Example { draft_name: "draft.md".to_owned(), draft: sentence(draft), ..Example::default() };
    for (index, words) in sources.iter().enumerate() {
        let attributes = format!("outlet=\"Outlet {index}\" published=2024-12-0{}", index + 1);
        example.add_source(&format!("{index}.md"), &attributes, sentence(words));
    }
    example.findings()
}

fn sentence(words: &str) -> String {
    format!("The flood barrier at Larsund {words}, harbour director Siv Aasland said.\n")
}

fn messages(findings: &[Finding]) -> Vec<String> {
    findings.iter().map(|finding| finding.message.clone()).collect()
}

#[test]
fn a_value_written_another_way_makes_no_finding() {
    for values in SAME_VALUES {
        for source in *values {
            for draft in *values {
                assert_eq!(messages(&draft_on(&[source], draft)), Vec::<String>::new(), "{source} | {draft}");
            }
        }
    }
}

#[test]
fn another_value_in_the_same_words_makes_one() {
    for (source, draft) in [("killed eight people", "killed nine people"), ("opened in March 2021", "opened in March 2012")] {
        assert_eq!(draft_on(&[source], draft).len(), 1, "{source} | {draft}");
    }
}

#[test]
fn a_figure_is_found_among_thousands_like_it() {
    const FIRST: &[&str] = &["Brun", "Karst", "Lind", "Morv", "Sold", "Tarn", "Velk", "Wist", "Dorn", "Hask", "Jolm", "Pesk"];
    const LAST: &[&str] = &["averholt", "igsund", "obrekke", "umvalla", "elstrup", "atornik", "ifjord", "enmark", "usdal", "oviken"];
    const WORKS: &str = "cannery foundry brewery tannery sawmill dairy quarry refinery shipyard bakery printworks ropewalk glassworks \
                         smelter brickyard distillery laundry mint mill pottery";
    let towns = FIRST.iter().flat_map(|first| LAST.iter().map(move |last| format!("{first}{last}")));
    let mut example = Example { draft_name: "draft.md".to_owned(), ..Example::default() };
    for (index, town) in towns.enumerate() {
        let report =
            |works: &str| format!("The {works} at {town} employed {} people last spring, the town council said.\n\n", 100 + 7 * index);
        let text: String = WORKS.split(' ').map(report).collect();
        example.add_source(&format!("{index}.md"), &format!("outlet=\"Outlet {index}\" published=2024-12-01"), text);
    }
    let on = |figure: &str| Example {
        draft: format!("The foundry at Velkusdal employed {figure} people last spring, the town council said.\n"),
        ..example.clone()
    };
    assert_eq!(messages(&on("576").findings()), Vec::<String>::new());
    let found = on("675").findings();
    assert_eq!(found.len(), 1, "{:?}", messages(&found));
    assert!(found[0].message.contains("576"), "{}", found[0].message);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn the_order_of_the_sources_is_of_no_account(values in proptest::collection::vec(2u32..40, 1..5), draft in 2u32..40, turn in 0usize..5) {
        let example = |turn: usize| {
            let mut example = Example {
                draft_name: "draft.md".to_owned(),
                draft: sentence(&format!("killed {draft} people")),
                ..Example::default()
            };
            for at in 0..values.len() {
                let index = (at + turn) % values.len();
                example.add_source(&format!("{index}.md"), "published=2024-12-01", sentence(&format!("killed {} people", values[index])));
            }
            example.findings()
        };
        prop_assert_eq!(messages(&example(0)), messages(&example(turn)));
    }
}
