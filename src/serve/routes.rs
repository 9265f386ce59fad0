//! What there is to ask for, and the gate before all of it.

use std::sync::Arc;
use std::time::Instant;

use axum::extract::ws::WebSocketUpgrade;
use axum::extract::{Extension, Request, State};
use axum::http::header::{
    ALLOW, CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, HeaderName, HeaderValue, REFERRER_POLICY, RETRY_AFTER,
    X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderMap, Method, StatusCode};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use serde_json::json;

use super::listener::{Held, Peer};
use super::log::{Event, milliseconds};
use super::{Server, bridge, drafts, page};

/// The protocol of the socket; a page offers it beside its token.
const PROTOCOL: &str = "copydesk.lsp";

/// What anybody may have who came to the right door: nothing in it is anybody's.
const OPEN: &[&str] = &["/", "/page.js", "/page.css", "/licences.txt", "/health", "/openapi.json"];

/// All routes, as they are counted and logged.
pub(super) const ROUTES: &[&str] =
    &["/", "/page.js", "/page.css", "/licences.txt", "/check", "/text", "/lsp", "/health", "/metrics", "/openapi.json"];

/// The description of what programs may ask.
const OPENAPI: &str = include_str!("../../schemas/openapi.json");

pub(super) fn router(server: Arc<Server>) -> Router {
    let parts = page::PARTS
        .iter()
        .fold(Router::new(), |router, &(name, kind, text)| router.route(name, get(async move || ([(CONTENT_TYPE, kind)], text))));
    parts
        .route("/", get(page::index))
        .route("/check", post(drafts::check))
        .route("/text", post(drafts::text))
        .route("/lsp", get(lsp))
        .route("/health", get(health))
        .route("/metrics", get(metrics))
        .route("/openapi.json", get(openapi))
        .fallback(nothing)
        .method_not_allowed_fallback(not_so)
        .layer(from_fn_with_state(server.clone(), gate))
        .with_state(server)
}

/// Lets through who may ask, says of each answer what a browser may do with it, and takes note of it.
async fn gate(State(server): State<Arc<Server>>, Extension(Peer(from)): Extension<Peer>, request: Request, next: Next) -> Response {
    let started = Instant::now();
    let route = ROUTES.iter().copied().find(|route| *route == request.uri().path()).unwrap_or("other");
    let method = request.method().clone();
    let client = server.access.client(from.ip(), request.headers());
    let refusal = server.access.admits(&method, request.headers());
    let is_open = OPEN.contains(&route);
    let refusal = refusal.and_then(|()| if is_open { Ok(()) } else { server.access.knows(from.ip(), &method, request.headers()) });
    let mut answer = if !server.rates.takes_request(client, started) {
        server.meters.refused("rate");
        (StatusCode::TOO_MANY_REQUESTS, [(RETRY_AFTER, "1")], fault("too many requests: wait a second")).into_response()
    } else if let Err(refusal) = refusal {
        server.meters.refused(refusal.name());
        (refusal.status(), fault(refusal.message())).into_response()
    } else {
        next.run(request).await
    };
    for (name, value) in [
        (X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (REFERRER_POLICY, "no-referrer"),
        (CACHE_CONTROL, "no-store"),
        (CONTENT_SECURITY_POLICY, "default-src 'none'; frame-ancestors 'none'"),
        (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
        (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    ] {
        answer.headers_mut().entry(name).or_insert(HeaderValue::from_static(value));
    }
    let status = answer.status().as_u16();
    server.meters.request(route, status);
    server.log.write(&Event {
        what: "request",
        client: Some(client),
        method: Some(told(&method)),
        route: Some(route),
        status: Some(status),
        milliseconds: milliseconds(started.elapsed()),
        ..Event::default()
    });
    answer
}

/// A method may be any word at all.
fn told(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::POST => "POST",
        Method::HEAD => "HEAD",
        Method::OPTIONS => "OPTIONS",
        _ => "other",
    }
}

fn fault(message: &str) -> Json<serde_json::Value> {
    Json(json!({"error": message}))
}

async fn nothing() -> impl IntoResponse {
    (StatusCode::NOT_FOUND, fault("there is nothing of this name"))
}

async fn not_so(request: Request) -> impl IntoResponse {
    let allowed = if matches!(request.uri().path(), "/check" | "/text") { "POST" } else { "GET, HEAD" };
    (StatusCode::METHOD_NOT_ALLOWED, [(ALLOW, allowed)], fault("this can't be asked for in this way"))
}

/// `GET /lsp`
async fn lsp(
    State(server): State<Arc<Server>>,
    Extension(Peer(from)): Extension<Peer>,
    Extension(held): Extension<Arc<Held>>,
    headers: HeaderMap,
    upgrade: WebSocketUpgrade,
) -> Response {
    let client = server.access.client(from.ip(), &headers);
    let limit = server.limits.message;
    upgrade.max_message_size(limit).max_frame_size(limit).protocols([PROTOCOL]).on_upgrade(async move |socket| {
        bridge::lead(socket, server, client).await;
        drop(held);
    })
}

/// `GET /health`
async fn health(State(server): State<Arc<Server>>) -> Response {
    match server.desk.setting().corpus.extent() {
        Ok(extent) => Json(json!({
            "status": "ok", "version": env!("CARGO_PKG_VERSION"), "sources": extent.sources, "sessions": server.meters.sessions(),
        }))
        .into_response(),
        Err(error) => (StatusCode::SERVICE_UNAVAILABLE, fault(&error.to_string())).into_response(),
    }
}

/// `GET /metrics`
async fn metrics(State(server): State<Arc<Server>>) -> impl IntoResponse {
    let sources = server.desk.setting().corpus.extent().map_or(0, |extent| extent.sources);
    ([(CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")], server.meters.text(sources))
}

/// `GET /openapi.json`
async fn openapi() -> impl IntoResponse {
    ([(CONTENT_TYPE, "application/json")], OPENAPI)
}
