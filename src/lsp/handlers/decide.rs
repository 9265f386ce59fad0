//! The desk's decisions on their way into the stylebook: as edits that the editor makes, and as commands where an edit won't
//! do. Of the machine nothing is executed; of its files, a stylebook that a configuration names may be made where there is none.

use std::path::PathBuf;
use std::sync::Arc;

use serde::Deserialize;
use serde_json::json;
use tower_lsp_server::jsonrpc::{Error, Result};
use tower_lsp_server::ls_types::{
    CodeAction, CodeActionKind, Command, CreateFile, CreateFileOptions, DocumentChangeOperation, DocumentChanges, MessageType, OneOf,
    OptionalVersionedTextDocumentIdentifier, Range, ResourceOp, TextDocumentEdit, TextEdit as LspTextEdit, Uri, WorkspaceEdit,
};

use super::{DECIDE, open_draft, refused};
use crate::features::{Decision, decisions};
use crate::finding::Finding;
use crate::lsp::abilities::Abilities;
use crate::lsp::checked::Checked;
use crate::lsp::convert::{self, uri_of};
use crate::lsp::options::Decisions;
use crate::lsp::session::Session;
use crate::lsp::view::View;
use crate::reader::SubjectKind;
use crate::text::{LineIndex, Span, TextEdit};
use crate::workspace::{NewStylebook, Problem, read_stylebook};

/// The longest name that can be decided on, in bytes.
const LONGEST_NAME: usize = 200;

/// A stylebook as it is now: in the editor, or else on disk, or not made yet.
struct Book {
    path: PathBuf,
    uri: Uri,
    text: String,
    version: Option<i32>,
    /// Where it isn't there: the place to make it.
    new: Option<NewStylebook>,
}

impl Book {
    /// The stylebook that holds for a draft; none where no configuration names one.
    async fn of(session: &Arc<Session>, checked: &Checked) -> Option<std::result::Result<Self, Problem>> {
        let path = checked.loaded.setting.stylebook_path.clone()?;
        let uri = uri_of(&path)?;
        if let Some(open) = session.drafts.paper(&path) {
            return Some(Ok(Self { path, uri, text: open.text.to_string(), version: Some(open.version), new: None }));
        }
        let file = path.clone();
        let (loaded, roots) = (checked.loaded.clone(), session.roots());
        let read = move || {
            Ok(match read_stylebook(&file)? {
                Some(text) => (text, None),
                None => (String::new(), Some(loaded.setting.new_stylebook(&roots)?)),
            })
        };
        let read = tokio::task::spawn_blocking(read).await.ok()?;
        Some(read.map(|(text, new)| Self { path, uri, text, version: None, new }))
    }

    /// The edit that the editor can make, with the file where it has to be made first; none where the editor can't do that.
    fn edit(&self, edit: &TextEdit, abilities: &Abilities) -> Option<WorkspaceEdit> {
        let edit = LspTextEdit::new(self.range(edit.span, abilities), edit.text.clone());
        if !abilities.document_changes {
            return self
                .new
                .is_none()
                .then(|| WorkspaceEdit { changes: Some([(self.uri.clone(), vec![edit])].into()), ..WorkspaceEdit::default() });
        }
        let text_document = OptionalVersionedTextDocumentIdentifier { uri: self.uri.clone(), version: self.version };
        let edit = TextDocumentEdit { text_document, edits: vec![OneOf::Left(edit)] };
        let changes = if self.new.is_none() {
            DocumentChanges::Edits(vec![edit])
        } else if abilities.creates_files {
            let options = CreateFileOptions { overwrite: Some(false), ignore_if_exists: Some(true) };
            let create = CreateFile { uri: self.uri.clone(), options: Some(options), annotation_id: None };
            DocumentChanges::Operations(vec![DocumentChangeOperation::Op(ResourceOp::Create(create)), DocumentChangeOperation::Edit(edit)])
        } else {
            return None;
        };
        Some(WorkspaceEdit { document_changes: Some(changes), ..WorkspaceEdit::default() })
    }

    fn range(&self, span: Span, abilities: &Abilities) -> Range {
        let lines = LineIndex::new(&self.text);
        let at = |offset| convert::position(lines.position(&self.text, offset), abilities.encoding);
        Range::new(at(span.start), at(span.end))
    }
}

/// The decisions that can be made about the names that touch `range`.
pub(super) async fn actions(session: &Arc<Session>, view: &View, range: Span) -> Vec<CodeAction> {
    let (abilities, convert) = (&view.abilities, view.converter());
    let decisions = decisions(view.draft(), range);
    if decisions.is_empty() || matches!(session.decisions, Decisions::Nobody) {
        return Vec::new();
    }
    // A stylebook that can't be read has been complained of already.
    let Some(Ok(book)) = Book::of(session, &view.checked).await else { return Vec::new() };
    let is_editors = matches!(session.decisions, Decisions::Editor);
    let action = |(decision, findings): &(Decision, Vec<&Finding>)| {
        let edit = decision.edit(&book.text).ok()??;
        // Where an action is a command, it can't have an edit.
        let edit = book.edit(&edit, abilities).filter(|_| abilities.action_literals && is_editors);
        let command = edit.is_none().then(|| command(&view.uri, decision));
        let diagnostics: Vec<_> = findings.iter().map(|finding| convert.diagnostic(finding)).collect();
        Some(CodeAction {
            title: decision.title(),
            kind: Some(CodeActionKind::QUICKFIX),
            diagnostics: (!diagnostics.is_empty()).then_some(diagnostics),
            edit,
            command,
            ..CodeAction::default()
        })
    };
    decisions.iter().filter_map(action).collect()
}

fn command(draft: &Uri, decision: &Decision) -> Command {
    let argument = match decision {
        Decision::Prefer { kind, preferred, other } => {
            json!({"draft": draft, "kind": kind.name(), "prefer": preferred, "over": other})
        }
        Decision::Another { kind, name, other } => json!({"draft": draft, "kind": kind.name(), "name": name, "isNot": other}),
    };
    Command { title: decision.title(), command: DECIDE.to_owned(), arguments: Some(vec![argument]) }
}

/// What [`DECIDE`] is given: a draft, a kind of subject, and either `prefer` and `over` or `name` and `isNot`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(super) struct Asked {
    draft: Uri,
    kind: String,
    prefer: Option<String>,
    over: Option<String>,
    name: Option<String>,
    is_not: Option<String>,
}

impl Asked {
    fn decision(self) -> Result<(Uri, Decision)> {
        let Some(kind) = SubjectKind::ALL.into_iter().find(|kind| kind.name() == self.kind) else {
            return Err(Error::invalid_params(format!("`kind` is person, place or organisation, not `{}`", self.kind)));
        };
        let decision = match (self.prefer, self.over, self.name, self.is_not) {
            (Some(preferred), over, None, None) => {
                let other = over.unwrap_or_else(|| preferred.clone());
                Decision::Prefer { kind, preferred, other }
            }
            (None, None, Some(name), Some(other)) => Decision::Another { kind, name, other },
            _ => return Err(Error::invalid_params(format!("{DECIDE} takes either `prefer` and `over`, or `name` and `isNot`"))),
        };
        let (Decision::Prefer { preferred: one, other, .. } | Decision::Another { name: one, other, .. }) = &decision;
        for name in [one, other] {
            if !name.contains(char::is_alphabetic) || name.contains(char::is_control) || name.len() > LONGEST_NAME {
                return Err(Error::invalid_params("a name needs a letter, stands on one line and has at most 200 bytes"));
            }
        }
        Ok((self.draft, decision))
    }
}

/// Writes a decision into the stylebook, or has the editor do it.
pub(super) async fn execute(session: &Arc<Session>, asked: Asked) -> Result<()> {
    let (draft, decision) = asked.decision()?;
    let checked = open_draft(session, &draft).await?;
    match &session.decisions {
        Decisions::Editor => {}
        Decisions::Given(clerk) => {
            let clerk = clerk.clone();
            let written = tokio::task::spawn_blocking(move || clerk.decide(&decision)).await.map_err(|_| Error::internal_error())?;
            return written.map_err(|problem| refused(&problem.to_string()));
        }
        Decisions::Nobody => return Err(refused("no decisions are taken in here")),
    }
    let Some(book) = Book::of(session, &checked).await else {
        return Err(refused("no stylebook is named: write `stylebook = \"stylebook.toml\"` into copydesk.toml"));
    };
    let book = book.map_err(|problem| refused(&problem.to_string()))?;
    let fault = |fault| refused(&Problem::new(&book.path, fault).to_string());
    let Some(edit) = decision.edit(&book.text).map_err(fault)? else { return Ok(()) };
    match book.edit(&edit, session.abilities()).filter(|_| session.abilities().applies_edits) {
        Some(edit) => {
            session.herald.apply(edit);
            Ok(())
        }
        None => match book.new {
            Some(new) => create(session, book.path, new, edit.text).await,
            None => Err(refused("this editor makes no edits for a server; open the stylebook and write it there")),
        },
    }
}

async fn create(session: &Arc<Session>, path: PathBuf, new: NewStylebook, text: String) -> Result<()> {
    let made = tokio::task::spawn_blocking(move || new.create(&text)).await.map_err(|_| Error::internal_error())?;
    made.map_err(|problem| refused(&problem.to_string()))?;
    session.herald.show(MessageType::INFO, format!("made the stylebook {}", path.display()));
    session.reload(&path);
    Ok(())
}
