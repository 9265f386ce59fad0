//! Web and mail addresses in a block: their words are no prose, so they are neither names nor words in lower case.

use crate::text::{Span, Token};

/// Where web and mail addresses stand, in order: what white space bounds around "://", "www." or "@".
pub(in crate::reader) fn addresses(text: &str) -> Vec<Span> {
    let mut found: Vec<Span> = Vec::new();
    for sign in ["://", "www.", "@"] {
        let mut searched = 0;
        for at in memchr::memmem::find_iter(text.as_bytes(), sign) {
            if at >= searched {
                let start = text[searched..at].rfind(char::is_whitespace).map_or(searched, |blank| searched + blank);
                searched = text[at..].find(char::is_whitespace).map_or(text.len(), |blank| at + blank);
                found.push(Span::of(start..searched));
            }
        }
    }
    found.sort_unstable();
    found
}

/// Whether `token` is a part of one of the `addresses`.
pub(super) fn is_in_address(addresses: &[Span], token: Token) -> bool {
    let from = addresses.partition_point(|address| address.end <= token.span.start);
    addresses.get(from).is_some_and(|address| address.covers(token.span))
}
