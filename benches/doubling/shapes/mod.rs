//! The shapes of text that are doubled.

mod figures;
mod html;
mod markdown;
mod names;
mod words;

use copydesk::markup::Format;

use super::prose;

pub(crate) struct Shape {
    pub(crate) name: &'static str,
    pub(crate) format: Format,
    /// A text of so many bytes or a little more.
    pub(crate) text: fn(usize) -> String,
}

const fn plain(name: &'static str, text: fn(usize) -> String) -> Shape {
    Shape { name, format: Format::Plain, text }
}

const fn markdown(name: &'static str, text: fn(usize) -> String) -> Shape {
    Shape { name, format: Format::Markdown, text }
}

const fn html(name: &'static str, text: fn(usize) -> String) -> Shape {
    Shape { name, format: Format::Html, text }
}

/// All of them, in the order of the table.
pub(crate) fn all() -> impl Iterator<Item = &'static Shape> {
    [names::SHAPES, figures::SHAPES, words::SHAPES, markdown::SHAPES, html::SHAPES].into_iter().flatten()
}

/// Rows until a text has so many bytes.
fn rows(size: usize, row: impl Fn(usize) -> String) -> String {
    let mut text = String::with_capacity(size + 4096);
    for at in 0.. {
        if text.len() >= size {
            break;
        }
        text.push_str(&row(at));
    }
    text
}

/// A name of its own for each number.
fn name(at: usize) -> String {
    const SOUNDS: [&str; 20] =
        ["ba", "de", "fi", "go", "hu", "ka", "le", "mi", "no", "pu", "ra", "se", "ti", "vo", "zu", "bran", "dol", "fen", "gar", "hil"];
    let mut rest = at.wrapping_mul(7919) % 3_200_000;
    let mut word = String::new();
    for _ in 0..5 {
        word.push_str(SOUNDS[rest % SOUNDS.len()]);
        rest /= SOUNDS.len();
    }
    word[..1].to_uppercase() + &word[1..]
}

/// One of thousands of names that share most of their letters and sounds.
fn near(at: usize) -> String {
    const VOWELS: [&str; 8] = ["a", "e", "i", "o", "u", "y", "iy", "ia"];
    let vowel = |place: u32| VOWELS[at / 8_usize.pow(place) % 8];
    format!("H{}r{}k{}v{}l{}sh", vowel(0), vowel(1), vowel(2), vowel(3), vowel(4))
}

/// A name with one letter changed.
fn slipped(name: &str, at: usize) -> String {
    let place = 1 + at % (name.len() - 1);
    format!("{}{}{}", &name[..place], letter(at / name.len()).to_ascii_lowercase(), &name[place + 1..])
}

fn letter(at: usize) -> char {
    char::from(b'A' + (at % 26) as u8)
}
