//! HTML: of a page the article, of a fragment (a draft, a part of a Markdown text) all but what is never prose. By the tokenizer's spans,
//! so that every character finds its way back.

mod article;
mod head;
mod json_ld;
mod parts;
mod prose;
mod tree;

use article::Article;
use tree::Page;

use super::{BlockKind, Markup, front_matter};
use crate::text::Span;

/// Parses a whole HTML text.
pub(super) fn parse(source: &str) -> Markup {
    let mut markup = Markup::default();
    let (front, problem) = front_matter::parse(source);
    let from = front.source.end;
    markup.front_matter = front;
    markup.problems.extend(problem);
    parse_fragment(source, Span::new(from, source.len() as u32), &mut markup);
    markup
}

/// Adds the prose of `source[part]` to `markup`, and what it says of itself where the front matter doesn't.
pub(super) fn parse_fragment(source: &str, part: Span, markup: &mut Markup) {
    let page = Page::parse(source, part);
    let linked = page.head.linked_data();
    let article = Article::of(&page, source, linked.body.as_deref(), linked.is_live);
    let about = head::about(&page, source, linked.about, &article);
    let title = head::title(&page);
    prose::read(source, &page, &article, markup);
    let mut front = std::mem::take(&mut markup.front_matter).or(about);
    // Once it is known nobody looks again: a Markdown text may have many fragments.
    if front.headline.is_none() && title.is_some() {
        let headline = markup.blocks.iter().find(|block| block.kind == BlockKind::Headline).map(|block| block.text.to_string());
        front.headline = headline.or(title);
    }
    markup.front_matter = front;
}

#[cfg(test)]
mod tests {
    use jiff::civil::Date;

    use super::*;
    use crate::markup::Format;

    fn texts(source: &str) -> Vec<String> {
        parse(source).blocks.iter().map(|block| block.text.to_string()).collect()
    }

    #[test]
    fn prose_and_where_it_stands() {
        let source = "<h1>Grief &amp; hope</h1>\n<p>Ukraine&rsquo;s\n  <b>president</b> spoke.<script>var x = 'no';</script>\n<p>Next<br>line<table><tr><th>Night</th><td>18</td></tr></table>";
        let markup = parse(source);
        let texts: Vec<&str> = markup.blocks.iter().map(|block| &*block.text).collect();
        assert_eq!(texts, ["Grief & hope", "Ukraine’s president spoke.", "Next line", "Night", "18"]);
        assert_eq!(markup.blocks[0].kind, BlockKind::Headline);
        assert_eq!(markup.blocks[4].kind, BlockKind::TableCell { row: 0, column: 1, header: false });
        let president = Span::new("Ukraine’s ".len() as u32, "Ukraine’s president".len() as u32);
        assert_eq!(markup.blocks[1].to_source(president).text(source), "president");
        assert!(!markup.blocks[1].is_verbatim(Span::new(0, 10)));
    }

    #[test]
    fn comments_may_be_stet_marks() {
        let markup = parse("<p>One.</p><!-- stet: figure-conflict \"9\" --><p>Two.</p><!-- not so -->");
        assert_eq!(markup.stets.len(), 1);
        assert_eq!(markup.stets[0].block, 1);
        let page = parse("<body><!-- stet-file: name-mixed --><nav><!-- stet --></nav><main><p>One.</main>");
        assert_eq!((page.stets.len(), page.blocks.len()), (2, 1), "a mark counts wherever it stands");
    }

    #[test]
    fn the_head_tells_date_and_title() {
        let markup = parse(
            "<html><head><title>A day</title><meta property='article:published_time' content='2025-12-03T08:00:00Z'></head><body><p>Text",
        );
        assert_eq!(markup.front_matter.headline.as_deref(), Some("A day"));
        assert!(markup.front_matter.date.is_some());
        assert_eq!(markup.blocks.len(), 1);
    }

    #[test]
    fn ends_that_nobody_wrote_are_supplied() {
        assert_eq!(texts("<ul><li>One<li>Two <b>bold</ul>After<p>Next"), ["One", "Two bold", "After", "Next"]);
        assert_eq!(texts("<table><tr><td>a<td>b<tr><td>c</table>d"), ["a", "b", "c", "d"]);
        assert_eq!(texts("One</p>Two</div>Three"), ["One", "Two", "Three"], "ends too many part blocks and end nothing");
        assert_eq!(texts("<aside><p>Kept</aside><nav><p>Gone</nav>Kept too<footer>Gone</footer>"), ["Kept", "Kept too"]);
        assert_eq!(texts("One<br>\n<br/>Two<br>three"), ["One", "Two three"]);
    }

    #[test]
    fn of_a_page_the_article_is_read_and_its_headline() {
        let body = "The ferry sails at noon, said its captain, and comes back at night if the wind allows it. ".repeat(4);
        for (page, headline) in [
            (format!("<body><h1>Ferry</h1><p>Box</p><div class='entry-content'><p>{body}</div><div>Below"), true),
            (format!("<header><h1>Ferry</h1></header><p>Box</p><main><p>{body}<aside>Beside</aside></main>Below"), true),
            (format!("<article><h1>Ferry</h1><p>{body}<article><p>Another story</article></article><p>Below"), true),
            (format!("<article class=teaser><h2>Other</h2></article><article><h1>Ferry</h1><p>{body}</article>"), true),
            (format!("<article><p>Short story</article><main><article><p>{body}</article></main>"), false),
            (
                format!(
                    "<main><h1>Ferry</h1><p>{body}<article><h3 class=entry-title><a href=/x>Other</a></h3><p>{body}{body}</article></main>"
                ),
                true,
            ),
            (format!("<html><div class=has-comments><div itemprop=articleBody><p>{body}</div></div><div class=comments>Me too"), false),
            (format!("<html><table><tr><td><a href=/x>Other</a><td><h1>Ferry</h1><p>{body}<td>Beside</table>"), true),
        ] {
            let expected: Vec<&str> = headline.then_some("Ferry").into_iter().chain([body.trim()]).collect();
            assert_eq!(texts(&page), expected, "{page}");
        }
    }

    #[test]
    fn linked_data_tell_the_article_where_no_mark_does() {
        let first = "The ferry sails at noon and comes back at night, said Captain Ida Moe on Friday.";
        let second = "She has been at sea for forty years, and never once has she missed a tide, nor a meal.";
        let source = format!(
            "<html><script type='application/ld+json'>{{\"@type\":\"NewsArticle\",\"articleBody\":\"{first} {second}\"}}</script>\
             <div><div><p>The ferry of Bo Strand sails at noon.</p></div><div class=x1><p>{first}</p><p>{second}</p></div></div>"
        );
        assert_eq!(texts(&source), [first, second]);
    }

    #[test]
    fn a_link_from_end_to_end_is_no_prose_of_a_page() {
        let source = "<html><h1><a href=/here>Ferry</a></h1><p><a href=/x>Another story</a></p><p>Bo <a href=/bo>Strand</a> spoke.<p><a href='#n'>Note</a>";
        assert_eq!(texts(source), ["Ferry", "Bo Strand spoke.", "Note"]);
        assert_eq!(texts("<p><a href=/x>A draft may link a line.</a></p>").len(), 1);
    }

    #[test]
    fn what_says_more_of_the_date_holds() {
        let date = |source: &str| crate::markup::parse(source, Format::Html).front_matter.date;
        let day = |day| Some(Date::constant(2025, 12, day));
        let json = "<script type='application/ld+json'>{\"@type\":\"NewsArticle\",\"datePublished\":\"2025-12-02\"}</script>";
        let meta = "<meta name=date content=2025-12-03>";
        let time = "<article><h1>Ferry</h1><time datetime='2025-12-04T23:00:00-05:00'>Friday</time>";
        let line = "<p>5 December 2025</p><p>The ferry sails.";
        let modified = "<meta property='article:modified_time' content='2025-12-06'>";
        assert_eq!(date(&format!("---\ndate: 2025-12-01\n---\n{json}{meta}{time}{line}")), day(1));
        assert_eq!(date(&format!("{meta}{json}{time}{line}")), day(2));
        assert_eq!(date(&format!("{modified}{meta}{time}{line}")), day(3));
        assert_eq!(date(&format!("{modified}{time}{line}")), day(4));
        assert_eq!(date(&format!("{modified}<h1>Ferry</h1>{line}")), day(5));
        assert_eq!(date(&format!("{modified}<h1>Ferry</h1><p>The ferry sails.")), day(6));
        assert_eq!(date("<html><time datetime=2025-12-09>Today</time><div itemprop=datePublished>7 December 2025</div>"), day(7));
    }

    #[test]
    fn deep_and_unbalanced_markup_is_read_in_time_and_whole() {
        for (shape, count) in [("<div>", 100_000), ("</p>", 100_000), ("<p>a</p><h1></h1>", 30_000), ("<article><time datetime=x>", 50_000)]
        {
            parse(&format!("{}<p>end", shape.repeat(count)));
        }
        let rows = "<tr><td>1".repeat(70_000);
        let markup = parse(&format!("<table>{rows}</table>"));
        let last = markup.blocks.last().map(|block| block.kind);
        assert_eq!(last, Some(BlockKind::TableCell { row: u16::MAX, column: 0, header: false }));
    }
}
