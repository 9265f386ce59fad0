//! `schemas/openapi.json` is what the server does, both ways: each route is described, and what is described is answered so.

use std::collections::BTreeSet;

use jsonschema::{Registry, Validator};
use serde_json::{Value, json};

use super::client::{Answer, Served};

fn described() -> Value {
    serde_json::from_str(include_str!("../../schemas/openapi.json")).expect("is JSON")
}

/// The schema of an answer of the description, which may lie elsewhere in it.
fn validator(path: &str, method: &str, status: u16) -> Validator {
    let described = described();
    let lint: Value = serde_json::from_str(include_str!("../../schemas/lint.schema.json")).expect("is JSON");
    let answers = &described["paths"][path][method]["responses"];
    let mut answer = answers[status.to_string()].clone();
    if let Some(elsewhere) = answer["$ref"].as_str() {
        answer = described.pointer(elsewhere.trim_start_matches('#')).expect("is there").clone();
    }
    let mut schema = answer["content"]["application/json"]["schema"].clone();
    assert!(schema.is_object(), "{path} says nothing of {status}");
    schema["components"] = described["components"].clone();
    let registry = Registry::new().add("json-schema:///lint.schema.json", lint).expect("an address").prepare().expect("is sound");
    jsonschema::options().with_registry(&registry).build(&schema).expect("is sound")
}

fn holds(path: &str, method: &str, answer: &Answer) {
    let instance = answer.json();
    let faults: Vec<String> = validator(path, method, answer.status).iter_errors(&instance).map(|error| error.to_string()).collect();
    assert!(faults.is_empty(), "{path} {}: {faults:?}\n{instance}", answer.status);
}

#[tokio::test]
async fn every_answer_is_as_described() {
    let served = Served::new().await;
    holds("/check", "post", &served.post("/check", "text/markdown", b"Mayor Anja Kowalczik came.\n").await);
    holds("/check", "post", &served.post("/check", "image/png", b"").await);
    holds("/check", "post", &served.post("/check", "text/markdown", b"\xff\xfe\x00\xd8").await);
    holds("/check", "post", &served.post("/check?path=/", "text/markdown", b"").await);
    holds("/text", "post", &served.post("/text", "text/html", b"<p>It rained.</p>").await);
    holds("/health", "get", &served.get("/health").await);
    let without = served.raw(format!("{}\r\n", served.head("GET /metrics")).as_bytes()).await;
    assert_eq!(without.status, 401);
    holds("/metrics", "get", &without);
    assert_eq!(served.get("/openapi.json").await.json(), described());
    let metrics = served.get("/metrics").await;
    assert!(metrics.status == 200 && metrics.header("content-type").is_some_and(|kind| kind.starts_with("text/plain")), "{metrics:?}");
}

#[tokio::test]
async fn every_route_is_described_and_there_is_no_other() {
    let served = Served::new().await;
    let described = described();
    for (path, item) in described["paths"].as_object().expect("paths") {
        for method in item.as_object().expect("methods").keys() {
            let answer = served.raw(format!("{}\r\n", served.head(&format!("{} {path}", method.to_uppercase()))).as_bytes()).await;
            assert!(!matches!(answer.status, 404 | 405), "{method} {path}: {answer:?}");
        }
    }
    let known: BTreeSet<&str> = described["paths"].as_object().expect("paths").keys().map(String::as_str).collect();
    assert_eq!(known, BTreeSet::from(["/check", "/text", "/lsp", "/health", "/metrics", "/openapi.json"]));
    assert_eq!(served.get("/other").await.status, 404);
    assert_eq!(served.get("/check").await.status, 405);
}

#[test]
fn the_media_types_of_drafts_are_those_that_are_taken() {
    let described = described();
    let types =
        described["components"]["requestBodies"]["draft"]["content"].as_object().expect("types").keys().cloned().collect::<Vec<_>>();
    assert!(types.len() == 5 && types.contains(&"application/json".to_owned()), "{types:?}");
    assert_eq!(described["security"], json!([{"token": []}]));
}
