//! Web pages in common styles, written for the purpose, read as sources: the article and what it says of itself, and nothing else.
//! In all of them, the names of the furniture have a word that begins with `Qu`, and its figures end in or begin with 7s (`77`, `7.7`);
//! the articles have neither.

use std::path::Path;
use std::process::{Command, Output};
use std::sync::Arc;

use copydesk::corpus::{Source, SourceHeader};
use copydesk::document::Document;
use copydesk::markup::Format;

struct Page {
    name: &'static str,
    outlet: &'static str,
    /// The day where it was published, whatever the day elsewhere.
    published: &'static str,
    headline: &'static str,
    /// Words of the article's beginning, middle and end.
    article: &'static [&'static str],
}

const PAGES: &[Page] = &[
    Page {
        name: "wordpress-classic",
        outlet: "Island Weekly",
        published: "2025-12-03",
        headline: "New ferry sails from Larsund",
        article: &["Captain Astrid Lindqvist", "620 passengers", "412 people", "“We have waited for nine years,”"],
    },
    Page {
        name: "wordpress-blocks",
        outlet: "The Valley Post",
        published: "2025-12-04",
        headline: "Dam at Orrin is sound, engineers say",
        article: &["chief engineer Priya Raman", "14 engineers", "“Nobody needs to move.”", "Walt Emery"],
    },
    Page {
        name: "broadsheet",
        outlet: "Capital Ledger",
        published: "2025-12-05",
        headline: "Bank raises its rate to 4.5 percent",
        article: &["The central bank of Morland", "Governor Edda Solheim", "2.4 percent", "Finance Minister Pavel Hradil"],
    },
    Page {
        name: "arc",
        outlet: "Teviot Tribune",
        published: "2025-12-06",
        headline: "Storm closes schools across Teviot County",
        article: &["Superintendent Maria Okafor", "91 mph", "12,000 homes"],
    },
    Page {
        name: "amp",
        outlet: "Peak News",
        published: "2025-12-07",
        headline: "Two climbers saved on Mount Ashby",
        article: &["Guide Teresa Blum", "police chief Karl Voss", "140 times"],
    },
    Page {
        name: "ghost",
        outlet: "Northside Notes",
        published: "2025-12-08",
        headline: "The baker who stayed",
        article: &["Omar Hadi opened his bakery", "Leila Hadi", "from 5 a.m.", "$1.2 million"],
    },
    Page {
        name: "tables",
        outlet: "The Harbor Gazette",
        published: "2025-12-09",
        headline: "The Harbor Gazette: Oyster beds reopen",
        article: &["Oyster beds reopen", "Nora Castellan", "Sam Whitlow, 61", "Governor Ellen Marsh", "39,500"],
    },
    Page {
        name: "agency",
        outlet: "Meridian Press Agency",
        published: "2025-12-10",
        headline: "Parliament passes water law",
        article: &["71 votes to 46", "Environment Minister Clara Weiss", "300 million crowns"],
    },
    Page {
        name: "live",
        outlet: "Daily Lantern",
        published: "2025-12-11",
        headline: "Flood in Karst: as it happened",
        article: &["hydrologist Vera Kolar", "250 soldiers", "3,200 people"],
    },
];

fn text_of(page: &Page) -> String {
    std::fs::read_to_string(format!("tests/pages/{}.html", page.name)).expect("the page is there")
}

#[test]
fn of_a_page_the_article_is_evidence_and_nothing_else() {
    for page in PAGES {
        let source = Source::read(SourceHeader::default(), Document::parse(Arc::from(text_of(page)), Format::Html));
        let texts: Vec<&str> = source.document.blocks().iter().map(|block| &*block.text).collect();
        let read = texts.join("\n");
        for words in page.article.iter().chain(&[page.headline]).filter(|words| page.name != "tables" || **words != page.headline) {
            assert!(read.contains(words), "{}: “{words}” is not read:\n{read}", page.name);
        }
        let planted = ["Qu", "77", "7.7"].map(|planted| texts.iter().find(|text| text.contains(planted)));
        assert_eq!(planted, [None; 3], "{}: furniture is read", page.name);
        let header = &source.header;
        let found = (header.outlet.as_deref(), header.published.map(|date| date.to_string()), header.headline.as_deref());
        assert_eq!(found, (Some(page.outlet), Some(page.published.to_owned()), Some(page.headline)), "{}", page.name);
    }
}

#[test]
fn a_page_as_a_draft_is_read_as_one_text_with_its_places() {
    for page in PAGES {
        let text = text_of(page);
        let document = Document::parse(Arc::from(text.as_str()), Format::Html);
        let mut end = 0;
        for block in document.blocks() {
            assert!(block.source.start >= end, "{}: out of order at “{}”", page.name, block.text);
            end = block.source.end;
            let (at, word) = block.text.split(' ').next().map(|word| (0, word)).expect("has words");
            let span = block.to_source(copydesk::text::Span::of(at..at + word.len()));
            assert!(word.contains(|c: char| !c.is_ascii()) || span.text(&text) == word, "{}: “{word}” at {span:?}", page.name);
        }
        assert_eq!(document.date().map(|date| date.to_string()).as_deref(), Some(page.published), "{}", page.name);
    }
}

fn copydesk(folder: &Path, arguments: &[&str]) -> Output {
    let pages = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/pages");
    let mut command = Command::new(env!("CARGO_BIN_EXE_copydesk"));
    command.current_dir(folder).args(arguments).args(["--corpus", pages]);
    command.env("XDG_CACHE_HOME", folder.join(".cache")).output().expect("copydesk starts")
}

#[test]
fn nobody_knows_whom_only_furniture_names() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for (name, known) in [("Astrid Lindqvist", true), ("Magnus Quarrie", false), ("Helena Quill", false), ("Olle Quinn", false)] {
        let output = copydesk(folder.path(), &["who", name]);
        assert_eq!(output.status.success(), known, "{name}: {}", String::from_utf8_lossy(&output.stdout));
    }
}

#[test]
fn a_comment_is_no_evidence_and_silences_nothing() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let draft = "---\ndate: 2025-12-04\n---\nCaptain Astrid Quinlan took the new ferry out of Larsund on Wednesday, with 377 passengers on board.\n";
    std::fs::write(folder.path().join("draft.md"), draft).expect("is writable");
    let output = copydesk(folder.path(), &["lint", "draft.md", "--format", "json"]);
    let report = String::from_utf8(output.stdout).expect("is UTF-8");
    assert_eq!(output.status.code(), Some(1), "{report}");
    assert!(report.contains("620 passengers"), "the page's own figure stands against the comment's: {report}");
    assert!(!report.contains("I heard"), "{report}");
}
