//! Carries messages: what comes in goes to the service in its order, and what that says goes out. It is not left to the framework
//! because that keeps, as long as it runs, the room that the largest message took.

use std::future::{poll_fn, ready};
use std::io::Write as _;
use std::pin::pin;

use futures::channel::mpsc;
use futures::{SinkExt as _, Stream, StreamExt as _, stream};
use serde::Serialize;
use tokio::io::{self, AsyncRead, AsyncWrite, AsyncWriteExt as _};
use tower_lsp_server::jsonrpc::{Request, Response};
use tower_lsp_server::{ClientSocket, LspService};
use tower_service::Service as _;

use super::guard::Guarded;
use super::server::Copydesk;
use super::strain::{Incoming, Strainer};

/// How many requests may be under way at once. Nearly all of them wait for the semaphore, which bounds the work; a low limit here would
/// hold back cancellations and the editor's answers.
const REQUESTS_AT_ONCE: usize = 256;

/// How many may wait for that; then no more is read.
const REQUESTS_WAITING: usize = 100;

/// So many messages are written at once at the most.
const WRITTEN_AT_ONCE: usize = 32;

#[derive(Serialize)]
#[serde(untagged)]
enum Outgoing {
    Request(Request),
    Response(Response),
}

/// Carries until the input ends, `exit` comes or one of the two ends breaks.
pub(super) async fn carry(
    input: impl AsyncRead + Unpin,
    output: impl AsyncWrite + Unpin,
    mut service: Guarded<LspService<Copydesk>>,
    socket: ClientSocket,
) -> io::Result<()> {
    let (asked, mut answers) = socket.split();
    let (asked, fall_silent) = stream::abortable(asked);
    let (mut tasks, waiting) = mpsc::channel(REQUESTS_WAITING);
    // All are begun in the order in which they came, one after another.
    let answered = waiting.buffer_unordered(REQUESTS_AT_ONCE).filter_map(|answer| ready(Result::ok(answer).flatten()));
    let outgoing = stream::select(answered.map(Outgoing::Response), asked.map(Outgoing::Request));
    let read = async move {
        let mut strainer = Strainer::new(input);
        while let Some(message) = strainer.next().await? {
            let is_taken = match message {
                Incoming::Request(request) => {
                    let is_last = request.method() == "exit";
                    poll_fn(|cx| service.poll_ready(cx)).await.is_ok() && tasks.send(service.call(request)).await.is_ok() && !is_last
                }
                Incoming::Response(response) => answers.send(response).await.is_ok(),
                Incoming::Refused(refusal) => tasks.send(Box::pin(ready(Ok(Some(refusal))))).await.is_ok(),
            };
            if !is_taken {
                break;
            }
        }
        fall_silent.abort();
        Ok(())
    };
    tokio::try_join!(read, write(output, outgoing)).map(|_| ())
}

async fn write(mut output: impl AsyncWrite + Unpin, outgoing: impl Stream<Item = Outgoing>) -> io::Result<()> {
    let mut outgoing = pin!(outgoing.ready_chunks(WRITTEN_AT_ONCE));
    while let Some(messages) = outgoing.next().await {
        let mut bytes = Vec::new();
        for message in messages {
            let body = serde_json::to_vec(&message)?;
            write!(bytes, "Content-Length: {}\r\n\r\n", body.len())?;
            bytes.extend(body);
        }
        output.write_all(&bytes).await?;
        output.flush().await?;
    }
    Ok(())
}
