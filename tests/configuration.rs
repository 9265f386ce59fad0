//! What is said of the desk's files outside of the program is made of the tables of their keys: the schemas and the reference.

use std::fmt::Write as _;
use std::path::Path;

use copydesk::config::Config;
use copydesk::features::DeskFile;
use copydesk::keys::{CONFIGURATION, Key, Shape};
use copydesk::rules::rule_names;

/// Holds a file to what it should be; with `UPDATE_EXPECT` set it is rewritten.
fn hold(path: &Path, wanted: &str) {
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        std::fs::create_dir_all(path.parent().expect("has a folder")).expect("can be made");
        std::fs::write(path, wanted).expect("is writable");
    } else {
        let there = std::fs::read_to_string(path).unwrap_or_default();
        assert!(there == wanted, "{} is out of date: run UPDATE_EXPECT=1 cargo test --test configuration", path.display());
    }
}

#[test]
fn the_schemas_are_those_of_the_keys() {
    for (name, file) in [("copydesk", DeskFile::Configuration), ("stylebook", DeskFile::Stylebook)] {
        let schema = serde_json::to_string_pretty(&file.schema()).expect("is JSON") + "\n";
        hold(&Path::new("schemas").join(format!("{name}.schema.json")), &schema);
    }
}

/// A row for a key, and one for each of its own.
fn rows(key: &Key, within: &str, table: &mut String) {
    let head = key.head().unwrap_or_else(|| key.name.to_owned());
    let name = if within.is_empty() { head } else { format!("{within} {}", key.name) };
    let example = key.example.replace('\n', "<br>").split("<br>").map(|line| format!("`{line}`")).collect::<Vec<_>>().join("<br>");
    let default = if key.default.is_empty() { "has to be said" } else { key.default };
    let _ = writeln!(table, "| `{name}` | {} | {default} | {example} |", key.says);
    if let Shape::Table(keys) | Shape::Tables(keys) = key.shape {
        for inner in keys {
            rows(inner, &name, table);
        }
    }
}

#[test]
fn the_reference_is_that_of_the_keys() {
    let path = Path::new("docs/configuration.md");
    let text = std::fs::read_to_string(path).expect("is readable");
    let (head, rest) = text.split_once("<!-- keys:").expect("the table is marked");
    let (comment, rest) = rest.split_once("-->\n").expect("the mark is closed");
    let (_, tail) = rest.split_once("<!-- end of keys -->").expect("the table's end is marked");
    let mut table = "| key | what it is for | left out | example |\n| --- | --- | --- | --- |\n".to_owned();
    for key in CONFIGURATION {
        rows(key, "", &mut table);
    }
    hold(path, &format!("{head}<!-- keys:{comment}-->\n{table}<!-- end of keys -->{tail}"));
}

#[test]
fn the_examples_of_the_reference_are_valid() {
    let text = std::fs::read_to_string("docs/configuration.md").expect("is readable")
        + &std::fs::read_to_string("README.md").expect("is readable");
    let blocks = text.split("```toml\n").skip(1).filter_map(|rest| rest.split_once("\n```")).map(|(block, _)| block);
    let mut count = 0;
    // Those of other files have tables of their own.
    for block in blocks.filter(|block| !block.contains("[[source]]") && !block.contains("[[person]]")) {
        assert_eq!(Config::parse(block, &rule_names()).map(|_| ()), Ok(()), "{block}");
        count += 1;
    }
    assert!(count > 1);
}
