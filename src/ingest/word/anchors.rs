//! Where the words of a Word document's text stand in its file: what a comment is hung on.

use std::ops::Range;

use super::super::places::offset_in;
use super::super::xml::Element;
use crate::text::Span;

/// The way from a document's text to the bytes of its main part.
#[derive(Debug, Default)]
pub(super) struct Anchors {
    runs: Vec<Run>,
    children: Vec<Child>,
    wholes: Vec<Whole>,
    /// In the order of the text.
    pieces: Vec<Piece>,
}

/// Words of one look.
#[derive(Debug)]
pub(super) struct Run {
    pub(super) span: Range<usize>,
    /// What says how they look.
    pub(super) about: Option<Range<usize>>,
}

/// One thing in a run: words, a tab, the mark of a note.
#[derive(Debug)]
pub(super) struct Child {
    pub(super) run: usize,
    pub(super) span: Range<usize>,
    /// What is between its tags.
    pub(super) inner: Range<usize>,
    before: Point,
    behind: Point,
    /// Whether blanks at the ends of its words count, as it says itself.
    pub(super) keeps_blanks: bool,
    may_be_cut: bool,
}

/// Where a comment is hung that is on words within something which can have none.
#[derive(Clone, Copy, Debug)]
struct Whole {
    start: Point,
    end: Point,
    within: Within,
}

/// What words stand in that can have no comment of their own: Word leaves out those that stand there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Within {
    Note,
    Frame,
    /// A formula, or something else that isn't Word's own.
    Other,
}

/// A stretch of the text, and what it stands for.
#[derive(Clone, Copy, Debug)]
struct Piece {
    text: Span,
    at: At,
}

/// What some words stand for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum At {
    /// Bytes of a child: as they stand, or one thing that can't be cut.
    Child { child: usize, from: usize, to: usize, is_verbatim: bool },
    /// By its number among those.
    Whole(usize),
}

/// A place in the main part where a mark may be put, and what has to be cut for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Point {
    pub(super) at: usize,
    pub(super) cut: Option<Cut>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Cut {
    /// A run between two of its children.
    Run(usize),
    /// The words of a child, and its run.
    Words(usize),
}

/// Where a comment begins and ends, and what its words stand in where that isn't the very words.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    pub(super) start: Point,
    pub(super) end: Point,
    pub(super) within: Option<Within>,
}

impl Anchors {
    pub(super) fn add_run(&mut self, element: &Element<'_>) -> usize {
        self.runs.push(Run { span: element.span.clone(), about: element.child("rPr").map(|about| about.span.clone()) });
        self.runs.len() - 1
    }

    /// Adds a child of a run, which that may begin or end with.
    pub(super) fn add_child(&mut self, run: usize, element: &Element<'_>, is_first: bool, is_last: bool) -> usize {
        let written = element.part();
        let tag = start_tag(written).len();
        let end = written.rfind("</").filter(|end| *end >= tag).unwrap_or(tag);
        let inner = written.get(tag..end).unwrap_or_default();
        let space = element.attribute("space");
        let keeps_blanks = space == Some("preserve");
        let blank = |c: char| c.is_ascii_whitespace();
        // Words that have tags of their own in them; and those whose ends Word leaves out, which would come to light as ends of their own.
        let has_loose_ends =
            !keeps_blanks && (space.is_some() || inner.starts_with(blank) || inner.ends_with(blank) || inner.contains("&#"));
        let base = element.span.start;
        let of_run = self.runs.get(run).map_or(element.span.clone(), |run| run.span.clone());
        let point = |is_edge: bool, edge: usize, own: usize| {
            if is_edge { Point { at: edge, cut: None } } else { Point { at: own, cut: Some(Cut::Run(run)) } }
        };
        self.children.push(Child {
            run,
            span: element.span.clone(),
            inner: base + tag..base + end,
            before: point(is_first, of_run.start, element.span.start),
            behind: point(is_last, of_run.end, element.span.end),
            keeps_blanks,
            may_be_cut: !inner.contains('<') && !has_loose_ends,
        });
        self.children.len() - 1
    }

    /// A child of a run as a whole.
    pub(super) fn add_whole_child(&mut self, child: usize, within: Within) -> usize {
        let whole = self.children.get(child).map(|one| Whole { start: one.before, end: one.behind, within });
        self.wholes.extend(whole);
        self.wholes.len().saturating_sub(1)
    }

    /// Something that stands between runs, as a whole.
    pub(super) fn add_whole(&mut self, element: &Element<'_>, within: Within) -> usize {
        let point = |at| Point { at, cut: None };
        self.wholes.push(Whole { start: point(element.span.start), end: point(element.span.end), within });
        self.wholes.len() - 1
    }

    /// The same place for what stands in something else there.
    pub(super) fn add_whole_like(&mut self, whole: usize, within: Within) -> usize {
        let like = self.wholes.get(whole).map(|whole| Whole { within, ..*whole });
        self.wholes.extend(like);
        self.wholes.len().saturating_sub(1)
    }

    pub(super) fn add_piece(&mut self, text: Span, at: At) {
        self.pieces.push(Piece { text, at });
    }

    /// Where a comment on some bytes of the text is to stand; none where nothing of the file is there.
    pub(super) fn place(&self, span: Span) -> Option<Place> {
        let from = self.pieces.partition_point(|piece| piece.text.end <= span.start);
        let to = self.pieces.partition_point(|piece| piece.text.start < span.end);
        let (first, last) = (self.pieces.get(from..to)?.first()?, self.pieces.get(from..to)?.last()?);
        let (start, end) = (self.edge(first, span.start, false)?, self.edge(last, span.end, true)?);
        let within = [first, last].into_iter().find_map(|piece| match piece.at {
            At::Whole(whole) => self.wholes.get(whole).map(|whole| whole.within),
            At::Child { .. } => None,
        });
        // Nothing is about no words at all.
        (start.at < end.at).then_some(Place { start, end, within })
    }

    pub(super) fn run(&self, cut: Cut) -> Option<&Run> {
        match cut {
            Cut::Run(run) => self.runs.get(run),
            Cut::Words(child) => self.runs.get(self.children.get(child)?.run),
        }
    }

    pub(super) fn child(&self, child: usize) -> Option<&Child> {
        self.children.get(child)
    }

    /// The point of a byte of the text that stands in a piece or at its end.
    fn edge(&self, piece: &Piece, offset: u32, is_end: bool) -> Option<Point> {
        match piece.at {
            At::Whole(whole) => self.wholes.get(whole).map(|whole| if is_end { whole.end } else { whole.start }),
            At::Child { child, from, to, is_verbatim } => {
                let one = self.children.get(child)?;
                let inside = offset.clamp(piece.text.start, piece.text.end).saturating_sub(piece.text.start) as usize;
                let at = match is_verbatim {
                    true => from + inside,
                    false if is_end => to,
                    false => from,
                };
                let at_start = at <= one.inner.start || !one.may_be_cut && !is_end;
                let at_end = at >= one.inner.end || !one.may_be_cut && is_end;
                Some(match (at_start, at_end) {
                    // What has nothing between its tags is both.
                    (true, true) if is_end => one.behind,
                    (true, _) => one.before,
                    (_, true) => one.behind,
                    _ => Point { at, cut: Some(Cut::Words(child)) },
                })
            }
        }
    }
}

/// The tag that an element begins with.
pub(super) fn start_tag(element: &str) -> &str {
    let mut quote = None;
    for (at, byte) in element.bytes().enumerate() {
        match (quote, byte) {
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), _) if open == byte => quote = None,
            (None, b'>') => return element.get(..=at).unwrap_or(element),
            _ => {}
        }
    }
    element
}

/// The words of a paragraph on their way into the text, each with what it stands for.
#[derive(Debug, Default)]
pub(super) struct Paragraph {
    text: String,
    pieces: Vec<Piece>,
}

impl Paragraph {
    pub(super) fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }

    /// Adds the words of a text of `part`. A line in the file is none in the document.
    pub(super) fn push_text(&mut self, words: &str, child: Holder, part: &str) {
        let Some(start) = offset_in(part, words) else { return };
        for (at, c) in words.char_indices() {
            let (from, to) = (start + at, start + at + c.len_utf8());
            let shown = if c.is_control() { ' ' } else { c };
            self.push(shown, child.of(from, to, shown.len_utf8() == c.len_utf8()));
        }
    }

    /// Adds what a reference in `part` stands for.
    pub(super) fn push_reference(&mut self, words: &str, written: &str, child: Holder, part: &str) {
        let Some(from) = offset_in(part, written) else { return };
        for c in words.chars() {
            self.push(if c.is_control() { ' ' } else { c }, child.of(from, from + written.len(), false));
        }
    }

    pub(super) fn push(&mut self, c: char, at: At) {
        let start = self.text.len();
        self.text.push(c);
        let text = Span::of(start..self.text.len());
        if let Some(last) = self.pieces.last_mut()
            && let Some(joined) = last.at.joined(at)
        {
            last.at = joined;
            last.text.end = text.end;
        } else {
            self.pieces.push(Piece { text, at });
        }
    }

    /// Ends the paragraph: its words go to the end of `text`, and the way back from there to `anchors`. None where it has no words.
    pub(super) fn end(&mut self, text: &mut String, anchors: &mut Anchors) -> Option<Span> {
        let Self { text: own, pieces } = std::mem::take(self);
        let words = own.trim();
        if words.is_empty() {
            return None;
        }
        let left_out = (own.len() - own.trim_start().len()) as u32;
        let kept = Span::new(left_out, left_out + words.len() as u32);
        let start = text.len() as u32;
        text.push_str(words);
        for piece in pieces {
            let part = Span::new(piece.text.start.max(kept.start), piece.text.end.min(kept.end).max(piece.text.start.max(kept.start)));
            if part.is_empty() {
                continue;
            }
            let at = piece.at.from(part.start - piece.text.start);
            anchors.add_piece(Span::new(start + part.start - left_out, start + part.end - left_out), at);
        }
        Some(Span::new(start, start + words.len() as u32))
    }
}

impl At {
    /// Both, where the one goes on in the other.
    fn joined(self, next: Self) -> Option<Self> {
        match (self, next) {
            (Self::Whole(one), Self::Whole(other)) if one == other => Some(self),
            (Self::Child { child, from, to, is_verbatim: true }, Self::Child { child: other, from: then, to: end, is_verbatim: true })
                if child == other && to == then =>
            {
                Some(Self::Child { child, from, to: end, is_verbatim: true })
            }
            _ => None,
        }
    }

    /// What is left of it when so many bytes of its words are left out.
    fn from(self, bytes: u32) -> Self {
        match self {
            Self::Child { child, from, to, is_verbatim: true } => Self::Child { child, from: from + bytes as usize, to, is_verbatim: true },
            other => other,
        }
    }
}

/// What the words that are being read stand in.
#[derive(Clone, Copy, Debug)]
pub(super) enum Holder {
    Child(usize),
    Whole(usize),
}

impl Holder {
    /// What an element as a whole stands for.
    pub(super) fn as_one(self, element: &Element<'_>) -> At {
        self.of(element.span.start, element.span.end, false)
    }

    fn of(self, from: usize, to: usize, is_verbatim: bool) -> At {
        match self {
            Self::Child(child) => At::Child { child, from, to, is_verbatim },
            Self::Whole(whole) => At::Whole(whole),
        }
    }
}
