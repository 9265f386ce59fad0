//! Arbitrary bytes as JSON Lines, and as a ninjs item.

#![no_main]

use libfuzzer_sys::fuzz_target;

use copydesk_fuzz::articles::are_told_soundly;

fuzz_target!(|bytes: &[u8]| {
    are_told_soundly(bytes, "a.jsonl");
    are_told_soundly(bytes, "a.json");
});
