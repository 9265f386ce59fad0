//! Diagnostics for editors that ask for them, of one draft and of a whole desk.

use serde_json::{Value, json};

use super::client::{Client, DRAFT, abilities, corpus_of, options};
use super::desk::{IDLE, able, desk, introduced, uri};

/// What an editor says that asks for diagnostics.
fn asking() -> Value {
    let mut abilities = abilities();
    abilities["textDocument"]["diagnostic"] = json!({"relatedDocumentSupport": false});
    abilities
}

#[tokio::test]
async fn an_editor_that_asks_for_diagnostics_gets_them_and_none_unasked() {
    let mut client = Client::with(options(corpus_of("")), asking()).await;
    assert_eq!(client.capabilities["diagnosticProvider"]["identifier"], "copydesk");
    client.open(DRAFT, "<!-- stet -->\n\nIt rained.\n").await;
    let params = json!({"textDocument": {"uri": DRAFT}});
    let first = client.request("textDocument/diagnostic", params.clone()).await;
    assert_eq!((first["kind"].as_str(), first["items"].as_array().map(Vec::len)), (Some("full"), Some(1)));
    let mut again = params.clone();
    again["previousResultId"] = first["resultId"].clone();
    assert_eq!(client.request("textDocument/diagnostic", again.clone()).await["kind"], "unchanged");
    client.change(DRAFT, 2, json!([{"text": "It rained.\n"}])).await;
    assert_eq!(client.request("textDocument/diagnostic", again).await["items"], json!([]));
    let unknown = client.request("textDocument/diagnostic", json!({"textDocument": {"uri": "file:///desk/none.md"}})).await;
    assert_eq!(unknown["items"], json!([]));
    client.send(&json!({"jsonrpc": "2.0", "id": 99, "method": "shutdown"})).await;
    while let Some(message) = client.receive().await {
        assert_ne!(message["method"], "textDocument/publishDiagnostics");
        if message["id"] == 99 {
            break;
        }
    }
}

#[tokio::test]
async fn answers_to_a_burst_come_in_the_order_of_the_questions_and_end_with_the_last_text() {
    let mut client = Client::with(options(corpus_of("")), asking()).await;
    client.open(DRAFT, IDLE).await;
    let mut asked = Vec::new();
    for version in 2_i32..202 {
        let text = "<!-- stet -->\n\nIt rained.\n\n".repeat(version.unsigned_abs() as usize % 7);
        client.change(DRAFT, version, json!([{"text": text}])).await;
        asked.push(client.ask("textDocument/diagnostic", json!({"textDocument": {"uri": DRAFT}})).await);
    }
    let mut newest = 0;
    for id in &asked {
        let answer = client.wait_for(|message| message.get("id").is_some() && message.get("method").is_none()).await;
        assert_eq!(answer["id"], json!(id), "answers come in the order of the questions");
        let result = answer["result"]["resultId"].as_str().expect("a name of what is found");
        let revision: u64 = result.split('-').next().and_then(|revision| revision.parse().ok()).expect("starts with the text's number");
        assert!(revision >= newest, "an older text after a newer one");
        newest = revision;
        if Some(id) == asked.last() {
            assert_eq!(answer["result"]["items"].as_array().map(Vec::len), Some(201 % 7));
        }
    }
    assert_eq!(client.finish().await, 0);
}

/// The reports of an answer by the end of their address: how many findings, or none where they are unchanged.
fn by_name(answer: &Value) -> Vec<(String, Option<usize>)> {
    let mut reports: Vec<(String, Option<usize>)> = answer["items"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|report| {
            let name = report["uri"].as_str().and_then(|uri| uri.rsplit('/').next()).expect("an address");
            (name.to_owned(), report["items"].as_array().map(Vec::len))
        })
        .collect();
    reports.sort();
    reports
}

fn known(answers: &[&Value]) -> Value {
    let reports = answers.iter().flat_map(|answer| answer["items"].as_array().expect("a list"));
    let mut ids = serde_json::Map::new();
    for report in reports {
        ids.insert(report["uri"].as_str().expect("an address").to_owned(), report["resultId"].clone());
    }
    json!({"previousResultIds": ids.iter().map(|(uri, id)| json!({"uri": uri, "value": id})).collect::<Vec<_>>()})
}

fn found(name: &str, count: impl Into<Option<usize>>) -> (String, Option<usize>) {
    (name.to_owned(), count.into())
}

#[tokio::test]
async fn a_whole_desk_is_reported_with_open_drafts_as_they_stand_and_others_once_they_change() {
    let desk = desk("corpus = [\"sources\"]\n");
    let write = |name: &str, text: &str| std::fs::write(desk.path().join(name), text).expect("can be written");
    write("a.md", IDLE);
    write("b.md", IDLE);
    let mut client = introduced(asking(), json!({}), &[&desk]).await;
    // Not yet saved: what the editor has counts.
    client.open(&uri(&desk, "b.md"), "It rained.\n").await;
    let first = client.request("workspace/diagnostic", json!({"previousResultIds": []})).await;
    assert_eq!(by_name(&first), [found("a.md", 1), found("b.md", 0)], "sources are no drafts: {first}");
    let versions: Vec<&Value> = first["items"].as_array().expect("a list").iter().map(|report| &report["version"]).collect();
    assert!(versions.contains(&&json!(1)) && versions.contains(&&Value::Null), "{first}");

    // Nothing is new, so the answer waits for a change; other questions don't.
    let waiting = client.ask("workspace/diagnostic", known(&[&first])).await;
    client.request("textDocument/documentSymbol", json!({"textDocument": {"uri": uri(&desk, "b.md")}})).await;
    client.change(&uri(&desk, "b.md"), 2, json!([{"text": format!("{IDLE}\n{IDLE}")}])).await;
    let second = client.answer(waiting).await["result"].clone();
    assert_eq!(by_name(&second), [found("a.md", None), found("b.md", 2)]);

    std::fs::remove_file(desk.path().join("a.md")).expect("can be removed");
    write("c.md", IDLE);
    let changes = json!([{"uri": uri(&desk, "a.md"), "type": 3}, {"uri": uri(&desk, "c.md"), "type": 1}]);
    client.notify("workspace/didChangeWatchedFiles", json!({"changes": changes})).await;
    let third = client.request("workspace/diagnostic", known(&[&first, &second])).await;
    assert_eq!(by_name(&third), [found("a.md", 0), found("b.md", None), found("c.md", 1)], "what is gone has no findings");

    // A draft that is gone is told of once.
    let waiting = client.ask("workspace/diagnostic", known(&[&first, &second, &third])).await;
    client.notify("textDocument/didClose", json!({"textDocument": {"uri": uri(&desk, "b.md")}})).await;
    let fourth = client.answer(waiting).await["result"].clone();
    assert_eq!(by_name(&fourth), [found("b.md", 1), found("c.md", None)], "a closed draft is as it stands on disk");

    // A question that waits holds up neither its own cancellation nor the end.
    let waiting = client.ask("workspace/diagnostic", known(&[&third, &fourth])).await;
    client.notify("$/cancelRequest", json!({"id": waiting})).await;
    assert_eq!(client.answer(waiting).await["error"]["code"], -32800);
    client.ask("workspace/diagnostic", known(&[&third, &fourth])).await;
    assert_eq!(client.finish().await, 0);
}

#[tokio::test]
async fn a_keystroke_stirs_no_walk_of_the_folders_that_the_editor_watches() {
    let desk = desk("corpus = [\"sources\"]\n");
    let write = |name: &str| std::fs::write(desk.path().join(name), IDLE).expect("can be written");
    write("a.md");
    let mut watching = able();
    watching["textDocument"]["diagnostic"] = json!({"relatedDocumentSupport": false});
    let mut client = introduced(watching, json!({}), &[&desk]).await;
    let asked = client.wait_for(|message| message["method"] == "client/registerCapability").await;
    client.send(&json!({"jsonrpc": "2.0", "id": asked["id"], "result": null})).await;
    client.open(&uri(&desk, "open.md"), IDLE).await;
    let first = client.request("workspace/diagnostic", json!({"previousResultIds": []})).await;
    assert_eq!(by_name(&first), [found("a.md", 1), found("open.md", 1)]);

    // Nobody tells of it, so that nobody may have looked.
    write("b.md");
    client.change(&uri(&desk, "open.md"), 2, json!([{"text": "It rained.\n"}])).await;
    let second = client.request("workspace/diagnostic", known(&[&first])).await;
    assert_eq!(by_name(&second), [found("a.md", None), found("open.md", 0)]);

    let changes = json!([{"uri": uri(&desk, "b.md"), "type": 1}]);
    client.notify("workspace/didChangeWatchedFiles", json!({"changes": changes})).await;
    let third = client.request("workspace/diagnostic", known(&[&first, &second])).await;
    assert_eq!(by_name(&third), [found("a.md", None), found("b.md", 1), found("open.md", None)]);
    assert_eq!(client.finish().await, 0);
}

#[tokio::test]
async fn a_folder_without_a_configuration_is_no_desk() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    std::fs::write(folder.path().join("readme.md"), IDLE).expect("can be written");
    let mut client = introduced(asking(), json!({}), &[&folder]).await;
    client.open("untitled:Untitled-1", IDLE).await;
    let answer = client.request("workspace/diagnostic", json!({"previousResultIds": []})).await;
    assert_eq!(by_name(&answer), [found("untitled:Untitled-1", 1)]);
    assert_eq!(client.finish().await, 0);
}
