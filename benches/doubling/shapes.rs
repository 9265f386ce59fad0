//! The shapes of text that are doubled.

use copydesk::markup::Format;

use super::prose;

pub(crate) struct Shape {
    pub(crate) name: &'static str,
    pub(crate) format: Format,
    /// A text of so many bytes or a little more.
    pub(crate) text: fn(usize) -> String,
}

const fn plain(name: &'static str, text: fn(usize) -> String) -> Shape {
    Shape { name, format: Format::Plain, text }
}

const fn markdown(name: &'static str, text: fn(usize) -> String) -> Shape {
    Shape { name, format: Format::Markdown, text }
}

const fn html(name: &'static str, text: fn(usize) -> String) -> Shape {
    Shape { name, format: Format::Html, text }
}

pub(crate) const SHAPES: &[Shape] = &[
    markdown("an article", |size| prose::article(7, size / 6)),
    markdown("one article again and again", |size| {
        let article = prose::article(3, 600);
        rows(size, |_| article.clone())
    }),
    markdown("the built-in sources again and again", |size| {
        let (sources, _) = copydesk::corpus::seed_sources();
        rows(size, |at| sources[at % sources.len()].1.to_owned())
    }),
    plain("distinct names", |size| rows(size, |at| format!("{} {} spoke.\n\n", name(at * 7 + 1), name(at * 13 + 5)))),
    plain("names in one paragraph", |size| rows(size, |at| format!("{} {} spoke. ", name(at * 7 + 1), name(at * 13 + 5)))),
    plain("near names", |size| rows(size, |at| format!("Marina Petr{}ova spoke.\n\n", name(at).to_lowercase()))),
    plain("near names of Cyrillic", |size| rows(size, |at| format!("Olena {}enko spoke.\n\n", near(at)))),
    plain("near names of Arabic", |size| rows(size, |at| format!("Ahmed al-{} spoke.\n\n", near(at)))),
    plain("slips of one name", |size| rows(size, |at| format!("Anna {} spoke.\n\n", slipped("Brandvoldsen", at)))),
    plain("many given names, one surname", |size| rows(size, |at| format!("{} Brandvold spoke.\n\n", name(at)))),
    plain("initials, one surname", |size| rows(size, |at| format!("{}. {}. Brandvold spoke.\n\n", letter(at), letter(at / 26)))),
    plain("one name", |size| rows(size, |_| "Anna Brandvold spoke. She left. ".to_owned())),
    plain("one name, fuller once", |size| {
        rows(size, |at| if at == 0 { "Anna Brandvold left.\n\n" } else { "Brandvold spoke.\n\n" }.to_owned())
    }),
    plain("near places", |size| rows(size, |at| format!("It rained in {}burg.\n\n", name(at)))),
    plain("organisations", |size| rows(size, |at| format!("The {} Institute ({}I) opened.\n\n", name(at), letter(at)))),
    plain("titles alone", |size| {
        rows(size, |at| if at == 0 { "President Anna Brandvold left. ".to_owned() } else { "The president spoke. ".to_owned() })
    }),
    plain("titles and names", |size| rows(size, |at| format!("Mayor {} {} met the president. ", name(at), name(at * 3 + 1)))),
    plain("titles without end", |size| rows(size, |_| "deputy foreign minister of ".to_owned())),
    plain("capitals without end", |size| rows(size, |at| format!("{} ", name(at)))),
    plain("one figure in the same words", |size| rows(size, |at| format!("The dam at Larsund holds back {} boats. ", at + 2))),
    plain("figures in the same words, a block each", |size| {
        rows(size, |at| format!("The dam at Larsund holds back {} boats.\n\n", at + 2))
    }),
    plain("conversions", |size| rows(size, |at| format!("It is {at} miles ({} km) away. ", 2 * at))),
    plain("sums", |size| rows(size, |at| format!("{} people, {at} men and {at} women, came. ", at + 7))),
    plain("bare numbers", |size| rows(size, |at| format!("{at} "))),
    plain("numbers and words", |size| rows(size, |at| format!("{at} {} ", name(at).to_lowercase()))),
    plain("votes in one sentence", |size| {
        rows(size, |at| if at == 0 { "100 votes: ".to_owned() } else { format!("{at} for {}, ", name(at)) })
    }),
    plain("votes of letters", |size| rows(size, |at| format!("{at} for {}, ", letter(at)))),
    plain("shares in one sentence", |size| rows(size, |_| "one in five and nine out of ten, ".to_owned())),
    plain("ranges in one sentence", |size| rows(size, |at| format!("{at} to {} km and ", at + 5))),
    plain("compound measures", |size| rows(size, |_| "6 ft 2 in, 3 hours 20 minutes, ".to_owned())),
    plain("inches", |size| rows(size, |at| format!("a {at}\" screen and {at}' of rope, "))),
    plain("number words", |size| rows(size, |_| "one hundred ".to_owned())),
    plain("scales", |size| rows(size, |_| "million ".to_owned())),
    plain("years in one sentence", |size| rows(size, |at| format!("in {} ", 1900 + at % 200))),
    plain("dates in one sentence", |size| rows(size, |at| format!("on {} May and ", 1 + at % 28))),
    plain("weekdays that don't fit", |size| rows(size, |at| format!("It opened on Monday, {} May 2023.\n\n", 2 + at % 6))),
    plain("born and aged", |size| rows(size, |at| format!("born in 1950, joined in 1968, aged {}, ", 21 + at % 9))),
    plain("quotations", |size| rows(size, |at| format!("“The {} is ours,” Anna Brandvold said. ", name(at)))),
    plain("quotations without a speaker", |size| rows(size, |at| format!("“The {} is ours and stays so.”\n\n", name(at)))),
    plain("one quotation", |size| format!("“{}” she said.", rows(size, |at| format!("the {} is ours and ", name(at).to_lowercase())))),
    plain("open quotation marks", |size| rows(size, |_| "“we go ".to_owned())),
    plain("straight marks", |size| rows(size, |_| "\" ' ".to_owned())),
    plain("acronyms", |size| rows(size, |at| format!("{}{}{} met. ", letter(at), letter(at / 26), letter(at / 676)))),
    plain("full stops", |size| rows(size, |_| ". ".to_owned())),
    plain("commas", |size| rows(size, |_| ",1".to_owned())),
    plain("hyphens", |size| rows(size, |_| "a-".to_owned())),
    plain("brackets", |size| rows(size, |_| "(a ".to_owned())),
    plain("one word", |size| "a".repeat(size)),
    plain("combining marks", |size| "e\u{301}".repeat(size / 3)),
    plain("lines", |size| rows(size, |_| "a\n".to_owned())),
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
    html("elements in elements", |size| "<div>".repeat(size / 5)),
    html("unopened ends", |size| rows(size, |_| "<div></p>".to_owned())),
    html("empty headings in HTML", |size| rows(size, |_| "<p>a</p><h1></h1>".to_owned())),
    html("a table of numbers in HTML", |size| format!("<table>{}", rows(size, |at| format!("<tr><td>{at}<td>{}", at + 1)))),
];

/// Rows until a text has so many bytes.
fn rows(size: usize, row: impl Fn(usize) -> String) -> String {
    let mut text = String::with_capacity(size + 4096);
    for at in 0.. {
        if text.len() >= size {
            break;
        }
        text.push_str(&row(at));
    }
    text
}

/// A name of its own for each number.
fn name(at: usize) -> String {
    const SOUNDS: [&str; 20] =
        ["ba", "de", "fi", "go", "hu", "ka", "le", "mi", "no", "pu", "ra", "se", "ti", "vo", "zu", "bran", "dol", "fen", "gar", "hil"];
    let mut rest = at.wrapping_mul(7919) % 3_200_000;
    let mut word = String::new();
    for _ in 0..5 {
        word.push_str(SOUNDS[rest % SOUNDS.len()]);
        rest /= SOUNDS.len();
    }
    word[..1].to_uppercase() + &word[1..]
}

/// One of thousands of names that share most of their letters and sounds.
fn near(at: usize) -> String {
    const VOWELS: [&str; 8] = ["a", "e", "i", "o", "u", "y", "iy", "ia"];
    let vowel = |place: u32| VOWELS[at / 8_usize.pow(place) % 8];
    format!("H{}r{}k{}v{}l{}sh", vowel(0), vowel(1), vowel(2), vowel(3), vowel(4))
}

/// A name with one letter changed.
fn slipped(name: &str, at: usize) -> String {
    let place = 1 + at % (name.len() - 1);
    format!("{}{}{}", &name[..place], letter(at / name.len()).to_ascii_lowercase(), &name[place + 1..])
}

fn letter(at: usize) -> char {
    char::from(b'A' + (at % 26) as u8)
}
