//! The desk that is served is kept up with its files and its archive, without a new start.

use serde_json::{Value, json};

use super::client::{DRAFT, Served};

const TEXT: &str = "Mayor Anja Kowalczik opened the bridge.\n";

#[tokio::test]
async fn a_stylebook_that_somebody_else_writes_holds_at_once() {
    let served = Served::new().await;
    let mut page = served.page().await;
    page.open("markdown", TEXT).await;
    assert_eq!(page.findings(1).await.len(), 1);
    std::fs::write(served.desk.path().join("style.toml"), "[[person]]\nname = \"Anja Kowalczik\"\n").expect("is writable");
    assert_eq!(page.findings(1).await, Vec::<Value>::new());
}

#[tokio::test]
async fn a_configuration_that_is_faulty_leaves_what_was_sound() {
    let served = Served::new().await;
    let config = served.desk.path().join("copydesk.toml");
    std::fs::write(&config, "corpus = [\n").expect("is writable");
    let mut page = served.page().await;
    page.open("markdown", TEXT).await;
    assert_eq!(page.findings(1).await.len(), 1);
    std::fs::write(&config, "corpus = [\"sources\"]\n[rules]\nname-misspelled = \"off\"\n").expect("is writable");
    assert_eq!(page.findings(1).await, Vec::<Value>::new());
}

#[tokio::test]
async fn a_change_is_seen_though_a_decision_comes_just_behind_it() {
    let served = Served::new().await;
    let text = "Mayor Anja Kowalczik opened the bridge on Monday, 3 December 2025.\n";
    let mut page = served.page().await;
    page.open("markdown", text).await;
    assert_eq!(page.findings(1).await.len(), 2);
    let config = "corpus = [\"sources\"]\nstylebook = \"style.toml\"\n[rules]\ndate-weekday = \"off\"\n";
    std::fs::write(served.desk.path().join("copydesk.toml"), config).expect("is writable");
    let decide = json!({"draft": DRAFT, "kind": "person", "prefer": "Anja Kowalczik", "over": "Anja Kowalczyk"});
    let done = page.ask("workspace/executeCommand", json!({"command": "copydesk.decide", "arguments": [decide]})).await;
    assert!(done["error"].is_null(), "{done}");
    tokio::time::sleep(std::time::Duration::from_secs(2)).await;
    let checked = served.post("/check", "text/markdown", text.as_bytes()).await.json();
    assert_eq!(checked["findings"], json!([]));
}

#[tokio::test]
async fn a_stylebook_that_is_no_such_thing_leaves_what_was_sound() {
    let served = Served::new().await;
    let book = served.desk.path().join("style.toml");
    let mut page = served.page().await;
    page.open("markdown", TEXT).await;
    assert_eq!(page.findings(1).await.len(), 1);
    std::fs::write(&book, "[[person]]\nname = \"Anja Kowalczik\"\n").expect("is writable");
    assert_eq!(page.findings(1).await, Vec::<Value>::new());
    // As an editor leaves it that saves half-way; the page that comes then has what the desk has decided.
    std::fs::write(&book, "[[person]]\nname = ").expect("is writable");
    tokio::time::sleep(std::time::Duration::from_secs(2)).await;
    let mut other = served.page().await;
    other.open("markdown", TEXT).await;
    assert_eq!(other.findings(1).await, Vec::<Value>::new());
}

#[cfg(feature = "archive")]
#[tokio::test]
async fn what_an_archive_is_given_holds_in_all_pages() {
    let desk = super::client::newsroom();
    std::fs::write(desk.path().join("copydesk.toml"), "corpus = [\"sources\"]\narchive = \"kept\"\n").expect("is writable");
    let update = |desk: &std::path::Path, what: &str| {
        let status = std::process::Command::new(env!("CARGO_BIN_EXE_copydesk"))
            .current_dir(desk)
            .args(["archive", what])
            .env("XDG_CACHE_HOME", desk.join(".cache"))
            .output()
            .expect("copydesk starts");
        assert!(status.status.success(), "{status:?}");
    };
    update(desk.path(), "build");
    let served = Served::on(desk, copydesk::serve::Limits::default(), true).await;
    let mut page = served.page().await;
    page.open("markdown", "Mayor Greta Aasland opened the bridge. Aaslund left.\n").await;
    let before = page.findings(1).await;
    for source in ["three", "four"] {
        let text = "Harbour master Greta Aaslund came to Larsund.\n";
        std::fs::write(served.desk.path().join(format!("sources/{source}.md")), text).expect("is writable");
    }
    update(served.desk.path(), "update");
    let after = page.findings(1).await;
    assert_ne!(before, after, "{after:?}");
}
