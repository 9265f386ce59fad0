//! One draft as a proof: its blocks as a reader sees them, marks in the words, and beside each block the notes on it.

use std::io::{self, Write};

use rustc_hash::FxHashMap;

use super::super::counted;
use super::super::results::Linted;
use super::super::xml::escaped;
use super::note::Note;
use super::places::{Place, Places, Role, Stretch};
use crate::corpus::{Citation, plain_date};
use crate::document::Document;
use crate::finding::{Finding, Severity};
use crate::markup::BlockKind;

/// A draft on its way onto the page.
pub(super) struct Article<'a> {
    pub(super) linted: &'a Linted,
    /// Its place among the drafts, and the number of its first finding, from 1.
    pub(super) index: usize,
    pub(super) first: usize,
}

impl Article<'_> {
    pub(super) fn write(&self, out: &mut dyn Write) -> io::Result<()> {
        let Linted { path, draft } = self.linted;
        let (index, document) = (self.index, &draft.document);
        writeln!(out, "<article id=\"d{index}\" aria-labelledby=\"t{index}\">")?;
        let words: usize = document.blocks().iter().map(|block| block.text.split_whitespace().count()).sum();
        let day = document.date().map_or_else(|| "no date".to_owned(), plain_date);
        writeln!(
            out,
            "<header><h2 id=\"t{index}\">{}</h2> <p>{} · {day}</p></header>",
            escaped(&path.to_string_lossy()),
            counted(words, "word"),
        )?;
        let places = Places::of(document, &draft.findings);
        let galley = Galley { article: self, document, places: &places, as_at: earlier(&draft.findings) };
        if draft.findings.is_empty() {
            // There is nothing to mark in it.
            writeln!(out, "<details><summary>Nothing to report; read it</summary>")?;
            galley.blocks(out)?;
            writeln!(out, "</details>")?;
        } else {
            galley.blocks(out)?;
        }
        let behind = [document.blocks().len()];
        if !places.notes(behind[0]).is_empty() {
            writeln!(out, "<div class=\"row\">")?;
            galley.notes(behind.into_iter(), out)?;
            writeln!(out, "</div>")?;
        }
        writeln!(out, "</article>")
    }
}

struct Galley<'a> {
    article: &'a Article<'a>,
    document: &'a Document,
    places: &'a Places,
    /// For each finding an earlier one that the same sources bear out.
    as_at: Vec<Option<usize>>,
}

impl Galley<'_> {
    fn blocks(&self, out: &mut dyn Write) -> io::Result<()> {
        let blocks = self.document.blocks();
        let mut from = 0;
        while let Some(block) = blocks.get(from) {
            let to = from + 1;
            let run = |is_more: fn(BlockKind) -> bool| to + blocks[to..].iter().take_while(|block| is_more(block.kind)).count();
            match block.kind {
                BlockKind::ListItem => {
                    let to = run(|kind| kind == BlockKind::ListItem);
                    // Without the role, a list whose marks are drawn is none to some screen readers.
                    writeln!(out, "<ul class=\"list\" role=\"list\">")?;
                    (from..to).try_for_each(|item| self.row("li", "", item, out))?;
                    writeln!(out, "</ul>")?;
                    from = to;
                    continue;
                }
                BlockKind::TableCell { .. } => {
                    let to = run(|kind| matches!(kind, BlockKind::TableCell { .. }));
                    from = self.table(from, to, out)?;
                    continue;
                }
                BlockKind::Headline => self.row("h3", "headline", from, out)?,
                BlockKind::Heading => self.row("h4", "", from, out)?,
                BlockKind::Paragraph => self.row("p", "", from, out)?,
                BlockKind::BlockQuote => self.row("blockquote", "", from, out)?,
                BlockKind::Caption => self.row("p", "caption", from, out)?,
                BlockKind::Byline => self.row("p", "byline", from, out)?,
            }
            from = to;
        }
        Ok(())
    }

    /// A block and beside it its notes.
    fn row(&self, element: &str, class: &str, block: usize, out: &mut dyn Write) -> io::Result<()> {
        if element == "li" {
            writeln!(out, "<li class=\"row\"><div class=\"text\" dir=\"auto\">{}</div>", self.marked(block))?;
            self.notes([block].into_iter(), out)?;
            return writeln!(out, "</li>");
        }
        let classes = if class.is_empty() { "text".to_owned() } else { format!("text {class}") };
        writeln!(out, "<div class=\"row\"><{element} class=\"{classes}\" dir=\"auto\">{}</{element}>", self.marked(block))?;
        self.notes([block].into_iter(), out)?;
        writeln!(out, "</div>")
    }

    /// The table that begins at `from`, and where it ends.
    fn table(&self, from: usize, to: usize, out: &mut dyn Write) -> io::Result<usize> {
        writeln!(out, "<div class=\"row\"><div class=\"text table\" role=\"group\" aria-label=\"Table\" tabindex=\"0\"><table>")?;
        let mut last = None;
        let mut end = to;
        let mut columns = 0;
        for block in from..to {
            let BlockKind::TableCell { row, column, header } = self.document.blocks()[block].kind else { break };
            // An earlier place than the last is in another table.
            if last.is_some_and(|last| last >= (row, column)) {
                end = block;
                break;
            }
            if last.is_none_or(|(above, _)| above != row) {
                if let Some((_, before)) = last {
                    ends_row(before, columns, out)?;
                }
                write!(out, "<tr>")?;
            }
            let first = last.filter(|(above, _)| *above == row).map_or(0, |(_, before)| before.saturating_add(1));
            // What is empty is no block.
            (first..column).try_for_each(|_| write!(out, "<td></td>"))?;
            let element = if header { "th scope=\"col\"" } else { "td" };
            write!(out, "<{element} dir=\"auto\">{}</{}>", self.marked(block), &element[..2])?;
            last = Some((row, column));
            columns = columns.max(column);
        }
        ends_row(last.map_or(columns, |(_, column)| column), columns, out)?;
        writeln!(out, "</table></div>")?;
        self.notes(from..end, out)?;
        writeln!(out, "</div>")?;
        Ok(end)
    }

    fn notes(&self, blocks: impl Iterator<Item = usize> + Clone, out: &mut dyn Write) -> io::Result<()> {
        let mut findings = blocks.flat_map(|block| self.places.notes(block)).copied().peekable();
        if findings.peek().is_none() {
            return Ok(());
        }
        writeln!(out, "<div class=\"notes\">")?;
        for index in findings {
            let finding = &self.article.linted.draft.findings[index];
            let as_at = self.as_at[index].map(|earlier| self.number(earlier));
            Note { document: self.document, places: self.places, finding, index, number: self.number(index), as_at }.write(out)?;
        }
        writeln!(out, "</div>")
    }

    fn number(&self, finding: usize) -> usize {
        self.article.first + finding
    }

    fn severity(&self, place: &Place) -> Severity {
        self.article.linted.draft.findings[place.finding].severity
    }

    /// A block's words with the marks in them.
    fn marked(&self, block: usize) -> String {
        let text = &self.document.blocks()[block].text;
        self.places.stretches(block, text).iter().map(|stretch| self.stretch(stretch, stretch.span.text(text))).collect()
    }

    fn stretch(&self, stretch: &Stretch<'_>, words: &str) -> String {
        let begun = stretch.begins.iter().filter_map(|place| match place.role {
            Role::Also(nth) => Some(format!("<span id=\"a{}-{nth}\"></span>", self.number(place.finding))),
            Role::Words { .. } => None,
        });
        let words = escaped(&words.replace(|c: char| c.is_whitespace() && c.is_control(), " "));
        let is_words = |place: &&&Place| matches!(place.role, Role::Words { .. });
        let numbers: Vec<String> = stretch.over.iter().filter(is_words).map(|place| self.number(place.finding).to_string()).collect();
        let level = stretch.over.iter().filter(is_words).map(|place| self.severity(place)).max();
        let words = match level {
            Some(severity) => format!("<mark class=\"{}\" data-of=\"{}\">{words}</mark>", severity.name(), numbers.join(" ")),
            None if stretch.over.is_empty() => words,
            None => format!("<span class=\"elsewhere\">{words}</span>"),
        };
        let ended = stretch.ends.iter().filter(|place| place.role == Role::Words { is_end: true }).map(|place| {
            let (number, level) = (self.number(place.finding), self.severity(place).name());
            format!(
                "<sup><a class=\"ref {level}\" id=\"m{number}\" href=\"#n{number}\" aria-describedby=\"s{number}\">\
                 <span class=\"unseen\">finding </span>{number}</a></sup>"
            )
        });
        begun.chain([words]).chain(ended).collect()
    }
}

/// A row is filled up to so many columns; one long row and many short ones would be a page without end.
const FILLED: u16 = 64;

/// Ends a row whose last cell with words is at `last`.
fn ends_row(last: u16, columns: u16, out: &mut dyn Write) -> io::Result<()> {
    (last..columns.min(FILLED)).try_for_each(|_| write!(out, "<td></td>"))?;
    writeln!(out, "</tr>")
}

/// For each finding the first one before it that the same sources bear out in the same words.
fn earlier(findings: &[Finding]) -> Vec<Option<usize>> {
    let mut firsts: FxHashMap<(&str, &[Citation]), usize> = FxHashMap::default();
    let said = findings.iter().enumerate().map(|(index, finding)| {
        if finding.evidence.is_empty() {
            return None;
        }
        let first = *firsts.entry((finding.rule.name, &finding.evidence)).or_insert(index);
        (first != index).then_some(first)
    });
    said.collect()
}
