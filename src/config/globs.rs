//! Patterns of files, as `copydesk.toml` has them: which drafts something is said of.

use std::fmt;

use globset::{GlobBuilder, GlobSet, GlobSetBuilder};

/// Some patterns, and whether a path is met by one of them.
#[derive(Clone, Default)]
pub struct Globs {
    written: Vec<String>,
    set: GlobSet,
}

impl Globs {
    /// Reads patterns; what can't be understood comes back with its place among them, and is left out.
    pub(super) fn read(written: Vec<String>) -> (Self, Vec<(usize, String)>) {
        let (mut builder, mut faults) = (GlobSetBuilder::new(), Vec::new());
        for (index, pattern) in written.iter().enumerate() {
            for pattern in meant(pattern) {
                match GlobBuilder::new(&pattern).literal_separator(true).build() {
                    Ok(glob) => drop(builder.add(glob)),
                    Err(error) => {
                        faults.push((index, error.kind().to_string()));
                        break;
                    }
                }
            }
        }
        let set = builder.build().unwrap_or_else(|error| {
            faults.push((0, error.kind().to_string()));
            GlobSet::empty()
        });
        (Self { written, set }, faults)
    }

    /// Whether a path is met, which is relative to the folder that the patterns are, with slashes between its parts.
    pub fn meet(&self, path: &str) -> bool {
        self.set.is_match(path)
    }

    /// Whether there is no pattern, and so nothing that is met.
    pub fn is_empty(&self) -> bool {
        self.set.is_empty()
    }

    /// The patterns as written.
    pub fn written(&self) -> &[String] {
        &self.written
    }
}

impl fmt::Debug for Globs {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.written.fmt(f)
    }
}

impl PartialEq for Globs {
    fn eq(&self, other: &Self) -> bool {
        self.written == other.written
    }
}

impl Eq for Globs {}

/// What a pattern means in full: without a slash it is met in any folder, and what names a folder stands for all in it.
fn meant(pattern: &str) -> [String; 2] {
    let anchored = pattern.strip_prefix("./").or_else(|| pattern.strip_prefix('/'));
    let bare = anchored.unwrap_or(pattern).trim_end_matches('/');
    let anywhere = anchored.is_none() && !bare.contains('/') && bare != "**";
    let whole = if anywhere { format!("**/{bare}") } else { bare.to_owned() };
    [format!("{whole}/**"), whole]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn meets(pattern: &str, path: &str) -> bool {
        let (globs, faults) = Globs::read(vec![pattern.to_owned()]);
        assert_eq!(faults, [], "{pattern}");
        globs.meet(path)
    }

    #[test]
    fn a_pattern_is_met_as_people_expect() {
        for (pattern, met, unmet) in [
            ("*.txt", &["a.txt", "wire/a.txt", "a/b/c.txt"][..], &["a.md", "a.txt.md"][..]),
            ("wire", &["wire/a.md", "desk/wire/a.md", "wire"], &["wired/a.md", "wire.md"]),
            ("/wire", &["wire/a.md"], &["desk/wire/a.md"]),
            ("./wire/", &["wire/a.md", "wire/b/c.md"], &["desk/wire/a.md"]),
            ("wire/*.md", &["wire/a.md"], &["wire/b/a.md", "desk/wire/a.md"]),
            ("wire/**", &["wire/a.md", "wire/b/c.md"], &["a.md"]),
            ("**", &["a.md", "wire/b/c.md"], &[]),
            ("wire/202[45]-??-*.{md,txt}", &["wire/2024-05-x.md", "wire/2025-01-.txt"], &["wire/2023-05-x.md"]),
        ] {
            assert!(met.iter().all(|path| meets(pattern, path)), "{pattern}");
            assert!(!unmet.iter().any(|path| meets(pattern, path)), "{pattern}");
        }
    }

    #[test]
    fn what_is_no_pattern_is_told_with_its_place_and_takes_nothing_from_the_others() {
        let (globs, faults) = Globs::read(["wire", "a[", "{b"].map(str::to_owned).into());
        assert_eq!(faults.iter().map(|(at, _)| *at).collect::<Vec<_>>(), [1, 2]);
        assert!(globs.meet("wire/a.md"));
        let (globs, _) = Globs::read(vec!["{a,b}".repeat(2_000), "x".repeat(1 << 16)]);
        assert!(!globs.meet("a"));
    }
}
