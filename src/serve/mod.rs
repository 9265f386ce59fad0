//! The web end: a page for people who use no code editor, and an endpoint for programs. It brings the server of `lsp` and the report of
//! `cli` to a socket, and decides nothing about drafts itself.
//!
//! A request goes through [`access`] first, whatever it is for: who asks, under which name, from which page. `routes` says what there is.
//! A page's socket is led by `bridge` to a session of the language server of its own; all sessions check against the one [`Desk`].

mod access;
mod bridge;
mod desk;
mod drafts;
mod limits;
mod listener;
mod log;
mod meters;
mod page;
mod routes;
mod start;
mod tls;

pub use access::{Access, Proxy, Token};
pub use desk::Desk;
pub use limits::{Limits, Rate};
pub use log::Log;
pub use start::run;
pub use tls::Tls;

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;

use tokio::net::TcpListener;
use tokio::sync::{Semaphore, watch};

use limits::Rates;
use meters::Meters;

/// How the desk is served, and to whom.
pub struct Serving {
    pub access: Access,
    pub limits: Limits,
    pub log: Log,
    /// Where the server speaks TLS itself.
    pub tls: Option<Tls>,
}

/// All that an answer may need.
struct Server {
    desk: Arc<Desk>,
    access: Access,
    limits: Limits,
    rates: Arc<Rates>,
    log: Log,
    meters: Meters,
    /// Drafts that are posted are checked so many at once.
    checks: Arc<Semaphore>,
    /// True once the server is to end.
    stopping: watch::Receiver<bool>,
}

impl Server {
    /// Resolves when the server is to end.
    async fn told_to_stop(&self) {
        let _ = self.stopping.clone().wait_for(|stopping| *stopping).await;
    }
}

/// Serves whoever comes to `listener` until `stop` resolves; then what is under way is given a moment to end.
pub async fn serve(listener: TcpListener, desk: Desk, serving: Serving, stop: impl Future<Output = ()>) {
    let (stopped, stopping) = watch::channel(false);
    let desk = Arc::new(desk);
    let Serving { access, limits, log, tls } = serving;
    let server = Arc::new(Server {
        rates: Arc::new(Rates::new(&limits)),
        checks: Arc::new(Semaphore::new(std::thread::available_parallelism().map_or(2, std::num::NonZero::get))),
        meters: Meters::default(),
        desk: desk.clone(),
        access,
        limits,
        log,
        stopping,
    });
    let keeping = tokio::spawn(desk::keep(desk));
    listener::accept(listener, tls, server, stop, stopped).await;
    keeping.abort();
}

/// A socket for whoever may come to `address`.
///
/// # Errors
/// When the address is taken, or may not be.
pub async fn listen(address: SocketAddr) -> io::Result<TcpListener> {
    TcpListener::bind(address).await
}
