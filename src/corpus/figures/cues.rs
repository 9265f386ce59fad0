//! What the words beside a number say of how it belongs to others: it is out of more, on top of others, or of what was said before.

use crate::gazetteer::terms::TermTables;
use crate::reader::Context;

/// What the words beside a number say of it.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Cues {
    /// "Of the", "of them".
    pub(super) part: bool,
    /// "Another".
    pub(super) additional: bool,
    /// "The".
    pub(super) known: bool,
    /// How a span of time lies: "ago".
    pub(super) time: Option<&'static str>,
}

impl Cues {
    pub(super) fn of(context: &Context) -> Self {
        let tables = TermTables::get();
        let behind = context.behind.iter().take(2).filter_map(|&word| tables.cue_behind(word));
        let before = context.before.iter().take(2).filter_map(|&word| tables.cue_before(word));
        let mut cues = Self::default();
        for cue in behind.chain(before) {
            match cue {
                "part" => cues.part = true,
                "additional" => cues.additional = true,
                "known" => cues.known = true,
                "said" | "edge" | "change" | "level" | "news" | "usual" => {}
                time => cues.time = cues.time.or(Some(time)),
            }
        }
        cues
    }
}
