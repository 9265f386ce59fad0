//! Bytes as text. Archives are older than UTF-8: what is certain from a mark, from what a page declares or from the bytes themselves is
//! read; what would have to be guessed is not, for a name misread is a name misspelled.

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use super::Format;
use crate::text::MAX_BYTES;

/// How a text is written in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Charset(&'static Encoding);

impl Charset {
    pub const UTF_8: Self = Self(UTF_8);

    pub fn is_utf8(self) -> bool {
        self == Self::UTF_8
    }

    /// The bytes that a text is when it is written so, with UTF-16's mark; none for one that has characters which can't be.
    pub fn encode(self, text: &str) -> Option<Vec<u8>> {
        let units = |bytes: fn(u16) -> [u8; 2]| mark(self.0).iter().copied().chain(text.encode_utf16().flat_map(bytes)).collect();
        match self.0 {
            utf16 if utf16 == UTF_16LE => Some(units(u16::to_le_bytes)),
            utf16 if utf16 == UTF_16BE => Some(units(u16::to_be_bytes)),
            other => {
                let (bytes, _, has_others) = other.encode(text);
                (!has_others).then(|| bytes.into_owned())
            }
        }
    }

    /// `UTF-8`, `windows-1252`: as the WHATWG calls it.
    pub fn name(self) -> &'static str {
        self.0.name()
    }
}

impl Default for Charset {
    fn default() -> Self {
        Self::UTF_8
    }
}

/// Why bytes are no text.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotText {
    #[error("is not UTF-8 (line {line}, byte {byte}); save it as UTF-8")]
    BrokenUtf8 { line: usize, byte: usize },
    #[error("begins as {0}, but isn't {0} throughout; save it as UTF-8")]
    Broken(&'static str),
    #[error("is no text, or in an encoding that can't be told; save it as UTF-8")]
    Unknown,
    #[error("has more than the {} MB that a text may have", MAX_BYTES >> 20)]
    TooLarge,
}

/// The text that `bytes` are, and how they are it: UTF-8, UTF-16 with its mark, what a page declares, or Windows-1252 (and so Latin-1)
/// where they can be nothing else that English is written in.
///
/// # Errors
/// When they are no text, a text with a fault, or one in an encoding that nothing tells.
pub fn decode(bytes: Vec<u8>, format: Format) -> Result<(String, Charset), NotText> {
    if let Some(encoding) = [UTF_16LE, UTF_16BE].into_iter().find(|encoding| bytes.starts_with(mark(encoding))) {
        return in_encoding(&bytes[2..], encoding);
    }
    let bytes = match String::from_utf8(bytes) {
        Ok(text) => return Ok((text, Charset::UTF_8)),
        Err(error) => error.into_bytes(),
    };
    if let Some(fault) = fault_in_utf8(&bytes) {
        return Err(fault);
    }
    let declared = (format == Format::Html).then(|| declared(&bytes)).flatten().filter(|encoding| *encoding != UTF_8);
    let encoding = declared.or_else(|| is_windows_1252(&bytes).then_some(WINDOWS_1252)).ok_or(NotText::Unknown)?;
    in_encoding(&bytes, encoding)
}

fn mark(encoding: &Encoding) -> &'static [u8] {
    if encoding == UTF_16LE { b"\xff\xfe" } else { b"\xfe\xff" }
}

fn in_encoding(bytes: &[u8], encoding: &'static Encoding) -> Result<(String, Charset), NotText> {
    let text = encoding.decode_without_bom_handling_and_without_replacement(bytes).ok_or(NotText::Broken(encoding.name()))?;
    if text.len() > MAX_BYTES {
        return Err(NotText::TooLarge);
    }
    // Of a text in four bytes a character every second one would be nothing.
    if text.contains('\0') {
        return Err(NotText::Broken(encoding.name()));
    }
    Ok((text.into_owned(), Charset(encoding)))
}

/// What is wrong where the bytes are UTF-8 but for a fault: two bytes or more that are one character there are never so by chance.
fn fault_in_utf8(bytes: &[u8]) -> Option<NotText> {
    let is_meant = bytes.utf8_chunks().any(|chunk| !chunk.valid().is_ascii());
    let byte = bytes.utf8_chunks().next().map_or(0, |chunk| chunk.valid().len());
    let line = memchr::memchr_iter(b'\n', &bytes[..byte]).count() + 1;
    is_meant.then_some(NotText::BrokenUtf8 { line, byte })
}

/// The encoding that a page declares in its first bytes.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    /// As far as browsers look.
    const HEAD: usize = 1024;
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(HEAD)]).to_ascii_lowercase();
    ["charset=", "encoding="].iter().find_map(|key| {
        let value = &head[head.find(key)? + key.len()..];
        let value = value.trim_start_matches(['"', '\'', ' ']);
        let end = value.find(|c: char| !c.is_ascii_alphanumeric() && !matches!(c, '-' | '_' | ':' | '.')).unwrap_or(value.len());
        Encoding::for_label_no_replacement(&value.as_bytes()[..end]).filter(|encoding| encoding.is_ascii_compatible())
    })
}

/// Whether bytes that aren't UTF-8 read as a text in Windows-1252: without control characters, its letters with accents among others
/// without. A text in another script has whole words of them.
fn is_windows_1252(bytes: &[u8]) -> bool {
    /// Accented letters that follow each other: `déçu` has two.
    const LONGEST_RUN: u32 = 3;
    let (mut plain, mut accented, mut run) = (0_usize, 0_usize, 0_u32);
    for &byte in bytes {
        match byte {
            b'\t' | b'\n' | 0x0c | b'\r' => run = 0,
            0..=0x1f | 0x7f | 0x81 | 0x8d | 0x8f | 0x90 | 0x9d => return false,
            b'a'..=b'z' | b'A'..=b'Z' => (plain, run) = (plain + 1, 0),
            0x8a | 0x8c | 0x8e | 0x9a | 0x9c | 0x9e | 0x9f | 0xc0..=0xd6 | 0xd8..=0xf6 | 0xf8..=0xff => {
                (accented, run) = (accented + 1, run + 1);
                if run > LONGEST_RUN {
                    return false;
                }
            }
            _ => run = 0,
        }
    }
    accented * 5 <= plain
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "Déjà vu, said Zoë Brontë: “£5 — or €6.” Her café is in Málaga, and so are she and her dog.";

    fn read(bytes: &[u8], format: Format) -> Result<(String, &'static str), NotText> {
        decode(bytes.to_vec(), format).map(|(text, charset)| (text, charset.name()))
    }

    #[test]
    fn what_is_certain_is_read() {
        let utf16 = |mark: u16, swap: bool| -> Vec<u8> {
            let units = std::iter::once(mark).chain(TEXT.encode_utf16());
            units.flat_map(|unit| if swap { unit.to_be_bytes() } else { unit.to_le_bytes() }).collect()
        };
        let latin = WINDOWS_1252.encode(TEXT).0;
        for (bytes, name) in
            [(TEXT.as_bytes(), "UTF-8"), (&utf16(0xfeff, false), "UTF-16LE"), (&utf16(0xfeff, true), "UTF-16BE"), (&latin, "windows-1252")]
        {
            for format in [Format::Plain, Format::Markdown, Format::Html] {
                assert_eq!(read(bytes, format), Ok((TEXT.to_owned(), name)));
            }
        }
        assert_eq!(read(b"\xef\xbb\xbfText", Format::Plain), Ok(("\u{feff}Text".to_owned(), "UTF-8")), "offsets are those of the file");
    }

    #[test]
    fn what_was_read_is_written_as_the_same_bytes() {
        let utf16 = |swap: bool| -> Vec<u8> {
            let units = std::iter::once(0xfeff).chain(TEXT.encode_utf16());
            units.flat_map(|unit| if swap { unit.to_be_bytes() } else { unit.to_le_bytes() }).collect()
        };
        let marked = ["\u{feff}", TEXT].concat();
        let declared = [b"<meta charset=windows-1251><p>".as_slice(), b"\xca\xe8\xe5\xe2"].concat();
        for bytes in [TEXT.as_bytes(), marked.as_bytes(), &utf16(false), &utf16(true), &WINDOWS_1252.encode(TEXT).0, &declared] {
            let (text, charset) = decode(bytes.to_vec(), Format::Html).expect("is a text");
            assert_eq!(charset.encode(&text).as_deref(), Some(bytes), "{charset:?}");
        }
        assert_eq!(Charset(WINDOWS_1252).encode("Łódź"), None, "it has no such letter");
    }

    #[test]
    fn a_page_is_read_as_it_declares() {
        for head in ["<meta charset=windows-1251>", "<META HTTP-EQUIV='Content-Type' CONTENT='text/html; charset=Windows-1251'>"] {
            let page = [head.as_bytes(), b"<p>\xca\xe8\xe5\xe2"].concat();
            assert_eq!(read(&page, Format::Html), Ok((format!("{head}<p>Киев"), "windows-1251")));
            assert_eq!(read(&page, Format::Plain), Err(NotText::Unknown), "elsewhere it declares nothing");
        }
        let page = "<meta charset=iso-8859-1><p>Zoë";
        assert_eq!(read(page.as_bytes(), Format::Html), Ok((page.to_owned(), "UTF-8")), "it may be wrong of itself");
        let latin = WINDOWS_1252.encode("<meta charset=utf-8><p>Zoë Brontë").0;
        assert_eq!(read(&latin, Format::Html).map(|read| read.1), Ok("windows-1252"));
    }

    #[test]
    fn what_would_have_to_be_guessed_is_told() {
        assert_eq!(read(b"Zo\xc3\xab\nBront\xeb", Format::Plain), Err(NotText::BrokenUtf8 { line: 2, byte: 10 }));
        assert_eq!(read(b"\xca\xe8\xe5\xe2 and Kyiv and all the other towns of the land", Format::Plain), Err(NotText::Unknown));
        assert_eq!(read(b"PK\x03\x04\xff", Format::Plain), Err(NotText::Unknown));
        assert_eq!(read(b"\xff\xfe\x00\x00T\x00\x00\x00", Format::Plain), Err(NotText::Broken("UTF-16LE")));
        assert_eq!(read(b"\xff\xfeT\x00\x00\xd8", Format::Plain), Err(NotText::Broken("UTF-16LE")));
    }

    proptest::proptest! {
        #[test]
        fn no_bytes_panic(bytes in proptest::collection::vec(proptest::num::u8::ANY, 0..60)) {
            for format in [Format::Plain, Format::Html] {
                let _ = decode(bytes.clone(), format);
            }
        }
    }
}
