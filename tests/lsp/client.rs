//! A small editor: sends requests and notifications, and keeps what comes back until it is asked for.

use std::collections::VecDeque;
use std::sync::Arc;
use std::time::Duration;

use copydesk::corpus::{Corpus, MemoryCorpus, Source, SourceHeader};
use copydesk::document::Document;
use copydesk::lsp::{Options, Shared, serve_with};
use copydesk::markup::Format;
use copydesk::workspace::Setting;
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt, DuplexStream, ReadHalf, WriteHalf, duplex, split};
use tokio::task::JoinHandle;
use tokio::time::timeout;

/// Far longer than anything takes: running into it means that the server hangs.
pub(crate) const LIMIT: Duration = Duration::from_secs(60);

pub(crate) const DRAFT: &str = "file:///desk/draft.md";

pub(crate) struct Client {
    input: WriteHalf<DuplexStream>,
    output: ReadHalf<DuplexStream>,
    unread: Vec<u8>,
    /// Messages nobody has asked for yet.
    waiting: VecDeque<Value>,
    next_id: i64,
    pub(crate) server: JoinHandle<i32>,
    pub(crate) capabilities: Value,
}

/// A setting with this corpus and nothing configured.
pub(crate) fn setting(corpus: Arc<dyn Corpus>) -> Arc<Shared> {
    Arc::new(Shared::new(Setting::of(corpus)))
}

/// A corpus of one source.
pub(crate) fn corpus_of(text: &str) -> Arc<dyn Corpus> {
    Arc::new(MemoryCorpus::new([source("gazette", "The Gazette", text)]))
}

/// Two sources with the same words: what they say is settled.
pub(crate) fn settled_corpus(text: &str) -> Arc<dyn Corpus> {
    Arc::new(MemoryCorpus::new([source("gazette", "The Gazette", text), source("courier", "The Courier", text)]))
}

fn source(name: &str, outlet: &str, text: &str) -> Source {
    let header = SourceHeader {
        id: format!("{name}.md"),
        outlet: Some(outlet.into()),
        file: Some(format!("/desk/corpus/{name}.md").into()),
        ..SourceHeader::default()
    };
    Source::read(header, Document::parse(text.into(), Format::Markdown))
}

pub(crate) fn options(corpus: Arc<dyn Corpus>) -> Options {
    Options { debounce: Duration::from_millis(5), shared: Some(setting(corpus)), ..Options::default() }
}

/// What an editor of the present says it can do, without asking for diagnostics itself.
pub(crate) fn abilities() -> Value {
    json!({
        "general": {"positionEncodings": ["utf-8", "utf-16"]},
        "workspace": {"workspaceEdit": {"documentChanges": true}},
        "textDocument": {
            "publishDiagnostics": {"relatedInformation": true, "versionSupport": true, "codeDescriptionSupport": true},
            "codeAction": {"codeActionLiteralSupport": {"codeActionKind": {"valueSet": ["quickfix"]}}},
            "documentSymbol": {"hierarchicalDocumentSymbolSupport": true},
        },
    })
}

impl Client {
    /// A server that has been told nothing yet.
    pub(crate) fn unintroduced(options: Options) -> Self {
        let (editor, server) = duplex(1 << 20);
        let (server_input, server_output) = split(server);
        let server = tokio::spawn(async move { serve_with(server_input, server_output, options).await });
        let (output, input) = split(editor);
        Self { input, output, unread: Vec::new(), waiting: VecDeque::new(), next_id: 0, server, capabilities: Value::Null }
    }

    pub(crate) async fn with(options: Options, abilities: Value) -> Self {
        let mut client = Self::unintroduced(options);
        let result = client.request("initialize", json!({"processId": null, "rootUri": null, "capabilities": abilities})).await;
        client.capabilities = result["capabilities"].clone();
        client.notify("initialized", json!({})).await;
        client
    }

    pub(crate) async fn new() -> Self {
        Self::with(options(corpus_of("")), abilities()).await
    }

    pub(crate) async fn send_bytes(&mut self, bytes: &[u8]) {
        timeout(LIMIT, self.input.write_all(bytes)).await.expect("the server reads").expect("the pipe is open");
    }

    pub(crate) async fn send(&mut self, message: &Value) {
        let body = message.to_string();
        self.send_bytes(format!("Content-Length: {}\r\n\r\n{body}", body.len()).as_bytes()).await;
    }

    pub(crate) async fn notify(&mut self, method: &str, params: Value) {
        self.send(&json!({"jsonrpc": "2.0", "method": method, "params": params})).await;
    }

    /// Sends a request and returns its id.
    pub(crate) async fn ask(&mut self, method: &str, params: Value) -> i64 {
        self.next_id += 1;
        let mut message = json!({"jsonrpc": "2.0", "id": self.next_id, "method": method});
        if !params.is_null() {
            message["params"] = params;
        }
        self.send(&message).await;
        self.next_id
    }

    /// The whole answer to a request, result or error.
    pub(crate) async fn answer(&mut self, id: i64) -> Value {
        self.wait_for(|message| message["id"] == json!(id) && message.get("method").is_none()).await
    }

    pub(crate) async fn request(&mut self, method: &str, params: Value) -> Value {
        let id = self.ask(method, params).await;
        let answer = self.answer(id).await;
        assert!(answer.get("error").is_none(), "{method}: {answer}");
        answer["result"].clone()
    }

    /// The first message that is wanted; others are kept.
    pub(crate) async fn wait_for(&mut self, wanted: impl Fn(&Value) -> bool) -> Value {
        if let Some(at) = self.waiting.iter().position(&wanted) {
            return self.waiting.remove(at).expect("was just found");
        }
        loop {
            let message = self.receive().await.expect("the server is there");
            if wanted(&message) {
                return message;
            }
            self.waiting.push_back(message);
        }
    }

    /// How many of the messages that nobody has asked for yet are wanted.
    pub(crate) fn unheard(&self, wanted: impl Fn(&Value) -> bool) -> usize {
        self.waiting.iter().filter(|message| wanted(message)).count()
    }

    /// The next message off the pipe; none at its end.
    pub(crate) async fn receive(&mut self) -> Option<Value> {
        loop {
            if let Some(message) = self.parse() {
                return Some(message);
            }
            let mut chunk = vec![0; 1 << 14];
            let read = timeout(LIMIT, self.output.read(&mut chunk)).await.expect("the server answers in time").ok()?;
            if read == 0 {
                return None;
            }
            self.unread.extend_from_slice(&chunk[..read]);
        }
    }

    fn parse(&mut self) -> Option<Value> {
        let head = self.unread.windows(4).position(|four| four == b"\r\n\r\n")?;
        let header = String::from_utf8_lossy(&self.unread[..head]).to_ascii_lowercase();
        let length: usize = header.lines().find_map(|line| line.strip_prefix("content-length:"))?.trim().parse().ok()?;
        let end = head + 4 + length;
        if self.unread.len() < end {
            return None;
        }
        let message = serde_json::from_slice(&self.unread[head + 4..end]).expect("the server sends JSON");
        self.unread.drain(..end);
        Some(message)
    }

    pub(crate) async fn open(&mut self, uri: &str, text: &str) {
        self.open_as(uri, "markdown", 1, text).await;
    }

    pub(crate) async fn open_as(&mut self, uri: &str, language: &str, version: i32, text: &str) {
        let document = json!({"uri": uri, "languageId": language, "version": version, "text": text});
        self.notify("textDocument/didOpen", json!({"textDocument": document})).await;
    }

    pub(crate) async fn change(&mut self, uri: &str, version: i32, changes: Value) {
        let document = json!({"uri": uri, "version": version});
        self.notify("textDocument/didChange", json!({"textDocument": document, "contentChanges": changes})).await;
    }

    /// The diagnostics published for a version of a draft.
    pub(crate) async fn diagnostics(&mut self, uri: &str, version: i32) -> Vec<Value> {
        let published = self
            .wait_for(|message| {
                message["method"] == "textDocument/publishDiagnostics"
                    && message["params"]["uri"] == uri
                    && message["params"]["version"] == version
            })
            .await;
        published["params"]["diagnostics"].as_array().expect("a list").clone()
    }

    /// What a hover says at a place; null where it says nothing.
    pub(crate) async fn hover(&mut self, uri: &str, line: u32, character: u32) -> Value {
        self.request("textDocument/hover", at(uri, line, character)).await
    }

    /// Closes the pipe without a word.
    pub(crate) fn hang_up(self) -> JoinHandle<i32> {
        self.server
    }

    /// Ends the server as an editor does, and returns its exit status.
    pub(crate) async fn finish(mut self) -> i32 {
        let id = self.ask("shutdown", Value::Null).await;
        self.answer(id).await;
        self.send(&json!({"jsonrpc": "2.0", "method": "exit"})).await;
        timeout(LIMIT, self.server).await.expect("the server ends").expect("and did not panic")
    }
}

pub(crate) fn position(line: u32, character: u32) -> Value {
    json!({"line": line, "character": character})
}

pub(crate) fn at(uri: &str, line: u32, character: u32) -> Value {
    json!({"textDocument": {"uri": uri}, "position": position(line, character)})
}
