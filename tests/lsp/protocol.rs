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
