//! Code actions as the editor takes them: with their edits, or as commands that have it make these.

use std::sync::Arc;

use serde::Deserialize;
use serde_json::json;
use tower_lsp_server::jsonrpc::{Error, Result};
use tower_lsp_server::ls_types::{CodeAction, CodeActionKind, CodeActionOrCommand, CodeActionParams, Command, Range, Uri};

use super::{APPLY, decide, open_draft, refused};
use crate::features;
use crate::lsp::checks::view;
use crate::lsp::convert::{Converter, fix_all_kind};
use crate::lsp::session::Session;

/// What can be done about a place in a draft; none for an editor that takes no edits, neither with an action nor asked to.
pub(in crate::lsp) async fn actions(session: &Arc<Session>, params: CodeActionParams) -> Result<Option<Vec<CodeActionOrCommand>>> {
    let abilities = session.abilities();
    if !abilities.action_literals && !abilities.applies_edits {
        return Ok(None);
    }
    let Some(view) = view(session, params.text_document.uri).await? else { return Ok(None) };
    let convert = view.converter();
    let wants = |kind: &CodeActionKind| match &params.context.only {
        None => kind == &CodeActionKind::QUICKFIX,
        Some(only) => only.iter().any(|wanted| {
            let (wanted, kind) = (wanted.as_str(), kind.as_str());
            wanted.is_empty() || wanted == kind || kind.starts_with(&format!("{wanted}."))
        }),
    };
    let mut actions = Vec::new();
    if wants(&CodeActionKind::QUICKFIX) {
        let range = convert.span(params.range);
        actions.extend(features::actions(view.draft(), range).iter().map(|action| convert.action(action)));
        actions.extend(decide::actions(session, &view, range).await);
    }
    if wants(&fix_all_kind()) {
        actions.extend(features::fix_all(view.draft()).iter().map(|action| convert.action(action)));
    }
    let as_taken = |action: CodeAction| {
        if abilities.action_literals {
            CodeActionOrCommand::CodeAction(action)
        } else {
            CodeActionOrCommand::Command(as_command(&view.uri, params.range, action))
        }
    };
    Ok((!actions.is_empty()).then(|| actions.into_iter().map(as_taken).collect()))
}

/// The command that does what an action would, which is known again by its title and its first finding's place.
fn as_command(draft: &Uri, asked: Range, action: CodeAction) -> Command {
    let range = action.diagnostics.iter().flatten().next().map_or(asked, |diagnostic| diagnostic.range);
    let argument = json!({"draft": draft, "range": range, "title": action.title});
    action.command.unwrap_or_else(|| Command { title: action.title, command: APPLY.to_owned(), arguments: Some(vec![argument]) })
}

/// What [`APPLY`] is given.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Asked {
    draft: Uri,
    range: Range,
    title: String,
}

/// Has the editor make the edits of an action, as they are for the draft that it has now.
pub(super) async fn apply(session: &Arc<Session>, asked: Asked) -> Result<()> {
    let abilities = session.abilities();
    if !abilities.applies_edits {
        return Err(refused("this editor makes no edits for a server"));
    }
    let Asked { draft: uri, range, title } = asked;
    let checked = open_draft(session, &uri).await?;
    let (draft, convert) = (&checked.draft, Converter::of(&uri, &checked, abilities));
    let offered = features::actions(draft, convert.span(range)).into_iter().chain(features::fix_all(draft));
    let mut meant = offered.filter(|action| action.title == title);
    let is_there = |action: &features::Action<'_>| action.findings.first().is_some_and(|finding| convert.range(finding.span) == range);
    let Some(action) = meant.find(is_there) else {
        return Err(Error { message: "the draft is another by now: ask again".into(), ..Error::content_modified() });
    };
    session.herald.apply(convert.edits(&action.edits));
    Ok(())
}
