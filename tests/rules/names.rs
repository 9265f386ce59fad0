//! What must hold for any names: one that the sources have is never misspelled, a slip of one is, and the order of the
//! sources is of no account.

use copydesk::finding::Finding;
use proptest::prelude::*;

use crate::example::Example;

const GIVEN: &[&str] = &["Olga", "Peter", "Marina", "Daniel", "Helen", "Victor"];
const FIRST: &[&str] = &["Brun", "Karst", "Lind", "Morv", "Sold", "Tarn", "Velk", "Wist"];
const LAST: &[&str] = &["averholt", "igsund", "obrekke", "umvalla", "elstrup", "atornik"];

fn name() -> impl Strategy<Value = String> {
    (0..GIVEN.len(), 0..FIRST.len(), 0..LAST.len())
        .prop_map(|(given, first, last)| format!("{} {}{}", GIVEN[given], FIRST[first], LAST[last]))
}

/// One source for each set of names; the later ones younger.
fn example(sources: &[Vec<String>], draft: &str) -> Example {
    let mut example = Example { draft_name: "draft.md".to_owned(), draft: draft.to_owned(), ..Example::default() };
    for (day, names) in sources.iter().enumerate() {
        let sentences: Vec<String> = names.iter().map(|name| format!("{name} spoke to the council about the quay.")).collect();
        example.add_source(&format!("corpus/{day}.md"), &format!("outlet=Courier published=2024-03-0{}", day + 1), sentences.join("\n\n"));
    }
    example
}

fn told(findings: &[Finding]) -> Vec<String> {
    findings.iter().map(|finding| format!("{} {:?} {} {:?}", finding.rule.name, finding.span, finding.message, finding.fixes)).collect()
}

/// The surname with two letters in its middle swapped.
fn with_slip(name: &str) -> String {
    let mut letters: Vec<char> = name.chars().collect();
    let at = letters.len() - 4;
    letters.swap(at, at - 1);
    letters.into_iter().collect()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(64) })]

    #[test]
    fn a_name_that_the_sources_have_is_never_misspelled(
        sources in proptest::collection::vec(proptest::collection::vec(name(), 1..4), 1..5),
        chosen in any::<prop::sample::Index>(),
    ) {
        let all: Vec<&String> = sources.iter().flatten().collect();
        let name = chosen.get(&all);
        let found = example(&sources, &format!("The council heard {name} on Friday.")).findings();
        prop_assert!(found.iter().all(|finding| finding.rule.name != "name-misspelled"), "{:?}", told(&found));
    }

    #[test]
    fn a_slip_of_the_only_name_is_found_and_mended(name in name(), sources in 1_usize..4) {
        let slip = with_slip(&name);
        prop_assume!(slip != name);
        let example = example(&vec![vec![name.clone()]; sources], &format!("The council heard {slip} on Friday."));
        let found = example.findings();
        let fixed = found.iter().find(|finding| finding.rule.name == "name-misspelled").and_then(|finding| finding.fixes.first());
        prop_assert!(fixed.is_some(), "{slip}: {:?}", told(&found));
        let mended = copydesk::text::apply(&example.draft, &fixed.map(|fix| fix.edits.clone()).unwrap_or_default());
        prop_assert!(mended.contains(&name), "{mended}");
    }

    #[test]
    fn the_order_of_the_sources_is_of_no_account(
        sources in proptest::collection::vec(proptest::collection::vec(name(), 1..4), 2..5),
        draft in proptest::collection::vec((name(), any::<bool>()), 1..4),
    ) {
        let sentences: Vec<String> =
            draft.iter().map(|(name, slip)| format!("{} told the council.", if *slip { with_slip(name) } else { name.clone() })).collect();
        let one = example(&sources, &sentences.join("\n\n"));
        let mut other = one.clone();
        other.sources.reverse();
        prop_assert_eq!(told(&one.findings()), told(&other.findings()));
    }
}
