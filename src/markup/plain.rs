//! Plain text: paragraphs stand apart by empty lines. Where a text is wrapped, a paragraph's lines are joined, with the
//! hyphens at their ends; where it isn't, each line is a paragraph.

use super::{BlockBuilder, BlockKind, Markup, Stet, front_matter};
use crate::text::{LineIndex, Span};

/// No editor wraps at more columns than this (in bytes).
const WIDEST_WRAP: usize = 120;

pub(super) fn parse(source: &str) -> Markup {
    let mut markup = Markup::default();
    let (front, problem) = front_matter::parse(source);
    markup.problems.extend(problem);
    let lines = LineIndex::new(source);
    let first = if front.source.is_empty() { 0 } else { lines.line_at(front.source.end) };
    markup.front_matter = front;
    let wrapped = is_wrapped(source, &lines);
    let mut builder = BlockBuilder::default();
    let mut line_end = 0;
    for line in first..lines.len() {
        let range = lines.line_range(source, line);
        let whole = &source[range.clone()];
        let words = whole.trim();
        let start = range.start + (whole.len() - whole.trim_start().len());
        let span = Span::of(start..start + words.len());
        if let Some(stet) = mark(words, span, markup.blocks.len()) {
            markup.stets.push(stet);
            continue;
        }
        if words.is_empty() || !wrapped {
            markup.blocks.extend(builder.finish(BlockKind::Paragraph));
        }
        if words.is_empty() {
            continue;
        }
        if !builder.is_empty() {
            builder.push_line_break(Span::new(line_end, span.start), words);
        }
        builder.push_verbatim(source, span);
        line_end = span.end;
    }
    markup.blocks.extend(builder.finish(BlockKind::Paragraph));
    name_headline(&mut markup);
    markup
}

/// The mark that a line is, before the block of this number.
fn mark(line: &str, span: Span, block: usize) -> Option<Stet> {
    Stet::parse(line.strip_prefix('[')?.strip_suffix(']')?, span, block)
}

/// A text in which each line is a paragraph.
pub(super) fn parse_lines(source: &str) -> Markup {
    let lines = LineIndex::new(source);
    let mut markup = Markup::default();
    let mut builder = BlockBuilder::default();
    for line in 0..lines.len() {
        let span = Span::of(lines.line_range(source, line));
        if let Some(stet) = mark(span.text(source).trim(), span, markup.blocks.len()) {
            markup.stets.push(stet);
            continue;
        }
        builder.push_verbatim(source, span);
        markup.blocks.extend(builder.finish(BlockKind::Paragraph));
    }
    markup
}

/// A text is wrapped when no line is long, and a line that another follows breaks off in the middle of a sentence.
fn is_wrapped(source: &str, lines: &LineIndex) -> bool {
    let (mut followed, mut broken_off) = (0_u32, 0_u32);
    for line in 0..lines.len() {
        let words = source[lines.line_range(source, line)].trim();
        if words.len() > WIDEST_WRAP {
            return false;
        }
        let next = source[lines.line_range(source, line + 1)].trim();
        if words.is_empty() || line + 1 == lines.len() || next.is_empty() {
            continue;
        }
        followed += 1;
        broken_off += u32::from(!words.ends_with(['.', '!', '?', '”', '"', ':']));
    }
    broken_off * 2 >= followed
}

/// A first line that is no sentence and stands alone is the headline.
fn name_headline(markup: &mut Markup) {
    let count = markup.blocks.len();
    if let Some(first) = markup.blocks.first_mut()
        && count > 1
        && first.text.len() <= 160
        && !first.text.ends_with(['.', ':', ';', ',', '”', '"'])
    {
        first.kind = BlockKind::Headline;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(source: &str) -> Vec<String> {
        parse(source).blocks.iter().map(|block| block.text.to_string()).collect()
    }

    #[test]
    fn wrapped_lines_are_joined_and_broken_words_mended() {
        let source = "A NOTE\n\nThe envoy came with a dele-\ngation of nine, and the talks went\non for hours.\n\nThen he left.";
        assert_eq!(
            texts(source),
            ["A NOTE", "The envoy came with a delegation of nine, and the talks went on for hours.", "Then he left."]
        );
    }

    #[test]
    fn lines_that_are_paragraphs_stay_apart() {
        let long = "word ".repeat(40);
        assert_eq!(texts(&format!("Head\n{long}.\nShort line.\n")).len(), 3);
    }

    #[test]
    fn stet_marks_are_no_prose_and_speak_of_the_next_block() {
        let markup = parse("One.\n\n[stet: name-variant \"Kiev\"]\n\nKiev.\n");
        assert_eq!(markup.blocks.len(), 2);
        assert_eq!(markup.stets[0].block, 1);
    }
}
