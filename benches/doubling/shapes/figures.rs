//! Figures and dates.

use super::{Shape, letter, name, plain, rows};

pub(super) const SHAPES: &[Shape] = &[
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
    plain("all number words", |size| rows(size, |at| format!("{} ", NUMBER_WORDS[at * 7 % NUMBER_WORDS.len()]))),
    plain("number words with hyphens", |size| rows(size, |_| "twenty-one-".to_owned())),
    plain("number words and scales", |size| rows(size, |_| "two million three thousand and four, ".to_owned())),
    plain("ordinals", |size| rows(size, |at| format!("the {at}th and the twenty-first, "))),
    plain("fractions", |size| rows(size, |_| "two-thirds, a half, three and a quarter ".to_owned())),
    plain("money", |size| rows(size, |at| format!("${at}m €{at} £{at}bn "))),
    plain("shares", |size| rows(size, |at| format!("{at}% and {at} per cent, "))),
    plain("ratios", |size| rows(size, |at| format!("{at} of {}, ", at + 3))),
    plain("digits and points", |size| "1.".repeat(size / 2)),
    plain("digits and slashes", |size| "1/".repeat(size / 2)),
    plain("digits and colons", |size| "1:".repeat(size / 2)),
    plain("digits and hyphens", |size| "1-".repeat(size / 2)),
    plain("digits and dashes", |size| rows(size, |_| "1–".to_owned())),
    plain("digits and times", |size| rows(size, |_| "1×".to_owned())),
    plain("digits", |size| "1".repeat(size)),
    plain("digits in threes", |size| "111,".repeat(size / 4)),
    plain("hedges", |size| rows(size, |_| "more than about nearly at least ".to_owned())),
    plain("from and to", |size| rows(size, |at| format!("rose from {at} to {} from ", at + 1))),
    plain("units", |size| rows(size, |_| "km sq miles tonnes MW kg ".to_owned())),
    plain("conversions in brackets", |size| rows(size, |at| format!("({at} km) "))),
    plain("a total of parts", |size| {
        rows(size, |at| if at == 0 { "A total of 90 people came: ".to_owned() } else { format!("{at} from {} and ", name(at)) })
    }),
    plain("months", |size| rows(size, |at| format!("{} ", MONTHS[at % MONTHS.len()]))),
    plain("weekdays", |size| rows(size, |at| format!("{} ", ["Monday", "Tuesday", "Friday"][at % 3]))),
    plain("dates without end", |size| rows(size, |at| format!("{} May 2023, ", 1 + at % 28))),
    plain("dates to dates", |size| rows(size, |at| format!("from {} May to ", 1 + at % 28))),
    plain("dates with hyphens", |size| rows(size, |at| format!("2023-05-{:02}-", 1 + at % 28))),
    plain("days of one thing", |size| rows(size, |at| format!("The dam at Larsund opened on {} May 2023.\n\n", 1 + at % 28))),
    plain("relative dates", |size| rows(size, |_| "last month two weeks ago next year on Monday ".to_owned())),
    plain("years with apostrophes", |size| rows(size, |at| format!("the {}s and the '{:02}s ", 1900 + at % 100, at % 100))),
    plain("times of day", |size| rows(size, |at| format!("at {}:{:02} pm ", at % 12, at % 60))),
    plain("figures of the built-in sources", |size| {
        rows(size, |at| format!("Zelensky said {at} points of the 28-point plan were left.\n\n"))
    }),
];

const NUMBER_WORDS: [&str; 12] =
    ["one", "eleven", "twenty", "hundred", "and", "thousand", "a", "half", "dozen", "million", "third", "forty-two"];

const MONTHS: [&str; 12] =
    ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];
