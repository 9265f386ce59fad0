//! Units of measure, currencies, number words and hedges: the tables behind every figure.

use std::str::FromStr;
use std::sync::LazyLock;

use rust_decimal::Decimal;
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use super::phrase_table::PhraseTable;
use crate::data;
use crate::text::{Token, WordMap};

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Dimension {
    Count,
    Ordinal,
    Percent,
    Money,
    Length,
    Area,
    Volume,
    Mass,
    Speed,
    Temperature,
    Duration,
    Age,
    /// Percentage points.
    Points,
    Ratio,
    Energy,
    Power,
    Data,
    /// A plain number, or one in a unit of a kind that is compared by its unit's name alone: pressure, voltage.
    Number,
}

impl Dimension {
    /// As output and tables call it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Count => "count",
            Self::Ordinal => "ordinal",
            Self::Percent => "percent",
            Self::Money => "money",
            Self::Length => "length",
            Self::Area => "area",
            Self::Volume => "volume",
            Self::Mass => "mass",
            Self::Speed => "speed",
            Self::Temperature => "temperature",
            Self::Duration => "duration",
            Self::Age => "age",
            Self::Points => "points",
            Self::Ratio => "ratio",
            Self::Energy => "energy",
            Self::Power => "power",
            Self::Data => "data",
            Self::Number => "number",
        }
    }

    /// The canonical unit; none for what has none, or has several.
    pub const fn canonical_unit(self) -> Option<&'static str> {
        match self {
            Self::Percent => Some("%"),
            Self::Length => Some("m"),
            Self::Area => Some("m2"),
            Self::Volume => Some("m3"),
            Self::Mass => Some("kg"),
            Self::Speed => Some("m/s"),
            Self::Temperature => Some("K"),
            Self::Duration => Some("s"),
            Self::Age => Some("yr"),
            Self::Count
            | Self::Ordinal
            | Self::Money
            | Self::Points
            | Self::Ratio
            | Self::Energy
            | Self::Power
            | Self::Data
            | Self::Number => None,
        }
    }

    fn of_table(name: &str) -> Option<Self> {
        use Dimension::{Area, Data, Duration, Energy, Length, Mass, Number, Percent, Points, Power, Speed, Temperature, Volume};
        [Percent, Points, Length, Area, Volume, Mass, Speed, Temperature, Duration, Energy, Power, Data, Number]
            .into_iter()
            .find(|dimension| dimension.name() == name)
    }
}

/// A unit of measure. Its canonical value is `written * factor + offset`.
#[derive(Debug, PartialEq)]
pub struct Unit {
    /// In full and in the singular: `square kilometre`.
    pub name: &'static str,
    pub dimension: Dimension,
    pub factor: Decimal,
    pub offset: Decimal,
    /// The factor of the largest unit that the word may mean as well: a ton is any of three. Its own where there is none.
    pub most: Decimal,
    /// `metric`, `imperial`, `nautical`, `time` or `other`; for a unit of a plain number what it measures, `pressure`.
    pub system: &'static str,
}

impl Unit {
    /// In the canonical unit of its dimension; none when that is too large to be held.
    pub fn to_canonical(&self, written: Decimal) -> Option<Decimal> {
        written.checked_mul(self.factor)?.checked_add(self.offset)
    }

    /// The other way round.
    pub fn of_canonical(&self, value: Decimal) -> Option<Decimal> {
        value.checked_sub(self.offset)?.checked_div(self.factor)
    }
}

#[derive(Debug, PartialEq, Eq)]
pub struct Currency {
    /// ISO 4217.
    pub code: &'static str,
    /// What its unit is called, "dollar": many a desk leaves out whose.
    pub kind: &'static str,
}

/// What may stand beside a number.
#[derive(Clone, Copy, Debug)]
pub enum Measure {
    Unit(&'static Unit),
    Money(&'static Currency),
    /// A hundredth of a currency's unit.
    Minor(&'static Currency),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NumberKind {
    Unit,
    Teen,
    Ten,
    Dozen,
    Hundred,
    Scale,
    /// Written onto digits: `k`, `m`, `b`.
    Suffix,
    /// "dozens", "thousands": no number of its own.
    Plural,
    Ordinal,
    OrdinalScale,
    /// Its value is what it divides by.
    Fraction,
}

#[derive(Clone, Copy, Debug)]
pub struct NumberWord {
    pub value: Decimal,
    pub kind: NumberKind,
}

/// What a rate is reckoned by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Period {
    Second,
    Minute,
    Hour,
    Day,
    Week,
    Month,
    Quarter,
    Year,
}

impl Period {
    pub const ALL: [Self; 8] = [Self::Second, Self::Minute, Self::Hour, Self::Day, Self::Week, Self::Month, Self::Quarter, Self::Year];

    /// As output and tables call it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Second => "second",
            Self::Minute => "minute",
            Self::Hour => "hour",
            Self::Day => "day",
            Self::Week => "week",
            Self::Month => "month",
            Self::Quarter => "quarter",
            Self::Year => "year",
        }
    }

    fn of_table(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|period| period.name() == name)
    }
}

/// How exactly a number is meant.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Hedge {
    #[default]
    Exact,
    About,
    Nearly,
    MoreThan,
    AtLeast,
    LessThan,
    AtMost,
}

impl Hedge {
    pub const ALL: [Self; 7] = [Self::Exact, Self::About, Self::Nearly, Self::MoreThan, Self::AtLeast, Self::LessThan, Self::AtMost];

    /// As output and tables call it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Exact => "exact",
            Self::About => "about",
            Self::Nearly => "nearly",
            Self::MoreThan => "more than",
            Self::AtLeast => "at least",
            Self::LessThan => "less than",
            Self::AtMost => "at most",
        }
    }
}

/// All the tables, read once.
#[derive(Debug)]
pub struct FigureTables {
    /// Units and currencies by their words, folded.
    pub words: PhraseTable<Measure>,
    /// Units and currencies by their symbols, as written.
    pub symbols: PhraseTable<Measure>,
    /// Symbols only where they touch the digits.
    pub attached: PhraseTable<Measure>,
    /// Currency symbols and codes, as they stand before a number.
    pub money_before: PhraseTable<Measure>,
    /// Those of them that may be written onto the digits: `RM42`, but not `COP26`.
    pub money_joined: PhraseTable<Measure>,
    /// Those of them that are names as well, and so need a scale or thousands behind the digits: `PS6m`, but not `PS5`.
    pub money_sums: Vec<&'static str>,
    /// Codes for a million of a currency, before a number or behind it: `MSEK`.
    pub millions: PhraseTable<Measure>,
    pub hedges_before: PhraseTable<Hedge>,
    pub hedges_after: PhraseTable<Hedge>,
    numbers: WordMap<NumberWord>,
    /// The word for each value that has one; the first of several in the table.
    cardinals: FxHashMap<Decimal, &'static str>,
    ordinals: FxHashMap<Decimal, &'static str>,
    units: Vec<&'static Unit>,
    currencies: Vec<&'static Currency>,
    periods: WordMap<Period>,
    adverbs_of_period: WordMap<Period>,
    period_ratios: FxHashMap<(Period, Period), (Decimal, Decimal)>,
}

impl FigureTables {
    pub fn get() -> &'static Self {
        static TABLES: LazyLock<FigureTables> = LazyLock::new(FigureTables::load);
        &TABLES
    }

    pub fn number_word(&self, word: &str) -> Option<NumberWord> {
        self.numbers.get_in_any_case(word).copied()
    }

    /// The same for a token of `text`.
    #[inline]
    pub fn number_token(&self, token: Token, text: &str) -> Option<NumberWord> {
        self.numbers.get_token(token, text).copied()
    }

    /// How a count, or a place in a row, is written in a single word: "seven", "seventh".
    pub fn in_words(&self, value: Decimal, ordinal: bool) -> Option<&'static str> {
        if ordinal { &self.ordinals } else { &self.cardinals }.get(&value.normalize()).copied()
    }

    /// A unit by its full name in the singular.
    pub fn unit(&self, name: &str) -> Option<&'static Unit> {
        self.units.iter().copied().find(|unit| unit.name == name)
    }

    /// A canonical unit or a currency's code, as a figure has it.
    pub fn code(&self, code: &str) -> Option<&'static str> {
        let canonical = self.units.iter().filter_map(|unit| unit.dimension.canonical_unit()).chain(["%", "yr"]);
        let names = self.units.iter().map(|unit| unit.name);
        self.currencies.iter().map(|currency| currency.code).chain(canonical).chain(names).find(|known| *known == code)
    }

    /// What the unit of a currency is called.
    pub fn kind_of_currency(&self, code: &str) -> Option<&'static str> {
        self.currencies.iter().find(|currency| currency.code == code).map(|currency| currency.kind)
    }

    /// The period that a word names, "day".
    pub fn period(&self, word: &str) -> Option<Period> {
        self.periods.get_in_any_case(word).copied()
    }

    /// The one by which a word says that something is reckoned, "daily".
    pub fn adverb_of_period(&self, word: &str) -> Option<Period> {
        self.adverbs_of_period.get_in_any_case(word).copied()
    }

    /// How many of the shorter period are reckoned to the longer one, at least and at most; none where that can't be said.
    pub fn period_ratio(&self, shorter: Period, longer: Period) -> Option<(Decimal, Decimal)> {
        self.period_ratios.get(&(shorter, longer)).copied()
    }

    pub fn units(&self) -> &[&'static Unit] {
        &self.units
    }

    fn load() -> Self {
        let (mut words, mut symbols, mut attached, mut money_before) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        let (mut units, mut currencies, mut money_joined, mut millions) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        let mut money_sums = Vec::new();
        for row in data::UNITS.rows() {
            let Some(unit) = unit_of(&row) else { continue };
            let unit: &'static Unit = Box::leak(Box::new(unit));
            units.push(unit);
            words.extend(spellings(&row, 5).map(|word| (word, Measure::Unit(unit))));
            for symbol in spellings(&row, 6) {
                match symbol.strip_prefix('~') {
                    Some(symbol) => attached.push((symbol, Measure::Unit(unit))),
                    None => symbols.push((symbol, Measure::Unit(unit))),
                }
            }
        }
        for row in data::CURRENCIES.rows() {
            let [code, ..] = row;
            let kind = spellings(&row, 1).next().and_then(|name| name.rsplit(' ').next()).unwrap_or_default();
            let currency: &'static Currency = Box::leak(Box::new(Currency { code, kind }));
            currencies.push(currency);
            words.extend(spellings(&row, 1).map(|word| (word, Measure::Money(currency))));
            for symbol in spellings(&row, 2) {
                if let Some(code) = symbol.strip_prefix('*') {
                    millions.push((code, Measure::Money(currency)));
                    continue;
                }
                let plain = symbol.trim_start_matches(['_', '~', '+']);
                if symbol.starts_with('+') {
                    money_sums.push(plain);
                } else {
                    symbols.push((plain, Measure::Money(currency)));
                }
                if !symbol.starts_with(['~', '+']) {
                    money_before.push((plain, Measure::Money(currency)));
                }
                if plain == symbol || symbol.starts_with('+') {
                    money_joined.push((plain, Measure::Money(currency)));
                }
            }
            for minor in spellings(&row, 3) {
                if minor.len() > 1 {
                    words.push((minor, Measure::Minor(currency)));
                } else {
                    attached.push((minor, Measure::Minor(currency)));
                }
            }
        }
        let (mut hedges_before, mut hedges_after) = (Vec::new(), Vec::new());
        for [phrase, name, place] in data::HEDGES.rows() {
            let Some(hedge) = Hedge::ALL.into_iter().find(|hedge| hedge.name() == name) else { continue };
            if place == "before" { hedges_before.push((phrase, hedge)) } else { hedges_after.push((phrase, hedge)) }
        }
        let mut numbers: FxHashMap<_, _> = data::NUMBERS.rows().filter_map(|row| number_of(&row)).collect();
        let (mut cardinals, mut ordinals) = (FxHashMap::default(), FxHashMap::default());
        for (word, number) in data::NUMBERS.rows().filter_map(|row| number_of(&row)) {
            match number.kind {
                NumberKind::Unit | NumberKind::Teen | NumberKind::Ten => cardinals.entry(number.value).or_insert(word),
                NumberKind::Ordinal => ordinals.entry(number.value).or_insert(word),
                _ => continue,
            };
        }
        let periods = |column: usize| {
            data::PERIODS.rows().flat_map(move |row| {
                let period = Period::of_table(row[0]);
                spellings(&row, column).filter_map(|word| Some((word, period?))).collect::<Vec<_>>()
            })
        };
        let ratio = |[shorter, longer, least, most]: [&'static str; 4]| {
            let of = (Period::of_table(shorter)?, Period::of_table(longer)?);
            Some((of, (Decimal::from_str(least).ok()?, Decimal::from_str(most).ok()?)))
        };
        let run_together: Vec<_> = run_together(&numbers).collect();
        numbers.extend(run_together);
        Self {
            words: PhraseTable::new(words.into_iter(), false),
            symbols: PhraseTable::new(symbols.into_iter(), true),
            attached: PhraseTable::new(attached.into_iter(), true),
            money_before: PhraseTable::new(money_before.into_iter(), true),
            money_joined: PhraseTable::new(money_joined.into_iter(), true),
            money_sums,
            millions: PhraseTable::new(millions.into_iter(), true),
            hedges_before: PhraseTable::new(hedges_before.into_iter(), false),
            hedges_after: PhraseTable::new(hedges_after.into_iter(), false),
            numbers: numbers.into(),
            cardinals,
            ordinals,
            units,
            currencies,
            periods: periods(1).collect::<FxHashMap<_, _>>().into(),
            adverbs_of_period: periods(2).collect::<FxHashMap<_, _>>().into(),
            period_ratios: data::PERIOD_RATIOS.rows().filter_map(ratio).collect(),
        }
    }
}

fn spellings(row: &[&'static str], column: usize) -> impl Iterator<Item = &'static str> {
    row.get(column).copied().unwrap_or_default().split('|').filter(|spelling| !spelling.is_empty())
}

fn unit_of(&[name, dimension, factor, offset, system, ..]: &[&'static str; 7]) -> Option<Unit> {
    let most = data::AMBIGUOUS_UNITS.rows().find(|row| row[0] == name).map_or(factor, |[_, most]| most);
    Some(Unit {
        name,
        dimension: Dimension::of_table(dimension)?,
        factor: Decimal::from_str(factor).ok()?,
        most: Decimal::from_str(most).ok()?,
        offset: Decimal::from_str(offset).ok()?,
        system,
    })
}

fn number_of(&[word, value, kind]: &[&'static str; 3]) -> Option<(&'static str, NumberWord)> {
    let kind = match kind {
        "unit" => NumberKind::Unit,
        "teen" => NumberKind::Teen,
        "ten" => NumberKind::Ten,
        "dozen" => NumberKind::Dozen,
        "hundred" => NumberKind::Hundred,
        "scale" => NumberKind::Scale,
        "suffix" => NumberKind::Suffix,
        "plural" => NumberKind::Plural,
        "ordinal" => NumberKind::Ordinal,
        "ordinal scale" => NumberKind::OrdinalScale,
        "fraction" => NumberKind::Fraction,
        _ => return None,
    };
    Some((word, NumberWord { value: Decimal::from_str(value).ok()?, kind }))
}

/// "twentyfive", "thirtyfirst": tens with ones and no hyphen between.
fn run_together<'a>(numbers: &'a FxHashMap<&'static str, NumberWord>) -> impl Iterator<Item = (&'static str, NumberWord)> + 'a {
    let ones = |kind: NumberKind| matches!(kind, NumberKind::Unit | NumberKind::Ordinal);
    numbers.iter().filter(|(_, ten)| ten.kind == NumberKind::Ten).flat_map(move |(&ten, &tens)| {
        numbers.iter().filter(move |(_, one)| ones(one.kind) && one.value >= Decimal::ONE && one.value < Decimal::TEN).filter_map(
            move |(&one, &word)| {
                let kind = if word.kind == NumberKind::Unit { NumberKind::Teen } else { NumberKind::Ordinal };
                let joined: &'static str = Box::leak(format!("{ten}{one}").into_boxed_str());
                Some((joined, NumberWord { value: tens.value.checked_add(word.value)?, kind }))
            },
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_of_the_tables_is_read() {
        let tables = FigureTables::get();
        assert_eq!(tables.units.len(), data::UNITS.rows().count());
        assert!(data::NUMBERS.rows().all(|row| tables.number_word(row[0]).is_some()));
        assert!(data::CURRENCIES.rows().all(|row| row[0].len() == 3));
        assert!(data::PERIODS.rows().all(|row| row[1].split('|').all(|word| tables.period(word).map(Period::name) == Some(row[0]))));
        assert_eq!(tables.period_ratios.len(), data::PERIOD_RATIOS.rows().count());
        assert!(tables.period_ratios.iter().all(|((shorter, longer), (least, most))| shorter < longer && least <= most));
        for row in data::HEDGES.rows() {
            assert!(Hedge::ALL.iter().any(|hedge| hedge.name() == row[1]), "{row:?}");
        }
    }

    proptest::proptest! {
        #[test]
        fn units_convert_there_and_back(cents in 1i64..1_000_000_000, index: proptest::sample::Index) {
            let units = FigureTables::get().units();
            let unit = index.get(units);
            let written = Decimal::new(cents, 2);
            let canonical = unit.to_canonical(written).expect("small enough");
            let back = unit.of_canonical(canonical).expect("small enough");
            proptest::prop_assert!((back - written).abs() < Decimal::new(1, 6), "{} {}", unit.name, back);
        }
    }
}
