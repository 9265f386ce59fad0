//! Strains what comes in: a message that is none is answered or dropped here, because the framework below takes one that it
//! can't decode for the end of all input.

use serde::Deserialize;
use serde_json::{Value, json};
use tokio::io::{self, AsyncBufReadExt, AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, BufReader};
use tower_lsp_server::jsonrpc::{Request, Response};

use super::log::log;

/// Longer headers are no headers.
const HEADER_LIMIT: u64 = 8 << 10;
/// Longer messages are read past: no draft that can be checked needs as much.
const MESSAGE_LIMIT: u64 = 256 << 20;

/// Passes on the well-formed messages of `input` until it ends.
pub(super) async fn strain<I: AsyncRead + Unpin, O: AsyncWrite + Unpin>(input: I, mut output: O) -> io::Result<()> {
    let mut input = BufReader::new(input);
    let mut body = Vec::new();
    loop {
        let Some(length) = read_header(&mut input).await? else { return Ok(()) };
        let Some(length) = length else {
            log("a message without a length was left out");
            continue;
        };
        if length > MESSAGE_LIMIT {
            log(&format!("a message of {} MB was left out", length >> 20));
            io::copy(&mut (&mut input).take(length), &mut io::sink()).await?;
            continue;
        }
        body.clear();
        // Grows with what comes and not with what the header promises.
        if (&mut input).take(length).read_to_end(&mut body).await? < length as usize {
            return Ok(());
        }
        if serde_json::from_slice::<Request>(&body).is_ok() || serde_json::from_slice::<Response>(&body).is_ok() {
            write_message(&mut output, &body).await?;
        } else {
            log("a malformed message was left out");
            if let Some(id) = asked_by(&body) {
                // No method starts like this, so the answer is an error.
                let refused = json!({"jsonrpc": "2.0", "id": id, "method": "$/malformed"}).to_string();
                write_message(&mut output, refused.as_bytes()).await?;
            }
        }
    }
}

async fn write_message<O: AsyncWrite + Unpin>(output: &mut O, body: &[u8]) -> io::Result<()> {
    output.write_all(format!("Content-Length: {}\r\n\r\n", body.len()).as_bytes()).await?;
    output.write_all(body).await
}

/// The length that one header gives, if it gives one; none at the end of input.
async fn read_header<I: AsyncRead + Unpin>(input: &mut BufReader<I>) -> io::Result<Option<Option<u64>>> {
    let mut length = None;
    let mut line = Vec::new();
    loop {
        line.clear();
        if (&mut *input).take(HEADER_LIMIT).read_until(b'\n', &mut line).await? == 0 {
            return Ok(None);
        }
        let words = String::from_utf8_lossy(&line);
        let words = words.trim();
        if words.is_empty() {
            return Ok(Some(length));
        }
        match words.split_once(':') {
            Some((name, value)) if name.trim().eq_ignore_ascii_case("content-length") => length = value.trim().parse().ok(),
            _ => {}
        }
    }
}

/// The id of a malformed request, if that much of it is there.
fn asked_by(body: &[u8]) -> Option<Value> {
    #[derive(Deserialize)]
    struct Asked {
        id: Value,
    }
    let Asked { id } = serde_json::from_slice(body).ok()?;
    (id.is_i64() || id.is_string()).then_some(id)
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn strained(input: &str) -> String {
        let mut output = Vec::new();
        strain(input.as_bytes(), &mut output).await.expect("memory can be read");
        String::from_utf8(output).expect("is text")
    }

    #[tokio::test]
    async fn only_messages_pass() {
        let good = "Content-Length: 33\r\n\r\n{\"jsonrpc\":\"2.0\",\"method\":\"exit\"}";
        assert_eq!(strained(good).await, good);
        assert_eq!(strained(&format!("what is this\r\n\r\nContent-Length: 3\r\n\r\n{{}}}}{good}")).await, good);
        assert_eq!(strained("Content-Length: 99\r\n\r\n{").await, "");
        assert_eq!(strained("Content-Length: many\r\n\r\n").await, "");
        let answered = strained("Content-Length: 26\r\n\r\n{\"id\": 7, \"method\": [true]}").await;
        assert_eq!(answered, "", "the length is one short, so this is no JSON");
        let answered = strained("Content-Length: 27\r\n\r\n{\"id\": 7, \"method\": [true]}").await;
        assert!(answered.contains("\"id\":7"), "{answered}");
    }
}
