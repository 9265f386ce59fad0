//! Drafts that are posted: checked, with the same JSON as `copydesk lint --format json`; or turned into text that can be edited.

use std::path::{Component, Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;

use axum::Json;
use axum::body::{Body, Bytes, to_bytes};
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::http::header::{CONTENT_LENGTH, CONTENT_TYPE};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use jiff::civil::Date;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize};

use super::Server;
use crate::cli;
use crate::markup::Format;
use crate::workspace::{Problem, parse_bytes};

/// In bytes.
const LONGEST_NAME: usize = 200;

const WORD: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
const JSON: &str = "application/json";

/// The media types of drafts, and what one is called that has no name: its ending says the format.
const TYPES: &[(&str, &str)] =
    &[("text/markdown", "draft.md"), ("text/html", "draft.html"), ("text/plain", "draft.txt"), (WORD, "draft.docx")];

/// What an address may say beside a draft.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Aside {
    /// What the draft is called, below the folder of the configuration; nothing of that name is opened.
    path: Option<String>,
    /// The day taken for a draft that gives none itself.
    #[serde(default, deserialize_with = "day")]
    as_of: Option<Date>,
}

/// A draft as JSON.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Posted {
    text: String,
    path: Option<String>,
    #[serde(default, deserialize_with = "day")]
    as_of: Option<Date>,
}

/// A day, or what to do about words that are none.
fn day<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Date>, D::Error> {
    let words = Option::<String>::deserialize(from)?;
    words.map(|words| cli::day_given(&words).map_err(D::Error::custom)).transpose()
}

/// A draft and what is said of it.
#[derive(Debug)]
struct Draft {
    path: PathBuf,
    bytes: Vec<u8>,
    as_of: Option<Date>,
}

/// A draft that can be edited.
#[derive(Serialize)]
struct Text<'t> {
    text: String,
    /// As editors call it.
    format: &'t str,
}

/// Why a draft isn't taken in.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Fault(StatusCode, String);

impl IntoResponse for Fault {
    fn into_response(self) -> Response {
        (self.0, Json(serde_json::json!({"error": self.1}))).into_response()
    }
}

/// What an address says beside a draft, where that can be understood.
type Said = Result<Query<Aside>, QueryRejection>;

impl From<QueryRejection> for Fault {
    fn from(rejection: QueryRejection) -> Self {
        Self(StatusCode::BAD_REQUEST, rejection.body_text())
    }
}

/// `POST /check`
pub(super) async fn check(State(server): State<Arc<Server>>, aside: Said, headers: HeaderMap, body: Body) -> Result<Response, Fault> {
    let draft = received(&server, aside?.0, &headers, body).await?;
    let started = Instant::now();
    let checking = server.clone();
    let report = in_turn(&server, move || {
        let setting = checking.desk.setting();
        cli::lint_bytes(&draft.path, draft.bytes, &setting, draft.as_of)
    })
    .await?;
    server.meters.check(started.elapsed());
    Ok(([(CONTENT_TYPE, JSON)], report).into_response())
}

/// `POST /text`
pub(super) async fn text(State(server): State<Arc<Server>>, aside: Said, headers: HeaderMap, body: Body) -> Result<Response, Fault> {
    let draft = received(&server, aside?.0, &headers, body).await?;
    let document = in_turn(&server, move || parse_bytes(&draft.path, draft.bytes)).await?;
    let source = document.source();
    let (text, format) = match document.format() {
        Format::Markdown => (source.to_string(), "markdown"),
        Format::Html => (source.to_string(), "html"),
        Format::Plain => (source.to_string(), "plaintext"),
        // In plain text it takes an empty line to part two paragraphs.
        Format::Word => (source.lines().collect::<Vec<_>>().join("\n\n"), "plaintext"),
    };
    Ok(Json(Text { text, format }).into_response())
}

/// Does something about a draft when its turn comes, on a thread of its own. Who asked may go away meanwhile; the turn is held all the same.
async fn in_turn<T: Send + 'static>(server: &Arc<Server>, job: impl FnOnce() -> Result<T, Problem> + Send + 'static) -> Result<T, Fault> {
    let turn = server.checks.clone().acquire_owned().await;
    let done = tokio::task::spawn_blocking(move || {
        let done = job();
        drop(turn);
        done
    });
    match done.await {
        Ok(Ok(done)) => Ok(done),
        Ok(Err(problem)) => Err(Fault(StatusCode::UNPROCESSABLE_ENTITY, problem.to_string())),
        Err(_) => Err(Fault(StatusCode::INTERNAL_SERVER_ERROR, "the draft could not be checked; this is a fault of the server".to_owned())),
    }
}

async fn received(server: &Server, aside: Aside, headers: &HeaderMap, body: Body) -> Result<Draft, Fault> {
    let media = media_type(headers)?;
    let bytes = whole(server, headers, body).await?;
    drafted(media, aside, bytes)
}

/// All of a body, as long as it is neither too large nor too slow.
async fn whole(server: &Server, headers: &HeaderMap, body: Body) -> Result<Bytes, Fault> {
    let limit = server.limits.body;
    let too_large = || Fault(StatusCode::PAYLOAD_TOO_LARGE, format!("a draft may have {} MB", limit >> 20));
    let said = headers.get(CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse::<usize>().ok());
    if said.is_some_and(|said| said > limit) {
        return Err(too_large());
    }
    match tokio::time::timeout(server.limits.receiving, to_bytes(body, limit)).await {
        Ok(Ok(bytes)) => Ok(bytes),
        Ok(Err(_)) => Err(too_large()),
        Err(_) => Err(Fault(StatusCode::REQUEST_TIMEOUT, "the draft took too long to come".to_owned())),
    }
}

/// What a body is said to be: one of [`TYPES`], or JSON.
fn media_type(headers: &HeaderMap) -> Result<&'static str, Fault> {
    let said = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let said = said.split(';').next().unwrap_or_default().trim();
    let known = TYPES.iter().map(|(media, _)| *media).chain([JSON]).find(|known| known.eq_ignore_ascii_case(said));
    known.ok_or_else(|| {
        let types: Vec<&str> = TYPES.iter().map(|(media, _)| *media).chain([JSON]).collect();
        Fault(StatusCode::UNSUPPORTED_MEDIA_TYPE, format!("a draft comes as one of {}", types.join(", ")))
    })
}

fn drafted(media: &'static str, aside: Aside, bytes: Bytes) -> Result<Draft, Fault> {
    let unnamed = TYPES.iter().find(|(known, _)| *known == media).map_or("draft.md", |(_, name)| name);
    let (path, as_of, bytes) = if media == JSON {
        let posted: Posted = serde_json::from_slice(&bytes).map_err(|error| Fault(StatusCode::BAD_REQUEST, error.to_string()))?;
        (posted.path.or(aside.path), posted.as_of.or(aside.as_of), posted.text.into_bytes())
    } else {
        (aside.path, aside.as_of, bytes.into())
    };
    let path = match path {
        Some(path) => named(&path)?,
        None => PathBuf::from(unnamed),
    };
    Ok(Draft { path, bytes, as_of })
}

/// A name as the configuration's patterns are held against: below its folder. Nothing is opened by it.
fn named(path: &str) -> Result<PathBuf, Fault> {
    let is_sound = !path.is_empty()
        && path.len() <= LONGEST_NAME
        && !path.contains(|c: char| c.is_control() || c == '\\')
        && Path::new(path).components().all(|part| matches!(part, Component::Normal(_)));
    if is_sound {
        return Ok(PathBuf::from(path));
    }
    Err(Fault(StatusCode::BAD_REQUEST, "`path` is the name of a draft below the desk's folder, such as drafts/story.md".to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOTHING: Aside = Aside { path: None, as_of: None };

    #[test]
    fn a_name_leads_nowhere_and_its_ending_says_the_format() {
        for name in ["story.md", "wire/2024/story.docx", "Ærø .html"] {
            assert_eq!(named(name), Ok(PathBuf::from(name)));
        }
        for name in ["", "/etc/passwd", "../story.md", "wire/../../story.md", "./story.md", "a\u{0}b.md", "C:\\story.md", &"a".repeat(300)]
        {
            assert!(named(name).is_err(), "{name}");
        }
        let of = |media| drafted(media, NOTHING, Bytes::from_static(b"x")).expect("is sound").path;
        assert_eq!((of("text/html"), of(WORD)), (PathBuf::from("draft.html"), PathBuf::from("draft.docx")));
    }

    #[test]
    fn json_has_the_text_with_its_name_and_nothing_unknown() {
        let of = |body: &'static str| drafted(JSON, NOTHING, Bytes::from_static(body.as_bytes()));
        let draft = of("{\"text\": \"It rained.\", \"path\": \"a.txt\", \"as_of\": \"2024-03-01\"}").expect("is sound");
        assert_eq!(
            (draft.path, draft.bytes, draft.as_of),
            (PathBuf::from("a.txt"), b"It rained.".to_vec(), Some(jiff::civil::date(2024, 3, 1)))
        );
        for faulty in ["", "[]", "{}", "{\"text\": 3}", "{\"text\": \"a\", \"file\": \"b\"}", "{\"text\": \"a\", \"path\": \"/b\"}"] {
            assert_eq!(of(faulty).err().map(|fault| fault.0), Some(StatusCode::BAD_REQUEST), "{faulty}");
        }
    }
}
