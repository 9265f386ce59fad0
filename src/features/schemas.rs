//! JSON Schemas of the desk's two files, made of the tables of their keys: editors that know nothing of copydesk check and complete by them.

use serde_json::{Map, Value, json};

use super::DeskFile;
use crate::finding::Severity;
use crate::keys::{self, Key, Shape};
use crate::rules::infos;

/// What all tools understand.
const DIALECT: &str = "http://json-schema.org/draft-07/schema#";

impl DeskFile {
    /// Its schema.
    pub fn schema(self) -> Value {
        let (title, says, keys) = match self {
            Self::Configuration => {
                ("copydesk.toml", "What copydesk checks a desk's drafts against, and how loud each rule is.", keys::CONFIGURATION)
            }
            Self::Stylebook => ("A stylebook of copydesk", "What a desk has decided. It outranks the archive.", keys::STYLEBOOK),
        };
        let mut schema = table(keys);
        schema.insert("$schema".to_owned(), DIALECT.into());
        schema.insert("title".to_owned(), title.into());
        schema.insert("description".to_owned(), says.into());
        Value::Object(schema)
    }
}

/// A table that has these keys and no others.
fn table(keys: &[Key]) -> Map<String, Value> {
    let properties: Map<String, Value> = keys.iter().map(|key| (key.name.to_owned(), described(key))).collect();
    // What has no default has to be said.
    let required: Vec<&str> = keys.iter().filter(|key| key.default.is_empty()).map(|key| key.name).collect();
    let mut table = Map::new();
    table.insert("type".to_owned(), "object".into());
    table.insert("properties".to_owned(), properties.into());
    table.insert("additionalProperties".to_owned(), false.into());
    if !required.is_empty() {
        table.insert("required".to_owned(), required.into());
    }
    table
}

fn described(key: &Key) -> Value {
    let mut schema = of_shape(key.shape);
    schema.insert("description".to_owned(), key.says.into());
    schema.into()
}

fn of_shape(shape: Shape) -> Map<String, Value> {
    let words = json!({"type": "string"});
    let schema = match shape {
        Shape::Words => words,
        Shape::List => json!({"anyOf": [words, {"type": "array", "items": words}]}),
        Shape::Flag => json!({"type": "boolean"}),
        Shape::Severity => json!({"enum": Severity::ALL.map(Severity::name)}),
        // A date of TOML is a string in the eyes of a schema.
        Shape::Day => {
            json!({"anyOf": [{"type": "string", "pattern": "^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$"}, {"type": "integer", "minimum": 1000, "maximum": 9999}]})
        }
        Shape::Rules => return rules(),
        Shape::Table(keys) => return table(keys),
        Shape::Inline(keys) => json!({"type": "array", "items": {"anyOf": [words, table(keys)]}}),
        Shape::Tables(keys) => json!({"type": "array", "items": table(keys)}),
    };
    if let Value::Object(schema) = schema { schema } else { Map::new() }
}

fn rules() -> Map<String, Value> {
    let levels: Vec<&str> = std::iter::once("off").chain(Severity::ALL.map(Severity::name)).collect();
    let rule = |summary: &str, severity: Severity| json!({"enum": levels, "default": severity.name(), "description": summary});
    let properties: Map<String, Value> = infos().map(|info| (info.name.to_owned(), rule(info.summary(), info.severity))).collect();
    let mut schema = Map::new();
    schema.insert("type".to_owned(), "object".into());
    schema.insert("properties".to_owned(), properties.into());
    schema.insert("additionalProperties".to_owned(), false.into());
    schema
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_key_and_rule_is_in_its_schema_and_what_has_no_default_is_required() {
        let schema = DeskFile::Configuration.schema();
        for key in keys::CONFIGURATION {
            assert_eq!(schema["properties"][key.name]["description"], key.says);
        }
        let (rules, paths) = (&schema["properties"]["rules"], &schema["properties"]["paths"]["items"]);
        assert_eq!(rules["properties"]["name-variant"]["default"], "info");
        assert_eq!((&paths["required"], &paths["properties"]["rules"]["properties"]), (&json!(["files"]), &rules["properties"]));
        let book = DeskFile::Stylebook.schema();
        let person = &book["properties"]["person"]["items"];
        assert_eq!((&person["required"], &person["properties"]["acronym"]), (&json!(["name"]), &Value::Null));
        assert_eq!(person["properties"]["titles"]["items"]["anyOf"][1]["required"], json!(["title"]));
    }
}
