//! Arbitrary `copydesk.toml`.

#![no_main]

use libfuzzer_sys::fuzz_target;

use copydesk_fuzz::settings::is_a_configuration_or_faulty;

fuzz_target!(|text: &str| is_a_configuration_or_faulty(text));
