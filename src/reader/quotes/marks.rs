//! Pairs quotation marks of every style within one block: tells apostrophes from single marks, and keeps a mark that
//! was never closed from swallowing the prose behind it.

use super::quote_words::QUOTE_WORDS;
use crate::text::Span;

/// Words between two marks, or behind one that the block leaves open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Pair {
    /// Bytes of the block's text, without the marks and the blanks next to them.
    pub(super) inner: Span,
    /// The same with the marks.
    pub(super) outer: Span,
    /// How many quotations it stands in.
    pub(super) depth: u8,
    /// Whether a mark closes it; otherwise it runs to the end of the block.
    pub(super) closed: bool,
    /// Whether a mark opens it; otherwise it runs from the start of the block, and was opened in one before.
    pub(super) opened: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Style {
    Curly,
    Straight,
    Single,
    Angle,
    SingleAngle,
}

#[derive(Clone, Copy, Debug)]
struct Mark {
    span: Span,
    style: Style,
    opens: bool,
    closes: bool,
    /// For a single mark: whether it can't be an apostrophe where it closes.
    sure: bool,
}

/// Quotations within quotations within quotations are as deep as prose goes.
const MAX_DEPTH: u8 = 3;
/// How many marks ahead a closing one is looked for.
const MAX_AHEAD: usize = 48;

/// All quotations of a block, in the order of their opening marks.
pub(super) fn pairs(text: &str) -> Vec<Pair> {
    let marks = marks(text);
    let mut out = Vec::new();
    if !marks.is_empty() {
        pair(text, &marks, 0, &mut out);
        let crossed = |tail: &Pair| out.iter().any(|pair| pair.outer.overlaps(tail.outer) && !tail.outer.covers(pair.outer));
        if let Some(tail) = tail(text, &marks).filter(|tail| !crossed(tail)) {
            for pair in out.iter_mut().filter(|pair| tail.outer.covers(pair.outer)) {
                pair.depth = pair.depth.saturating_add(1);
            }
            out.insert(0, tail);
        }
    }
    out
}

/// Whether a mark may begin with a byte: asked of every one of a text.
static LEADS: [bool; 256] = {
    let mut leads = [false; 256];
    let each = [b'"', b'\'', b'`', 0xC2, 0xE2];
    let mut at = 0;
    while at < each.len() {
        leads[each[at] as usize] = true;
        at += 1;
    }
    leads
};

fn marks(text: &str) -> Vec<Mark> {
    let bytes = text.as_bytes();
    let mut out: Vec<Mark> = Vec::new();
    let mut at = 0;
    while let Some(lead) = bytes[at..].iter().position(|&byte| LEADS[usize::from(byte)]) {
        at += lead;
        let Some(c) = text.get(at..).and_then(|rest| rest.chars().next()) else {
            at += 1;
            continue;
        };
        let mut len = c.len_utf8();
        let doubled = matches!(c, '\'' | '`') && bytes.get(at + 1) == Some(&bytes[at]);
        if doubled {
            len = 2;
        }
        let before = text[..at].chars().next_back();
        let after = text[at + len..].chars().next();
        let span = Span::of(at..at + len);
        at += len;
        if let Some(mark) = mark(text, c, doubled, span, before, after) {
            out.push(mark);
        }
    }
    out
}

fn mark(text: &str, c: char, doubled: bool, span: Span, before: Option<char>, after: Option<char>) -> Option<Mark> {
    let after_gap = before.is_none_or(|b| b.is_whitespace() || matches!(b, '(' | '[' | '{' | '/' | '—' | '–' | '-' | '…' | ':' | ','));
    let after_mark = before.is_some_and(is_quotation_mark);
    let before_word = after.is_some_and(|a| !a.is_whitespace() && !matches!(a, '.' | ',' | ';' | ':' | '!' | '?' | ')' | ']' | '}'))
        || text[span.end as usize..].starts_with("...");
    let behind_word = before.is_some_and(|b| !b.is_whitespace() && !matches!(b, '(' | '[' | '{'));
    let spaced_both = before.is_some_and(char::is_whitespace) && after.is_some_and(char::is_whitespace);
    let mark = |style, opens, closes| Mark { span, style, opens, closes, sure: true };
    Some(match c {
        '"' | '\'' if c == '"' || doubled => {
            // Feet and inches.
            let inches = before.is_some_and(|b| b.is_ascii_digit()) && after.is_none_or(|a| !a.is_alphanumeric());
            let opens = (after_gap || after_mark) && before_word || spaced_both;
            Mark { sure: !inches, ..mark(Style::Straight, opens, behind_word || spaced_both) }
        }
        '`' if doubled => mark(Style::Straight, true, false),
        '“' => mark(Style::Curly, true, behind_word && !before_word),
        '„' | '‟' => mark(Style::Curly, true, false),
        '”' => mark(Style::Curly, after_gap && before_word && !behind_word, true),
        '«' => mark(Style::Angle, before.is_none_or(|b| !b.is_alphanumeric()), behind_word && !before_word),
        '»' => mark(Style::Angle, before.is_none_or(char::is_whitespace) && before_word, true),
        '‹' => mark(Style::SingleAngle, before.is_none_or(|b| !b.is_alphanumeric()), behind_word && !before_word),
        '›' => mark(Style::SingleAngle, before.is_none_or(char::is_whitespace) && before_word, true),
        '‘' | '‚' | '‛' | '`' => {
            let opens = before_word && !before.is_some_and(char::is_alphanumeric) && !is_elision(text, span.end as usize);
            mark(Style::Single, opens, false)
        }
        '\'' | '’' => {
            let letter_before = before.is_some_and(char::is_alphanumeric);
            if letter_before && after.is_some_and(char::is_alphanumeric) {
                return None;
            }
            let opens = c == '\'' && (after_gap || after_mark) && before_word && !is_elision(text, span.end as usize);
            let ends = after.is_none_or(|a| matches!(a, '.' | ',' | ';' | ':' | '!' | '?' | ')' | ']' | '—') || is_quotation_mark(a));
            let sure = !letter_before || ends || !before.is_some_and(|b| matches!(b, 's' | 'S'));
            Mark { sure, ..mark(Style::Single, opens, behind_word) }
        }
        _ => return None,
    })
}

const fn is_quotation_mark(c: char) -> bool {
    matches!(c, '"' | '\'' | '“' | '”' | '‘' | '’' | '«' | '»' | '„' | '‚' | '‹' | '›')
}

fn is_elision(text: &str, at: usize) -> bool {
    let word = &text[at..];
    let end = word.find(|c: char| !c.is_alphanumeric()).unwrap_or(word.len());
    let word = &word[..end];
    if word.starts_with(|c: char| c.is_ascii_digit()) {
        // The ’90s, but not ‘90 days’.
        return word.len() == 3 && word.ends_with('s');
    }
    QUOTE_WORDS.elision.has_in_any_case(word)
}

/// What stands before a mark that closes a quotation of a block before.
fn tail(text: &str, marks: &[Mark]) -> Option<Pair> {
    let first = marks.iter().find(|mark| mark.style != Style::Single)?;
    let stray = !first.opens && first.closes && first.sure;
    let inner = trimmed(text, Span::new(0, first.span.start));
    (stray && !inner.is_empty()).then(|| Pair { inner, outer: Span::new(0, first.span.end), depth: 0, closed: true, opened: false })
}

fn pair(text: &str, marks: &[Mark], depth: u8, out: &mut Vec<Pair>) {
    let mut at = 0;
    while let Some(open) = marks.get(at) {
        if !open.opens {
            at += 1;
            continue;
        }
        if let Some(close) = closing(marks, at) {
            push(text, open.span, marks[close].span, depth, out);
            if depth < MAX_DEPTH {
                pair(text, &marks[at + 1..close], depth.saturating_add(1), out);
            }
            at = close + 1;
        } else {
            let last_of_style = marks[at + 1..].iter().all(|mark| mark.style != open.style);
            if depth == 0 && open.style != Style::Single && last_of_style && !open.closes {
                let end = Span::new(text.len() as u32, text.len() as u32);
                let inner = trimmed(text, Span::new(open.span.end, end.start));
                if !inner.is_empty() {
                    out.push(Pair { inner, outer: open.span.join(end), depth, closed: false, opened: true });
                }
                pair(text, &marks[at + 1..], depth.saturating_add(1), out);
                return;
            }
            at += 1;
        }
    }
}

/// The mark that closes the one at `open`; none where another of its style opens before.
fn closing(marks: &[Mark], open: usize) -> Option<usize> {
    if let Some(close) = closing_in_other_style(marks, open) {
        return Some(close);
    }
    let style = marks[open].style;
    let mut unsure = None;
    for (index, mark) in marks.iter().enumerate().skip(open + 1).take(MAX_AHEAD) {
        if mark.style != style {
            continue;
        }
        if style == Style::Single {
            if mark.closes && mark.sure {
                return Some(index);
            }
            if mark.opens {
                // ‘What does “won't” mean?’ is rarer than a mark that was forgotten.
                return unsure;
            }
            if mark.closes && unsure.is_none() {
                unsure = Some(index);
            }
        } else if mark.closes && mark.sure {
            return Some(index);
        } else if mark.opens {
            return None;
        }
    }
    unsure
}

/// A straight mark that closes what a curly one opened, or the other way round, as happens when copy is pasted together.
fn closing_in_other_style(marks: &[Mark], open: usize) -> Option<usize> {
    let double = |mark: &Mark| matches!(mark.style, Style::Curly | Style::Straight);
    if !double(&marks[open]) {
        return None;
    }
    let (index, next) = marks.iter().enumerate().skip(open + 1).take(MAX_AHEAD).find(|(_, mark)| double(mark))?;
    (next.closes && !next.opens && next.sure).then_some(index)
}

fn push(text: &str, open: Span, close: Span, depth: u8, out: &mut Vec<Pair>) {
    let inner = trimmed(text, Span::new(open.end, close.start));
    if !inner.is_empty() {
        out.push(Pair { inner, outer: open.join(close), depth, closed: true, opened: true });
    }
}

fn trimmed(text: &str, span: Span) -> Span {
    let words = span.text(text);
    let start = span.start + (words.len() - words.trim_start().len()) as u32;
    Span::new(start, start + words.trim().len() as u32)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn inner(text: &str) -> Vec<&str> {
        pairs(text).into_iter().filter(|pair| pair.closed && pair.opened).map(|pair| pair.inner.text(text)).collect()
    }

    #[test]
    fn every_style_of_mark_is_paired() {
        for (open, close) in
            [("“", "”"), ("\"", "\""), ("‘", "’"), ("'", "'"), ("«", "»"), ("« ", " »"), ("„", "“"), ("„", "”"), ("‹", "›"), ("``", "''")]
        {
            let text = format!("She said: {open}The dam holds{close}, and left.");
            assert_eq!(inner(&text), ["The dam holds"], "{text}");
        }
        assert_eq!(inner("She said “it holds\", and \"it stays” too."), ["it holds", "it stays"]);
        assert_eq!(inner("»So geht das«, sagte er"), ["So geht das"]);
    }

    #[test]
    fn nesting_goes_both_ways() {
        assert_eq!(inner("“He told me ‘stay home’, and I did,” she said."), ["He told me ‘stay home’, and I did,", "stay home"]);
        assert_eq!(inner("'He told me \"stay home\", and I did,' she said."), ["He told me \"stay home\", and I did,", "stay home"]);
        assert_eq!(inner("\"'Stay home,' he told me,\" she said."), ["'Stay home,' he told me,", "Stay home,"]);
    }

    #[test]
    fn apostrophes_are_no_marks() {
        assert_eq!(inner("The farmers' plan didn't work in the '90s, and 'tis a pity."), Vec::<&str>::new());
        assert_eq!(inner("‘The farmers’ plan didn’t work,’ she said."), ["The farmers’ plan didn’t work,"]);
        assert_eq!(inner("'The farmers' plan didn't work,' she said."), ["The farmers' plan didn't work,"]);
        assert_eq!(inner("She called it 'nonsense' and left the farmers' hall."), ["nonsense"]);
        assert_eq!(inner("A pole of 6'2\" stood by the boys' “den”."), ["den"]);
    }

    #[test]
    fn a_forgotten_mark_stays_contained() {
        assert_eq!(inner("He said “we go. Then “they came,” she said."), ["they came,"]);
        assert_eq!(inner("He said \"we go. Then she said \"they came\"."), ["they came"]);
        let open = pairs("“We go on and on");
        assert_eq!(open.len(), 1);
        assert!(!open[0].closed);
        let tail = pairs("It went on.” Then he left.");
        assert_eq!(tail.len(), 1);
        assert!(!tail[0].opened && tail[0].inner == Span::new(0, 11));
    }

    #[test]
    fn marks_without_end_cost_little() {
        let text = "'\"‘“".repeat(5000);
        assert!(pairs(&text).len() < 20_000);
    }

    proptest::proptest! {
        #[test]
        fn pairs_lie_on_boundaries_and_nest(text in "[a-z .,s'\"“”‘’«»„é—-]{0,60}") {
            let pairs = pairs(&text);
            for pair in &pairs {
                proptest::prop_assert!(text.get(pair.inner.range()).is_some());
                proptest::prop_assert!(pair.outer.covers(pair.inner));
                for other in &pairs {
                    let apart = !pair.outer.overlaps(other.outer);
                    proptest::prop_assert!(apart || pair.outer.covers(other.outer) || other.outer.covers(pair.outer));
                }
            }
        }
    }
}
