//! Arbitrary stylebooks, and decisions written into them.

#![no_main]

use libfuzzer_sys::fuzz_target;

use copydesk_fuzz::settings::is_a_stylebook_but_for_its_faults;

fuzz_target!(|text: &str| is_a_stylebook_but_for_its_faults(text));
