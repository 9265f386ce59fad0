//! What the server answers beyond the protocol, as docs/protocol.md has it; and how what it shows follows from what the editor can and the
//! person wants.

use serde_json::{Value, json};

use super::client::{Client, DRAFT, abilities, at, corpus_of, options, settled_corpus};
use super::desk::{IDLE, desk, introduced, uri};

const SOURCE: &str = "Harbour engineer Anna Brandvold said that 40 boats had left Oslo.\n";
const TEXT: &str = "# Boats\n\nHarbour engineer Anna Brandvold said that 50 boats had left Oslo.\n\nThe engineer Peter Mara came.\n";

async fn at_work() -> Client {
    let mut client = Client::with(options(settled_corpus(SOURCE)), abilities()).await;
    client.open(DRAFT, TEXT).await;
    client
}

fn of(draft: &str) -> Value {
    json!({"textDocument": {"uri": draft}})
}

#[tokio::test]
async fn a_dossier_has_each_fact_with_its_mark_its_places_and_its_sources() {
    let mut client = at_work().await;
    let dossier = client.request("copydesk/dossier", of(DRAFT)).await;
    assert_eq!(dossier["version"], 1);
    assert_eq!(dossier["summary"], "2 facts attested, 1 differs, 1 new to the archive");
    assert_eq!((&dossier["attested"], &dossier["differing"], &dossier["new"]), (&json!(2), &json!(1), &json!(1)));
    let told: Vec<_> =
        dossier["entries"].as_array().expect("a list").iter().map(|entry| (&entry["kind"], &entry["name"], &entry["mark"])).collect();
    let expected = json!([
        ["person", "Anna Brandvold", "attested"],
        ["place", "Oslo", "attested"],
        ["person", "Peter Mara", "new"],
        ["figure", "50", "differs"],
    ]);
    assert_eq!(json!(told), expected);
    assert_eq!(dossier["unshown"], 0);
    let anna = &dossier["entries"][0];
    assert_eq!(anna["detail"], "Harbour engineer");
    assert_eq!(anna["places"][0]["start"], json!({"line": 2, "character": 17}));
    assert_eq!(anna["attested"][0]["words"], "Harbour engineer");
    let source = &anna["attested"][0]["evidence"][0];
    assert_eq!(source["attribution"], "The Courier");
    assert_eq!(source["sentence"], SOURCE.trim());
    assert_eq!(source["location"]["uri"], "file:///desk/corpus/courier.md");
    assert_eq!(source["url"], Value::Null);
    let finding = &dossier["entries"][3]["findings"][0];
    assert_eq!((&finding["rule"], &finding["severity"]), (&json!("figure-conflict"), &json!("warning")));
    assert_eq!(finding["range"]["start"], json!({"line": 2, "character": 42}));
    assert!(!finding["evidence"].as_array().expect("a list").is_empty());
    assert_eq!(client.request("copydesk/dossier", of("file:///desk/closed.md")).await, Value::Null);
    assert_eq!(client.finish().await, 0);
}

#[tokio::test]
async fn a_dossier_of_a_book_is_cut_off_and_says_by_how_much() {
    let mut client = Client::with(options(corpus_of(SOURCE)), abilities()).await;
    let paragraphs: Vec<String> = (2..2_102).map(|count| format!("They counted {count} boats.\n\n")).collect();
    client.open(DRAFT, &paragraphs.concat()).await;
    let dossier = client.request("copydesk/dossier", of(DRAFT)).await;
    assert_eq!((dossier["entries"].as_array().map(Vec::len), &dossier["unshown"]), (Some(2_000), &json!(100)));
    assert_eq!(client.finish().await, 0);
}

#[tokio::test]
async fn the_line_above_a_headline_has_a_command_that_tells_what_it_counts() {
    let mut client = at_work().await;
    let lens = client.request("textDocument/codeLens", of(DRAFT)).await;
    let command = &lens[0]["command"];
    assert_eq!(command["title"], "2 facts attested, 1 differs, 1 new to the archive");
    client.request("workspace/executeCommand", json!({"command": command["command"], "arguments": command["arguments"]})).await;
    let told = client.wait_for(|message| message["method"] == "window/showMessage").await;
    assert_eq!(told["params"]["message"], "2 facts attested, 1 differs, 1 new to the archive. Differing: “50”. New: “Peter Mara”.");
    client.notify("workspace/didChangeConfiguration", json!({"settings": {"copydesk": {"lens": false}}})).await;
    assert_eq!(client.request("textDocument/codeLens", of(DRAFT)).await, json!([]));
    assert_eq!(client.finish().await, 0);
}

#[tokio::test]
async fn who_somebody_is_can_be_asked_without_a_draft() {
    let mut client = Client::with(options(corpus_of(SOURCE)), abilities()).await;
    let answer = client.request("copydesk/who", json!({"name": " brandvold "})).await;
    assert_eq!(answer["records"][0]["name"], "Anna Brandvold");
    assert_eq!(answer["records"][0]["attested"][0]["words"], "Harbour engineer");
    assert!(answer["markdown"].as_str().is_some_and(|words| words.starts_with("**Anna Brandvold** — person, 1 source")), "{answer}");
    assert_eq!((&answer["unshown"], &answer["against"]), (&json!(0), &json!("1 source")));
    let nobody = client.request("copydesk/who", json!({"name": "Anna Brandvodl"})).await;
    assert_eq!((&nobody["records"], &nobody["near"]), (&json!([]), &json!(["Anna Brandvold"])));
    assert_eq!(nobody["markdown"], "None of 1 source is known to name “Anna Brandvodl”.\n\nNearest: **Anna Brandvold**\n");
    assert_eq!(client.finish().await, 0);
}

#[tokio::test]
async fn what_holds_for_a_draft_all_drafts_and_the_rules_can_be_asked_for() {
    let desk = desk("corpus = [\"sources\"]\nstylebook = \"book.toml\"\n");
    std::fs::write(desk.path().join("other.md"), IDLE).expect("can be written");
    let mut client = introduced(abilities(), json!({}), &[&desk]).await;
    let setting = client.request("copydesk/setting", of(&uri(&desk, "draft.md"))).await;
    assert_eq!(setting["configuration"], uri(&desk, "copydesk.toml"));
    assert_eq!(setting["stylebook"], uri(&desk, "book.toml"));
    assert_eq!((&setting["corpus"], &setting["sources"]), (&json!([uri(&desk, "sources")]), &json!(1)));
    assert_eq!((&setting["builtIn"], &setting["baseline"]), (&json!(false), &Value::Null));
    assert_eq!(client.request("copydesk/setting", json!({})).await["configuration"], uri(&desk, "copydesk.toml"));
    assert_eq!(setting["problem"], Value::Null);
    std::fs::write(desk.path().join("copydesk.toml"), "rules = 3\n").expect("can be written");
    client.notify("workspace/didChangeWatchedFiles", json!({"changes": [{"uri": uri(&desk, "copydesk.toml"), "type": 2}]})).await;
    client.wait_for(|message| message["method"] == "window/showMessage" && message["params"]["type"] == 1).await;
    let faulty = client.request("copydesk/setting", json!({})).await;
    assert!(faulty["problem"].as_str().is_some_and(|problem| problem.contains("copydesk.toml: line 1")), "{faulty}");
    assert_eq!(faulty["sources"], 1, "what was sound before holds");

    let count = client.request("copydesk/check", json!({})).await;
    assert_eq!(count, json!({"drafts": 1, "errors": 0, "warnings": 0, "infos": 1, "hints": 0}));

    let rules = client.request("copydesk/rules", json!({})).await;
    let rule = rules.as_array().expect("a list").iter().find(|rule| rule["name"] == "name-mixed").expect("is a rule");
    assert_eq!(rule["severity"], "warning");
    assert!(rule["summary"].as_str().is_some_and(|summary| !summary.is_empty()));

    let id = client.ask("copydesk/who", json!({})).await;
    assert_eq!(client.answer(id).await["error"]["code"], -32602);
    assert_eq!(client.finish().await, 0);
}

#[tokio::test]
async fn a_faulty_configuration_is_the_answer_where_nothing_else_holds() {
    let desk = desk("rules = 3\n");
    let mut client = introduced(abilities(), json!({}), &[&desk]).await;
    let id = client.ask("copydesk/setting", json!({})).await;
    let message = client.answer(id).await["error"]["message"].clone();
    assert!(message.as_str().is_some_and(|message| message.contains("copydesk.toml: line 1")), "{message}");
    assert_eq!(client.finish().await, 0);
}

#[tokio::test]
async fn the_editors_settings_say_how_loud_rules_are_and_which_sources_hold_where_none_are_named() {
    let desk = desk("[rules]\nstet-unused = \"hint\"\n\n[[paths]]\nfiles = \"*.md\"\nrules = { stet-unused = \"warning\" }\n");
    let mut client = introduced(abilities(), json!({"rules": {"stet-unused": "error"}, "corpus": ["sources"]}), &[&desk]).await;
    let draft = uri(&desk, "draft.md");
    client.open(&draft, IDLE).await;
    assert_eq!(client.diagnostics(&draft, 1).await[0]["severity"], 1);
    let setting = client.request("copydesk/setting", of(&draft)).await;
    assert_eq!((&setting["corpus"], &setting["builtIn"]), (&json!([uri(&desk, "sources")]), &json!(false)));
    let settings = json!({"settings": {"copydesk": {"rules": {"stet-unused": "off"}, "corpus": []}}});
    client.notify("workspace/didChangeConfiguration", settings).await;
    assert_eq!(client.diagnostics(&draft, 1).await, Vec::<Value>::new());
    assert_eq!(client.request("copydesk/setting", of(&draft)).await["builtIn"], true);
    assert_eq!(client.finish().await, 0);
}

#[tokio::test]
async fn a_source_that_is_opened_is_no_draft() {
    let desk = desk("corpus = [\"sources\"]\n");
    let mut client = introduced(abilities(), json!({"inlayHints": true}), &[&desk]).await;
    let (draft, source) = (uri(&desk, "draft.md"), uri(&desk, "sources/two.md"));
    let text = "# Road\n\n<!-- stet -->\n\nMayor Anja Solvang opened 50 km of road.\n";
    for (uri, found) in [(&draft, 1), (&source, 0)] {
        client.open(uri, text).await;
        assert_eq!(client.diagnostics(uri, 1).await.len(), found, "{uri}");
        let lens = client.request("textDocument/codeLens", of(uri)).await;
        assert_eq!(lens.as_array().map(Vec::len), Some(found), "{lens}");
        assert_eq!(client.request("copydesk/dossier", of(uri)).await.is_object(), found > 0, "{uri}");
        let mut params = of(uri);
        params["range"] = json!({"start": {"line": 0, "character": 0}, "end": {"line": 9, "character": 0}});
        let inlays = client.request("textDocument/inlayHint", params).await;
        assert_eq!(inlays.as_array().is_some_and(|inlays| !inlays.is_empty()), found > 0, "{inlays}");
    }
    assert_eq!(client.finish().await, 0);
}

#[tokio::test]
async fn a_hover_begins_with_what_is_found_unless_the_editor_shows_that_itself() {
    let mut client = at_work().await;
    let shown = client.hover(DRAFT, 2, 43).await["contents"]["value"].as_str().expect("words").to_owned();
    assert!(shown.starts_with("2 sources"), "{shown}");
    assert!(shown.contains("the draft has 50\n\n> Harbour engineer Anna Brandvold said that 40 boats"), "{shown}");
    assert!(shown.contains("[The Gazette](file:///desk/corpus/gazette.md#L1)"), "{shown}");
    client.notify("workspace/didChangeConfiguration", json!({"settings": {"copydesk": {"hoverMessages": false}}})).await;
    let shown = client.hover(DRAFT, 2, 43).await["contents"]["value"].as_str().expect("words").to_owned();
    assert!(shown.starts_with("\n> Harbour engineer") || shown.starts_with("> Harbour engineer"), "{shown}");
    assert_eq!(client.finish().await, 0);
}

#[tokio::test]
async fn an_editor_without_markdown_gets_plain_words() {
    let mut plain = abilities();
    plain["textDocument"]["hover"] = json!({"contentFormat": ["plaintext"]});
    let mut client = Client::with(options(corpus_of(SOURCE)), plain).await;
    client.open(DRAFT, "Anna Brandvold left.\n").await;
    let hover = client.request("textDocument/hover", at(DRAFT, 0, 3)).await;
    assert_eq!(hover["contents"]["kind"], "plaintext");
    let words = hover["contents"]["value"].as_str().expect("words");
    assert!(words.starts_with("Anna Brandvold — person, 1 source\n\n- Harbour engineer: The Gazette\n"), "{words}");
    assert_eq!(client.finish().await, 0);
}

#[tokio::test]
async fn a_finding_has_its_evidence_with_it_where_that_is_asked_for() {
    for asked in [json!({"evidence": true}), json!({})] {
        let mut client = Client::unintroduced(options(settled_corpus("Mayor Anja Solvang opened the bridge.\n")));
        client.request("initialize", json!({"processId": null, "capabilities": abilities(), "initializationOptions": asked})).await;
        client.notify("initialized", json!({})).await;
        client.open(DRAFT, "Mayor Anja Solvnag opened the bridge.\n").await;
        let found = client.diagnostics(DRAFT, 1).await;
        assert_eq!(found.len(), 1, "{found:?}");
        if asked["evidence"] == true {
            let data = &found[0]["data"];
            assert_eq!(
                (&data["settled"], &data["evidence"][0]["sentence"]),
                (&json!(true), &json!("Mayor Anja Solvang opened the bridge."))
            );
        } else {
            assert!(found[0]["data"].is_null(), "{found:?}");
        }
    }
}
