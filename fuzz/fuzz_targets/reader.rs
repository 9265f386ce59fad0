//! Arbitrary text in all three formats, read.

#![no_main]

use libfuzzer_sys::fuzz_target;

use copydesk_fuzz::invariants::{FORMATS, is_read_soundly};

fuzz_target!(|text: &str| FORMATS.into_iter().for_each(|format| is_read_soundly(text, format)));
