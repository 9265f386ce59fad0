//! Messages put together of pieces, three bytes each: who asks, what, and with which parameters.

#![no_main]

use libfuzzer_sys::fuzz_target;

use copydesk_fuzz::requests::{IDS, METHODS, PARAMS, is_answered_once, message};

fuzz_target!(|choices: &[u8]| {
    let pick = |set: &'static [&'static str], choice: u8| set[choice as usize % set.len()];
    let messages = choices.chunks_exact(3).take(32).enumerate();
    let messages: Vec<String> = messages.map(|(n, of)| message(n, pick(IDS, of[0]), pick(METHODS, of[1]), pick(PARAMS, of[2]))).collect();
    is_answered_once(&messages);
});
