//! Answers to what an editor asks, on drafts with few words.

use serde_json::json;

use super::client::{Client, DRAFT};

#[tokio::test]
async fn a_finding_says_its_rule_and_where_that_is_explained_and_can_be_fixed() {
    let mut client = Client::new().await;
    client.open(DRAFT, "It rained 😀.\n\nx 😀 <!-- stet --> it rained.\n").await;
    let diagnostics = client.diagnostics(DRAFT, 1).await;
    let finding = &diagnostics[0];
    assert_eq!(finding["code"], "stet-unused");
    assert_eq!(finding["source"], "copydesk");
    assert!(finding["codeDescription"]["href"].as_str().is_some_and(|page| page.ends_with("/stet-unused.md")), "{finding}");
    let range = json!({"start": {"line": 2, "character": 7}, "end": {"line": 2, "character": 20}});
    assert_eq!(finding["range"], range);

    let params = json!({"textDocument": {"uri": DRAFT}, "range": range, "context": {"diagnostics": []}});
    let actions = client.request("textDocument/codeAction", params).await;
    let fix = &actions[0];
    assert_eq!((fix["kind"].as_str(), fix["isPreferred"].as_bool()), (Some("quickfix"), Some(true)));
    let change = &fix["edit"]["documentChanges"][0];
    assert_eq!(change["textDocument"], json!({"uri": DRAFT, "version": 1}));
    assert_eq!(change["edits"], json!([{"range": range, "newText": ""}]));

    let only = json!({"diagnostics": [], "only": ["source.fixAll"]});
    let params = json!({"textDocument": {"uri": DRAFT}, "range": range, "context": only});
    let all = client.request("textDocument/codeAction", params).await;
    assert_eq!(all[0]["kind"], "source.fixAll");
    assert_eq!(all.as_array().map(Vec::len), Some(1));
    assert_eq!(client.finish().await, 0);
}

#[tokio::test]
async fn the_outline_has_the_headings_in_both_shapes() {
    let mut client = Client::new().await;
    client.open(DRAFT, "# Rain\n\nIt rained.\n\n## More of it\n\nOn it went.\n").await;
    let outline = client.request("textDocument/documentSymbol", json!({"textDocument": {"uri": DRAFT}})).await;
    let names: Vec<&str> = outline.as_array().expect("a list").iter().filter_map(|symbol| symbol["name"].as_str()).collect();
    assert_eq!(names, ["Rain", "More of it"]);
    assert_eq!(client.finish().await, 0);
}
