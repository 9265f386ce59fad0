//! Checks that take long: they keep no other draft waiting, end when their text is another, and say so when they end too early.

use std::sync::{Arc, Condvar, Mutex};
use std::time::Duration;

use copydesk::corpus::{Cited, Corpus, CorpusError, Dossier, Extent, NameQuestion, Page, Questions, Record};
use copydesk::lsp::Options;
use serde_json::{Value, json};

use super::client::{Client, DRAFT, abilities, at, corpus_of, options};

/// Answers as another corpus does, but about somebody only once it is let.
pub(super) struct Heavy {
    inner: Arc<dyn Corpus>,
    /// The name that it takes its time about.
    held: Mutex<Option<&'static str>>,
    let_go: Condvar,
}

impl Heavy {
    pub(super) fn about(name: &'static str, inner: Arc<dyn Corpus>) -> Arc<Self> {
        Arc::new(Self { inner, held: Mutex::new(Some(name)), let_go: Condvar::new() })
    }

    pub(super) fn let_go(&self) {
        *self.held.lock().expect("no panic") = None;
        self.let_go.notify_all();
    }
}

impl Corpus for Heavy {
    fn dossier(&self, questions: &Questions) -> Result<Dossier, CorpusError> {
        let asks = |held: &mut Option<&str>| held.is_some_and(|name| questions.names.iter().any(|question| question.name.contains(name)));
        drop(self.let_go.wait_while(self.held.lock().expect("no panic"), asks).expect("no panic"));
        self.inner.dossier(questions)
    }

    fn extent(&self) -> Result<Extent, CorpusError> {
        self.inner.extent()
    }

    fn cited(&self, names: &[NameQuestion], page: Page) -> Result<Cited, CorpusError> {
        self.inner.cited(names, page)
    }

    fn search(&self, prefix: &str, limit: usize) -> Result<Vec<Arc<Record>>, CorpusError> {
        self.inner.search(prefix, limit)
    }
}

const HEAVY: &str = "<!-- stet -->\n\nMayor Anja Solvang left.\n";

#[tokio::test(flavor = "multi_thread")]
async fn heavy_drafts_keep_no_other_waiting_however_many_there_are() {
    let heavy = Heavy::about("Solvang", corpus_of(""));
    let mut client = Client::with(options(heavy.clone()), abilities()).await;
    let drafts: Vec<String> =
        (0..3 * std::thread::available_parallelism().map_or(2, usize::from)).map(|n| format!("file:///desk/{n}.md")).collect();
    for draft in &drafts {
        client.open(draft, HEAVY).await;
        // Those who ask about one draft wait for one check.
        client.ask("textDocument/codeLens", json!({"textDocument": {"uri": draft}})).await;
    }
    client.open(DRAFT, "x <!-- stet --> it rained.\n").await;
    assert_eq!(client.diagnostics(DRAFT, 1).await.len(), 1);
    assert!(client.request("textDocument/documentSymbol", json!({"textDocument": {"uri": DRAFT}})).await.is_array());
    heavy.let_go();
    for draft in &drafts {
        assert_eq!(client.diagnostics(draft, 1).await.len(), 1);
    }
    assert_eq!(client.finish().await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_edit_calls_off_the_check_of_the_text_before() {
    let heavy = Heavy::about("Solvang", corpus_of(""));
    let patient = Options { patience: Duration::from_secs(3600), ..options(heavy.clone()) };
    let mut client = Client::with(patient, abilities()).await;
    client.open(DRAFT, HEAVY).await;
    let asked = client.ask("textDocument/hover", at(DRAFT, 2, 8)).await;
    // Questions are taken up in their order: once this one is answered, that one is about the text as it still is.
    client.request("workspace/symbol", json!({"query": "nobody"})).await;
    client.change(DRAFT, 2, json!([{"text": "x <!-- stet --> it rained.\n\ny <!-- stet --> it snowed.\n"}])).await;
    // And once this one is, the edit has been made.
    client.request("workspace/symbol", json!({"query": "nobody"})).await;
    heavy.let_go();
    assert_eq!(client.answer(asked).await["error"]["code"], -32801, "the text it was about is gone");
    assert_eq!(client.diagnostics(DRAFT, 2).await.len(), 2);
    assert_eq!(client.finish().await, 0);
}

#[tokio::test]
async fn a_check_that_takes_too_long_ends_and_says_so() {
    let hasty = Options { budget: Duration::ZERO, ..options(corpus_of("Mayor Anja Solvang came.\n")) };
    let mut client = Client::with(hasty, abilities()).await;
    client.open(DRAFT, "# Rain\n\n<!-- stet -->\n\nMayor Anja Solvang met 12 people.\n").await;
    let told = client.diagnostics(DRAFT, 1).await;
    assert_eq!(told.len(), 1, "{told:?}");
    assert_eq!(told[0]["severity"], 3);
    assert!(told[0]["message"].as_str().is_some_and(|words| words.contains("took too long")), "{told:?}");
    // Whatever is asked about what wasn't read has an answer.
    let draft = json!({"textDocument": {"uri": DRAFT}});
    for method in ["documentSymbol", "semanticTokens/full", "codeLens", "foldingRange", "documentLink"] {
        client.request(&format!("textDocument/{method}"), draft.clone()).await;
    }
    client.request("textDocument/completion", at(DRAFT, 4, 8)).await;
    for method in ["hover", "definition", "documentHighlight", "prepareRename"] {
        let answer = client.request(&format!("textDocument/{method}"), at(DRAFT, 4, 8)).await;
        assert!(answer.is_null() || answer == json!([]), "{method}: {answer}");
    }
    let mut selection = draft.clone();
    selection["positions"] = json!([{"line": 4, "character": 8}]);
    client.request("textDocument/selectionRange", selection).await;
    let mut actions = draft;
    actions["range"] = json!({"start": {"line": 4, "character": 8}, "end": {"line": 4, "character": 8}});
    actions["context"] = json!({"diagnostics": []});
    assert_eq!(client.request("textDocument/codeAction", actions).await, Value::Null);
    assert_eq!(client.finish().await, 0);
}
