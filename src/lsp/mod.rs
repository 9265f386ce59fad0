//! The language server: the protocol's end of the program, and the only place that knows its types.
//!
//! `server` routes, and does nothing else; what a handler may reach stands in its type (see `handlers`). A notification
//! changes the state of the `session` at once, in a function that can't wait, so that changes keep their order. A question
//! about a draft works on a `view` of it. Reading and checking run on threads of their own, as many at once as `work` gives
//! leave; no handler ever waits for the editor to answer something.
//!
//! A change's way to its findings can't be seen in the calls: `drafts` marks the draft, and wakes `checker`, the one task that
//! publishes; or it wakes a question about all drafts, for an editor that asks.

mod abilities;
mod analysis;
mod archives;
mod buffer;
mod capabilities;
mod carrier;
mod checked;
mod checker;
mod checks;
mod convert;
mod disk;
mod drafts;
mod evidence;
mod guard;
mod handlers;
mod herald;
mod loaded;
mod log;
mod options;
mod preferences;
mod proofreader;
mod proofs;
mod server;
mod session;
mod settings;
mod shared;
mod shelf;
mod strain;
mod view;
mod work;

pub use options::{Decide, Decisions, Options};
pub use shared::Shared;

use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite};
use tower_lsp_server::LspService;

use guard::{Guarded, Lifecycle};
use log::log;
use server::Copydesk;

/// How long requests under way may take to end after `exit`.
const LAST_REQUESTS: Duration = Duration::from_millis(500);

/// Serves one editor until it goes; returns the exit status that the protocol asks for: 0 after `shutdown` and `exit`, else 1.
pub async fn serve<I, O>(input: I, output: O) -> i32
where
    I: AsyncRead + Send + Unpin + 'static,
    O: AsyncWrite + Send + Unpin + 'static,
{
    serve_with(input, output, Options::default()).await
}

/// [`serve`], set up in another way.
pub async fn serve_with<I, O>(input: I, output: O, options: Options) -> i32
where
    I: AsyncRead + Send + Unpin + 'static,
    O: AsyncWrite + Send + Unpin + 'static,
{
    serve_stream(Box::new(input), Box::new(output), options).await
}

/// The same for any stream, and boxed: a future is compiled where it is first known whole, and so the server once, here, and not again
/// for every program that starts one.
fn serve_stream(
    input: Box<dyn AsyncRead + Send + Unpin>,
    output: Box<dyn AsyncWrite + Send + Unpin>,
    options: Options,
) -> Pin<Box<dyn Future<Output = i32> + Send>> {
    Box::pin(serve_one(input, output, options))
}

async fn serve_one(input: Box<dyn AsyncRead + Send + Unpin>, output: Box<dyn AsyncWrite + Send + Unpin>, options: Options) -> i32 {
    let lifecycle = Arc::new(Lifecycle::default());
    let (service, socket) = LspService::build(|client| Copydesk::new(client, options, lifecycle.clone()))
        .custom_method("window/workDoneProgress/cancel", Copydesk::cancel_progress)
        .custom_method("$/setTrace", Copydesk::set_trace)
        .custom_method("copydesk/dossier", Copydesk::dossier)
        .custom_method("copydesk/who", Copydesk::who)
        .custom_method("copydesk/setting", Copydesk::setting)
        .custom_method("copydesk/check", Copydesk::check)
        .custom_method("copydesk/rules", Copydesk::rules)
        .finish();
    let guarded = Guarded::new(service, lifecycle.clone());
    tokio::select! {
        carried = carrier::carry(input, output, guarded, socket) => {
            if let Err(error) = carried {
                log(&format!("the editor can't be heard or spoken to: {error}"));
            }
        }
        () = lifecycle.ended(LAST_REQUESTS) => {}
    }
    // Where many are served one after another, nothing of this one is to stay.
    lifecycle.let_go();
    lifecycle.exit_status()
}
