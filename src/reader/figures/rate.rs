//! Rates: in what time so much is done, "1,200 tonnes of coal a day", "a weekly 40,000 visitors".

use std::ops::Range;

use crate::gazetteer::terms::TermTables;
use crate::gazetteer::units::{FigureTables, Period};
use crate::text::{Row, TokenKind};

/// So many words may stand between a figure and its period: "1,200 tonnes of coal a day".
const WITHIN: usize = 5;

/// The period of the rate that the number at `tokens` is, as far as its sentence says.
pub(super) fn period(row: Row<'_, '_>, sentence: &Range<usize>, tokens: &Range<usize>) -> Option<Period> {
    let tables = FigureTables::get();
    if let Some(before) = tokens.start.checked_sub(1).filter(|before| sentence.contains(before)) {
        // "A daily 300": but "the daily 3, 5 and 8 o'clock trains" is none, nor is "Daily 10".
        let adverb = tables.adverb_of_period(row.word(before)).filter(|_| before > sentence.start && !row.is_capitalised(before));
        if adverb.is_some() {
            return adverb;
        }
    }
    let end = sentence.end.min(tokens.end.saturating_add(WITHIN));
    for at in tokens.end..end {
        let token = row.tokens.get(at)?;
        match token.kind {
            TokenKind::Word => {}
            TokenKind::Mark if row.is_mark(at, &['/']) && at == tokens.end => {
                return tables.period(row.word(at + 1)).filter(|_| row.is_joined(at) && row.is_joined(at + 1));
            }
            TokenKind::Mark if row.is_mark(at, &['-', '‑']) && row.is_joined(at) => continue,
            TokenKind::Possessive | TokenKind::Mark | TokenKind::Number => return None,
        }
        let word = row.word(at);
        let article = row.is(at, &["a", "an", "each", "every"]);
        if (article && follows_what_is_counted(row, at, tokens.end) || row.is(at, &["per"]))
            && let Some(period) = tables.period(row.word(at + 1)).filter(|_| is_whole_period(row, at + 2))
        {
            return Some(period);
        }
        if let Some(period) =
            tables.adverb_of_period(word).filter(|_| row.tokens.get(at + 1).is_none_or(|next| next.kind != TokenKind::Number))
        {
            return Some(period);
        }
        // "Three of them said a day later": the words of another clause.
        if !article && !row.is(at, &["per", "of", "and"]) && TermTables::get().is_function_word(word) || tables.number_word(word).is_some()
        {
            return None;
        }
    }
    None
}

/// Whether an article stands right behind the number or a noun: "in a day" and "more than a year" tell how long.
fn follows_what_is_counted(row: Row<'_, '_>, at: usize, end: usize) -> bool {
    at == end
        || at.checked_sub(1).is_some_and(|before| !row.word(before).is_empty() && !TermTables::get().is_function_word(row.word(before)))
}

/// "A day later", "a year and a half", "a day-long", "a year ago": no rate.
fn is_whole_period(row: Row<'_, '_>, at: usize) -> bool {
    let joined = row.has_joined(at, "-");
    let goes_on = row.is(at, &["and"]) && row.is(at + 1, &["a"]);
    let cue = TermTables::get().cue_behind(TermTables::get().key(row.word(at)));
    !joined
        && !goes_on
        && !matches!(cue, Some("later" | "earlier" | "ago" | "old" | "length"))
        && !row.is(at, &["off", "out", "away", "from"])
}

#[cfg(test)]
mod tests {
    use crate::reader::figures::tests::figure_in;
    use crate::reader::{Agreement, compare};

    /// The first figure of a text with its period.
    fn rate(text: &str) -> Option<&'static str> {
        figure_in(text).per.map(crate::reader::Period::name)
    }

    #[test]
    fn the_period_of_a_rate_is_read() {
        for (text, period) in [
            ("It burns 1,200 tonnes of coal a day.", "day"),
            ("It makes 300 loaves per week.", "week"),
            ("They earn £12 an hour.", "hour"),
            ("Rent is $900/month.", "month"),
            ("Some 200 births daily are told of.", "day"),
            ("It draws a weekly 40,000 visitors.", "week"),
            ("It costs £4m annually to run.", "year"),
            ("It uses 40 litres per person per day.", "day"),
            ("It rose by 3% a year.", "year"),
            ("It pays €50 each month.", "month"),
        ] {
            assert_eq!(rate(text), Some(period), "{text}");
        }
        for text in [
            "It lost 300 jobs in a day.",
            "It burnt 1,200 tonnes of coal, a day after the fire.",
            "Prices rose 3% in a year.",
            "Three men died a day later.",
            "It cost £4m over a year and a half.",
            "It has 300 loaves a child may eat.",
            "The daily had 300 readers.",
            "It sold 20 boats and a year ago none.",
            "Some 31 came home, 17 were lost.",
            "It has 25 presses, 12 together.",
        ] {
            assert_eq!(rate(text), None, "{text}");
        }
    }

    #[test]
    fn rates_of_two_periods_are_converted() {
        let of = |one: &str, other: &str| {
            let (one, other) = (figure_in(&format!("The works made {one}.")), figure_in(&format!("The works made {other}.")));
            assert_eq!(compare(&one, &other), compare(&other, &one));
            compare(&one, &other)
        };
        assert_eq!(of("1,000 carts a week", "52,000 carts a year"), Agreement::Agree);
        assert_eq!(of("250 carts a month", "3,000 carts a year"), Agreement::Agree);
        assert_eq!(of("£12 an hour", "£96 a day"), Agreement::Agree);
        assert_eq!(of("24 carts a day", "one cart an hour"), Agreement::Agree);
        // The same number of another period.
        assert_eq!(of("1,000 carts a week", "1,000 carts a day"), Agreement::Differ);
        assert_eq!(of("£12m a month", "£12m a year"), Agreement::Differ);
        assert_eq!(of("1,000 carts a week", "1,300 carts a week"), Agreement::Differ);
        // Who reckons otherwise is not wrong.
        assert_eq!(of("1,000 carts a week", "61,000 carts a year"), Agreement::Apart);
    }
}
