//! Arbitrary bytes as what is packed by zip and by gzip.

#![no_main]

use libfuzzer_sys::fuzz_target;

use copydesk_fuzz::articles::are_told_soundly;

fuzz_target!(|bytes: &[u8]| {
    are_told_soundly(bytes, "a.zip");
    are_told_soundly(bytes, "a.jsonl.gz");
});
