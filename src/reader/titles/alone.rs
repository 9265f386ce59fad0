//! Whom a title alone means: "the president", where one person of the text alone is called so.

use rustc_hash::{FxHashMap, FxHashSet};

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
    if open.is_empty() {
        return;
    }
    let mut roles: FxHashMap<&str, Role<'_>> = FxHashMap::default();
    for LinkedTitle { title, holder, .. } in linked.iter() {
        let role = roles.entry(&title.role).or_default();
        role.scopes.extend(title.of.as_deref());
        if !title.alone && title.status == Status::Current {
            role.holders.extend(holder.map(|holder| names.mentions[holder].1.subject));
        }
    }
    let sole_holder = |&index: &usize| Some((index, roles.get(&*linked[index].title.role)?.sole_holder()?));
    let tied: Vec<(usize, SubjectId)> = open.iter().filter_map(sole_holder).collect();
    // The indices of what names each of them, in the order of the text.
    let mut mentions: FxHashMap<SubjectId, Vec<usize>> = tied.iter().map(|&(_, holder)| (holder, Vec::new())).collect();
    for (index, (_, name)) in names.mentions.iter().enumerate() {
        if let Some(of_holder) = mentions.get_mut(&name.subject) {
            of_holder.push(index);
        }
    }
    for (index, holder) in tied {
        let mentions = &mentions[&holder];
        let before = mentions.partition_point(|&mention| names.mentions[mention].0 < linked[index].at);
        linked[index].holder = mentions.get(before.saturating_sub(1)).copied();
    }
}

/// What a text says of those who hold one role.
#[derive(Default)]
struct Role<'a> {
    /// The countries and organisations of which it is said.
    scopes: FxHashSet<&'a str>,
    /// Who is said to hold it today, beside the name.
    holders: FxHashSet<SubjectId>,
}

impl Role<'_> {
    fn sole_holder(&self) -> Option<SubjectId> {
        self.holders.iter().next().copied().filter(|_| self.holders.len() == 1 && self.scopes.len() <= 1)
    }
}
