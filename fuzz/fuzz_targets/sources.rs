//! Arbitrary bytes as a source of each format.

#![no_main]

use libfuzzer_sys::fuzz_target;

use copydesk_fuzz::sources::{NAMES, is_attested_soundly};

fuzz_target!(|bytes: &[u8]| NAMES.into_iter().for_each(|name| is_attested_soundly(bytes, name)));
