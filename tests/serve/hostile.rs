//! Whoever means harm: a page of another site, another user of the machine, a draft full of markup, and whoever sends too much, too
//! slowly or too often.

use std::time::Duration;

use copydesk::serve::{Limits, Rate};
use serde_json::json;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::time::timeout;

use super::client::{DRAFT, LIMIT, Served, TOKEN, read};

const MARKDOWN: &str = "text/markdown";

#[tokio::test]
async fn a_page_of_another_site_is_answered_nothing() {
    let served = Served::new().await;
    let own = format!("http://{}", served.address);
    let protocols = format!("copydesk.lsp, copydesk.token.{TOKEN}");
    for origin in ["null", "http://evil.example", "https://127.0.0.1.evil.example", "http://127.0.0.1:1", "file://"] {
        assert_eq!(served.socket(&protocols, Some(origin)).await.err(), Some(403), "{origin}");
        for line in ["GET /metrics", "GET /health", "POST /check"] {
            let head = format!("{}Authorization: Bearer {TOKEN}\r\nOrigin: {origin}\r\n\r\n", served.head(line));
            assert_eq!(served.raw(head.as_bytes()).await.status, 403, "{line} {origin}");
        }
    }
    assert!(served.socket(&protocols, Some(&own)).await.is_ok());
    // What a browser is told before it asks in such a page's name: nothing that lets it.
    let preflight = served.head("OPTIONS /check") + "Origin: http://evil.example\r\nAccess-Control-Request-Method: POST\r\n\r\n";
    let answer = served.raw(preflight.as_bytes()).await;
    assert!(answer.status == 403 && answer.header("access-control-allow-origin").is_none(), "{answer:?}");
}

#[tokio::test]
async fn a_name_that_was_made_to_lead_here_is_not_this_server() {
    let served = Served::new().await;
    for host in ["evil.example", "evil.example:80", "127.0.0.1", "127.0.0.1:1", ""] {
        let request = format!("GET /health HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");
        assert_eq!(served.raw(request.as_bytes()).await.status, 421, "{host}");
    }
    let twice = format!("{}Host: evil.example\r\n\r\n", served.head("GET /health"));
    assert!(matches!(served.raw(twice.as_bytes()).await.status, 400 | 421));
    assert!(matches!(served.raw(b"GET /health HTTP/1.0\r\n\r\n").await.status, 400 | 421));
}

#[tokio::test]
async fn without_the_token_there_is_nothing_but_what_is_nobodys() {
    let served = Served::new().await;
    let head = |line: &str, more: &str| format!("{}{more}\r\n", served.head(line));
    for line in ["GET /metrics", "POST /check", "POST /text", "GET /lsp", "GET /no/such"] {
        for more in ["", "Authorization: Bearer wrong\r\n", "Authorization: Bearer \r\n", "Cookie: token=the-token-of-the-tests\r\n"] {
            assert_eq!(served.raw(head(line, more).as_bytes()).await.status, 401, "{line} {more}");
        }
        let in_address = format!("{line}?token={TOKEN}");
        assert_eq!(served.raw(head(&in_address, "").as_bytes()).await.status, 401, "an address is written down everywhere");
    }
    for protocols in ["copydesk.lsp", "copydesk.lsp, copydesk.token.", "copydesk.lsp, copydesk.token.wrong"] {
        assert_eq!(served.socket(protocols, None).await.err(), Some(401), "{protocols}");
    }
    assert_eq!(served.raw(head("GET /health", "").as_bytes()).await.status, 200);
}

#[tokio::test]
async fn a_form_of_another_site_posts_nothing() {
    let served = Served::new().await;
    let form = |more: &str| {
        let head = served.head("POST /check");
        format!(
            "{head}Origin: http://evil.example\r\nSec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: navigate\r\n{more}Content-Length: 8\r\n\r\ntext=any"
        )
    };
    for media in ["application/x-www-form-urlencoded", "text/plain", "multipart/form-data; boundary=x"] {
        assert_eq!(served.raw(form(&format!("Content-Type: {media}\r\n")).as_bytes()).await.status, 403, "{media}");
    }
    let no_origin = served.head("POST /check") + "Sec-Fetch-Site: same-site\r\nContent-Type: text/plain\r\nContent-Length: 1\r\n\r\na";
    assert_eq!(served.raw(no_origin.as_bytes()).await.status, 403, "another port of this machine is another site");
    let old_browser = served.head("POST /check") + "Content-Type: text/plain\r\nContent-Length: 1\r\n\r\na";
    assert_eq!(served.raw(old_browser.as_bytes()).await.status, 401);
}

#[tokio::test]
async fn nothing_that_a_draft_says_is_markup_of_an_answer() {
    let served = Served::new().await;
    let hostile = "<script>alert(1)</script>\n\n<img src=x onerror=alert(1)> Mayor Anja Kowal<b>czik</b>, Mayor Anja Kowalczik came.\n";
    for media in [MARKDOWN, "text/html", "text/plain"] {
        let answer = served.post("/check", media, hostile.as_bytes()).await;
        assert_eq!((answer.status, answer.header("content-type")), (200, Some("application/json")), "{answer:?}");
        assert_eq!(answer.header("x-content-type-options"), Some("nosniff"));
        assert!(answer.header("content-security-policy").is_some_and(|policy| policy.starts_with("default-src 'none'")));
    }
    let asked = served.get("/%3Cscript%3Ealert(1)%3C/script%3E").await;
    assert!(asked.status == 404 && !asked.body.contains("script"), "{asked:?}");
}

#[tokio::test]
async fn no_path_leads_to_a_file() {
    let served = Served::new().await;
    for path in [
        "/../Cargo.toml",
        "/..%2f..%2fetc/passwd",
        "/%2e%2e/%2e%2e/etc/passwd",
        "//etc/passwd",
        "/openapi.json/../../copydesk.toml",
        "/copydesk.toml",
    ] {
        let answer = served.get(path).await;
        assert!(matches!(answer.status, 400 | 404), "{path}: {answer:?}");
    }
}

#[tokio::test]
async fn a_page_reaches_no_file_of_the_machine() {
    let served = Served::new().await;
    let secret = served.desk.path().join("secret.md");
    std::fs::write(&secret, "Nobody may read this.\n").expect("is writable");
    let uri = format!("file://{}", secret.display());
    let mut page = served.page().await;
    page.open(MARKDOWN, "It rained.\n").await;
    for (method, params) in [
        ("textDocument/didOpen", json!({"textDocument": {"uri": uri, "languageId": "markdown", "version": 1, "text": ""}})),
        ("textDocument/hover", json!({"textDocument": {"uri": uri}, "position": {"line": 0, "character": 0}})),
        ("workspace/didChangeConfiguration", json!({"settings": {"copydesk": {"corpus": [served.desk.path()]}}})),
        ("workspace/symbol", json!({"query": ""})),
        ("workspace/diagnostic", json!({"previousResultIds": []})),
        ("copydesk/check", json!({})),
        ("workspace/executeCommand", json!({"command": "copydesk.reload", "arguments": []})),
        ("workspace/executeCommand", json!({"command": "copydesk.decide", "arguments": [{"draft": uri, "kind": "person", "prefer": "A"}]})),
    ] {
        let answer = page.ask(method, params).await;
        assert_eq!(answer["error"]["code"], -32601, "{method}: {answer}");
        assert!(!answer.to_string().contains("Nobody may"), "{answer}");
    }
}

#[tokio::test]
async fn what_is_too_large_is_refused_before_it_is_read() {
    let served = Served::with(Limits { body: 1 << 16, message: 1 << 16, ..Limits::default() }).await;
    let large = vec![b'a'; 1 << 17];
    assert_eq!(served.post("/check", MARKDOWN, &large).await.status, 413);
    let said = served.head("POST /check")
        + &format!("Authorization: Bearer {TOKEN}\r\nContent-Type: {MARKDOWN}\r\nContent-Length: 99999999999\r\n\r\n");
    assert_eq!(served.raw(said.as_bytes()).await.status, 413);
    let head = served.head("POST /check")
        + &format!("Authorization: Bearer {TOKEN}\r\nContent-Type: {MARKDOWN}\r\nTransfer-Encoding: chunked\r\n\r\n");
    let mut chunked = head.into_bytes();
    for _ in 0..64 {
        chunked.extend(b"1000\r\n");
        chunked.extend([b'a'; 0x1000]);
        chunked.extend(b"\r\n");
    }
    assert_eq!(served.raw(&chunked).await.status, 413);
    let mut page = served.page().await;
    page.send("a".repeat(1 << 17)).await;
    page.end().await;
    let head = format!("{}X: {}\r\n\r\n", served.head("GET /health"), "a".repeat(1 << 20));
    assert!(matches!(served.raw(head.as_bytes()).await.status, 0 | 431));
    assert_eq!(served.get("/health").await.status, 200);
}

#[tokio::test]
async fn who_sends_slowly_is_not_waited_for() {
    let moment = Duration::from_millis(300);
    let served = Served::with(Limits { head: moment, receiving: moment, ..Limits::default() }).await;
    let mut silent = TcpStream::connect(served.address).await.expect("is there");
    let mut slow_head = TcpStream::connect(served.address).await.expect("is there");
    slow_head.write_all(b"GET /health HTTP/1.1\r\nHo").await.expect("is open");
    let mut slow_body = TcpStream::connect(served.address).await.expect("is there");
    let head =
        served.head("POST /check") + &format!("Authorization: Bearer {TOKEN}\r\nContent-Type: {MARKDOWN}\r\nContent-Length: 100\r\n\r\nIt");
    slow_body.write_all(head.as_bytes()).await.expect("is open");
    assert_eq!(read(&mut slow_body).await.status, 408);
    for stream in [&mut silent, &mut slow_head] {
        assert!(matches!(read(stream).await.status, 0 | 408));
    }
    // A connection that is kept for another request, which never comes.
    let mut kept = TcpStream::connect(served.address).await.expect("is there");
    kept.write_all(format!("GET /health HTTP/1.1\r\nHost: {}\r\n\r\n", served.address).as_bytes()).await.expect("is open");
    assert_eq!(read(&mut kept).await.status, 200);
}

#[tokio::test]
async fn a_flood_is_dammed() {
    let few = Rate { in_a_second: 0.001, at_once: 5.0 };
    let served = Served::with(Limits { requests: few, ..Limits::default() }).await;
    let mut statuses = Vec::new();
    for _ in 0..8 {
        statuses.push(served.get("/health").await.status);
    }
    assert_eq!(statuses, [200, 200, 200, 200, 200, 429, 429, 429]);
    let served = Served::with(Limits { messages: Rate { in_a_second: 0.001, at_once: 50.0 }, ..Limits::default() }).await;
    let mut page = served.page().await;
    for _ in 0..60 {
        // It may be closed by now.
        let message = json!({"jsonrpc": "2.0", "method": "$/cancelRequest", "params": {"id": 1}}).to_string();
        let _ = futures::SinkExt::send(&mut page.socket, tokio_tungstenite::tungstenite::Message::text(message)).await;
    }
    assert_eq!(page.end().await, Some((1008, "flood".to_owned())));
    assert_eq!(served.count("copydesk_refused_total{why=\"flood\"}").await, "1");
}

#[tokio::test]
async fn nobody_takes_all_connections_for_herself() {
    let served = Served::with(Limits { connections_of_one: 3, ..Limits::default() }).await;
    let mut held = Vec::new();
    for _ in 0..3 {
        held.push(served.page().await);
    }
    let mut one_more = TcpStream::connect(served.address).await.expect("the system takes it");
    let mut nothing = Vec::new();
    let _ = timeout(LIMIT, one_more.read_to_end(&mut nothing)).await.expect("is closed");
    assert!(nothing.is_empty());
    drop(held.pop());
    for _ in 0..600 {
        let answer = served.raw(format!("{}\r\n", served.head("GET /health")).as_bytes()).await;
        if answer.status == 200 {
            return;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("a place that was given back is not there");
}

#[tokio::test]
async fn a_socket_that_says_nothing_is_let_go() {
    let beat = Duration::from_millis(100);
    let served = Served::with(Limits { heartbeat: beat, idle: Duration::from_millis(400), ..Limits::default() }).await;
    let mut page = served.page().await;
    // It answers each heartbeat, and nobody does anything.
    assert_eq!(page.end().await, Some((1001, "idle".to_owned())));
    let served = Served::with(Limits { heartbeat: beat, ..Limits::default() }).await;
    let _deaf = served.page().await;
    for _ in 0..600 {
        if served.count("copydesk_sessions").await == "0" {
            return;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("whoever doesn't answer is still waited for");
}

#[tokio::test]
async fn nonsense_on_a_socket_does_no_harm() {
    let served = Served::new().await;
    let mut page = served.page().await;
    let deep = "[".repeat(100_000);
    for nonsense in [
        "",
        "{",
        "null",
        "[]",
        "{\"jsonrpc\":\"2.0\"}",
        "Content-Length: 5\r\n\r\n{}",
        &deep,
        "\u{0}\u{1}",
        "{\"id\":1,\"method\":\"exit\\u0000\"}",
    ] {
        page.send(nonsense.to_owned()).await;
    }
    page.open("markdown", "Mayor Anja Kowalczik came.\n").await;
    assert_eq!(page.findings(1).await.len(), 1);
    let hover = page.ask("textDocument/hover", json!({"textDocument": {"uri": DRAFT}, "position": {"line": 0, "character": 8}})).await;
    assert!(hover["result"]["contents"]["value"].as_str().is_some_and(|words| words.contains("Kowalczyk")), "{hover}");
    let mut binary = served.page().await;
    futures::SinkExt::send(&mut binary.socket, tokio_tungstenite::tungstenite::Message::binary(vec![0, 1])).await.expect("is open");
    assert_eq!(binary.end().await.map(|(code, _)| code), Some(1003));
}
