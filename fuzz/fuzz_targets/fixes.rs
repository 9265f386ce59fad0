//! Fixes of made-up drafts, which have to come to rest.

#![no_main]

use libfuzzer_sys::fuzz_target;

use copydesk_fuzz::invariants::{FORMATS, comes_to_rest};
use copydesk_fuzz::{pieces, soup};

fuzz_target!(|choices: &[u8]| {
    let text = soup(choices, &pieces::ALL);
    FORMATS.into_iter().for_each(|format| comes_to_rest(&text, format));
});
