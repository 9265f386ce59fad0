//! Quotations put together of pieces.

#![no_main]

use libfuzzer_sys::fuzz_target;

use copydesk_fuzz::{check_soup, pieces::QUOTES};

fuzz_target!(|choices: &[u8]| check_soup(choices, &[QUOTES]));
