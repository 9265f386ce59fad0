//! Stet marks put together of pieces.

#![no_main]

use libfuzzer_sys::fuzz_target;

use copydesk_fuzz::{check_soup, pieces::STETS};

fuzz_target!(|choices: &[u8]| check_soup(choices, &[STETS]));
