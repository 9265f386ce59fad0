//! What a share should read that was worked out wrongly: the percentage, or the plainest fraction in words that fits.

use std::sync::LazyLock;

use rust_decimal::{Decimal, RoundingStrategy};

use super::Case;
use super::figure_conflict::reworded;
use super::thresholds::{FRACTION_SLACK, PLAINLY};
use crate::data;
use crate::document::ProseSpan;
use crate::finding::Fix;
use crate::gazetteer::units::{Dimension, Hedge};
use crate::reader::FigureMention;
use crate::text::Span;

/// Puts `share`, a part of one, in the place of the percentage or the fraction at `at`; none where what stands around that
/// would no longer be right.
pub(super) fn fix(case: &Case<'_>, at: ProseSpan, stated: &FigureMention, share: Decimal) -> Option<Fix> {
    let number = ProseSpan { block: at.block, span: stated.number };
    if stated.high.is_some() || stated.value.is_sign_negative() {
        return None;
    }
    match stated.dimension {
        Dimension::Percent if matches!(stated.hedge, Hedge::Exact | Hedge::About) => {
            let percent = share
                .checked_mul(Decimal::ONE_HUNDRED)?
                .round_dp_with_strategy(stated.written.value.normalize().scale(), RoundingStrategy::MidpointAwayFromZero);
            let rewordings = &case.reading.blocks[at.block as usize].rewordings;
            reworded(case, at.block, rewordings.number(&case.document.block(at).text, at.span, stated, percent)?)
        }
        Dimension::Ratio => {
            // The article is among the words for a share, but not of the number.
            let text = &case.document.block(number).text[..number.span.start as usize];
            let before = text.strip_suffix("a ").filter(|before| !before.ends_with(char::is_alphanumeric));
            let article = before.map_or(0, |_| 2);
            let number = ProseSpan { span: Span::new(number.span.start - article, number.span.end), ..number };
            let old = case.document.words(number);
            // "2/3", "one in five": not among them, and nothing says how to write the right one in their way.
            fractions().iter().find(|fraction| fraction.is(old))?;
            let (new, hedge) = fractions().iter().find_map(|fraction| Some((fraction, fraction.hedge(share, stated.hedge)?)))?;
            let words = if old.contains(' ') && article == 0 { new.words.replace('-', " ") } else { new.words.to_owned() };
            replacing(case, number, &format!("{hedge}{words}"))
        }
        _ => None,
    }
}

fn replacing(case: &Case<'_>, at: ProseSpan, words: &str) -> Option<Fix> {
    let edit = case.document.replace(at, words)?;
    Some(Fix::new(format!("Change “{}” to “{words}”", case.document.words(at)), vec![edit]))
}

#[derive(Debug)]
struct Fraction {
    words: &'static str,
    value: Decimal,
}

impl Fraction {
    fn is(&self, words: &str) -> bool {
        words.replace(' ', "-") == self.words.replace(' ', "-")
    }

    /// What has to stand before the fraction so that it says `share`, where the draft has `hedge` already; none where it can't.
    fn hedge(&self, share: Decimal, hedge: Hedge) -> Option<&'static str> {
        let over = share.checked_sub(self.value)?;
        if over.abs() > FRACTION_SLACK {
            return None;
        }
        match hedge {
            Hedge::Exact if over.abs() <= PLAINLY => Some(""),
            Hedge::Exact if over > Decimal::ZERO => Some("more than "),
            Hedge::Exact => Some("nearly "),
            Hedge::About => Some(""),
            Hedge::MoreThan | Hedge::AtLeast => (over >= Decimal::ZERO).then_some(""),
            Hedge::Nearly | Hedge::LessThan | Hedge::AtMost => (over <= Decimal::ZERO).then_some(""),
        }
    }
}

fn fractions() -> &'static [Fraction] {
    static FRACTIONS: LazyLock<Vec<Fraction>> = LazyLock::new(|| {
        data::SHARES
            .rows()
            .filter_map(|[words, over, under]| {
                let (over, under): (Decimal, Decimal) = (over.parse().ok()?, under.parse().ok()?);
                Some(Fraction { words, value: over.checked_div(under)? })
            })
            .collect()
    });
    &FRACTIONS
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plainest(percent: i64, hedge: Hedge) -> Option<String> {
        let share = Decimal::new(percent, 2);
        fractions().iter().find_map(|fraction| Some(format!("{}{}", fraction.hedge(share, hedge)?, fraction.words)))
    }

    #[test]
    fn the_plainest_fraction_that_fits_is_taken() {
        assert_eq!(fractions().len(), data::SHARES.rows().count());
        assert_eq!(plainest(80, Hedge::Exact).as_deref(), Some("four-fifths"));
        assert_eq!(plainest(47, Hedge::Exact).as_deref(), Some("nearly half"));
        assert_eq!(plainest(36, Hedge::Exact).as_deref(), Some("more than a third"));
        assert_eq!(plainest(36, Hedge::About).as_deref(), Some("a third"));
        assert_eq!(plainest(36, Hedge::Nearly).as_deref(), Some("two-fifths"));
        assert_eq!(plainest(3, Hedge::Exact), None);
    }
}
