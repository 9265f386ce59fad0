//! The desk's own files: what is wrong in them stands on its line, what was sound goes on holding, and their keys are known.

use serde_json::{Value, json};
use tempfile::TempDir;

use super::client::{Client, abilities, at};
use super::desk::{IDLE, desk, introduced, uri};

fn write(desk: &TempDir, name: &str, text: &str) {
    std::fs::write(desk.path().join(name), text).expect("can be written");
}

async fn changed_on_disk(client: &mut Client, uri: &str) {
    client.notify("workspace/didChangeWatchedFiles", json!({"changes": [{"uri": uri, "type": 2}]})).await;
}

/// The next that is published for a file, whatever version: lines and messages.
async fn published(client: &mut Client, uri: &str) -> Vec<(u64, String)> {
    let published =
        client.wait_for(|message| message["method"] == "textDocument/publishDiagnostics" && message["params"]["uri"] == uri).await;
    let diagnostics = published["params"]["diagnostics"].as_array().expect("a list");
    let line = |diagnostic: &Value| diagnostic["range"]["start"]["line"].as_u64().expect("a line");
    diagnostics.iter().map(|one| (line(one), one["message"].as_str().unwrap_or_default().to_owned())).collect()
}

#[tokio::test]
async fn a_slip_in_a_configuration_is_told_on_its_line_and_takes_no_finding_away() {
    let desk = desk("corpus = [\"sources\"]\n");
    let (draft, config) = (uri(&desk, "draft.md"), uri(&desk, "copydesk.toml"));
    let mut client = introduced(abilities(), json!({}), &[&desk]).await;
    client.open(&draft, IDLE).await;
    assert_eq!(client.diagnostics(&draft, 1).await.len(), 1);

    write(&desk, "copydesk.toml", "corpus = [\"sources\"]\n\nrules = 3\n");
    changed_on_disk(&mut client, &config).await;
    let faults = published(&mut client, &config).await;
    assert_eq!(faults.len(), 1, "{faults:?}");
    assert_eq!(faults[0].0, 2);
    client.change(&draft, 2, json!([{"text": format!("{IDLE}\nIt snowed.\n")}])).await;
    assert_eq!(client.diagnostics(&draft, 2).await.len(), 1, "the last sound configuration holds");

    write(&desk, "copydesk.toml", "stylebook = \"book.toml\"\ncorpus = [\n  \"sources\",\n  \"nowhere\",\n]\n");
    changed_on_disk(&mut client, &config).await;
    assert_eq!(published(&mut client, &config).await.first().map(|fault| fault.0), Some(3), "what it names isn't there");

    write(&desk, "copydesk.toml", "corpus = [\"sources\"]\n[rules]\nstet-unused = \"off\"\n");
    changed_on_disk(&mut client, &config).await;
    assert_eq!(published(&mut client, &config).await, [], "cleared when it is mended");
    client.change(&draft, 3, json!([{"text": IDLE}])).await;
    assert_eq!(client.diagnostics(&draft, 3).await.len(), 0, "and holds again");
    assert_eq!(client.finish().await, 0);
}

#[tokio::test]
async fn a_configuration_that_was_never_sound_says_where_it_is_not() {
    let desk = desk("corpse = [\"sources\"]\n");
    let mut client = introduced(abilities(), json!({}), &[&desk]).await;
    client.open(&uri(&desk, "draft.md"), IDLE).await;
    let faults = published(&mut client, &uri(&desk, "copydesk.toml")).await;
    assert!(faults[0].0 == 0 && faults[0].1.contains("corpse"), "{faults:?}");
    assert_eq!(client.finish().await, 0);
}

#[tokio::test]
async fn a_stylebook_has_its_mistakes_on_their_lines_as_it_is_written() {
    let desk = desk("corpus = [\"sources\"]\nstylebook = \"books.toml\"\n");
    write(&desk, "books.toml", "[[person]]\nnames = \"Anja Solvang\"\n");
    let (draft, book) = (uri(&desk, "draft.md"), uri(&desk, "books.toml"));
    let mut asking = abilities();
    asking["textDocument"]["diagnostic"] = json!({});
    let mut client = introduced(asking, json!({}), &[&desk]).await;
    client.open(&draft, IDLE).await;
    client.request("textDocument/diagnostic", json!({"textDocument": {"uri": draft}})).await;
    let lines: Vec<u64> = published(&mut client, &book).await.into_iter().map(|fault| fault.0).collect();
    assert_eq!(lines, [0, 1], "an entry without a name, and a key that isn't one");

    client.open_as(&book, "toml", 1, "[[person]]\nname = \"Anja Solvang\"\n\n[[person]]\nname = 3\n").await;
    let typed = published(&mut client, &book).await;
    assert!(typed.len() == 1 && typed[0].0 == 4, "{typed:?}");
    client.change(&book, 2, json!([{"text": "[[person]]\nname = \"Anja Solvang\"\n"}])).await;
    assert_eq!(published(&mut client, &book).await, []);
    client.notify("textDocument/didClose", json!({"textDocument": {"uri": book}})).await;
    assert_eq!(published(&mut client, &book).await.len(), 2, "what the disk has counts again");
    assert_eq!(client.finish().await, 0);
}

#[tokio::test]
async fn keys_are_completed_and_explained_in_both_files() {
    let desk = desk("");
    let (config, book) = (uri(&desk, "copydesk.toml"), uri(&desk, "stylebook.toml"));
    let mut client = introduced(abilities(), json!({}), &[&desk]).await;
    client.open_as(&config, "toml", 1, "fail").await;
    let offers = client.request("textDocument/completion", at(&config, 0, 4)).await;
    let fail_on = offers.as_array().expect("a list").iter().find(|offer| offer["label"] == "fail-on").expect("a key").clone();
    let range = json!({"start": {"line": 0, "character": 0}, "end": {"line": 0, "character": 4}});
    assert_eq!(fail_on["textEdit"], json!({"range": range, "newText": "fail-on = "}));
    client.change(&config, 2, json!([{"text": "[rules]\nname-mixed = \"off\"\n"}])).await;
    let hover = client.hover(&config, 1, 3).await;
    assert!(hover["contents"]["value"].as_str().is_some_and(|words| words.contains("spells one name in two ways")), "{hover}");
    client.open_as(&book, "toml", 1, "[[organisation]]\nacronym = \"ISS\"\n").await;
    let hover = client.hover(&book, 1, 3).await;
    assert!(hover["contents"]["value"].as_str().is_some_and(|words| words.contains("abbreviation")), "{hover}");
    // Another file of that format is nobody's business.
    client.open_as(&uri(&desk, "Cargo.toml"), "toml", 1, "fail").await;
    assert_eq!(client.request("textDocument/completion", at(&uri(&desk, "Cargo.toml"), 0, 4)).await, Value::Null);
    assert_eq!(client.finish().await, 0);
}
