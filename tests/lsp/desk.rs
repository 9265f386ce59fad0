//! A desk on disk: configurations, sources and folders, and what the server asks and tells the editor about them.

use std::time::Duration;

use copydesk::lsp::Options;
use serde_json::{Value, json};
use tempfile::TempDir;

use super::client::{Client, abilities};

pub(super) const IDLE: &str = "<!-- stet -->\n\nIt rained.\n";

fn options() -> Options {
    Options { debounce: Duration::from_millis(5), ..Options::default() }
}

/// What an editor says that can all that the server may ask of it.
pub(super) fn able() -> Value {
    let mut able = abilities();
    able["window"] = json!({"workDoneProgress": true});
    able["workspace"]["configuration"] = json!(true);
    able["workspace"]["didChangeWatchedFiles"] = json!({"dynamicRegistration": true});
    able
}

pub(super) fn desk(config: &str) -> TempDir {
    let desk = tempfile::tempdir().expect("a folder can be made");
    std::fs::create_dir(desk.path().join("sources")).expect("a folder can be made");
    std::fs::write(desk.path().join("sources/one.md"), "Mayor Anja Solvang opened the bridge.\n").expect("can be written");
    std::fs::write(desk.path().join("copydesk.toml"), config).expect("can be written");
    desk
}

pub(super) fn uri(desk: &TempDir, name: &str) -> String {
    format!("file://{}/{name}", desk.path().display())
}

pub(super) async fn introduced(capabilities: Value, options_of_editor: Value, folders: &[&TempDir]) -> Client {
    introduced_with(options(), capabilities, options_of_editor, folders).await
}

pub(super) async fn introduced_with(options: Options, capabilities: Value, options_of_editor: Value, folders: &[&TempDir]) -> Client {
    let mut client = Client::unintroduced(options);
    let folders: Vec<Value> =
        folders.iter().map(|desk| json!({"uri": format!("file://{}", desk.path().display()), "name": "desk"})).collect();
    let params = json!({
        "processId": null, "rootUri": null, "workspaceFolders": folders,
        "capabilities": capabilities, "initializationOptions": options_of_editor,
    });
    client.capabilities = client.request("initialize", params).await["capabilities"].clone();
    client.notify("initialized", json!({})).await;
    client
}

#[tokio::test]
async fn loading_is_shown_settings_are_asked_for_and_files_watched() {
    let desk = desk("corpus = [\"sources\"]\n");
    let mut client = introduced(able(), json!({"status": true}), &[&desk]).await;
    let asked = client.wait_for(|message| message["method"] == "workspace/configuration").await;
    assert_eq!(asked["params"]["items"][0]["section"], "copydesk");
    client.send(&json!({"jsonrpc": "2.0", "id": asked["id"], "result": [{"debounce": 3}]})).await;
    let watched = |pattern: String| {
        move |message: &Value| {
            let watchers = message["params"]["registrations"][0]["registerOptions"]["watchers"].as_array();
            watchers.is_some_and(|watchers| watchers.iter().any(|watcher| watcher["globPattern"] == pattern.as_str()))
        }
    };
    client.wait_for(watched("**/copydesk.toml".to_owned())).await;

    client.open(&uri(&desk, "draft.md"), IDLE).await;
    let created = client.wait_for(|message| message["method"] == "window/workDoneProgress/create").await;
    client.send(&json!({"jsonrpc": "2.0", "id": created["id"], "result": null})).await;
    let token = created["params"]["token"].clone();
    for kind in ["begin", "end"] {
        client
            .wait_for(|message| {
                message["method"] == "$/progress" && message["params"]["token"] == token && message["params"]["value"]["kind"] == kind
            })
            .await;
    }
    for state in ["loading", "ready"] {
        let status = client.wait_for(|message| message["method"] == "copydesk/status" && message["params"]["state"] == state).await;
        assert_eq!(status["params"]["sources"], if state == "ready" { json!(1) } else { Value::Null });
    }
    client.wait_for(watched(format!("{}/sources/**/*", desk.path().display()))).await;
    assert_eq!(client.diagnostics(&uri(&desk, "draft.md"), 1).await.len(), 1);
    // Too late, and for loads there never were.
    for token in [token, json!("copydesk-none"), json!(7)] {
        client.notify("window/workDoneProgress/cancel", json!({"token": token})).await;
    }
    assert_eq!(client.finish().await, 0);
}

#[tokio::test]
async fn how_the_archive_stands_is_told_in_its_order() {
    let desk = desk("corpus = []\n");
    let mut client = introduced(able(), json!({"status": true}), &[&desk]).await;
    client.open(&uri(&desk, "draft.md"), IDLE).await;
    for _ in 0..50 {
        for state in ["loading", "ready"] {
            let status = client.wait_for(|message| message["method"] == "copydesk/status").await;
            assert_eq!(status["params"]["state"], state);
        }
        client.request("workspace/executeCommand", json!({"command": "copydesk.reload", "arguments": []})).await;
    }
    assert_eq!(client.finish().await, 0);
}

#[tokio::test]
async fn an_editor_that_never_answers_holds_up_nothing() {
    let desk = desk("corpus = [\"sources\"]\n");
    let mut client = introduced(able(), json!({}), &[&desk]).await;
    for version in 1..4 {
        client.open_as(&uri(&desk, "draft.md"), "markdown", version, IDLE).await;
        assert_eq!(client.diagnostics(&uri(&desk, "draft.md"), version).await.len(), 1);
        std::fs::write(desk.path().join("sources/two.md"), "It rained.\n").expect("can be written");
        let changes = json!([{"uri": uri(&desk, "sources/two.md"), "type": 2}]);
        client.notify("workspace/didChangeWatchedFiles", json!({"changes": changes})).await;
    }
    assert_eq!(client.finish().await, 0);
}

#[tokio::test]
async fn each_folder_has_its_own_configuration_and_a_changed_one_is_read_again() {
    let (loud, quiet) = (desk(""), desk("[rules]\nstet-unused = \"off\"\n"));
    let mut client = introduced(abilities(), json!({"debounce": 3}), &[&quiet, &loud]).await;
    client.open(&uri(&loud, "draft.md"), IDLE).await;
    client.open(&uri(&quiet, "draft.md"), IDLE).await;
    // Nowhere on disk, so that the first folder's configuration holds.
    client.open("untitled:Untitled-1", IDLE).await;
    assert_eq!(client.diagnostics(&uri(&loud, "draft.md"), 1).await.len(), 1);
    assert_eq!(client.diagnostics(&uri(&quiet, "draft.md"), 1).await.len(), 0);
    assert_eq!(client.diagnostics("untitled:Untitled-1", 1).await.len(), 0);

    std::fs::write(quiet.path().join("copydesk.toml"), "").expect("can be written");
    let changes = json!([{"uri": uri(&quiet, "copydesk.toml"), "type": 2}]);
    client.notify("workspace/didChangeWatchedFiles", json!({"changes": changes})).await;
    assert_eq!(client.diagnostics(&uri(&quiet, "draft.md"), 1).await.len(), 1);

    // The draft's words are the editor's, whatever the disk has.
    std::fs::write(quiet.path().join("draft.md"), "Nothing to see.\n").expect("can be written");
    client.notify("textDocument/didSave", json!({"textDocument": {"uri": uri(&quiet, "draft.md")}})).await;
    client.change(&uri(&quiet, "draft.md"), 2, json!([{"text": format!("{IDLE}{IDLE}")}])).await;
    assert_eq!(client.diagnostics(&uri(&quiet, "draft.md"), 2).await.len(), 2);
    assert_eq!(client.finish().await, 0);
}

#[tokio::test]
async fn rules_for_some_drafts_hold_in_the_editor_too() {
    let desk = desk("[[paths]]\nfiles = \"wire/*.md\"\nrules = { stet-unused = \"off\" }\n");
    let mut client = introduced(abilities(), json!({"debounce": 3}), &[&desk]).await;
    for (name, found) in [("draft.md", 1), ("wire/draft.md", 0), ("wire/old/draft.md", 1)] {
        client.open(&uri(&desk, name), IDLE).await;
        assert_eq!(client.diagnostics(&uri(&desk, name), 1).await.len(), found, "{name}");
    }
    assert_eq!(client.finish().await, 0);
}

#[tokio::test]
async fn a_server_that_is_loading_ends_when_told() {
    let desk = desk("corpus = [\"sources\"]\n");
    for source in 0..200 {
        let text = format!("Mayor Anja Solvang counted {source} people on the bridge in Oslo.\n\n").repeat(30);
        std::fs::write(desk.path().join(format!("sources/{source}.md")), text).expect("can be written");
    }
    let mut client = introduced(abilities(), json!({}), &[&desk]).await;
    client.open(&uri(&desk, "draft.md"), IDLE).await;
    assert_eq!(client.finish().await, 0);
}

#[tokio::test]
async fn what_is_wrong_with_a_folder_of_drafts_is_told_once() {
    let desk = desk("corpus = [\"sources\"]\n");
    std::fs::create_dir(desk.path().join(".ignore")).expect("a folder can be made");
    let mut client = introduced(abilities(), json!({}), &[&desk]).await;
    let draft = uri(&desk, "draft.md");
    client.open(&draft, "Mayor Anja Solvang left.\n").await;
    let params = json!({"textDocument": {"uri": draft}, "position": {"line": 0, "character": 8}, "context": {"includeDeclaration": true}});
    let is_of_folder = |message: &Value| {
        let words = message["params"]["message"].as_str().unwrap_or_default();
        message["method"] == "window/showMessage" && words.contains(".ignore: is a folder")
    };
    client.request("textDocument/references", params.clone()).await;
    client.wait_for(is_of_folder).await;
    for _ in 0..3 {
        client.notify("workspace/didChangeWatchedFiles", json!({"changes": [{"uri": draft, "type": 1}]})).await;
        client.request("textDocument/references", params.clone()).await;
    }
    assert_eq!(client.unheard(is_of_folder), 0);
    assert_eq!(client.finish().await, 0);
}
