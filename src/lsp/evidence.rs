//! A sentence of a source as editors are told of it.

use serde::Serialize;
use tower_lsp_server::ls_types::Location;

use super::convert::location;
use crate::corpus::Citation;
use crate::features::web_address;
use crate::text::Encoding;

#[derive(Serialize)]
pub(super) struct SourceRow {
    attribution: String,
    sentence: String,
    /// Where it stands, of a source that is a file.
    location: Option<Location>,
    /// Where it was published.
    url: Option<String>,
}

pub(super) fn source_rows(citations: &[Citation], encoding: Encoding) -> Vec<SourceRow> {
    let row = |citation: &Citation| SourceRow {
        attribution: citation.source.attribution(),
        sentence: citation.sentence.to_string(),
        location: location(citation, encoding),
        url: citation.source.url.as_deref().and_then(web_address),
    };
    citations.iter().map(row).collect()
}
