//! A stream that CI reads line by line for commands gets none of what is quoted: the last line of defence, behind the escaping.

use std::io::{self, Write};

/// What GitHub takes for a command at the start of a line, and GitHub and Azure anywhere in it.
const AT_START: &str = "::";
const ANYWHERE: &[&[u8]] = &[b"##[", b"##vso["];

/// Passes on whole lines, with a backslash in what would be a command.
pub(super) struct Guard<'a> {
    to: &'a mut dyn Write,
    /// Whether commands are what is to be written.
    is_commands: bool,
    line: Vec<u8>,
}

impl<'a> Guard<'a> {
    pub(super) fn new(to: &'a mut dyn Write, is_commands: bool) -> Self {
        Self { to, is_commands, line: Vec::new() }
    }

    fn pass_on(&mut self) -> io::Result<()> {
        let line = std::mem::take(&mut self.line);
        if self.is_commands { self.to.write_all(&line) } else { self.to.write_all(&harmless(&line)) }
    }
}

impl Write for Guard<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        for piece in bytes.split_inclusive(|&byte| byte == b'\n') {
            self.line.extend_from_slice(piece);
            if piece.ends_with(b"\n") {
                self.pass_on()?;
            }
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.pass_on()?;
        self.to.flush()
    }
}

/// Whether a line would be a command.
pub(super) fn is_command(line: &[u8]) -> bool {
    harmless(line) != line
}

fn harmless(line: &[u8]) -> Vec<u8> {
    let text = String::from_utf8_lossy(line);
    let mut safe = Vec::with_capacity(line.len() + 1);
    if text.trim_start().starts_with(AT_START) {
        safe.push(b'\\');
    }
    for (at, &byte) in line.iter().enumerate() {
        safe.push(byte);
        if ANYWHERE.iter().any(|command| line[at..].starts_with(command)) {
            safe.push(b'\\');
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_is_passed_on_is_a_command() {
        let mut out = Vec::new();
        let mut guard = Guard::new(&mut out, false);
        // However it comes in pieces.
        for piece in ["a :", ": b\n  :", ":error::c\n\u{3000}::d\n##", "[warning]e ###[f] ##vso[g]\n## h", "\n::"] {
            guard.write_all(piece.as_bytes()).expect("memory can be written to");
        }
        guard.flush().expect("memory can be written to");
        let text = String::from_utf8(out).expect("is still UTF-8");
        assert_eq!(text, "a :: b\n\\  ::error::c\n\\\u{3000}::d\n#\\#[warning]e ##\\#[f] #\\#vso[g]\n## h\n\\::");
    }
}
