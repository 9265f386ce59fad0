//! What must hold whatever comes in. Each function takes one text and panics where something doesn't hold; the property tests
//! beside this file and the fuzz targets in `fuzz/` call the same ones.

use std::cmp::Reverse;
use std::sync::{Arc, LazyLock};

use copydesk::check::{Rereader, Style};
use copydesk::config::Config;
use copydesk::corpus::{Corpus, MemoryCorpus, Source, SourceHeader};
use copydesk::document::{Document, ProseSpan};
use copydesk::features::{Version, compare};
use copydesk::finding::Finding;
use copydesk::markup::{Block, Format};
use copydesk::reader::{self, BlockReading, Mention, MentionId, MentionKind, Reading, link, read_block};
use copydesk::text::{Span, TextEdit, apply};

/// All kinds of text that are read.
pub const FORMATS: [Format; 3] = [Format::Markdown, Format::Html, Format::Plain];

/// A text is fixed so many times at the most before it must be at rest: a name with two slips, in a mark and beside another, takes four.
const ROUNDS: usize = 8;

/// Articles whose people, places, figures, dates and words the pieces of made-up drafts are about.
pub const ARTICLES: [&str; 3] = [
    "---\ndate: 2024-05-03\noutlet: The Fell Courier\n---\n\n# Larsund loses its ferry\n\nForeign Minister Anja Solvang said on 3 May 2024 that 120 people \
     had left Larsund, in northern Norway, and that the ferry had cost €80 million.\n\n“We count every one of them,” Solvang said. The Larsund \
     Harbour Board (LHB) employs 1,400 people on 701 sq km (271 sq miles).\n",
    "---\ndate: 2024-05-04\noutlet: Northern Wire\n---\n\nAnja Solvang, the foreign minister, said 120 people left Larsund. The ferry cost 80 million \
     euros, two-thirds of the budget.\n\n“We count every one of them,” she said on Friday.\n",
    "---\ndate: 2024-05-06\noutlet: The Fell Courier\n---\n\nDefence Minister Per Dahlquist met Oleksandr Kovalchuk in Larsund on Monday. Dahlquist, 61, \
     said: “The last boat sails in ten weeks.”\n",
];

/// A corpus of [`ARTICLES`].
pub fn corpus() -> &'static dyn Corpus {
    static CORPUS: LazyLock<MemoryCorpus> = LazyLock::new(|| {
        let source = |(number, text): (usize, &&str)| {
            let header = SourceHeader { id: format!("{number}.md"), ..SourceHeader::default() };
            Source::read(header, Document::parse((*text).into(), Format::Markdown))
        };
        MemoryCorpus::new(ARTICLES.iter().enumerate().map(source))
    });
    &*CORPUS
}

/// Blocks, mentions and subjects of a text lie within it, in order, and point at each other; read twice it is the same.
pub fn is_read_soundly(text: &str, format: Format) {
    let document = Document::parse(text.into(), format);
    let reading = reader::read(&document);
    assert_eq!(document.blocks().len(), reading.blocks.len());
    assert_within(document.front_matter().source, text, "front matter");
    document.problems().iter().for_each(|(span, _)| assert_within(*span, text, "a fault in the markup"));
    for (number, (block, read)) in document.blocks().iter().zip(&reading.blocks).enumerate() {
        let whole = ProseSpan { block: number as u32, span: Span::new(0, block.text.len() as u32) };
        assert_within(document.to_source(whole), text, "block");
        assert_block(&block.text, read);
    }
    let place = |mention: &Mention| (mention.at.block, mention.at.span.start, Reverse(mention.at.span.end));
    assert!(reading.mentions.is_sorted_by_key(place), "mentions are out of order");
    for (id, mention) in reading.iter() {
        let text_of_block = &document.block(mention.at).text;
        assert_within(mention.at.span, text_of_block, "mention");
        assert!(!mention.at.span.is_empty(), "an empty mention: {mention:?}");
        assert!(reading.sentence(mention.at).span.covers(mention.at.span), "{mention:?} reaches out of its sentence");
        assert_within(document.to_source(mention.at), text, "mention in the source");
        match &mention.kind {
            MentionKind::Name(name) => {
                assert!(reading.subject(name.subject).mentions.contains(&id), "a name's subject hasn't got it");
                let title = name.title.map(|title| &reading.mention(title).kind);
                assert!(title.is_none_or(|title| matches!(title, MentionKind::Title(_))), "a name's title is none");
            }
            MentionKind::Title(title) => assert_names(&reading, title.holder),
            MentionKind::Quote(quote) => assert_names(&reading, quote.speaker),
            MentionKind::Figure(figure) => {
                assert_within(figure.number, text_of_block, "number");
                assert!(mention.at.span.covers(figure.number), "a number reaches out of its figure");
                if let Some(of) = figure.of {
                    assert_within(of, text_of_block, "what is counted");
                }
            }
            MentionKind::Date(_) => {}
        }
    }
    for (number, subject) in reading.subjects.iter().enumerate() {
        assert!(!subject.mentions.is_empty() && subject.mentions.is_sorted(), "nobody names {subject:?}, or not in order");
        for &id in &subject.mentions {
            let MentionKind::Name(name) = &reading.mention(id).kind else { panic!("{subject:?} is named by no name") };
            assert_eq!(name.subject.index(), number);
        }
    }
    let again = reader::read(&document);
    assert_eq!(reading.mentions, again.mentions);
    assert_eq!(reading.subjects, again.subjects);
}

/// The next version of a text, of which only the blocks that weren't there before are read, is as if read anew.
pub fn is_reread_soundly(text: &str, edited: &str, format: Format) {
    let before = Document::parse(text.into(), format);
    let known = reader::read(&before).blocks;
    let document = Document::parse(edited.into(), format);
    let of_before = |block: &Block| {
        let same = before.blocks().iter().position(|other| other.kind == block.kind && other.text == block.text)?;
        Some(known[same].clone())
    };
    let blocks = document.blocks().iter().map(|block| of_before(block).unwrap_or_else(|| Arc::new(read_block(block)))).collect();
    let (again, anew) = (link(&document, blocks), reader::read(&document));
    assert_eq!(again.mentions, anew.mentions);
    assert_eq!(again.subjects, anew.subjects);
}

/// What changed between two versions lies in them, and nothing changed between one and itself.
pub fn are_compared_soundly(old: &str, new: &str, format: Format) {
    let parsed = [old, new].map(|text| Document::parse(text.into(), format));
    let readings = [0, 1].map(|index| reader::read(&parsed[index]));
    let version = |index: usize| Version { document: &parsed[index], reading: &readings[index] };
    let comparison = compare(version(0), version(1));
    for change in &comparison.changes {
        let is_there = |span: Option<Span>, text: &str| span.is_none_or(|span| text.get(span.range()).is_some());
        assert!(change.old.or(change.new).is_some() && is_there(change.old, old) && is_there(change.new, new), "{change:?}");
    }
    for finding in &comparison.leftovers {
        assert!(new.get(finding.span.range()).is_some_and(|words| !words.is_empty()), "{finding:?}");
        let sound = |edit: &TextEdit| new.get(edit.span.range()).is_some();
        assert!(finding.fixes.iter().all(|fix| fix.edits.iter().all(sound)), "{finding:?}");
    }
    let same = compare(version(1), version(1));
    assert!(same.changes.is_empty() && same.leftovers.is_empty(), "{same:?}");
}

/// Findings lie within the text, in order, cite and mend what is there, and come out the same a second time.
pub fn is_checked_soundly(text: &str, format: Format) {
    let findings = findings(text, format);
    for (index, finding) in findings.iter().enumerate() {
        assert_within(finding.span, text, finding.rule.name);
        assert!(!finding.message.is_empty());
        assert!(index == 0 || findings[index - 1].span <= finding.span, "{} is out of order", finding.rule.name);
        for (span, _) in &finding.related {
            assert_within(*span, text, "related place");
        }
        for fix in &finding.fixes {
            assert!(!fix.edits.is_empty(), "the fix “{}” does nothing", fix.title);
            assert_ne!(fixed(text, &fix.edits), text, "the fix “{}” of {} changes nothing", fix.title, finding.rule.name);
        }
    }
    let again = self::findings(text, format);
    assert_eq!(format!("{findings:?}"), format!("{again:?}"));
}

/// The first fixes of all findings, applied over and over, come to rest.
pub fn comes_to_rest(text: &str, format: Format) {
    let mut versions = vec![text.to_owned()];
    for _ in 0..ROUNDS {
        let text = versions.last().expect("the text itself");
        let Some(next) = with_first_fixes(text, format) else { return };
        assert!(!versions.contains(&next), "fixes go round in circles:\n{}", [versions, vec![next]].concat().join("\n→ "));
        versions.push(next);
    }
    panic!("fixes don't come to rest:\n{}", versions.join("\n→ "));
}

fn with_first_fixes(text: &str, format: Format) -> Option<String> {
    let mut edits: Vec<TextEdit> = Vec::new();
    for finding in findings(text, format) {
        let Some(fix) = finding.fixes.into_iter().next() else { continue };
        if fix.edits.iter().all(|edit| edits.iter().all(|other| !other.span.overlaps(edit.span) && other.span != edit.span)) {
            edits.extend(fix.edits);
        }
    }
    edits.sort_by_key(|edit| edit.span);
    (!edits.is_empty()).then(|| fixed(text, &edits))
}

fn findings(text: &str, format: Format) -> Vec<Finding> {
    let config = Config::default();
    let (mut rereader, style) = (Rereader::default(), Style { config: &config, as_of: None });
    let draft = rereader.draft(Document::parse(text.into(), format), corpus(), style).expect("a corpus in memory answers");
    draft.tried(rereader, corpus(), style).findings
}

/// The text with edits made, which must lie within it, in order and apart.
fn fixed(text: &str, edits: &[TextEdit]) -> String {
    let mut end = 0;
    for edit in edits {
        assert_within(edit.span, text, "edit");
        assert!(edit.span.start >= end, "edits overlap or are out of order");
        assert!(!edit.text.chars().any(|c| c.is_control() && !text.contains(c)), "a fix writes a control character: {:?}", edit.text);
        end = edit.span.end;
    }
    apply(text, edits)
}

fn assert_block(text: &str, read: &BlockReading) {
    for token in &read.tokens {
        assert_within(token.span, text, "token");
    }
    let ends = read.sentences.iter().flat_map(|sentence| [sentence.start, sentence.end]);
    assert!(ends.clone().is_sorted() && ends.last().unwrap_or(0) as usize == read.tokens.len(), "sentences don't cover the tokens");
}

fn assert_names(reading: &Reading, id: Option<MentionId>) {
    if let Some(id) = id {
        assert!(matches!(reading.mentions.get(id.index()).map(|mention| &mention.kind), Some(MentionKind::Name(_))), "{id:?} is no name");
    }
}

fn assert_within(span: Span, text: &str, what: &str) {
    assert!(span.start <= span.end && span.end as usize <= text.len(), "{what} {span:?} reaches out of {} bytes", text.len());
    let on_boundary = |at: u32| text.is_char_boundary(at as usize);
    assert!(on_boundary(span.start) && on_boundary(span.end), "{what} {span:?} cuts a character");
}
