//! Whom a source quotes, and as saying what.

use super::{Gathered, Part, QuoteFact, Said};
use crate::corpus::quotes::{Speaker, corrects_quotation, says_something};
use crate::document::ProseSpan;
use crate::reader::{Join, MentionKind, words};

/// An utterance in the making.
struct Open {
    /// Which of the text's it is, and where it starts.
    number: u32,
    at: ProseSpan,
    words: String,
    said: QuoteFact,
    further: Vec<Part>,
}

pub(super) fn gather(gathered: &mut Gathered<'_>) {
    let source = gathered.source;
    let mut blocks = source.document.blocks().iter().zip(&source.reading.blocks);
    let corrected = blocks.any(|(block, reading)| corrects_quotation(block, reading));
    // Parts of one utterance stand in order, others perhaps between them.
    let mut open: Vec<Open> = Vec::new();
    for mention in &source.reading.mentions {
        let MentionKind::Quote(quote) = &mention.kind else { continue };
        if source.reading.is_in_correction(mention.at) {
            continue;
        }
        let earlier = open.iter_mut().rev().find(|open| open.number == quote.utterance).filter(|_| quote.join != Join::First);
        if let Some(earlier) = earlier {
            earlier.words.push_str(if quote.join == Join::Seamless { " " } else { " … " });
            let (start, end, sentence) = gathered.place(mention.at);
            earlier.further.push(Part { from: earlier.words.len() as u32, start, end, sentence });
            earlier.words.push_str(&quote.words);
            continue;
        }
        let speaker = quote.speaker.and_then(|speaker| source.reading.speaker(speaker)).map(Speaker::of);
        let said = QuoteFact { words: Box::default(), speaker, basis: quote.basis, corrected, further: Box::default() };
        open.push(Open { number: quote.utterance, at: mention.at, words: quote.words.clone(), said, further: Vec::new() });
    }
    for open in open {
        if says_something(&words(&open.words)) {
            gathered.add(open.at, Said::Quote(QuoteFact { words: open.words.into(), further: open.further.into(), ..open.said }));
        }
    }
}
