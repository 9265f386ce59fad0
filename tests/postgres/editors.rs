//! A server whose corpus is a database: it sees loads, keeps what it has while the database is away, says so once, and goes on when it is back.

use serde_json::{Value, json};

use crate::client::{Client, abilities};
use crate::desk::Desk;
use crate::server::Server;

fn load(desk: &Desk, at: &str, name: &str) {
    desk.write("sources/one.md", &format!("Governor {name} spoke of rain.\n"));
    desk.done(&["archive", "build", "--corpus", "sources", "--archive", "built"]);
    desk.done(&["archive", "load", "--into", at, "built"]);
}

fn said(message: &Value) -> &str {
    let is_shown = message["method"] == "window/showMessage";
    message["params"]["message"].as_str().filter(|_| is_shown).unwrap_or_default()
}

#[tokio::test]
async fn an_editor_keeps_what_it_has_while_the_database_is_away() {
    let server = Server::start();
    let at = server.database();
    let desk = Desk::new();
    desk.write("copydesk.toml", &format!("corpus = \"{at}\"\n"));
    load(&desk, &at, "Ada Quillfeather");
    let options = copydesk::lsp::Options { debounce: std::time::Duration::from_millis(3), ..copydesk::lsp::Options::default() };
    let mut client = Client::with(options, abilities()).await;
    let draft = format!("file://{}", desk.path("draft.md").display());
    client.open(&draft, "Governor Ada Quilfeather spoke.\n").await;
    assert_eq!(client.diagnostics(&draft, 1).await.len(), 1);

    load(&desk, &at, "Ada Quilfeather");
    assert_eq!(client.diagnostics(&draft, 1).await.len(), 0, "a load is seen");
    load(&desk, &at, "Ada Quillfeather");
    assert_eq!(client.diagnostics(&draft, 1).await.len(), 1);

    server.down();
    client.change(&draft, 2, json!([{"text": "Governor Ada Quilfeather spoke again. Anja Solvang of Larsund was there.\n"}])).await;
    client.wait_for(|message| said(message).contains("the database can't be reached")).await;
    client.change(&draft, 3, json!([{"text": "Governor Ada Quilfeather spoke once more. Anja Solvang of Larsund was there.\n"}])).await;
    tokio::time::sleep(std::time::Duration::from_secs(1)).await;
    server.up();
    client.wait_for(|message| said(message) == "the archive answers again").await;
    assert_eq!(client.unheard(|message| said(message).contains("can't be reached")), 0, "it is said once");
    let is_cleared =
        |message: &Value| message["method"] == "textDocument/publishDiagnostics" && message["params"]["diagnostics"] == json!([]);
    assert_eq!(client.unheard(is_cleared), 0, "what was found stays");
    assert_eq!(client.diagnostics(&draft, 3).await.len(), 1);
    assert_eq!(client.finish().await, 0);
}
