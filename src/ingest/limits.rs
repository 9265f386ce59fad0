//! How much a file of sources may have. What goes beyond is told, and takes nothing from other files.

/// Bytes of a file that holds many articles, packed or not: some 80,000 articles.
pub const FILE: usize = 256 << 20;

/// Bytes of one article with its markup.
pub const ARTICLE: usize = 16 << 20;

/// Bytes of all that is packed in one file.
pub const PACKED: u64 = 4 << 30;

/// How many times its size something may be once it is unpacked, from [`FROM`] on: text packs ten to one, a trap a thousand to one.
pub const RATIO: u64 = 200;

/// Bytes that are unpacked whatever their ratio.
pub const FROM: u64 = 4 << 20;

/// How many files may be packed in one.
pub const FILES: usize = 500_000;

/// How deep elements may stand in each other.
pub const DEPTH: usize = 256;

/// How many elements and texts an article may have.
pub const NODES: usize = 500_000;

/// Whether something that is `packed` in so many bytes may have `unpacked` to so many.
pub fn is_ratio_sound(packed: u64, unpacked: u64) -> bool {
    unpacked <= FROM || unpacked / RATIO <= packed
}
