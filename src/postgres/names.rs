//! Ways of writing names in a database, found as in an archive on disk.

use std::sync::Arc;

use tokio_postgres::Row;

use super::shelf::Open;
use super::{Finder, Result, kept};
use crate::archive::names::{MOST_FOUND_ANYHOW, MOST_LOOKED_AT, form_in, with_words};
use crate::archive::tables::form_behind;
use crate::corpus::store::{Fit, Form, Key, NameFinder, folded_words};

impl Open {
    /// The forms that some keys lead to, the best attested first, at most so many for each key.
    pub(super) fn forms(&self, keys: &[Key], most: usize) -> Result<Vec<Vec<Arc<Form>>>> {
        // Those of the last rung come all, since they are in no order there.
        let asked = "SELECT w.at, f.bytes FROM unnest($1::bigint[]) WITH ORDINALITY AS w(key, at)
            CROSS JOIN LATERAL (
                SELECT n.form FROM {}.named n WHERE n.key = w.key ORDER BY n.rung, n.tie FETCH FIRST ($2) ROWS WITH TIES
            ) n JOIN {}.form f ON f.number = n.form";
        let (keys_kept, most_kept) = (kept_keys(keys), at_most(most));
        let mut found: Vec<Vec<Arc<Form>>> = vec![Vec::new(); keys.len()];
        if most > 0 {
            for row in self.query(asked, &[&keys_kept, &most_kept])? {
                let at = usize::try_from(row.try_get::<_, i64>(0)?.saturating_sub(1)).unwrap_or(usize::MAX);
                if let Some(forms) = found.get_mut(at) {
                    forms.push(form(&row, 1)?);
                }
            }
        }
        for forms in &mut found {
            forms.sort_by(|a, b| a.by_attestation(b));
            forms.truncate(most);
        }
        Ok(found)
    }

    pub(super) fn written(&self, words: &[Key]) -> Result<Vec<u32>> {
        let asked = "SELECT w.at, t.count FROM unnest($1::bigint[]) WITH ORDINALITY AS w(key, at) JOIN {}.written t ON t.key = w.key";
        let mut counts = vec![0; words.len()];
        for row in self.query(asked, &[&kept_keys(words)])? {
            let at = usize::try_from(row.try_get::<_, i64>(0)?.saturating_sub(1)).unwrap_or(usize::MAX);
            if let Some(count) = counts.get_mut(at) {
                *count = u32::try_from(row.try_get::<_, i64>(1)?).unwrap_or(u32::MAX);
            }
        }
        Ok(counts)
    }

    /// The forms that fit what somebody types.
    pub(super) fn names_near(&self, typed: &str, most: usize) -> Result<Vec<(Fit, Arc<Form>)>> {
        let finder = self.finder()?;
        let found = finder.names.find(typed, most).into_iter();
        let near: Vec<(Fit, i64)> = found.filter_map(|(fit, at)| Some((fit, *finder.forms.get(at as usize)?))).collect();
        let by_words = near.iter().filter(|(fit, _)| *fit == Fit::Words).count();
        let is_enough = finder.is_whole || by_words >= most;
        // All that are found among the best attested come before those that are found among the rest.
        let mut found: Vec<(Fit, Arc<Form>)> = Vec::new();
        if !is_enough {
            found.extend(self.by_words(typed, most)?.into_iter().map(|form| (Fit::Words, form)));
        }
        let others = near.into_iter().filter(|(fit, _)| is_enough || *fit == Fit::Letters || *fit == Fit::Slip && found.is_empty());
        let others: Vec<(Fit, i64)> = others.take(most.saturating_sub(found.len())).collect();
        let forms = self.forms_of(&others.iter().map(|(_, number)| *number).collect::<Vec<_>>())?;
        found.extend(others.iter().zip(forms).map(|((fit, _), form)| (*fit, form)));
        Ok(found)
    }

    /// The names that have a word for the start of each typed one, the best attested first.
    fn by_words(&self, typed: &str, most: usize) -> Result<Vec<Arc<Form>>> {
        let typed = folded_words(typed);
        let Some(longest) = typed.iter().max_by_key(|word| word.len()) else { return Ok(Vec::new()) };
        let (from, mut to) = (longest.as_bytes(), longest.as_bytes().to_vec());
        // The first that no longer begins so; no letter ends in a byte that has no next one.
        if let Some(last) = to.last_mut() {
            *last = last.saturating_add(1);
        }
        let asked = "SELECT lead FROM {}.spelt WHERE lead >= $1 AND lead < $2 ORDER BY lead LIMIT $3";
        let rows = self.query(asked, &[&from, &to, &at_most(MOST_LOOKED_AT)])?;
        let leads = rows.iter().map(|row| Ok(form_behind(row.try_get(0)?).map(kept))).collect::<Result<Vec<_>>>()?;
        let mut numbers: Vec<i64> = leads.into_iter().flatten().collect();
        numbers.sort_unstable();
        numbers.dedup();
        Ok(with_words(&typed, self.forms_of(&numbers)?, most))
    }

    /// The forms of some numbers, in their order.
    fn forms_of(&self, numbers: &[i64]) -> Result<Vec<Arc<Form>>> {
        let asked = "SELECT f.bytes FROM unnest($1::bigint[]) WITH ORDINALITY AS w(number, at) JOIN {}.form f USING (number) ORDER BY w.at";
        if numbers.is_empty() { Ok(Vec::new()) } else { self.query(asked, &[&numbers])?.iter().map(|row| form(row, 0)).collect() }
    }

    /// What finds the best attested names; made for the first who types after a load.
    fn finder(&self) -> Result<&Finder> {
        if let Some(finder) = self.edition.finder.get() {
            return Ok(finder);
        }
        let most = at_most(MOST_FOUND_ANYHOW);
        let rows = self.query("SELECT name, form FROM {}.ranked ORDER BY place LIMIT $1", &[&most.saturating_add(1)])?;
        let names = rows.iter().take(MOST_FOUND_ANYHOW).map(|row| Ok((row.try_get(0)?, row.try_get(1)?)));
        let names = names.collect::<Result<Vec<(&str, i64)>>>()?;
        let finder = Finder {
            names: NameFinder::new(names.iter().zip(0..).map(|((name, _), at)| (*name, at))),
            forms: names.iter().map(|(_, form)| *form).collect(),
            is_whole: rows.len() <= MOST_FOUND_ANYHOW,
        };
        Ok(self.edition.finder.get_or_init(|| finder))
    }
}

/// A bound as the database takes it.
pub(super) fn at_most(most: usize) -> i64 {
    i64::try_from(most).unwrap_or(i64::MAX)
}

pub(super) fn kept_keys(keys: &[Key]) -> Vec<i64> {
    keys.iter().map(|key| kept(key.number())).collect()
}

fn form(row: &Row, at: usize) -> Result<Arc<Form>> {
    let (count, wording) = form_in(row.try_get(at)?)?;
    Ok(Arc::new(Form::new(wording, count)))
}
