//! An editor that takes no code actions but commands is offered the same, and asked to make the edits.

use serde_json::{Value, json};

use super::client::{Client, DRAFT, abilities, corpus_of, options, settled_corpus};
use super::desk::{desk, introduced, uri};

/// What an editor says of the protocol before 3.8, that makes edits for a server.
fn of_old() -> Value {
    let mut abilities = abilities();
    abilities["textDocument"]["codeAction"] = Value::Null;
    abilities["workspace"] = json!({"applyEdit": true});
    abilities
}

async fn offered(client: &mut Client, draft: &str, line: u32, character: u32) -> Vec<Value> {
    let at = json!({"line": line, "character": character});
    let params = json!({"textDocument": {"uri": draft}, "range": {"start": at, "end": at}, "context": {"diagnostics": []}});
    client.request("textDocument/codeAction", params).await.as_array().cloned().unwrap_or_default()
}

/// The call that an editor makes of a command.
fn call(command: &Value) -> Value {
    assert!(command.get("kind").is_none() && command.get("edit").is_none(), "{command}");
    json!({"command": command["command"], "arguments": command["arguments"]})
}

#[tokio::test]
async fn a_fix_is_a_command_that_has_the_editor_make_it_in_the_draft_as_it_is_now() {
    let source = "Harbour engineer Anna Brandvold opened the dam.\n";
    let mut client = Client::with(options(settled_corpus(source)), of_old()).await;
    client.open(DRAFT, "x <!-- stet --> it rained.\n\ny <!-- stet --> it snowed.\n").await;
    let second = offered(&mut client, DRAFT, 2, 5).await;
    assert!(second[0]["title"].is_string() && second[0]["command"] == "copydesk.apply", "{second:?}");
    for command in second.iter().filter(|command| command["command"] == "copydesk.apply") {
        assert_eq!(client.request("workspace/executeCommand", call(command)).await, Value::Null);
        let asked = client.wait_for(|message| message["method"] == "workspace/applyEdit").await;
        assert!(asked["params"]["edit"]["changes"][DRAFT].is_array(), "{asked}");
        client.send(&json!({"jsonrpc": "2.0", "id": asked["id"], "result": {"applied": true}})).await;
    }

    // The same mark elsewhere is another; further words on its line change nothing.
    client.change(DRAFT, 2, json!([{"text": "x <!-- stet --> it rained.\n\ny <!-- stet --> it snowed all day.\n"}])).await;
    client.request("workspace/executeCommand", call(&second[0])).await;
    let asked = client.wait_for(|message| message["method"] == "workspace/applyEdit").await;
    let range = json!({"start": {"line": 2, "character": 2}, "end": {"line": 2, "character": 15}});
    assert_eq!(asked["params"]["edit"]["changes"][DRAFT], json!([{"range": range, "newText": ""}]));
    client.change(DRAFT, 3, json!([{"text": "x <!-- stet --> it rained.\n\nyes <!-- stet --> it snowed.\n"}])).await;
    let id = client.ask("workspace/executeCommand", call(&second[0])).await;
    let error = client.answer(id).await["error"].clone();
    assert!(error["code"] == -32801 && error["message"].as_str().is_some_and(|words| words.contains("ask again")), "{error}");

    client.change(DRAFT, 4, json!([{"text": "Anna Brandvodl left.\n\nBrandvodl came back.\n"}])).await;
    let context = json!({"diagnostics": [], "only": ["source.fixAll"]});
    let params = json!({"textDocument": {"uri": DRAFT}, "range": range, "context": context});
    let all = client.request("textDocument/codeAction", params).await;
    client.request("workspace/executeCommand", call(&all[0])).await;
    let asked = client.wait_for(|message| message["method"] == "workspace/applyEdit").await;
    assert_eq!(asked["params"]["edit"]["changes"][DRAFT].as_array().map(Vec::len), Some(2));
    assert_eq!(client.finish().await, 0);
}

#[tokio::test]
async fn a_decision_is_the_command_that_writes_it() {
    let desk = desk("corpus = [\"sources\"]\nstylebook = \"stylebook.toml\"\n");
    std::fs::write(desk.path().join("stylebook.toml"), "").expect("can be written");
    let draft = uri(&desk, "draft.md");
    let mut client = introduced(of_old(), json!({}), &[&desk]).await;
    client.open(&draft, "The engineer Peter Quillfeather came.\n").await;
    let offered = offered(&mut client, &draft, 0, 15).await;
    let decision = offered.iter().find(|command| command["command"] == "copydesk.decide").expect("a decision");
    assert_eq!(decision["title"], "Stylebook: the desk writes “Peter Quillfeather”");
    client.request("workspace/executeCommand", call(decision)).await;
    let asked = client.wait_for(|message| message["method"] == "workspace/applyEdit").await;
    let edits = &asked["params"]["edit"]["changes"][uri(&desk, "stylebook.toml")];
    assert_eq!(edits[0]["newText"], "[[person]]\nname = \"Peter Quillfeather\"\n");
    assert_eq!(client.finish().await, 0);
}

#[tokio::test]
async fn nothing_is_offered_where_nothing_could_be_done() {
    let mut unable = of_old();
    unable["workspace"] = json!({});
    let mut client = Client::with(options(corpus_of("")), unable).await;
    client.open(DRAFT, "x <!-- stet --> it rained.\n").await;
    assert_eq!(client.diagnostics(DRAFT, 1).await.len(), 1);
    assert!(offered(&mut client, DRAFT, 0, 5).await.is_empty());
    let range = json!({"start": {"line": 0, "character": 2}, "end": {"line": 0, "character": 15}});
    let argument = json!({"draft": DRAFT, "range": range, "title": "Remove the mark"});
    let id = client.ask("workspace/executeCommand", json!({"command": "copydesk.apply", "arguments": [argument]})).await;
    let error = client.answer(id).await["error"].clone();
    assert!(error["message"].as_str().is_some_and(|words| words.contains("makes no edits")), "{error}");
    assert_eq!(client.finish().await, 0);
}
