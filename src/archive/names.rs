//! Ways of writing names in an archive: each with its count, found by keys, by its words and from the best attested down.

use std::sync::Arc;

use redb::{ReadableTable, Table};

use super::edition::{Finder, Reading};
use super::pack::{nonsense, read};
use super::tables::{FORMS, NAMED, RANKED, SPELT, WRITTEN, form_behind, form_of, named, ranked, rung, spelt};
use super::{ArchiveError, Result};
use crate::corpus::store::{Fit, Form, Key, NameFinder, Wording, folded_words, word_keys_of};

/// So many of the best attested names are found by letters in their order and in spite of slips in typing; the rest by the starts of
/// their words alone. Looking at every name of a large archive would take longer than a keystroke.
pub(crate) const MOST_FOUND_ANYHOW: usize = 20_000;

/// So many names that have a word with the start that was typed are looked at.
pub(crate) const MOST_LOOKED_AT: usize = 20_000;

/// A form as it is kept: how often it is written, and its wording.
pub(super) fn form(count: u32, wording: &[u8]) -> Vec<u8> {
    [&count.to_le_bytes(), wording].concat()
}

pub(crate) fn form_in(bytes: &[u8]) -> Result<(u32, Wording)> {
    let (count, wording) = bytes.split_first_chunk::<4>().ok_or_else(nonsense)?;
    Ok((u32::from_le_bytes(*count), read(wording)?))
}

/// What leads to a wording that is written `count` times.
pub(super) struct Leads {
    pub(super) named: Vec<[u8; 17]>,
    pub(super) spelt: Vec<Vec<u8>>,
    pub(super) ranked: Option<[u8; 12]>,
}

impl Leads {
    pub(super) fn of(wording: &Wording, count: u32) -> Self {
        let number = wording.number();
        let words = if wording.acronym { Vec::new() } else { folded_words(&wording.text) };
        Self {
            named: wording.keys().into_iter().map(|key| named(key.number(), count, number)).collect(),
            spelt: words.iter().map(|word| spelt(word, number)).collect(),
            ranked: (!wording.acronym).then(|| ranked(count, number)),
        }
    }
}

/// The tables of names, to be changed.
pub(super) struct Names<'t> {
    pub(super) forms: Table<'t, u64, &'static [u8]>,
    pub(super) named: Table<'t, &'static [u8; 17], ()>,
    pub(super) written: Table<'t, u64, u32>,
    pub(super) ranked: Table<'t, &'static [u8; 12], &'static str>,
    pub(super) spelt: Table<'t, &'static [u8], ()>,
}

impl Names<'_> {
    /// Counts a wording so many times more, or fewer.
    pub(super) fn count(&mut self, wording: &Wording, change: i32) -> Result<()> {
        let number = wording.number();
        let known = self.forms.get(number).map_err(ArchiveError::of)?.map(|form| form_in(form.value()));
        let before = known.transpose()?.map_or(0, |(count, _)| count);
        let after = before.saturating_add_signed(change);
        if after == before {
            return Ok(());
        }
        self.move_leads(wording, before, after)?;
        if after == 0 {
            self.forms.remove(number).map_err(ArchiveError::of)?;
        } else {
            self.forms.insert(number, &*form(after, &super::pack::plain(wording)?)).map_err(ArchiveError::of)?;
        }
        for word in word_keys_of(&wording.text, wording.acronym) {
            let known = self.written.get(word.number()).map_err(ArchiveError::of)?.map_or(0, |count| count.value());
            match known.saturating_add_signed(change) {
                0 => self.written.remove(word.number()).map(drop),
                count => self.written.insert(word.number(), count).map(drop),
            }
            .map_err(ArchiveError::of)?;
        }
        Ok(())
    }

    /// What leads to a wording as often as it was written before now leads to it as often as it is after.
    fn move_leads(&mut self, wording: &Wording, before: u32, after: u32) -> Result<()> {
        let (old, new) = (Leads::of(wording, before), Leads::of(wording, after));
        if before > 0 {
            if let Some(ranked) = &old.ranked {
                self.ranked.remove(ranked).map_err(ArchiveError::of)?;
            }
            if after == 0 || rung(before) != rung(after) {
                for key in &old.named {
                    self.named.remove(key).map_err(ArchiveError::of)?;
                }
            }
        }
        if after > 0 {
            if let Some(ranked) = &new.ranked {
                self.ranked.insert(ranked, &*wording.text).map_err(ArchiveError::of)?;
            }
            if before == 0 || rung(before) != rung(after) {
                for key in &new.named {
                    self.named.insert(key, ()).map_err(ArchiveError::of)?;
                }
            }
        }
        for word in &new.spelt {
            if before == 0 {
                self.spelt.insert(&**word, ()).map_err(ArchiveError::of)?;
            } else if after == 0 {
                self.spelt.remove(&**word).map_err(ArchiveError::of)?;
            }
        }
        Ok(())
    }
}

impl Reading {
    /// The forms that some keys lead to, the best attested first, at most so many for each key.
    pub(super) fn forms(&self, keys: &[Key], most: usize) -> Result<Vec<Vec<Arc<Form>>>> {
        let (by_key, by_number) = (self.table(NAMED)?, self.table(FORMS)?);
        let mut known = rustc_hash::FxHashMap::default();
        let mut form = |number: u64| -> Result<Arc<Form>> {
            if let Some(form) = known.get(&number) {
                return Ok(Arc::clone(form));
            }
            let read = by_number.get(number).map_err(ArchiveError::of)?.ok_or_else(nonsense)?;
            let (count, wording) = form_in(read.value())?;
            let form = Arc::new(Form::new(wording, count));
            known.insert(number, form.clone());
            Ok(form)
        };
        let mut found = Vec::with_capacity(keys.len());
        for key in keys {
            let all = named(key.number(), u32::MAX, 0)..=named(key.number(), 0, u64::MAX);
            let mut forms: Vec<Arc<Form>> = Vec::new();
            let mut last = None;
            for entry in by_key.range::<&[u8; 17]>(all.start()..=all.end()).map_err(ArchiveError::of)? {
                let (entry, _) = entry.map_err(ArchiveError::of)?;
                let rung = entry.value()[8];
                // Those of a rung are in no order, but for the last: of what is written once, the first are the first.
                let is_settled = last != Some(rung) || rung == ONCE;
                if forms.len() >= most && is_settled {
                    break;
                }
                last = Some(rung);
                forms.push(form(form_of(entry.value()))?);
            }
            forms.sort_by(|a, b| a.by_attestation(b));
            forms.truncate(most);
            found.push(forms);
        }
        Ok(found)
    }

    pub(super) fn written(&self, words: &[Key]) -> Result<Vec<u32>> {
        let written = self.table(WRITTEN)?;
        let count = |word: &Key| Ok(written.get(word.number()).map_err(ArchiveError::of)?.map_or(0, |count| count.value()));
        words.iter().map(count).collect()
    }

    /// The forms that fit what somebody types.
    pub(super) fn names_near(&self, typed: &str, most: usize) -> Result<Vec<(Fit, Arc<Form>)>> {
        let finder = self.finder()?;
        let found = finder.names.find(typed, most).into_iter();
        let near: Vec<(Fit, u64)> = found.filter_map(|(fit, at)| Some((fit, *finder.forms.get(at as usize)?))).collect();
        let by_words = near.iter().filter(|(fit, _)| *fit == Fit::Words).count();
        let by_number = self.table(FORMS)?;
        let form = |number: u64| -> Result<Arc<Form>> {
            let form = by_number.get(number).map_err(ArchiveError::of)?.ok_or_else(nonsense)?;
            let (count, wording) = form_in(form.value())?;
            Ok(Arc::new(Form::new(wording, count)))
        };
        if finder.is_whole || by_words >= most {
            return near.into_iter().map(|(fit, number)| Ok((fit, form(number)?))).collect();
        }
        // All that are found among the best attested come before those that are found among the rest.
        let mut found: Vec<(Fit, Arc<Form>)> = self.by_words(typed, most, form)?.into_iter().map(|form| (Fit::Words, form)).collect();
        let others = near.into_iter().filter(|(fit, _)| *fit == Fit::Letters || *fit == Fit::Slip && found.is_empty());
        for (fit, number) in others.collect::<Vec<_>>() {
            if found.len() < most {
                found.push((fit, form(number)?));
            }
        }
        Ok(found)
    }

    /// The names that have a word for the start of each typed one, the best attested first.
    fn by_words(&self, typed: &str, most: usize, form: impl Fn(u64) -> Result<Arc<Form>>) -> Result<Vec<Arc<Form>>> {
        let typed = folded_words(typed);
        let Some(longest) = typed.iter().max_by_key(|word| word.len()) else { return Ok(Vec::new()) };
        let mut numbers = Vec::new();
        for entry in self.table(SPELT)?.range::<&[u8]>(longest.as_bytes()..).map_err(ArchiveError::of)?.take(MOST_LOOKED_AT) {
            let (entry, _) = entry.map_err(ArchiveError::of)?;
            if !entry.value().starts_with(longest.as_bytes()) {
                break;
            }
            numbers.extend(form_behind(entry.value()));
        }
        numbers.sort_unstable();
        numbers.dedup();
        Ok(with_words(&typed, numbers.into_iter().map(form).collect::<Result<_>>()?, most))
    }

    /// What finds the best attested names; made for the first who types after a change.
    fn finder(&self) -> Result<Arc<Finder>> {
        let mut known = self.edition().finder.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if let Some((of, finder)) = &*known
            && *of == self.meta
        {
            return Ok(finder.clone());
        }
        let ranked = self.table(RANKED)?;
        let mut names = Vec::new();
        let mut entries = ranked.range::<&[u8; 12]>(..).map_err(ArchiveError::of)?;
        for entry in entries.by_ref().take(MOST_FOUND_ANYHOW) {
            let (key, text) = entry.map_err(ArchiveError::of)?;
            let number = key.value().last_chunk::<8>().map_or(0, |bytes| u64::from_be_bytes(*bytes));
            names.push((text.value().to_owned(), number));
        }
        let finder = Arc::new(Finder {
            names: NameFinder::new(names.iter().zip(0..).map(|((text, _), at)| (&**text, at))),
            forms: names.iter().map(|(_, number)| *number).collect(),
            is_whole: entries.next().is_none(),
        });
        *known = Some((self.meta.clone(), finder.clone()));
        Ok(finder)
    }
}

/// Of some forms those that have a word for the start of each typed one, the best attested first.
pub(crate) fn with_words(typed: &[String], mut forms: Vec<Arc<Form>>, most: usize) -> Vec<Arc<Form>> {
    forms.retain(|form| {
        let words = folded_words(&form.text);
        typed.iter().all(|typed| words.iter().any(|word| word.starts_with(typed.as_str())))
    });
    forms.sort_by(|a, b| a.by_attestation(b));
    forms.truncate(most);
    forms
}

/// The rung of what is written once.
pub(crate) const ONCE: u8 = rung(1);
