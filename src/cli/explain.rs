//! `copydesk explain`: a rule's page, or the list of rules.

use std::io;

use super::arguments::ExplainArguments;
use super::{Outcome, Terminal, fail};
use crate::rules::{infos, rule};
use crate::text::did_you_mean;

pub(super) fn run(arguments: &ExplainArguments, terminal: &mut Terminal<'_>) -> io::Result<Outcome> {
    let Some(name) = &arguments.rule else {
        let width = infos().map(|rule| rule.name.len()).max().unwrap_or_default();
        for rule in infos() {
            writeln!(terminal.out, "{:width$}  {:7}  {}", rule.name, rule.severity.name(), rule.summary())?;
        }
        return Ok(Outcome::Clean);
    };
    if let Some(rule) = rule(name) {
        writeln!(terminal.out, "{}", rule.page.trim_end())?;
        return Ok(Outcome::Clean);
    }
    let nearest = did_you_mean(name, infos().map(|rule| rule.name)).unwrap_or_else(|| ";".to_owned());
    fail(terminal, format!("there is no rule `{name}`{nearest} `copydesk explain` lists them all"))
}
