//! Links: the sources that a draft names in its front matter.

use std::path::{Component, Path, PathBuf};

use super::Draft;
use crate::text::Span;

/// Where a link leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    Web(String),
    /// Relative to the draft's folder, and not out of it.
    File(PathBuf),
}

/// Keys of the front matter that name sources.
const KEYS: &[&str] = &["source", "sources", "see", "based-on", "url", "link", "canonical"];
/// Files that can be a source.
const ENDINGS: &[&str] = &["md", "markdown", "txt", "html", "htm"];

/// The addresses and files that the front matter names, each with its bytes of the source.
pub fn links(draft: &Draft) -> Vec<(Span, Target)> {
    let front = draft.document.front_matter().source;
    let mut links = Vec::new();
    let mut at = front.start;
    let mut names_sources = false;
    for line in front.text(draft.document.source()).split_inclusive('\n') {
        let (value, offset) = match line.split_once(':') {
            Some((key, value)) if !line.starts_with([' ', '\t', '-']) => {
                names_sources = KEYS.contains(&key.trim().to_ascii_lowercase().as_str());
                (value, key.len() + 1)
            }
            _ => (line.trim_start_matches([' ', '\t', '-']), line.len() - line.trim_start_matches([' ', '\t', '-']).len()),
        };
        if names_sources {
            let mut from = offset;
            for word in value.split([',', '[', ']']) {
                let bare = word.trim().trim_matches(['"', '\'']);
                let start = at + from as u32 + word.find(bare).unwrap_or(0) as u32;
                if let Some(target) = target(bare) {
                    links.push((Span::new(start, start + bare.len() as u32), target));
                }
                from += word.len() + 1;
            }
        }
        at += line.len() as u32;
    }
    links
}

fn target(value: &str) -> Option<Target> {
    if value.contains(char::is_whitespace) && !value.contains('.') || value.contains(char::is_control) {
        return None;
    }
    if value.starts_with("https://") || value.starts_with("http://") {
        return (!value.contains(char::is_whitespace)).then(|| Target::Web(value.to_owned()));
    }
    let path = Path::new(value);
    let ends = path.extension().and_then(|ending| ending.to_str()).is_some_and(|ending| ENDINGS.contains(&ending));
    let within = path.components().all(|part| matches!(part, Component::Normal(_) | Component::CurDir));
    (ends && within).then(|| Target::File(path.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::super::draft::checked;
    use super::*;
    use crate::markup::Format;

    #[test]
    fn addresses_and_files_within_the_folder() {
        let text = "---\ntitle: see notes.md\nsources:\n  - notes/a.md\n  - \"https://a.example/b\"\n  - ../../etc/passwd.txt\n  - javascript:alert(1)\nsource: [b.txt, c.html]\n---\n\nIt rained.\n";
        let draft = checked(text, Format::Markdown);
        let shown: Vec<(&str, Target)> = links(&draft).into_iter().map(|(span, target)| (span.text(text), target)).collect();
        let file = |name: &'static str| (name, Target::File(name.into()));
        assert_eq!(
            shown,
            [file("notes/a.md"), ("https://a.example/b", Target::Web("https://a.example/b".into())), file("b.txt"), file("c.html")]
        );
    }
}
