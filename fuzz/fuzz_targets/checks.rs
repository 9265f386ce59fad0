//! Arbitrary text in all three formats, checked against a small corpus.

#![no_main]

use libfuzzer_sys::fuzz_target;

use copydesk_fuzz::invariants::{FORMATS, is_checked_soundly};

fuzz_target!(|text: &str| FORMATS.into_iter().for_each(|format| is_checked_soundly(text, format)));
