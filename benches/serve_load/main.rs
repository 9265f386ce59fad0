//! How long pages wait when a whole newsroom types at once: `copydesk serve` on a folder of articles made up here, and so many sockets, each with
//! a draft of its own that grows letter by letter. Prints a row of a table in Markdown; fails where an answer is missing or memory grows.
//!
//!     cargo bench --bench serve_load                   200 pages for two minutes, on an archive of 20,000 articles
//!     cargo bench --bench serve_load -- 20 10 500      so many pages, seconds and articles

#![expect(clippy::print_stdout, reason = "its output is a table")]

#[path = "../prose/mod.rs"]
mod prose;

use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use futures::{SinkExt as _, StreamExt as _};
use serde_json::{Value, json};
use tokio::net::TcpStream;
use tokio::time::{sleep, timeout};
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::client::IntoClientRequest as _;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};

/// From key to key, of somebody who types a hundred words a minute.
const PACE: Duration = Duration::from_millis(120);
/// After so many keys she pauses to think, a second.
const BREATH: usize = 40;
/// Far longer than anybody would wait.
const LIMIT: Duration = Duration::from_secs(30);
/// A draft has so many words.
const WORDS: usize = 500;
/// So much more memory at the end than after the first quarter is growth.
const GROWTH: f64 = 1.2;

fn main() {
    let numbers: Vec<u64> =
        std::env::args().skip(1).filter(|argument| !argument.starts_with("--")).map(|n| n.parse().expect("a number")).collect();
    let [pages, seconds, articles] = <[u64; 3]>::try_from(numbers).unwrap_or([200, 120, 20_000]);
    let desk = tempfile::tempdir().expect("a folder can be made");
    let sources = desk.path().join("sources");
    std::fs::create_dir(&sources).expect("a folder can be made");
    for seed in 0..articles {
        std::fs::write(sources.join(format!("{seed}.md")), prose::article(1_000 + seed, 600)).expect("is writable");
    }
    std::fs::write(desk.path().join("copydesk.toml"), "corpus = [\"sources\"]\narchive = \"archive\"\n").expect("is writable");
    let built = copydesk(desk.path()).args(["archive", "build"]).stdout(Stdio::null()).stderr(Stdio::null()).status();
    assert!(built.is_ok_and(|status| status.success()), "the archive can't be built");
    let (server, address) = serve(desk.path());
    let runtime = tokio::runtime::Runtime::new().expect("can be begun");
    let end = Instant::now() + Duration::from_secs(seconds);
    let memory = runtime.spawn(watch(server.0.id(), Duration::from_secs(seconds)));
    let typing: Vec<_> = (0..pages).map(|page| runtime.spawn(types(address.clone(), page, end))).collect();
    let mut took: Vec<Duration> = Vec::new();
    for page in typing {
        took.extend(runtime.block_on(page).expect("every page is answered"));
    }
    let memory = runtime.block_on(memory).expect("can be read");
    drop(server);
    took.sort_unstable();
    let part = |percent: usize| took[(took.len() - 1) * percent / 100].as_secs_f64() * 1000.0;
    println!("| pages | seconds | articles | answers | p50 ms | p95 ms | p99 ms | memory MB, first quarter | last |");
    println!("| --- | --- | --- | --- | --- | --- | --- | --- | --- |");
    let [first, last] = memory;
    let (p50, p95, p99) = (part(50), part(95), part(99));
    println!("| {pages} | {seconds} | {articles} | {} | {p50:.0} | {p95:.0} | {p99:.0} | {first:.0} | {last:.0} |", took.len());
    assert!(last < first * GROWTH, "memory grew from {first:.0} to {last:.0} MB");
}

fn copydesk(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_copydesk"));
    command.current_dir(folder).stdin(Stdio::null()).env("XDG_CACHE_HOME", folder.join(".cache"));
    command
}

/// A server, which ends with whoever started it.
struct Server(Child);

impl Drop for Server {
    fn drop(&mut self) {
        self.0.kill().and_then(|()| self.0.wait()).expect("can be ended");
    }
}

/// The server and its address with the token.
fn serve(folder: &Path) -> (Server, String) {
    let mut server = copydesk(folder).arg("serve").stdout(Stdio::piped()).spawn().expect("copydesk starts");
    let mut told = String::new();
    BufReader::new(server.stdout.take().expect("is piped")).read_line(&mut told).expect("says where it is");
    (Server(server), told.trim().to_owned())
}

/// The memory of a process in megabytes, after a quarter of the time and at its end.
async fn watch(process: u32, time: Duration) -> [f64; 2] {
    let resident = || {
        let status = std::fs::read_to_string(format!("/proc/{process}/status")).expect("is there");
        let kilobytes = status.lines().find_map(|line| line.strip_prefix("VmRSS:")?.trim().strip_suffix(" kB")?.parse::<u32>().ok());
        f64::from(kilobytes.expect("is told")) / 1024.0
    };
    sleep(time / 4).await;
    let first = resident();
    sleep(time / 2 + time / 5).await;
    [first, resident()]
}

type Socket = WebSocketStream<MaybeTlsStream<TcpStream>>;

async fn send(socket: &mut Socket, message: Value) {
    timeout(LIMIT, socket.send(Message::text(message.to_string()))).await.expect("takes it").expect("is open");
}

/// Waits until something is said.
async fn heard(socket: &mut Socket, is_meant: impl Fn(&Value) -> bool) {
    loop {
        let Message::Text(text) = timeout(LIMIT, socket.next()).await.expect("is answered").expect("is open").expect("is sound") else {
            continue;
        };
        let message: Value = serde_json::from_str(&text).expect("is JSON");
        if is_meant(&message) {
            return;
        }
    }
}

/// Waits until what is found in a version is told.
async fn told(socket: &mut Socket, version: usize) {
    heard(socket, |message| message["method"] == "textDocument/publishDiagnostics" && message["params"]["version"] == version).await;
}

/// Somebody who types until the end: how long each key waited for what is found. She doesn't type on while she waits, so that each is seen.
async fn types(address: String, page: u64, end: Instant) -> Vec<Duration> {
    const DRAFT: &str = "untitled:draft";
    // People don't come all at once.
    sleep(Duration::from_millis(page * 13)).await;
    let (host, token) = address.strip_prefix("http://").and_then(|rest| rest.split_once("/#")).expect("an address");
    let mut request = format!("ws://{host}/lsp").into_client_request().expect("an address");
    let protocols = format!("copydesk.lsp, copydesk.token.{token}");
    request.headers_mut().insert("Sec-WebSocket-Protocol", protocols.parse().expect("a value"));
    let (mut socket, _) = timeout(LIMIT, connect_async(request)).await.expect("answers").expect("is let in");
    send(&mut socket, json!({"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": {"capabilities": {}}})).await;
    // Before it has answered, a server hears nothing else.
    heard(&mut socket, |message| message["id"] == 1).await;
    send(&mut socket, json!({"jsonrpc": "2.0", "method": "initialized", "params": {}})).await;
    let text = prose::article(page, WORDS);
    let line = text.lines().count();
    let open = json!({"uri": DRAFT, "languageId": "markdown", "version": 0, "text": text});
    send(&mut socket, json!({"jsonrpc": "2.0", "method": "textDocument/didOpen", "params": {"textDocument": open}})).await;
    told(&mut socket, 0).await;
    let letters: Vec<char> = "The mayor said on Tuesday that 40 boats had left the harbour of Oslo. ".chars().collect();
    let mut took = Vec::new();
    let mut version = 0;
    while Instant::now() < end {
        sleep(if version % BREATH == 0 { PACE * 8 } else { PACE }).await;
        let at = json!({"line": line, "character": version});
        let change = json!({"range": {"start": at, "end": at}, "text": letters[version % letters.len()].to_string()});
        version += 1;
        let began = Instant::now();
        let params = json!({"textDocument": {"uri": DRAFT, "version": version}, "contentChanges": [change]});
        send(&mut socket, json!({"jsonrpc": "2.0", "method": "textDocument/didChange", "params": params})).await;
        told(&mut socket, version).await;
        took.push(began.elapsed());
    }
    took
}
