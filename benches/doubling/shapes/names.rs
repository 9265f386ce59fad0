//! Names, titles and places.

use super::{Shape, letter, markdown, name, near, plain, prose, rows, slipped};

pub(super) const SHAPES: &[Shape] = &[
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
    plain("names joined by “and”", |size| rows(size, |at| format!("{} {} and ", name(at), name(at * 3 + 1)))),
    plain("names with their ages", |size| rows(size, |at| format!("{} {}, {}, left. ", name(at), name(at * 3 + 1), 20 + at % 60))),
    plain("surnames alone", |size| rows(size, |at| format!("{} spoke. Mr {0} left. ", name(at)))),
    plain("one surname, many titles", |size| rows(size, |at| format!("{} Brandvold spoke. ", TITLES[at % TITLES.len()]))),
    plain("titles, one after another", |size| rows(size, |at| format!("{} ", TITLES[at % TITLES.len()]))),
    plain("titles in lower case", |size| rows(size, |at| format!("the {} ", TITLES[at % TITLES.len()].to_lowercase()))),
    plain("offices of places", |size| rows(size, |at| format!("the mayor of {}, the president of {}, ", name(at), name(at + 1)))),
    plain("holders after names", |size| rows(size, |at| format!("{} {}, the foreign minister of Norway, ", name(at), name(at * 5 + 2)))),
    plain("particles", |size| rows(size, |_| "van der de la al- von ".to_owned())),
    plain("initials", |size| rows(size, |at| format!("{}. ", letter(at)))),
    plain("organisations of organisations", |size| rows(size, |_| "Institute of the University of the ".to_owned())),
    plain("organisations of one acronym", |size| rows(size, |at| format!("The {} Institute (AI) opened. ", name(at)))),
    plain("acronyms of one organisation", |size| rows(size, |at| format!("The Larsund Institute ({}LI) opened. ", letter(at)))),
    plain("places and where they are", |size| rows(size, |at| format!("{}, in northern Norway, and ", name(at)))),
    plain("one place in many countries", |size| {
        rows(size, |at| format!("Larsund, in {}, and ", ["Norway", "Chad", "Peru", "Laos"][at % 4]))
    }),
    plain("capitals that alternate", |size| rows(size, |at| format!("{} ", alternating(&name(at))))),
    plain("words in capitals", |size| rows(size, |at| format!("{} ", name(at).to_uppercase()))),
    plain("possessives", |size| rows(size, |at| format!("{}'s ", name(at)))),
    plain("apostrophes", |size| "O'".repeat(size / 2)),
    plain("names of the built-in sources, with slips", |size| {
        rows(size, |at| format!("Volodymyr {} spoke. Steve {} left.\n\n", slipped("Zelensky", at), slipped("Witkoff", at)))
    }),
];

const TITLES: [&str; 12] = [
    "President",
    "Prime Minister",
    "Foreign Minister",
    "Sir",
    "Dr",
    "Mr",
    "Chief Executive",
    "Mayor",
    "Bishop",
    "former Deputy Finance Minister",
    "Lord",
    "General",
];

/// Small and large letters in turn.
fn alternating(word: &str) -> String {
    word.char_indices().map(|(at, c)| if at % 2 == 0 { c.to_ascii_lowercase() } else { c.to_ascii_uppercase() }).collect()
}
