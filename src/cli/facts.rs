//! `copydesk facts`: a filter from articles to what they attest, a line an article; for who reads an archive in many places at once.

use std::io::{self, Write as _};
use std::path::Path;

use serde::Serialize;

use super::arguments::FactsArguments;
use super::{Outcome, Terminal, complain, fail, plain_json, tell};
use crate::workspace::{Articles, Attested, Growing, Overrides, Plan, Refused, collect_sources, find_config};

/// What came to nothing, as it is set aside.
#[derive(Serialize)]
struct SetAside<'a> {
    path: &'a str,
    line: Option<usize>,
    why: &'a str,
    record: Option<&'a str>,
}

pub(super) fn run(arguments: &FactsArguments, terminal: &mut Terminal<'_>) -> io::Result<Outcome> {
    let config = arguments.config.clone().or_else(|| find_config(Path::new("")));
    let set_up = Plan::of(config, &Overrides::default()).and_then(|plan| {
        let rejected = arguments.rejected.as_deref().map(Growing::new).transpose()?;
        Ok((Articles::under(&plan, arguments.as_of), rejected))
    });
    let (articles, mut rejected) = match set_up {
        Ok(set_up) => set_up,
        Err(problem) => return fail(terminal, problem),
    };
    let (mut count, mut refused) = (0_usize, 0_usize);
    let (out, err) = (&mut *terminal.out, &mut *terminal.err);
    let mut take = |article: Result<Attested, Refused>| match article {
        Ok(Attested { line, .. }) => {
            count += 1;
            out.write_all(plain_json::escaped(line).as_bytes())
        }
        Err(article) => {
            refused += 1;
            let Some(rejected) = &mut rejected else { return tell(err, article.problem()) };
            let Refused { path, line, record, why } = &article;
            let path = &*path.to_string_lossy();
            rejected.write_all(plain_json::line(&SetAside { path, line: *line, why, record: record.as_deref() })?.as_bytes())
        }
    };
    let (files, problems) = collect_sources(&arguments.paths);
    let read = if arguments.paths.is_empty() {
        articles.of_stream(&arguments.name, &arguments.input_format, terminal.stdin, &mut take)
    } else {
        articles.of_files(&files, &mut take)
    };
    let skipped = read?;
    complain(terminal, &problems)?;
    if let Some(Err(problem)) = rejected.map(Growing::finish) {
        return fail(terminal, problem);
    }
    let told = [(refused > 0).then(|| format!("; {refused} refused")), (skipped.count() > 0).then(|| format!("; skipped {skipped}"))];
    let articles = if count == 1 { "article" } else { "articles" };
    tell(terminal.err, format!("{count} {articles}{}", told.into_iter().flatten().collect::<String>()))?;
    // What was asked to be set aside has been.
    let is_told = refused == 0 || arguments.rejected.is_some();
    Ok(if is_told && problems.is_empty() { Outcome::Clean } else { Outcome::Failed })
}
