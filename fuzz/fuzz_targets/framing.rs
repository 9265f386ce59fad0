//! Arbitrary bytes before a request.

#![no_main]

use libfuzzer_sys::fuzz_target;

use copydesk_fuzz::requests::is_heard_behind;

fuzz_target!(|bytes: &[u8]| is_heard_behind(bytes));
