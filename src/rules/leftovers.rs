//! Values left over: reports of one event share most of theirs, whatever words stand around them. Where a draft has a value that none of the
//! reports of its event gives, and they one of the kind that the draft hasn't, the two may be one, with a slip between them.
//!
//! How much each sign counts was fitted to reports of one event with slips made in them, `data/fit_leftovers.py`.

use std::sync::LazyLock;

use super::Case;
use super::slips::Slip;
use crate::corpus::{DateFact, FigureFact, Row, Said, Sign, SourceId, Telling, Weighed, how_telling, signs};
use crate::data;
use crate::document::ProseSpan;
use crate::gazetteer::contrasts::exclude;
use crate::reader::{Agreement, Context, Dimension, Figure, FigureMention, compare_values};
use crate::thresholds::{LEFTOVER, MUCH_VAGUER};

/// What speaks for or against a value of a report being what a draft's should be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LeftoverSign {
    /// One for any two.
    Given,
    /// As [`Sign::Shared`], [`Sign::Counted`], [`Sign::Values`] and [`Sign::Period`].
    Shared,
    Counted,
    Values,
    Period,
    /// The words around have nothing in common.
    Strange,
    /// How much speaks for a slip of the hand, in nats; and that anything does.
    Slip,
    Slipped,
    /// How many other reports of the event give the value, at most two.
    Also,
    /// How many orders of magnitude lie between them, at most two.
    Far,
    /// How many values of the kind are left over in the reports, a logarithm.
    Left,
    /// A report gives the draft's own value, though more vaguely: "more than two thousand" for 2,418.
    Vague,
    /// It is a count, an age or a place in a row: small numbers meet by chance.
    Plain,
}

impl LeftoverSign {
    pub const ALL: [Self; 13] = [
        Self::Given,
        Self::Shared,
        Self::Counted,
        Self::Values,
        Self::Period,
        Self::Strange,
        Self::Slip,
        Self::Slipped,
        Self::Also,
        Self::Far,
        Self::Left,
        Self::Vague,
        Self::Plain,
    ];

    /// As the table of weights names it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Given => "given",
            Self::Shared => "shared",
            Self::Counted => "counted",
            Self::Values => "values",
            Self::Period => "period",
            Self::Strange => "strange",
            Self::Slip => "slip",
            Self::Slipped => "slipped",
            Self::Also => "also",
            Self::Far => "far",
            Self::Left => "left",
            Self::Vague => "vague",
            Self::Plain => "plain",
        }
    }
}

/// Each sign as far as it was seen.
pub type LeftoverSigns = [f64; LeftoverSign::ALL.len()];

/// A report of the draft's event.
#[derive(Clone, Copy, Debug)]
struct Report<'a> {
    source: SourceId,
    rows: &'a [Row],
}

impl<'a> Report<'a> {
    fn figures(self) -> impl Iterator<Item = (&'a Row, &'a FigureFact)> {
        self.rows.iter().filter_map(|row| if let Said::Figure(said) = &row.fact.said { Some((row, said)) } else { None })
    }

    fn dates(self) -> impl Iterator<Item = (&'a Row, &'a DateFact)> {
        self.rows.iter().filter_map(|row| if let Said::Date(said) = &row.fact.said { Some((row, said)) } else { None })
    }

    /// Where it has the value of a figure, however vaguely.
    fn giving(self, figure: &Figure) -> impl Iterator<Item = &'a Figure> {
        self.figures().map(|(_, said)| &*said.figure).filter(|said| agree(figure, said))
    }
}

/// The reports that tell of the draft's event.
#[derive(Debug, Default)]
pub(super) struct Reports<'a> {
    all: Vec<Report<'a>>,
    /// Where they give what the draft gives nowhere: worked out once, for a draft of hundreds of figures asks for each that none of them gives.
    unsaid: Vec<(&'a Row, &'a FigureFact)>,
}

impl<'a> Reports<'a> {
    pub(super) fn of(case: &Case<'a>) -> Self {
        // Where nothing is left of one, as in a draft of other things than the built-in sources', nobody need ask what it is of.
        let with_rows = case.dossier.reports.iter().filter(|(_, rows)| !rows.is_empty());
        let mut all: Vec<Report<'a>> = with_rows.map(|(source, rows)| Report { source: *source, rows }).collect();
        all.retain(|report| case.kinship(report.source).may_be_one_event());
        all.sort_by_key(|report| report.source);
        let is_said = |said: &FigureFact| case.figures().iter().any(|(_, own)| agree(own, &said.figure));
        let unsaid = all.iter().flat_map(|report| report.figures()).filter(|(_, said)| !is_said(said)).collect();
        Self { all, unsaid }
    }

    /// All dates that they have.
    pub(super) fn dates(&self) -> impl Iterator<Item = (&'a Row, &'a DateFact)> {
        self.all.iter().flat_map(|report| report.dates())
    }

    fn giving(&self, figure: &Figure) -> impl Iterator<Item = &'a Figure> {
        self.all.iter().flat_map(|report| report.giving(figure))
    }
}

/// A value that may be what one of the draft should be.
#[derive(Clone, Debug)]
pub struct Leftover<'a> {
    /// Where the draft has another one.
    pub at: ProseSpan,
    pub row: &'a Row,
    pub said: &'a FigureFact,
    pub signs: LeftoverSigns,
}

impl Leftover<'_> {
    /// How much speaks for its being meant, a logarithm of odds.
    pub fn likelihood(&self) -> f64 {
        static WEIGHTS: LazyLock<LeftoverSigns> = LazyLock::new(|| data::LEFTOVERS.weights(LeftoverSign::ALL.map(LeftoverSign::name)));
        self.signs.iter().zip(&*WEIGHTS).map(|(sign, weight)| sign * weight).sum()
    }
}

/// What is left over for a figure of the draft; nothing where a report gives its value as exactly.
pub fn leftovers<'a>(case: &Case<'a>, at: ProseSpan, figure: &FigureMention) -> Vec<Leftover<'a>> {
    let reports = case.reports();
    let mut is_vague = false;
    for given in reports.giving(figure) {
        if !is_vaguer(given, figure) {
            return Vec::new();
        }
        is_vague = true;
    }
    // The dead of the one are no slip of the injured of the other.
    let parts = |said: &FigureFact| figure.context.fate.zip(said.figure.context.fate).is_some_and(|(own, other)| own != other);
    let differs = |said: &FigureFact| compare_values(figure, &said.figure) == Agreement::Differ && !parts(said);
    let of_others = |said: &FigureFact| exclude(&figure.context.told, &said.figure.context.told);
    let found: Vec<_> = reports.unsaid.iter().copied().filter(|(_, said)| differs(said) && !of_others(said)).collect();
    let mut values: Vec<_> = found.iter().map(|(_, said)| (said.figure.value, said.figure.high)).collect();
    values.sort_unstable();
    values.dedup();
    let many = f64::from(values.len() as u32).ln_1p();
    let own = telling(&figure.context);
    let signs_of = |source: SourceId, said: &FigureFact| {
        let mut seen = [0.0; LeftoverSign::ALL.len()];
        let mut set = |sign: LeftoverSign, value: f64| seen[sign as usize] = value;
        let others = telling(&said.figure.context);
        let asked = Weighed { context: &figure.context, telling: &own };
        set(LeftoverSign::Given, 1.0);
        match signs(asked, Weighed { context: &said.figure.context, telling: &others }) {
            Some(likeness) => {
                set(LeftoverSign::Shared, likeness.get(Sign::Shared));
                set(LeftoverSign::Counted, likeness.get(Sign::Counted));
                set(LeftoverSign::Values, likeness.get(Sign::Values));
                set(LeftoverSign::Period, likeness.get(Sign::Period));
            }
            None => set(LeftoverSign::Strange, 1.0),
        }
        let slip = Slip::between(figure, &said.figure).map_or(0.0, Slip::tells);
        set(LeftoverSign::Slip, slip);
        set(LeftoverSign::Slipped, f64::from(u8::from(slip > 0.0)));
        let also = reports.all.iter().filter(|report| report.source != source && report.giving(&said.figure).next().is_some());
        set(LeftoverSign::Also, f64::from(also.take(2).count() as u32));
        let far = figure.magnitude().zip(said.figure.magnitude()).map_or(0.0, |(one, other)| (one - other).abs());
        set(LeftoverSign::Far, if slip > 0.0 { 0.0 } else { (far - 0.5).clamp(0.0, 2.0) });
        set(LeftoverSign::Left, many);
        set(LeftoverSign::Vague, f64::from(u8::from(is_vague)));
        let plain = matches!(figure.dimension, Dimension::Count | Dimension::Number | Dimension::Ordinal | Dimension::Age);
        set(LeftoverSign::Plain, f64::from(u8::from(plain)));
        seen
    };
    found.into_iter().map(|(row, said)| Leftover { at, row, said, signs: signs_of(row.id.source, said) }).collect()
}

/// What a figure of the draft should be by all reports that give it, the likeliest first; nothing where little speaks for it.
pub(super) fn meant<'a>(case: &Case<'a>, at: ProseSpan, figure: &FigureMention) -> Vec<Leftover<'a>> {
    let mut found = leftovers(case, at, figure);
    // Of equals the one of the earlier report, as elsewhere; what a folder is called is of no account.
    let place =
        |one: &Leftover<'_>| (one.row.published, case.dossier.brief(one.row.id.source).map(|brief| &brief.header.id), one.row.id.at);
    found.sort_by(|one, other| other.likelihood().total_cmp(&one.likelihood()).then_with(|| place(one).cmp(&place(other))));
    let Some(best) = found.first().filter(|best| best.likelihood() >= LEFTOVER).cloned() else { return Vec::new() };
    let mut sources = Vec::new();
    found.retain(|one| {
        let same = agree(&one.said.figure, &best.said.figure) && !sources.contains(&one.row.id.source);
        if same {
            sources.push(one.row.id.source);
        }
        same
    });
    found
}

fn agree(one: &Figure, other: &Figure) -> bool {
    compare_values(one, other) == Agreement::Agree
}

/// Whether a value that agrees with a figure of the draft could as well agree with many others that it wouldn't be taken for.
fn is_vaguer(given: &Figure, figure: &Figure) -> bool {
    let width = |figure: &Figure| {
        let (low, high) = figure.bounds();
        high - low
    };
    // Small numbers of things leave nothing open.
    let own = if figure.is_exact() { 1.0 } else { width(figure) };
    given.value != figure.value && width(given) > MUCH_VAGUER * own
}

/// What the words around a figure tell in news at large: which corpus they come from is of no account within one event.
pub(super) fn telling(context: &Context) -> Telling {
    Telling::new(context, context.terms.iter().map(|term| how_telling(term.word, 0, 0)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_weighs_the_signs_that_there_are() {
        let mut signs = LeftoverSign::ALL.map(LeftoverSign::name);
        signs.sort_unstable();
        assert!(data::LEFTOVERS.rows().map(|[name, _]| name).eq(signs));
    }
}
