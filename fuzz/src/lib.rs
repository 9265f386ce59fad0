//! What the targets share: the invariants and pieces of the property tests, and drafts put together of pieces.

#[path = "../../tests/properties/articles.rs"]
pub mod articles;
#[path = "../../tests/properties/comments.rs"]
pub mod comments;
#[path = "../../tests/properties/invariants.rs"]
pub mod invariants;
#[path = "../../tests/properties/pieces.rs"]
pub mod pieces;
#[path = "../../tests/properties/requests.rs"]
pub mod requests;
#[path = "../../tests/properties/settings.rs"]
pub mod settings;
#[path = "../../tests/properties/sources.rs"]
pub mod sources;

/// The pieces that `choices` name, two bytes each: a set and a piece of it.
pub fn soup(choices: &[u8], sets: &[&[&str]]) -> String {
    let piece = |choice: &[u8]| {
        let set = sets[choice[0] as usize % sets.len()];
        set[choice[1] as usize % set.len()]
    };
    choices.chunks_exact(2).map(piece).collect()
}

/// Reads and checks what `choices` make of `sets`, in all formats.
pub fn check_soup(choices: &[u8], sets: &[&[&str]]) {
    let text = soup(choices, sets);
    for format in invariants::FORMATS {
        invariants::is_read_soundly(&text, format);
        invariants::is_checked_soundly(&text, format);
    }
}
