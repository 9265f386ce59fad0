//! A corpus that takes its time: what is shown in the meantime is asked for again.

use std::time::Duration;

use copydesk::lsp::Options;
use serde_json::{Value, json};

use super::client::{Client, DRAFT, abilities, corpus_of, options};
use super::desk::{desk, introduced_with, uri};
use super::heavy::Heavy;

/// What an editor says that can be told to ask again.
fn refreshing() -> Value {
    let mut able = abilities();
    for shown in ["semanticTokens", "codeLens", "inlayHint"] {
        able["workspace"][shown] = json!({"refreshSupport": true});
    }
    able
}

async fn all_are_refreshed(client: &mut Client) {
    for shown in ["semanticTokens", "codeLens", "inlayHint"] {
        let method = format!("workspace/{shown}/refresh");
        client.wait_for(|message| message["method"] == method.as_str()).await;
    }
}

#[tokio::test]
async fn what_was_shown_before_the_corpus_answered_is_asked_for_again() {
    let slow = Heavy::about("Solvang", corpus_of("Mayor Anja Solvang came.\n"));
    let impatient = Options { patience: Duration::ZERO, ..options(slow.clone()) };
    let mut client = Client::with(impatient, refreshing()).await;
    client.open(DRAFT, "Mayor Anja Solvang left.\n").await;
    let draft = json!({"textDocument": {"uri": DRAFT}});
    assert_eq!(client.request("textDocument/semanticTokens/full", draft.clone()).await, Value::Null);
    assert_eq!(client.request("textDocument/codeLens", draft.clone()).await, Value::Null);
    slow.let_go();
    all_are_refreshed(&mut client).await;
    client.notify("workspace/didChangeConfiguration", json!({"settings": {"copydesk": {"colours": true}}})).await;
    let tokens = client.request("textDocument/semanticTokens/full", draft.clone()).await;
    assert!(tokens["data"].as_array().is_some_and(|data| !data.is_empty()), "{tokens}");
    assert_eq!(client.request("textDocument/codeLens", draft).await.as_array().map(Vec::len), Some(1));
    assert_eq!(client.finish().await, 0);
}

#[tokio::test]
async fn what_was_shown_while_sources_were_read_is_asked_for_again() {
    let desk = desk("corpus = [\"sources\"]\n");
    let impatient = Options { patience: Duration::ZERO, ..Options::default() };
    let mut client = introduced_with(impatient, refreshing(), json!({}), &[&desk]).await;
    let draft = uri(&desk, "draft.md");
    client.open(&draft, "Mayor Anja Solvang left.\n").await;
    let params = json!({"textDocument": {"uri": draft}});
    assert_eq!(client.request("textDocument/semanticTokens/full", params.clone()).await, Value::Null);
    all_are_refreshed(&mut client).await;
    assert!(client.request("textDocument/semanticTokens/full", params).await["data"].is_array());
    assert_eq!(client.finish().await, 0);
}
