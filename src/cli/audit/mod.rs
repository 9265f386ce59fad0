//! `copydesk audit`: where the corpus disagrees with itself, for whoever keeps an archive straight.

mod json;
mod page;
mod text;

use std::collections::BTreeMap;
use std::io;
use std::path::Path;
use std::sync::Arc;

use super::arguments::{AuditArguments, AuditFormat};
use super::progress::Progress;
use super::report::counted;
use super::{Outcome, Terminal, complain, fail};
use crate::corpus::{Citation, Corpus as _, plain_date};
use crate::features::{Auditor, Disagreement, Objection, disagreements};
use crate::finding::Severity;
use crate::workspace::{Archive, Overrides, OwnCorpus, Problem, Skipped, Told, find_config};

/// So many objections are put together; of a corpus with more of them nobody reads the list.
const MOST_HEARD: usize = 50_000;

/// What came of an audit.
struct Audit {
    disagreements: Vec<Disagreement>,
    /// How many objections are beyond the most that are put together.
    unheard: usize,
    sources: usize,
    unread: usize,
    skipped: Skipped,
    problems: Vec<Problem>,
}

pub(super) fn run(arguments: &AuditArguments, terminal: &mut Terminal<'_>) -> io::Result<Outcome> {
    let against = &arguments.against;
    let progress = Arc::new(Progress::new(terminal.progress));
    let showing = |what: &'static str| {
        let progress = progress.clone();
        Told::to(move |done, all| progress.tell(what, done, all))
    };
    let config = against.config.clone().or_else(|| find_config(Path::new("")));
    let overrides = Overrides { corpus: against.corpus.clone(), stylebook: against.stylebook.clone(), ..Overrides::default() };
    let OwnCorpus { archive, stylebook, config } = match OwnCorpus::load(config, &overrides, &showing("reading sources")) {
        Ok(own) => own,
        Err(problem) => return fail(terminal, problem),
    };
    let Archive { corpus, mut problems, unread, skipped, again } = archive;
    let sources = match corpus.extent() {
        Ok(extent) => extent.sources,
        Err(error) => return fail(terminal, error),
    };
    let fail_on = config.fail_on.unwrap_or(Severity::Warning);
    let auditor = Auditor::new(Arc::new(corpus.into_store()), stylebook, config);
    let (heard, unheard) = again.each(&showing("holding sources against each other"), |source| auditor.objections(source));
    progress.clear();
    problems.extend(unheard);
    problems.sort();
    problems.dedup();
    let heard: Result<Vec<Vec<Objection>>, _> = heard.into_iter().collect();
    let mut objections: Vec<Objection> = match heard {
        Ok(heard) => heard.into_iter().flatten().collect(),
        Err(error) => return fail(terminal, error),
    };
    let unheard = objections.len().saturating_sub(MOST_HEARD);
    objections.truncate(MOST_HEARD);
    let audit = Audit { disagreements: disagreements(objections), unheard, sources, unread, skipped, problems };
    match arguments.format {
        AuditFormat::Text => {
            terminal.out.write_all(text::written(&audit).as_bytes())?;
            complain(terminal, &audit.problems)?;
        }
        AuditFormat::Json => terminal.out.write_all(json::line(&audit)?.as_bytes())?,
        AuditFormat::Html => terminal.out.write_all(page::written(&audit).as_bytes())?,
    }
    let fails = audit.disagreements.iter().any(|one| one.first().severity >= fail_on);
    Ok(if fails { Outcome::Findings } else { Outcome::Clean })
}

impl Audit {
    /// How many disagreements each rule found, by its name.
    fn by_rule(&self) -> BTreeMap<&'static str, usize> {
        let mut counts = BTreeMap::new();
        for one in &self.disagreements {
            *counts.entry(one.first().rule.name).or_default() += 1;
        }
        counts
    }

    /// In how many disagreements each outlet takes part, the most frequent first.
    fn by_outlet(&self) -> Vec<(&str, usize)> {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for (outlet, _) in self.disagreements.iter().flat_map(|one| &one.outlets) {
            *counts.entry(outlet).or_default() += 1;
        }
        let mut counts: Vec<(&str, usize)> = counts.into_iter().collect();
        counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        counts
    }

    /// What was held against what, and what came of it; then what was left out.
    fn summary(&self) -> Vec<String> {
        let rules: Vec<String> = self.by_rule().iter().map(|(rule, count)| format!("{rule} {count}")).collect();
        let found = counted(self.disagreements.len(), "disagreement");
        let found = if rules.is_empty() { "no disagreement".to_owned() } else { format!("{found} ({})", rules.join(", ")) };
        let mut lines = vec![format!("{} held against each other: {found}", counted(self.sources, "source"))];
        if self.unheard > 0 {
            lines.push(format!("{} more are not looked at; audit a part of the corpus", counted(self.unheard, "finding")));
        }
        if self.unread > 0 {
            lines.push(format!("{} could not be read or found", counted(self.unread, "source")));
        }
        if self.skipped.count() > 0 {
            lines.push(format!("passed over in the corpus: {}", self.skipped));
        }
        lines
    }
}

/// `3 sources, The Skerry Post 2, Tidewire 1, 3 March to 5 April 2025`.
fn partakers(one: &Disagreement) -> String {
    /// So many outlets are named.
    const NAMED: usize = 6;
    let mut parts = vec![counted(one.sources, "source")];
    parts.extend(one.outlets.iter().take(NAMED).map(|(outlet, count)| format!("{outlet} {count}")));
    if one.outlets.len() > NAMED {
        parts.push(format!("and {} more", counted(one.outlets.len() - NAMED, "outlet")));
    }
    parts.extend(one.days.map(
        |(first, last)| {
            if first == last { plain_date(first) } else { format!("{} to {}", plain_date(first), plain_date(last)) }
        },
    ));
    parts.join(", ")
}

/// Who has said it, and where it stands.
fn place(citation: &Citation) -> (String, String) {
    (
        citation.source.attribution(),
        format!("{}:{}:{}", super::report::from_here(&citation.source.id), citation.start.line + 1, citation.start.chars + 1),
    )
}
