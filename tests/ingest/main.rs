//! Sources in every form in which newsrooms keep them.

#[path = "../properties/articles.rs"]
#[expect(unreachable_pub, reason = "the fuzz targets see them from outside")]
mod articles;
mod comments;
mod hostile;
mod packed;
#[path = "../properties/comments.rs"]
#[expect(unreachable_pub, reason = "the fuzz targets see them from outside")]
mod soundly;
mod word;

use std::fmt::Write as _;
use std::path::Path;

use copydesk::corpus::{Corpus as _, Facts, Source};
use copydesk::ingest::{FieldNames, Input, Item, read};
use copydesk::text::Span;
use copydesk::workspace::load_corpus;
use expect_test::expect_file;

/// All that a file holds, or why it can't be read.
fn items(path: &str, bytes: &[u8]) -> (Vec<Item>, Result<(), String>) {
    let (names, mut items) = (FieldNames::default(), Vec::new());
    let outcome = read(&Input::new(path, &names), bytes.to_vec(), &mut |item| items.push(item));
    (items, outcome)
}

/// What a file holds, as a person would look at it: each block with the place of its first and last words in the file.
fn shown(path: &str, bytes: &[u8]) -> String {
    let mut out = String::new();
    let (items, outcome) = items(path, bytes);
    for item in items {
        let article = match item {
            Item::Article(article) => article,
            Item::Fault { which, why } => {
                let _ = writeln!(out, "FAULT {which}: {why}\n");
                continue;
            }
            Item::Skipped(kind) => {
                let _ = writeln!(out, "SKIPPED {kind}\n");
                continue;
            }
        };
        let _ = writeln!(
            out,
            "ARTICLE {}{}",
            if article.within.is_empty() { "(whole)" } else { &article.within },
            if article.is_plain { "" } else { " (packed)" }
        );
        let header = &article.header;
        let days = [("published", header.published), ("updated", header.updated)];
        let words = [
            ("outlet", &header.outlet),
            ("headline", &header.headline),
            ("byline", &header.byline),
            ("language", &header.language),
            ("url", &header.url),
        ];
        for (name, words) in words.into_iter().filter_map(|(name, words)| Some((name, words.as_deref()?))) {
            let _ = writeln!(out, "  {name}: {words}");
        }
        for (name, day) in days.into_iter().filter_map(|(name, day)| Some((name, day?))) {
            let _ = writeln!(out, "  {name}: {day}");
        }
        let _ = writeln!(out, "  {:?}", header.edition);
        for block in article.document.blocks() {
            let place = |at: Span| {
                let (start, end) = (article.document.position(at.start), article.document.position(at.end));
                format!("{}:{} to {}:{}", start.line + 1, start.chars + 1, end.line + 1, end.chars + 1)
            };
            let _ = writeln!(out, "  {:?} {}: {}", block.kind, place(block.source), block.text);
        }
        out.push('\n');
    }
    if let Err(why) = outcome {
        let _ = writeln!(out, "DAMAGED {why}");
    }
    out
}

#[test]
fn each_format_gives_articles_with_their_heads_and_places() {
    let mut files: Vec<_> =
        std::fs::read_dir("tests/ingest/archive").expect("is there").map(|file| file.expect("is readable").path()).collect();
    files.sort();
    let mut out = String::new();
    for file in files {
        let name = file.file_name().expect("has a name").to_string_lossy().into_owned();
        let bytes = std::fs::read(&file).expect("is readable");
        let _ = writeln!(out, "=== {name}\n\n{}", shown(&name, &bytes).trim_end());
        out.push('\n');
    }
    expect_file!["articles.txt"].assert_eq(&out);
}

#[test]
fn evidence_leads_to_the_words_in_the_file() {
    for name in ["storm.json", "ferry.nitf", "quarry.xml", "feed.rss", "feed.atom", "blog.xml", "export.jsonl"] {
        let bytes = std::fs::read(Path::new("tests/ingest/archive").join(name)).expect("is readable");
        let text = std::str::from_utf8(&bytes).expect("is UTF-8");
        let lines: Vec<&str> = text.split('\n').collect();
        let mut checked = 0;
        for item in items(name, &bytes).0 {
            let Item::Article(article) = item else { continue };
            let document = &article.document;
            for block in document.blocks() {
                for word in block.text.split_whitespace().filter(|word| word.chars().all(|c| c.is_ascii_alphanumeric())) {
                    let at = word.as_ptr().addr() - block.text.as_ptr().addr();
                    let span = block.to_source(Span::of(at..at + word.len()));
                    let (start, end) = (document.position(span.start), document.position(span.end));
                    assert_eq!(&text[start.offset as usize..end.offset as usize], word, "{name}");
                    assert_eq!(&lines[start.line as usize][start.utf8 as usize..end.utf8 as usize], word, "{name}");
                    checked += 1;
                }
            }
        }
        assert!(checked > 8, "{name}");
    }
}

/// What the first article of a file attests, wherever its words stand.
fn attested(name: &str, bytes: &[u8]) -> Vec<String> {
    let mut items = items(name, bytes).0.into_iter();
    let article = items.find_map(|item| if let Item::Article(article) = item { Some(article) } else { None }).expect("has an article");
    let facts = Facts::of(&Source::read(article.header, article.document));
    facts.all.iter().map(|fact| format!("{:?} in {:?}", fact.said, facts.sentences.get(fact.sentence as usize))).collect()
}

#[test]
fn an_article_attests_the_same_in_whatever_form_it_comes() {
    let (headline, one, two) = (
        "Quay of Torskar opens",
        "Mayor Gudrun Alm opened the 340-metre quay on Monday, which cost €4.5m.",
        "“We have waited for nine years,” Alm said. The Harbour Board (HB) counted 1,200 guests.",
    );
    let text = format!("---\ndate: 2025-03-04\n---\n{headline}\n\n{one}\n\n{two}\n");
    let wanted = attested("a.txt", text.as_bytes());
    assert!(wanted.len() > 8, "{wanted:?}");
    let html = format!("<p>{one}</p><p>{two}</p>").replace('&', "&amp;");
    let escaped = html.replace('&', "&amp;").replace('<', "&lt;");
    let json = |body: &str| serde_json::to_string(body).expect("is JSON");
    let plain = format!("{one}\n\n{two}");
    let word = |words: &str| format!("<w:p><w:r><w:t>{words}</w:t></w:r></w:p>");
    let document = word::docx(&[word(headline), word("4 March 2025"), word(one), word(two)].concat(), &[]);
    let rss = format!(
        "<rss><channel><item><title>{headline}</title><pubDate>Tue, 04 Mar 2025 08:00:00 GMT</pubDate><description>{escaped}</description></item></channel></rss>"
    );
    let atom = format!(
        "<feed xmlns='http://www.w3.org/2005/Atom'><entry><title>{headline}</title><updated>2025-03-04T08:00:00Z</updated>\
        <content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'>{html}</div></content></entry></feed>"
    );
    let nitf = format!(
        "<nitf><head><docdata><date.issue norm='20250304'/></docdata></head><body><body.head><hedline><hl1>{headline}</hl1></hedline></body.head>\
        <body.content>{html}</body.content></body></nitf>"
    );
    let lines = format!("{{\"title\": {}, \"date\": \"2025-03-04\", \"body\": {}}}\n", json(headline), json(&plain));
    let ninjs = format!(
        "{{\"uri\": \"a:b\", \"versioncreated\": \"2025-03-04T08:00:00Z\", \"headlines\": [{{\"value\": {}}}], \"bodies\": [{{\"contenttype\": \"text/html\", \"value\": {}}}]}}",
        json(headline),
        json(&html)
    );
    let zip = packed::zipped(&[("a.txt", text.as_bytes())]);
    for (name, bytes) in [
        ("a.rss", rss.as_bytes()),
        ("a.atom", atom.as_bytes()),
        ("a.nitf", nitf.as_bytes()),
        ("a.jsonl", lines.as_bytes()),
        ("a.json", ninjs.as_bytes()),
        ("a.docx", &document),
        ("a.zip", &zip),
    ] {
        assert_eq!(attested(name, bytes), wanted, "{name}");
    }
}

#[test]
fn a_folder_may_mix_formats_and_what_does_not_count_is_said() {
    let folder = Path::new("tests/ingest/archive");
    let archive = load_corpus(&[folder.to_owned()]).expect("has sources");
    let told: Vec<String> = archive.problems.iter().map(|problem| problem.to_string().replace("tests/ingest/archive/", "")).collect();
    assert_eq!(told.len(), 2, "{told:?}");
    assert!(told[0].starts_with("export.jsonl: line 3: is no JSON: ") && told[1] == "export.jsonl: line 7: is no JSON object", "{told:?}");
    assert_eq!(
        archive.skipped.to_string(),
        "5 articles that were corrected, sent again or taken back, 2 articles without text, 2 pictures, 1 .json of other kinds, \
         1 WordPress items of type attachment and others"
    );
    assert_eq!(archive.corpus.extent().expect("is in memory").sources, 10);
    // What was corrected, sent again or taken back is not attested.
    let names = |typed: &str| {
        archive.corpus.search(typed, 9).expect("is in memory").into_iter().map(|record| record.name.clone()).collect::<Vec<_>>()
    };
    assert_eq!(names("Einar Moe"), [""; 0]);
    assert_eq!(names("Kjartan Lund").len(), 1);
    let records = archive.corpus.search("Kjartan Lund", 1).expect("is in memory");
    let ids: Vec<&str> = records[0].citations.iter().map(|citation| &*citation.source.id).collect();
    assert_eq!(ids, ["tests/ingest/archive/ferry.nitf#tidewire.example:ferry-881"]);
}
