//! The server's text is the editor's text, whatever changes came and however fast.

use serde_json::{Value, json};

use super::client::{Client, DRAFT, abilities, corpus_of, options, position};
use super::dice::Dice;

const BITS: &[&str] = &[
    "a",
    "It rained. ",
    "\n",
    "\r\n",
    "\n\n",
    "<!-- stet -->\n\n",
    "<!-- stet: stet-unused -->",
    "😀",
    "e\u{301}",
    "\u{2028}",
    "“",
    "**",
    "# ",
    "> ",
    "3 May 2024",
    "[stet]",
    "| ",
    "- ",
    "\r",
];

/// The place of a byte in `text`, counted as the editor counts.
fn place(text: &str, offset: usize, utf8: bool) -> Value {
    let lines = copydesk::text::LineIndex::new(text);
    let place = lines.position(text, offset as u32);
    position(place.line, if utf8 { place.utf8 } else { place.utf16 })
}

/// One random change; makes it in `text` and returns it as the protocol has it.
fn random_change(dice: &mut Dice, text: &mut String, utf8: bool) -> Value {
    let boundaries: Vec<usize> = text
        .char_indices()
        .map(|(at, _)| at)
        .chain([text.len()])
        // Between CR and LF no position points.
        .filter(|&at| !(text[..at].ends_with('\r') && text[at..].starts_with('\n')))
        .collect();
    let from = dice.roll(boundaries.len());
    let to = (from + dice.roll(6)).min(boundaries.len() - 1);
    let (start, end) = (boundaries[from], boundaries[to]);
    let new: String = (0..dice.roll(3)).map(|_| BITS[dice.roll(BITS.len())]).collect();
    let change = json!({"range": {"start": place(text, start, utf8), "end": place(text, end, utf8)}, "text": new});
    text.replace_range(start..end, &new);
    change
}

async fn five_hundred_edits(utf8: bool, seed: u64) {
    let mut abilities = abilities();
    if !utf8 {
        abilities["general"] = json!({"positionEncodings": ["utf-16"]});
    }
    let mut client = Client::with(options(corpus_of("")), abilities).await;
    let mut dice = Dice(seed);
    let mut text = "# Rain\n\n<!-- stet -->\n\nIt rained.\r\n\r\nOn 😀 it did.\n".to_owned();
    client.open(DRAFT, &text).await;
    let mut version = 1;
    for _ in 0..250 {
        version += 1;
        let first = random_change(&mut dice, &mut text, utf8);
        // Two changes to a notification: the second is made in what the first left.
        let second = random_change(&mut dice, &mut text, utf8);
        client.change(DRAFT, version, json!([first, second])).await;
    }
    let incremental = client.diagnostics(DRAFT, version).await;
    let fresh = "file:///desk/fresh.md";
    client.open(fresh, &text).await;
    let whole = client.diagnostics(fresh, 1).await;
    assert_eq!(incremental, whole, "seed {seed}");
    for method in ["textDocument/documentSymbol"] {
        let edited = client.request(method, json!({"textDocument": {"uri": DRAFT}})).await;
        let opened = client.request(method, json!({"textDocument": {"uri": fresh}})).await;
        assert_eq!(edited, opened, "seed {seed}");
    }
    assert_eq!(client.finish().await, 0);
}

#[tokio::test]
async fn five_hundred_edits_come_to_the_same_as_a_fresh_open() {
    for seed in 1..4 {
        five_hundred_edits(true, seed).await;
        five_hundred_edits(false, seed + 100).await;
    }
}

#[tokio::test]
async fn only_the_last_version_counts_after_a_burst_and_older_ones_are_left_out() {
    let mut client = Client::new().await;
    client.open(DRAFT, "It rained.\n").await;
    client.diagnostics(DRAFT, 1).await;
    for version in 2_i32..202 {
        client
            .change(
                DRAFT,
                version,
                json!([{"text": format!("{}\n\nIt rained.\n", "<!-- stet -->\n\n".repeat(version.unsigned_abs() as usize % 3))}]),
            )
            .await;
    }
    client.change(DRAFT, 150, json!([{"text": "late"}])).await;
    assert_eq!(client.diagnostics(DRAFT, 201).await.len(), 201 % 3);
    let stop = json!({"textDocument": {"uri": DRAFT}});
    client.notify("textDocument/didClose", stop).await;
    let cleared = client
        .wait_for(|message| message["method"] == "textDocument/publishDiagnostics" && message["params"].get("version").is_none())
        .await;
    assert_eq!(cleared["params"]["diagnostics"], json!([]));
    assert_eq!(client.finish().await, 0);
}
