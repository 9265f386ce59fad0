//! What the commands print is what `schemas/` says, and what it says is printed: on one desk with all fixtures in it.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::LazyLock;

use jsonschema::{Registry, Validator};
use serde_json::{Value, json};

/// A desk with a folder for each fixture, and in it what the fixture says there is; beside them a draft that can't be read whole.
static DESK: LazyLock<tempfile::TempDir> = LazyLock::new(|| {
    let desk = tempfile::tempdir().expect("a temporary folder");
    let put = |name: &str, text: &str| {
        let path = desk.path().join(name);
        std::fs::create_dir_all(path.parent().expect("is in the desk")).expect("can be made");
        std::fs::write(path, text).expect("is writable");
    };
    for (number, text) in fixtures(Path::new("tests/fixtures")).iter().enumerate() {
        let mut listing = String::new();
        for section in text.split("\n//- ").skip(1) {
            let (head, body) = section.split_once('\n').unwrap_or((section, ""));
            let (name, attributes) = head.split_once(' ').unwrap_or((head, ""));
            if name == "findings" {
                continue;
            }
            // A fixture's marks are no words of its draft.
            let is_mark = |line: &&str| line.trim_start().starts_with('^');
            put(&format!("{number}/{name}"), &body.lines().filter(|line| !is_mark(line)).collect::<Vec<_>>().join("\n"));
            if let Some(file) = name.strip_prefix("corpus/") {
                let _ = writeln!(listing, "[[source]]\nfile = \"{file}\"\n{}", attributes.replace("\" ", "\"\n"));
            }
        }
        if !listing.is_empty() {
            put(&format!("{number}/corpus/sources.toml"), &listing);
        }
        put(&format!("{number}/copydesk.toml"), &format!("corpus = {}\n", if listing.is_empty() { "[]" } else { "\"corpus\"" }));
    }
    put("audited/a.txt", "Engineer Petra Vasall opened the Grimsund dam.\n");
    put("audited/b.txt", "Engineer Petra Vasall left.\n");
    put("audited/c.txt", "Engineer Petra Vasal left.\n");
    put("audited/bad.jsonl", "{\n");
    put("audited/sources.toml", "[[source]]\nfile = \"a.txt\"\noutlet = \"The Courier\"\npublished = 2024-03-01\n");
    put("audited/copydesk.toml", "corpus = []\n");
    put("faulty.md", "---\ntitle: [\n---\nNothing.\n");
    desk
});

fn fixtures(folder: &Path) -> Vec<String> {
    let mut paths: Vec<_> = std::fs::read_dir(folder).expect("is there").map(|entry| entry.expect("is readable").path()).collect();
    paths.sort();
    let texts = paths
        .iter()
        .flat_map(|path| if path.is_dir() { fixtures(path) } else { vec![std::fs::read_to_string(path).expect("is readable")] });
    texts.collect()
}

fn printed(arguments: &[&str]) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_copydesk"));
    command.current_dir(DESK.path()).args(arguments).stdin(Stdio::null()).env("XDG_CACHE_HOME", DESK.path().join(".cache"));
    String::from_utf8(command.output().expect("copydesk starts").stdout).expect("is UTF-8")
}

fn schema(name: &str) -> Value {
    let text = std::fs::read_to_string(format!("schemas/{name}.schema.json")).expect("is there");
    serde_json::from_str(&text).expect("is JSON")
}

fn validator(name: &str) -> Validator {
    let schema_itself = schema(name);
    assert!(jsonschema::meta::is_valid(&schema_itself), "{name}");
    // Where one schema speaks of another, it lies beside it.
    let registry =
        Registry::new().add("json-schema:///lint.schema.json", schema("lint")).expect("is an address").prepare().expect("is sound");
    jsonschema::options().should_validate_formats(true).with_registry(&registry).build(&schema_itself).expect("is sound")
}

fn holds(validator: &Validator, instance: &Value) {
    let faults: Vec<String> = validator.iter_errors(instance).map(|error| format!("{}: {error}", error.instance_path())).collect();
    assert!(faults.is_empty(), "{faults:?}\n{instance}");
}

/// All names of properties in it, at any depth.
fn names(value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::Object(object) => {
            for (name, value) in object {
                found.insert(name.clone());
                names(value, found);
            }
        }
        Value::Array(items) => items.iter().for_each(|item| names(item, found)),
        _ => {}
    }
}

/// All names of properties that a schema describes.
fn described(schema: &Value, found: &mut BTreeSet<String>) {
    match schema {
        Value::Object(object) => {
            if let Some(Value::Object(properties)) = object.get("properties") {
                found.extend(properties.keys().cloned());
            }
            object.values().for_each(|value| described(value, found));
        }
        Value::Array(items) => items.iter().for_each(|item| described(item, found)),
        _ => {}
    }
}

/// Holds a schema and what was printed against each other.
fn agree(name: &str, instances: &[Value]) {
    let validator = validator(name);
    let mut printed = BTreeSet::new();
    for instance in instances {
        holds(&validator, instance);
        names(instance, &mut printed);
    }
    let mut said = BTreeSet::new();
    described(&schema(name), &mut said);
    let never: Vec<&String> = said.difference(&printed).collect();
    assert!(never.is_empty(), "{name} describes what is never printed: {never:?}");
}

fn lines(text: &str) -> Vec<Value> {
    text.lines().map(|line| serde_json::from_str(line).expect("is JSON")).collect()
}

#[test]
fn what_lint_prints_as_json() {
    let report: Value = serde_json::from_str(&printed(&["lint", ".", "--format", "json"])).expect("is JSON");
    assert!(report["findings"].as_array().is_some_and(|findings| findings.len() > 150), "the fixtures are found out");
    agree("lint", &[report]);
}

#[test]
fn what_lint_prints_as_json_lines() {
    let lines = lines(&printed(&["lint", ".", "--format", "jsonl"]));
    let kinds: BTreeSet<&str> = lines.iter().filter_map(|line| line["type"].as_str()).collect();
    assert_eq!(kinds.into_iter().collect::<Vec<_>>(), ["finding", "problem", "summary"]);
    agree("lint-line", &lines);
}

#[test]
fn what_audit_prints() {
    let report: Value = serde_json::from_str(&printed(&["audit", "--corpus", "audited", "--format", "json"])).expect("is JSON");
    agree("audit", &[report]);
}

#[test]
fn what_read_prints() {
    agree("read", &lines(&printed(&["read", "."])));
}

#[test]
fn what_who_prints() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let text = "Ingrid Vasshaug, the Labour MP for Holmsund East, visited Kvarnby, in western Kenya. Anna Vasshaug stayed.\n\n\
                The Fjord Safety Board (FSB) met.\n";
    std::fs::write(folder.path().join("a.md"), format!("---\ndate: 2024-03-05\n---\n\n{text}")).expect("is writable");
    let archive = folder.path().to_string_lossy();
    let printed =
        ["Ingrid Vasshaug", "Kvarnby", "FSB", "Vashaug"].map(|name| printed(&["who", name, "--format", "json", "--corpus", &archive]));
    let objects: Vec<Value> = printed.iter().map(|text| serde_json::from_str(text).expect("is JSON")).collect();
    assert_eq!(objects[0]["records"][0]["parties"][0]["words"], "Labour Party");
    assert_eq!(objects[1]["records"][0]["place"]["said"][0]["words"], "western Kenya");
    assert_eq!(objects[2]["records"][0]["expansions"][0]["expansion"], "Fjord Safety Board");
    agree("who", &objects);
}

#[test]
fn what_compare_prints() {
    let version = |name: &str| format!("{}/tests/transcripts/compare.in/{name}.md", env!("CARGO_MANIFEST_DIR"));
    let (monday, tuesday) = (version("monday"), version("tuesday"));
    let printed = [[&monday, &tuesday], [&tuesday, &monday]].map(|[old, new]| printed(&["compare", old, new, "--format", "json"]));
    let objects: Vec<Value> = printed.iter().map(|text| serde_json::from_str(text).expect("is JSON")).collect();
    assert_eq!(objects[0]["findings"][0]["rule"], "leftover");
    agree("compare", &objects);
    let changes = objects.iter().filter_map(|object| object["changes"].as_array()).flatten();
    let kinds: BTreeSet<&str> = changes.filter_map(|change| change["change"].as_str()).collect();
    assert_eq!(kinds.into_iter().collect::<Vec<_>>(), ["added", "changed", "removed"]);
}

#[test]
fn what_config_show_prints() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let text = "fail-on = \"error\"\n\n[rules]\nname-variant = \"off\"\n\n[[paths]]\nfiles = [\"wire/**\"]\nrules = { quote-altered = \"error\" }\n";
    std::fs::write(folder.path().join("copydesk.toml"), text).expect("is writable");
    let place = folder.path().to_string_lossy();
    let shown =
        [&*place, &format!("{place}/wire/a.md")].map(|path| printed(&["config", "show", path, "--corpus", &place, "--format", "json"]));
    let objects: Vec<Value> = shown.iter().map(|text| serde_json::from_str(text).expect("is JSON")).collect();
    assert_eq!(objects[0]["rules_in_some_drafts"][0]["from"]["files"][0], "wire/**");
    agree("config-show", &objects);
}

#[test]
fn what_stylebook_check_prints() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let book = folder.path().join("stylebook.toml");
    std::fs::write(&book, "[[person]]\nname = \"Anja Vasshaug\"\n\n[[person]]\nname = \"Anja Vasshaug\"\n").expect("is writable");
    let arguments = ["stylebook", "check", "--stylebook", &book.to_string_lossy(), "--format", "json"];
    let object: Value = serde_json::from_str(&printed(&arguments)).expect("is JSON");
    assert!(object["remarks"].as_array().is_some_and(|remarks| remarks.iter().any(|remark| remark["severity"] == "warning")));
    agree("stylebook-check", &[object]);
}

/// As GitLab documents what it reads: a list of these, each with at least so much.
#[test]
fn what_gitlab_reads() {
    let validator = jsonschema::validator_for(&json!({
        "type": "array",
        "items": {
            "type": "object",
            "required": ["description", "check_name", "fingerprint", "severity", "location"],
            "properties": {
                "description": {"type": "string", "minLength": 1},
                "check_name": {"type": "string", "minLength": 1},
                "fingerprint": {"type": "string", "minLength": 1},
                "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
                "location": {
                    "type": "object",
                    "required": ["path", "lines"],
                    // Relative to the repository, without `./`.
                    "properties": {"path": {"type": "string", "pattern": "^[^./]"}, "lines": {"type": "object", "required": ["begin"], "properties": {"begin": {"type": "integer", "minimum": 1}}}},
                },
            },
        },
    }))
    .expect("is sound");
    let mut report: Value = serde_json::from_str(&printed(&["lint", ".", "--format", "gitlab"])).expect("is JSON");
    holds(&validator, &report);
    let prints: BTreeSet<String> = report.as_array_mut().expect("a list").iter().map(|row| row["fingerprint"].to_string()).collect();
    assert_eq!(prints.len(), report.as_array().expect("a list").len(), "a fingerprint is of one finding");
}

#[test]
fn what_is_xml_is_well_formed() {
    for format in ["checkstyle", "junit"] {
        let report = printed(&["lint", ".", "--format", format]);
        let document = roxmltree::Document::parse(&report).unwrap_or_else(|error| panic!("{format}: {error}"));
        assert!(document.descendants().filter(roxmltree::Node::is_element).count() > 150, "{format}");
    }
}
