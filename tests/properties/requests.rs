//! What must hold of whatever an editor sends: the server answers each request once, none with a fault of its own, and is there for
//! the next one until it is told to go.

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};
use std::time::Duration;

use copydesk::corpus::{MemoryCorpus, Source, SourceHeader};
use copydesk::document::Document;
use copydesk::lsp::{Options, Shared, serve_with};
use copydesk::markup::Format;
use copydesk::workspace::Setting;
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _, duplex, split};

use super::invariants::ARTICLES;

/// Far longer than anything takes: running into it means that the server hangs.
const LIMIT: Duration = Duration::from_secs(60);

/// The id of the last request.
const LAST: i64 = 777_777;

/// What is asked and told, and some that nobody knows.
pub const METHODS: &[&str] = &[
    "textDocument/hover",
    "textDocument/definition",
    "textDocument/documentHighlight",
    "textDocument/documentSymbol",
    "textDocument/prepareRename",
    "textDocument/completion",
    "textDocument/foldingRange",
    "textDocument/selectionRange",
    "textDocument/semanticTokens/full",
    "textDocument/semanticTokens/range",
    "textDocument/codeLens",
    "textDocument/documentLink",
    "textDocument/inlayHint",
    "textDocument/references",
    "textDocument/rename",
    "textDocument/codeAction",
    "textDocument/diagnostic",
    "workspace/symbol",
    "workspace/executeCommand",
    "textDocument/didOpen",
    "textDocument/didChange",
    "textDocument/didClose",
    "textDocument/didSave",
    "workspace/didChangeConfiguration",
    "workspace/didChangeWorkspaceFolders",
    "workspace/didChangeWatchedFiles",
    "workspace/didRenameFiles",
    "window/workDoneProgress/cancel",
    "initialize",
    "initialized",
    "$/cancelRequest",
    "$/setTrace",
    "$/none",
    "copydesk/none",
    "",
];

/// What they bear, well-formed and not.
pub const PARAMS: &[&str] = &[
    "null",
    "{}",
    "[]",
    "[1,2]",
    "\"text\"",
    "-1",
    r#"{"textDocument":{"uri":"file:///desk/a.md"}}"#,
    r#"{"textDocument":{"uri":"file:///desk/a.md"},"position":{"line":0,"character":8}}"#,
    r#"{"textDocument":{"uri":"file:///desk/a.md"},"position":{"line":4294967295,"character":4294967295}}"#,
    r#"{"textDocument":{"uri":"file:///desk/a.md"},"position":{"line":4294967296,"character":-1}}"#,
    r#"{"textDocument":{"uri":"file:///desk/a.md"},"position":{"line":1.5,"character":1e30}}"#,
    r#"{"textDocument":{"uri":"file:///desk/a.md"},"positions":[{"line":6,"character":9},{"line":0,"character":0}]}"#,
    r#"{"textDocument":{"uri":"file:///desk/a.md"},"positions":[]}"#,
    r#"{"textDocument":{"uri":"file:///desk/a.md"},"range":{"start":{"line":9,"character":9},"end":{"line":0,"character":0}}}"#,
    r#"{"textDocument":{"uri":"file:///desk/a.md"},"range":{"start":{"line":0,"character":0},"end":{"line":99,"character":99}},"context":{"diagnostics":[]}}"#,
    r#"{"textDocument":{"uri":"file:///desk/a.md"},"range":{"start":{"line":0,"character":0},"end":{"line":0,"character":0}},"context":{"diagnostics":[{"range":{"start":{"line":7,"character":7},"end":{"line":3,"character":3}},"message":"","data":[[]]}],"only":["","quickfix","source.fixAll"]}}"#,
    r#"{"textDocument":{"uri":"file:///desk/a.md"},"position":{"line":6,"character":20},"context":{"includeDeclaration":true}}"#,
    r#"{"textDocument":{"uri":"file:///desk/a.md"},"position":{"line":6,"character":20},"newName":"Anja\u001b[31m\n"}"#,
    r#"{"textDocument":{"uri":"file:///desk/a.md"},"position":{"line":6,"character":20},"newName":""}"#,
    r#"{"textDocument":{"uri":"file:///desk/b.md"},"position":{"line":0,"character":0}}"#,
    r#"{"textDocument":{"uri":"untitled:a"},"position":{"line":0,"character":0}}"#,
    r#"{"textDocument":{"uri":""},"position":{"line":0,"character":0}}"#,
    r#"{"textDocument":{"uri":"file://%00/%ff%2e%2e/\u202e"},"position":{"line":0,"character":0}}"#,
    r#"{"textDocument":{"uri":"file:///desk/a.md","languageId":"markdown","version":1,"text":"Anja Solvangg said 130 people left.\r\n\r\n"}}"#,
    r#"{"textDocument":{"uri":"file:///desk/a.md","languageId":"html","version":-2147483648,"text":"<p>\u0000😀"}}"#,
    r#"{"textDocument":{"uri":"file:///desk/b.md","languageId":"","version":2147483647,"text":""}}"#,
    r#"{"textDocument":{"uri":"file:///desk/copydesk.toml","languageId":"toml","version":1,"text":"corpus = [\n[rules]\nx = 1"}}"#,
    r#"{"textDocument":{"uri":"file:///desk/stylebook.toml","languageId":"toml","version":1,"text":"[[person]]\nname = 3"}}"#,
    r#"{"textDocument":{"uri":"file:///desk/stylebook.toml"},"position":{"line":1,"character":3}}"#,
    r#"{"textDocument":{"uri":"file:///desk/a.md","version":2},"contentChanges":[{"range":{"start":{"line":9,"character":9},"end":{"line":2,"character":1}},"text":"x"}]}"#,
    r#"{"textDocument":{"uri":"file:///desk/a.md","version":3},"contentChanges":[{"range":{"start":{"line":0,"character":1},"end":{"line":0,"character":2}},"rangeLength":99,"text":"\u2028\r"},{"text":"😀 Solvang"},{"range":{"start":{"line":0,"character":1},"end":{"line":0,"character":1}},"text":"y"}]}"#,
    r#"{"textDocument":{"uri":"file:///desk/a.md","version":0},"contentChanges":[]}"#,
    r#"{"textDocument":{"uri":"file:///desk/a.md","version":null},"contentChanges":[{"text":7}]}"#,
    r#"{"query":""}"#,
    r#"{"query":"\u0000so😀"}"#,
    r#"{"command":"copydesk.decide","arguments":[]}"#,
    r#"{"command":"copydesk.decide","arguments":[{"uri":7}]}"#,
    r#"{"command":"none","arguments":[[[[]]]]}"#,
    r#"{"settings":null}"#,
    r#"{"settings":{"copydesk":{"debounce":-1,"colours":"loud"}}}"#,
    r#"{"settings":{"copydesk":{"debounce":18446744073709551615,"colours":true}}}"#,
    r#"{"event":{"added":[{"uri":"file:///none","name":""}],"removed":[{"uri":"untitled:x","name":""}]}}"#,
    r#"{"changes":[{"uri":"file:///desk/copydesk.toml","type":9},{"uri":"file:///","type":3}]}"#,
    r#"{"files":[{"oldUri":"file:///desk/a.md","newUri":"untitled:b"}]}"#,
    r#"{"token":1}"#,
    r#"{"id":1}"#,
    r#"{"id":[]}"#,
    r#"{"value":"loud"}"#,
    r#"{"previousResultIds":[{"uri":"file:///desk/a.md","value":"x"}]}"#,
    r#"{"processId":-1,"rootUri":"file:///none","capabilities":{}}"#,
    r#"{"processId":4000000000,"capabilities":7}"#,
];

/// How a message says who it is: the `{n}`th.
pub const IDS: &[&str] = &["", "\"id\":{n},", "\"id\":\"{n}\",", "\"id\":null,", "\"id\":1.5,", "\"id\":-{n},"];

/// A message put together of the three.
pub fn message(n: usize, id: &str, method: &str, params: &str) -> String {
    let id = id.replace("{n}", &(1_000 + n).to_string());
    format!("{{\"jsonrpc\":\"2.0\",{id}\"method\":\"{method}\",\"params\":{params}}}")
}

fn framed(body: &str) -> String {
    format!("Content-Length: {}\r\n\r\n{body}", body.len())
}

/// Whatever bytes came before, the next request is answered.
pub fn is_heard_behind(bytes: &[u8]) {
    let answers = answers_to(bytes);
    // Unless they told the server to go.
    let told = bytes.windows(4).any(|four| four == b"exit");
    assert!(told || answers.iter().any(|answer| answer["id"] == LAST), "deaf: {answers:?}");
}

/// In a session with a draft, each of these that is a request is answered once.
pub fn is_answered_once(messages: &[String]) {
    let document = json!({"uri": "file:///desk/a.md", "languageId": "markdown", "version": 1, "text": ARTICLES[0]});
    let mut input = framed(&message(0, "\"id\":1,", "initialize", r#"{"processId":null,"capabilities":{}}"#));
    input += &framed(&message(0, "", "initialized", "{}"));
    input += &framed(&message(0, "", "textDocument/didOpen", &json!({"textDocument": document}).to_string()));
    input.extend(messages.iter().map(|message| framed(message)));
    let answers = answers_to(input.as_bytes());
    let mut open: BTreeMap<String, i32> = BTreeMap::new();
    for message in messages.iter().map(|message| serde_json::from_str::<Value>(message).expect("is JSON")) {
        if message["id"].is_i64() || message["id"].is_string() {
            *open.entry(message["id"].to_string()).or_default() += 1;
        }
    }
    for answer in &answers {
        assert_ne!(answer["error"]["code"], -32603, "a fault of the server: {answer} to {messages:?}");
        if let Some(left) = open.get_mut(&answer["id"].to_string()) {
            *left -= 1;
        }
    }
    assert!(open.values().all(|left| *left == 0), "not answered once: {open:?} of {messages:?}");
    assert!(answers.iter().any(|answer| answer["id"] == LAST), "deaf behind {messages:?}");
}

/// All that is answered to some bytes, and to a last request behind them, until the server ends.
fn answers_to(bytes: &[u8]) -> Vec<Value> {
    let mut input = bytes.to_vec();
    input.extend_from_slice(framed(&message(0, &format!("\"id\":{LAST},"), "shutdown", "null")).as_bytes());
    input.extend_from_slice(framed(r#"{"jsonrpc":"2.0","method":"exit"}"#).as_bytes());
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().expect("a runtime");
    let output = runtime.block_on(async {
        let (editor, server) = duplex(1 << 16);
        let (server_input, server_output) = split(server);
        let server = tokio::spawn(serve_with(server_input, server_output, options()));
        let (mut output, mut to_server) = split(editor);
        let write = async {
            // It may go before it has heard everything.
            let _ = to_server.write_all(&input).await;
            let _ = to_server.shutdown().await;
        };
        let mut heard = Vec::new();
        let talk = async { tokio::join!(write, output.read_to_end(&mut heard)).1 };
        tokio::time::timeout(LIMIT, talk).await.expect("the server ends").expect("memory can be read");
        server.await.expect("the server doesn't panic");
        heard
    });
    messages_in(&output).into_iter().filter(|message| message.get("method").is_none()).collect()
}

/// The messages of an output, which has nothing else in it.
fn messages_in(mut output: &[u8]) -> Vec<Value> {
    let mut messages = Vec::new();
    while !output.is_empty() {
        let head = output.windows(4).position(|four| four == b"\r\n\r\n").expect("a header ends");
        let header = std::str::from_utf8(&output[..head]).expect("is text");
        let length: usize = header.strip_prefix("Content-Length: ").and_then(|length| length.parse().ok()).expect("a length");
        let (body, rest) = output[head + 4..].split_at(length);
        messages.push(serde_json::from_slice(body).expect("is JSON"));
        output = rest;
    }
    messages
}

fn options() -> Options {
    static SETTING: LazyLock<Setting> = LazyLock::new(|| {
        let header = SourceHeader { id: "1.md".to_owned(), ..SourceHeader::default() };
        let source = Source::read(header, Document::parse(ARTICLES[1].into(), Format::Markdown));
        Setting::of(Arc::new(MemoryCorpus::new([source])))
    });
    let moment = Duration::from_millis(20);
    let shared = Some(Arc::new(Shared::new(SETTING.clone())));
    Options { debounce: Duration::ZERO, patience: moment, shared, ..Options::default() }
}
