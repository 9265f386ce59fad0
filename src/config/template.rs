//! The configuration that `copydesk init` writes: every key with what it is for, set where the desk's folder tells, else as a comment.

use std::fmt::Write as _;

use crate::keys::{CONFIGURATION, Key, Shape};

/// Where the schema of `copydesk.toml` is to be had; none while the project has no address of its own.
const SCHEMA: Option<&str> = match env!("CARGO_PKG_REPOSITORY").as_bytes() {
    [] => None,
    _ => Some(concat!(env!("CARGO_PKG_REPOSITORY"), "/raw/v", env!("CARGO_PKG_VERSION"), "/schemas/copydesk.schema.json")),
};

const HEAD: &str = "\
# What copydesk checks the drafts of this folder and those below against. Every key may be left out; what stands behind a # is not set.
# `copydesk config show` tells what holds, and where it is said.
";

/// A configuration with these values, each a key and its TOML; the other keys stand in comments.
pub fn template(set: &[(&str, String)]) -> String {
    let mut text = SCHEMA.map_or_else(String::new, |address| format!("#:schema {address}\n"));
    text.push_str(HEAD);
    for key in CONFIGURATION {
        let _ = write!(text, "\n# {}\n", key.says);
        if let Some(default) = told_default(key) {
            let _ = writeln!(text, "# Left out: {default}");
        }
        if let Some((name, value)) = set.iter().find(|(name, _)| *name == key.name) {
            let _ = writeln!(text, "{name} = {value}");
            continue;
        }
        for line in key.example.lines() {
            let _ = writeln!(text, "# {line}");
        }
    }
    text
}

/// What holds where a key is left out; nothing to be said of tables.
fn told_default(key: &Key) -> Option<&'static str> {
    (!matches!(key.shape, Shape::Rules | Shape::Table(_) | Shape::Tables(_))).then_some(key.default)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;

    #[test]
    fn what_is_written_is_valid_as_it_is_and_with_every_comment_taken_up() {
        let rules = ["name-variant", "name-first-reference"];
        let text = template(&[("corpus", "[\"archive\"]".to_owned())]);
        let config = Config::parse(&text, &rules).expect("is valid");
        assert_eq!(config.corpus, Some(vec!["archive".to_owned()]));
        assert_eq!(Config::parse(&template(&[]), &rules).expect("is valid").corpus, None);
        let is_example = |line: &&str| CONFIGURATION.iter().any(|key| key.example.lines().any(|example| example == *line));
        let taken_up: Vec<&str> = template(&[]).lines().filter_map(|line| line.strip_prefix("# ")).filter(is_example).map(|_| "").collect();
        assert_eq!(taken_up.len(), CONFIGURATION.iter().map(|key| key.example.lines().count()).sum::<usize>());
        let text: String =
            template(&[]).lines().map(|line| line.strip_prefix("# ").filter(is_example).unwrap_or(line).to_owned() + "\n").collect();
        let config = Config::parse(&text, &rules).unwrap_or_else(|faults| panic!("{faults}\n{text}"));
        assert!(CONFIGURATION.iter().all(|key| config.line(key.name).is_some()), "{text}");
    }
}
