//! Words that tell something of the sentence or the block they stand in, wherever they stand: that it corrects something, owns up to a
//! mistake, or compares. All are looked for in one go.

use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, AhoCorasickKind};

use super::correction;
use crate::data;
use crate::text::{Row, Span};

/// What such words tell of a block.
#[derive(Debug, Default)]
pub(super) struct Cued {
    /// Whether it is a note that corrects something.
    pub(super) is_note: bool,
    /// The sentences that own up to a mistake.
    pub(super) owning_up: Vec<Span>,
    /// The sentences that compare, "up from 40", "another 12": what stands there may have changed.
    pub(super) comparing: Vec<Span>,
}

#[derive(Clone, Copy, Debug)]
enum Cue {
    Note,
    Mistake,
    Compares,
}

/// The words in whatever case, and what each tells.
struct Finder {
    words: AhoCorasick,
    cues: Vec<Cue>,
}

impl Finder {
    fn load() -> Self {
        let notes = correction::words("note").map(|words| (words.to_owned(), Cue::Note));
        let mistakes = correction::words("mistake").map(|words| (words.to_owned(), Cue::Mistake));
        // A blank at an end of the table's is one here.
        let compares = data::COMPARING_WORDS.words().map(|words| (words.replace('_', " "), Cue::Compares));
        let (words, cues): (Vec<String>, Vec<Cue>) = notes.chain(mistakes).chain(compares).unzip();
        let words =
            AhoCorasick::builder().ascii_case_insensitive(true).kind(Some(AhoCorasickKind::DFA)).build(words).expect("the words are few");
        Self { words, cues }
    }
}

/// What the words of a block tell.
pub(super) fn cued(row: Row<'_, '_>, sentences: &[Span]) -> Cued {
    static FINDER: LazyLock<Finder> = LazyLock::new(Finder::load);
    let mut cued = Cued::default();
    for found in FINDER.words.find_overlapping_iter(row.text) {
        let list = match FINDER.cues[found.pattern().as_usize()] {
            Cue::Note => {
                cued.is_note = true;
                continue;
            }
            Cue::Mistake => &mut cued.owning_up,
            Cue::Compares => &mut cued.comparing,
        };
        let within = Span::of(found.range());
        let index = sentences.partition_point(|&tokens| row.covered(tokens).end <= within.start);
        let sentence = sentences.get(index).map(|&tokens| row.covered(tokens)).filter(|sentence| sentence.covers(within));
        // Found by where the words end, and so in the order of the sentences.
        list.extend(sentence.filter(|sentence| list.last() != Some(sentence)));
    }
    cued
}
