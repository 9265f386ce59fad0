//! Whom a title alone means: "the president", where one person of the text alone is called so.

use std::collections::BTreeSet;

use super::phrase::{Place, TitleCandidate};
use super::{Status, Title};
use crate::gazetteer::roles::RoleKind;
use crate::reader::link::{LinkedNames, LinkedTitle};
use crate::reader::{BlockReading, SubjectId};

/// Whether a title that has no name beside it may stand for somebody: in the running text, definite and of today.
pub(super) fn may_mean_one(candidate: &TitleCandidate, block: &BlockReading, text: &str, title: &Title) -> bool {
    let office = !matches!(candidate.kind, RoleKind::Honorific | RoleKind::Kinship | RoleKind::Other);
    let words = candidate.span.text(text);
    let definite = words.split(' ').next().is_some_and(|first| first.eq_ignore_ascii_case("the"));
    // "The company's president" is that company's, whatever it is called.
    let known_scope = candidate.scope.is_none() || title.of.is_some();
    let quoted = || block.quotes.iter().any(|quote| quote.outer.covers(candidate.span));
    office
        && definite
        && known_scope
        && !candidate.plural
        && candidate.place == Place::Alone
        && title.status == Status::Current
        && !quoted()
}

/// Gives those of the titles at `open` a holder whose role one person of the text holds beside the name, and no other one. Where
/// the text speaks of such an office in two countries or organisations, nobody is meant for sure.
pub(super) fn tie(linked: &mut [LinkedTitle], open: &[usize], names: &LinkedNames) {
    for &index in open {
        let LinkedTitle { at, title, .. } = &linked[index];
        let same = || linked.iter().filter(|other| other.title.role == title.role);
        let scopes: BTreeSet<&str> = same().filter_map(|other| other.title.of.as_deref()).collect();
        let holders: BTreeSet<SubjectId> = same()
            .filter(|other| !other.title.alone && other.title.status == Status::Current)
            .filter_map(|other| Some(names.mentions[other.holder?].1.subject))
            .collect();
        let (Some(&holder), 1, 0 | 1) = (holders.first(), holders.len(), scopes.len()) else { continue };
        let mut mentions = names.mentions.iter().enumerate().filter(|(_, (_, name))| name.subject == holder);
        let before = mentions.clone().take_while(|(_, (name, _))| name < at).last();
        let meant = before.or_else(|| mentions.next()).map(|(mention, _)| mention);
        linked[index].holder = meant;
    }
}
