//! Drafts that are posted: the answer is what the command prints, whatever form the draft has.

use std::process::Command;

use serde_json::{Value, json};

use super::client::Served;

const TEXT: &str = "Mayor Anja Kowalczik opened the bridge.\n";
const WORD: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

/// What the command prints of the same draft.
fn linted(served: &Served, name: &str, bytes: &[u8]) -> Value {
    std::fs::write(served.desk.path().join(name), bytes).expect("is writable");
    let output = Command::new(env!("CARGO_BIN_EXE_copydesk"))
        .current_dir(served.desk.path())
        .args(["lint", name, "--format", "json"])
        .output()
        .expect("copydesk starts");
    serde_json::from_slice(&output.stdout).expect("is JSON")
}

/// The report without the places of sources, which the command names as seen from its folder.
fn plain(mut report: Value) -> Value {
    for finding in report["findings"].as_array_mut().expect("a list") {
        for evidence in finding["evidence"].as_array_mut().expect("a list") {
            let source = evidence["source"].as_str().expect("a name").rsplit('/').next().map(str::to_owned);
            evidence["source"] = json!(source);
        }
    }
    report
}

#[tokio::test]
async fn the_report_is_that_of_the_command() {
    let served = Served::new().await;
    for (media, name, text) in [
        ("text/markdown", "draft.md", TEXT.to_owned()),
        ("text/plain; charset=utf-8", "draft.txt", TEXT.to_owned()),
        ("TEXT/HTML", "draft.html", format!("<p>{TEXT}</p>")),
    ] {
        let answer = served.post("/check", media, text.as_bytes()).await;
        assert_eq!(answer.status, 200, "{answer:?}");
        assert_eq!(plain(answer.json()), plain(linted(&served, name, text.as_bytes())), "{media}");
        assert_eq!(answer.json()["summary"]["findings"]["warning"], 1, "{media}");
    }
    let posted = json!({"text": TEXT, "path": "drafts/story.txt"}).to_string();
    let answer = served.post("/check", "application/json", posted.as_bytes()).await;
    assert_eq!(answer.json()["findings"][0]["path"], "drafts/story.txt");
    let answer = served.post("/check?path=wire/a.md&as_of=2024-03-01", "text/markdown", TEXT.as_bytes()).await;
    assert_eq!((&answer.json()["findings"][0]["path"], &answer.json()["summary"]["undated"]), (&json!("wire/a.md"), &json!(0)));
}

#[tokio::test]
async fn a_word_document_is_checked_and_can_be_turned_into_text() {
    let served = Served::new().await;
    let document = word(&["Mayor Anja Kowalczik opened the bridge.", "Then she left."]);
    let answer = served.post("/check", WORD, &document).await;
    assert_eq!(plain(answer.json()), plain(linted(&served, "draft.docx", &document)));
    assert_eq!(answer.json()["findings"][0]["text"], "Kowalczik");
    let answer = served.post("/text", WORD, &document).await;
    let expected = json!({"text": "Mayor Anja Kowalczik opened the bridge.\n\nThen she left.", "format": "plaintext"});
    assert_eq!((answer.status, answer.json()), (200, expected));
    let answer = served.post("/text", "text/markdown", b"\xff\xfeA\x00").await;
    assert_eq!(answer.json(), json!({"text": "A", "format": "markdown"}));
}

/// A document of Word with these paragraphs.
fn word(paragraphs: &[&str]) -> Vec<u8> {
    use std::io::Write as _;
    let body = paragraphs.join("</w:t></w:r></w:p><w:p><w:r><w:t>");
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    zip.start_file("word/document.xml", zip::write::SimpleFileOptions::default()).expect("can be begun");
    let head = "<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body>";
    write!(zip, "{head}<w:p><w:r><w:t>{body}</w:t></w:r></w:p></w:body></w:document>").expect("can be written");
    zip.finish().expect("can be ended").into_inner()
}

#[tokio::test]
async fn what_is_no_draft_is_told_in_a_line() {
    let served = Served::new().await;
    for (path, media, body, status) in [
        ("/check", WORD, &b"no zip"[..], 422),
        ("/text", WORD, b"PK\x03\x04", 422),
        ("/check", "text/markdown", b"\xff\xfe\x00\xd8", 422),
        ("/check", "application/json", b"{\"text\": 3}", 400),
        ("/check", "application/x-www-form-urlencoded", b"text=a", 415),
        ("/check", "", b"a", 415),
        ("/check?path=../a.md", "text/markdown", b"a", 400),
        ("/check?path=%2Fetc%2Fpasswd", "text/markdown", b"a", 400),
        ("/check?as_of=never", "text/markdown", b"a", 400),
        ("/check", "application/json", b"{\"text\": \"a\", \"as_of\": \"never\"}", 400),
        ("/check?file=a.md", "text/markdown", b"a", 400),
    ] {
        let answer = served.post(path, media, body).await;
        assert_eq!(answer.status, status, "{path} {media}: {answer:?}");
        let why = answer.json()["error"].as_str().expect("says why").to_owned();
        assert!(!why.is_empty() && !why.contains('\n'), "{why}");
    }
}
