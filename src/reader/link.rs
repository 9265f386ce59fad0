//! Ties the blocks of one text together, and puts all mentions into one list.

use std::cmp::Reverse;
use std::sync::Arc;

use super::{
    BlockReading, Mention, MentionId, MentionKind, NameMention, Quote, Reading, Subject, Title, dates, figures, names, quotes, titles,
};
use crate::document::{Document, ProseSpan};

/// Names of a text with whom they mean. Until all mentions are in one list, a name is called by its index in `mentions`.
#[derive(Clone, Debug, Default)]
pub(super) struct LinkedNames {
    /// In the order of the text.
    pub(super) mentions: Vec<(ProseSpan, NameMention)>,
    /// Their `mentions` are filled in at the end.
    pub(super) subjects: Vec<Subject>,
}

#[derive(Clone, Debug)]
pub(super) struct LinkedTitle {
    pub(super) at: ProseSpan,
    pub(super) title: Box<Title>,
    /// Index in [`LinkedNames::mentions`].
    pub(super) holder: Option<usize>,
}

#[derive(Clone, Debug)]
pub(super) struct LinkedQuote {
    pub(super) at: ProseSpan,
    pub(super) quote: Box<Quote>,
    /// Index in [`LinkedNames::mentions`].
    pub(super) speaker: Option<usize>,
}

/// Links what the blocks say; `blocks` are the readings of the document's blocks, in their order.
pub fn link(document: &Document, blocks: Vec<Arc<BlockReading>>) -> Reading {
    let names = names::link(document, &blocks);
    let titles = titles::link(document, &blocks, &names);
    let figures = figures::link(document, &blocks);
    let dates = dates::link(document, &blocks);
    let quotes = quotes::link(document, &blocks, &names, &titles);
    assemble(blocks, names, titles, figures, dates, quotes)
}

/// What a mention in the making is linked to: indices of names and titles in their own lists.
enum Link {
    None,
    Holder(Option<usize>),
    Speaker(Option<usize>),
}

fn assemble(
    blocks: Vec<Arc<BlockReading>>,
    names: LinkedNames,
    titles: Vec<LinkedTitle>,
    figures: Vec<(ProseSpan, Arc<super::FigureMention>)>,
    dates: Vec<(ProseSpan, super::DateMention)>,
    quotes: Vec<LinkedQuote>,
) -> Reading {
    let spoken: Vec<ProseSpan> = quotes.iter().map(|quote| quote.at).collect();
    let (name_count, title_count) = (names.mentions.len(), titles.len());
    let mut all: Vec<Option<(Mention, Link)>> = Vec::with_capacity(name_count + title_count + figures.len() + dates.len() + quotes.len());
    let mut add = |at: ProseSpan, kind: MentionKind, link: Link| all.push(Some((Mention { at, in_quote: false, kind }, link)));
    for (at, name) in names.mentions {
        add(at, MentionKind::Name(name), Link::None);
    }
    for title in titles {
        add(title.at, MentionKind::Title(title.title), Link::Holder(title.holder));
    }
    for (at, figure) in figures {
        add(at, MentionKind::Figure(figure), Link::None);
    }
    for (at, date) in dates {
        add(at, MentionKind::Date(date), Link::None);
    }
    for quote in quotes {
        add(quote.at, MentionKind::Quote(quote.quote), Link::Speaker(quote.speaker));
    }
    // Their places are put in order, and not the mentions, which are many times as large.
    let place = |at: ProseSpan| (at.block, at.span.start, Reverse(at.span.end));
    let mut order: Vec<_> = all.iter().flatten().enumerate().map(|(index, (mention, _))| (place(mention.at), index)).collect();
    order.sort_unstable();

    let mut name_ids = vec![None; name_count];
    for (id, &(_, index)) in order.iter().enumerate() {
        // Names are the first in the list.
        if let Some(name) = name_ids.get_mut(index) {
            *name = Some(MentionId::new(id));
        }
    }
    let mut title_of = vec![None; name_count];
    let mut mentions = Vec::with_capacity(all.len());
    let mut spoken = &spoken[..];
    for (index, (mut mention, link)) in order.into_iter().filter_map(|(_, index)| all[index].take()).enumerate() {
        match (&mut mention.kind, &link) {
            (MentionKind::Title(title), Link::Holder(Some(holder))) => {
                title.holder = name_ids[*holder];
                // The title next to the name comes first in the text's order either way.
                if !title.alone {
                    title_of[*holder].get_or_insert(MentionId::new(index));
                }
            }
            (MentionKind::Quote(quote), Link::Speaker(Some(speaker))) => quote.speaker = name_ids[*speaker],
            _ => {}
        }
        spoken = &spoken[spoken.iter().take_while(|quote| quote.block < mention.at.block).count()..];
        let mut beside = spoken.iter().take_while(|quote| quote.block == mention.at.block);
        mention.in_quote = !matches!(mention.kind, MentionKind::Quote(_)) && beside.any(|quote| quote.span.covers(mention.at.span));
        mentions.push(mention);
    }
    let mut subjects = names.subjects;
    for subject in &mut subjects {
        subject.mentions.clear();
    }
    for (name, id) in name_ids.iter().enumerate() {
        let Some(id) = *id else { continue };
        if let MentionKind::Name(mention) = &mut mentions[id.index()].kind {
            mention.title = title_of[name];
            subjects[mention.subject.index()].mentions.push(id);
        }
    }
    for subject in &mut subjects {
        subject.mentions.sort_unstable();
    }
    Reading { mentions, subjects, blocks }
}
