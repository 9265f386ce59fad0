//! A reference article: what it says and where it comes from.

use std::path::PathBuf;
use std::sync::Arc;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Edition, furniture};
use crate::data;
use crate::document::Document;
use crate::markup::BlockKind;
use crate::reader::{self, Reading};

/// Whose word counts for more: what is said with a higher standing settles what is said with a lower one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Standing {
    /// A built-in table, true of its own day: heard where the sources are silent.
    Reference,
    #[default]
    Source,
    /// What the desk has decided.
    Stylebook,
}

/// Where an article comes from.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct SourceHeader {
    /// What evidence calls it: its path as given, or the built-in brief's name.
    pub id: String,
    pub outlet: Option<String>,
    pub published: Option<Date>,
    /// The day of its last change.
    pub updated: Option<Date>,
    pub headline: Option<String>,
    pub url: Option<String>,
    pub byline: Option<String>,
    /// As it gives it itself: `en-GB`.
    pub language: Option<String>,
    /// The file an editor can open; none for a text that is in no file.
    pub file: Option<PathBuf>,
    pub standing: Standing,
    pub edition: Edition,
}

impl SourceHeader {
    /// `The Courier, 3 March 2024`, as far as it is known.
    pub fn attribution(&self) -> String {
        match self.day() {
            Some(day) => format!("{}, {day}", self.outlet_or_id()),
            None => self.outlet_or_id().to_owned(),
        }
    }

    /// When it was said: `3 March 2024`, or of a reference `as of March 2024`.
    pub fn day(&self) -> Option<String> {
        self.published.map(|date| match self.standing {
            Standing::Reference => date.strftime("as of %B %Y").to_string(),
            Standing::Source | Standing::Stylebook => plain_date(date),
        })
    }

    /// The outlet as evidence names it.
    pub fn outlet_or_id(&self) -> &str {
        self.outlet.as_deref().unwrap_or(&self.id)
    }
}

/// A reference article as read.
#[derive(Clone, Debug)]
pub struct Source {
    pub header: Arc<SourceHeader>,
    pub document: Arc<Document>,
    pub reading: Arc<Reading>,
}

impl Source {
    /// Reads an article; page furniture is left out. What `header` doesn't say, the article's own head may.
    pub fn read(mut header: SourceHeader, document: Document) -> Self {
        let front = document.front_matter();
        header.outlet = header.outlet.or_else(|| front.outlet.clone());
        header.published = header.published.or(front.date);
        header.headline = header.headline.or_else(|| front.headline.clone());
        header.url = header.url.or_else(|| front.url.clone());
        header.updated = header.updated.or(front.modified);
        header.byline = header.byline.or_else(|| front.byline.clone());
        let document = furniture::cleared(document).dated(header.published);
        let blocks = document.blocks().iter().zip(reader::read_blocks(&document)).map(|(block, read)| {
            // A caption says whom it shows; how many there were and when may be of another day than the article.
            if block.kind == BlockKind::Caption { Arc::new(read.without_figures_and_dates()) } else { read }
        });
        let reading = reader::link(&document, blocks.collect());
        Self { header: Arc::new(header), document: Arc::new(document), reading: Arc::new(reading) }
    }
}

/// What newsrooms call the folder of their sources.
pub fn usual_folders() -> impl Iterator<Item = &'static str> {
    data::SOURCE_FOLDERS.words()
}

/// `3 December 2025`: a date as messages and evidence give it.
pub fn plain_date(date: Date) -> String {
    date.strftime("%-d %B %Y").to_string()
}
