//! What this server answers beyond the protocol, for editors that show more than the protocol has: a draft's dossier, who somebody is, what
//! holds for a draft, all drafts at once, the rules. docs/protocol.md is the contract.

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use tower_lsp_server::jsonrpc::{Error, Result};
use tower_lsp_server::ls_types::{MessageType, Range, TextDocumentIdentifier, Uri};

use super::{open_draft, pull};
use crate::corpus::CorpusError;
use crate::features::{self, Attested, Entry, EntryKind, Found, Mark, Summary};
use crate::finding::Finding;
use crate::lsp::checks::view;
use crate::lsp::convert::{Converter, path_of, uri_of};
use crate::lsp::evidence::{SourceRow, source_rows};
use crate::lsp::loaded::Loaded;
use crate::lsp::session::Session;
use crate::rules::infos;
use crate::text::Encoding;

/// So many names are told in a message.
const TOLD: usize = 6;
/// So many facts of a draft are told of; who wants to look through more has a book and no article.
const MOST_ENTRIES: usize = 2_000;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::lsp) struct OfDraft {
    text_document: TextDocumentIdentifier,
}

/// A draft, or none for what holds in the editor's first folder.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::lsp) struct OfPlace {
    text_document: Option<TextDocumentIdentifier>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::lsp) struct Name {
    name: String,
    text_document: Option<TextDocumentIdentifier>,
}

#[derive(Deserialize)]
pub(in crate::lsp) struct Nothing {}

#[derive(Serialize)]
pub(in crate::lsp) struct DossierAnswer {
    /// The draft's, as the editor counts it.
    version: i32,
    summary: String,
    attested: usize,
    differing: usize,
    new: usize,
    entries: Vec<EntryRow>,
    /// How many more there are.
    unshown: usize,
}

#[derive(Serialize)]
struct EntryRow {
    kind: &'static str,
    name: String,
    detail: Option<String>,
    mark: &'static str,
    places: Vec<Range>,
    findings: Vec<FindingRow>,
    attested: Vec<AttestedRow>,
}

#[derive(Serialize)]
struct FindingRow {
    rule: &'static str,
    severity: &'static str,
    message: String,
    range: Range,
    evidence: Vec<SourceRow>,
}

#[derive(Serialize)]
struct AttestedRow {
    words: String,
    evidence: Vec<SourceRow>,
}

#[derive(Serialize)]
pub(in crate::lsp) struct WhoAnswer {
    markdown: String,
    records: Vec<RecordRow>,
    /// How many more bear the name.
    unshown: usize,
    /// The nearest names, where nobody bears it.
    near: Vec<String>,
    /// What was looked through, in words.
    against: String,
}

#[derive(Serialize)]
struct RecordRow {
    kind: &'static str,
    name: String,
    sources: u32,
    attested: Vec<AttestedRow>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::lsp) struct SettingAnswer {
    configuration: Option<Uri>,
    stylebook: Option<Uri>,
    baseline: Option<Uri>,
    corpus: Vec<Uri>,
    sources: usize,
    built_in: bool,
    against: String,
    remark: Option<String>,
    /// Why its newest state doesn't hold: then this is the last that was sound.
    problem: Option<String>,
}

#[derive(Default, Serialize)]
pub(in crate::lsp) struct CheckAnswer {
    pub(super) drafts: usize,
    pub(super) errors: usize,
    pub(super) warnings: usize,
    pub(super) infos: usize,
    pub(super) hints: usize,
}

#[derive(Serialize)]
pub(in crate::lsp) struct RuleRow {
    name: &'static str,
    severity: &'static str,
    summary: &'static str,
    /// Its page, Markdown.
    page: Option<String>,
}

/// `copydesk/dossier`; none for a source, nor for a draft that isn't open or can't be checked in time.
pub(in crate::lsp) async fn dossier(session: &Arc<Session>, params: OfDraft) -> Result<Option<DossierAnswer>> {
    let Some(view) = view(session, params.text_document.uri).await?.filter(|view| !view.is_source) else { return Ok(None) };
    let answer = move || dossier_of(&view.converter(), view.draft(), view.checked.snapshot.version);
    tokio::task::spawn_blocking(answer).await.map(Some).map_err(|_| Error::internal_error())
}

fn dossier_of(convert: &Converter<'_>, draft: &features::Draft, version: i32) -> DossierAnswer {
    let entries = features::dossier(draft);
    let summary = Summary::of(draft, &entries);
    DossierAnswer {
        version,
        summary: summary.words(),
        attested: summary.attested,
        differing: summary.differing,
        new: summary.new,
        entries: entries.iter().filter(|entry| entry.is_telling).take(MOST_ENTRIES).map(|entry| entry_row(convert, entry)).collect(),
        unshown: entries.iter().filter(|entry| entry.is_telling).count().saturating_sub(MOST_ENTRIES),
    }
}

fn entry_row(convert: &Converter<'_>, entry: &Entry<'_>) -> EntryRow {
    let encoding = convert.abilities.encoding;
    let finding = |finding: &&Finding| FindingRow {
        rule: finding.rule.name,
        severity: finding.severity.name(),
        message: finding.message.clone(),
        range: convert.range(finding.span),
        evidence: source_rows(&finding.evidence, encoding),
    };
    EntryRow {
        kind: match entry.kind {
            EntryKind::Subject(kind) => kind.name(),
            EntryKind::Figure => "figure",
            EntryKind::Quotation => "quotation",
        },
        name: entry.name.clone(),
        detail: entry.detail.clone(),
        mark: match entry.mark {
            Mark::Attested => "attested",
            Mark::Differs => "differs",
            Mark::New => "new",
        },
        places: entry.places.iter().map(|&place| convert.range(place)).collect(),
        findings: entry.findings.iter().map(finding).collect(),
        attested: attested_rows(&entry.attested, encoding),
    }
}

fn attested_rows(attested: &[Attested], encoding: Encoding) -> Vec<AttestedRow> {
    attested.iter().map(|one| AttestedRow { words: one.words.clone(), evidence: source_rows(&one.evidence, encoding) }).collect()
}

/// The command of the line above a headline, for editors that show no dossier: tells in a message what the line counts.
pub(super) async fn tell_dossier(session: &Arc<Session>, draft: &Uri) -> Result<()> {
    let checked = open_draft(session, draft).await?;
    let entries = features::dossier(&checked.draft);
    let summary = Summary::of(&checked.draft, &entries);
    let named = |mark: Mark| {
        let names =
            entries.iter().filter(|entry| entry.mark == mark && (mark == Mark::Differs || matches!(entry.kind, EntryKind::Subject(_))));
        let mut names: Vec<String> = names.map(|entry| format!("“{}”", crate::text::shown(&entry.name))).collect();
        let more = names.len().saturating_sub(TOLD);
        names.truncate(TOLD);
        if more > 0 {
            names.push(format!("{more} more"));
        }
        names.join(", ")
    };
    let listed = |what: &str, names: String| if names.is_empty() { String::new() } else { format!(" {what}: {names}.") };
    let message = format!("{}.{}{}", summary.words(), listed("Differing", named(Mark::Differs)), listed("New", named(Mark::New)));
    session.herald.show(MessageType::INFO, message);
    Ok(())
}

/// `copydesk/who`
pub(in crate::lsp) async fn who(session: &Arc<Session>, params: Name) -> Result<WhoAnswer> {
    let loaded = setting_at(session, params.text_document.as_ref()).await?;
    let encoding = session.abilities().encoding;
    let answer = move || -> std::result::Result<WhoAnswer, CorpusError> {
        let corpus = &*loaded.setting.corpus;
        let Found { records, unshown, near } = Found::by(params.name.trim(), corpus)?;
        let row = |record: &Arc<crate::corpus::Record>| RecordRow {
            kind: record.kind.name(),
            name: record.name.clone(),
            sources: record.sources,
            attested: attested_rows(&features::attested(None, record), encoding),
        };
        let against = loaded.setting.against();
        let markdown = if records.is_empty() {
            features::nobody(params.name.trim(), &near, &against)
        } else {
            features::described(&features::profiles(&records, corpus)?)
        };
        Ok(WhoAnswer { markdown, records: records.iter().map(row).collect(), unshown, near, against })
    };
    let answered = tokio::task::spawn_blocking(answer).await.map_err(|_| Error::internal_error())?;
    answered.map_err(|error| super::refused(&error.to_string()))
}

/// `copydesk/setting`
pub(in crate::lsp) async fn setting(session: &Arc<Session>, params: OfPlace) -> Result<SettingAnswer> {
    let loaded = setting_at(session, params.text_document.as_ref()).await?;
    let setting = &loaded.setting;
    Ok(SettingAnswer {
        configuration: setting.config_path.as_deref().and_then(uri_of),
        stylebook: setting.stylebook_path.as_deref().and_then(uri_of),
        baseline: setting.baseline.path.as_deref().and_then(uri_of),
        corpus: setting.corpus_paths.iter().filter_map(|path| uri_of(path)).collect(),
        sources: setting.corpus.extent().map_err(|error| super::refused(&error.to_string()))?.sources,
        built_in: setting.is_built_in(),
        against: setting.against(),
        remark: setting.remark(),
        problem: setting.config_path.as_deref().and_then(|config| session.fault(config)).map(|problem| problem.to_string()),
    })
}

async fn setting_at(session: &Arc<Session>, draft: Option<&TextDocumentIdentifier>) -> Result<Arc<Loaded>> {
    let path = draft.and_then(|draft| path_of(&draft.uri));
    session.setting_at(path.as_deref()).await.map_err(|problem| super::refused(&problem.to_string()))
}

/// `copydesk/check`: all drafts of the desk, open or not.
pub(in crate::lsp) async fn check(session: &Arc<Session>) -> CheckAnswer {
    pull::count(session).await
}

/// `copydesk/rules`
pub(in crate::lsp) fn rules(session: &Session) -> Vec<RuleRow> {
    let abilities = session.abilities();
    let row = |info: &'static crate::finding::RuleInfo| RuleRow {
        name: info.name,
        severity: info.severity.name(),
        summary: info.summary(),
        page: abilities.rule_page(info.name),
    };
    infos().map(row).collect()
}
