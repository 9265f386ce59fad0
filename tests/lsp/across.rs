//! What an editor asks about several drafts at once, and what it says and wants to hear of the session.

use serde_json::{Value, json};

use super::client::{Client, DRAFT, abilities, at, corpus_of, options};
use super::desk::{desk, introduced, uri};

const OTHER: &str = "file:///desk/other.md";
const UNTITLED: &str = "untitled:Untitled-1";
const SOURCE: &str = "Harbour engineer Anna Brandvold opened the dam. Mayor Petra Zielonka came.\n";

async fn with_two_drafts(abilities: Value) -> Client {
    let mut client = Client::with(options(corpus_of(SOURCE)), abilities).await;
    client.open(DRAFT, "Anna Brandvold left. Brandvold slept.\n").await;
    client.open(OTHER, "The dam held, said Anna Brandvold.\n\nBrandvold’s office is shut. Peter Mara agreed.\n").await;
    client
}

fn starts(locations: &Value) -> Vec<(String, u64, u64)> {
    let start = |place: &Value| {
        let start = &place["range"]["start"];
        let file = place["uri"].as_str().and_then(|uri| uri.rsplit('/').next()).unwrap_or_default().to_owned();
        (file, start["line"].as_u64().unwrap_or_default(), start["character"].as_u64().unwrap_or_default())
    };
    locations.as_array().map_or_else(Vec::new, |places| places.iter().map(start).collect())
}

#[tokio::test]
async fn references_are_those_of_this_draft_of_the_others_and_of_the_sources() {
    let mut client = with_two_drafts(abilities()).await;
    let mut params = at(DRAFT, 0, 2);
    params["context"] = json!({"includeDeclaration": true});
    let found = client.request("textDocument/references", params).await;
    let places = [("draft.md", 0, 0), ("draft.md", 0, 21), ("other.md", 0, 19), ("other.md", 2, 0), ("gazette.md", 0, 17)];
    assert_eq!(starts(&found), places.map(|(file, line, character)| (file.to_owned(), line, character)));
    assert_eq!(client.finish().await, 0);
}

#[tokio::test]
async fn references_and_renames_reach_drafts_that_are_not_open() {
    let desk = desk("corpus = [\"sources\"]\n");
    let write = |name: &str, text: &str| std::fs::write(desk.path().join(name), text).expect("can be written");
    write("open.md", "Petra Zielonka is what stands on disk alone.\n");
    write("closed.md", "# The quay\n\nIt held, said Petra Zielonka.\n");
    write("other.md", "Peter Mara agreed.\n");
    let wide: Vec<u8> = "\u{feff}Petra Zielonka agreed.\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    std::fs::write(desk.path().join("wide.md"), wide).expect("can be written");
    let mut confirming = abilities();
    confirming["textDocument"]["rename"] = json!({"prepareSupport": true, "honorsChangeAnnotations": true});
    let mut client = introduced(confirming, json!({}), &[&desk]).await;
    client.open(&uri(&desk, "open.md"), "Petra Zielonka left. Zielonka slept.\n").await;
    let mut params = at(&uri(&desk, "open.md"), 0, 2);
    params["context"] = json!({"includeDeclaration": true});
    let found = client.request("textDocument/references", params).await;
    let places = [("open.md", 0, 0), ("open.md", 0, 21), ("closed.md", 2, 14)];
    assert_eq!(starts(&found)[..3], places.map(|(file, line, character)| (file.to_owned(), line, character)), "{found}");
    assert!(starts(&found)[3..].iter().all(|(file, ..)| !["open.md", "closed.md", "other.md"].contains(&file.as_str())), "{found}");

    let mut params = at(&uri(&desk, "open.md"), 0, 2);
    params["newName"] = json!("Petra Zielinska");
    let edit = client.request("textDocument/rename", params).await;
    // What is in UTF-16 is found and not changed: who takes it for UTF-8 would spoil it.
    assert!(starts(&found)[3..].iter().any(|(file, ..)| file == "wide.md"), "{found}");
    let [here, closed] = edit["documentChanges"].as_array().expect("a list").as_slice() else { panic!("{edit}") };
    assert_eq!((&here["textDocument"]["version"], &closed["textDocument"]["version"]), (&json!(1), &Value::Null));
    assert_eq!(closed["textDocument"]["uri"], uri(&desk, "closed.md"));
    assert!(closed["edits"][0]["annotationId"].is_string(), "{edit}");
    assert_eq!(client.finish().await, 0);
}

#[tokio::test]
async fn references_reach_closed_drafts_that_write_the_name_otherwise_and_renames_mix_no_spellings() {
    let desk = desk("corpus = [\"sources\"]\nstylebook = \"stylebook.toml\"\n");
    let write = |name: &str, text: &str| std::fs::write(desk.path().join(name), text).expect("can be written");
    write("sources/two.md", "The Larsund Dam Authority (LDA) met in Larsund.\n\nThe Larsund Dam Authority left.\n");
    let book = "[[person]]\nname = \"Mira Dovzhenko\"\naliases = [\"Myra Dowschenko\"]\n\n\
                [[organisation]]\nname = \"Larsund Port Council\"\nacronym = \"LPC\"\n";
    write("stylebook.toml", book);
    write("person.md", "The engineer Myra Dowschenko left. Dowschenko slept.\n");
    write("marked.html", "<p>The engineer Mira Dov<b>zhenko</b> left.</p>\n");
    write("authority.md", "Officials of the LDA left.\n");
    write("council.md", "Officials of the LPC left.\n");
    let mut confirming = abilities();
    confirming["textDocument"]["rename"] = json!({"prepareSupport": true, "honorsChangeAnnotations": true});
    let mut client = introduced(confirming, json!({}), &[&desk]).await;
    let open = uri(&desk, "open.md");
    client.open(&open, "The engineer Mira Dovzhenko came.\n\nThe Larsund Dam Authority met.\n\nThe Larsund Port Council met.\n").await;
    let drafts = ["open.md", "person.md", "marked.html", "authority.md", "council.md"];
    for (line, character, expected) in [
        (0, 15, &[("open.md", 13), ("marked.html", 16), ("person.md", 13), ("person.md", 35)][..]),
        (2, 6, &[("open.md", 4), ("authority.md", 17)]),
        (4, 6, &[("open.md", 4), ("council.md", 17)]),
    ] {
        let mut params = at(&open, line, character);
        params["context"] = json!({"includeDeclaration": true});
        let found = starts(&client.request("textDocument/references", params).await);
        let found: Vec<(&str, u64)> = found.iter().map(|(file, _, character)| (file.as_str(), *character)).collect();
        let found: Vec<(&str, u64)> = found.into_iter().filter(|(file, _)| drafts.contains(file)).collect();
        assert_eq!(found, expected);
    }

    let mut params = at(&open, 0, 15);
    params["newName"] = json!("Mirra Dovshenko");
    let edit = client.request("textDocument/rename", params).await;
    let changed: Vec<&str> =
        edit["documentChanges"].as_array().expect("a list").iter().filter_map(|change| change["textDocument"]["uri"].as_str()).collect();
    assert_eq!(changed, [open.as_str()], "another spelling is left to whoever knows whether it is meant");
    assert_eq!(client.finish().await, 0);
}

#[tokio::test]
async fn a_rename_goes_to_other_drafts_where_it_can_be_looked_at_first() {
    let mut params = at(DRAFT, 0, 2);
    params["newName"] = json!("Anne Brantvoll");
    let mut plain = with_two_drafts(abilities()).await;
    let edit = plain.request("textDocument/rename", params.clone()).await;
    assert_eq!(edit["documentChanges"].as_array().map(Vec::len), Some(1), "{edit}");
    assert_eq!(plain.finish().await, 0);

    let mut confirming = abilities();
    confirming["textDocument"]["rename"] = json!({"prepareSupport": true, "honorsChangeAnnotations": true});
    let mut client = with_two_drafts(confirming).await;
    let edit = client.request("textDocument/rename", params).await;
    let [here, other] = edit["documentChanges"].as_array().expect("a list").as_slice() else { panic!("{edit}") };
    assert_eq!((here["textDocument"]["uri"].as_str(), other["textDocument"]["uri"].as_str()), (Some(DRAFT), Some(OTHER)));
    assert_eq!(other["textDocument"]["version"], 1);
    let words: Vec<&str> = other["edits"].as_array().expect("a list").iter().filter_map(|edit| edit["newText"].as_str()).collect();
    assert_eq!(words.len(), 2, "{edit}");
    let id = other["edits"][0]["annotationId"].as_str().expect("an annotation");
    assert_eq!(edit["changeAnnotations"][id]["needsConfirmation"], true);
    assert!(here["edits"][0].get("annotationId").is_none());
    assert_eq!(client.finish().await, 0);
}

#[tokio::test]
async fn inlay_hints_are_shown_to_those_who_want_them() {
    let mut wanting = abilities();
    wanting["workspace"]["inlayHint"] = json!({"refreshSupport": true});
    let mut client = Client::with(options(corpus_of(SOURCE)), wanting).await;
    client.open(DRAFT, "The road is 50 km long.\n").await;
    let params =
        json!({"textDocument": {"uri": DRAFT}, "range": {"start": {"line": 0, "character": 0}, "end": {"line": 1, "character": 0}}});
    assert_eq!(client.request("textDocument/inlayHint", params.clone()).await, Value::Null);
    client.notify("workspace/didChangeConfiguration", json!({"settings": {"copydesk": {"inlayHints": true}}})).await;
    client.wait_for(|message| message["method"] == "workspace/inlayHint/refresh").await;
    let hints = client.request("textDocument/inlayHint", params).await;
    assert_eq!(hints[0]["position"], json!({"line": 0, "character": 17}));
    assert_eq!(hints[0]["label"], "about 31 miles");
    assert_eq!(client.finish().await, 0);
}

#[tokio::test]
async fn who_traces_the_server_hears_what_it_does_and_no_word_of_a_draft() {
    let mut client = Client::with(options(corpus_of(SOURCE)), abilities()).await;
    client.notify("$/setTrace", json!({"value": "messages"})).await;
    client.open(DRAFT, "Anna Brandvold left.\n").await;
    let heard = client.wait_for(|message| message["method"] == "$/logTrace").await;
    let message = heard["params"]["message"].as_str().expect("a message");
    assert!(message.starts_with("checked version 1 in ") && !message.contains("Brandvold"), "{message}");
    client.notify("$/setTrace", json!({"value": "off"})).await;
    client.change(DRAFT, 2, json!([{"text": "It rained.\n"}])).await;
    client.diagnostics(DRAFT, 2).await;
    client.notify("$/setTrace", json!({"value": "loudly"})).await;
    assert!(client.hover(DRAFT, 0, 1).await.is_null());
    assert_eq!(client.finish().await, 0);
}

#[tokio::test]
async fn a_draft_in_no_file_is_checked_as_any_other() {
    let mut client = Client::with(options(corpus_of(SOURCE)), abilities()).await;
    client.open(UNTITLED, "x <!-- stet --> Anna Brandvold left.\n").await;
    assert_eq!(client.diagnostics(UNTITLED, 1).await.len(), 1);
    assert!(client.hover(UNTITLED, 0, 18).await["contents"]["value"].as_str().is_some_and(|words| words.contains("Anna Brandvold")));
    let links = client.request("textDocument/documentLink", json!({"textDocument": {"uri": UNTITLED}})).await;
    assert_eq!(links, json!([]));
    assert_eq!(client.finish().await, 0);
}

#[tokio::test]
async fn a_renamed_file_has_the_drafts_checked_again() {
    let mut client = Client::with(options(corpus_of(SOURCE)), abilities()).await;
    let filters = &client.capabilities["workspace"]["fileOperations"]["didRename"]["filters"];
    assert_eq!(filters[0]["scheme"], "file");
    client.open(DRAFT, "x <!-- stet --> it rained.\n").await;
    assert_eq!(client.diagnostics(DRAFT, 1).await.len(), 1);
    let files = json!([{"oldUri": "file:///desk/one.md", "newUri": "file:///desk/two.md"}, {"oldUri": "no address", "newUri": ""}]);
    client.notify("workspace/didRenameFiles", json!({"files": files})).await;
    assert_eq!(client.diagnostics(DRAFT, 1).await.len(), 1);
    assert_eq!(client.finish().await, 0);
}
