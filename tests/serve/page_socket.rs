//! A page's socket: the server of an editor behind it, for drafts in memory, and one desk for all pages.

use serde_json::{Value, json};

use super::client::{DRAFT, Served};

const TEXT: &str = "Mayor Anja Kowalczik opened the bridge.\n";

fn at(character: u32) -> Value {
    json!({"start": {"line": 0, "character": character}, "end": {"line": 0, "character": character}})
}

#[tokio::test]
async fn a_draft_is_checked_as_it_is_typed_with_the_evidence_beside_each_finding() {
    let served = Served::new().await;
    let mut page = served.page().await;
    page.open("markdown", TEXT).await;
    let found = page.findings(1).await;
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(found[0]["code"], "name-misspelled");
    assert_eq!(found[0]["data"]["settled"], true);
    assert_eq!(found[0]["data"]["evidence"][0]["sentence"], "Mayor Anja Kowalczyk opened the bridge.");
    let params = json!({"textDocument": {"uri": DRAFT}, "range": found[0]["range"], "context": {"diagnostics": []}});
    let actions = page.ask("textDocument/codeAction", params).await["result"].clone();
    let fix = actions.as_array().and_then(|actions| actions.iter().find(|action| action["isPreferred"] == true)).expect("a fix");
    assert_eq!(fix["edit"]["documentChanges"][0]["edits"][0]["newText"], "Kowalczyk");
    let change = json!({"textDocument": {"uri": DRAFT, "version": 2}, "contentChanges": [{"text": TEXT.replace("czik", "czyk")}]});
    page.tell("textDocument/didChange", change).await;
    assert_eq!(page.findings(2).await, Vec::<Value>::new());
    let dossier = page.ask("copydesk/dossier", json!({"textDocument": {"uri": DRAFT}})).await;
    assert_eq!(dossier["result"]["entries"][0]["mark"], "attested", "{dossier}");
}

#[tokio::test]
async fn what_the_desk_decides_at_one_page_is_in_the_stylebook_and_holds_at_all() {
    let served = Served::new().await;
    let (mut one, mut other) = (served.page().await, served.page().await);
    for page in [&mut one, &mut other] {
        page.open("markdown", TEXT).await;
        assert_eq!(page.findings(1).await.len(), 1);
    }
    let params = json!({"textDocument": {"uri": DRAFT}, "range": at(14), "context": {"diagnostics": []}});
    let actions = one.ask("textDocument/codeAction", params).await["result"].clone();
    let decision = actions
        .as_array()
        .expect("a list")
        .iter()
        .find(|action| action["title"].as_str().is_some_and(|t| t.starts_with("Stylebook: the desk writes")));
    let decision = decision.expect("the desk may decide");
    assert!(decision["edit"].is_null(), "a page writes no files");
    let done = one
        .ask("workspace/executeCommand", json!({"command": decision["command"]["command"], "arguments": decision["command"]["arguments"]}))
        .await;
    assert!(done["error"].is_null(), "{done}");
    for page in [&mut one, &mut other] {
        assert_eq!(page.findings(1).await, Vec::<Value>::new());
    }
    let book = std::fs::read_to_string(served.desk.path().join("style.toml")).expect("is there");
    assert!(book.contains("name = \"Anja Kowalczik\""), "{book}");
}

#[tokio::test]
async fn where_nobody_decides_no_decision_is_offered_or_taken() {
    let served = Served::on(super::client::newsroom(), copydesk::serve::Limits::default(), false).await;
    let mut page = served.page().await;
    page.open("markdown", TEXT).await;
    let params = json!({"textDocument": {"uri": DRAFT}, "range": at(14), "context": {"diagnostics": []}});
    let actions = page.ask("textDocument/codeAction", params).await["result"].to_string();
    assert!(actions.contains("Kowalczyk") && !actions.contains("Stylebook"), "{actions}");
    let decide = json!({"draft": DRAFT, "kind": "person", "prefer": "Anja Kowalczik", "over": "Anja Kowalczyk"});
    let done = page.ask("workspace/executeCommand", json!({"command": "copydesk.decide", "arguments": [decide]})).await;
    assert!(done["error"].is_object(), "{done}");
    assert_eq!(std::fs::read_to_string(served.desk.path().join("style.toml")).expect("is there"), "");
}

#[tokio::test]
async fn nothing_stays_of_a_page_that_has_gone() {
    let served = Served::new().await;
    let alive = || tokio::runtime::Handle::current().metrics().num_alive_tasks();
    let visit = async || {
        let mut page = served.page().await;
        page.open("markdown", TEXT).await;
        assert_eq!(page.findings(1).await.len(), 1);
    };
    visit().await;
    let settle = async |few: usize| {
        for _ in 0..600 {
            if served.count("copydesk_sessions").await == "0" && alive() <= few {
                return;
            }
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        }
        panic!("{} tasks are left, and {} sessions", alive(), served.count("copydesk_sessions").await);
    };
    settle(6).await;
    for _ in 0..10 {
        visit().await;
    }
    settle(6).await;
}

#[tokio::test]
async fn the_server_ends_in_order_and_tells_its_pages() {
    let mut served = Served::new().await;
    let mut page = served.page().await;
    served.stop();
    assert_eq!(page.end().await, Some((1001, "stopping".to_owned())));
    drop(page);
    tokio::time::timeout(super::client::LIMIT, &mut served.server).await.expect("ends").expect("is sound");
    assert!(tokio::net::TcpStream::connect(served.address).await.is_err());
}
