//! Messages that are none, and what is answered to them: whatever comes in, the next request is heard.

use serde_json::{Value, json};

use super::client::{Client, DRAFT, abilities, at, corpus_of, options};

/// The next error that is an answer to no request in particular.
async fn nobodys_error(client: &mut Client) -> Value {
    client.wait_for(|message| message.get("error").is_some() && message["id"].is_null()).await["error"].clone()
}

#[tokio::test]
async fn a_wrong_length_costs_a_message_and_no_more() {
    let mut client = Client::new().await;
    client.open(DRAFT, "x <!-- stet --> it rained.\n").await;
    client.diagnostics(DRAFT, 1).await;
    let asked = "{\"jsonrpc\":\"2.0\",\"id\":700,\"method\":\"copydesk/none\"}";
    let right = asked.len();
    for (length, error_of_nobody) in [
        (format!("Content-Length: {}", right - 3), Some(-32700)),
        (format!("Content-Length: {}", right + 5), None),
        (format!("Content-Length: {}", right + 100_000), None),
        ("Content-Length: -5".to_owned(), Some(-32700)),
        ("Content-Length: 18446744073709551616".to_owned(), Some(-32600)),
        ("Content-Length: 9000000000000000000".to_owned(), Some(-32600)),
        ("Content-Length: ten".to_owned(), Some(-32700)),
        ("X: 1".to_owned(), Some(-32700)),
    ] {
        client.send_bytes(format!("{length}\r\n\r\n{asked}").as_bytes()).await;
        for _ in 0..3 {
            client.request("textDocument/documentSymbol", json!({"textDocument": {"uri": DRAFT}})).await;
        }
        let error = match error_of_nobody {
            Some(_) => nobodys_error(&mut client).await,
            None => client.answer(700).await["error"].clone(),
        };
        assert_eq!(error["code"], error_of_nobody.unwrap_or(-32601), "{length}");
    }
    client.send_bytes(asked.as_bytes()).await;
    assert_eq!(client.finish().await, 0);
}

#[tokio::test]
async fn every_request_is_answered_if_only_with_an_error() {
    let mut client = Client::new().await;
    for method in ["$/foo", "$/setTrace", "copydesk/none", ""] {
        let id = client.ask(method, json!({})).await;
        assert_eq!(client.answer(id).await["error"]["code"], -32601, "{method}");
    }
    client.send(&json!({"jsonrpc": "2.0", "id": 800, "method": [true]})).await;
    assert_eq!(client.answer(800).await["error"]["code"], -32600);
    client.send(&json!({"jsonrpc": "2.0", "id": "a", "method": "copydesk/none"})).await;
    client.wait_for(|message| message["id"] == "a" && message["error"]["code"] == -32601).await;
    for id in ["1.5", "1e30", "9223372036854775808", "[7]", "true"] {
        let body = format!("{{\"jsonrpc\":\"2.0\",\"id\":{id},\"method\":\"textDocument/hover\"}}");
        client.send_bytes(format!("Content-Length: {}\r\n\r\n{body}", body.len()).as_bytes()).await;
        let error = nobodys_error(&mut client).await;
        assert!(error["code"] == -32600 && error["message"].as_str().is_some_and(|words| words.contains("an id is")), "{id}: {error}");
    }
    client.notify("$/foo", json!({})).await;
    assert_eq!(client.finish().await, 0);
}

#[tokio::test]
async fn a_range_the_wrong_way_round_means_what_lies_between() {
    let mut client = Client::with(options(corpus_of("")), abilities()).await;
    client.notify("workspace/didChangeConfiguration", json!({"settings": {"copydesk": {"colours": true}}})).await;
    client.open(DRAFT, "Mayor Anja Solvang met 12 people.\n\nThen Anja Solvang left.\n").await;
    let tokens = |from: (u32, u32), to: (u32, u32)| {
        let (start, end) = (at(DRAFT, from.0, from.1)["position"].clone(), at(DRAFT, to.0, to.1)["position"].clone());
        json!({"textDocument": {"uri": DRAFT}, "range": {"start": start, "end": end}})
    };
    let forwards = client.request("textDocument/semanticTokens/range", tokens((0, 0), (1, 0))).await;
    assert!(forwards["data"].as_array().is_some_and(|data| !data.is_empty()), "{forwards}");
    assert_eq!(client.request("textDocument/semanticTokens/range", tokens((1, 0), (0, 0))).await, forwards);
    assert_eq!(client.finish().await, 0);
}

/// Bodies of messages that no editor sends, or none that means well.
fn hostile() -> Vec<Vec<u8>> {
    let text = |words: &str| words.as_bytes().to_vec();
    let told = |method: &str, params: &str| text(&format!("{{\"jsonrpc\":\"2.0\",\"method\":\"{method}\",\"params\":{params}}}"));
    let asked = |id: &str, method: &str, params: &str| {
        text(&format!("{{\"jsonrpc\":\"2.0\",\"id\":{id},\"method\":\"{method}\",\"params\":{params}}}"))
    };
    let about = |rest: &str| format!("{{\"textDocument\":{{\"uri\":\"{DRAFT}\"}},{rest}}}");
    let open = |uri: &str, rest: &str| told("textDocument/didOpen", &format!("{{\"textDocument\":{{\"uri\":{uri},{rest}}}}}"));
    let change = |version: &str, changes: &str| {
        told(
            "textDocument/didChange",
            &format!("{{\"textDocument\":{{\"uri\":\"{DRAFT}\",\"version\":{version}}},\"contentChanges\":{changes}}}"),
        )
    };
    let range = "\"range\":{\"start\":{\"line\":9,\"character\":9},\"end\":{\"line\":0,\"character\":0}}";
    let draft = format!("\"{DRAFT}\"");
    let long = "a".repeat(1 << 20);
    vec![
        // No message, or hardly one.
        text("[".repeat(100_000).as_str()),
        text(&"{\"a\":".repeat(100_000)),
        text("[{\"jsonrpc\":\"2.0\",\"id\":901,\"method\":\"x\"},{\"jsonrpc\":\"2.0\",\"id\":902,\"method\":\"x\"}]"),
        text("{\"jsonrpc\":\"2.0\",\"id\":901,\"id\":902,\"method\":\"x\",\"method\":\"y\"}"),
        text("{\"jsonrpc\":\"1.0\",\"id\":901,\"method\":\"x\"}"),
        text("{\"id\":901,\"method\":\"x\"}"),
        text("{\"jsonrpc\":\"2.0\",\"id\":901,\"method\":\"\\ud800\"}"),
        text("\u{feff}{\"jsonrpc\":\"2.0\",\"id\":901,\"method\":\"x\"}"),
        b"{\"jsonrpc\":\"2.0\",\"id\":901,\"method\":\"\xff\xfe\"}".to_vec(),
        "{\"jsonrpc\":\"2.0\",\"id\":901,\"method\":\"x\"}".encode_utf16().flat_map(u16::to_le_bytes).collect(),
        vec![0; 4_096],
        asked(&format!("\"{long}\""), "x", "null"),
        asked("901", "x\\n\\u001b[31m", "1e999"),
        asked("901", &long, "{}"),
        // Answers to nothing.
        text("{\"jsonrpc\":\"2.0\",\"id\":99999,\"result\":{}}"),
        text("{\"jsonrpc\":\"2.0\",\"id\":\"x\",\"result\":1,\"error\":{\"code\":1,\"message\":\"\"}}"),
        text("{\"jsonrpc\":\"2.0\",\"id\":null,\"error\":{\"code\":1e99,\"message\":7}}"),
        // Drafts.
        open(&draft, "\"languageId\":\"markdown\",\"version\":1"),
        open(&draft, "\"languageId\":\"markdown\",\"version\":1e99,\"text\":\"a\""),
        open(&draft, "\"languageId\":null,\"version\":-1,\"text\":null"),
        open(&draft, &format!("\"languageId\":\"{long}\",\"version\":7,\"text\":\"Anja Solvang left.\"")),
        open(&draft, "\"languageId\":\"html\",\"version\":7,\"text\":\"<p>Anja Solvang left.\""),
        open(&format!("\"file:///{long}\""), "\"languageId\":\"markdown\",\"version\":1,\"text\":\"a\""),
        open("\"file:///a%00b.md\"", "\"languageId\":\"markdown\",\"version\":1,\"text\":\"a\""),
        open("\"file:\"", "\"languageId\":\"markdown\",\"version\":1,\"text\":\"a\""),
        open("\"file:///desk/%\"", "\"languageId\":\"markdown\",\"version\":1,\"text\":\"a\""),
        open("\"//server/share/a.md\"", "\"languageId\":\"markdown\",\"version\":1,\"text\":\"a\""),
        open("\"file:///proc/self/mem.md\"", "\"languageId\":\"markdown\",\"version\":1,\"text\":\"a\""),
        change("null", "[{\"text\":\"a\"}]"),
        change("99999999999", "[{\"text\":\"a\"}]"),
        change("8", &format!("[{{{range},\"text\":\"b\"}}]")),
        change("9", &format!("[{}]", vec!["{\"text\":\"Anja Solvang left.\"}"; 10_000].join(","))),
        change("10", "[{\"range\":{\"start\":{\"line\":-1,\"character\":0},\"end\":{\"line\":0,\"character\":0}},\"text\":\"\"}]"),
        change("-5", "[{\"text\":\"old\"}]"),
        told("textDocument/didClose", "{\"textDocument\":{\"uri\":\"file:///desk/none.md\"}}"),
        told("textDocument/didSave", &about("\"text\":7")),
        // The desk.
        told("initialized", "{}"),
        asked("901", "initialize", "{\"processId\":0,\"capabilities\":{}}"),
        told("workspace/didChangeConfiguration", "{\"settings\":{\"copydesk\":[[[]]]}}"),
        told(
            "workspace/didChangeWatchedFiles",
            &format!("{{\"changes\":[{}]}}", vec!["{\"uri\":\"file:///\",\"type\":3}"; 10_000].join(",")),
        ),
        told(
            "workspace/didChangeWorkspaceFolders",
            "{\"event\":{\"added\":[{\"uri\":\"file:///\",\"name\":\"\"},{\"uri\":\"file:///proc\",\"name\":\"\"}],\"removed\":[]}}",
        ),
        told("workspace/didRenameFiles", &format!("{{\"files\":[{{\"oldUri\":\"{DRAFT}\",\"newUri\":\"\"}}]}}")),
        told("window/workDoneProgress/cancel", "{\"token\":{}}"),
        told("$/cancelRequest", "{\"id\":1e30}"),
        told("$/setTrace", "{\"value\":[]}"),
        // Questions.
        asked("901", "textDocument/hover", &about("\"position\":{\"line\":4294967295,\"character\":4294967295}")),
        asked("901", "textDocument/hover", &about("\"position\":{\"line\":99999999999,\"character\":0}")),
        asked("901", "textDocument/inlayHint", &about(range)),
        asked("901", "textDocument/rename", &about("\"position\":{\"line\":0,\"character\":2},\"newName\":\"\\u001b]0;x\\u0007\\n\"")),
        asked("901", "textDocument/rename", &about(&format!("\"position\":{{\"line\":0,\"character\":2}},\"newName\":\"{long}\""))),
        asked("901", "textDocument/completion", &about("\"position\":{\"line\":0,\"character\":2},\"context\":{\"triggerKind\":99}")),
        asked(
            "901",
            "textDocument/codeAction",
            &about(&format!("{range},\"context\":{{\"diagnostics\":[],\"only\":[{}]}}", vec!["\"x\""; 10_000].join(","))),
        ),
        asked("901", "textDocument/selectionRange", &about("\"positions\":[{\"line\":0}]")),
        asked("901", "workspace/symbol", &format!("{{\"query\":\"{long}\"}}")),
        asked(
            "901",
            "workspace/executeCommand",
            "{\"command\":\"copydesk.decide\",\"arguments\":[{\"draft\":\"file:///etc/passwd\",\"kind\":\"person\",\"name\":\"\\u001b\",\"isNot\":\"\\n\"}]}",
        ),
        asked("901", "workspace/executeCommand", &format!("{{\"command\":\"{long}\"}}")),
    ]
}

#[tokio::test]
async fn whatever_message_comes_the_next_request_is_answered() {
    let mut client = Client::new().await;
    client.open(DRAFT, "Anja Solvang left.\n").await;
    for (number, body) in hostile().into_iter().enumerate() {
        client.send_bytes(&[format!("Content-Length: {}\r\n\r\n", body.len()).as_bytes(), &body].concat()).await;
        let id = client.ask("textDocument/documentSymbol", json!({"textDocument": {"uri": DRAFT}})).await;
        let answer = client.answer(id).await;
        assert!(answer.get("error").is_none(), "behind the {number}th: {answer}");
    }
    assert_eq!(client.unheard(|message| message["error"]["code"] == -32603), 0, "a fault of the server");
    // Two hundred requests of one id are two hundred answers.
    let before = client.unheard(|message| message["id"] == 903);
    for _ in 0..200 {
        client
            .send(
                &json!({"jsonrpc": "2.0", "id": 903, "method": "textDocument/documentSymbol", "params": {"textDocument": {"uri": DRAFT}}}),
            )
            .await;
    }
    client.request("textDocument/documentSymbol", json!({"textDocument": {"uri": DRAFT}})).await;
    for _ in before..200 {
        client.answer(903).await;
    }
    assert_eq!(client.finish().await, 0);
}
