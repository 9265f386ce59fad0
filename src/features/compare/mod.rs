//! Two versions of a draft: what changed in its names, titles, figures, dates and quotations, and which old values were left standing.
//!
//! Sentences are laid side by side, and in each pair the mentions that stand in the same place. A value that became another one in one place
//! and is as it was in another is a leftover only where the same thing is meant; where that is open, nothing is said.

mod leftovers;
mod pairs;

use rustc_hash::FxHashSet;

use crate::check::let_stand;
use crate::document::Document;
use crate::finding::Finding;
use crate::reader::{Agreement, Mention, MentionId, MentionKind, Reading, compare_values};
use crate::text::{Span, folded};

/// One version as read.
#[derive(Clone, Copy, Debug)]
pub struct Version<'a> {
    pub document: &'a Document,
    pub reading: &'a Reading,
}

/// What became of a version in the next.
#[derive(Clone, Debug, Default)]
pub struct Comparison {
    /// In the order of the new version; what is gone stands where it was in the old one.
    pub changes: Vec<Change>,
    /// By position in the new version.
    pub leftovers: Vec<Finding>,
}

/// One value that is another, new or gone: bytes of the two sources.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Change {
    pub kind: ChangeKind,
    pub old: Option<Span>,
    pub new: Option<Span>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ChangeKind {
    Name,
    Title,
    Figure,
    Date,
    Quote,
}

impl ChangeKind {
    /// As output calls it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Title => "title",
            Self::Figure => "figure",
            Self::Date => "date",
            Self::Quote => "quote",
        }
    }

    const fn of(mention: &Mention) -> Self {
        match mention.kind {
            MentionKind::Name(_) => Self::Name,
            MentionKind::Title(_) => Self::Title,
            MentionKind::Figure(_) => Self::Figure,
            MentionKind::Date(_) => Self::Date,
            MentionKind::Quote(_) => Self::Quote,
        }
    }
}

/// A mention of the old version and the one that stands in its place.
#[derive(Clone, Copy, Debug)]
struct Replaced {
    old: MentionId,
    new: MentionId,
}

/// How the mentions of two versions lie to each other.
struct Laid<'a> {
    old: Version<'a>,
    new: Version<'a>,
    /// Those in the same place, and no other in question.
    beside: Vec<Replaced>,
    /// Those of the old version with none in their place, and those of the new one.
    gone: Vec<MentionId>,
    come: Vec<MentionId>,
}

impl<'a> Version<'a> {
    fn mention(self, id: MentionId) -> &'a Mention {
        self.reading.mention(id)
    }

    fn words(self, id: MentionId) -> &'a str {
        self.document.words(self.mention(id).at)
    }

    fn span(self, id: MentionId) -> Span {
        self.document.to_source(self.mention(id).at)
    }
}

/// Compares two versions of a draft.
pub fn compare(old: Version<'_>, new: Version<'_>) -> Comparison {
    let laid = pairs::lay(old, new);
    let replaced: Vec<Replaced> = laid.beside.iter().copied().filter(|pair| !are_same(&laid, *pair)).collect();
    let mut changes: Vec<Change> = replaced
        .iter()
        .map(|pair| Change { kind: ChangeKind::of(new.mention(pair.new)), old: Some(old.span(pair.old)), new: Some(new.span(pair.new)) })
        .collect();
    changes.extend(unheard(old, &laid.gone, new).map(|id| Change {
        kind: ChangeKind::of(old.mention(id)),
        old: Some(old.span(id)),
        new: None,
    }));
    changes.extend(unheard(new, &laid.come, old).map(|id| Change {
        kind: ChangeKind::of(new.mention(id)),
        old: None,
        new: Some(new.span(id)),
    }));
    changes.sort_by_key(|change| (change.new.or(change.old), change.new.is_none(), change.kind));
    let mut leftovers = leftovers::find(&laid, &replaced);
    let_stand(new.document, &mut leftovers);
    Comparison { changes, leftovers }
}

/// Whether two mentions in the same place say the same.
fn are_same(laid: &Laid<'_>, pair: Replaced) -> bool {
    if laid.old.words(pair.old) == laid.new.words(pair.new) {
        return true;
    }
    match (&laid.old.mention(pair.old).kind, &laid.new.mention(pair.new).kind) {
        (MentionKind::Figure(one), MentionKind::Figure(other)) => {
            one.hedge == other.hedge && one.value == other.value && one.high == other.high && compare_values(one, other) == Agreement::Agree
        }
        (MentionKind::Date(one), MentionKind::Date(other)) => one.value.is_some() && one.value == other.value,
        (MentionKind::Title(one), MentionKind::Title(other)) => (&one.role, &one.of, one.status) == (&other.role, &other.of, other.status),
        (MentionKind::Quote(one), MentionKind::Quote(other)) => {
            one.compared().iter().map(|word| word.key).eq(other.compared().iter().map(|word| word.key))
        }
        _ => false,
    }
}

/// Those of some mentions whose words stand nowhere in the other version, each once.
fn unheard<'i>(version: Version<'i>, ids: &'i [MentionId], other: Version<'i>) -> impl Iterator<Item = MentionId> + use<'i> {
    let key = |version: Version<'i>, id: MentionId| (ChangeKind::of(version.mention(id)), folded(version.words(id)));
    let mut said: FxHashSet<(ChangeKind, String)> = other.reading.iter().map(|(id, _)| key(other, id)).collect();
    ids.iter().copied().filter(move |&id| said.insert(key(version, id)))
}

#[cfg(test)]
mod tests;
