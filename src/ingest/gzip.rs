//! What is packed by gzip: one file, called as the packed one without its ending.

use std::io::Read as _;

use flate2::read::MultiGzDecoder;

use super::{Format, Input, Item, Read, Take, limits, read};

pub(super) static FORMAT: Format = Format { name: "gzip", endings: &["gz"], read: Read::Bytes(read_packed) };

fn read_packed(input: &Input<'_>, bytes: &[u8], take: Take<'_>) -> Result<(), String> {
    let Some(inner) = inside(input) else { return Err("is packed too many times".to_owned()) };
    let unpacked = unpack(MultiGzDecoder::new(bytes), bytes.len() as u64)?;
    read(&inner, unpacked, &mut |item| take(not_plain(item)))
}

/// What is packed in something: nothing is packed more than twice, so that a trap comes to an end.
pub(super) fn inside<'a>(input: &Input<'a>) -> Option<Input<'a>> {
    let path = input.path.strip_suffix(".gz").or_else(|| input.path.strip_suffix(".GZ")).unwrap_or(input.path);
    (input.depth < 2).then_some(Input { path, depth: input.depth + 1, ..*input })
}

/// Nobody who opens what is packed sees its lines.
pub(super) fn not_plain(item: Item) -> Item {
    match item {
        Item::Article(mut article) => {
            article.is_plain = false;
            Item::Article(article)
        }
        other => other,
    }
}

/// The bytes that `packed` ones come to.
///
/// # Errors
/// When they are damaged, or come to more than a file may have or than text does.
pub(super) fn unpack(mut reader: impl std::io::Read, packed: u64) -> Result<Vec<u8>, String> {
    const STEP: u64 = 1 << 20;
    let mut bytes = Vec::new();
    loop {
        let before = bytes.len();
        reader.by_ref().take(STEP).read_to_end(&mut bytes).map_err(|error| format!("is damaged: {error}"))?;
        if bytes.len() > limits::FILE {
            return Err(format!("comes to more than the {} MB that a file of sources may have", limits::FILE >> 20));
        }
        if !limits::is_ratio_sound(packed, bytes.len() as u64) {
            return Err(format!("comes to more than {} times its size, as no text does", limits::RATIO));
        }
        if bytes.len() == before {
            return Ok(bytes);
        }
    }
}
