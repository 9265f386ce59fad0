//! Marks of Markdown, front matter and stet marks.

use super::{Shape, markdown, name, plain, rows};

pub(super) const SHAPES: &[Shape] = &[
    markdown("marks to let stand", |size| {
        rows(size, |at| format!("It opened on Monday, {} May 2023. <!-- stet: date-weekday -->\n\n", 2 + at % 6))
    }),
    markdown("marks of words to let stand", |size| {
        rows(size, |at| {
            format!("<!-- stet-file: date-weekday \"Monday, {} May\" -->\n\nIt opened on Monday, {} May 2023.\n\n", at % 28, 2 + at % 6)
        })
    }),
    markdown("a table of numbers", |size| format!("| a | b |\n| --- | --- |\n{}", rows(size, |at| format!("| {at} | {} |\n", at + 1)))),
    markdown("empty headings", |size| rows(size, |_| "a\n\n#\n\n".to_owned())),
    markdown("a table of many columns", |size| {
        let columns = size / 16;
        format!("{}|\n{}|\n{}|\n", "| a ".repeat(columns), "| - ".repeat(columns), "| Anna ".repeat(columns))
    }),
    markdown("a table of empty cells", |size| format!("| a | b |\n| - | - |\n{}", "|||\n".repeat(size / 4))),
    markdown("cells of one letter", |size| format!("| a | b |\n| - | - |\n{}", rows(size, |_| "a|b\n".to_owned()))),
    markdown("paragraphs of one letter", |size| rows(size, |_| "a\n\n".to_owned())),
    markdown("paragraphs of one number", |size| rows(size, |at| format!("{at}\n\n"))),
    markdown("tables", |size| rows(size, |at| format!("| a |\n| - |\n| {at} |\n\n"))),
    markdown("marks on one line", |size| rows(size, |_| "<!-- stet --> ".to_owned())),
    markdown("marks of the whole file", |size| rows(size, |at| format!("<!-- stet-file: name-mixed \"{}\" -->\n\na\n\n", name(at)))),
    markdown("marks that silence nothing", |size| rows(size, |at| format!("<!-- stet: name-mixed \"{}\" -->\n\na\n\n", name(at)))),
    plain("marks in brackets", |size| rows(size, |_| "[stet: name-mixed \"a\"]\n".to_owned())),
    markdown("one mark without end", |size| format!("<!-- stet: {}", "a ".repeat(size / 2))),
    markdown("lists in lists on one line", |size| "- ".repeat(size / 2)),
    markdown("lists in lists", |size| rows(size, |at| format!("{}- a\n", "  ".repeat(at)))),
    markdown("items", |size| rows(size, |at| format!("{at}. a\n"))),
    markdown("quotes in quotes", |size| rows(size, |_| "> ".repeat(500) + "a\n\n")),
    markdown("quotes in quotes on one line", |size| "> ".repeat(size / 2)),
    markdown("headings", |size| rows(size, |at| format!("# {}\n\n", name(at)))),
    markdown("underlined headings", |size| rows(size, |_| "a\n=\n".to_owned())),
    markdown("rules", |size| "---\n".repeat(size / 4)),
    markdown("fences", |size| "```\n".repeat(size / 4)),
    markdown("backticks of all lengths", |size| rows(size, |at| format!("{} ", "`".repeat(at + 1)))),
    markdown("stars", |size| "*".repeat(size)),
    markdown("stars and letters", |size| "*a **b ".repeat(size / 7)),
    markdown("underscores and letters", |size| "a_b__".repeat(size / 5)),
    markdown("emphasis closed", |size| "**a** ".repeat(size / 6)),
    markdown("open links", |size| "[a](".repeat(size / 4)),
    markdown("open links in open links", |size| "[".repeat(size)),
    markdown("open images", |size| "![".repeat(size / 2)),
    markdown("links", |size| rows(size, |at| format!("[{}](x) ", name(at)))),
    markdown("links by name", |size| rows(size, |at| format!("[{0}][{0}]\n\n[{0}]: x\n\n", name(at)))),
    markdown("names of links", |size| rows(size, |_| "[a]: x\n".to_owned())),
    markdown("names of no links", |size| rows(size, |_| "[a][b]".to_owned())),
    markdown("footnotes", |size| rows(size, |at| format!("a[^{at}]\n\n[^{at}]: b\n\n"))),
    markdown("entities", |size| "&amp;".repeat(size / 5)),
    markdown("backslashes", |size| "\\*".repeat(size / 2)),
    markdown("open elements", |size| "<a ".repeat(size / 3)),
    markdown("comments", |size| "<!-- a --> ".repeat(size / 11)),
    markdown("comments without end", |size| "<!--".repeat(size / 4)),
    markdown("declarations without end", |size| "<!A ".repeat(size / 4)),
    markdown("instructions without end", |size| "<?".repeat(size / 2)),
    markdown("sections without end", |size| "<![CDATA[".repeat(size / 9)),
    markdown("elements of one line", |size| "<div>\n\n".repeat(size / 7)),
    markdown("bold names", |size| rows(size, |at| format!("**{}** *{}* ", name(at), name(at + 1)))),
    markdown("front matter of many keys", |size| format!("---\n{}---\na\n", rows(size, |at| format!("k{at}: v\n")))),
    markdown("front matter of one list", |size| format!("---\ntags: [{}]\n---\na\n", "a, ".repeat(size / 3))),
    markdown("deep front matter", |size| format!("---\ntags: {}\n---\na\n", "[".repeat(size))),
    markdown("front matter of indents", |size| format!("---\n{}---\na\n", rows(size, |at| format!("{}a:\n", " ".repeat(at))))),
    markdown("front matter of references", |size| {
        format!("---\na0: &a0 [x]\n{}---\na\n", rows(size, |at| format!("a{}: &a{} [*a{at}, *a{at}]\n", at + 1, at + 1)))
    }),
    markdown("front matter in TOML", |size| format!("+++\n{}+++\na\n", rows(size, |at| format!("k{at} = 1\n")))),
    markdown("tables in TOML", |size| format!("+++\n{}+++\na\n", rows(size, |_| "[[a]]\n".to_owned()))),
    markdown("deep TOML", |size| format!("+++\na = {}\n+++\na\n", "[".repeat(size))),
    markdown("deep keys in TOML", |size| format!("+++\n{}a = 1\n+++\na\n", "a.".repeat(size / 2))),
    markdown("front matter without end", |size| "---\na: b\n".repeat(size / 9)),
];
