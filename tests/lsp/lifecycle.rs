//! Starting, ending and staying alive, whatever is sent.

use std::sync::Arc;

use copydesk::corpus::{Cited, Corpus, CorpusError, Dossier, Extent, NameQuestion, Page, Questions, Record};
use serde_json::{Value, json};
use tokio::time::timeout;

use super::client::{Client, DRAFT, LIMIT, abilities, at, corpus_of, options};

#[tokio::test]
async fn the_exit_status_is_0_after_shutdown_and_exit_only() {
    assert_eq!(Client::new().await.finish().await, 0);

    let mut client = Client::new().await;
    client.send(&json!({"jsonrpc": "2.0", "method": "exit"})).await;
    assert_eq!(timeout(LIMIT, client.server).await.expect("the server ends").expect("no panic"), 1);

    let server = Client::new().await.hang_up();
    assert_eq!(timeout(LIMIT, server).await.expect("the server ends with its input").expect("no panic"), 1);
}

#[tokio::test]
async fn utf_8_positions_are_taken_where_they_are_offered() {
    let client = Client::new().await;
    assert_eq!(client.capabilities["positionEncoding"], "utf-8");
    let client = Client::with(options(corpus_of("")), json!({})).await;
    assert_eq!(client.capabilities["positionEncoding"], "utf-16");
    assert!(client.capabilities.get("diagnosticProvider").is_none());
}

#[tokio::test]
async fn requests_before_initialize_and_unknown_methods_are_refused() {
    let mut client = Client::unintroduced(options(corpus_of("")));
    let id = client.ask("textDocument/hover", at(DRAFT, 0, 0)).await;
    assert_eq!(client.answer(id).await["error"]["code"], -32002);

    let mut client = Client::new().await;
    let id = client.ask("copydesk/noSuchThing", json!({})).await;
    assert_eq!(client.answer(id).await["error"]["code"], -32601);
    client.notify("copydesk/noSuchNotification", json!({})).await;
    client.notify("$/whatever", json!({})).await;
    assert_eq!(client.finish().await, 0);
}

#[tokio::test]
async fn malformed_messages_do_not_stop_the_server() {
    let mut client = Client::new().await;
    client.open(DRAFT, "It rained.\n").await;
    client.diagnostics(DRAFT, 1).await;
    for body in ["{", "null", "[]", "\"text\"", "{\"jsonrpc\": \"2.0\"}", "{\"jsonrpc\": \"2.0\", \"id\": {}, \"method\": 3}"] {
        client.send_bytes(format!("Content-Length: {}\r\n\r\n{body}", body.len()).as_bytes()).await;
    }
    // Params that are not what they ought to be.
    for (method, params) in [
        ("textDocument/hover", json!({"textDocument": 3})),
        ("textDocument/hover", json!([])),
        ("textDocument/codeAction", json!({"textDocument": {"uri": DRAFT}, "range": "all"})),
        ("textDocument/definition", json!({"textDocument": {"uri": "no address"}, "position": {"line": -1, "character": 0}})),
    ] {
        let id = client.ask(method, params).await;
        assert_eq!(client.answer(id).await["error"]["code"], -32602, "{method}");
    }
    client.notify("textDocument/didChange", json!({"textDocument": {"uri": DRAFT}})).await;
    client.notify("textDocument/didOpen", json!(7)).await;
    assert_eq!(client.request("textDocument/hover", at(DRAFT, 0, 0)).await, Value::Null);
    assert_eq!(client.finish().await, 0);
}

#[tokio::test]
async fn positions_past_the_end_and_drafts_that_are_not_open_have_no_answer() {
    let mut client = Client::new().await;
    client.open(DRAFT, "It rained.\n").await;
    let far = u32::MAX >> 1;
    for uri in [DRAFT, "file:///desk/other.md", "untitled:Untitled-1"] {
        for method in ["textDocument/hover", "textDocument/definition", "textDocument/documentHighlight"] {
            assert_eq!(client.request(method, at(uri, far, far)).await, Value::Null, "{method} {uri}");
        }
        let range = json!({"start": {"line": far, "character": 0}, "end": {"line": 0, "character": far}});
        let params = json!({"textDocument": {"uri": uri}, "range": range, "context": {"diagnostics": []}});
        client.request("textDocument/codeAction", params).await;
    }
    assert_eq!(client.finish().await, 0);
}

/// Answers as another corpus does, but panics when the draft is about a certain name.
struct Trap {
    inner: Arc<dyn Corpus>,
    sprung: fn(&Questions) -> bool,
}

impl Corpus for Trap {
    fn dossier(&self, questions: &Questions) -> Result<Dossier, CorpusError> {
        assert!(!(self.sprung)(questions), "the trap is sprung");
        self.inner.dossier(questions)
    }

    fn extent(&self) -> Result<Extent, CorpusError> {
        // Asked for in every check, even in one without questions.
        assert!(!(self.sprung)(&Questions::default()), "the trap is sprung");
        self.inner.extent()
    }

    fn cited(&self, names: &[NameQuestion], page: Page) -> Result<Cited, CorpusError> {
        self.inner.cited(names, page)
    }

    fn search(&self, prefix: &str, _: usize) -> Result<Vec<Arc<Record>>, CorpusError> {
        assert_ne!(prefix, "trap");
        Ok(Vec::new())
    }
}

#[tokio::test]
async fn a_check_that_panics_leaves_the_server_alive() {
    use std::sync::atomic::{AtomicBool, Ordering};
    static SPRUNG: AtomicBool = AtomicBool::new(true);
    let trap = Trap { inner: corpus_of(""), sprung: |_| SPRUNG.load(Ordering::SeqCst) };
    let mut client = Client::with(options(Arc::new(trap)), abilities()).await;
    client.open(DRAFT, "<!-- stet -->\n\nIt rained.\n").await;
    assert!(client.diagnostics(DRAFT, 1).await.is_empty());
    assert_eq!(client.request("textDocument/hover", at(DRAFT, 2, 1)).await, Value::Null);
    let id = client.ask("workspace/symbol", json!({"query": "trap"})).await;
    assert_eq!(client.answer(id).await["error"]["code"], -32603);
    SPRUNG.store(false, Ordering::SeqCst);
    client
        .change(DRAFT, 2, json!([{"range": {"start": {"line": 2, "character": 0}, "end": {"line": 2, "character": 0}}, "text": "x"}]))
        .await;
    assert_eq!(client.diagnostics(DRAFT, 2).await.len(), 1);
    assert_eq!(client.finish().await, 0);
}

#[tokio::test]
async fn the_server_ends_when_the_editors_process_does_though_nobody_has_noticed() {
    let mut editor = std::process::Command::new("sleep").arg("600").spawn().expect("there is a `sleep`");
    let mut client = Client::unintroduced(options(corpus_of("")));
    client.request("initialize", json!({"processId": editor.id(), "rootUri": null, "capabilities": {}})).await;
    editor.kill().expect("it is ours");
    assert_eq!(timeout(LIMIT, &mut client.server).await.expect("the server ends").expect("no panic"), 1);
    editor.wait().expect("it has ended");
}

#[tokio::test]
async fn an_editor_whose_process_cannot_be_seen_is_served() {
    let mut gone = std::process::Command::new("true").spawn().expect("there is a `true`");
    let id = gone.id();
    gone.wait().expect("it ends");
    let mut client = Client::unintroduced(options(corpus_of("")));
    client.request("initialize", json!({"processId": id, "rootUri": null, "capabilities": {}})).await;
    client.notify("initialized", json!({})).await;
    client.open(DRAFT, "x <!-- stet --> it rained.\n").await;
    assert_eq!(client.diagnostics(DRAFT, 1).await.len(), 1);
    assert_eq!(client.finish().await, 0);
}

/// The program itself, whose input stays open: editors close it only when the server is gone.
#[tokio::test]
async fn the_program_ends_at_exit_though_its_input_stays_open() {
    use std::io::{BufRead, BufReader, Write};
    let mut program = std::process::Command::new(env!("CARGO_BIN_EXE_copydesk"))
        .arg("lsp")
        .stdin(std::process::Stdio::piped())
        .stdout(std::process::Stdio::piped())
        .spawn()
        .expect("the program starts");
    let mut input = program.stdin.take().expect("is piped");
    let mut output = BufReader::new(program.stdout.take().expect("is piped"));
    let mut say = |message: Value| {
        let body = message.to_string();
        write!(input, "Content-Length: {}\r\n\r\n{body}", body.len()).and_then(|()| input.flush()).expect("it reads");
    };
    say(json!({"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": {"processId": null, "rootUri": null, "capabilities": {}}}));
    let mut header = String::new();
    output.read_line(&mut header).expect("it answers");
    say(json!({"jsonrpc": "2.0", "id": 2, "method": "shutdown"}));
    say(json!({"jsonrpc": "2.0", "method": "exit"}));
    let ended = tokio::task::spawn_blocking(move || program.wait());
    let status = timeout(LIMIT, ended).await.expect("the program ends").expect("no panic").expect("has a status");
    assert_eq!(status.code(), Some(0));
    drop(input);
}
