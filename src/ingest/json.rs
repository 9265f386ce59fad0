//! JSON whose strings know where they stand. It is parsed by `serde_json`, level by level as it is asked for, so that
//! it may be as deep as it likes.

use std::borrow::Cow;
use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

use super::places::offset_in;
use crate::markup::{Block, BlockBuilder, BlockKind};
use crate::text::Span;

/// A value as it is written.
#[derive(Clone, Copy, Debug)]
pub(super) struct Value<'a>(&'a RawValue);

/// The members of an object, in the order of the text.
#[derive(Debug)]
pub(super) struct Object<'a>(Vec<(Cow<'a, str>, &'a RawValue)>);

/// The value that a text is.
///
/// # Errors
/// When it is no JSON.
pub(super) fn parse(text: &str) -> Result<Value<'_>, serde_json::Error> {
    serde_json::from_str(text).map(Value)
}

impl<'a> Value<'a> {
    /// As it is written, without white space around it.
    pub(super) fn written(self) -> &'a str {
        self.0.get()
    }

    pub(super) fn object(self) -> Option<Object<'a>> {
        self.written().starts_with('{').then(|| serde_json::from_str(self.written()).ok()).flatten()
    }

    /// The values of a list.
    pub(super) fn list(self) -> Option<Vec<Self>> {
        let values: Vec<&RawValue> = self.written().starts_with('[').then(|| serde_json::from_str(self.written()).ok()).flatten()?;
        Some(values.into_iter().map(Self).collect())
    }

    /// A string, or a number as it is written.
    pub(super) fn words(self) -> Option<String> {
        match self.written().as_bytes().first()? {
            b'"' => serde_json::from_str(self.written()).ok(),
            b'-' | b'0'..=b'9' => Some(self.written().to_owned()),
            _ => None,
        }
    }

    /// The text of a string that stands in `part`, with its way back there; none where there are no words.
    pub(super) fn text(self, part: &str) -> Option<Block> {
        let inside = self.written().strip_prefix('"')?.strip_suffix('"')?;
        let from = offset_in(part, inside)?;
        let mut text = BlockBuilder::default();
        let span = |start: usize, end: usize| Span::of(from + start..from + end);
        let mut at = 0;
        while let Some(escape) = memchr::memchr(b'\\', &inside.as_bytes()[at..]).map(|before| at + before) {
            text.push_verbatim(part, span(at, escape));
            let (c, length) = unescaped(&inside[escape..]);
            text.push_standing_for(c.encode_utf8(&mut [0; 4]), span(escape, escape + length));
            at = escape + length;
        }
        text.push_verbatim(part, span(at, inside.len()));
        text.finish(BlockKind::Paragraph)
    }
}

/// The character that an escape stands for, and the bytes that it takes.
fn unescaped(escape: &str) -> (char, usize) {
    let unit = |at: usize| escape.get(at..at + 4).and_then(|digits| u32::from_str_radix(digits, 16).ok());
    let c = match escape.as_bytes().get(1) {
        Some(b'b') => '\u{8}',
        Some(b'f') => '\u{c}',
        Some(b'n') => '\n',
        Some(b'r') => '\r',
        Some(b't') => '\t',
        Some(b'u') => {
            let Some(first) = unit(2) else { return (char::REPLACEMENT_CHARACTER, escape.len().min(2)) };
            let second = || escape.get(6..8).filter(|mark| *mark == "\\u").and_then(|_| unit(8));
            return match (char::from_u32(first), second()) {
                (Some(c), _) => (c, 6),
                // A character beyond the first plane is written as two.
                (None, Some(second @ 0xdc00..0xe000)) if first < 0xdc00 => {
                    let c = char::from_u32(0x1_0000 + ((first - 0xd800) << 10) + (second - 0xdc00));
                    (c.unwrap_or(char::REPLACEMENT_CHARACTER), 12)
                }
                (None, _) => (char::REPLACEMENT_CHARACTER, 6),
            };
        }
        Some(&plain) if plain.is_ascii() => plain as char,
        _ => return (char::REPLACEMENT_CHARACTER, 1),
    };
    (c, 2)
}

impl<'a> Object<'a> {
    pub(super) fn get(&self, name: &str) -> Option<Value<'a>> {
        self.0.iter().find(|(known, _)| known == name).map(|(_, value)| Value(value))
    }

    /// The member that a path of names leads to: `content.body`. A name that has a point itself comes first.
    pub(super) fn at(&self, path: &str) -> Option<Value<'a>> {
        if let Some(value) = self.get(path) {
            return Some(value);
        }
        let (first, rest) = path.split_once('.')?;
        self.get(first)?.object()?.at(rest)
    }

    pub(super) fn words(&self, name: &str) -> Option<String> {
        self.get(name)?.words()
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Object<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Members;
        impl<'de> Visitor<'de> for Members {
            type Value = Object<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                #[derive(serde::Deserialize)]
                struct Name<'a>(#[serde(borrow)] Cow<'a, str>);
                let mut members = Vec::new();
                while let Some((Name(name), value)) = map.next_entry::<Name<'de>, &'de RawValue>()? {
                    members.push((name, value));
                }
                Ok(Object(members))
            }
        }
        deserializer.deserialize_map(Members)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_string_leads_back_to_where_it_is_written() {
        let part = r#" {"a": {"b": "Caf\u00e9 \ud83d\ude00 \"x\"\n\/ \ud800 y"}}"#;
        let text = parse(part).ok().and_then(Value::object).and_then(|object| object.at("a.b")).and_then(|value| value.text(part));
        let text = text.expect("has words");
        assert_eq!(&*text.text, "Café 😀 \"x\"\n/ \u{fffd} y");
        for (words, written) in [("é", r"\u00e9"), ("😀", r"\ud83d\ude00"), ("x", "x"), ("\"x\"", r#"\"x\""#), ("y", "y")] {
            let at = text.text.find(words).expect("has it");
            assert_eq!(text.to_source(Span::of(at..at + words.len())).text(part), written);
        }
    }

    #[test]
    fn numbers_are_words_and_depth_takes_nothing() {
        let object =
            parse(r#"{"a":1.50,"b":null,"a":2,"c.d":"x","c":{"d":"y","e":["z"]}}"#).ok().and_then(Value::object).expect("an object");
        assert_eq!((object.words("a").as_deref(), object.words("b")), (Some("1.50"), None));
        assert_eq!(object.at("c.d").and_then(Value::words).as_deref(), Some("x"));
        assert_eq!(object.at("c.e").and_then(Value::list).map(|list| list.len()), Some(1));
        assert!(parse(&"[".repeat(100_000)).is_err());
        let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
        assert_eq!(parse(&deep).ok().and_then(Value::list).map(|list| list.len()), Some(1), "what nobody asks for is passed over");
    }
}
