//! Leads a page's socket to a session of the language server: the very one that editors have, and yet confined. A page is answered what
//! `ANSWERED` lists and about drafts in memory alone; what it says of itself is replaced by what the page can do, so that no folder, no
//! process and no setting of its choice comes in.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::net::IpAddr;
use std::sync::Arc;
use std::time::Instant;

use axum::extract::ws::{CloseFrame, Message, WebSocket, close_code};
use futures::stream::{self, SplitSink, SplitStream};
use futures::{SinkExt as _, Stream, StreamExt as _};
use serde::Deserialize;
use serde_json::json;
use serde_json::value::RawValue;
use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _, DuplexStream, ReadHalf, duplex, split};
use tokio::sync::mpsc;
use tokio::time::timeout;

use super::Server;
use super::limits::Allowance;
use super::log::{Event, milliseconds};
use crate::lsp;

/// What a page may ask and say.
const ANSWERED: &[&str] = &[
    "initialize",
    "initialized",
    "shutdown",
    "exit",
    "$/cancelRequest",
    "textDocument/didOpen",
    "textDocument/didChange",
    "textDocument/didClose",
    "textDocument/hover",
    "textDocument/codeAction",
    "textDocument/completion",
    "textDocument/documentHighlight",
    "textDocument/documentSymbol",
    "workspace/executeCommand",
    "copydesk/dossier",
    "copydesk/who",
    "copydesk/setting",
    "copydesk/rules",
];

/// The one command that a page may have done.
const DECIDE: &str = "copydesk.decide";

/// What a draft in memory is called. Any other address may be that of a file.
const IN_MEMORY: &str = "untitled:";
/// In bytes.
const LONGEST_ADDRESS: usize = 200;

/// A page has one draft open, and for a moment the one before it.
const MOST_DRAFTS: usize = 4;

/// In bytes; what the server has said and the page hasn't taken in.
const PIPE: usize = 1 << 16;
/// Refusals that wait to be told.
const WAITING: usize = 32;

/// Why a connection ends, as the page and the log have it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum End {
    Left,
    Flood,
    Idle,
    Silent,
    Stopping,
    NoText,
    Session,
}

impl End {
    const fn name(self) -> &'static str {
        match self {
            Self::Left => "left",
            Self::Flood => "flood",
            Self::Idle => "idle",
            Self::Silent => "silent",
            Self::Stopping => "stopping",
            Self::NoText => "no text",
            Self::Session => "session ended",
        }
    }

    const fn code(self) -> u16 {
        match self {
            Self::Left | Self::Session => close_code::NORMAL,
            Self::Flood => close_code::POLICY,
            Self::Idle | Self::Silent | Self::Stopping => close_code::AWAY,
            Self::NoText => close_code::UNSUPPORTED,
        }
    }
}

/// What becomes of a message of the page.
#[derive(Debug, PartialEq, Eq)]
enum Passed<'m> {
    On(Cow<'m, str>),
    /// Not on, and this is the answer.
    Refused(String),
    Dropped,
}

/// Leads a socket until one of its ends is gone.
pub(super) async fn lead(socket: WebSocket, server: Arc<Server>, client: IpAddr) {
    let _present = server.meters.session();
    let started = Instant::now();
    let event = |what| Event { what, client: Some(client), ..Event::default() };
    server.log.write(&event("page came"));
    let (ours, theirs) = duplex(PIPE);
    let (input, output) = split(theirs);
    let session = tokio::spawn(lsp::serve_with(input, output, server.desk.options()));
    let (from_session, mut to_session) = split(ours);
    let (mut to_page, from_page) = socket.split();
    let (refusals, refused) = mpsc::channel(WAITING);
    let mut messages = 0;
    let end = tokio::select! {
        end = inwards(from_page, &mut to_session, refusals, &server, &mut messages) => end,
        end = outwards(&mut to_page, said(from_session), refused, &server) => end,
    };
    if end == End::Flood {
        server.meters.refused("flood");
    }
    let farewell = Message::Close(Some(CloseFrame { code: end.code(), reason: end.name().into() }));
    // Whoever is gone hears nothing.
    let _ = timeout(server.limits.farewell, to_page.send(farewell)).await;
    // Without input it ends by itself.
    drop(to_session);
    let abort = session.abort_handle();
    if timeout(server.limits.farewell, session).await.is_err() {
        abort.abort();
    }
    let told =
        Event { why: Some(end.name()), messages: Some(messages), milliseconds: milliseconds(started.elapsed()), ..event("page left") };
    server.log.write(&told);
}

/// From the page to the session.
async fn inwards(
    mut from_page: SplitStream<WebSocket>,
    to_session: &mut (impl AsyncWrite + Unpin),
    refusals: mpsc::Sender<String>,
    server: &Server,
    messages: &mut u64,
) -> End {
    let limits = &server.limits;
    let silence = limits.heartbeat.saturating_mul(2);
    let mut allowance = Allowance::full(limits.messages, Instant::now());
    let mut last_said = Instant::now();
    let mut open = BTreeSet::new();
    loop {
        let message = match timeout(silence, from_page.next()).await {
            Err(_) => return End::Silent,
            Ok(None | Some(Err(_) | Ok(Message::Close(_)))) => return End::Left,
            Ok(Some(Ok(message))) => message,
        };
        if !allowance.take(limits.messages, Instant::now()) {
            return End::Flood;
        }
        let text = match message {
            Message::Text(text) => text,
            Message::Binary(_) => return End::NoText,
            // The answer to a heartbeat says that somebody's machine is there, and not that she is.
            _ if last_said.elapsed() > limits.idle => return End::Idle,
            _ => continue,
        };
        last_said = Instant::now();
        *messages = messages.saturating_add(1);
        server.meters.message();
        let written = match passed(&text, &mut open) {
            Passed::On(message) => tell(to_session, &message).await.is_ok(),
            Passed::Refused(answer) => refusals.send(answer).await.is_ok(),
            Passed::Dropped => true,
        };
        if !written {
            return End::Session;
        }
    }
}

async fn tell(to_session: &mut (impl AsyncWrite + Unpin), message: &str) -> std::io::Result<()> {
    to_session.write_all(format!("Content-Length: {}\r\n\r\n", message.len()).as_bytes()).await?;
    to_session.write_all(message.as_bytes()).await?;
    to_session.flush().await
}

/// From the session to the page.
async fn outwards(
    to_page: &mut SplitSink<WebSocket, Message>,
    said: impl Stream<Item = String>,
    mut refused: mpsc::Receiver<String>,
    server: &Server,
) -> End {
    let mut said = std::pin::pin!(said);
    let mut heartbeat = tokio::time::interval(server.limits.heartbeat);
    loop {
        let message = tokio::select! {
            message = said.next() => match message {
                Some(message) => Message::Text(message.into()),
                None => return End::Session,
            },
            Some(refusal) = refused.recv() => Message::Text(refusal.into()),
            _ = heartbeat.tick() => Message::Ping(Vec::new().into()),
            () = server.told_to_stop() => return End::Stopping,
        };
        match timeout(server.limits.sending, to_page.send(message)).await {
            Ok(Ok(())) => {}
            Ok(Err(_)) => return End::Left,
            Err(_) => return End::Silent,
        }
    }
}

/// What the session says, message by message.
fn said(from_session: ReadHalf<DuplexStream>) -> impl Stream<Item = String> {
    stream::unfold(from_session, |mut from| async move { Some((next_message(&mut from).await.ok()?, from)) })
}

/// The next message of our own server, which has one header with each: its length.
async fn next_message(from: &mut (impl AsyncRead + Unpin)) -> std::io::Result<String> {
    let mut head = Vec::with_capacity(32);
    while !head.ends_with(b"\r\n\r\n") {
        head.push(from.read_u8().await?);
    }
    let invalid = || std::io::Error::from(std::io::ErrorKind::InvalidData);
    let head = std::str::from_utf8(&head).map_err(|_| invalid())?;
    let length = head.trim_end().strip_prefix("Content-Length: ").and_then(|length| length.parse().ok()).ok_or_else(invalid)?;
    let mut body = vec![0; length];
    from.read_exact(&mut body).await?;
    String::from_utf8(body).map_err(|_| invalid())
}

#[derive(Deserialize)]
struct Envelope<'m> {
    #[serde(borrow)]
    id: Option<&'m RawValue>,
    #[serde(borrow)]
    method: Option<Cow<'m, str>>,
    #[serde(borrow)]
    params: Option<&'m RawValue>,
}

/// Of the parameters of any request, what they are about.
#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct About<'m> {
    #[serde(borrow)]
    text_document: Option<Named<'m>>,
    #[serde(borrow)]
    command: Option<Cow<'m, str>>,
    #[serde(borrow)]
    arguments: Option<Vec<Argument<'m>>>,
}

#[derive(Deserialize)]
struct Named<'m> {
    #[serde(borrow)]
    uri: Cow<'m, str>,
}

#[derive(Deserialize)]
struct Argument<'m> {
    #[serde(borrow)]
    draft: Cow<'m, str>,
}

/// Whether a message goes on, and how; `open` are the drafts that the page has open. What is no message of the protocol goes nowhere: the page is ours, and whoever else speaks here is
/// owed nothing.
fn passed<'m>(message: &'m str, open: &mut BTreeSet<String>) -> Passed<'m> {
    let Ok(Envelope { id, method, params }) = serde_json::from_str(message) else { return Passed::Dropped };
    // A page is asked for nothing, and so has nothing to answer.
    let Some(method) = method else { return Passed::Dropped };
    let refused = |why: &str| match id {
        Some(id) => Passed::Refused(json!({"jsonrpc": "2.0", "id": id, "error": {"code": -32601, "message": why}}).to_string()),
        None => Passed::Dropped,
    };
    if !ANSWERED.contains(&&*method) {
        return refused("a page is not answered this");
    }
    if method == "initialize" {
        let introduced = json!({"jsonrpc": "2.0", "id": id, "method": "initialize", "params": introduction()});
        return Passed::On(introduced.to_string().into());
    }
    let about = params.map(|params| serde_json::from_str::<About<'_>>(params.get())).transpose();
    let Ok(about) = about.map(Option::unwrap_or_default) else { return refused("what it is about can't be told") };
    let is_in_memory = |address: &str| address.starts_with(IN_MEMORY) && address.len() <= LONGEST_ADDRESS;
    let drafts = about.text_document.iter().map(|named| &named.uri);
    let mut drafts = drafts.chain(about.arguments.iter().flatten().map(|argument| &argument.draft));
    if !drafts.all(|address| is_in_memory(address)) {
        return refused("a page's drafts are in memory, at `untitled:`");
    }
    if let Some(named) = about.text_document.as_ref().filter(|_| method == "textDocument/didOpen") {
        // Each draft takes memory: who opens more of them is not our page.
        if open.len() >= MOST_DRAFTS && !open.contains(&*named.uri) {
            return Passed::Dropped;
        }
        open.insert(named.uri.to_string());
    } else if let Some(named) = about.text_document.as_ref().filter(|_| method == "textDocument/didClose") {
        open.remove(&*named.uri);
    }
    if method == "workspace/executeCommand" && about.command.as_deref() != Some(DECIDE) {
        return refused("a page may have nothing done but a decision written down");
    }
    Passed::On(message.into())
}

/// What the page can do, and how it wants things.
fn introduction() -> serde_json::Value {
    json!({
        "processId": null,
        "rootUri": null,
        "capabilities": {
            "general": {"positionEncodings": ["utf-16"]},
            "workspace": {"workspaceEdit": {"documentChanges": true}},
            "textDocument": {
                "hover": {"contentFormat": ["markdown"]},
                "publishDiagnostics": {"relatedInformation": true, "versionSupport": true, "dataSupport": true},
                "codeAction": {"codeActionLiteralSupport": {"codeActionKind": {"valueSet": ["quickfix", "source.fixAll"]}}},
                "documentSymbol": {"hierarchicalDocumentSymbolSupport": true},
            },
        },
        "initializationOptions": {"evidence": true, "hoverMessages": false, "lens": false},
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pass(message: &str) -> Passed<'_> {
        passed(message, &mut BTreeSet::new())
    }

    fn asked(method: &str, params: &serde_json::Value) -> String {
        json!({"jsonrpc": "2.0", "id": 7, "method": method, "params": params}).to_string()
    }

    fn goes_on(message: &str) -> bool {
        matches!(pass(message), Passed::On(_))
    }

    #[test]
    fn a_page_is_answered_about_drafts_in_memory_and_nothing_else() {
        let about = |uri: &str| json!({"textDocument": {"uri": uri}, "position": {"line": 0, "character": 0}});
        assert!(goes_on(&asked("textDocument/hover", &about("untitled:draft"))));
        for elsewhere in ["file:///etc/passwd", "FILE:///etc/passwd", "http://evil.example/", "", &format!("untitled:{}", "a".repeat(300))]
        {
            assert!(!goes_on(&asked("textDocument/hover", &about(elsewhere))), "{elsewhere}");
            assert!(!goes_on(&asked("textDocument/didOpen", &about(elsewhere))), "{elsewhere}");
        }
        for method in [
            "workspace/didChangeConfiguration",
            "workspace/didChangeWorkspaceFolders",
            "workspace/didChangeWatchedFiles",
            "workspace/diagnostic",
            "workspace/symbol",
            "textDocument/rename",
            "textDocument/references",
            "copydesk/check",
            "no/such",
        ] {
            assert!(matches!(pass(&asked(method, &about("untitled:draft"))), Passed::Refused(_)), "{method}");
            assert!(!goes_on(&json!({"jsonrpc": "2.0", "method": method, "params": {}}).to_string()), "{method}");
        }
    }

    #[test]
    fn only_a_decision_is_done_and_only_about_a_draft_in_memory() {
        let command =
            |name: &str, draft: &str| asked("workspace/executeCommand", &json!({"command": name, "arguments": [{"draft": draft}]}));
        assert!(goes_on(&command("copydesk.decide", "untitled:draft")));
        assert!(!goes_on(&command("copydesk.decide", "file:///desk/draft.md")));
        assert!(!goes_on(&command("copydesk.reload", "untitled:draft")) && !goes_on(&command("copydesk.apply", "untitled:draft")));
        assert!(!goes_on(&asked("workspace/executeCommand", &json!({"command": "copydesk.reload", "arguments": []}))));
    }

    #[test]
    fn a_page_has_few_drafts_open_at_once() {
        let mut open = BTreeSet::new();
        let mut goes_on = |method: &str, number: usize| {
            let message = asked(method, &json!({"textDocument": {"uri": format!("untitled:{number}")}}));
            matches!(passed(&message, &mut open), Passed::On(_))
        };
        assert!((0..MOST_DRAFTS).all(|number| goes_on("textDocument/didOpen", number)));
        assert!(!goes_on("textDocument/didOpen", MOST_DRAFTS) && goes_on("textDocument/didOpen", 0));
        assert!(goes_on("textDocument/didClose", 0) && goes_on("textDocument/didOpen", MOST_DRAFTS));
    }

    #[test]
    fn what_a_page_says_of_itself_is_not_heard() {
        let hostile = json!({
            "processId": 1, "rootUri": "file:///", "workspaceFolders": [{"uri": "file:///", "name": "all"}],
            "capabilities": {"workspace": {"applyEdit": true}}, "initializationOptions": {"corpus": ["/etc"]},
        });
        let message = asked("initialize", &hostile);
        let Passed::On(introduced) = pass(&message) else { panic!("is not passed on") };
        let introduced: serde_json::Value = serde_json::from_str(&introduced).expect("is JSON");
        assert_eq!((&introduced["id"], &introduced["params"]), (&json!(7), &introduction()));
    }

    #[test]
    fn what_is_no_message_goes_nowhere() {
        for nothing in ["", "[]", "null", "{}", "{\"id\": 1, \"result\": {}}", "{\"method\": 3}", "{\"method\": \"exit\"", "\u{feff}{}"] {
            assert_eq!(pass(nothing), Passed::Dropped, "{nothing}");
        }
        assert!(matches!(pass(&asked("textDocument/hover", &json!({"textDocument": 3}))), Passed::Refused(_)));
    }

    #[tokio::test]
    async fn messages_come_out_whole_however_they_come_in() {
        let mut written = Vec::new();
        for message in ["{}", "{\"å\": \"é\"}"] {
            tell(&mut written, message).await.expect("memory can be written");
        }
        let mut read = written.as_slice();
        assert_eq!(next_message(&mut read).await.ok().as_deref(), Some("{}"));
        assert_eq!(next_message(&mut read).await.ok().as_deref(), Some("{\"å\": \"é\"}"));
        assert!(next_message(&mut read).await.is_err());
    }
}
