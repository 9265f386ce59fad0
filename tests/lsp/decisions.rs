//! What the desk decides in the editor is written into its stylebook, as the editor has it, and holds for the open drafts.

use std::path::Path;

use serde_json::{Value, json};
use tempfile::TempDir;

use super::client::{Client, abilities};
use super::desk::{desk, introduced, uri};

/// Two sources write the name one way.
fn newsroom() -> TempDir {
    let desk = desk("corpus = [\"sources\"]\nstylebook = \"books/style.toml\"\n");
    for source in ["one", "two", "three"] {
        let text = "Mayor Anja Kowalczyk opened the bridge.\n\nThen Anja Kowalczyk left.\n";
        std::fs::write(desk.path().join(format!("sources/{source}.md")), text).expect("can be written");
    }
    desk
}

const DRAFT: &str = "Mayor Anja Kowalczik opened the bridge.\n";

/// What an editor says that makes files and edits for a server.
fn making() -> Value {
    let mut abilities = abilities();
    abilities["workspace"]["workspaceEdit"]["resourceOperations"] = json!(["create", "rename", "delete"]);
    abilities["workspace"]["applyEdit"] = json!(true);
    abilities
}

/// The stylebook's actions at the surname of the draft's first line.
async fn decisions(client: &mut Client, draft: &str) -> Vec<Value> {
    let range = json!({"start": {"line": 0, "character": 14}, "end": {"line": 0, "character": 14}});
    let params = json!({"textDocument": {"uri": draft}, "range": range, "context": {"diagnostics": []}});
    let actions = client.request("textDocument/codeAction", params).await;
    let actions = actions.as_array().cloned().unwrap_or_default();
    actions.into_iter().filter(|action| action["title"].as_str().is_some_and(|title| title.starts_with("Stylebook:"))).collect()
}

async fn rules(client: &mut Client, draft: &str, version: i32) -> Vec<Value> {
    client.diagnostics(draft, version).await.iter().map(|diagnostic| diagnostic["code"].clone()).collect()
}

fn write(path: &Path, text: &str) {
    std::fs::create_dir_all(path.parent().expect("is in a folder")).expect("can be made");
    std::fs::write(path, text).expect("can be written");
}

#[tokio::test]
async fn a_missing_stylebook_is_made_by_the_editor_where_that_makes_files() {
    let desk = newsroom();
    let (draft, book) = (uri(&desk, "draft.md"), uri(&desk, "books/style.toml"));
    let mut client = introduced(making(), json!({}), &[&desk]).await;
    client.open(&draft, DRAFT).await;
    assert_eq!(rules(&mut client, &draft, 1).await, ["name-misspelled"]);
    let offered = decisions(&mut client, &draft).await;
    let titles: Vec<&str> = offered.iter().filter_map(|action| action["title"].as_str()).collect();
    let expected = [
        "Stylebook: the desk writes “Anja Kowalczik”, not “Anja Kowalczyk”",
        "Stylebook: “Anja Kowalczik” is another person than “Anja Kowalczyk”",
    ];
    assert_eq!(titles, expected);
    assert_eq!(offered[1]["diagnostics"][0]["code"], "name-misspelled");
    let changes = &offered[1]["edit"]["documentChanges"];
    assert_eq!((&changes[0]["kind"], &changes[0]["uri"]), (&json!("create"), &json!(book)));
    assert_eq!(changes[0]["options"], json!({"overwrite": false, "ignoreIfExists": true}));
    let edit = &changes[1]["edits"][0];
    assert_eq!(
        (&changes[1]["textDocument"], &edit["range"]["end"]),
        (&json!({"uri": book, "version": null}), &json!({"line": 0, "character": 0}))
    );
    let text = edit["newText"].as_str().expect("a text");
    assert_eq!(text, "[[person]]\nname = \"Anja Kowalczyk\"\nis-not = [\"Anja Kowalczik\"]\n");

    // The editor makes the file and opens it unsaved; that counts at once.
    client.open_as(&book, "toml", 1, text).await;
    assert_eq!(rules(&mut client, &draft, 1).await, Vec::<Value>::new());
    // On disk there is still nothing, so that closing it unsaved takes the decision back.
    client.notify("textDocument/didClose", json!({"textDocument": {"uri": book}})).await;
    assert_eq!(rules(&mut client, &draft, 1).await, ["name-misspelled"]);
    assert_eq!(client.finish().await, 0);
}

#[tokio::test]
async fn no_stylebook_is_made_outside_the_desk() {
    let (desk, outside) = (newsroom(), tempfile::Builder::new().prefix("other").tempdir().expect("a folder can be made"));
    let book = outside.path().join("new/style.toml");
    write(&desk.path().join("copydesk.toml"), &format!("corpus = [\"sources\"]\nstylebook = \"{}\"\n", book.display()));
    let draft = uri(&desk, "draft.md");
    let mut client = introduced(making(), json!({}), &[&desk]).await;
    client.open(&draft, DRAFT).await;
    assert_eq!(rules(&mut client, &draft, 1).await, ["name-misspelled"]);
    assert!(decisions(&mut client, &draft).await.is_empty(), "not by the editor");
    let decided = json!({"draft": draft, "kind": "person", "name": "Anja Kowalczyk", "isNot": "Anja Kowalczik"});
    let id = client.ask("workspace/executeCommand", json!({"command": "copydesk.decide", "arguments": [decided]})).await;
    let error = client.answer(id).await["error"].clone();
    assert!(error["message"].as_str().is_some_and(|words| words.contains("outside the folders of the desk")), "{error}");
    assert!(!outside.path().join("new").exists());
    assert_eq!(client.finish().await, 0);
}

#[tokio::test]
async fn an_open_stylebook_wins_over_the_disk_and_keeps_its_comments() {
    let desk = newsroom();
    let (draft, book) = (uri(&desk, "draft.md"), uri(&desk, "books/style.toml"));
    write(&desk.path().join("books/style.toml"), "# On disk.\n");
    let mut client = introduced(abilities(), json!({}), &[&desk]).await;
    client.open(&draft, DRAFT).await;
    assert_eq!(rules(&mut client, &draft, 1).await, ["name-misspelled"]);
    let unsaved = "# Not yet saved. 😀\n\n[[person]] # the mayor\nname = \"Anja Kowalczyk\"\n";
    client.open_as(&book, "toml", 7, unsaved).await;
    client.diagnostics(&draft, 1).await;
    let offered = decisions(&mut client, &draft).await;
    let change = &offered[1]["edit"]["documentChanges"][0];
    assert_eq!(change["textDocument"], json!({"uri": book, "version": 7}));
    // At the end of the entry, not of the file on disk.
    let range = json!({"start": {"line": 4, "character": 0}, "end": {"line": 4, "character": 0}});
    assert_eq!(change["edits"][0], json!({"range": range, "newText": "is-not = [\"Anja Kowalczik\"]\n"}));

    // The stylebook is no draft: nothing is found in it, nothing said of it.
    let symbols = client.request("textDocument/documentSymbol", json!({"textDocument": {"uri": book}})).await;
    assert_eq!(symbols, Value::Null);
    client.change(&book, 8, json!([{"range": range, "text": "is-not = [\"Anja Kowalczik\"]\n"}])).await;
    assert_eq!(rules(&mut client, &draft, 1).await, Vec::<Value>::new());
    // What is decided already is offered no more.
    assert!(decisions(&mut client, &draft).await.iter().all(|action| !action["title"].as_str().expect("a title").contains("another")));
    // Half an entry is nobody's mistake yet; the entries before it hold.
    client
        .change(&book, 9, json!([{"range": {"start": {"line": 5, "character": 0}, "end": {"line": 5, "character": 0}}, "text": "[[pla"}]))
        .await;
    assert_eq!(rules(&mut client, &draft, 1).await, Vec::<Value>::new());
    assert_eq!(client.finish().await, 0);
}

#[tokio::test]
async fn for_an_editor_that_makes_no_files_a_command_makes_the_stylebook_and_only_that() {
    let desk = newsroom();
    let draft = uri(&desk, "draft.md");
    let mut client = introduced(abilities(), json!({}), &[&desk]).await;
    assert_eq!(
        client.capabilities["executeCommandProvider"]["commands"],
        json!(["copydesk.apply", "copydesk.decide", "copydesk.reload", "copydesk.dossier"])
    );
    client.open(&draft, DRAFT).await;
    assert_eq!(rules(&mut client, &draft, 1).await, ["name-misspelled"]);
    let offered = decisions(&mut client, &draft).await;
    assert_eq!(offered[0].get("edit"), None);
    let command = &offered[0]["command"];
    let call = json!({"command": command["command"], "arguments": command["arguments"]});
    assert_eq!(client.request("workspace/executeCommand", call).await, Value::Null);
    assert_eq!(rules(&mut client, &draft, 1).await, Vec::<Value>::new(), "the desk writes it so now");
    let book = desk.path().join("books/style.toml");
    let expected = "[[person]]\nname = \"Anja Kowalczik\"\naliases = [\"Anja Kowalczyk\"]\n";
    assert_eq!(std::fs::read_to_string(&book).expect("has been made"), expected);

    // Now that it is there, changing it is the editor's, which this one can't be asked for.
    let other = json!({"draft": draft, "kind": "place", "prefer": "Larsund", "over": "Larssund"});
    let id = client.ask("workspace/executeCommand", json!({"command": "copydesk.decide", "arguments": [other]})).await;
    let answer = client.answer(id).await;
    assert!(answer["error"]["message"].as_str().is_some_and(|message| message.contains("open the stylebook")), "{answer}");
    assert_eq!(std::fs::read_to_string(&book).expect("is there"), expected);
    assert_eq!(client.finish().await, 0);
}

#[tokio::test]
async fn an_editor_that_edits_for_a_server_is_asked_to_and_need_not_answer() {
    let desk = newsroom();
    let draft = uri(&desk, "draft.md");
    let mut client = introduced(making(), json!({}), &[&desk]).await;
    client.open(&draft, DRAFT).await;
    let decision = json!({"draft": draft, "kind": "place", "prefer": "Larsund"});
    client.request("workspace/executeCommand", json!({"command": "copydesk.decide", "arguments": [decision]})).await;
    let asked = client.wait_for(|message| message["method"] == "workspace/applyEdit").await;
    assert_eq!(asked["params"]["edit"]["documentChanges"][0]["kind"], "create");
    assert!(!desk.path().join("books").exists(), "the editor makes it, not the server");
    assert_eq!(client.finish().await, 0);
}

#[tokio::test]
async fn what_is_no_command_is_refused_in_words() {
    let desk = desk("corpus = [\"sources\"]\n");
    let draft = uri(&desk, "draft.md");
    let mut client = introduced(making(), json!({}), &[&desk]).await;
    client.open(&draft, DRAFT).await;
    let decide = |argument: Value| json!({"command": "copydesk.decide", "arguments": [argument]});
    let sound = json!({"draft": draft, "kind": "person", "prefer": "Anja Kowalczik"});
    let with = |key: &str, value: Value| {
        let mut argument = sound.clone();
        argument[key] = value;
        decide(argument)
    };
    for (call, code, words) in [
        (
            json!({"command": "rm -rf /", "arguments": []}),
            -32602,
            "there is no command `rm -rf /`; there are copydesk.apply, copydesk.decide, copydesk.reload",
        ),
        (json!({"command": "copydesk.reload", "arguments": [1]}), -32602, "takes no arguments"),
        (json!({"command": "copydesk.decide"}), -32602, "takes one argument"),
        (json!({"command": "copydesk.apply", "arguments": [{"edit": {}}]}), -32602, "copydesk.apply: unknown field `edit`"),
        (decide(json!("yes")), -32602, "copydesk.decide: "),
        (with("kind", json!("planet")), -32602, "person, place or organisation, not `planet`"),
        (with("name", json!("Anja Kowalczyk")), -32602, "either `prefer` and `over`"),
        (with("path", json!("/etc/passwd")), -32602, "unknown field `path`"),
        (with("prefer", json!("two\nlines")), -32602, "stands on one line"),
        (with("draft", json!("file:///desk/other.md")), -32602, "is not open"),
        (decide(sound.clone()), -32600, "no stylebook is named"),
    ] {
        let id = client.ask("workspace/executeCommand", call.clone()).await;
        let error = client.answer(id).await["error"].clone();
        assert_eq!(error["code"], code, "{call}: {error}");
        assert!(error["message"].as_str().is_some_and(|message| message.contains(words)), "{call}: {error}");
    }
    assert_eq!(client.finish().await, 0);
}

#[tokio::test]
async fn sources_are_read_again_on_command() {
    let desk = newsroom();
    let draft = uri(&desk, "draft.md");
    let mut client = introduced(abilities(), json!({}), &[&desk]).await;
    client.open(&draft, DRAFT).await;
    assert_eq!(rules(&mut client, &draft, 1).await, ["name-misspelled"]);
    for source in ["one", "two", "three"] {
        write(&desk.path().join(format!("sources/{source}.md")), "It rained.\n");
    }
    client.request("workspace/executeCommand", json!({"command": "copydesk.reload", "arguments": []})).await;
    assert_eq!(rules(&mut client, &draft, 1).await, Vec::<Value>::new());
    assert_eq!(client.finish().await, 0);
}
