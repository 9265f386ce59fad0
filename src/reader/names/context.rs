//! Which cues stand beside a candidate in its sentence.

use super::beside_names::BESIDE_NAMES;
use super::candidates::Scan;
use super::cues::Cues;
use crate::gazetteer::WordClass;
use crate::reader::placement::{is_called_a_settlement, is_placed};
use crate::text::{Shape, Span, TokenKind};

impl Scan<'_> {
    /// The cues of the tokens `from..end`, added to `cues`.
    pub(super) fn context(&self, from: usize, end: usize, mut cues: Cues, sentence_start: usize, sentence_end: usize) -> Cues {
        cues.add_if(Cues::TITLE_CASE, self.block_cues.has(Cues::TITLE_CASE));
        cues.add_if(Cues::SENTENCE_START, self.at_clause_start(from, sentence_start));
        cues.add_if(Cues::PLACED, is_called_a_settlement(self.row, from) || is_placed(self.row, end));
        let span = self.row.span(from, end);
        let titles = self.titles_near(from.saturating_sub(1), end);
        if from > sentence_start {
            let class = self.class(from - 1);
            let word = self.word(from - 1);
            let spaced = self.row.tokens[from].spaced;
            cues.add_if(Cues::AFTER_PLACE_PREPOSITION, class.is(WordClass::BEFORE_PLACE) && spaced);
            cues.add_if(Cues::AFTER_THE, matches!(word, "the" | "The"));
            cues.add_if(Cues::AFTER_DETERMINER, BESIDE_NAMES.determiner.has(word));
            cues.add_if(Cues::BESIDE_SPEECH, class.is(WordClass::SPEECH));
            cues.add_if(Cues::AFTER_SHIP, class.is(WordClass::SHIP) && spaced && !self.at_clause_start(from - 1, sentence_start));
            cues.add_if(Cues::AFTER_BY, matches!(word, "by" | "with" | "By"));
            cues.add_if(Cues::IN_BRACKETS, self.mark(from - 1, &['(']) && self.mark(end, &[')']));
            cues.add_if(
                Cues::IN_COMMA_CHAIN,
                self.mark(from - 1, &[','])
                    && from >= sentence_start + 2
                    && self.capital(from - 2)
                    && (end >= sentence_end || self.mark(end, &[',', '.', ';'])),
            );
            let lower_title = titles.iter().any(|title| title.span.end + 1 == span.start || title.span.end == span.start);
            cues.add_if(
                Cues::AFTER_TITLE,
                lower_title || class.is(WordClass::HONORIFIC) && !class.is(WordClass::HEAD) && !matches!(word, "of" | "don" | "fr"),
            );
            cues.add_if(
                Cues::AFTER_TITLE,
                from >= sentence_start + 2 && self.mark(from - 1, &['.']) && self.class(from - 2).is(WordClass::HONORIFIC),
            );
        }
        // The possessor of a title may well be a person; other names in a title hardly are.
        let owned = self.token(end).is_some_and(|token| token.kind == TokenKind::Possessive);
        cues.add_if(Cues::HEADED, titles.iter().any(|title| title.headed_body() == Some(Span::of(from..end))));
        cues.add_if(Cues::IN_TITLE, !owned && titles.iter().any(|title| title.span.covers(span)));
        if end < sentence_end {
            let (class, word) = (self.class(end), self.word(end));
            let token = self.row.tokens[end];
            match token.kind {
                TokenKind::Possessive => cues.add(Cues::POSSESSIVE),
                TokenKind::Word if token.shape == Shape::Lower => {
                    cues.add_if(Cues::BESIDE_SPEECH, class.is(WordClass::SPEECH));
                    cues.add_if(Cues::BEFORE_ACT, class.is(WordClass::ACT));
                    cues.add_if(Cues::BEFORE_WHO, BESIDE_NAMES.of_person.has(word));
                    let plain = class == WordClass::NONE
                        || class.is(WordClass::HEAD)
                        || class.is(WordClass::PLACE_HEAD)
                        || class.is(WordClass::HONORIFIC);
                    cues.add_if(Cues::BEFORE_NOUN, plain);
                }
                TokenKind::Mark if word == "," => {
                    cues.add_if(Cues::BEFORE_POST, titles.iter().any(|title| title.is_apposed_post(end)));
                    let next = self.word(end + 1);
                    cues.add_if(Cues::BEFORE_WHO, BESIDE_NAMES.of_person.has(next));
                    cues.add_if(Cues::BESIDE_SPEECH, self.class(end + 1).is(WordClass::SPEECH));
                    let age = self.token(end + 1).is_some_and(|token| token.kind == TokenKind::Number)
                        && (16..=99).contains(&next.parse::<u32>().unwrap_or(0));
                    cues.add_if(Cues::BEFORE_AGE, age && self.mark(end + 2, &[',', '.', ';', ')']) && next.len() == 2);
                    cues.add_if(Cues::IN_COMMA_CHAIN, self.capital(end + 1));
                    let apposition = BESIDE_NAMES.before_apposition.has(next)
                        && self.token(end + 2).is_some_and(|t| t.shape == Shape::Lower)
                        || self.class(end + 1).is(WordClass::HONORIFIC);
                    cues.add_if(Cues::BEFORE_APPOSITION, apposition);
                }
                TokenKind::Mark if word == "(" => {
                    let next = self.token(end + 1);
                    let inside = next.is_some_and(|t| t.shape == Shape::Upper && t.span.len() > 1) && self.mark(end + 2, &[')']);
                    cues.add_if(Cues::BEFORE_ACRONYM, inside);
                    cues.add_if(
                        Cues::BEFORE_AGE,
                        next.is_some_and(|t| t.kind == TokenKind::Number && t.span.len() == 2) && self.mark(end + 2, &[')']),
                    );
                }
                TokenKind::Mark if matches!(word, "-" | "‑") && !token.spaced => cues.add_if(Cues::BEFORE_HYPHEN, self.joined(end + 1)),
                TokenKind::Mark if matches!(word, ":" | "—" | "–" | "-") => cues.add_if(Cues::LABEL, from == 0),
                _ => {}
            }
        }
        cues
    }
}
