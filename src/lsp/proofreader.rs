//! What is wrong in the desk's own files, on its line: `copydesk.toml` and the stylebook, as the editor has them or else as they
//! stand on disk. One task publishes it, for editors that ask for diagnostics too: they ask only about what is open.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use tower_lsp_server::ls_types::{Diagnostic, DiagnosticSeverity, Range};

use super::convert::{position, uri_of};
use super::session::Session;
use crate::features::{Fault, line_naming};
use crate::text::{Encoding, LineIndex};
use crate::workspace::read_stylebook;

/// Runs as long as the server.
pub(super) async fn run(session: Arc<Session>) {
    let mut shown: BTreeMap<PathBuf, Vec<Diagnostic>> = BTreeMap::new();
    loop {
        session.proofs.marked().await;
        // Who types is given time to go on.
        tokio::time::sleep(session.preferences.debounce()).await;
        for path in session.proofs.take() {
            let Some(uri) = uri_of(&path) else { continue };
            let (found, version) = proof(&session, &path).await;
            let before = if found.is_empty() { shown.remove(&path) } else { shown.insert(path, found.clone()) };
            if version.is_some() || before.unwrap_or_default() != found {
                session.herald.publish(uri, found, version).await;
            }
        }
    }
}

/// What is wrong in a file, and in which version where it is open.
async fn proof(session: &Arc<Session>, path: &Path) -> (Vec<Diagnostic>, Option<i32>) {
    let Some(file) = session.desk_file(path) else { return (Vec::new(), None) };
    let open = session.drafts.paper(path);
    let version = open.as_ref().map(|open| open.version);
    let (path, fault, encoding) = (path.to_owned(), session.fault(path), session.abilities().encoding);
    let look = move || {
        let text = match open {
            Some(open) => open.text.to_string(),
            // What can't be read has no lines to point at; loading it tells.
            None => read_stylebook(&path).ok().flatten().unwrap_or_default(),
        };
        let mut faults = file.faults(&text);
        // Of a sound configuration, what it names may be wrong.
        if let Some(fault) = fault.filter(|fault| faults.is_empty() && fault.path != path)
            && let Some(line) = line_naming(&text, path.parent().unwrap_or(Path::new("")), &fault.path)
        {
            faults.push(Fault { line, message: fault.message });
        }
        diagnostics(&text, &faults, encoding)
    };
    (tokio::task::spawn_blocking(look).await.unwrap_or_default(), version)
}

fn diagnostics(text: &str, faults: &[Fault], encoding: Encoding) -> Vec<Diagnostic> {
    let lines = LineIndex::new(text);
    let diagnostic = |fault: &Fault| {
        let line = lines.line_range(text, fault.line);
        let words = &text[line.clone()];
        let start = line.start + words.len() - words.trim_start().len();
        let end = (line.start + words.trim_end().len()).max(start);
        let at = |offset: usize| position(lines.position(text, offset as u32), encoding);
        Diagnostic {
            range: Range::new(at(start), at(end)),
            severity: Some(DiagnosticSeverity::ERROR),
            source: Some("copydesk".to_owned()),
            message: fault.message.clone(),
            ..Diagnostic::default()
        }
    };
    faults.iter().map(diagnostic).collect()
}
