//! Words that part: the same told of the women and of the men is two things, and of the women twice is one. And an archive that grows by
//! what tells of something else makes no findings.

use copydesk::finding::Finding;

use crate::example::Example;

/// A sentence with the member of a set at `_` and a value at `#`; two members, and two values.
const TOLD: &[(&str, [&str; 2], [&str; 2])] = &[
    ("Of the _ at the Larsund shipyard # work at night, Siv Aasland of the union said on Monday.", ["women", "men"], ["14%", "23%"]),
    (
        "The _ profit of the Veldmark brewery rose to # last year, Jens Moe told shareholders on Monday.",
        ["gross", "net"],
        ["£412m", "£371m"],
    ),
    (
        "The _ phase of the Larsund tram, from the docks to the market, will cost #, Siv Aasland told the council.",
        ["first", "second"],
        ["£120m", "£340m"],
    ),
    ("Jens Moe, captain of flight _ to Veldmark, turned back with # people on board when smoke was seen.", ["381", "212"], ["97", "164"]),
    (
        "The Veldmark brewery sold # barrels of stout to pubs in Larsund in the _ quarter, Jens Moe said.",
        ["first", "second"],
        ["61,300", "74,900"],
    ),
    ("Rents in Larsund rose _ # last year, the harbour board's Siv Aasland said.", ["by", "to"], ["£140", "£820"]),
    ("The pump at Larsund harbour moves # tonnes of water a _, Jens Moe of the board said.", ["day", "week"], ["1,200", "8,700"]),
    ("Among _ in Larsund # smoke, a survey by Siv Aasland found.", ["pensioners", "teenagers"], ["9%", "21%"]),
    ("The _ price of a flat in Larsund is £#, agent Jens Moe said.", ["average", "median"], ["284,000", "231,000"]),
    ("In _ hospitals of Veldmark county # beds are empty, Siv Aasland said.", ["public", "private"], ["318", "94"]),
    ("Larsund _ has # voters, the returning officer Jens Moe said.", ["East", "West"], ["41,200", "38,900"]),
    ("The _ climate summit in Larsund drew # delegates, Siv Aasland said.", ["COP29", "COP30"], ["67,000", "56,000"]),
    ("The Larsund yard's _ of £# last year was larger than its head Jens Moe had feared.", ["loss", "revenue"], ["14.6m", "91.2m"]),
    ("The ferry's _ captain, Jens Moe of Larsund, earned # a year.", ["former", "current"], ["£61,000", "£74,000"]),
    (
        "The union asked the _ of the Larsund shipyard. Of those who answered # work at night, Siv Aasland said.",
        ["women", "men"],
        ["14%", "23%"],
    ),
];

fn told(sentence: &str, member: &str, value: &str) -> String {
    sentence.replace('_', member).replace('#', value) + "\n"
}

/// The findings on figures and dates in a draft, by the words that they point at.
fn found(sources: &[String], draft: &str) -> Vec<String> {
    let mut example =
        Example { draft_name: "draft.md".to_owned(), draft: format!("---\ndate: 2024-05-08\n---\n{draft}"), ..Example::default() };
    for (index, text) in sources.iter().enumerate() {
        example.add_source(&format!("{index}.md"), &format!("outlet=\"Outlet {index}\" published=2024-05-06"), text.clone());
    }
    let is_of_value = |finding: &&Finding| ["figure-", "date-"].iter().any(|family| finding.rule.name.starts_with(family));
    example.findings().iter().filter(is_of_value).map(|finding| finding.message.clone()).collect()
}

#[test]
fn a_member_is_held_to_its_own_value_alone() {
    for &(sentence, members, values) in TOLD {
        for (own, other) in [(0, 1), (1, 0)] {
            let source = [told(sentence, members[own], values[own])];
            let counterpart = told(sentence, members[other], values[other]);
            assert_eq!(found(&source, &counterpart), [""; 0], "{counterpart}");
            let wrong = told(sentence, members[own], values[other]);
            assert_eq!(found(&source, &wrong).len(), 1, "{wrong}");
        }
    }
}

#[test]
fn sources_about_something_else_make_no_findings() {
    let unrelated: Vec<String> = (0..100)
        .map(|number| {
            let (count, share) = (4100 + 37 * number, 11 + number % 60);
            format!(
                "The parish of Ostvik {number} has {count} voters, of whom {share}% voted in a quarter of an hour, Greta Hjorth wrote.\n"
            )
        })
        .collect();
    for &(sentence, members, values) in TOLD {
        let right = told(sentence, members[0], values[0]);
        let source = told(sentence, members[0], values[0]);
        let among: Vec<String> = unrelated.iter().cloned().chain([source]).collect();
        for sources in [&unrelated[..1], &unrelated[..], &among[..]] {
            assert_eq!(found(sources, &right), [""; 0], "{} sources: {right}", sources.len());
        }
    }
}
