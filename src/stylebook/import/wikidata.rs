//! People of Wikidata, as its JSON has them: their labels, other names and the positions they held.
//!
//! An entity stands alone on a line, as in the dumps, or with others under `entities`, as `Special:EntityData` and the API give them. A
//! position is an entity as well: its label has to be in the same file.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;
use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::Value;

use super::{Imported, ImportedTitle, LeftOut};
use crate::reader::SubjectKind;
use crate::text::name_key;

const INSTANCE_OF: &str = "P31";
const HUMAN: &str = "Q5";
const POSITION_HELD: &str = "P39";
const OF: &str = "P642";
const START: &str = "P580";
const END: &str = "P582";
/// A day, a month, a year; anything vaguer is no date.
const PRECISIONS: [(u64, usize); 3] = [(11, 10), (10, 7), (9, 4)];

/// Words in a language.
#[derive(Clone, Debug, Deserialize)]
pub struct Label {
    value: String,
}

#[derive(Debug, Deserialize)]
struct Entity {
    id: String,
    // An empty map is an empty list in some dumps.
    #[serde(default)]
    labels: Maybe<BTreeMap<String, Label>>,
    #[serde(default)]
    aliases: Maybe<BTreeMap<String, Vec<Label>>>,
    #[serde(default)]
    claims: Maybe<BTreeMap<String, Vec<Statement>>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(untagged)]
enum Maybe<T> {
    There(T),
    Empty([IgnoredAny; 0]),
    #[default]
    #[serde(skip)]
    Absent,
}

impl<T> Maybe<T> {
    fn get(&self) -> Option<&T> {
        if let Self::There(value) = self { Some(value) } else { None }
    }
}

#[derive(Debug, Deserialize)]
struct Statement {
    mainsnak: Snak,
    #[serde(default)]
    qualifiers: BTreeMap<String, Vec<Snak>>,
    #[serde(default)]
    rank: String,
}

#[derive(Debug, Deserialize)]
struct Snak {
    #[serde(default)]
    snaktype: String,
    datavalue: Option<DataValue>,
}

#[derive(Debug, Deserialize)]
struct DataValue {
    value: Value,
}

impl Snak {
    /// The entity that is its value.
    fn entity(&self) -> Option<String> {
        let value = &self.datavalue.as_ref()?.value;
        // Old dumps have the number alone.
        value["id"].as_str().map(str::to_owned).or_else(|| value["numeric-id"].as_u64().map(|number| format!("Q{number}")))
    }

    /// The day, month or year that is its value.
    fn day(&self) -> Option<String> {
        let value = &self.datavalue.as_ref()?.value;
        let (time, precision) = (value["time"].as_str()?, value["precision"].as_u64()?);
        // Of a day by another calendar only the year is sure to be the same.
        let gregorian = value["calendarmodel"].as_str().is_none_or(|model| model.ends_with("Q1985727"));
        let (_, length) = PRECISIONS.into_iter().find(|(known, _)| *known == if gregorian { precision } else { precision.min(9) })?;
        time.strip_prefix('+')?.get(..length).map(str::to_owned)
    }
}

/// The people of a file, with their names in a language and the titles that go with the positions they held; and what is left out.
///
/// # Errors
/// When it holds nothing that is an entity; the message says what was looked for, and where reading ended.
pub fn people(text: &str, language: &str) -> Result<(Vec<Imported>, Vec<LeftOut>), String> {
    let (entities, mut left_out) = entities(text)?;
    let label = |entity: &Entity| -> Option<String> {
        let labels = entity.labels.get()?;
        [language, "mul"].iter().find_map(|language| labels.get(*language)).map(|label| label.value.clone())
    };
    let labels: FxHashMap<&str, String> = entities.iter().filter_map(|entity| Some((entity.id.as_str(), label(entity)?))).collect();
    let mut found = Vec::new();
    for entity in
        entities.iter().filter(|entity| entity.values(INSTANCE_OF).any(|statement| statement.mainsnak.entity().as_deref() == Some(HUMAN)))
    {
        let mut told = |why: String| left_out.push(LeftOut { at: entity.id.clone(), why });
        let Some(name) = labels.get(entity.id.as_str()) else {
            told(format!("has no name in “{language}”"));
            continue;
        };
        let mut entry = Imported::new(entity.id.clone(), SubjectKind::Person, name.clone());
        let aliases = entity.aliases.get().and_then(|aliases| aliases.get(language)).into_iter().flatten();
        entry.aliases = aliases.map(|alias| alias.value.clone()).filter(|alias| is_another_spelling(alias, name)).collect();
        for statement in entity.values(POSITION_HELD) {
            match title(statement, &labels) {
                Ok(title) => entry.titles.extend(title),
                Err(why) => told(why),
            }
        }
        found.push(entry);
    }
    Ok((found, left_out))
}

impl Entity {
    /// The statements of a property that Wikidata stands by.
    fn values(&self, property: &str) -> impl Iterator<Item = &Statement> {
        let statements = self.claims.get().and_then(|claims| claims.get(property)).into_iter().flatten();
        statements.filter(|statement| statement.rank != "deprecated" && statement.mainsnak.datavalue.is_some())
    }
}

/// The title that goes with a position; none where it ended nobody knows when, which no stylebook can say.
fn title(statement: &Statement, labels: &FxHashMap<&str, String>) -> Result<Option<ImportedTitle>, String> {
    let qualifier = |property: &str| statement.qualifiers.get(property).and_then(|snaks| snaks.first());
    let position = statement.mainsnak.entity().unwrap_or_default();
    let Some(label) = labels.get(position.as_str()) else {
        return Err(format!("the position {position} has no label in this file: add the entity to it"));
    };
    let end = qualifier(END);
    let until = end.and_then(Snak::day);
    if until.is_none() && end.is_some_and(|end| end.snaktype != "novalue") {
        return Err(format!("“{label}” ended on a day that is not told to the year"));
    }
    let of = qualifier(OF).and_then(Snak::entity).and_then(|id| labels.get(id.as_str()));
    let title = of.filter(|of| !name_key(label).contains(&name_key(of))).map_or_else(|| label.clone(), |of| format!("{label} of {of}"));
    Ok(Some(ImportedTitle { title, from: qualifier(START).and_then(Snak::day), until }))
}

/// Whether another name is one that a draft could wrongly have in place of the label: a surname alone, initials or a fuller form are not.
fn is_another_spelling(alias: &str, name: &str) -> bool {
    let (alias, name) = (name_key(alias), name_key(name));
    let words = |key: &str| key.split(' ').map(str::to_owned).collect::<Vec<_>>();
    let (own, other) = (words(&alias), words(&name));
    let covers = |one: &[String], other: &[String]| other.iter().all(|word| one.contains(word));
    own.len() > 1 && !own.iter().any(|word| word.chars().count() == 1) && !covers(&own, &other) && !covers(&other, &own)
}

/// The entities of a file, however they are put together there; what is none is told.
fn entities(text: &str) -> Result<(Vec<Entity>, Vec<LeftOut>), String> {
    #[derive(Deserialize)]
    struct Together {
        entities: BTreeMap<String, Value>,
    }
    let (mut found, mut left_out) = (Vec::new(), Vec::new());
    if let Ok(together) = serde_json::from_str::<Together>(text) {
        for (id, value) in together.entities {
            match serde_json::from_value(value) {
                Ok(entity) => found.push(entity),
                Err(error) => left_out.push(LeftOut { at: id, why: format!("is no entity: {error}") }),
            }
        }
        return Ok((found, left_out));
    }
    if let Ok(list) = serde_json::from_str::<Vec<Entity>>(text) {
        return Ok((list, left_out));
    }
    if let Ok(one) = serde_json::from_str::<Entity>(text) {
        return Ok((vec![one], left_out));
    }
    for (index, line) in text.lines().enumerate() {
        // A dump is one list, an entity a line.
        let line = line.trim().trim_end_matches(',');
        if line.is_empty() || ["[", "]"].contains(&line) {
            continue;
        }
        match serde_json::from_str(line) {
            Ok(entity) => found.push(entity),
            Err(error) => left_out.push(LeftOut { at: format!("line {}", index + 1), why: format!("is no entity: {error}") }),
        }
    }
    if found.is_empty() {
        let why = left_out.first().map_or(String::new(), |first| format!(" ({}: {})", first.at, first.why));
        return Err(format!("has no entity of Wikidata, neither under `entities` nor one a line{why}"));
    }
    Ok((found, left_out))
}

#[cfg(test)]
mod tests {
    use super::*;

    const PERSON: &str = r#"{"type":"item","id":"Q900001","labels":{"en":{"language":"en","value":"Mira Dovzhenko"},"de":{"language":"de","value":"Mira Dowschenko"}},"descriptions":{},"aliases":{"en":[{"language":"en","value":"Myra Dovzhenko"},{"language":"en","value":"Dovzhenko"},{"language":"en","value":"M. Dovzhenko"},{"language":"en","value":"Mira Olena Dovzhenko"}]},"claims":{"P31":[{"mainsnak":{"snaktype":"value","property":"P31","datavalue":{"value":{"entity-type":"item","numeric-id":5,"id":"Q5"},"type":"wikibase-entityid"},"datatype":"wikibase-item"},"type":"statement","id":"Q900001$1","rank":"normal"}],"P39":[POSITIONS]},"sitelinks":{}}"#;
    const OFFICE: &str = r#"{"type":"item","id":"Q900002","labels":{"en":{"language":"en","value":"Ukrainian fisheries minister"}},"aliases":[],"claims":{}}"#;

    fn position(id: u32, rank: &str, qualifiers: &str) -> String {
        format!(
            r#"{{"mainsnak":{{"snaktype":"value","property":"P39","datavalue":{{"value":{{"entity-type":"item","numeric-id":{id},"id":"Q{id}"}},"type":"wikibase-entityid"}},"datatype":"wikibase-item"}},"type":"statement","qualifiers":{{{qualifiers}}},"id":"x","rank":"{rank}"}}"#
        )
    }

    fn time(property: &str, time: &str, precision: u32) -> String {
        format!(
            r#""{property}":[{{"snaktype":"value","property":"{property}","hash":"0","datavalue":{{"value":{{"time":"{time}","timezone":0,"before":0,"after":0,"precision":{precision},"calendarmodel":"http://www.wikidata.org/entity/Q1985727"}},"type":"time"}},"datatype":"time"}}]"#
        )
    }

    fn person(positions: &[String]) -> String {
        PERSON.replace("POSITIONS", &positions.join(","))
    }

    fn titles(positions: &[String]) -> (Vec<ImportedTitle>, Vec<String>) {
        let (found, left_out) = people(&format!("{}\n{OFFICE}\n", person(positions)), "en").expect("has entities");
        (found[0].titles.clone(), left_out.into_iter().map(|one| one.why).collect())
    }

    #[test]
    fn a_person_is_read_however_the_file_is_put_together() {
        let one = person(&[]);
        let other = OFFICE;
        for text in [
            format!("[\n{one},\n{other}\n]\n"),
            format!("{one}\n{other}\n"),
            format!("[{one},{other}]"),
            format!("{{\"entities\":{{\"Q900001\":{one},\"Q900002\":{other}}},\"success\":1}}"),
            one.clone(),
        ] {
            let (found, left_out) = people(&text, "en").expect("has entities");
            assert_eq!((found.len(), left_out.len()), (1, 0), "{text}");
            assert_eq!((found[0].name.as_str(), &found[0].aliases), ("Mira Dovzhenko", &vec!["Myra Dovzhenko".to_owned()]));
        }
        assert_eq!(people(&one, "de").expect("has entities").0[0].name, "Mira Dowschenko");
        assert_eq!(people(&one, "fr").expect("has entities").1[0].why, "has no name in “fr”");
    }

    #[test]
    fn positions_are_titles_with_their_time_as_far_as_it_is_told() {
        let term = format!("{},{}", time("P580", "+2023-05-04T00:00:00Z", 11), time("P582", "+2024-09-00T00:00:00Z", 10));
        let (found, left_out) =
            titles(&[position(900_002, "normal", &term), position(900_002, "preferred", &time("P580", "+2025-00-00T00:00:00Z", 9))]);
        let days: Vec<_> = found.iter().map(|title| (title.from.as_deref(), title.until.as_deref())).collect();
        assert_eq!(days, [(Some("2023-05-04"), Some("2024-09")), (Some("2025"), None)]);
        assert_eq!((found[0].title.as_str(), left_out.len()), ("Ukrainian fisheries minister", 0));
        let unknown_end = r#""P582":[{"snaktype":"somevalue","property":"P582"}]"#;
        let no_end = r#""P582":[{"snaktype":"novalue","property":"P582"}]"#;
        let vague = time("P582", "+1900-00-00T00:00:00Z", 7);
        let (found, left_out) = titles(&[
            position(900_002, "normal", unknown_end),
            position(900_002, "normal", &vague),
            position(900_002, "deprecated", ""),
            position(900_003, "normal", ""),
            position(900_002, "normal", no_end),
        ]);
        assert_eq!((found.len(), left_out.len()), (1, 3), "{left_out:?}");
        assert!(left_out[2].contains("Q900003"), "{left_out:?}");
    }

    #[test]
    fn what_is_no_entity_is_told_and_the_rest_is_taken() {
        let (found, left_out) = people(&format!("{}\n{{\"id\": 3}}\n", person(&[])), "en").expect("has entities");
        assert_eq!((found.len(), left_out[0].at.as_str()), (1, "line 2"));
        for text in ["", "[]\n", "name,title\n", "{}", "{\"entities\": 3}"] {
            let told = people(text, "en").map(|(found, _)| found.len());
            assert!(told.is_err() || told == Ok(0), "{text}: {told:?}");
        }
        let deep = "[".repeat(100_000);
        assert!(people(&deep, "en").is_err());
    }
}
