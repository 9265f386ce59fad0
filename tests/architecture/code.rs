//! What the code of a file says, its comments, strings and tests set aside: what it imports, and which words it uses.

/// The code of a file. Lines stay where they are; what is inside comments and strings is gone, and so is each item that is for tests alone.
pub(super) fn code_of(text: &str) -> String {
    without_tests(&without_comments_and_strings(text))
}

fn without_comments_and_strings(text: &str) -> String {
    let mut code = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let skipped = comment(rest).or_else(|| raw_string(rest, &code)).or_else(|| string(rest)).or_else(|| character(rest));
        if let Some(length) = skipped {
            code.extend(rest[..length].chars().filter(|c| *c == '\n'));
            rest = &rest[length..];
        } else {
            code.push(first);
            rest = &rest[first.len_utf8()..];
        }
    }
    code
}

fn comment(text: &str) -> Option<usize> {
    if text.starts_with("//") {
        return Some(text.find('\n').unwrap_or(text.len()));
    }
    text.starts_with("/*").then(|| text.find("*/").map_or(text.len(), |at| at + 2))
}

fn raw_string(text: &str, before: &str) -> Option<usize> {
    let hashes = text.strip_prefix('r')?;
    let count = hashes.len() - hashes.trim_start_matches('#').len();
    if before.ends_with(is_of_word) || !hashes[count..].starts_with('"') {
        return None;
    }
    let end = format!("\"{}", "#".repeat(count));
    let start = 1 + count + 1;
    Some(text[start..].find(&end).map_or(text.len(), |at| start + at + end.len()))
}

fn string(text: &str) -> Option<usize> {
    let inner = text.strip_prefix('"')?;
    let mut escaped = false;
    let end = inner.find(|c| {
        let ends = c == '"' && !escaped;
        escaped = c == '\\' && !escaped;
        ends
    });
    Some(end.map_or(text.len(), |at| at + 2))
}

/// `'{'`, and no lifetime.
fn character(text: &str) -> Option<usize> {
    let inner = text.strip_prefix('\'')?;
    let mut chars = inner.char_indices();
    let (_, first) = chars.next()?;
    if first == '\\' {
        return inner.get(2..)?.find('\'').map(|at| at + 4);
    }
    let (at, next) = chars.next()?;
    (next == '\'').then_some(at + 2)
}

fn without_tests(code: &str) -> String {
    const MARK: &str = "#[cfg(test)]";
    let mut kept = String::with_capacity(code.len());
    let mut rest = code;
    while let Some(at) = rest.find(MARK) {
        kept.push_str(&rest[..at]);
        let item = &rest[at + MARK.len()..];
        let end = item_end(item);
        kept.extend(item[..end].chars().filter(|c| *c == '\n'));
        rest = &item[end..];
    }
    kept.push_str(rest);
    kept
}

/// Where the first item of some code ends: at a semicolon, or at the bracket that closes its body.
fn item_end(code: &str) -> usize {
    let words = code.split_whitespace().skip_while(|word| word.starts_with("#[") || word.starts_with("pub"));
    let has_no_body = words.take(1).any(|word| matches!(word, "use" | "static" | "const" | "type"));
    let mut depth = 0;
    for (at, c) in code.char_indices() {
        depth += i32::from(matches!(c, '(' | '[' | '{')) - i32::from(matches!(c, ')' | ']' | '}'));
        if depth <= 0 && (c == ';' || c == '}' && !has_no_body) {
            return at + 1;
        }
    }
    code.len()
}

fn is_of_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// Whether some code uses `words` and not merely a longer word that has them in it.
pub(super) fn uses(code: &str, words: &str) -> bool {
    let of_word = |c: Option<char>| c.is_some_and(is_of_word);
    code.match_indices(words).any(|(at, _)| {
        let starts = !of_word(words.chars().next()) || !of_word(code[..at].chars().next_back());
        starts && (!of_word(words.chars().next_back()) || !of_word(code[at + words.len()..].chars().next()))
    })
}

/// The modules at the root of the crate that some code names, in a file whose module lies `depth` below it: `crate::a`, each of
/// `crate::{a, b}`, and what as many `super::` lead to.
pub(super) fn named_at_root(code: &str, depth: usize) -> Vec<String> {
    let mut named = Vec::new();
    for (at, _) in code.match_indices("crate::").chain(code.match_indices("super::")) {
        let before = &code[..at];
        if before.ends_with(is_of_word) || before.ends_with("super::") {
            continue;
        }
        let path = &code[at..];
        let behind = path.trim_start_matches("super::");
        let supers = (path.len() - behind.len()) / "super::".len();
        match path.strip_prefix("crate::") {
            Some(behind) => named.extend(heads(behind)),
            None if supers >= depth => named.extend(heads(behind)),
            None => {}
        }
    }
    named
}

/// The first names of a path, of each one where it goes on in braces.
fn heads(path: &str) -> Vec<String> {
    let word = |text: &str| text.trim_start().chars().take_while(|c| is_of_word(*c)).collect::<String>();
    let Some(group) = path.trim_start().strip_prefix('{') else { return vec![word(path)] };
    let mut depth = 0;
    let parts = group.split(|c| {
        depth += i32::from(c == '{') - i32::from(c == '}');
        depth < 0 || depth == 0 && c == ','
    });
    let mut names = Vec::new();
    for part in parts {
        let name = word(part);
        if name.is_empty() {
            break;
        }
        names.push(name);
    }
    names
}

#[test]
fn comments_strings_and_tests_are_no_code() {
    let text = "use a::b; // crate::c\nfn f() { g(\"crate::d // \\\" {\", r#\"crate::e\"#, '{', '\\''); }\n#[cfg(test)]\nuse crate::{f, g};\n\
                #[cfg(test)]\nmod tests {\n    fn h() { crate::i() }\n}\nfn j<'a>(x: &'a str) { crate::k(x) }\n";
    let code = code_of(text);
    assert_eq!(named_at_root(&code, 1), ["k"]);
    assert_eq!(code.lines().count(), text.lines().count());
}

#[test]
fn every_way_to_name_a_module_is_seen() {
    assert_eq!(named_at_root("use crate::{a, b::{c, d}, e as f};\nuse crate::\n{\n  g\n};", 1), ["a", "b", "e", "g"]);
    assert_eq!(named_at_root("let x = crate::h::i(); use super::j; use super::super::k; mycrate::l();", 2), ["h", "k"]);
}

#[test]
fn a_word_is_no_part_of_a_longer_one() {
    assert!(uses("Instant::now()", "Instant") && uses("path.exists()", ".exists()"));
    assert!(!uses("Instantly", "Instant") && !uses("my_std::fs", "std::fs") && !uses("x.exists_not()", ".exists()"));
}
