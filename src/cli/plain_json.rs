//! JSON that does nothing where it is shown: what would act on a terminal or in CI stands as its escape, which is the same to a
//! program.

use std::fmt::Write as _;
use std::io;

use serde::Serialize;

use crate::text::is_active;

/// One line, with its line break.
pub(super) fn line(value: &impl Serialize) -> io::Result<String> {
    Ok(escaped(serde_json::to_string(value)?))
}

/// The same of JSON that is written already.
pub(super) fn escaped(mut json: String) -> String {
    // All of these can only stand within strings.
    if json.contains(is_active) {
        let mut escaped = String::with_capacity(json.len() + 16);
        for c in json.chars() {
            if is_active(c) {
                // None of these takes more than four digits, and a string takes all that is written to it.
                let _ = write!(escaped, "\\u{:04x}", u32::from(c));
            } else {
                escaped.push(c);
            }
        }
        json = escaped;
    }
    if json.contains("##") {
        json = json.replace("##[", "\\u0023#[").replace("##vso[", "\\u0023#vso[");
    }
    json.push('\n');
    json
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_program_reads_what_a_terminal_does_not_act_on() {
        let hostile = "\u{1b}[31m\u{7f}\u{9b}\u{202e}\u{2028}##[error]###[x] ##vso[y] \\##[";
        let json = line(&hostile).expect("can be written");
        assert!(!json.trim_end().contains(is_active) && !json.contains("##[") && !json.contains("##vso["), "{json}");
        assert_eq!(serde_json::from_str::<String>(&json).expect("is JSON"), hostile);
    }
}
