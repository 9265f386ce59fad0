//! Takes connections in: no more than there may be, none that says nothing for long; and ends them when the server is to end.

use std::net::SocketAddr;
use std::pin::pin;
use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::Router;
use axum::body::Body;
use axum::extract::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpListener;
use tokio::sync::{OwnedSemaphorePermit, Semaphore, watch};
use tower_service::Service as _;

use super::Server;
use super::limits::Connection;
use super::routes;
use super::tls::Tls;

/// Where no more connections can be opened, the next try waits for so long.
const OUT_OF_FILES: Duration = Duration::from_millis(200);

/// The head of a request is no longer, in bytes.
const LONGEST_HEAD: usize = 32 << 10;

/// Whom a connection is of.
#[derive(Clone, Copy, Debug)]
pub(super) struct Peer(pub(super) SocketAddr);

/// What a connection takes up, as long as it or what has become of it is there.
pub(super) struct Held {
    _place: OwnedSemaphorePermit,
    _counted: Option<Connection>,
}

/// Takes in connections until `stop` resolves; then tells those that are open, and waits for them a little.
pub(super) async fn accept(
    listener: TcpListener,
    tls: Option<Tls>,
    server: Arc<Server>,
    stop: impl Future<Output = ()>,
    stopped: watch::Sender<bool>,
) {
    let router = routes::router(server.clone());
    let places = Arc::new(Semaphore::new(server.limits.connections));
    let mut stop = pin!(stop);
    loop {
        let (stream, from) = tokio::select! {
            () = &mut stop => break,
            accepted = listener.accept() => {
                let Ok(accepted) = accepted else {
                    tokio::time::sleep(OUT_OF_FILES).await;
                    continue;
                };
                accepted
            }
        };
        // Whoever finds no place is let go at once: to let it wait would cost as much as to serve it.
        let counted = server.rates.connection(from.ip(), Instant::now());
        // A proxy brings everybody, and has as many as it needs.
        if counted.is_none() && !server.access.is_proxy(from.ip()) {
            server.meters.refused("connections of one");
            continue;
        }
        let Ok(place) = places.clone().try_acquire_owned() else {
            server.meters.refused("connections");
            continue;
        };
        let held = Arc::new(Held { _place: place, _counted: counted });
        let (server, router, tls) = (server.clone(), router.clone(), tls.clone());
        tokio::spawn(async move {
            let _present = server.meters.connection();
            // Answers are small, and are not to wait for more.
            let _ = stream.set_nodelay(true);
            match tls {
                None => speak(stream, from, held, &server, router).await,
                // Who can't agree on that within the time of a head has nothing to say.
                Some(tls) => {
                    if let Ok(Ok(stream)) = tokio::time::timeout(server.limits.head, tls.accept(stream)).await {
                        speak(stream, from, held, &server, router).await;
                    }
                }
            }
        });
    }
    // Whoever comes now finds the door closed.
    drop(listener);
    let _ = stopped.send(true);
    let all = u32::try_from(server.limits.connections).unwrap_or(u32::MAX);
    // What takes longer is broken off.
    let _ = tokio::time::timeout(server.limits.farewell, places.acquire_many(all)).await;
}

/// Speaks HTTP on a connection until it ends. A socket that has become a page's goes on elsewhere, and takes up its place as long.
async fn speak<S>(stream: S, from: SocketAddr, held: Arc<Held>, server: &Arc<Server>, router: Router)
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    let service = service_fn(move |request: hyper::Request<Incoming>| {
        let mut request: Request = request.map(Body::new);
        request.extensions_mut().insert(Peer(from));
        request.extensions_mut().insert(held.clone());
        router.clone().call(request)
    });
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(server.limits.head).max_buf_size(LONGEST_HEAD);
    let mut connection = pin!(http.serve_connection(TokioIo::new(stream), service).with_upgrades());
    // What goes wrong with a connection is whoever is at its other end; there is nobody to tell.
    tokio::select! {
        _ = connection.as_mut() => {}
        () = server.told_to_stop() => {
            connection.as_mut().graceful_shutdown();
            let _ = connection.await;
        }
    }
}
