//! Nothing an editor does makes the server stop, fall behind or lose a draft.

use serde_json::json;

use super::client::{Client, DRAFT, at};

#[tokio::test]
async fn ten_thousand_changes_without_a_pause_end_in_the_last_text() {
    let mut client = Client::new().await;
    client.open(DRAFT, "It rained.\n").await;
    let start = json!({"line": 0, "character": 0});
    let mut version = 1;
    for change in 0..10_000 {
        version += 1;
        let text = if change % 1_000 == 999 { "<!-- stet -->\n\n" } else { "a" };
        client.change(DRAFT, version, json!([{"range": {"start": start, "end": start}, "text": text}])).await;
    }
    assert_eq!(client.diagnostics(DRAFT, version).await.len(), 10);
    assert_eq!(client.finish().await, 0);
}

#[tokio::test]
async fn two_hundred_drafts_are_checked_each_by_itself() {
    let mut client = Client::new().await;
    let uri = |draft: usize| format!("file:///desk/{draft}.md");
    for draft in 0..200 {
        client.open(&uri(draft), &"<!-- stet -->\n\nIt rained.\n\n".repeat(draft % 4)).await;
    }
    for draft in 0..200 {
        assert_eq!(client.diagnostics(&uri(draft), 1).await.len(), draft % 4);
    }
    assert_eq!(client.finish().await, 0);
}

#[tokio::test]
async fn every_request_of_a_storm_of_cancellations_is_answered() {
    let mut client = Client::new().await;
    client.open(DRAFT, &"# Rain\n\nMinister Anja Solvang met 12 people in Oslo.\n\n".repeat(50)).await;
    let mut asked = Vec::new();
    for round in 0..500 {
        let method = ["textDocument/hover", "textDocument/definition", "textDocument/references"][round % 3];
        let mut params = at(DRAFT, 2, 12);
        params["context"] = json!({"includeDeclaration": true});
        let id = client.ask(method, params).await;
        client.notify("$/cancelRequest", json!({"id": id})).await;
        asked.push(id);
        // What was never asked can't be cancelled, and what is no id isn't one.
        client.notify("$/cancelRequest", json!({"id": 100_000 + round})).await;
        client.notify("$/cancelRequest", json!({"id": [round]})).await;
    }
    for id in asked {
        let answer = client.answer(id).await;
        let code = answer["error"]["code"].as_i64();
        assert!(code.is_none() || code == Some(-32800), "{answer}");
    }
    client.request("textDocument/documentSymbol", json!({"textDocument": {"uri": DRAFT}})).await;
    assert_eq!(client.finish().await, 0);
}

#[tokio::test]
async fn changes_that_make_no_sense_leave_a_draft_that_can_still_be_edited() {
    let mut client = Client::new().await;
    client.open(DRAFT, "It rained 😀.\r\nA lot.\n").await;
    let far = u32::MAX >> 1;
    let range = |from: (u32, u32), to: (u32, u32)| json!({"start": {"line": from.0, "character": from.1}, "end": {"line": to.0, "character": to.1}});
    let mut version = 1;
    for (range, text) in [
        (range((far, far), (far, far)), "end"),
        (range((1, 3), (0, 2)), "backwards"),
        (range((0, 11), (0, 12)), "inside an emoji"),
        (range((0, far), (1, 0)), ""),
        (range((0, 0), (far, 0)), ""),
        (range((5, 5), (9, 9)), "\r\n\r"),
    ] {
        version += 1;
        client.change(DRAFT, version, json!([{"range": range, "text": text}])).await;
    }
    version += 1;
    client.change(DRAFT, version, json!([{"text": "<!-- stet -->\n\nIt rained.\n"}])).await;
    assert_eq!(client.diagnostics(DRAFT, version).await.len(), 1);
    client.change("file:///desk/never-opened.md", 2, json!([{"text": "lost"}])).await;
    client.notify("textDocument/didClose", json!({"textDocument": {"uri": "file:///desk/never-opened.md"}})).await;
    client.open(DRAFT, "opened again without having been closed\n").await;
    assert!(client.diagnostics(DRAFT, 1).await.is_empty());
    assert_eq!(client.finish().await, 0);
}
