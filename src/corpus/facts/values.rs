//! Which figures and dates a source gives.

use std::hash::Hash;
use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use super::{DateFact, FigureFact, Gathered, Others, Said};
use crate::corpus::figures::Kind;
use crate::corpus::{DateQuestion, FigureQuestion};
use crate::document::ProseSpan;
use crate::reader::{FigureMention, Mention, MentionKind};

pub(super) fn gather(gathered: &mut Gathered<'_>) {
    figures(gathered);
    dates(gathered);
}

fn figures(gathered: &mut Gathered<'_>) {
    let figures: Vec<_> = stated(gathered)
        .filter_map(|mention| {
            let MentionKind::Figure(figure) = &mention.kind else { return None };
            FigureQuestion::of(figure).map(|_| (mention.at, figure))
        })
        .collect();
    let value = |(at, figure): &(ProseSpan, &Arc<FigureMention>)| {
        let kind = Kind::of(figure);
        (*at, kind, (figure.value.normalize(), figure.high.map(|high| high.normalize())))
    };
    let others = others(gathered, &figures.iter().map(value).collect::<Vec<_>>());
    for ((at, figure), others) in figures.into_iter().zip(others) {
        let said = FigureFact { figure: figure.figure.clone().into(), words: gathered.words(at), others };
        gathered.add(at, Said::Figure(said));
    }
}

fn dates(gathered: &mut Gathered<'_>) {
    let reading = &gathered.source.reading;
    let dates: Vec<_> = stated(gathered)
        .filter_map(|mention| {
            let MentionKind::Date(date) = mention.kind else { return None };
            DateQuestion::about(reading, mention).map(|question| (mention.at, date, question))
        })
        .collect();
    let others = others(gathered, &dates.iter().map(|(at, date, _)| (*at, (), (date.value, date.weekday))).collect::<Vec<_>>());
    for ((at, date, question), others) in dates.into_iter().zip(others) {
        let of_speech = question.is_of_speech();
        let said = DateFact { date, words: gathered.words(at), of_speech, context: question.context, others };
        gathered.add(at, Said::Date(said));
    }
}

/// What a source states, its notes of correction left out.
fn stated<'a>(gathered: &Gathered<'a>) -> impl Iterator<Item = &'a Mention> + use<'a> {
    let reading = &gathered.source.reading;
    reading.mentions.iter().filter(|mention| !reading.is_in_correction(mention.at))
}

/// Counts for each of some values the other ones of its kind in its sentence and in the source.
fn others<K: Eq + Hash, V: Eq + Hash>(gathered: &Gathered<'_>, values: &[(ProseSpan, K, V)]) -> Vec<Others> {
    let reading = &gathered.source.reading;
    let mut given: FxHashMap<(Option<ProseSpan>, &K), FxHashSet<&V>> = FxHashMap::default();
    for (at, kind, value) in values {
        given.entry((Some(reading.sentence(*at)), kind)).or_default().insert(value);
        given.entry((None, kind)).or_default().insert(value);
    }
    let count = |place: Option<ProseSpan>, kind: &K| given.get(&(place, kind)).map_or(0, |values| values.len() as u32 - 1);
    let of =
        |(at, kind, _): &(ProseSpan, K, V)| Others { in_sentence: count(Some(reading.sentence(*at)), kind), in_source: count(None, kind) };
    values.iter().map(of).collect()
}
