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
    Corpus, DateQuestion, FigureAttestation, FigureQuestion, MemoryCorpus, Questions, Sign, Signs, Source, SourceHeader,
};
use copydesk::document::Document;
use copydesk::gazetteer::terms::{TermKey, TermTables};
use copydesk::markup::Format;
use copydesk::reader::{Agreement, DateMention, MentionKind, compare, compare_dates};
use jiff::civil::Date;

/// How strongly the weights are drawn to nought, and how many steps the fit takes.
const HOLD: f64 = 4.0;
const STEPS: usize = 1500;
/// What the rules ask for themselves.
const UNWEIGHED: &[Sign] = &[Sign::Deeds, Sign::Vague, Sign::Besides];
/// In how many texts a common term stands at least.
const COMMON: u32 = 6;

#[derive(serde::Deserialize)]
struct Article {
    outlet: String,
    date: Option<String>,
    text: String,
    draft: bool,
}

/// What the sources give for one figure: the signs of each, and whether it agrees with the draft.
type Case = Vec<(Signs, bool)>;

fn main() -> std::io::Result<()> {
    let mut out = std::io::stdout().lock();
    let weights = std::env::args().nth(1).as_deref() != Some("terms");
    let (mut figures, mut dates): (Vec<Case>, Vec<Case>) = (Vec::new(), Vec::new());
    // Of each term, the part of a text's contexts that have it, summed up over all texts, and how many texts have it.
    let mut terms: BTreeMap<String, (f64, u32)> = BTreeMap::new();
    let mut texts = 0u32;
    for line in std::io::stdin().lock().lines() {
        let articles: Vec<Article> = serde_json::from_str(&line.expect("a line")).expect("articles of an event");
        let sources: Vec<Source> = articles.iter().enumerate().map(source).collect();
        if weights {
            for own in (0..sources.len()).filter(|&own| articles[own].draft) {
                let others = sources.iter().enumerate().filter(|(index, _)| *index != own).map(|(_, source)| source.clone()).collect();
                cases(&sources[own], &MemoryCorpus::new(others, 0), &mut figures, &mut dates);
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
    if weights {
        let (figures, dates) = (fit(&figures), fit(&dates));
        for (sign, (figure, date)) in Sign::ALL.iter().zip(figures.iter().zip(&dates)) {
            // What makes values agree more easily speaks for nothing.
            if !matches!(sign, Sign::Chance | Sign::Bound) && !UNWEIGHED.contains(sign) {
                writeln!(out, "{}\t{figure:.2}\t{date:.2}", sign.name())?;
            }
        }
    } else {
        for (term, (sum, having)) in terms {
            let percent = 100.0 * sum / f64::from(texts);
            if having >= COMMON {
                writeln!(out, "{term}\t{percent:.1}")?;
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

fn cases(draft: &Source, corpus: &MemoryCorpus, figures: &mut Vec<Case>, dates: &mut Vec<Case>) {
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
                let given = dossier.figures(&question).iter();
                figures.push(case(given.map(|answer| (signs(answer), compare(figure, &answer.figure)))));
            }
            MentionKind::Date(date) => {
                let Some(question) = DateQuestion::about(reading, mention) else { continue };
                let verdict = |date: &DateMention, other: &DateMention, as_of| compare_dates(date, today, other, as_of);
                let given = dossier.dates(&question).iter();
                dates.push(case(given.map(|answer| (answer.likeness.signs_on(today), verdict(date, &answer.date, answer.as_of)))));
            }
            _ => {}
        }
    }
}

fn case(given: impl Iterator<Item = (Signs, Agreement)>) -> Case {
    given.filter(|(_, agreement)| *agreement != Agreement::Apart).map(|(signs, agreement)| (signs, agreement == Agreement::Agree)).collect()
}

/// Climbs the likelihood of what the drafts have, by the whole of it at each step, with steps of their own for each weight.
fn fit(cases: &[Case]) -> Vec<f64> {
    let count = Sign::ALL.len();
    let weighed = |&(signs, agrees): &(Signs, bool)| (without_unweighed(signs), agrees);
    let cases: Vec<Case> = cases.iter().map(|case| case.iter().map(weighed).collect()).collect();
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
