//! Arbitrary front matter, in YAML and TOML, in all formats.

#![no_main]

use libfuzzer_sys::fuzz_target;

use copydesk_fuzz::invariants::{FORMATS, is_read_soundly};

fuzz_target!(|inside: &str| {
    for fence in ["---", "+++"] {
        let text = format!("{fence}\n{inside}\n{fence}\nFerry Minister Anja Solvang left.\n");
        FORMATS.into_iter().for_each(|format| is_read_soundly(&text, format));
    }
});
