//! What must hold for any figure or date: how its value is written makes no finding, and the order of the sources is of no account.

use copydesk::finding::Finding;
use copydesk::gazetteer::units::FigureTables;
use copydesk::reader::write_like;
use proptest::prelude::*;
use rust_decimal::Decimal;

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

/// What the draft is told when it says the one and its only source the other, either way round.
fn between(one: &str, other: &str) -> Vec<String> {
    [draft_on(&[one], other), draft_on(&[other], one)].iter().flat_map(|findings| messages(findings)).collect()
}

/// Units in which one measure is given, and what is said of it: "covers 701 square kilometres".
const UNITS: &[(&str, [&str; 2], [&str; 2])] = &[
    ("covers", ["square kilometre", "square mile"], ["sq km", "sq miles"]),
    ("covers", ["hectare", "acre"], ["hectares", "acres"]),
    ("runs for", ["kilometre", "mile"], ["km", "miles"]),
    ("rises", ["metre", "foot"], ["metres", "feet"]),
    ("lifted", ["kilogram", "pound"], ["kg", "lb"]),
    ("moved at", ["kilometre per hour", "mile per hour"], ["km/h", "mph"]),
    ("kept water at", ["degree Celsius", "degree Fahrenheit"], ["°C", "°F"]),
];

/// `value` of the first unit in the second, with one decimal.
fn converted(value: Decimal, units: [&str; 2]) -> Decimal {
    let [from, into] = units.map(|name| FigureTables::get().unit(name).expect("a unit of the table"));
    from.to_canonical(value).and_then(|canonical| into.of_canonical(canonical)).expect("small enough").round_dp(1)
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
    fn any_value_written_another_way_makes_no_finding(small in 2i64..=20, tenths in 20i64..9_999, day in 1i64..=28) {
        let words = write_like("nine", Decimal::from(small)).expect("a small number");
        prop_assert_eq!(between(&format!("killed {small} people"), &format!("killed {words} people")), Vec::<String>::new());
        let amount = Decimal::new(tenths, 1);
        let costs = [format!("costs €{amount}bn"), format!("costs {amount} billion euros"), format!("costs EUR {amount} billion")];
        let opened = [format!("opened on {day} December"), format!("opened on Dec {day}"), format!("opened on December {day}")];
        for ways in [costs, opened] {
            for (index, one) in ways.iter().enumerate() {
                for other in &ways[index + 1..] {
                    prop_assert_eq!(between(one, other), Vec::<String>::new(), "{} | {}", one, other);
                }
            }
        }
    }

    #[test]
    fn a_measure_converted_there_and_back_makes_no_finding(tenths in 200i64..9_999, unit: proptest::sample::Index) {
        let &(says, [from, into], [first, second]) = unit.get(UNITS);
        let there = Decimal::new(tenths, 1);
        let away = converted(there, [from, into]);
        let back = converted(away, [into, from]);
        let [there, away, back] = [format!("{there} {first}"), format!("{away} {second}"), format!("{back} {first}")];
        for (one, other) in [(&there, &away), (&away, &back)] {
            prop_assert_eq!(between(&format!("{says} {one}"), &format!("{says} {other}")), Vec::<String>::new(), "{} | {}", one, other);
            let pair = format!("{says} {one} ({other})");
            prop_assert_eq!(messages(&draft_on(&[], &pair)), Vec::<String>::new(), "{}", pair);
        }
    }

    #[test]
    fn a_measure_converted_wrongly_makes_one(tenths in 200i64..9_999, unit: proptest::sample::Index) {
        let &(says, units, [first, second]) = unit.get(UNITS);
        let value = Decimal::new(tenths, 1);
        let wrong = (converted(value, units) * Decimal::new(15, 1)).round_dp(1);
        let pair = format!("{says} {value} {first} ({wrong} {second})");
        let rules: Vec<&str> = draft_on(&[], &pair).iter().map(|finding| finding.rule.name).collect();
        prop_assert_eq!(rules, ["figure-conversion"], "{}", pair);
    }

    #[test]
    fn raising_precision_turns_no_agreement_into_a_finding(digits in 1_000_000i64..9_999_999, coarse in 0u32..3, fine in 0u32..3) {
        let (coarse, fine) = (coarse.min(fine), coarse.max(fine));
        let exact = Decimal::new(digits, 3);
        for (before, behind) in [("runs for ", " km"), ("costs €", "bn"), ("rose by ", "%")] {
            let rounded = |places: u32| format!("{before}{}{behind}", exact.round_dp(places));
            prop_assert_eq!(between(&rounded(coarse), &rounded(fine)), Vec::<String>::new());
        }
        // Thousands and hundreds.
        let step = 10i64.pow(3 - coarse);
        let rounded = format!("cost {} jobs", (digits + step / 2) / step * step);
        prop_assert_eq!(between(&rounded, &format!("cost {digits} jobs")), Vec::<String>::new());
    }

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

/// Numbers of any size beside units, hedges and the words that make sums, shares and conversions of them.
const ROW: &str = "((one|two|ninety|hundred|million|trillion|[0-9]{1,28}|0\\.0{0,26}1|-[0-9]{1,28}|[0-9]{1,9}/[0-9]{1,4}|half|a third|two-thirds)\
    ( of the| out of|-|–| to| %| per cent| km| miles| sq miles| °C| °F| kg| lb| years| centuries ago| people| votes: | \\$|) ?\
    (\\(|\\)|, or |/|, | and |, about |from | from | to |aged |in 19[0-9]{2}|\\. |)){1,24}";

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn no_row_of_numbers_makes_a_check_panic(row in ROW, source in ROW) {
        let mut example = Example { draft_name: "draft.md".to_owned(), draft: format!("The barrier has {row}.\n"), ..Example::default() };
        example.add_source("0.md", "published=2024-12-01", format!("The barrier has {source}.\n"));
        example.add_source("1.md", "published=2024-12-02", example.draft.clone());
        example.findings();
    }
}
