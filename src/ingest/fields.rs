//! What an article's fields are called in JSON that every system writes otherwise: `data/article_fields.tsv`, or what the desk says.

use std::collections::BTreeMap;

use super::json::{Object, Value};
use crate::data;
use crate::text::StableHash;

/// The names of each field, the first to have a value holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FieldNames {
    own: BTreeMap<String, Vec<String>>,
}

impl FieldNames {
    /// The usual names, but for those that the desk gives.
    pub fn of(own: BTreeMap<String, Vec<String>>) -> Self {
        Self { own }
    }

    /// A number for what the desk gives: with the same one the same is read.
    pub fn print(&self) -> u64 {
        let field = |hash: StableHash, (field, names): (&String, &Vec<String>)| {
            names.iter().fold(hash.text(field).number(names.len() as u64), |hash, name| hash.text(name))
        };
        self.own.iter().fold(StableHash::default(), field).finish()
    }

    fn of_field(&self, field: &str) -> Vec<&str> {
        match self.own.get(field) {
            Some(names) => names.iter().map(String::as_str).collect(),
            None => data::ARTICLE_FIELDS.rows().filter(|[of, _]| *of == field).map(|[_, name]| name).collect(),
        }
    }

    /// The values of a field under its first name that has some.
    pub(super) fn values<'a>(&self, object: &Object<'a>, field: &str) -> Vec<Value<'a>> {
        let is_empty = |value: &Value<'_>| matches!(value.written(), "null" | "\"\"" | "[]" | "{}");
        self.of_field(field)
            .into_iter()
            .filter_map(|name| object.at(name))
            .map(|value| value.list().unwrap_or_else(|| vec![value]))
            .map(|values| values.into_iter().filter(|value| !is_empty(value)).collect::<Vec<_>>())
            .find(|values| !values.is_empty())
            .unwrap_or_default()
    }

    /// The words of a field; of several values, each, and of an object its name.
    pub(super) fn words(&self, object: &Object<'_>, field: &str) -> Vec<String> {
        let words =
            |value: Value<'_>| value.words().or_else(|| ["name", "title", "value"].iter().find_map(|name| value.object()?.words(name)));
        self.values(object, field).into_iter().filter_map(words).filter(|words| !words.trim().is_empty()).collect()
    }

    pub(super) fn first(&self, object: &Object<'_>, field: &str) -> Option<String> {
        self.words(object, field).into_iter().next()
    }
}
