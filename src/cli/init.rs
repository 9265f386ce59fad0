//! `copydesk init`: a first configuration, made of what the folder has, and what it took.

use std::io;
use std::path::Path;

use super::arguments::InitArguments;
use super::report::counted;
use super::{Outcome, Terminal, fail};
use crate::text::shown;
use crate::workspace::{NewDesk, find_config};

pub(super) fn run(arguments: &InitArguments, terminal: &mut Terminal<'_>) -> io::Result<Outcome> {
    let above = find_config(&arguments.folder);
    let desk = match NewDesk::in_folder(&arguments.folder).and_then(|desk| desk.create().map(|()| desk)) {
        Ok(desk) => desk,
        Err(problem) => return fail(terminal, problem),
    };
    let mut told = vec![format!("wrote {}", shown(&desk.path.to_string_lossy()))];
    for (name, texts) in &desk.sources {
        told.push(format!("sources: {} ({})", shown(name), counted(*texts, "text")));
    }
    if desk.sources.is_empty() {
        told.push(
            "sources: none found; set `corpus` there to the folder of your archive (until then a built-in demonstration answers)"
                .to_owned(),
        );
    }
    told.extend(desk.stylebook.iter().map(|name| format!("stylebook: {name}")));
    told.extend(above.map(|path| format!("until now {} held here", shown(&plain(&path)))));
    for line in told {
        writeln!(terminal.out, "{line}")?;
    }
    Ok(Outcome::Clean)
}

fn plain(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}
