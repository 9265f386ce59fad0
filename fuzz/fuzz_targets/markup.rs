//! Markup put together of pieces, in all three formats.

#![no_main]

use libfuzzer_sys::fuzz_target;

use copydesk_fuzz::{check_soup, pieces::MARKUP};

fuzz_target!(|choices: &[u8]| check_soup(choices, &[MARKUP]));
