//! What the desk has settled of a figure: it is asked first, and what it says is not weighed against the sources.

use super::Case;
use crate::corpus::{FigureQuestion, SettledFigure};
use crate::reader::{Agreement, FigureMention, Mention};

/// What the stylebook says to a figure of the draft.
pub(super) enum Settled<'a> {
    Agrees,
    Differs(&'a SettledFigure),
}

/// None where the desk has settled nothing of it, or what it has may be of something else.
pub(super) fn settled<'a>(case: &Case<'a>, mention: &Mention, figure: &FigureMention) -> Option<Settled<'a>> {
    let question = FigureQuestion::of(figure)?;
    let all = || case.dossier.settled(&question).iter().filter(|settled| settled.holds_on(case.today));
    let holding = || all().filter(|settled| !all().any(|other| settled.gives_way_to(other)));
    let is = |agreement| move |settled: &&SettledFigure| settled.agreement(figure, case.today) == agreement;
    if holding().any(|settled| is(Agreement::Agree)(&settled)) {
        return Some(Settled::Agrees);
    }
    // Of several figures in a sentence any may be the one, and what is compared is of another time.
    let may_be_another = figure.context.company > 0 || mention.in_quote || case.reading.is_compared(mention.at);
    holding().find(is(Agreement::Differ)).filter(|_| !may_be_another).map(Settled::Differs)
}
