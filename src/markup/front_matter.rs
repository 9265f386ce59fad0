//! What a text says of itself at its head: date, headline, byline, slug, outlet, address.

use jiff::civil::Date;

use crate::text::Span;

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FrontMatter {
    /// The article's own date: from the front matter, or else from a date line at its head.
    pub date: Option<Date>,
    pub headline: Option<String>,
    pub byline: Option<String>,
    pub slug: Option<String>,
    pub outlet: Option<String>,
    pub url: Option<String>,
    /// The bytes it takes up in the source; empty without any.
    pub source: Span,
}
