//! Whatever is written for a figure of a draft reads to the value that a source attests, in the draft's own form where that is short.

use std::fmt;
use std::sync::Arc;

use copydesk::document::Document;
use copydesk::markup::Format;
use copydesk::reader::{Dimension, FigureMention, Hedge, read_block, write_figure};
use copydesk::text::Span;
use proptest::prelude::*;
use proptest::sample::select;
use rust_decimal::Decimal;

/// How an amount is written, where it is short so.
type Form = fn(u64) -> Option<String>;

/// A kind of figure: whole amounts of something, each written in several ways.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Kind {
    forms: &'static [Form],
    /// What one comes to in the canonical unit; none where that is no round number.
    canonical: Option<(i64, u32)>,
    /// What stands behind it.
    behind: &'static str,
    /// Whether it takes "about" and the like before it.
    is_hedged: bool,
}

const fn kind(forms: &'static [Form], mantissa: i64, scale: u32, behind: &'static str) -> Kind {
    Kind { forms, canonical: Some((mantissa, scale)), behind, is_hedged: true }
}

/// An amount in a scale, with one decimal at most and no more than four digits before it.
fn scaled(amount: u64, tenth: u64, name: &str) -> Option<String> {
    let tenths = amount / tenth;
    let is_short = amount.is_multiple_of(tenth) && (1..100_000).contains(&tenths);
    let decimal = if tenths.is_multiple_of(10) { String::new() } else { format!(".{}", tenths % 10) };
    is_short.then(|| format!("{}{decimal}{name}", grouped(tenths / 10)))
}

fn grouped(amount: u64) -> String {
    let digits = amount.to_string();
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

fn in_words(amount: u64) -> Option<&'static str> {
    const WORDS: [&str; 19] = [
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
        "twenty",
    ];
    WORDS.get(usize::try_from(amount.checked_sub(2)?).ok()?).copied()
}

fn digits(amount: u64, most: u64, name: &str) -> Option<String> {
    (2..most).contains(&amount).then(|| format!("{}{name}", grouped(amount)))
}

fn ordinal(amount: u64) -> Option<String> {
    let suffix = match (amount % 100, amount % 10) {
        (11..=13, _) => "th",
        (_, 1) => "st",
        (_, 2) => "nd",
        (_, 3) => "rd",
        _ => "th",
    };
    (1..1_000).contains(&amount).then(|| format!("{amount}{suffix}"))
}

fn ordinal_word(amount: u64) -> Option<String> {
    const WORDS: [&str; 11] = ["second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth"];
    WORDS.get(usize::try_from(amount.checked_sub(2)?).ok()?).map(|word| (*word).to_owned())
}

/// Fractions and what they come to, by number.
const FRACTIONS: [(&str, &str); 6] = [
    ("half", "one in two"),
    ("two-fifths", "two in five"),
    ("four-fifths", "four in five"),
    ("a quarter", "one in four"),
    ("three-fifths", "three in five"),
    ("a third", "one in three"),
];

const KINDS: &[Kind] = &[
    // Counts, in digits, in words and with scales.
    kind(
        &[
            |n| digits(n, 9_999_999, ""),
            |n| in_words(n).map(str::to_owned),
            |n| scaled(n, 100, " thousand"),
            |n| scaled(n, 100_000, " million"),
            |n| scaled(n, 100_000, "m"),
            |n| in_words(n / 1_000_000).filter(|_| n.is_multiple_of(1_000_000)).map(|words| format!("{words} million")),
        ],
        1,
        0,
        " boats were counted there",
    ),
    // Money.
    kind(
        &[
            |n| scaled(n, 100_000_000, "bn").map(|words| format!("€{words}")),
            |n| scaled(n, 100_000_000, " billion euros"),
            |n| scaled(n, 100_000, "m").map(|words| format!("€{words}")),
            |n| scaled(n, 100_000, " million").map(|words| format!("€{words}")),
            |n| digits(n, 9_999_999, "").map(|words| format!("€{words}")),
            |n| scaled(n, 100_000_000, " billion").map(|words| format!("EUR {words}")),
        ],
        1,
        0,
        " was spent on the quay",
    ),
    kind(
        &[
            |n| scaled(n, 1_000_000, " crore").map(|words| format!("Rs {words}")),
            |n| scaled(n, 10_000, " lakh rupees"),
            |n| scaled(n, 100_000_000_000, " lakh crore rupees"),
            |n| scaled(n, 1_000_000, " crore rupees"),
            |n| scaled(n, 1_000_000, " crore").map(|words| format!("₹{words}")),
        ],
        1,
        0,
        " was spent on the quay",
    ),
    kind(&[|n| digits(n, 100, "p"), |n| digits(n, 100, " pence")], 1, 2, " was asked for each"),
    kind(
        &[
            |n| scaled(n, 100_000, "m").map(|words| format!("${words} a year")),
            |n| scaled(n, 100_000, " million dollars a year"),
            |n| digits(n, 9_999_999, " a year").map(|words| format!("US${words}")),
        ],
        1,
        0,
        " was spent on the quay",
    ),
    // Shares.
    kind(&[|n| digits(n, 100, "%"), |n| digits(n, 100, " per cent"), |n| digits(n, 100, " percent")], 1, 0, " of the boats were lost"),
    kind(
        &[|n| digits(n, 100, " percentage points"), |n| in_words(n).map(|words| format!("{words} percentage points"))],
        1,
        0,
        " were lost",
    ),
    Kind {
        forms: &[
            |n| FRACTIONS.get(n as usize % 6).map(|(words, _)| format!("{words} of the boats")),
            |n| FRACTIONS.get(n as usize % 6).map(|(_, words)| format!("{words} boats")),
        ],
        canonical: None,
        behind: " were lost",
        is_hedged: true,
    },
    // Measures, each in units of its own system.
    kind(&[|n| digits(n, 9_999, " sq km"), |n| digits(n, 9_999, " square kilometres")], 1_000_000, 0, " of land was under water"),
    kind(&[|n| scaled(n, 100, "km"), |n| digits(n, 9_999, " metres"), |n| scaled(n, 100, " kilometres")], 1, 0, " of dyke was rebuilt"),
    kind(&[|n| scaled(n, 100, " tonnes"), |n| digits(n, 9_999, "kg"), |n| scaled(n, 100, "t")], 1, 0, " of fish was landed"),
    kind(&[|n| digits(n, 999, " litres"), |n| in_words(n).map(|words| format!("{words} litres"))], 1, 3, " of oil was spilt"),
    Kind { forms: &[|n| digits(n, 9_999, "MW")], canonical: None, behind: " was fed into the grid", is_hedged: true },
    Kind { forms: &[|n| digits(n, 9_999, "GB")], canonical: None, behind: " was kept of it", is_hedged: true },
    Kind {
        forms: &[|n| digits(n, 300, "km/h"), |n| digits(n, 300, " kilometres an hour")],
        canonical: None,
        behind: " was measured on the bridge",
        is_hedged: true,
    },
    Kind {
        forms: &[|n| digits(n, 40, "C"), |n| digits(n, 40, " degrees Celsius")],
        canonical: None,
        behind: " was measured",
        is_hedged: true,
    },
    kind(
        &[
            |n| (n.is_multiple_of(7)).then(|| digits(n / 7, 99, " weeks")).flatten(),
            |n| (n.is_multiple_of(7)).then(|| in_words(n / 7).map(|words| format!("{words} weeks"))).flatten(),
            |n| digits(n, 999, " days"),
            |n| in_words(n).map(|words| format!("{words} days")),
        ],
        86_400,
        0,
        " passed before the ferry sailed",
    ),
    kind(
        &[|n| digits(n, 90, " hours"), |n| in_words(n).map(|words| format!("{words} hours"))],
        3_600,
        0,
        " passed before the ferry sailed",
    ),
    // Places in a row.
    Kind {
        forms: &[|n| ordinal(n).map(|words| format!("the {words}")), |n| ordinal_word(n).map(|words| format!("the {words}"))],
        canonical: Some((1, 0)),
        behind: " boat was lost",
        is_hedged: false,
    },
    // Ranges.
    Kind {
        forms: &[
            |n| digits(n, 9_000, "").map(|words| format!("{words} to {}", grouped(n + n / 2 + 1))),
            |n| digits(n, 900, "").map(|words| format!("between {words} and {}", grouped(n + n / 2 + 1))),
        ],
        canonical: Some((1, 0)),
        behind: " boats were counted there",
        is_hedged: false,
    },
    // Ages.
    Kind {
        forms: &[
            |n| (18..100).contains(&n).then(|| format!("a man aged {n}")),
            |n| (18..100).contains(&n).then(|| format!("{} {n}-year-old man", if matches!(n, 18 | 80..90) { "an" } else { "a" })),
        ],
        canonical: Some((1, 0)),
        behind: " was found on the quay",
        is_hedged: false,
    },
];

const HEDGES: [&str; 6] = ["", "", "about ", "nearly ", "more than ", "at least "];

/// One thing said in a draft and in a source.
#[derive(Clone)]
pub(crate) struct Said {
    kind: Kind,
    /// The amount and form of each.
    draft: (u64, Form),
    source: (u64, Form),
    hedges: (&'static str, &'static str),
}

impl fmt::Debug for Said {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { kind, draft, source, hedges } = self;
        write!(f, "{} / {}", sentence(*kind, hedges.0, *draft), sentence(*kind, hedges.1, *source))
    }
}

/// Amounts of all sizes, most with few digits that count.
fn amount() -> impl Strategy<Value = u64> {
    let round = (1_u64..1_000, 0_u32..12).prop_map(|(digits, zeros)| digits * 10_u64.pow(zeros));
    prop_oneof![3 => 2_u64..21, 3 => 2_u64..1_000, 1 => 1_000_u64..100_000, 3 => round]
}

pub(crate) fn said() -> impl Strategy<Value = Said> {
    let one = || (amount(), any::<prop::sample::Index>());
    (select(KINDS), one(), one(), select(&HEDGES[..]), select(&HEDGES[..])).prop_map(|(kind, draft, source, own, other)| {
        let written = |(amount, form): (u64, prop::sample::Index)| {
            // The next form that the amount is short in, or the next amount that is short in some form.
            let start = form.index(kind.forms.len());
            let forms = (0..kind.forms.len()).map(|at| kind.forms[(start + at) % kind.forms.len()]);
            let own = [
                amount,
                amount % 1_000,
                amount % 90 + 18,
                amount % 20 * 1_000_000,
                amount % 1_000 * 10_000_000,
                amount % 1_000 * 1_000_000_000_000,
            ];
            let amounts = own.into_iter().chain((0..14).map(|zeros| 18 * 10_u64.pow(zeros))).filter(|amount| *amount > 1);
            let mut fits = amounts.flat_map(|amount| forms.clone().map(move |form| (amount, form)));
            fits.find(|(amount, form)| form(*amount).is_some()).expect("some amount is short in some form")
        };
        let hedges = if kind.is_hedged { (own, other) } else { ("", "") };
        Said { kind, draft: written(draft), source: written(source), hedges }
    })
}

impl Said {
    /// The draft's, and the source's.
    pub(crate) fn sentences(&self) -> (String, String) {
        (sentence(self.kind, self.hedges.0, self.draft), sentence(self.kind, self.hedges.1, self.source))
    }
}

/// One amount in two ways.
pub(crate) fn twice() -> impl Strategy<Value = (String, String)> {
    (said(), any::<prop::sample::Index>()).prop_map(|(said, form)| {
        let Said { kind, draft, .. } = said;
        let fitting: Vec<Form> = kind.forms.iter().copied().filter(|form| form(draft.0).is_some()).collect();
        let other = fitting[form.index(fitting.len())];
        (sentence(kind, "", draft), sentence(kind, "", (draft.0, other)))
    })
}

fn sentence(kind: Kind, hedge: &str, (amount, form): (u64, Form)) -> String {
    format!("They said that {hedge}{}{}.", form(amount).expect("an amount that the form takes"), kind.behind)
}

/// The only figure of a sentence.
fn only_figure(text: &str) -> (Span, Arc<FigureMention>) {
    let document = Document::parse(text.into(), Format::Plain);
    let figures = read_block(&document.blocks()[0]).figures;
    assert_eq!(figures.len(), 1, "{text}: {:?}", figures.iter().map(|one| one.span.text(text)).collect::<Vec<_>>());
    (figures[0].span, figures[0].figure.clone())
}

pub(crate) fn is_written_true(said: &Said) -> Result<(), TestCaseError> {
    let Said { kind, draft, source, hedges } = said;
    let (text, told) = (sentence(*kind, hedges.0, *draft), sentence(*kind, hedges.1, *source));
    let ((place, own), (source_place, attested)) = (only_figure(&text), only_figure(&told));
    if let Some((mantissa, scale)) = kind.canonical {
        let meant = Decimal::from(source.0) * Decimal::new(mantissa, scale);
        prop_assert_eq!(attested.value, meant, "{} is read otherwise", told);
    }
    let words = source_place.text(&told);
    let written = write_figure(&text, place, &own, &attested, words);
    // The draft's own form, where the amount is short in it.
    let own_form = (draft.1)(source.0);
    // "Nearly" says more than a source does that has the number alone.
    let is_plain = hedges.0 == hedges.1 || hedges.1.is_empty() && hedges.0 == "about ";
    let Some(rewording) = written else {
        prop_assert!(own_form.is_none() || !is_plain, "nothing is written for “{told}” in “{text}”");
        return Ok(());
    };
    let mut mended = text.clone();
    mended.replace_range(rewording.span.range(), &rewording.words);
    let (_, read) = only_figure(&mended);
    prop_assert_eq!((read.value, read.high), (attested.value, attested.high), "{} → {} for {}", text, mended, told);
    prop_assert_eq!((read.dimension, read.unit), (attested.dimension, attested.unit), "{} for {}", mended, told);
    let hedge = if attested.hedge == Hedge::Exact { own.hedge } else { attested.hedge };
    prop_assert_eq!(read.hedge, hedge, "{} for {}", mended, told);
    if let Some(form) = own_form.filter(|_| is_plain) {
        let expected = format!("They said that {}{form}{}.", hedges.0, kind.behind);
        // On the other side of ten a draft in digits may have words, and the other way round: the source's are taken. So are those of a
        // million, and those for a time in another unit.
        let crosses_ten = (draft.0 < 10) != (source.0 < 10);
        let crosses_million = own.value < Decimal::from(1_000_000) && attested.value >= Decimal::from(1_000_000);
        let in_other_time = attested.dimension == Dimension::Duration && own.written.measure != attested.written.measure;
        let of_source = [&text[..place.start as usize], words, &text[place.end as usize..]].concat();
        prop_assert!(
            mended == expected || (crosses_ten || crosses_million || in_other_time) && mended == of_source,
            "{} for {} gives {}",
            text,
            told,
            mended
        );
    }
    Ok(())
}
