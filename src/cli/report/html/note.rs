//! What is said of a finding in the margin: what differs, what to change, and the sources' own sentences.

use std::io::{self, Write};

use super::super::from_here;
use super::super::text::clipped;
use super::super::xml::escaped;
use super::places::{Places, Role};
use crate::corpus::Citation;
use crate::document::Document;
use crate::features::web_address;
use crate::finding::{Applicability, Finding, Fix, Severity};
use crate::markup::Format;
use crate::text::TextEdit;

/// How many of a note's sources, and of its other places, are seen without opening anything.
pub(super) const SHOWN: usize = 2;
/// How much of a word on either side of a change is shown with it, in characters.
const LONGEST_WORD: usize = 40;

/// A finding with its number on the page.
pub(super) struct Note<'a> {
    pub(super) document: &'a Document,
    pub(super) places: &'a Places,
    pub(super) finding: &'a Finding,
    pub(super) index: usize,
    pub(super) number: usize,
    /// The number of an earlier finding that the same sources bear out.
    pub(super) as_at: Option<usize>,
}

impl Note<'_> {
    pub(super) fn write(&self, out: &mut dyn Write) -> io::Result<()> {
        let (number, rule) = (self.number, self.finding.rule.name);
        let level = self.finding.severity.name();
        writeln!(
            out,
            "<div class=\"note {level}\" id=\"n{number}\" role=\"note\" tabindex=\"-1\" aria-labelledby=\"h{number}\" \
             data-severity=\"{level}\" data-rule=\"{rule}\">"
        )?;
        let is_in_text = self.places.has(self.index, Role::Words { is_end: true });
        let shown = format!("<span class=\"unseen\">Finding </span>{number}");
        let head = if is_in_text {
            format!("<a class=\"number\" href=\"#m{number}\">{shown}<span class=\"unseen\">, back to the text</span></a>")
        } else {
            format!("<span class=\"number\">{shown}</span>")
        };
        writeln!(
            out,
            "<p class=\"head\"><span id=\"h{number}\">{head} <span class=\"level\">{}</span></span> \
             <a class=\"rule\" href=\"#rule-{rule}\">{rule}</a> <span class=\"line\">line {}</span></p>",
            level_word(self.finding.severity),
            self.document.position(self.finding.span.start).line + 1,
        )?;
        if !is_in_text {
            let words = self.finding.span.text(self.document.source());
            writeln!(out, "<p class=\"words\"><code>{}</code></p>", escaped(&clipped(words.trim())))?;
        }
        writeln!(out, "<p class=\"message\" id=\"s{number}\">{}</p>", escaped(&self.finding.message))?;
        self.also(out)?;
        self.finding.fixes.iter().try_for_each(|fix| writeln!(out, "{}", change(self.document, fix)))?;
        if let Some(earlier) = self.as_at {
            writeln!(out, "<p class=\"as-at\">sources as at <a href=\"#n{earlier}\">{earlier}</a></p>")?;
            return writeln!(out, "</div>");
        }
        let (seen, folded) = self.finding.evidence.split_at(self.finding.evidence.len().min(SHOWN));
        seen.iter().try_for_each(|citation| evidence(citation, out))?;
        if !folded.is_empty() {
            let count = folded.len();
            writeln!(out, "<details><summary>{count} more {}</summary>", if count == 1 { "source" } else { "sources" })?;
            folded.iter().try_for_each(|citation| evidence(citation, out))?;
            writeln!(out, "</details>")?;
        }
        writeln!(out, "</div>")
    }

    /// The other places that it concerns.
    fn also(&self, out: &mut dyn Write) -> io::Result<()> {
        let related = &self.finding.related;
        if related.is_empty() {
            return Ok(());
        }
        writeln!(out, "<ul class=\"also\">")?;
        for (nth, (span, label)) in related.iter().enumerate().take(SHOWN) {
            let words = escaped(&clipped(span.text(self.document.source()).trim()));
            let words = if self.places.has(self.index, Role::Also(nth)) {
                format!("<a href=\"#a{}-{nth}\">“{words}”</a>", self.number)
            } else {
                format!("“{words}”")
            };
            writeln!(out, "<li>{} {words}</li>", escaped(label))?;
        }
        let more = related.len().saturating_sub(SHOWN);
        if more > 0 {
            writeln!(out, "<li>and {more} more</li>")?;
        }
        writeln!(out, "</ul>")
    }
}

/// A severity as a reader knows it.
pub(super) fn level_word(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "remark",
        Severity::Hint => "hint",
    }
}

fn evidence(citation: &Citation, out: &mut dyn Write) -> io::Result<()> {
    let source = &citation.source;
    let outlet = escaped(source.outlet_or_id());
    let outlet = match source.url.as_deref().and_then(web_address) {
        Some(address) => format!("<a href=\"{}\" rel=\"noreferrer\">{outlet}</a>", escaped(&address)),
        None => outlet,
    };
    let day = match (source.published, source.day()) {
        (Some(date), Some(day)) => format!(", <time datetime=\"{date}\">{day}</time>"),
        _ => String::new(),
    };
    let place = escaped(&format!("{}:{}", from_here(&source.id), citation.start.line + 1));
    let sentence = clipped(&citation.sentence);
    // A sentence that begins with somebody's words is seen to be quoted.
    let (open, close) = if sentence.starts_with(['“', '"', '‘']) { ("", "") } else { ("“", "”") };
    writeln!(
        out,
        "<figure><blockquote dir=\"auto\"><p>{open}{}{close}</p></blockquote>\n<figcaption><cite>{outlet}</cite>{day} <span class=\"place\">{place}</span></figcaption></figure>",
        escaped(&sentence)
    )
}

/// A fix as what stands there and what would: each change once, with how often it is made.
fn change(document: &Document, fix: &Fix) -> String {
    let mut changes: Vec<((String, String), usize)> = Vec::new();
    for edit in &fix.edits {
        let change = in_words(document, edit);
        match changes.iter_mut().find(|(known, _)| *known == change) {
            Some((_, times)) => *times += 1,
            None => changes.push((change, 1)),
        }
    }
    let told: Vec<String> = changes
        .iter()
        .map(|((from, to), times)| {
            let times = if *times > 1 { format!(" <small>in {times} places</small>") } else { String::new() };
            let (from, to) = (escaped(&clipped(from)), escaped(&clipped(to)));
            match (from.is_empty(), to.is_empty()) {
                (true, _) => format!("<span class=\"unseen\">insert </span><ins>{to}</ins>{times}"),
                (_, true) => format!("<span class=\"unseen\">take out </span><del>{from}</del>{times}"),
                _ => format!(
                    "<span class=\"unseen\">change </span><del>{from}</del> <span aria-hidden=\"true\">→</span><span class=\"unseen\"> to </span> <ins>{to}</ins>{times}"
                ),
            }
        })
        .collect();
    let safe = if fix.applicability == Applicability::Safe { " <small>safe</small>" } else { "" };
    format!("<p class=\"fix\">{}{safe}</p>", told.join("<br>"))
}

/// What an edit makes of the words that it stands in.
fn in_words(document: &Document, edit: &TextEdit) -> (String, String) {
    let source = &**document.source();
    let (before, after) = (&source[..edit.span.start as usize], &source[edit.span.end as usize..]);
    let before: String = {
        let reversed: Vec<char> = before.chars().rev().take(LONGEST_WORD).take_while(|c| c.is_alphanumeric()).collect();
        reversed.into_iter().rev().collect()
    };
    let after: String = after.chars().take(LONGEST_WORD).take_while(|c| c.is_alphanumeric()).collect();
    let whole = |words: &str| unmarked(&format!("{before}{words}{after}"), document.format());
    (whole(edit.span.text(source)), whole(&edit.text))
}

/// Words of the source as they are read, as far as an edit may hold markup.
fn unmarked(words: &str, format: Format) -> String {
    match format {
        Format::Html => words.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&"),
        Format::Markdown | Format::Plain | Format::Word => words.to_owned(),
    }
}
