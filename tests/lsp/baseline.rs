//! The server is as quiet as the command: what the desk's baseline accepts and what its configuration excludes is not shown.

use std::process::Command;
use std::time::Duration;

use copydesk::lsp::Options;
use serde_json::{Value, json};

use crate::client::{Client, abilities};

const DRAFT: &str = "Anja Kowalczik spoke on Tuesday, 4 March 2024.\n";

/// The rules of the next diagnostics published for a draft.
async fn rules(client: &mut Client, uri: &str) -> Vec<Value> {
    client.diagnostics(uri, 1).await.iter().map(|diagnostic| diagnostic["code"].clone()).collect()
}

#[tokio::test]
async fn what_is_accepted_or_excluded_is_not_shown() {
    let desk = tempfile::tempdir().expect("a temporary folder");
    let put = |name: &str, text: &str| {
        let path = desk.path().join(name);
        std::fs::create_dir_all(path.parent().expect("has a folder")).expect("is writable");
        std::fs::write(path, text).expect("is writable");
    };
    let uri = |name: &str| format!("file://{}/{name}", desk.path().display());
    put("archive/a.md", "Anja Kowalczyk spoke. Anja Kowalczyk left.\n");
    put("copydesk.toml", "corpus = \"archive\"\nbaseline = \"baseline.toml\"\nexclude = \"old\"\n");
    put("draft.md", DRAFT);
    let options = Options { debounce: Duration::from_millis(5), ..Options::default() };
    let mut client = Client::with(options, abilities()).await;

    client.open(&uri("draft.md"), DRAFT).await;
    let told = |message: &Value| message["params"]["message"].as_str().is_some_and(|words| words.contains("there is no such baseline"));
    client.wait_for(told).await;
    assert_eq!(rules(&mut client, &uri("draft.md")).await, ["name-misspelled", "date-weekday"], "what is not there accepts nothing");
    client.open(&uri("old/draft.md"), DRAFT).await;
    assert_eq!(rules(&mut client, &uri("old/draft.md")).await, [] as [Value; 0]);

    let accepted = Command::new(env!("CARGO_BIN_EXE_copydesk"))
        .current_dir(desk.path())
        .args(["lint", "--write-baseline", "baseline.toml", "--select", "name-*"])
        .output()
        .expect("copydesk starts");
    assert!(accepted.status.success(), "{accepted:?}");
    client.notify("workspace/didChangeWatchedFiles", json!({"changes": [{"uri": uri("baseline.toml"), "type": 1}]})).await;
    assert_eq!(rules(&mut client, &uri("draft.md")).await, ["date-weekday"]);
    assert_eq!(client.finish().await, 0);
}
