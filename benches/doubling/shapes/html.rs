//! Elements of HTML and the data of a page.

use super::{Shape, html, name, rows};

pub(super) const SHAPES: &[Shape] = &[
    html("elements in elements", |size| "<div>".repeat(size / 5)),
    html("unopened ends", |size| rows(size, |_| "<div></p>".to_owned())),
    html("empty headings in HTML", |size| rows(size, |_| "<p>a</p><h1></h1>".to_owned())),
    html("a table of numbers in HTML", |size| format!("<table>{}", rows(size, |at| format!("<tr><td>{at}<td>{}", at + 1)))),
    html("a table of one row", |size| format!("<table><tr>{}", rows(size, |at| format!("<td>{}", name(at))))),
    html("cells of one letter in HTML", |size| format!("<table>{}", "<td>a".repeat(size / 5))),
    html("tables in tables", |size| "<table><tr><td>a".repeat(size / 16)),
    html("lists in lists in HTML", |size| "<ul><li>a".repeat(size / 9)),
    html("paragraphs", |size| rows(size, |at| format!("<p>{}", name(at)))),
    html("articles", |size| rows(size, |at| format!("<article><h1>{0}</h1><p>{0} left.</article>", name(at)))),
    html("articles in articles", |size| "<article><p>a".repeat(size / 13)),
    html("main parts", |size| "<main><p>a</p></main>".repeat(size / 21)),
    html("asides in asides", |size| "<aside>a".repeat(size / 8)),
    html("quotes in quotes in HTML", |size| "<blockquote><p>a".repeat(size / 16)),
    html("line breaks", |size| "a<br>".repeat(size / 5)),
    html("links in HTML", |size| rows(size, |at| format!("<a href=x>{}</a> ", name(at)))),
    html("attributes", |size| format!("<p {}>a", rows(size, |at| format!("a{at}=b ")))),
    html("one attribute again and again", |size| format!("<p {}>a", "a=b ".repeat(size / 4))),
    html("classes", |size| format!("<p class=\"{}\">a", rows(size, |at| format!("c{at} ")))),
    html("elements of many classes", |size| rows(size, |at| format!("<div class=\"byline c{at} comments\">a</div>"))),
    html("one attribute without end", |size| format!("<p class=\"{}", "a ".repeat(size / 2))),
    html("open elements in HTML", |size| "<".repeat(size)),
    html("ends in HTML", |size| "</".repeat(size / 2)),
    html("comments in HTML", |size| "<!--a-->b".repeat(size / 9)),
    html("comments without end in HTML", |size| "<!--".repeat(size / 4)),
    html("comments that nearly end", |size| format!("<!--{}", "--!".repeat(size / 3))),
    html("marks to let stand in HTML", |size| rows(size, |_| "<p>a<!-- stet --></p>".to_owned())),
    html("entities in HTML", |size| "&amp;&nbsp;".repeat(size / 11)),
    html("entities without end", |size| "&am".repeat(size / 3)),
    html("numbers of characters", |size| format!("&#{}", "1".repeat(size))),
    html("scripts", |size| "<script>a</script>".repeat(size / 18)),
    html("scripts without end", |size| "<script><!--".repeat(size / 12)),
    html("data of many articles", |size| {
        let article = |at| format!("{{\"@type\":\"NewsArticle\",\"headline\":\"{}\",\"datePublished\":\"2024-05-03\"}},", name(at));
        format!("<script type=\"application/ld+json\">[{}{{}}]</script><p>a", rows(size, article))
    }),
    html("data in many scripts", |size| {
        let script = |at: usize| format!("<script type=\"application/ld+json\">{{\"@type\":\"Article\",\"headline\":\"{at}\"}}</script>");
        format!("{}<p>a", rows(size, script))
    }),
    html("deep data", |size| format!("<script type=\"application/ld+json\">{}</script><p>a", "{\"@graph\":[".repeat(size / 11))),
    html("data with a long body", |size| {
        let body = rows(size / 2, |at| format!("{} left. ", name(at)));
        format!(
            "<script type=\"application/ld+json\">{{\"@type\":\"Article\",\"articleBody\":\"{body}\"}}</script><article><p>{body}</article>"
        )
    }),
    html("meta", |size| rows(size, |at| format!("<meta property=\"og:site_name\" content=\"{}\">", name(at)))),
    html("titles of the page", |size| rows(size, |at| format!("<title>{}</title>", name(at)))),
    html("times", |size| rows(size, |_| "<time datetime=\"2024-05-03\">a</time>".to_owned())),
    html("headlines", |size| rows(size, |at| format!("<h1>{}</h1>", name(at)))),
    html("captions", |size| rows(size, |at| format!("<figure><img><figcaption>{}</figcaption></figure>", name(at)))),
    html("bylines", |size| rows(size, |at| format!("<p class=\"byline\">By {} {}</p>", name(at), name(at + 1)))),
    html("formatting in formatting", |size| "<b><i>".repeat(size / 6)),
    html("formatting across paragraphs", |size| "<b><p>a".repeat(size / 7)),
    html("choices", |size| "<select><option>a".repeat(size / 17)),
    html("drawings", |size| "<svg><p>a".repeat(size / 9)),
    html("templates", |size| "<template><p>a".repeat(size / 14)),
];
