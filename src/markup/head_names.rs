//! What a text's head calls what it says of the text: `data/head_names.tsv`. The names have an order, so that of two dates the one holds
//! whose name says more.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::front_matter::{FrontMatter, date_of_entry};
use crate::data;

/// Where a name stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Head {
    Front,
    /// A web page's `meta`.
    Page,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Field {
    Date,
    Modified,
    Headline,
    Byline,
    Slug,
    Outlet,
    Url,
}

const FIELDS: [(&str, Field); 7] = [
    ("date", Field::Date),
    ("modified", Field::Modified),
    ("headline", Field::Headline),
    ("byline", Field::Byline),
    ("slug", Field::Slug),
    ("outlet", Field::Outlet),
    ("url", Field::Url),
];

/// Each name with its field and its row in the table.
type Names = FxHashMap<(Head, &'static str), (Field, usize)>;

static NAMES: LazyLock<Names> = LazyLock::new(|| {
    data::HEAD_NAMES
        .rows()
        .enumerate()
        .filter_map(|(row, [field, place, name])| {
            let field = FIELDS.iter().find(|(known, _)| *known == field)?.1;
            let place = if place == "front" { Head::Front } else { Head::Page };
            Some(((place, name), (field, row)))
        })
        .collect()
});

/// For each field the best value so far, with its name's rank.
#[derive(Clone, Debug, Default)]
pub(super) struct Named([Option<(usize, String)>; FIELDS.len()]);

impl Named {
    pub(super) fn offer(&mut self, place: Head, name: &str, value: &str) {
        self.offer_below(place, name, value, 0);
    }

    /// Takes a value that stands `below` other ones in rank, however they are named.
    pub(super) fn offer_below(&mut self, place: Head, name: &str, value: &str, below: usize) {
        let value = value.trim();
        let Some(&(field, row)) = NAMES.get(&(place, name.trim().to_ascii_lowercase().as_str())) else { return };
        let is_address = value.starts_with("http://") || value.starts_with("https://");
        let fits = match field {
            Field::Date | Field::Modified => date_of_entry(value).is_some(),
            Field::Url => is_address,
            Field::Byline | Field::Outlet => !is_address,
            Field::Headline | Field::Slug => true,
        };
        let rank = below + row;
        let slot = &mut self.0[field as usize];
        if fits && !value.is_empty() && slot.as_ref().is_none_or(|(known, _)| rank < *known) {
            *slot = Some((rank, value.to_owned()));
        }
    }

    pub(super) fn get_url(&self) -> Option<&str> {
        self.0[Field::Url as usize].as_ref().map(|(_, url)| url.as_str())
    }

    pub(super) fn into_front_matter(self) -> FrontMatter {
        let [date, modified, headline, byline, slug, outlet, url] = self.0.map(|kept| kept.map(|(_, value)| value));
        let day = |value: Option<String>| value.as_deref().and_then(date_of_entry);
        FrontMatter { date: day(date), modified: day(modified), headline, byline, slug, outlet, url, ..FrontMatter::default() }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::Date;

    use super::*;

    #[test]
    fn the_name_that_says_more_holds_whatever_the_order() {
        let mut named = Named::default();
        named.offer(Head::Page, "date", "2025-12-09");
        named.offer(Head::Page, "Article:Published_Time", "2025-12-03T23:59:00+13:00");
        named.offer(Head::Page, "title", "Tab");
        named.offer(Head::Page, "og:title", "Head");
        named.offer(Head::Page, "article:author", "https://example.org/ann");
        named.offer(Head::Page, "author", "Ann Roe");
        let about = named.into_front_matter();
        assert_eq!((about.date, about.headline.as_deref()), (Some(Date::constant(2025, 12, 3)), Some("Head")));
        assert_eq!(about.byline.as_deref(), Some("Ann Roe"));
    }

    #[test]
    fn a_value_that_cannot_be_one_is_passed_over() {
        let mut named = Named::default();
        for (name, value) in [("date", "Created"), ("publishDate", "2025-12-03"), ("permalink", "/ferry/"), ("source", "https://x.example")]
        {
            named.offer(Head::Front, name, value);
        }
        let about = named.into_front_matter();
        assert_eq!(about, FrontMatter { date: Some(Date::constant(2025, 12, 3)), ..FrontMatter::default() });
    }

    #[test]
    fn every_row_of_the_table_is_read() {
        assert_eq!(NAMES.len(), data::HEAD_NAMES.rows().count(), "a field or place that isn't known, or a name twice");
    }
}
