//! What hovering shows of people, titles and places.

use std::sync::Arc;

use copydesk::corpus::{MemoryCorpus, Source, SourceHeader};
use copydesk::document::Document;
use copydesk::markup::Format;
use copydesk::stylebook::{Desk, Stylebook};

use super::client::{Client, DRAFT, abilities, at, options};

async fn hovered(sources: &[(&str, &str, &str)], draft: &str, line: u32, character: u32) -> String {
    hovered_at_desk("", sources, draft, line, character).await
}

/// At a desk that has this stylebook.
async fn hovered_at_desk(book: &str, sources: &[(&str, &str, &str)], draft: &str, line: u32, character: u32) -> String {
    let sources = sources.iter().map(|&(outlet, published, text)| {
        let header = SourceHeader {
            id: format!("{published}.md"),
            outlet: Some(outlet.into()),
            published: published.parse().ok(),
            ..SourceHeader::default()
        };
        Source::read(header, Document::parse(text.into(), Format::Markdown))
    });
    let (book, faults) = Stylebook::parse(book, "stylebook.toml", None);
    assert_eq!(faults, []);
    let corpus = Arc::new(Desk::new(Arc::new(MemoryCorpus::new(sources)), book, false));
    let mut client = Client::with(options(corpus), abilities()).await;
    client.open(DRAFT, draft).await;
    let hover = client.request("textDocument/hover", at(DRAFT, line, character)).await;
    assert_eq!(client.finish().await, 0);
    hover["contents"]["value"].as_str().unwrap_or_default().to_owned()
}

const SOURCES: &[(&str, &str, &str)] = &[
    ("The Courier", "2024-03-05", "Norwegian Transport Minister Karen Lundtoft opened the line from Nairobi.\n"),
    ("The Courier", "2024-03-09", "Norwegian Transport Minister Karen Lundtoft spoke.\n"),
    ("Evening Dispatch", "2024-03-07", "Karin Lundtoft, the head of the Delta Water Board, spoke.\n"),
];

#[tokio::test]
async fn a_person_has_titles_with_their_days_and_spellings_with_their_outlets() {
    let shown = hovered(SOURCES, "Karen Lundtoft spoke.\n", 0, 3).await;
    assert!(shown.contains("5 March 2024 to 9 March 2024"), "{shown}");
    assert!(shown.contains("- Norwegian Transport Minister (said from 5 March 2024 to 9 March 2024): "), "{shown}");
    assert!(shown.contains("Karen Lundtoft (2 sources: The Courier 2)"), "{shown}");
}

#[tokio::test]
async fn a_title_says_how_it_is_held_and_what_the_sources_call_its_holder() {
    let shown = hovered(SOURCES, "The former transport minister Karen Lundtoft spoke.\n", 0, 15).await;
    assert!(shown.starts_with("**former transport minister**"), "{shown}");
    assert!(shown.contains("The sources call Karen Lundtoft"), "{shown}");
    assert!(shown.contains("(said from 5 March 2024 to 9 March 2024)"), "{shown}");
}

#[tokio::test]
async fn a_place_has_what_contains_it_and_its_other_names() {
    let known = hovered(SOURCES, "It rained in Nairobi.\n", 0, 15).await;
    assert!(known.contains("\nIn Kenya\n"), "{known}");
    let unknown = hovered(SOURCES, "It rained in Bombay.\n", 0, 15).await;
    assert!(unknown.contains("India") && unknown.contains("Also Mumbai"), "{unknown}");
    assert!(unknown.contains("None of 3 sources is known to have this name."), "{unknown}");
}

const OFFICES: &[(&str, &str, &str)] = &[
    (
        "The Courier",
        "2023-02-01",
        "Ingrid Vasshaug, the Labour MP for Holmsund East, visited Kvarnby, in western Kenya.\n\n\
         US Secretary of Trade Peter Oddmark spoke. The Fjord Safety Board (FSB) met.\n",
    ),
    ("Evening Dispatch", "2024-03-05", "The US Secretary of Trade, Peter Oddmark, spoke. Secretary of Trade Peter Oddmark left.\n"),
    ("Gazette", "2024-06-10", "Former US Secretary of Trade Peter Oddmark spoke. Anna Oddmark, the mayor of Kvarnby, left.\n"),
];

#[tokio::test]
async fn a_title_in_several_wordings_is_told_once_and_a_former_one_apart() {
    let shown = hovered(OFFICES, "Peter Oddmark spoke.\n", 0, 3).await;
    let titles = shown.lines().filter(|line| line.starts_with("- ") && line.contains("Secretary of Trade"));
    assert_eq!(titles.count(), 2, "{shown}");
    assert!(shown.contains("- US Secretary of Trade (said from 1 February 2023 to 5 March 2024): "), "{shown}");
    assert!(shown.contains("- Former US Secretary of Trade: Gazette"), "{shown}");
    assert!(shown.contains("Others of the name: Anna Oddmark, mayor of Kvarnby"), "{shown}");
}

#[tokio::test]
async fn party_seat_abbreviation_and_place_are_told_with_who_says_so() {
    let shown = hovered(OFFICES, "Ingrid Vasshaug spoke.\n", 0, 3).await;
    assert!(shown.contains("- Party: Labour Party: The Courier") && shown.contains("- Seat: Holmsund East: The Courier"), "{shown}");
    let shown = hovered(OFFICES, "The Fjord Safety Board spoke.\n", 0, 8).await;
    assert!(shown.contains("- FSB stands for Fjord Safety Board: The Courier"), "{shown}");
    let shown = hovered(OFFICES, "It rained in Kvarnby.\n", 0, 15).await;
    assert!(shown.contains("- Placed: western Kenya: The Courier"), "{shown}");
    let shown = hovered(OFFICES, "It rained in Istanbul and in Nicosia.\n", 0, 15).await;
    assert!(shown.contains("In Turkey"), "a country's claim abroad is no doubt about its own land: {shown}");
    let shown = hovered(OFFICES, "It rained in Istanbul and in Nicosia.\n", 0, 32).await;
    assert!(!shown.contains("In "), "{shown}");
}

#[tokio::test]
async fn a_name_that_no_source_has_shows_the_nearest_one() {
    let shown = hovered(SOURCES, "Karen Lundtuft spoke.\n", 0, 3).await;
    assert!(shown.contains("Nearest: **Karen Lundtoft**"), "{shown}");
}

const LOANS: &[(&str, &str, &str)] = &[
    ("The Courier", "2024-03-05", "The harbour of Larsund will be dredged for 12 kilometres.\n"),
    ("Evening Dispatch", "2024-03-07", "The harbour of Larsund will be dredged for 15 kilometres.\n"),
];

#[tokio::test]
async fn a_figure_has_other_units_and_who_agrees_and_who_does_not() {
    let shown = hovered(LOANS, "The harbour of Larsund will be dredged for 12 kilometres.\n", 0, 45).await;
    assert!(shown.contains("about 7.5 miles"), "{shown}");
    let (agree, differ) = shown.split_once("Sources that give another value").expect("both are there");
    assert!(agree.contains("Sources that agree") && agree.contains("Courier") && !agree.contains("Dispatch"), "{shown}");
    assert!(differ.contains("Dispatch") && !differ.contains("Courier"), "{shown}");
}

const SETTLED: &str = "[[figure]]\nof = \"dredging of the harbour of Larsund\"\nvalue = \"14 kilometres\"\nas-of = 2024-03-06\n\n\
                       [[figure]]\nof = \"dredging of the harbour of Larsund\"\nvalue = \"13 kilometres\"\nas-of = 2024-02-06\n";

#[tokio::test]
async fn a_figure_has_what_the_desk_has_settled_of_it() {
    let draft = |value: &str, day: &str| format!("---\ndate: {day}\n---\n\nThe dredging of the harbour of Larsund is {value} long.\n");
    let agrees = hovered_at_desk(SETTLED, LOANS, &draft("14 kilometres", "2024-03-07"), 4, 43).await;
    assert!(agrees.contains("Settled by the desk as of 6 March 2024: **14 kilometres** — "), "{agrees}");
    assert!(!agrees.contains("13 kilometres"), "{agrees}");
    let differs = hovered_at_desk(SETTLED, LOANS, &draft("15 kilometres", "2024-03-07"), 4, 43).await;
    assert!(differs.contains("The desk has settled another value as of 6 March 2024: **14 kilometres** — "), "{differs}");
    let before = hovered_at_desk(SETTLED, LOANS, &draft("15 kilometres", "2024-02-07"), 4, 43).await;
    assert!(before.contains("another value as of 6 February 2024: **13 kilometres** — "), "{before}");
    let other = hovered_at_desk(SETTLED, LOANS, "The road to Larsund is 14 kilometres long.\n", 0, 25).await;
    assert!(!other.contains("ettled"), "{other}");
}

#[tokio::test]
async fn a_figure_says_in_words_what_it_is_of() {
    for (draft, character, words) in [
        ("The annual rate of inflation was 3.4 per cent in March 2026.\n", 34, "of annual rate of inflation, March 2026"),
        ("The works at Larsund make 1,000 carts a week.\n", 28, "of carts, a week"),
        ("Inflation in Larsund slowed to 3.4 per cent in March from 3.6 in May.\n", 32, "of Inflation in Larsund"),
        ("The number of homes without power is now 900.\n", 42, "of homes"),
    ] {
        let shown = hovered(LOANS, draft, 0, character).await;
        assert!(shown.lines().any(|line| line == words), "{draft} {shown}");
    }
}

#[tokio::test]
async fn a_weekday_has_the_days_it_may_mean() {
    let draft = "---\ndate: 2024-03-07\n---\n\nIt rained on Tuesday.\n";
    let shown = hovered(LOANS, draft, 4, 15).await;
    assert!(shown.contains("the last Tuesday is 5 March 2024, the next 12 March 2024"), "{shown}");
    let month = hovered(LOANS, "---\ndate: 2024-03-07\n---\n\nIt rained on 5 March 2024.\n", 4, 15).await;
    assert!(month.contains("Tuesday, 5 March 2024"), "{month}");
}

#[tokio::test]
async fn what_is_nobodys_title_and_what_looks_like_a_name_in_a_figure_say_nothing() {
    assert_eq!(hovered(SOURCES, "Norwegian skippers and pensioners met in Nairobi.\n", 0, 12).await, "");
    let shown = hovered(SOURCES, "The line cost EUR 90bn, Karen Lundtoft said.\n", 0, 15).await;
    assert!(shown.starts_with("**EUR 90bn**"), "{shown}");
}

const TOLLS: &[(&str, &str, &str)] = &[
    (
        "The Courier",
        "2024-03-05",
        "A fire at the Brightwell mill in Lahore killed 12 people, Salman Tirmazi said. It burnt for three days.\n",
    ),
    ("Evening Dispatch", "2021-03-07", "A fire at a mill in Brevik killed 640 people, Petra Zielonka said.\n"),
];

#[tokio::test]
async fn another_value_is_one_that_a_report_of_the_event_gives() {
    let draft = "---\ndate: 2024-03-06\n---\n\nThe fire at the Brightwell mill in Lahore killed 14 people, Salman Tirmazi said.\n";
    let shown = hovered(TOLLS, draft, 4, 50).await;
    assert!(shown.contains("- **12** — "), "{shown}");
    assert!(!shown.contains("640"), "{shown}");
}
