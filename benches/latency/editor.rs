//! An editor with one draft open: it types, asks, and reads whatever the server sends.

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

/// Far longer than anything takes.
const LIMIT: Duration = Duration::from_secs(120);

/// What is typed, again and again; it names nobody.
const TYPED: &str = "the two sides had agreed to meet again before the end of the month and that talks would go on ";

pub(crate) struct Editor {
    server: Child,
    input: ChildStdin,
    received: Receiver<Value>,
    draft: String,
    version: i64,
    next_id: i64,
    /// Where the next letter goes.
    line: u32,
    column: u32,
    lines: u32,
    typed: usize,
}

impl Drop for Editor {
    fn drop(&mut self) {
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}

impl Editor {
    /// A server that has answered `initialize`, with this debounce in milliseconds.
    pub(crate) fn start(folder: &Path, debounce: u32) -> Self {
        let mut server = Command::new(env!("CARGO_BIN_EXE_copydesk"))
            .arg("lsp")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("the server starts");
        let input = server.stdin.take().expect("is piped");
        let output = BufReader::new(server.stdout.take().expect("is piped"));
        let (send, received) = channel();
        std::thread::spawn(move || {
            let mut output = output;
            while let Some(message) = read(&mut output) {
                if send.send(message).is_err() {
                    return;
                }
            }
        });
        let draft = format!("file://{}/draft.md", folder.display());
        let mut editor = Self { server, input, received, draft, version: 0, next_id: 0, line: 0, column: 0, lines: 0, typed: 0 };
        let capabilities = json!({
            "general": {"positionEncodings": ["utf-8", "utf-16"]},
            "textDocument": {"publishDiagnostics": {"versionSupport": true}},
        });
        let introduction =
            json!({"processId": null, "rootUri": null, "capabilities": capabilities, "initializationOptions": {"debounce": debounce}});
        editor.ask("initialize", &introduction);
        editor.notify("initialized", &json!({}));
        editor
    }

    /// Opens the draft and waits for its diagnostics; typing goes on in its middle.
    pub(crate) fn open(&mut self, text: &str) {
        self.version = 1;
        self.lines = text.lines().count() as u32;
        // Articles have a paragraph on every other line.
        let middle = text.lines().enumerate().skip(text.lines().count() / 2).find(|(_, line)| !line.is_empty());
        self.line = middle.map_or(0, |(line, _)| line as u32);
        let document = json!({"uri": self.draft, "languageId": "markdown", "version": 1, "text": text});
        self.notify("textDocument/didOpen", &json!({"textDocument": document}));
        self.wait_for_newest();
    }

    /// Closes the draft.
    pub(crate) fn close(&mut self) {
        self.notify("textDocument/didClose", &json!({"textDocument": {"uri": self.draft}}));
    }

    pub(crate) fn type_letter(&mut self) {
        self.version += 1;
        let at = json!({"line": self.line, "character": self.column});
        let letter = &TYPED[self.typed % TYPED.len()..][..1];
        self.typed += 1;
        let change = if self.column < 60 {
            self.column += 1;
            json!({"range": {"start": at, "end": at}, "text": letter})
        } else {
            // The line is taken out again, so that the draft stays as long as it is.
            let start = json!({"line": self.line, "character": 0});
            self.column = 0;
            json!({"range": {"start": start, "end": at}, "text": ""})
        };
        let document = json!({"uri": self.draft, "version": self.version});
        self.notify("textDocument/didChange", &json!({"textDocument": document, "contentChanges": [change]}));
    }

    /// Types a letter, and says how long its diagnostics took.
    pub(crate) fn type_and_wait(&mut self) -> Duration {
        let start = Instant::now();
        self.type_letter();
        self.wait_for_newest();
        start.elapsed()
    }

    /// Waits until the text as it is now has its diagnostics.
    pub(crate) fn wait_for_newest(&mut self) {
        let version = self.version;
        self.wait(|message| message["method"] == "textDocument/publishDiagnostics" && message["params"]["version"] == version);
    }

    /// How long an answer at one of the draft's lines takes.
    pub(crate) fn ask_at(&mut self, method: &str, nth: u32) -> Duration {
        let line = 6 + nth * 2 % self.lines.saturating_sub(6).max(1);
        let params = json!({"textDocument": {"uri": self.draft}, "position": {"line": line, "character": 4 + nth % 60}});
        let start = Instant::now();
        self.ask(method, &params);
        start.elapsed()
    }

    pub(crate) fn search(&mut self, query: &str) -> Duration {
        let start = Instant::now();
        self.ask("workspace/symbol", &json!({"query": query}));
        start.elapsed()
    }

    /// Resident memory in bytes; 0 where it can't be known.
    pub(crate) fn memory(&self) -> u64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.server.id())).unwrap_or_default();
        let resident = status.lines().find_map(|line| line.strip_prefix("VmRSS:")?.trim().strip_suffix(" kB")?.parse::<u64>().ok());
        resident.unwrap_or_default() * 1024
    }

    fn ask(&mut self, method: &str, params: &Value) {
        self.next_id += 1;
        let id = self.next_id;
        self.send(&json!({"jsonrpc": "2.0", "id": id, "method": method, "params": params}));
        self.wait(|message| message["id"] == id && message.get("method").is_none());
    }

    fn notify(&mut self, method: &str, params: &Value) {
        self.send(&json!({"jsonrpc": "2.0", "method": method, "params": params}));
    }

    fn send(&mut self, message: &Value) {
        let body = message.to_string();
        write!(self.input, "Content-Length: {}\r\n\r\n{body}", body.len()).and_then(|()| self.input.flush()).expect("the server reads");
    }

    fn wait(&self, wanted: impl Fn(&Value) -> bool) {
        let end = Instant::now() + LIMIT;
        loop {
            let message = self.received.recv_timeout(end.saturating_duration_since(Instant::now())).expect("the server answers");
            if wanted(&message) {
                return;
            }
        }
    }
}

fn read(output: &mut impl BufRead) -> Option<Value> {
    let mut length = 0;
    loop {
        let mut line = String::new();
        if output.read_line(&mut line).ok()? == 0 {
            return None;
        }
        match line.trim().split_once(':') {
            Some((name, value)) if name.eq_ignore_ascii_case("content-length") => length = value.trim().parse().ok()?,
            None => break,
            Some(_) => {}
        }
    }
    let mut body = vec![0; length];
    output.read_exact(&mut body).ok()?;
    serde_json::from_slice(&body).ok()
}
