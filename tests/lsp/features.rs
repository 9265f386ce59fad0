//! Answers to what an editor asks, on drafts with few words.

use serde_json::{Value, json};

use super::client::{Client, DRAFT, abilities, at, corpus_of, options, settled_corpus};

#[tokio::test]
async fn a_finding_says_its_rule_and_where_that_is_explained_and_can_be_fixed() {
    let mut client = Client::new().await;
    client.open(DRAFT, "It rained 😀.\n\nx 😀 <!-- stet --> it rained.\n").await;
    let diagnostics = client.diagnostics(DRAFT, 1).await;
    let finding = &diagnostics[0];
    assert_eq!(finding["code"], "stet-unused");
    assert_eq!(finding["source"], "copydesk");
    assert!(finding["codeDescription"]["href"].as_str().is_some_and(|page| page.ends_with("/stet-unused.md")), "{finding}");
    let range = json!({"start": {"line": 2, "character": 7}, "end": {"line": 2, "character": 20}});
    assert_eq!(finding["range"], range);

    let params = json!({"textDocument": {"uri": DRAFT}, "range": range, "context": {"diagnostics": []}});
    let actions = client.request("textDocument/codeAction", params).await;
    let fix = &actions[0];
    assert_eq!((fix["kind"].as_str(), fix["isPreferred"].as_bool()), (Some("quickfix"), Some(true)));
    let change = &fix["edit"]["documentChanges"][0];
    assert_eq!(change["textDocument"], json!({"uri": DRAFT, "version": 1}));
    assert_eq!(change["edits"], json!([{"range": range, "newText": ""}]));
    assert_eq!(client.finish().await, 0);
}

#[tokio::test]
async fn what_is_settled_is_fixed_on_saving_and_nothing_else() {
    let mut client = Client::with(options(settled_corpus(SOURCE)), abilities()).await;
    let text = "Anna Brandvodl left.\n\nx <!-- stet --> it rained.\n";
    client.open(DRAFT, text).await;
    let range = json!({"start": {"line": 2, "character": 2}, "end": {"line": 2, "character": 4}});
    for (only, wanted) in [
        ("source", Some("source.fixAll.copydesk")),
        ("source.fixAll", Some("source.fixAll.copydesk")),
        ("source.fixAll.copydesk", Some("source.fixAll.copydesk")),
        ("source.fixAll.other", None),
        ("source.organizeImports", None),
        ("refactor", None),
    ] {
        let context = json!({"diagnostics": [], "only": [only]});
        let params = json!({"textDocument": {"uri": DRAFT}, "range": range, "context": context});
        let all = client.request("textDocument/codeAction", params).await;
        let edits = all.pointer("/0/edit/documentChanges/0/edits");
        assert!(edits.is_none_or(|edits| edits.as_array().is_some_and(|edits| edits.len() == 1)), "the mark is left: {all}");
        let kinds: Vec<&Value> = all.as_array().map_or_else(Vec::new, |all| all.iter().map(|action| &action["kind"]).collect());
        assert_eq!(kinds, wanted.map(Value::from).iter().collect::<Vec<_>>(), "{only}");
    }
    assert_eq!(client.finish().await, 0);
}

#[tokio::test]
async fn the_outline_has_the_headings_in_both_shapes() {
    let mut client = Client::new().await;
    client.open(DRAFT, "# Rain\n\nIt rained.\n\n## More of it\n\nOn it went.\n").await;
    let outline = client.request("textDocument/documentSymbol", json!({"textDocument": {"uri": DRAFT}})).await;
    let names: Vec<&str> = outline.as_array().expect("a list").iter().filter_map(|symbol| symbol["name"].as_str()).collect();
    assert_eq!(names, ["Rain", "More of it"]);
    assert_eq!(client.finish().await, 0);
}

/// A source that knows the engineer, and a draft that names her.
const SOURCE: &str = "Harbour engineer Anna Brandvold opened the dam.\n\nBrandvold said: “The dam will hold for a hundred years.”\n";
const NAMED: &str = "---\nsources: [gazette.md]\n---\n\n# Dam\n\n😀 Anna Brandvold left.\n\n## Later\n\nBrandvold came back.\n";

async fn with_names() -> Client {
    let mut client = Client::with(options(corpus_of(SOURCE)), abilities()).await;
    client.open(DRAFT, NAMED).await;
    client
}

#[tokio::test]
async fn a_name_is_renamed_with_its_shorter_form() {
    let mut client = with_names().await;
    let range = json!({"start": {"line": 6, "character": 5}, "end": {"line": 6, "character": 19}});
    assert_eq!(client.request("textDocument/prepareRename", at(DRAFT, 6, 7)).await, range);
    let mut params = at(DRAFT, 6, 7);
    params["newName"] = "Anne Brantvoll".into();
    let edit = client.request("textDocument/rename", params.clone()).await;
    let edits = &edit["documentChanges"][0]["edits"];
    assert_eq!(edits[0], json!({"range": range, "newText": "Anne Brantvoll"}));
    assert_eq!(edits[1]["newText"], "Brantvoll");
    params["newName"] = "\n".into();
    let id = client.ask("textDocument/rename", params).await;
    assert_eq!(client.answer(id).await["error"]["code"], -32602);
    assert_eq!(client.request("textDocument/prepareRename", at(DRAFT, 0, 0)).await, Value::Null);
    assert_eq!(client.finish().await, 0);
}

#[tokio::test]
async fn names_are_completed_from_two_letters_on() {
    let mut client = with_names().await;
    client.open("file:///desk/other.md", "Later Br\n").await;
    let offers = client.request("textDocument/completion", at("file:///desk/other.md", 0, 8)).await;
    assert_eq!(offers[0]["label"], "Anna Brandvold");
    assert_eq!(offers[0]["detail"], "Harbour engineer, 1 source");
    assert_eq!(offers[0]["textEdit"]["range"]["start"], json!({"line": 0, "character": 6}));
    assert_eq!(client.finish().await, 0);
}

#[tokio::test]
async fn the_text_is_folded_selected_coloured_linked_and_summed_up() {
    let mut client = with_names().await;
    let document = json!({"textDocument": {"uri": DRAFT}});
    let folds = client.request("textDocument/foldingRange", document.clone()).await;
    assert_eq!(folds[0], json!({"startLine": 0, "endLine": 2}));
    assert_eq!(folds[1], json!({"startLine": 4, "endLine": 6}));

    let params = json!({"textDocument": {"uri": DRAFT}, "positions": [{"line": 6, "character": 12}, {"line": 99, "character": 0}]});
    let selections = client.request("textDocument/selectionRange", params).await;
    assert_eq!(selections[0]["range"]["start"], json!({"line": 6, "character": 10}));
    assert_eq!(selections[0]["parent"]["range"]["start"], json!({"line": 6, "character": 5}));
    assert_eq!(selections.as_array().map(Vec::len), Some(2));

    let tokens = client.request("textDocument/semanticTokens/full", document.clone()).await;
    assert_eq!(tokens["data"], json!([]), "prose has no colours unless somebody wants them");
    client.notify("workspace/didChangeConfiguration", json!({"settings": {"copydesk": {"colours": true}}})).await;
    let tokens = client.request("textDocument/semanticTokens/full", document.clone()).await;
    assert_eq!(tokens["data"].as_array().map(|data| data[..5].to_vec()), json!([6, 5, 14, 0, 0]).as_array().cloned());

    let links = client.request("textDocument/documentLink", document.clone()).await;
    assert_eq!(links[0]["target"], "file:///desk/gazette.md");

    let lens = client.request("textDocument/codeLens", document).await;
    assert_eq!(lens[0]["command"]["title"], "1 fact attested, 0 differ, 0 new to the archive");
    assert_eq!(client.finish().await, 0);
}
