//! SECURITY.md names tests: each of them is there.

use std::path::Path;

fn code(folder: &Path) -> String {
    let entries = std::fs::read_dir(folder).expect("is there").map(|entry| entry.expect("is readable").path());
    let read = |path: std::path::PathBuf| match path.extension() {
        _ if path.is_dir() => code(&path),
        Some(ending) if ending == "rs" => std::fs::read_to_string(&path).expect("is readable"),
        _ => String::new(),
    };
    entries.map(read).collect()
}

#[test]
fn each_test_that_is_named_is_there() {
    let promises = include_str!("../../SECURITY.md");
    let (names, code) = (promises.split('`').skip(1).step_by(2), code(Path::new("src")) + &code(Path::new("tests")));
    let is_test = |name: &&str| name.matches('_').count() > 2 && name.chars().all(|c| c.is_ascii_lowercase() || c == '_');
    let told: Vec<&str> = names.filter(is_test).collect();
    let gone: Vec<&&str> = told.iter().filter(|name| !code.contains(&format!("fn {name}("))).collect();
    assert!(told.len() > 10 && gone.is_empty(), "{gone:?}");
}
