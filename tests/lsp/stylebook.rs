//! The stylebook is read again when it is saved or changes on disk, and open drafts are checked anew.

use std::path::Path;
use std::time::Duration;

use copydesk::lsp::Options;
use serde_json::{Value, json};

use crate::client::{Client, abilities};

fn write(folder: &Path, name: &str, text: &str) {
    std::fs::create_dir_all(folder.join("archive")).expect("is writable");
    std::fs::write(folder.join(name), text).expect("is writable");
}

fn uri(folder: &Path, name: &str) -> String {
    format!("file://{}/{name}", folder.display())
}

/// The rules of the next diagnostics published for the draft.
async fn rules(client: &mut Client, uri: &str) -> Vec<Value> {
    client.diagnostics(uri, 1).await.iter().map(|diagnostic| diagnostic["code"].clone()).collect()
}

#[tokio::test]
async fn a_saved_stylebook_holds_for_open_drafts_and_its_mistakes_are_told() {
    let desk = tempfile::tempdir().expect("a temporary folder");
    let folder = desk.path();
    write(folder, "archive/a.md", "Anja Kowalczyk spoke. Anja Kowalczyk left.\n");
    write(folder, "copydesk.toml", "corpus = \"archive\"\nstylebook = \"stylebook.toml\"\n");
    let options = Options { debounce: Duration::from_millis(5), ..Options::default() };
    let mut client = Client::with(options, abilities()).await;
    let (draft, book) = (uri(folder, "draft.md"), uri(folder, "stylebook.toml"));

    client.open(&draft, "Anja Kowalczyk spoke.\n").await;
    assert!(rules(&mut client, &draft).await.is_empty(), "a stylebook that isn't there yet decides nothing");

    write(folder, "stylebook.toml", "[[person]]\nname = \"Anja Kowalczik\"\naliases = \"Anja Kowalczyk\"\n");
    client.notify("workspace/didChangeWatchedFiles", json!({"changes": [{"uri": book, "type": 1}]})).await;
    assert_eq!(rules(&mut client, &draft).await, ["name-variant"]);

    write(folder, "stylebook.toml", "[[person]]\nnames = \"Anja Kowalczik\"\n");
    client.notify("textDocument/didSave", json!({"textDocument": {"uri": book}})).await;
    assert!(rules(&mut client, &draft).await.is_empty());
    let told = |message: &Value| {
        let words = message["params"]["message"].as_str().unwrap_or_default();
        message["method"] == "window/showMessage" && words.contains("line 2: there is no key `names`")
    };
    client.wait_for(told).await;
    assert_eq!(client.finish().await, 0);
}
