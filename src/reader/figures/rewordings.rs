//! What has been written in place of a block's figures. Writing one, and reading it back, takes longer than all else a rule does for it;
//! without this each letter typed elsewhere in a draft, and each of its fixes on trial, would have all of them written anew.

use std::sync::{Mutex, OnceLock, PoisonError};

use rust_decimal::Decimal;
use rustc_hash::FxHashMap;

use super::write::{Rewording, write_figure, write_number};
use super::{Figure, FigureMention};
use crate::text::Span;

/// How much is kept of one place: several rules ask there, and the value that it should have changes while somebody types that elsewhere.
const KEPT: usize = 4;

/// The rewordings of one block's figures that were asked for lately. What is kept says what a fresh one would. Few blocks are ever asked, and
/// a table has a block a cell: hence the box.
#[derive(Debug, Default)]
pub(crate) struct Rewordings(OnceLock<Box<Mutex<Places>>>);

/// What was asked for each place, the latest last, and what was written.
type Places = FxHashMap<Span, Vec<(Asked, Option<Rewording>)>>;

/// All that a rewording depends on, but the block's text.
#[derive(Debug, PartialEq)]
struct Asked {
    figure: FigureMention,
    wanted: Wanted,
}

#[derive(Debug, PartialEq)]
enum Wanted {
    Figure { other: Figure, words: String },
    Number(Decimal),
}

impl Rewordings {
    /// What [`write_figure`] writes into the text of this block.
    pub(crate) fn figure(&self, text: &str, whole: Span, figure: &FigureMention, other: &Figure, words: &str) -> Option<Rewording> {
        let wanted = Wanted::Figure { other: other.clone(), words: words.to_owned() };
        self.of(whole, Asked { figure: figure.clone(), wanted }, || write_figure(text, whole, figure, other, words))
    }

    /// What [`write_number`] writes into the text of this block.
    pub(crate) fn number(&self, text: &str, whole: Span, figure: &FigureMention, value: Decimal) -> Option<Rewording> {
        let asked = Asked { figure: figure.clone(), wanted: Wanted::Number(value) };
        self.of(whole, asked, || write_number(text, whole, figure, value))
    }

    fn of(&self, whole: Span, asked: Asked, write: impl FnOnce() -> Option<Rewording>) -> Option<Rewording> {
        let lock = || self.0.get_or_init(Box::default).lock().unwrap_or_else(PoisonError::into_inner);
        let known =
            lock().get(&whole).and_then(|known| known.iter().find(|(other, _)| *other == asked).map(|(_, written)| written.clone()));
        known.unwrap_or_else(|| {
            let written = write();
            let mut places = lock();
            let known = places.entry(whole).or_default();
            if known.len() >= KEPT {
                known.remove(0);
            }
            known.push((asked, written.clone()));
            written
        })
    }
}

/// A block that is copied has been asked nothing yet.
impl Clone for Rewordings {
    fn clone(&self) -> Self {
        Self::default()
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::document::Document;
    use crate::markup::Format;
    use crate::reader::figures::FigureCandidate;
    use crate::reader::read_block;

    /// The text of one block, and its figures.
    fn block(text: &str) -> (Arc<str>, Vec<FigureCandidate>) {
        let document = Document::parse(text.into(), Format::Plain);
        let block = &document.blocks()[0];
        (block.text.clone(), read_block(block).figures)
    }

    #[test]
    fn what_is_kept_is_what_would_be_written_whoever_asks_and_however_often() {
        let (text, figures) = block("The port moved 40 boats and 1,300 crates, then 12 million tonnes, about 20% of the grain.");
        let kept = Rewordings::default();
        let mut written = 0;
        for _ in 0..3 {
            for candidate in &figures {
                for other in &figures {
                    let words = other.span.text(&text);
                    let fresh = write_figure(&text, candidate.span, &candidate.figure, &other.figure, words);
                    assert_eq!(kept.figure(&text, candidate.span, &candidate.figure, &other.figure, words), fresh, "{words}");
                    let fresh_number = write_number(&text, candidate.span, &candidate.figure, other.figure.written.value);
                    assert_eq!(kept.number(&text, candidate.span, &candidate.figure, other.figure.written.value), fresh_number, "{words}");
                    written += usize::from(fresh.is_some()) + usize::from(fresh_number.is_some());
                }
            }
        }
        assert!(written > figures.len(), "only {written} were written at all");
        assert!(kept.0.get().unwrap().lock().unwrap().values().all(|known| known.len() <= KEPT), "no place keeps more than so many");
    }

    #[test]
    fn nothing_is_written_twice_for_the_same_question() {
        let (_, figures) = block("The port moved 40 boats and 1,300 crates.");
        let [boats, crates] = figures.as_slice() else { panic!("two figures are read: {figures:?}") };
        let asked = || Asked { figure: (*boats.figure).clone(), wanted: Wanted::Number(crates.figure.value) };
        let kept = Rewordings::default();
        let rewording = Rewording { span: boats.span, words: "1,300".to_owned() };
        assert_eq!(kept.of(boats.span, asked(), || Some(rewording.clone())), Some(rewording.clone()));
        assert_eq!(kept.of(boats.span, asked(), || panic!("it was written already")), Some(rewording));
    }
}
