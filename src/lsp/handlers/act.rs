//! Code actions as the editor takes them: with their edits, or as commands that have it make these.

use std::sync::Arc;
use std::time::Instant;

use serde::Deserialize;
use serde_json::json;
use tower_lsp_server::jsonrpc::{Error, Result};
use tower_lsp_server::ls_types::{CodeAction, CodeActionKind, CodeActionOrCommand, CodeActionParams, Command, Range, Uri};

use super::{APPLY, decide, open_draft, refused};
use crate::features::{self, Draft, Style, Trial};
use crate::lsp::checked::Checked;
use crate::lsp::checks::view;
use crate::lsp::convert::{Converter, fix_all_kind};
use crate::lsp::loaded::today;
use crate::lsp::session::Session;
use crate::lsp::view::View;

/// What can be done about a place in a draft; none for an editor that takes no edits, neither with an action nor asked to.
pub(in crate::lsp) async fn actions(session: &Arc<Session>, params: CodeActionParams) -> Result<Option<Vec<CodeActionOrCommand>>> {
    let abilities = session.abilities();
    if !abilities.action_literals && !abilities.applies_edits {
        return Ok(None);
    }
    let Some(view) = view(session, params.text_document.uri).await?.map(Arc::new) else { return Ok(None) };
    let convert = view.converter();
    let wants = |kind: &CodeActionKind| match &params.context.only {
        None => kind == &CodeActionKind::QUICKFIX,
        Some(only) => only.iter().any(|wanted| {
            let (wanted, kind) = (wanted.as_str(), kind.as_str());
            wanted.is_empty() || wanted == kind || kind.starts_with(&format!("{wanted}."))
        }),
    };
    let range = convert.span(params.range);
    let mut actions = Vec::new();
    if wants(&CodeActionKind::QUICKFIX) {
        let asking = view.clone();
        let own = move |draft: &Draft, trial: &mut Trial<'_>| as_actions(&asking, features::actions(draft, range, trial));
        actions.extend(on_trial(session, &view.checked, own).await?);
        actions.extend(decide::actions(session, &view, range).await);
    }
    if wants(&fix_all_kind()) {
        let asking = view.clone();
        let own = move |draft: &Draft, trial: &mut Trial<'_>| as_actions(&asking, features::fix_all(draft, trial));
        actions.extend(on_trial(session, &view.checked, own).await?);
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

fn as_actions<'a>(view: &View, actions: impl IntoIterator<Item = features::Action<'a>>) -> Vec<CodeAction> {
    let convert = view.converter();
    actions.into_iter().map(|action| convert.action(&action)).collect()
}

/// What `ask` finds out of a draft by trying its fixes, on a thread of its own: each is a check more. A fix that there was no time to try
/// is not offered.
async fn on_trial<A: Send + 'static>(
    session: &Arc<Session>,
    checked: &Checked,
    ask: impl FnOnce(&Draft, &mut Trial<'_>) -> A + Send + 'static,
) -> Result<A> {
    let (Checked { snapshot, draft, loaded }, patience) = (checked.clone(), session.patience);
    let answer = move || {
        let config = loaded.setting.config_at(snapshot.path.as_deref());
        let style = Style { config: &config, as_of: Some(today()) };
        let started = Instant::now();
        let go_on = || started.elapsed() < patience;
        let mut trial = Trial::new(&draft, snapshot.analysis.reread(), &*loaded.setting.corpus, style, &go_on);
        ask(&draft, &mut trial)
    };
    tokio::task::spawn_blocking(answer).await.map_err(|_| Error::internal_error())
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
    let convert = Converter::of(&uri, &checked, abilities);
    let span = convert.span(range);
    let meant = move |draft: &Draft, trial: &mut Trial<'_>| {
        let offered = features::actions(draft, span, trial).into_iter().chain(features::fix_all(draft, trial));
        let mut meant = offered.filter(|action| action.title == title);
        let action = meant.find(|action| action.findings.first().is_some_and(|finding| finding.span == span))?;
        Some(action.edits)
    };
    let Some(edits) = on_trial(session, &checked, meant).await? else {
        return Err(Error { message: "the draft is another by now: ask again".into(), ..Error::content_modified() });
    };
    session.herald.apply(convert.edits(&edits));
    Ok(())
}
