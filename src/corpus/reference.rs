//! The built-in table of office-holders in the words of a corpus: attestations of the lowest standing, each with how old it is.

use std::sync::Arc;

use super::{Citation, NameQuestion, OfficeHolding, OfficeQuestion, SourceHeader, Standing, Term, TitleAttestation, plain_date};
use crate::gazetteer::nations::by_code;
use crate::gazetteer::{OfficeHolder, OfficeRecord, holders_of, offices_of};
use crate::reader::{Status, SubjectKind};
use crate::text::Position;

/// What the reference says that a person is or was.
pub fn reference_titles(question: &NameQuestion) -> Vec<TitleAttestation> {
    if question.kind != SubjectKind::Person {
        return Vec::new();
    }
    // So many sit in Congress that a name is easily somebody else's.
    let sits_with_others = |holder: &&OfficeHolder| matches!(holder.role, "senator" | "representative");
    offices_of(&question.name).filter(|holder| !sits_with_others(holder)).filter_map(attestation).collect()
}

/// Who holds an office by the reference, and who held it.
pub fn reference_holders(question: &OfficeQuestion) -> Vec<OfficeHolding> {
    let holding = |holder: &OfficeHolder| Some(OfficeHolding { person: holder.person.to_owned(), title: attestation(holder)? });
    holders_of(&question.role, &question.country).into_iter().filter_map(holding).collect()
}

fn attestation(holder: &OfficeHolder) -> Option<TitleAttestation> {
    let nation = by_code(holder.country)?;
    let acting = if holder.is_acting { "acting " } else { "" };
    Some(TitleAttestation {
        role: holder.role.to_owned(),
        of: Some(nation.name.to_owned()),
        status: if holder.is_acting { Status::Acting } else { Status::Current },
        before_name: true,
        words: format!("{acting}{} {}", nation.adjective, holder.role),
        behind: None,
        published: Some(holder.as_of),
        term: Some(Term { from: holder.since, until: holder.until }),
        citation: citation(holder, &format!("{acting}{} of {}", holder.role, nation.name)),
    })
}

fn citation(holder: &OfficeHolder, office: &str) -> Citation {
    let from = holder.since.map(plain_date);
    let term = match (from, holder.until.map(plain_date)) {
        (Some(from), Some(until)) => format!(" from {from} to {until}"),
        (Some(from), None) => format!(" since {from}"),
        (None, Some(until)) => format!(" until {until}"),
        (None, None) => String::new(),
    };
    let start = Position { line: holder.line, ..Position::default() };
    Citation { source: header(holder), start, end: start, sentence: format!("{}, {office}{term}", holder.person).into() }
}

fn header(holder: &OfficeHolder) -> Arc<SourceHeader> {
    let (table, outlet) = match holder.record {
        OfficeRecord::Factbook => ("officeholders.tsv", "The CIA World Factbook"),
        OfficeRecord::Congress => ("officeholders.tsv", "The @unitedstates record of legislators"),
        OfficeRecord::FormerLeaders => ("former_leaders.tsv", "copydesk's list of former leaders"),
    };
    Arc::new(SourceHeader {
        id: format!("built-in/{table}"),
        outlet: Some(outlet.to_owned()),
        published: Some(holder.as_of),
        standing: Standing::Reference,
        ..SourceHeader::default()
    })
}
