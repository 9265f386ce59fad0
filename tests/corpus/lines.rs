//! Facts as lines: they read back as what they were, and whatever else comes in a line does no harm.

use copydesk::corpus::{Facts, MemoryCorpus};
use proptest::prelude::*;

use crate::contract::{Answers, questions};
use crate::made_up::article;

#[test]
fn a_line_reads_back_as_what_it_was_made_of() {
    for id in 0..60 {
        let facts = article(id, 0);
        let line = facts.to_line().expect("is text");
        assert!(!line.contains('\n'));
        assert_eq!(Facts::of_line(&line).expect("as written"), facts);
    }
}

#[test]
fn a_name_with_more_titles_than_there_are_facts_is_refused() {
    let line = (0..40).map(|id| article(id, 0).to_line().expect("is text")).find(|line| line.contains(r#""titles":1"#)).expect("has one");
    let error =
        Facts::of_line(&line.replace(r#""titles":1"#, r#""titles":4294967295"#)).expect_err("would ask for four thousand million rows");
    assert_eq!(error.to_string(), "is no line of facts: a title is missing");
}

/// What is put in the place of some of a line.
const PUT: [&str; 12] = ["", "0", "-1", "4294967295", "18446744073709551615", "1e400", "null", "[]", "{}", "\"\"", "\"é\"", "}"];

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_line_that_was_tampered_with_is_refused_or_does_no_harm(id in 0_usize..40, changes in prop::collection::vec((any::<prop::sample::Index>(), 0..PUT.len()), 1..4)) {
        let mut line = article(id, 0).to_line().expect("is text");
        for (at, put) in changes {
            // A number or a word in whole: anything else is hardly ever JSON again.
            let values: Vec<(usize, &str)> = line.match_indices(|c: char| c.is_ascii_digit()).collect();
            let Some(&(start, _)) = values.get(at.index(values.len().max(1))) else { continue };
            let start = line[..start].trim_end_matches(|c: char| c.is_ascii_digit()).len();
            let end = line[start..].find(|c: char| !c.is_ascii_digit()).map_or(line.len(), |length| start + length);
            line.replace_range(start..end, PUT[put]);
        }
        if let Ok(facts) = Facts::of_line(&line) {
            let corpus: MemoryCorpus = (0..20).map(|other| article(other, 1)).chain([facts]).collect();
            let _ = Answers::of(&corpus, &questions());
        }
    }
}
