//! Looks through an archive for damage: every page by the checksum that the database keeps of it, every blob by its own, and then whether
//! what leads to facts, and what is counted of them, is what the facts themselves come to. Both sides are added up as hashes, whose order
//! is of no account, so that memory stays within bounds.

use std::collections::BTreeMap;
use std::sync::Arc;

use redb::{Builder, ConcurrencyMode};

use super::edition::{Edition, Reading};
use super::folder::Folder;
use super::names::{Leads, form_in};
use super::pack::{Packed, head_of, nonsense};
use super::postings::{A_BLOCK, decode};
use super::tables::{
    BRIEFS, COUNTS, DAYS, FORMS, NAMED, POSTINGS, Place, RANKED, SOURCES, SPELT, STATISTICS, WRITTEN, day_number, place_of, posting,
};
use super::{ArchiveError, Result, drawers};
use crate::corpus::Matter;
use crate::corpus::store::word_keys_of;
use crate::text::StableHash;

/// What a sound archive holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Verified {
    pub sources: u64,
    pub facts: u64,
}

pub(super) fn verify(folder: &Folder) -> Result<Verified> {
    let name = folder.current()?;
    let edition = Edition::open(folder, &name)?;
    {
        let mut builder = Builder::new();
        builder.set_concurrency_mode(ConcurrencyMode::MultiWriter);
        let mut base = builder.open(edition.file()).map_err(ArchiveError::of)?;
        if !base.check_integrity().map_err(ArchiveError::of)? {
            return Err(damaged("pages"));
        }
    }
    let reading = Arc::new(edition).read()?;
    let facts = Sums::of_facts(&reading)?;
    let kept = Sums::of_tables(&reading)?;
    if let Some(what) = facts.differs_from(&kept) {
        Err(damaged(what))
    } else {
        Ok(Verified { sources: facts.sources, facts: facts.facts })
    }
}

fn damaged(what: &str) -> ArchiveError {
    ArchiveError::Damaged(format!("its {what} are not what they were"))
}

/// What all facts come to: once added up from the facts, once from the tables.
#[derive(Default)]
struct Sums {
    sources: u64,
    facts: u64,
    shares: u64,
    contexts: (u32, u32),
    postings: u64,
    forms: u64,
    written: u64,
    leads: u64,
    words: u64,
    days: BTreeMap<i32, u32>,
}

impl Sums {
    fn of_facts(reading: &Reading) -> Result<Self> {
        let mut sums = Self::default();
        reading.each(&mut |facts| {
            let article = reading.article(facts.id)?.ok_or_else(nonsense)?;
            if reading.id(article)? != (facts.id, facts.published()) {
                return Err(nonsense());
            }
            let packed = Packed::of(&facts)?;
            sums.sources = sums.sources.wrapping_add(1);
            sums.facts = sums.facts.wrapping_add(facts.all.len() as u64);
            sums.shares = sums.shares.wrapping_add(packed.share);
            sums.contexts = (sums.contexts.0.wrapping_add(packed.contexts.0), sums.contexts.1.wrapping_add(packed.contexts.1));
            for &(key, at) in &packed.keys {
                add(&mut sums.postings, &posting(key, Place::new(article, at)), 1);
            }
            for name in &packed.names {
                add(&mut sums.forms, &name.number().to_be_bytes(), 1);
                for word in word_keys_of(&name.text, name.acronym) {
                    add(&mut sums.written, &word.number().to_be_bytes(), 1);
                }
            }
            for &(matter, word) in &packed.words {
                add(&mut sums.words, &of_word(matter, word.number()), 1);
            }
            if let Some(day) = packed.published {
                let count = sums.days.entry(day_number(day)).or_default();
                *count = count.saturating_add(1);
            }
            Ok(())
        })?;
        // What leads to forms follows from these.
        for form in reading.table(FORMS)?.range::<u64>(..).map_err(ArchiveError::of)? {
            let (number, form) = form.map_err(ArchiveError::of)?;
            let (count, wording) = form_in(form.value())?;
            if wording.number() != number.value() || count == 0 {
                return Err(damaged("names"));
            }
            let leads = Leads::of(&wording, count);
            leads.named.iter().for_each(|key| add(&mut sums.leads, key, 1));
            leads.spelt.iter().for_each(|key| add(&mut sums.leads, key, 1));
            leads.ranked.iter().for_each(|key| add(&mut sums.leads, &[key, wording.text.as_bytes()].concat(), 1));
        }
        Ok(sums)
    }

    fn of_tables(reading: &Reading) -> Result<Self> {
        let fault = |error: redb::StorageError| ArchiveError::of(error);
        let mut sums = Self {
            sources: reading.meta.sources,
            shares: reading.meta.shares,
            contexts: (reading.meta.figures, reading.meta.dates),
            ..Self::default()
        };
        let (mut of_key, mut last): (u32, Option<[u8; 8]>) = (0, None);
        let mut counted: BTreeMap<u64, u32> = BTreeMap::new();
        for block in reading.table(POSTINGS)?.range::<&[u8; 15]>(..).map_err(fault)? {
            let (first, rest) = block.map_err(fault)?;
            let mut places = Vec::new();
            decode(place_of(first.value()), rest.value(), &mut places)?;
            let key = first.value().first_chunk::<8>().copied();
            if key != last {
                (of_key, last) = (0, key);
            }
            of_key = of_key.saturating_add(places.len() as u32);
            if let Some(key) = key {
                if of_key as usize > A_BLOCK {
                    counted.insert(u64::from_be_bytes(key), of_key);
                }
                for place in places {
                    let mut bytes = *first.value();
                    bytes[8..].copy_from_slice(&place.0.to_be_bytes()[1..]);
                    add(&mut sums.postings, &bytes, 1);
                }
            }
        }
        for (key, count) in counted {
            if reading.table(COUNTS)?.get(key).map_err(fault)?.map(|count| count.value()) != Some(count) {
                return Err(damaged("counts"));
            }
        }
        for form in reading.table(FORMS)?.range::<u64>(..).map_err(fault)? {
            let (number, form) = form.map_err(fault)?;
            add(&mut sums.forms, &number.value().to_be_bytes(), form_in(form.value())?.0);
        }
        for word in reading.table(WRITTEN)?.range::<u64>(..).map_err(fault)? {
            let (word, count) = word.map_err(fault)?;
            add(&mut sums.written, &word.value().to_be_bytes(), count.value());
        }
        for key in reading.table(NAMED)?.range::<&[u8; 17]>(..).map_err(fault)? {
            add(&mut sums.leads, key.map_err(fault)?.0.value(), 1);
        }
        for key in reading.table(SPELT)?.range::<&[u8]>(..).map_err(fault)? {
            add(&mut sums.leads, key.map_err(fault)?.0.value(), 1);
        }
        for name in reading.table(RANKED)?.range::<&[u8; 12]>(..).map_err(fault)? {
            let (key, text) = name.map_err(fault)?;
            add(&mut sums.leads, &[key.value(), text.value().as_bytes()].concat(), 1);
        }
        for drawer in reading.table(STATISTICS)?.range::<u16>(..).map_err(fault)? {
            for (word, figures, dates) in drawers::decode(drawer.map_err(fault)?.1.value())? {
                add(&mut sums.words, &of_word(Matter::Figure, word.number()), figures);
                add(&mut sums.words, &of_word(Matter::Date, word.number()), dates);
            }
        }
        for day in reading.table(DAYS)?.range::<i32>(..).map_err(fault)? {
            let (day, count) = day.map_err(fault)?;
            sums.days.insert(day.value(), count.value());
        }
        let mut articles = 0_u64;
        for brief in reading.table(BRIEFS)?.range::<u32>(..).map_err(fault)? {
            let (article, brief) = brief.map_err(fault)?;
            let head = head_of(brief.value())?;
            if reading.article(head.id)? != Some(article.value()) {
                return Err(damaged("sources"));
            }
            sums.facts = sums.facts.wrapping_add(u64::from(head.facts));
            articles = articles.wrapping_add(1);
        }
        let sources = reading.table(SOURCES)?.range::<u64>(..).map_err(fault)?.count() as u64;
        if (articles, sources) == (sums.sources, sums.sources) { Ok(sums) } else { Err(damaged("sources")) }
    }

    fn differs_from(&self, other: &Self) -> Option<&'static str> {
        let both = [
            ("sources", (self.sources, self.facts, self.shares) == (other.sources, other.facts, other.shares)),
            ("postings", self.postings == other.postings),
            ("names", (self.forms, self.written, self.leads) == (other.forms, other.written, other.leads)),
            ("counts", (self.contexts, self.words) == (other.contexts, other.words) && self.days == other.days),
        ];
        both.into_iter().find(|(_, is_same)| !is_same).map(|(what, _)| what)
    }
}

fn add(sum: &mut u64, bytes: &[u8], times: u32) {
    let hash = StableHash::default().bytes(bytes).finish();
    *sum = sum.wrapping_add(hash.wrapping_mul(u64::from(times)));
}

fn of_word(matter: Matter, word: u64) -> [u8; 9] {
    let mut bytes = [0; 9];
    bytes[..8].copy_from_slice(&word.to_be_bytes());
    bytes[8] = u8::from(matter == Matter::Date);
    bytes
}
