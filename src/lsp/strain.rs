//! Strains what comes in: what is no message is answered or dropped, and after a length that is missing or wrong the next message is
//! found again. A message's room is given back with it, however large it was.
//!
//! What makes that possible: JSON has no raw line break within a string, so that `Content-Length: 12` with a line break behind it
//! never stands in a message. Wherever it does stand, another message starts.

use std::ops::Range;
use std::sync::LazyLock;

use regex::bytes::Regex;
use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::Value;
use tokio::io::{self, AsyncRead, AsyncReadExt};
use tower_lsp_server::jsonrpc::{Error, ErrorCode, Id, Request, Response};

use super::log::log;

/// In bytes; longer headers are no headers.
const HEADER_LIMIT: usize = 8 << 10;
/// In bytes; longer messages are read past: no draft that can be checked needs as much.
const MESSAGE_LIMIT: u64 = 256 << 20;
/// In bytes; how much is read at once.
const CHUNK: usize = 1 << 16;
/// In bytes; a line that says a length, with its end, is no longer.
const LONGEST_LENGTH_LINE: usize = 64;

/// A line that says a length, wherever it starts, for what stands before it may be the rest of a message.
static LENGTH: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"(?i-u)content-length:[ \t]*([0-9]{1,20})[ \t]*\r?\n").expect("a valid pattern"));

/// What has come in.
#[derive(Debug)]
pub(super) enum Incoming {
    Request(Request),
    Response(Response),
    /// Something that is no message, and the answer to it.
    Refused(Response),
}

/// Reads one message after another.
pub(super) struct Strainer<I> {
    input: I,
    /// What has come and isn't dealt with.
    buffer: Vec<u8>,
    ended: bool,
    /// Of the message that comes next, where its header has been read.
    length: Option<u64>,
    /// Whether what comes before the next message may be the rest of the one before, which has been refused.
    astray: bool,
}

/// What tells a request from an answer.
#[derive(Deserialize)]
struct Envelope {
    method: Option<IgnoredAny>,
}

/// A message, or the refusal of what is none, and whether it was JSON; nothing where nobody waits for an answer.
fn understood(body: &[u8]) -> (Option<Incoming>, bool) {
    let has_method = serde_json::from_slice::<Envelope>(body).is_ok_and(|envelope| envelope.method.is_some());
    // What has no method would pass for a request of that none.
    if !has_method && let Ok(response) = serde_json::from_slice(body) {
        return (Some(Incoming::Response(response)), true);
    }
    if let Ok(request) = serde_json::from_slice(body) {
        return (Some(Incoming::Request(request)), true);
    }
    log("a malformed message was left out");
    let Ok(message) = serde_json::from_slice::<Value>(body) else {
        return (Some(refused(Id::Null, ErrorCode::ParseError, "a message is no JSON, or its length is wrong")), false);
    };
    let refusal = match (message.get("id"), message.get("method")) {
        (Some(id), Some(_)) => match serde_json::from_value(id.clone()) {
            Ok(id @ (Id::Number(_) | Id::String(_))) => Some(refused(id, ErrorCode::InvalidRequest, "this is no request")),
            _ => Some(refused(Id::Null, ErrorCode::InvalidRequest, "an id is a string or a whole number of 64 bits")),
        },
        // Nobody waits for an answer to a notification, or to an answer.
        _ if message.is_object() => None,
        _ => Some(refused(Id::Null, ErrorCode::InvalidRequest, "a message is a JSON object")),
    };
    (refusal, true)
}

fn refused(id: Id, code: ErrorCode, message: &'static str) -> Incoming {
    Incoming::Refused(Response::from_error(id, Error { code, message: message.into(), data: None }))
}

/// What stands before a message.
struct Header {
    /// In bytes, as it says.
    length: u64,
    /// Whether something that is no header came before it.
    lost: bool,
}

impl<I: AsyncRead + Unpin> Strainer<I> {
    pub(super) const fn new(input: I) -> Self {
        Self { input, buffer: Vec::new(), ended: false, length: None, astray: false }
    }

    /// The next message, or the refusal of what is none; nothing at the end of input.
    pub(super) async fn next(&mut self) -> io::Result<Option<Incoming>> {
        loop {
            let length = if let Some(length) = self.length.take() {
                length
            } else {
                let Some(Header { length, lost }) = self.header().await? else { return Ok(None) };
                if lost && !self.astray {
                    log("a message without its length was left out");
                    self.length = Some(length);
                    return Ok(Some(refused(Id::Null, ErrorCode::ParseError, "a message came without its length")));
                }
                length
            };
            let Some(body) = self.body(length).await? else {
                log(&format!("a message of {} MB was left out", length >> 20));
                self.astray = true;
                return Ok(Some(refused(Id::Null, ErrorCode::InvalidRequest, "a message is longer than any that is read")));
            };
            let (incoming, is_json) = understood(&body);
            self.astray = !is_json;
            if incoming.is_some() {
                return Ok(incoming);
            }
        }
    }

    /// Waits for more; says whether there is any.
    async fn more(&mut self) -> io::Result<bool> {
        if !self.ended {
            self.buffer.reserve(CHUNK);
            self.ended = (&mut self.input).take(CHUNK as u64).read_buf(&mut self.buffer).await? == 0;
        }
        Ok(!self.ended)
    }

    /// Reads up to the next message; none at the end of input.
    async fn header(&mut self) -> io::Result<Option<Header>> {
        let mut lost = false;
        loop {
            if let Some((line, length)) = length_in(&self.buffer) {
                lost |= !is_header(&self.buffer[..line.start]);
                self.buffer.drain(..line.end);
                return self.rest_of_header(Header { length, lost }).await;
            }
            // What is no header is let go, but for what may be the start of one.
            let junk = self.buffer.len().saturating_sub(HEADER_LIMIT);
            lost |= junk > 0;
            self.buffer.drain(..junk);
            if !self.more().await? {
                return Ok(None);
            }
        }
    }

    /// Reads past the lines of a header up to the empty one; nothing where that doesn't come.
    async fn rest_of_header(&mut self, mut header: Header) -> io::Result<Option<Header>> {
        loop {
            while let Some(end) = memchr::memchr(b'\n', &self.buffer) {
                // No header says its length twice: behind one that breaks off the next message has started.
                if let Some((line, length)) = length_in(&self.buffer[..=end]) {
                    header = Header { length, lost: header.lost || line.start > 0 };
                }
                let is_last = self.buffer[..end].trim_ascii().is_empty();
                self.buffer.drain(..=end);
                if is_last {
                    return Ok(Some(header));
                }
            }
            // A line as long as this is no header's, and what it stands in is looked through for the next.
            if self.buffer.len() > HEADER_LIMIT {
                return Ok(Some(header));
            }
            if !self.more().await? {
                return Ok(None);
            }
        }
    }

    /// A message of this length, or up to where the next starts; none for one that is longer than any that is read.
    async fn body(&mut self, length: u64) -> io::Result<Option<Vec<u8>>> {
        let is_read = length <= MESSAGE_LIMIT;
        let (mut looked_through, mut left) = (0, usize::try_from(length).unwrap_or(usize::MAX));
        loop {
            // The start of the next header may be counted in, and its rest not.
            let within = &self.buffer[..self.buffer.len().min(left.saturating_add(LONGEST_LENGTH_LINE))];
            if let Some(next) = LENGTH.find_at(within, looked_through).filter(|next| next.start() < left) {
                log("a message's length was wrong");
                left = next.start();
            }
            if self.buffer.len() >= left {
                // What one large message took is given back with it.
                let rest = self.buffer.split_off(left);
                let body = std::mem::replace(&mut self.buffer, rest);
                return Ok(is_read.then_some(body));
            }
            looked_through = self.buffer.len().saturating_sub(LONGEST_LENGTH_LINE);
            if !is_read {
                left -= looked_through;
                self.buffer.drain(..std::mem::take(&mut looked_through));
            }
            if !self.more().await? {
                // What has come may be a whole message that was said to be longer.
                return Ok(is_read.then(|| std::mem::take(&mut self.buffer)));
            }
        }
    }
}

/// The first line that says a length, and which.
fn length_in(bytes: &[u8]) -> Option<(Range<usize>, u64)> {
    let found = LENGTH.captures(bytes)?;
    let digits = std::str::from_utf8(&found[1]).ok()?;
    Some((found.get(0)?.range(), digits.parse().unwrap_or(u64::MAX)))
}

/// Whether these are lines of a header, such as `Content-Type`, or nothing at all.
fn is_header(lines: &[u8]) -> bool {
    let is_name = |name: &[u8]| !name.is_empty() && name.iter().all(|byte| byte.is_ascii_alphanumeric() || *byte == b'-');
    let mut lines = lines.split(|byte| *byte == b'\n').map(<[u8]>::trim_ascii).filter(|line| !line.is_empty());
    lines.all(|line| line.iter().position(|byte| *byte == b':').is_some_and(|colon| is_name(&line[..colon])))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const EXIT: &str = "Content-Length: 33\r\n\r\n{\"jsonrpc\":\"2.0\",\"method\":\"exit\"}";

    /// The messages that pass, and the ids of those refused.
    async fn strained(input: &str) -> (Vec<Value>, Vec<Id>) {
        let mut strainer = Strainer::new(input.as_bytes());
        let (mut passed, mut refused) = (Vec::new(), Vec::new());
        while let Some(message) = strainer.next().await.expect("memory can be read") {
            match message {
                Incoming::Request(request) => passed.push(json!(request)),
                Incoming::Response(response) => passed.push(json!(response)),
                Incoming::Refused(response) => refused.push(response.id().clone()),
            }
        }
        (passed, refused)
    }

    fn value(body: &str) -> Value {
        serde_json::from_str(body).expect("is JSON")
    }

    fn framed(length: &str, body: &str) -> String {
        format!("Content-Length: {length}\r\n\r\n{body}")
    }

    #[tokio::test]
    async fn a_message_passes_whatever_came_before() {
        let asked = "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"x\"}";
        let exit = &EXIT[EXIT.len() - 33..];
        for (before, passes, refused) in [
            (String::new(), false, 0),
            ("Content-Type: application/vscode-jsonrpc; charset=utf-8\r\n".to_owned(), false, 0),
            ("what is this\r\n\r\n".to_owned(), false, 1),
            (format!("X: 1\r\n\r\n{asked}"), false, 1),
            (asked.to_owned(), false, 1),
            (framed("-5", asked), false, 1),
            (framed("many", asked), false, 1),
            (framed("9999999999999999999999999", asked), false, 1),
            (framed("18446744073709551615", asked), false, 1),
            (framed("400000000", asked), false, 1),
            (framed("2000", asked), true, 0),
            (framed(&(asked.len() + 5).to_string(), asked), true, 0),
            (framed(&(asked.len() - 3).to_string(), asked), false, 1),
            (framed(&asked.len().to_string(), asked), true, 0),
            (framed("0", asked), false, 1),
            ("a".repeat(3 * HEADER_LIMIT), false, 1),
            ("Content-Length: 37\r\n\r{\"a\":1}".to_owned(), false, 1),
            (format!("Content-Length: 37\r\nX: {asked}"), false, 1),
            ("Content-Length: 7\r\n".to_owned(), false, 0),
        ] {
            let (passed, ids) = strained(&format!("{before}{EXIT}")).await;
            assert_eq!(passed.last(), Some(&value(exit)), "{before:?}");
            assert_eq!((passed.len() == 2, ids), (passes, vec![Id::Null; refused]), "{before:?}");
        }
        assert_eq!(strained("Content-Length: 99\r\n\r\n{").await, (vec![], vec![Id::Null]));
        assert_eq!(strained("Content-Length: many\r\n\r\n").await, (vec![], vec![]));
    }

    #[tokio::test]
    async fn requests_and_answers_are_told_apart() {
        for (body, is_answer) in [
            ("{\"jsonrpc\":\"2.0\",\"id\":7,\"result\":null}", true),
            ("{\"jsonrpc\":\"2.0\",\"id\":7,\"error\":{\"code\":1,\"message\":\"\"}}", true),
            ("{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"x\",\"result\":null}", false),
            ("{\"jsonrpc\":\"2.0\",\"id\":7}", false),
        ] {
            let message = framed(&body.len().to_string(), body);
            let next = Strainer::new(message.as_bytes()).next().await.expect("memory can be read").expect("a message");
            assert_eq!(matches!(next, Incoming::Response(_)), is_answer, "{body}: {next:?}");
        }
    }

    #[tokio::test]
    async fn a_length_within_a_message_is_a_word_like_any_other() {
        let body = "{\"jsonrpc\":\"2.0\",\"method\":\"x\",\n\"params\":[\"Content-Length: 3\\r\\n\\r\\n\"]}";
        assert_eq!(strained(&framed(&body.len().to_string(), body)).await, (vec![value(body)], vec![]));
    }

    #[tokio::test]
    async fn what_is_no_request_is_refused_under_its_id_or_none() {
        for (body, refused) in [
            ("{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":[true]}", Some(Id::Number(7))),
            ("{\"jsonrpc\":\"2.0\",\"id\":\"a\",\"method\":3}", Some(Id::String("a".to_owned()))),
            ("{\"jsonrpc\":\"2.0\",\"id\":1.5,\"method\":\"x\"}", Some(Id::Null)),
            ("{\"jsonrpc\":\"2.0\",\"id\":1e30,\"method\":\"x\"}", Some(Id::Null)),
            ("{\"jsonrpc\":\"2.0\",\"id\":9223372036854775808,\"method\":\"x\"}", Some(Id::Null)),
            ("{\"jsonrpc\":\"2.0\",\"id\":{},\"method\":\"x\"}", Some(Id::Null)),
            ("[]", Some(Id::Null)),
            ("7", Some(Id::Null)),
            ("{", Some(Id::Null)),
            ("{\"jsonrpc\":\"2.0\",\"method\":3}", None),
            ("{\"jsonrpc\":\"2.0\",\"id\":7}x", Some(Id::Null)),
        ] {
            assert_eq!(strained(&framed(&body.len().to_string(), body)).await, (vec![], Vec::from_iter(refused)), "{body}");
        }
    }

    #[tokio::test]
    async fn a_large_message_leaves_no_large_buffer() {
        let large = framed("4000000", &" ".repeat(4_000_000));
        let mut strainer = Strainer::new(large.as_bytes());
        let header = strainer.header().await.expect("memory can be read").expect("a header");
        assert_eq!(strainer.body(header.length).await.expect("memory can be read").map(|body| body.len()), Some(4_000_000));
        assert!(strainer.buffer.capacity() <= 2 * CHUNK, "{}", strainer.buffer.capacity());
    }
}
