//! What is packed by zip: files of any format, as a folder of them is. Nothing is written, so that no name in it can lead anywhere.

use std::io::Cursor;

use zip::ZipArchive;
use zip::result::ZipError;

use super::gzip::{inside, not_plain, unpack};
use super::{Format, Input, Item, Read, Take, ending, is_source, limits, read};

pub(super) static FORMAT: Format = Format { name: "zip", endings: &["zip"], read: Read::Bytes(read_packed) };

fn read_packed(input: &Input<'_>, bytes: &[u8], take: Take<'_>) -> Result<(), String> {
    let mut archive = open(bytes)?;
    let mut names: Vec<(String, usize)> =
        (0..archive.len()).filter_map(|index| Some((archive.name_for_index(index)?.ok()?.into_owned(), index))).collect();
    names.sort();
    let mut total = 0_u64;
    for (name, index) in names {
        if name.ends_with(['/', '\\']) {
            continue;
        }
        // What evidence calls it would be another file.
        if name.starts_with(['/', '\\']) || name.split(['/', '\\']).any(|part| part == "..") {
            take(Item::Skipped("packed files whose names lead elsewhere".to_owned()));
            continue;
        }
        if is_hidden(&name) {
            continue;
        }
        if !is_source(&name) || ending(&name) == "zip" {
            let ending = ending(&name);
            take(Item::Skipped(if ending.is_empty() { "packed files without an ending".to_owned() } else { format!("packed .{ending}") }));
            continue;
        }
        let path = format!("{}/{name}", input.path);
        let fault = |why: String| Item::Fault { which: format!("/{name}"), why };
        let unpacked = match member(&mut archive, index) {
            Ok(unpacked) => unpacked,
            Err(why) => {
                take(fault(why));
                continue;
            }
        };
        total = total.saturating_add(unpacked.len() as u64);
        if total > limits::PACKED {
            return Err(format!("comes to more than the {} GB that may be packed in one file", limits::PACKED >> 30));
        }
        let Some(inner) = inside(&Input { path: &path, ..*input }).map(|inner| Input { path: &path, ..inner }) else { continue };
        let outcome = read(&inner, unpacked, &mut |item| {
            take(match not_plain(item) {
                Item::Article(mut article) => {
                    article.within = format!("/{name}{}", article.within);
                    Item::Article(article)
                }
                Item::Fault { which, why } => Item::Fault { which: format!("/{name}, {which}"), why },
                skipped @ Item::Skipped(_) => skipped,
            });
        });
        if let Err(why) = outcome {
            take(fault(why));
        }
    }
    Ok(())
}

/// What the list of a zip file has before each file.
const LISTED: &[u8] = b"PK\x01\x02";

/// What is in a zip file.
///
/// # Errors
/// When it is none, or has more files in it than may be.
pub(super) fn open(bytes: &[u8]) -> Result<ZipArchive<Cursor<&[u8]>>, String> {
    // Room is made for each file that it lists, so that they are counted before.
    if memchr::memmem::find_iter(bytes, LISTED).nth(limits::FILES).is_some() {
        return Err(format!("has more than {} files packed in it", limits::FILES));
    }
    let fault = |error: ZipError| format!("is no zip file, or a damaged one: {error}");
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(fault)?;
    if archive.has_overlapping_entries().map_err(fault)? {
        return Err("has files that are packed in the same place, as no program packs them".to_owned());
    }
    Ok(archive)
}

/// The bytes of a file that is packed.
///
/// # Errors
/// As for [`unpack`], and when it is encrypted.
pub(super) fn member(archive: &mut ZipArchive<Cursor<&[u8]>>, index: usize) -> Result<Vec<u8>, String> {
    let file = archive.by_index(index).map_err(|error| format!("can't be unpacked: {error}"))?;
    let packed = file.compressed_size();
    unpack(file, packed)
}

/// What systems lay beside the files that they pack.
fn is_hidden(name: &str) -> bool {
    name.split(['/', '\\']).any(|part| part.starts_with('.') || part == "__MACOSX")
}
