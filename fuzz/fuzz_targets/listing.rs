//! Arbitrary `sources.toml`.

#![no_main]

use libfuzzer_sys::fuzz_target;

use copydesk_fuzz::settings::is_a_listing_but_for_its_faults;

fuzz_target!(|text: &str| is_a_listing_but_for_its_faults(text));
