//! Fits the weights of `data/figure_likeness.tsv`, and counts the words of `data/common_terms.tsv`. Reads one event a line,
//! JSON: `[{"outlet", "date", "text", "draft"}]`, articles that report it. Each that may be one is taken in turn for a draft and the others
//! for its sources: of each figure the sources give some values for what looks like the same. The weights are those under
//! which the values that agree are the likeliest to be the ones meant, or none where none agrees.
//!
//!     figure_likeness weights|terms < EVENTS

use std::collections::BTreeMap;
use std::io::{BufRead, Write};
use std::sync::Arc;

use copydesk::corpus::{
    Corpus, DateAttestation, DateQuestion, FigureAttestation, FigureQuestion, Matter, MemoryCorpus, Questions, Sign, Signs, Source,
    SourceHeader,
};
use copydesk::document::Document;
use copydesk::gazetteer::terms::{TermKey, TermTables};
use copydesk::markup::Format;
use copydesk::reader::{Agreement, Dimension, MentionKind, compare, compare_dates};
use copydesk::thresholds::{AGREEING, VAGUE};
use jiff::civil::Date;

/// How strongly the weights are drawn to nought, and how many steps the fit takes.
const HOLD: f64 = 4.0;
const STEPS: usize = 1500;
/// What the rules ask for themselves.
const UNWEIGHED: &[Sign] = &[Sign::Deeds, Sign::Vague, Sign::Besides];
/// In how many texts a common term stands at least.
const COMMON: u32 = 6;
/// The cut-offs that are looked at, in halves of a nat.
const CUT_OFFS: std::ops::RangeInclusive<i32> = -5..=5;

#[derive(serde::Deserialize)]
struct Article {
    outlet: String,
    date: Option<String>,
    text: String,
    draft: bool,
}

/// What the sources give for one figure.
type Case = Vec<Given>;

/// What one source gives for it.
struct Given {
    signs: Signs,
    agrees: bool,
    /// The first one of the case that gives the same value.
    like: usize,
}

/// What was seen of all drafts.
#[derive(Default)]
struct Cases {
    figures: Vec<Case>,
    ages: Vec<Case>,
    dates: Vec<Case>,
}

fn main() -> std::io::Result<()> {
    let mut out = std::io::stdout().lock();
    let wanted = std::env::args().nth(1).unwrap_or_default();
    let mut seen = Cases::default();
    // Of each term, the part of a text's contexts that have it, summed up over all texts, and how many texts have it.
    let mut terms: BTreeMap<String, (f64, u32)> = BTreeMap::new();
    let mut texts = 0u32;
    for line in std::io::stdin().lock().lines() {
        let articles: Vec<Article> = serde_json::from_str(&line.expect("a line")).expect("articles of an event");
        let sources: Vec<Source> = articles.iter().enumerate().map(source).collect();
        if wanted != "terms" {
            for own in (0..sources.len()).filter(|&own| articles[own].draft) {
                let others = sources.iter().enumerate().filter(|(index, _)| *index != own).map(|(_, source)| source);
                seen.add(&sources[own], &MemoryCorpus::new(others));
            }
            continue;
        }
        // One article of each event, so that no event's own words become common.
        let Some(first) = sources.first() else { continue };
        let contexts = first.reading.mentions.iter().filter_map(|mention| match &mention.kind {
            MentionKind::Figure(figure) => Some(&figure.context),
            _ => None,
        });
        let contexts: Vec<_> = contexts.collect();
        let stems = stems(first);
        let mut own: BTreeMap<&str, u32> = BTreeMap::new();
        for term in contexts.iter().flat_map(|context| &context.terms).filter(|term| !term.name) {
            if let Some(stem) = stems.get(&term.word) {
                *own.entry(stem).or_default() += 1;
            }
        }
        texts += 1;
        for (term, count) in own {
            let (sum, having) = terms.entry(term.to_owned()).or_default();
            *sum += f64::from(count) / f64::from(contexts.len() as u32);
            *having += 1;
        }
    }
    match &*wanted {
        "terms" => {
            for (term, (sum, having)) in terms {
                let percent = 100.0 * sum / f64::from(texts);
                if having >= COMMON {
                    writeln!(out, "{term}\t{percent:.1}")?;
                }
            }
        }
        "points" => {
            for (what, matter, cases) in
                [("figures", Matter::Figure, &seen.figures), ("ages", Matter::Figure, &seen.ages), ("dates", Matter::Date, &seen.dates)]
            {
                for halves in CUT_OFFS {
                    let least = f64::from(halves) / 2.0;
                    let (wrongly, found) = at_cut_off(cases, matter, least);
                    writeln!(out, "{what}\t{least:.1}\t{wrongly:.1}\t{found:.1}")?;
                }
            }
        }
        _ => {
            // An age is a figure as others are.
            seen.figures.append(&mut seen.ages);
            let (figures, dates) = (fit(&seen.figures), fit(&seen.dates));
            for (sign, (figure, date)) in Sign::ALL.iter().zip(figures.iter().zip(&dates)) {
                // What makes values agree more easily speaks for nothing.
                if !matches!(sign, Sign::Chance | Sign::Bound) && !UNWEIGHED.contains(sign) {
                    writeln!(out, "{}\t{figure:.2}\t{date:.2}", sign.name())?;
                }
            }
        }
    }
    Ok(())
}

fn source((index, article): (usize, &Article)) -> Source {
    let published = article.date.as_deref().and_then(|date| date.parse::<Date>().ok());
    let header = SourceHeader { id: index.to_string(), outlet: Some(article.outlet.clone()), published, ..SourceHeader::default() };
    Source::read(header, Document::parse(Arc::from(article.text.as_str()), Format::Plain))
}

/// The words of a source, stemmed, by the keys that its contexts keep of them.
fn stems(source: &Source) -> BTreeMap<TermKey, Box<str>> {
    let words = source.document.blocks().iter().zip(&source.reading.blocks);
    let words = words.flat_map(|(block, reading)| reading.tokens.iter().map(|token| token.text(&block.text)));
    words.map(|word| (TermTables::get().key(word), TermTables::get().stem(word))).collect()
}

impl Cases {
    fn add(&mut self, draft: &Source, corpus: &MemoryCorpus) {
        let (reading, today) = (&draft.reading, draft.header.published);
        let dossier = corpus.dossier(&Questions::of(reading)).expect("the corpus is in memory");
        for mention in &reading.mentions {
            match &mention.kind {
                MentionKind::Figure(figure) => {
                    let Some(question) = FigureQuestion::of(figure) else { continue };
                    let signs = |answer: &FigureAttestation| {
                        let mut signs = answer.likeness.signs_on(today);
                        let value = answer.figure.written.value.abs();
                        let chance = if value <= 10.into() { 1.0 } else { f64::from(u8::from(value <= 100.into())) / 2.0 };
                        signs.set(Sign::Chance, chance);
                        signs
                    };
                    let is_like = |one: &FigureAttestation, other: &FigureAttestation| compare(&one.figure, &other.figure);
                    let given = case(dossier.figures(&question), signs, |answer| compare(figure, &answer.figure), is_like);
                    let of_kind = if figure.dimension == Dimension::Age { &mut self.ages } else { &mut self.figures };
                    of_kind.push(given);
                }
                MentionKind::Date(date) => {
                    let Some(question) = DateQuestion::about(reading, mention) else { continue };
                    let verdict = |answer: &DateAttestation| compare_dates(date, today, &answer.date, answer.as_of);
                    let is_like =
                        |one: &DateAttestation, other: &DateAttestation| compare_dates(&one.date, one.as_of, &other.date, other.as_of);
                    self.dates.push(case(dossier.dates(&question), |answer| answer.likeness.signs_on(today), verdict, is_like));
                }
                _ => {}
            }
        }
    }
}

fn case<A>(answers: &[A], signs: impl Fn(&A) -> Signs, verdict: impl Fn(&A) -> Agreement, is_like: impl Fn(&A, &A) -> Agreement) -> Case {
    let compared: Vec<(&A, bool)> = answers
        .iter()
        .map(|answer| (answer, verdict(answer)))
        .filter(|(_, verdict)| *verdict != Agreement::Apart)
        .map(|(answer, verdict)| (answer, verdict == Agreement::Agree))
        .collect();
    let first_like = |&(answer, agrees): &(&A, bool)| {
        compared.iter().position(|(other, of_other)| agrees == *of_other && is_like(other, answer) == Agreement::Agree).unwrap_or_default()
    };
    compared.iter().map(|given| Given { signs: signs(given.0), agrees: given.1, like: first_like(given) }).collect()
}

/// What is found where so much has to speak for one thing: of a thousand values that are right, how many are said to differ; and of a
/// hundred that the sources give, how many would be set right, had the draft another one that no source has.
fn at_cut_off(cases: &[Case], matter: Matter, least: f64) -> (f64, f64) {
    let (mut wrongly, mut attested, mut found) = (0u32, 0u32, 0u32);
    for case in cases {
        let differing = |given: &Given| !given.agrees;
        wrongly += u32::from(meant(case, matter, least, AGREEING, differing).is_some());
        if case.iter().any(|given| given.agrees) {
            attested += 1;
            found += u32::from(meant(case, matter, least, 0.0, |_| true).is_some_and(|given| given.agrees));
        }
    }
    (1000.0 * f64::from(wrongly) / f64::from(cases.len() as u32), 100.0 * f64::from(found) / f64::from(attested))
}

/// The likest attestation of the value that is meant, of those that `may_be`, where so much speaks for it: as the rules weigh it, but for
/// what they ask of one kind of value or another.
fn meant(case: &Case, matter: Matter, least: f64, agreeing: f64, may_be: impl Fn(&Given) -> bool) -> Option<&Given> {
    let mass = |given: &Given| given.signs.likeness(matter).exp();
    let of = |one: &Given| case.iter().filter(|other| other.like == one.like).map(mass).sum::<f64>();
    let likest = case
        .iter()
        .filter(|given| may_be(given))
        .max_by(|one, other| of(one).total_cmp(&of(other)).then(mass(one).total_cmp(&mass(other))))?;
    let others = case.iter().filter(|other| other.like != likest.like);
    let against: f64 = others.map(|other| mass(other) * if other.agrees { agreeing.exp() } else { 1.0 }).sum();
    let balance = of(likest).ln() - (1.0 + against).ln();
    (balance >= least + VAGUE * likest.signs.get(Sign::Vague)).then_some(likest)
}

/// Climbs the likelihood of what the drafts have, by the whole of it at each step, with steps of their own for each weight.
fn fit(cases: &[Case]) -> Vec<f64> {
    let count = Sign::ALL.len();
    let weighed = |given: &Given| (without_unweighed(given.signs), given.agrees);
    let cases: Vec<Vec<(Signs, bool)>> = cases.iter().map(|case| case.iter().map(weighed).collect()).collect();
    let (mut weights, mut mean, mut spread) = (vec![0.0; count], vec![0.0; count], vec![0.0; count]);
    for step in 1..=STEPS {
        let mut slope: Vec<f64> = weights.iter().map(|weight| -HOLD * weight).collect();
        for case in cases.iter().filter(|case| !case.is_empty()) {
            let masses: Vec<f64> = case.iter().map(|(signs, _)| score(signs, &weights).min(30.0).exp()).collect();
            let all = 1.0 + masses.iter().sum::<f64>();
            let agreeing: f64 = case.iter().zip(&masses).map(|((_, agrees), mass)| if *agrees { *mass } else { 0.0 }).sum();
            for ((signs, agrees), mass) in case.iter().zip(&masses) {
                let meant = if *agrees { mass / agreeing } else { 0.0 };
                for (slope, sign) in slope.iter_mut().zip(Sign::ALL) {
                    *slope += (meant - mass / all) * signs.get(*sign);
                }
            }
        }
        let time = i32::try_from(step).unwrap_or(i32::MAX);
        for index in 0..count {
            mean[index] = 0.9 * mean[index] + 0.1 * slope[index];
            spread[index] = 0.999 * spread[index] + 0.001 * slope[index] * slope[index];
            let (mean, spread) = (mean[index] / (1.0 - 0.9f64.powi(time)), spread[index] / (1.0 - 0.999f64.powi(time)));
            weights[index] += 0.02 * mean / (spread.sqrt() + 1e-9);
        }
    }
    weights
}

fn without_unweighed(mut signs: Signs) -> Signs {
    for sign in UNWEIGHED {
        signs.set(*sign, 0.0);
    }
    signs
}

fn score(signs: &Signs, weights: &[f64]) -> f64 {
    Sign::ALL.iter().zip(weights).map(|(sign, weight)| signs.get(*sign) * weight).sum()
}
