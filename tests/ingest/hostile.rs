//! Whatever a file holds, it comes to an end, and one bad article takes nothing from the others.

use copydesk::ingest::Item;
use proptest::prelude::*;

use super::articles::{NAMES, are_told_soundly};
use super::items;
use super::word::docx;

fn articles(path: &str, text: &str) -> (usize, Vec<String>) {
    let (items, outcome) = items(path, text.as_bytes());
    let mut faults: Vec<String> = outcome.err().into_iter().collect();
    let mut count = 0;
    for item in items {
        match item {
            Item::Article(_) => count += 1,
            Item::Fault { which, why } => faults.push(format!("{which}: {why}")),
            Item::Skipped(kind) => panic!("{kind}"),
        }
    }
    (count, faults)
}

#[test]
fn a_file_that_breaks_off_has_the_articles_until_then() {
    let item = |n: u32| format!("<item><title>T{n}</title><description>Guard Mia Holt left gate {n}.</description></item>\n");
    let feed = |rest: &str| format!("<rss version=\"2.0\"><channel><title>A</title>\n{}{}{rest}", item(1), item(2));
    assert_eq!(articles("a.rss", &feed("</channel></rss>")), (2, vec![]));
    for (rest, line) in [("<item><title>x", 4), ("<item></title></item></channel></rss>", 4), ("", 4)] {
        let (count, faults) = articles("a.rss", &feed(rest));
        assert_eq!((count, faults.len()), (2, 1), "{rest}");
        assert!(faults[0].starts_with(&format!("line {line}: is no sound XML from here on: ")), "{rest}: {faults:?}");
    }
}

#[test]
fn nothing_stands_for_what_a_file_declares() {
    let levels: Vec<String> = (1..40).map(|level| format!("<!ENTITY a{level} \"&a{0};&a{0};\">", level - 1)).collect();
    let mut bomb = format!("<!DOCTYPE rss [<!ENTITY a0 \"ha\">{}", levels.concat());
    bomb += "<!ENTITY file SYSTEM \"file:///etc/passwd\">]><rss><channel><item><description>Guard Mia Holt &a39; &file; left.</description></item></channel></rss>";
    let (items, outcome) = items("a.rss", bomb.as_bytes());
    let [Item::Article(article)] = &items[..] else { panic!("{items:?}") };
    assert_eq!((&*article.document.blocks()[0].text, outcome), ("Guard Mia Holt &a39; &file; left.", Ok(())));
}

#[test]
fn an_article_that_is_too_large_is_one_problem() {
    let huge = "<b/>".repeat(600_000);
    let feed = format!(
        "<rss><channel><item><description>Guard Mia Holt left.</description></item><item>{huge}</item><item><description>Guard Mia Holt came.</description></item></channel></rss>"
    );
    let (count, faults) = articles("a.rss", &feed);
    assert_eq!((count, faults.len()), (2, 1), "{faults:?}");
    let line = format!("{{\"body\": \"{}\"}}\n{{\"body\": \"Guard Mia Holt came.\"}}\n", "word ".repeat(4 << 20));
    let (count, faults) = articles("a.jsonl", &line);
    assert_eq!((count, faults), (1, vec!["line 1: is more than the 16 MB that an article may have".to_owned()]));
}

#[test]
fn depth_comes_to_an_end_everywhere() {
    let deep = |open: &str, close: &str| format!("{}{}", open.repeat(50_000), close.repeat(50_000));
    for (path, text) in [
        ("a.json", deep("[", "]")),
        ("a.json", format!("{{\"uri\": \"a:b\", \"bodies\": {}}}", deep("[", "]"))),
        ("a.jsonl", format!("{{\"body\": {}}}", deep("{\"a\":", "}"))),
        ("a.rss", format!("<rss><channel><item><description>{}", deep("<a>", "</a>"))),
        ("a.xml", deep("<newsItem xmlns='http://iptc.org/std/nar/2006-10-01/'>", "</newsItem>")),
    ] {
        let _ = items(path, text.as_bytes());
    }
    let body = deep("<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>");
    assert!(copydesk::ingest::word_document(&docx(&body, &[])).is_err_and(|why| why.contains("deep")));
}

/// Pieces of all formats, so that each meets what the others are made of.
const SOUP: &str = "(<rss>|</rss>|<channel>|</channel>|<item>|</item>|<title>|</title>|<description>|</description>|<content:encoded>|<!\\[CDATA\\[|\\]\\]>|\
    <feed xmlns='http://www.w3.org/2005/Atom'>|<entry>|</entry>|<content type='xhtml'>|</content>|<nitf>|</nitf>|<body>|</body>|<body.content>|<p>|</p>|<br/>|\
    <newsItem xmlns='http://iptc.org/std/nar/2006-10-01/'>|<contentSet>|<inlineData>|&amp;|&lt;p&gt;|&#x41;|&x;|&|<!DOCTYPE a>|<\\?xml version='1.0'\\?>|<!-- -->|\
    \\{\"uri\":\"a:b\",|\\{\"id\":1,|\"bodies\":\\[|\"body\":|\"value\":|\"headline\":|\"standard\":1|\"\\\\u00e9\\\\ud83d\"|\"\\\\n\"|\\{|\\}|\\[|\\]|,|\"|[a-zé—😀 \r\n\t]|<|>){0,60}";

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1024))]
    #[test]
    fn any_text_is_read_and_its_words_stand_where_they_are_said_to(text in SOUP) {
        for name in NAMES {
            are_told_soundly(text.as_bytes(), name);
        }
    }

    #[test]
    fn any_body_is_a_document(body in "(<w:p>|</w:p>|<w:r>|</w:r>|<w:t>|</w:t>|<w:tbl>|</w:tbl>|<w:tr>|</w:tr>|<w:tc>|</w:tc>|<w:ins>|</w:ins>|<w:del>|</w:del>|<w:br/>|<w:pPr><w:pStyle w:val='x'/></w:pPr>|<w:txbxContent>|</w:txbxContent>|<w:drawing>|</w:drawing>|&amp;|[a-zé \r\n]|<|>){0,60}") {
        are_told_soundly(&docx(&body, &[]), "a.docx");
    }

    #[test]
    fn any_bytes_are_read(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        for name in NAMES {
            are_told_soundly(&bytes, name);
        }
    }
}
