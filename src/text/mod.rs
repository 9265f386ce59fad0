//! Geometry of text: spans, lines and encodings, words and sentences, folding and distance. Knows nothing of news.

mod apart;
mod distance;
mod fold;
mod hash;
mod lines;
mod row;
mod sentence_words;
mod sentences;
mod shown;
mod sieve;
mod slip;
mod span;
mod tokens;
mod word_map;
mod word_set;

pub use apart::Apart;
pub use distance::{Slips, deletion_hashes, edit_distance, name_key, sound_key, spelling_hash};
pub use fold::{differ_in_letters, fold_char, fold_into, folded, is_upper, lower_ascii};
pub use hash::{StableHash, stable_hash};
pub use lines::{Encoding, LineIndex, Position};
pub use row::Row;
pub use sentences::sentences;
pub use shown::{is_active, push_shown, shown};
pub(crate) use sieve::{Glance, Glances, Sieve};
pub use slip::{MOST_SLIPS, did_you_mean, nearest, slip, word_slip};
pub use span::{Span, TextEdit, apply, apply_within};
pub use tokens::{Shape, Token, TokenKind, tokens};
pub(crate) use word_map::WordMap;
pub(crate) use word_set::{WordSet, word_classes};

/// The largest text that is read, in bytes. Offsets are `u32`, and nobody edits an article of this size.
pub const MAX_BYTES: usize = 64 << 20;
