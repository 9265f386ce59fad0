//! A server of its own for each test, and somebody who speaks to it: HTTP byte by byte, so that what no client would send can be sent.

use std::net::SocketAddr;
use std::time::Duration;

use copydesk::serve::{Access, Desk, Limits, Log, Serving, Token, listen, serve};
use copydesk::workspace::Overrides;
use futures::{SinkExt as _, StreamExt as _};
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;
use tokio::time::timeout;
use tokio_tungstenite::tungstenite::client::IntoClientRequest as _;
use tokio_tungstenite::tungstenite::http::{HeaderValue, StatusCode};
use tokio_tungstenite::tungstenite::{Error, Message};
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};

/// Far longer than anything takes: running into it means that the server hangs.
pub(crate) const LIMIT: Duration = Duration::from_secs(60);

pub(crate) const TOKEN: &str = "the-token-of-the-tests";

pub(crate) const DRAFT: &str = "untitled:draft";

/// A server on a desk of its own.
pub(crate) struct Served {
    pub(crate) desk: TempDir,
    pub(crate) address: SocketAddr,
    stop: Option<oneshot::Sender<()>>,
    pub(crate) server: JoinHandle<()>,
}

/// An answer of the server.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) head: String,
    pub(crate) body: String,
}

impl Answer {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().find_map(|line| {
            let (known, value) = line.split_once(':')?;
            known.eq_ignore_ascii_case(name).then_some(value.trim())
        })
    }
}

/// A desk whose two sources agree about a name.
pub(crate) fn newsroom() -> TempDir {
    let desk = tempfile::tempdir().expect("a temporary folder");
    std::fs::create_dir(desk.path().join("sources")).expect("can be made");
    for source in ["one", "two"] {
        let text = "Mayor Anja Kowalczyk opened the bridge.\n\nThen Anja Kowalczyk left.\n";
        std::fs::write(desk.path().join(format!("sources/{source}.md")), text).expect("is writable");
    }
    std::fs::write(desk.path().join("copydesk.toml"), "corpus = [\"sources\"]\nstylebook = \"style.toml\"\n").expect("is writable");
    std::fs::write(desk.path().join("style.toml"), "").expect("is writable");
    desk
}

impl Served {
    pub(crate) async fn new() -> Self {
        Self::with(Limits::default()).await
    }

    pub(crate) async fn with(limits: Limits) -> Self {
        Self::on(newsroom(), limits, true).await
    }

    pub(crate) async fn on(desk: TempDir, limits: Limits, decides: bool) -> Self {
        let token = Token::chosen(TOKEN).expect("is long enough");
        Self::behind(desk, decides, |port| Serving { access: Access::local(port, token), limits, log: Log::Silent, tls: None }).await
    }

    /// A server that is set up for the port that it has got.
    pub(crate) async fn behind(desk: TempDir, decides: bool, serving: impl FnOnce(u16) -> Serving) -> Self {
        let listener = listen(SocketAddr::from(([127, 0, 0, 1], 0))).await.expect("a port is free");
        let address = listener.local_addr().expect("has an address");
        let loaded = Desk::load(Some(desk.path().join("copydesk.toml")), Overrides::default(), decides).expect("is sound");
        let serving = serving(address.port());
        let (stop, stopped) = oneshot::channel();
        let server = tokio::spawn(async move {
            serve(listener, loaded, serving, async {
                let _ = stopped.await;
            })
            .await;
        });
        Self { desk, address, stop: Some(stop), server }
    }

    /// Tells it to end.
    pub(crate) fn stop(&mut self) {
        self.stop.take().expect("is told once").send(()).expect("is there");
    }

    /// Sends these bytes, and reads until the server closes.
    pub(crate) async fn raw(&self, bytes: &[u8]) -> Answer {
        let mut stream = TcpStream::connect(self.address).await.expect("is there");
        // It may have answered before all has come, and take no more.
        let _ = timeout(LIMIT, stream.write_all(bytes)).await.expect("takes it or refuses");
        read(&mut stream).await
    }

    /// The head of a request from its own page, up to what the test puts behind it.
    pub(crate) fn head(&self, line: &str) -> String {
        format!("{line} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n", self.address)
    }

    pub(crate) async fn get(&self, path: &str) -> Answer {
        self.raw(format!("{}Authorization: Bearer {TOKEN}\r\n\r\n", self.head(&format!("GET {path}"))).as_bytes()).await
    }

    pub(crate) async fn post(&self, path: &str, media: &str, body: &[u8]) -> Answer {
        let head = self.head(&format!("POST {path}"));
        let head = format!("{head}Authorization: Bearer {TOKEN}\r\nContent-Type: {media}\r\nContent-Length: {}\r\n\r\n", body.len());
        self.raw(&[head.as_bytes(), body].concat()).await
    }

    /// What is counted under a name.
    pub(crate) async fn count(&self, name: &str) -> String {
        let metrics = self.get("/metrics").await.body;
        let line = metrics.lines().find_map(|line| line.strip_prefix(name));
        line.unwrap_or_default().trim().to_owned()
    }

    /// A socket that offers these protocols, from a page at this origin.
    pub(crate) async fn socket(&self, protocols: &str, origin: Option<&str>) -> Result<Socket, u16> {
        let mut request = format!("ws://{}/lsp", self.address).into_client_request().expect("is an address");
        let value = |text: &str| HeaderValue::from_str(text).expect("is a value");
        request.headers_mut().insert("Sec-WebSocket-Protocol", value(protocols));
        if let Some(origin) = origin {
            request.headers_mut().insert("Origin", value(origin));
        }
        match timeout(LIMIT, connect_async(request)).await.expect("answers") {
            Ok((socket, answer)) => {
                assert_eq!(answer.status(), StatusCode::SWITCHING_PROTOCOLS);
                assert_eq!(answer.headers().get("Sec-WebSocket-Protocol").map(HeaderValue::as_bytes), Some(&b"copydesk.lsp"[..]));
                Ok(Socket { socket, next_id: 0 })
            }
            Err(Error::Http(answer)) => Err(answer.status().as_u16()),
            Err(error) => panic!("{error}"),
        }
    }

    /// A page that has come in.
    pub(crate) async fn page(&self) -> Socket {
        let origin = format!("http://{}", self.address);
        let mut socket = self.socket(&format!("copydesk.lsp, copydesk.token.{TOKEN}"), Some(&origin)).await.expect("is let in");
        socket.ask("initialize", json!({"capabilities": {}})).await;
        socket.tell("initialized", json!({})).await;
        socket
    }
}

/// Reads an answer, until its length is there or the connection is closed.
pub(crate) async fn read(stream: &mut TcpStream) -> Answer {
    let mut bytes = Vec::new();
    // What is reset has been said all the same.
    let _ = timeout(LIMIT, stream.read_to_end(&mut bytes)).await.expect("the server closes");
    let text = String::from_utf8_lossy(&bytes);
    let (head, body) = text.split_once("\r\n\r\n").unwrap_or((&text, ""));
    let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or(0);
    Answer { status, head: head.to_owned(), body: body.to_owned() }
}

pub(crate) struct Socket {
    pub(crate) socket: WebSocketStream<MaybeTlsStream<TcpStream>>,
    next_id: i64,
}

impl Socket {
    pub(crate) async fn send(&mut self, text: String) {
        timeout(LIMIT, self.socket.send(Message::text(text))).await.expect("takes it").expect("is open");
    }

    pub(crate) async fn tell(&mut self, method: &str, params: Value) {
        self.send(json!({"jsonrpc": "2.0", "method": method, "params": params}).to_string()).await;
    }

    /// The next message; none once the connection is closed.
    pub(crate) async fn next(&mut self) -> Option<Value> {
        loop {
            match timeout(LIMIT, self.socket.next()).await.expect("says something") {
                Some(Ok(Message::Text(text))) => return Some(serde_json::from_str(&text).expect("is JSON")),
                Some(Ok(Message::Ping(_) | Message::Pong(_))) => {}
                _ => return None,
            }
        }
    }

    /// Why the server closed the connection.
    pub(crate) async fn end(&mut self) -> Option<(u16, String)> {
        loop {
            match timeout(LIMIT, self.socket.next()).await.expect("is closed")? {
                Ok(Message::Close(frame)) => return frame.map(|frame| (frame.code.into(), frame.reason.to_string())),
                Ok(_) => {}
                Err(_) => return None,
            }
        }
    }

    /// The whole answer to a request.
    pub(crate) async fn ask(&mut self, method: &str, params: Value) -> Value {
        self.next_id += 1;
        let id = self.next_id;
        self.send(json!({"jsonrpc": "2.0", "id": id, "method": method, "params": params}).to_string()).await;
        loop {
            let message = self.next().await.expect("the server answers");
            if message["id"] == id {
                return message;
            }
        }
    }

    pub(crate) async fn open(&mut self, language: &str, text: &str) {
        self.tell("textDocument/didOpen", json!({"textDocument": {"uri": DRAFT, "languageId": language, "version": 1, "text": text}}))
            .await;
    }

    /// What is found in a version of the draft.
    pub(crate) async fn findings(&mut self, version: i32) -> Vec<Value> {
        loop {
            let message = self.next().await.expect("the server publishes");
            if message["method"] == "textDocument/publishDiagnostics" && message["params"]["version"] == version {
                return message["params"]["diagnostics"].as_array().cloned().expect("a list");
            }
        }
    }
}
