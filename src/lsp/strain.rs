//! Strains what comes in: a message that is none is answered or dropped here, because the framework below takes one that it
//! can't decode for the end of all input; and after a length that is missing or wrong the next message is found again.
//!
//! What makes that possible: JSON has no raw line break within a string, so that `Content-Length: 12` with a line break behind it
//! never stands in a message. Wherever it does stand, another message starts.

use std::ops::Range;
use std::sync::LazyLock;

use regex::bytes::Regex;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use tokio::io::{self, AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tower_lsp_server::jsonrpc::{ErrorCode, Request, Response};

use super::log::log;

/// Asked for in place of what can't be understood.
pub(super) const MALFORMED: &str = "copydesk/malformed";

/// What [`MALFORMED`] bears.
#[derive(Deserialize, Serialize)]
pub(super) struct Refusal {
    pub(super) code: i64,
    pub(super) message: String,
}

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

/// Passes on the well-formed messages of `input` until it ends.
pub(super) async fn strain<I: AsyncRead + Unpin, O: AsyncWrite + Unpin>(input: I, mut output: O) -> io::Result<()> {
    let mut strainer = Strainer { input, buffer: Vec::new(), ended: false };
    // Whether what comes before the next message may be the rest of the one before, which has been refused.
    let mut astray = false;
    while let Some(Header { length, lost }) = strainer.header().await? {
        if lost && !astray {
            log("a message without its length was left out");
            refuse(&mut output, Value::Null, ErrorCode::ParseError, "a message came without its length").await?;
        }
        astray = if let Some(body) = strainer.body(length).await? {
            !pass(&body, &mut output).await?
        } else {
            log(&format!("a message of {} MB was left out", length >> 20));
            refuse(&mut output, Value::Null, ErrorCode::InvalidRequest, "a message is longer than any that is read").await?;
            true
        };
    }
    Ok(())
}

/// Passes on a message, or has it refused; says whether it was JSON.
async fn pass<O: AsyncWrite + Unpin>(body: &[u8], output: &mut O) -> io::Result<bool> {
    if serde_json::from_slice::<Request>(body).is_ok() || serde_json::from_slice::<Response>(body).is_ok() {
        write_message(output, body).await?;
        return Ok(true);
    }
    log("a malformed message was left out");
    let Ok(message) = serde_json::from_slice::<Value>(body) else {
        refuse(output, Value::Null, ErrorCode::ParseError, "a message is no JSON, or its length is wrong").await?;
        return Ok(false);
    };
    match (message.get("id"), message.get("method")) {
        (Some(id), Some(_)) if id.is_i64() || id.is_string() => {
            refuse(output, id.clone(), ErrorCode::InvalidRequest, "this is no request").await?;
        }
        (Some(_), Some(_)) => {
            refuse(output, Value::Null, ErrorCode::InvalidRequest, "an id is a string or a whole number of 64 bits").await?;
        }
        // Nobody waits for an answer to a notification, or to an answer.
        _ if message.is_object() => {}
        _ => refuse(output, Value::Null, ErrorCode::InvalidRequest, "a message is a JSON object").await?,
    }
    Ok(true)
}

/// Has the framework answer with an error, in the order of the messages.
async fn refuse<O: AsyncWrite + Unpin>(output: &mut O, id: Value, code: ErrorCode, message: &str) -> io::Result<()> {
    let params = Refusal { code: code.code(), message: message.to_owned() };
    write_message(output, json!({"jsonrpc": "2.0", "id": id, "method": MALFORMED, "params": params}).to_string().as_bytes()).await
}

async fn write_message<O: AsyncWrite + Unpin>(output: &mut O, body: &[u8]) -> io::Result<()> {
    output.write_all(format!("Content-Length: {}\r\n\r\n", body.len()).as_bytes()).await?;
    output.write_all(body).await
}

/// What stands before a message.
struct Header {
    /// In bytes, as it says.
    length: u64,
    /// Whether something that is no header came before it.
    lost: bool,
}

struct Strainer<I> {
    input: I,
    /// What has come and isn't dealt with.
    buffer: Vec<u8>,
    ended: bool,
}

impl<I: AsyncRead + Unpin> Strainer<I> {
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
                return Ok(self.rest_of_header().await?.then_some(Header { length, lost }));
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

    /// Reads past the lines of a header up to the empty one; says whether that came.
    async fn rest_of_header(&mut self) -> io::Result<bool> {
        loop {
            while let Some(end) = memchr::memchr(b'\n', &self.buffer) {
                let is_last = self.buffer[..end].trim_ascii().is_empty();
                self.buffer.drain(..=end);
                if is_last {
                    return Ok(true);
                }
            }
            // A line as long as this is no header's, and what it stands in is looked through for the next.
            if self.buffer.len() > HEADER_LIMIT {
                return Ok(true);
            }
            if !self.more().await? {
                return Ok(false);
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
    use super::*;

    const EXIT: &str = "Content-Length: 33\r\n\r\n{\"jsonrpc\":\"2.0\",\"method\":\"exit\"}";

    /// The messages that pass, and the ids of those refused.
    async fn strained(input: &str) -> (Vec<String>, Vec<Value>) {
        let mut output = Vec::new();
        strain(input.as_bytes(), &mut output).await.expect("memory can be read");
        let output = String::from_utf8(output).expect("is text");
        let (mut passed, mut refused, mut rest) = (Vec::new(), Vec::new(), output.as_str());
        while let Some((header, after)) = rest.split_once("\r\n\r\n") {
            let length = header.strip_prefix("Content-Length: ").and_then(|length| length.parse().ok()).expect("a length");
            let (body, next) = after.split_at(length);
            let message: Value = serde_json::from_str(body).expect("is JSON");
            if message["method"] == MALFORMED {
                refused.push(message["id"].clone());
            } else {
                passed.push(body.to_owned());
            }
            rest = next;
        }
        (passed, refused)
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
        ] {
            let (passed, ids) = strained(&format!("{before}{EXIT}")).await;
            assert_eq!(passed.last().map(String::as_str), Some(exit), "{before:?}");
            assert_eq!((passed.len() == 2, ids), (passes, vec![Value::Null; refused]), "{before:?}");
        }
        assert_eq!(strained("Content-Length: 99\r\n\r\n{").await, (vec![], vec![Value::Null]));
        assert_eq!(strained("Content-Length: many\r\n\r\n").await, (vec![], vec![]));
    }

    #[tokio::test]
    async fn a_length_within_a_message_is_a_word_like_any_other() {
        let body = "{\"jsonrpc\":\"2.0\",\"method\":\"x\",\n\"params\":[\"Content-Length: 3\\r\\n\\r\\n\"]}";
        assert_eq!(strained(&framed(&body.len().to_string(), body)).await, (vec![body.to_owned()], vec![]));
    }

    #[tokio::test]
    async fn what_is_no_request_is_refused_under_its_id_or_none() {
        for (body, refused) in [
            ("{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":[true]}", Some(json!(7))),
            ("{\"jsonrpc\":\"2.0\",\"id\":\"a\",\"method\":3}", Some(json!("a"))),
            ("{\"jsonrpc\":\"2.0\",\"id\":1.5,\"method\":\"x\"}", Some(Value::Null)),
            ("{\"jsonrpc\":\"2.0\",\"id\":1e30,\"method\":\"x\"}", Some(Value::Null)),
            ("{\"jsonrpc\":\"2.0\",\"id\":9223372036854775808,\"method\":\"x\"}", Some(Value::Null)),
            ("{\"jsonrpc\":\"2.0\",\"id\":{},\"method\":\"x\"}", Some(Value::Null)),
            ("[]", Some(Value::Null)),
            ("7", Some(Value::Null)),
            ("{", Some(Value::Null)),
            ("{\"jsonrpc\":\"2.0\",\"method\":3}", None),
            ("{\"jsonrpc\":\"2.0\",\"id\":7}x", Some(Value::Null)),
        ] {
            assert_eq!(strained(&framed(&body.len().to_string(), body)).await, (vec![], Vec::from_iter(refused)), "{body}");
        }
    }

    #[tokio::test]
    async fn a_large_message_leaves_no_large_buffer() {
        let large = framed("4000000", &" ".repeat(4_000_000));
        let mut strainer = Strainer { input: large.as_bytes(), buffer: Vec::new(), ended: false };
        let header = strainer.header().await.expect("memory can be read").expect("a header");
        assert_eq!(strainer.body(header.length).await.expect("memory can be read").map(|body| body.len()), Some(4_000_000));
        assert!(strainer.buffer.capacity() <= 2 * CHUNK, "{}", strainer.buffer.capacity());
    }
}
