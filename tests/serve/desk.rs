//! The desk that is served is kept up with its files and its archive, without a new start.

use serde_json::Value;

use super::client::Served;

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
