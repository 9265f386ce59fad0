//! The rules, one file each, registered in [`RULES`]: settings, documentation and output codes all derive from that slice.
//! A rule is a pure function of the case before it.

mod acronym_conflict;
pub mod alignment;
mod attested;
mod date_conflict;
mod date_weekday;
mod date_words;
mod figure_conflict;
mod figure_conversion;
mod figure_mixed;
mod figure_sum;
mod identity;
mod kinship;
mod leftover;
pub mod leftovers;
mod name_conflict;
mod name_first_reference;
mod name_misspelled;
mod name_mixed;
mod name_variant;
mod place_conflict;
mod quote_altered;
mod quote_misattributed;
mod rare_words;
mod respoken;
mod rule_words;
mod settled;
mod shares;
mod slips;
mod spelling;
mod stet_unused;
mod sums;
mod title_conflict;
mod title_mixed;
mod title_outdated;
mod titles;
mod unit_number;
mod years;

use std::sync::{Mutex, OnceLock, PoisonError};

use jiff::civil::Date;
use rustc_hash::FxHashMap;

pub use leftover::RULE as LEFTOVER;
pub use name_first_reference::RULE as FIRST_REFERENCE;
pub use titles::{agree_as_titles, contradict};

use identity::Met;
use kinship::{Kinship, Tally};
use spelling::Named;
use titles::Titles;

use crate::corpus::{Account, Citation, Dossier, Gist, SourceId, Standing};
use crate::document::{Document, ProseSpan};
use crate::finding::{Finding, Fix, RuleInfo};
use crate::gazetteer::English;
use crate::markup::Stet;
use crate::reader::{DateMention, FigureMention, Mention, MentionKind, Reading};
use crate::thresholds;

/// What a rule gets to see.
pub struct Case<'a> {
    pub document: &'a Document,
    pub reading: &'a Reading,
    pub dossier: &'a Dossier,
    /// The draft's own date, or the day taken for it.
    pub today: Option<Date>,
    /// For the housekeeping rules, which run after all others: the stet marks that silenced nothing.
    pub unused_stets: &'a [&'a Stet],
    /// What several rules look at, each made for the first that asks.
    shared: Shared<'a>,
}

#[derive(Default)]
struct Shared<'a> {
    names: OnceLock<Vec<Named<'a>>>,
    titles: OnceLock<Titles<'a>>,
    english: OnceLock<Option<English>>,
    figures: OnceLock<Vec<(&'a Mention, &'a FigureMention)>>,
    dates: OnceLock<Vec<(&'a Mention, &'a DateMention)>>,
    gist: OnceLock<Gist>,
    /// How the draft stands to each source that was asked about.
    kinship: Mutex<FxHashMap<SourceId, Kinship>>,
    tallies: OnceLock<FxHashMap<SourceId, Tally>>,
    reports: OnceLock<leftovers::Reports<'a>>,
    met: Met<'a>,
}

impl<'a> Case<'a> {
    pub fn new(document: &'a Document, reading: &'a Reading, dossier: &'a Dossier, today: Option<Date>) -> Self {
        Self { document, reading, dossier, today, unused_stets: &[], shared: Shared::default() }
    }

    /// The same case as the housekeeping rules see it.
    #[must_use]
    pub fn with_unused_stets(self, unused_stets: &'a [&'a Stet]) -> Self {
        Self { unused_stets, ..self }
    }

    /// All names of the draft that are checked.
    fn names(&self) -> &[Named<'a>] {
        self.shared.names.get_or_init(|| spelling::names(self))
    }

    /// The titles of the draft that are checked, with what the sources call their holders.
    fn titles(&self) -> &Titles<'a> {
        self.shared.titles.get_or_init(|| Titles::of(self))
    }

    /// The figures of the draft, those in notes of correction left out.
    fn figures(&self) -> &[(&'a Mention, &'a FigureMention)] {
        self.shared.figures.get_or_init(|| {
            let of = |mention: &'a Mention| if let MentionKind::Figure(figure) = &mention.kind { Some((mention, &**figure)) } else { None };
            self.checked().filter_map(of).collect()
        })
    }

    /// The dates of the draft, those in notes of correction left out.
    fn dates(&self) -> &[(&'a Mention, &'a DateMention)] {
        self.shared.dates.get_or_init(|| {
            let of = |mention: &'a Mention| if let MentionKind::Date(date) = &mention.kind { Some((mention, date)) } else { None };
            self.checked().filter_map(of).collect()
        })
    }

    /// How the draft stands to a source, by what both say as a whole.
    fn kinship(&self, source: SourceId) -> Kinship {
        let mut kinship = self.shared.kinship.lock().unwrap_or_else(PoisonError::into_inner);
        *kinship.entry(source).or_insert_with(|| Kinship::between(self, source))
    }

    /// How the draft stands to each source, value by value.
    fn tallies(&self) -> &FxHashMap<SourceId, Tally> {
        self.shared.tallies.get_or_init(|| kinship::tallies(self))
    }

    /// The reports that tell of the draft's event.
    fn reports(&self) -> &leftovers::Reports<'a> {
        self.shared.reports.get_or_init(|| leftovers::Reports::of(self))
    }

    /// What the draft says as a whole.
    fn gist(&self) -> &Gist {
        self.shared.gist.get_or_init(|| Gist::of(self.reading, self.today))
    }

    /// What a source says that gives a figure or a date.
    fn account(&self, source: SourceId) -> Option<&'a Account> {
        self.dossier.brief(source).map(|brief| &brief.account)
    }

    fn checked(&self) -> impl Iterator<Item = &'a Mention> {
        self.reading.mentions.iter().filter(|mention| !self.reading.is_in_correction(mention.at))
    }

    /// The English that the draft is written in, where its spellings tell one.
    fn english(&self) -> Option<English> {
        *self.shared.english.get_or_init(|| {
            let mut spelt = self.reading.blocks.iter().zip(self.document.blocks()).flat_map(|(reading, block)| {
                reading.tokens.iter().filter(|token| token.is_word()).filter_map(|token| English::of_word(token.text(&block.text)))
            });
            spelt.next().filter(|english| spelt.all(|other| other == *english))
        })
    }
}

/// A rule: what is to be known of it, and what it does.
pub struct Rule {
    pub info: &'static RuleInfo,
    pub check: fn(&Case<'_>) -> Vec<Finding>,
}

/// All rules; within a family, the most specific first.
pub static RULES: &[Rule] = &[
    // Names
    Rule { info: &name_misspelled::RULE, check: name_misspelled::check },
    Rule { info: &name_conflict::RULE, check: name_conflict::check },
    Rule { info: &name_mixed::RULE, check: name_mixed::check },
    Rule { info: &name_variant::RULE, check: name_variant::check },
    Rule { info: &name_first_reference::RULE, check: name_first_reference::check },
    Rule { info: &acronym_conflict::RULE, check: acronym_conflict::check },
    Rule { info: &place_conflict::RULE, check: place_conflict::check },
    // Titles
    Rule { info: &title_conflict::RULE, check: title_conflict::check },
    Rule { info: &title_outdated::RULE, check: title_outdated::check },
    Rule { info: &title_mixed::RULE, check: title_mixed::check },
    // Figures and dates
    Rule { info: &figure_conflict::RULE, check: figure_conflict::check },
    Rule { info: &figure_mixed::RULE, check: figure_mixed::check },
    Rule { info: &figure_conversion::RULE, check: figure_conversion::check },
    Rule { info: &figure_sum::RULE, check: figure_sum::check },
    Rule { info: &date_weekday::RULE, check: date_weekday::check },
    Rule { info: &date_conflict::RULE, check: date_conflict::check },
    // Quotations
    Rule { info: &quote_altered::RULE, check: quote_altered::check },
    Rule { info: &quote_misattributed::RULE, check: quote_misattributed::check },
    // Housekeeping
    Rule { info: &stet_unused::RULE, check: stet_unused::check },
];

/// What is found otherwise than by looking at one draft.
static ELSEWHERE: &[&RuleInfo] = &[&LEFTOVER];

/// What a rule does where another one has spoken of the same figure or date.
pub enum Beside {
    /// Behind the first words of what the other points at, it is silent.
    Yields { rule: &'static RuleInfo, to: &'static RuleInfo },
    /// The other knows what is right: its fixes are the ones to make.
    Defers { rule: &'static RuleInfo, to: &'static RuleInfo },
}

/// Which rules do so; between all others of a family the order of [`RULES`] decides.
pub static BESIDE: &[Beside] = &[
    // A measure that is right by the sources, and only what it is converted to is not.
    Beside::Yields { rule: &figure_conflict::RULE, to: &figure_conversion::RULE },
    // Of a weekday and a date that don't go together the sources say which is off.
    Beside::Defers { rule: &date_weekday::RULE, to: &date_conflict::RULE },
];

/// The rule of this name.
pub fn rule(name: &str) -> Option<&'static RuleInfo> {
    infos().find(|rule| rule.name == name)
}

/// What is to be known of all rules, in their order.
pub fn infos() -> impl Iterator<Item = &'static RuleInfo> {
    RULES.iter().map(|rule| rule.info).chain(ELSEWHERE.iter().copied())
}

/// The names of all rules, as settings may speak of them.
pub fn rule_names() -> Vec<&'static str> {
    infos().map(|rule| rule.name).collect()
}

/// The sources of some evidence as a message names them: one with its outlet and date, several by their number and the
/// last of them; where the desk has decided, that alone. `evidence` stands with the weightiest and latest first.
fn who_says(evidence: &[Citation]) -> String {
    let Some(first) = evidence.first() else { return "No source".to_owned() };
    let (outlet, day) = (first.source.outlet_or_id(), first.source.day());
    let alone = sources_of(evidence) == 1 || first.source.standing != Standing::Source;
    match (alone, day) {
        (true, Some(day)) => format!("{outlet} ({day})"),
        (true, None) => outlet.to_owned(),
        (false, Some(day)) => format!("{} sources (last: {outlet}, {day})", sources_of(evidence)),
        (false, None) => format!("{} sources (among them {outlet})", sources_of(evidence)),
    }
}

/// How many sources some evidence is of: one may say a thing twice.
fn sources_of(evidence: &[Citation]) -> usize {
    let mut ids: Vec<&str> = evidence.iter().map(|citation| &*citation.source.id).collect();
    ids.sort_unstable();
    ids.dedup();
    ids.len()
}

/// The verb that goes with [`who_says`].
fn verb(evidence: &[Citation], of_one: &'static str, of_several: &'static str) -> &'static str {
    let several = sources_of(evidence) > 1 && evidence.first().is_some_and(|first| first.source.standing == Standing::Source);
    if several { of_several } else { of_one }
}

/// A figure or date of the draft, told as `said`, for which the sources give `attested`.
fn conflict(
    case: &Case<'_>,
    rule: &'static RuleInfo,
    at: ProseSpan,
    (said, attested): (&str, &str),
    mut evidence: Vec<Citation>,
    fixes: Vec<Fix>,
) -> Finding {
    evidence.sort_by_key(|citation| std::cmp::Reverse(citation.source.published));
    let message = format!("{} {} {attested} for this; the draft has {said}", who_says(&evidence), verb(&evidence, "gives", "give"));
    Finding { rule, severity: rule.severity, span: case.document.to_source(at), message, evidence, related: Vec::new(), fixes }
}
