//! Facts as a line of JSON, for who makes them in one place and keeps them in another: on many machines, by a job that knows nothing of them.
//!
//! A line is the same wherever it is written, and reads back as what it was made of. What one holds comes from anywhere, and is looked
//! through before it is taken.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{Brief, Fact, Facts, Said, SourceId};
use crate::corpus::{LeanAccount, SourceHeader};

/// The form of the lines: another number whenever something is written otherwise.
const FORM: u32 = 1;

/// Whose reader the facts are of: another one may read the same article otherwise, and what it found isn't mixed with theirs.
const READER: &str = env!("CARGO_PKG_VERSION");

/// Why a line can't be taken.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoFacts {
    #[error("is no line of facts: {0}")]
    Nonsense(String),
    #[error("is of another version (form {form} of copydesk {reader}); `copydesk facts` makes it anew")]
    Outdated { form: u32, reader: String },
}

/// What tells a line of facts from others, and one version's from another's.
#[derive(Serialize, Deserialize)]
struct Version<'a> {
    form: u32,
    #[serde(borrow)]
    copydesk: Cow<'a, str>,
}

/// The same names are read as are written.
#[derive(Serialize)]
struct Written<'a> {
    #[serde(flatten)]
    version: Version<'a>,
    id: &'a str,
    header: &'a SourceHeader,
    /// In digits to the base of 16: many programs read a number so large as another.
    print: String,
    account: LeanAccount,
    values: &'a Range<u32>,
    sentences: &'a [Arc<str>],
    facts: &'a [Arc<Fact>],
}

#[derive(Deserialize)]
struct Read {
    header: SourceHeader,
    print: String,
    account: LeanAccount,
    values: Range<u32>,
    sentences: Vec<Arc<str>>,
    facts: Vec<Arc<Fact>>,
}

impl Facts {
    /// What stands in one line, without its end.
    ///
    /// # Errors
    /// When the name of its file is no text.
    pub fn to_line(&self) -> Result<String, NoFacts> {
        let Self { print, brief, sentences, all, .. } = self;
        let written = Written {
            version: Version { form: FORM, copydesk: READER.into() },
            id: &brief.header.id,
            header: &brief.header,
            print: format!("{print:016x}"),
            account: LeanAccount::of(&brief.account, brief.values.clone(), all),
            values: &brief.values,
            sentences,
            facts: all,
        };
        serde_json::to_string(&written).map_err(|error| NoFacts::Nonsense(error.to_string()))
    }

    /// What a line was made of.
    ///
    /// # Errors
    /// When it is none, is of another version, or what it says doesn't hold together.
    pub fn of_line(line: &str) -> Result<Self, NoFacts> {
        let nonsense = |error: serde_json::Error| NoFacts::Nonsense(error.to_string());
        let unsound = |what: &str| NoFacts::Nonsense(what.to_owned());
        let Version { form, copydesk } = serde_json::from_str(line).map_err(nonsense)?;
        if form != FORM || copydesk != READER {
            return Err(NoFacts::Outdated { form, reader: copydesk.chars().filter(char::is_ascii_graphic).take(20).collect() });
        }
        let Read { header, print, account, values, sentences, facts: all } = serde_json::from_str(line).map_err(nonsense)?;
        let is_whole = |fact: &Arc<Fact>| {
            let further = if let Said::Quote(quote) = &fact.said { &*quote.further } else { &[] };
            let mut numbers = std::iter::once(fact.sentence).chain(further.iter().map(|part| part.sentence));
            numbers.all(|number| (number as usize) < sentences.len())
        };
        if !all.iter().all(is_whole) {
            return Err(unsound("a sentence is missing"));
        }
        let has_titles = |(fact, behind): (&Arc<Fact>, usize)| match &fact.said {
            Said::Name(name) => name.titles as usize <= behind,
            _ => true,
        };
        if !all.iter().rev().zip(0..).all(has_titles) {
            return Err(unsound("a title is missing"));
        }
        if values.start > values.end || values.end as usize > all.len() {
            return Err(unsound("its values are not among its facts"));
        }
        let account = account.whole(|at| all.get(at as usize).map(Arc::as_ref)).ok_or_else(|| unsound("a value is missing"))?;
        let print = u64::from_str_radix(&print, 16).map_err(|_| unsound("its print is no number"))?;
        let id = SourceId::of(&header);
        Ok(Self { id, print, brief: Arc::new(Brief { header: Arc::new(header), account, values }), sentences, all })
    }
}
