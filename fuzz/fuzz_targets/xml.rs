//! Arbitrary bytes as a file of sources in XML, of each vocabulary.

#![no_main]

use libfuzzer_sys::fuzz_target;

use copydesk_fuzz::articles::are_told_soundly;

fuzz_target!(|bytes: &[u8]| {
    are_told_soundly(bytes, "a.xml");
});
