//! What the styles of a Word document make of a paragraph, by the names that Word itself gives them in every language.

use std::collections::BTreeMap;

use super::super::xml::Element;
use super::parse;
use crate::markup::BlockKind;

/// The kinds of paragraphs that have a style, by its id.
#[derive(Debug, Default)]
pub(super) struct Styles {
    kinds: BTreeMap<String, BlockKind>,
    /// The styles whose words nobody sees.
    hidden: Vec<String>,
}

/// Styles that are built upon others, and those upon others again.
const MOST_STEPS: usize = 20;

impl Styles {
    /// Those that a part of a document says; none of one that is damaged.
    pub(super) fn read(text: &str) -> Self {
        let Ok(root) = parse(text) else { return Self::default() };
        let mut own = BTreeMap::new();
        let mut upon = BTreeMap::new();
        let mut hidden = Vec::new();
        for style in root.elements().filter(|element| element.name == "style") {
            let Some(id) = style.attribute("styleId") else { continue };
            let value = |name: &str| style.child(name).and_then(|element| element.attribute("val"));
            if let Some(kind) = value("name").and_then(kind_of).or_else(|| style.at(&["pPr", "outlineLvl"]).and_then(outline)) {
                own.insert(id.to_owned(), kind);
            } else if style.at(&["pPr", "numPr"]).is_some() {
                own.insert(id.to_owned(), BlockKind::ListItem);
            }
            upon.extend(value("basedOn").map(|other| (id.to_owned(), other.to_owned())));
            if style.at(&["rPr", "vanish"]).is_some_and(is_on) {
                hidden.push(id.to_owned());
            }
        }
        let of = |id: &String| {
            let mut at = id;
            for _ in 0..MOST_STEPS {
                if let Some(kind) = own.get(at) {
                    return Some((id.clone(), *kind));
                }
                at = upon.get(at)?;
            }
            None
        };
        let kinds = own.keys().chain(upon.keys()).filter_map(of).collect();
        Self { kinds, hidden }
    }

    pub(super) fn kind(&self, id: &str) -> Option<BlockKind> {
        self.kinds.get(id).copied()
    }

    pub(super) fn is_hidden(&self, id: &str) -> bool {
        self.hidden.iter().any(|hidden| hidden == id)
    }
}

fn kind_of(name: &str) -> Option<BlockKind> {
    let name = name.to_lowercase();
    Some(match name.as_str() {
        "title" | "headline" => BlockKind::Headline,
        "quote" | "intense quote" | "block text" => BlockKind::BlockQuote,
        "caption" => BlockKind::Caption,
        "byline" => BlockKind::Byline,
        "subtitle" => BlockKind::Heading,
        _ if name.starts_with("heading ") => BlockKind::Heading,
        _ if name.starts_with("list") => BlockKind::ListItem,
        _ => return None,
    })
}

fn outline(level: &Element<'_>) -> Option<BlockKind> {
    let level: u32 = level.attribute("val")?.parse().ok()?;
    // The tenth is that of the text.
    (level < 9).then_some(BlockKind::Heading)
}

/// Whether a switch is on: it is where nothing is said.
pub(super) fn is_on(switch: &Element<'_>) -> bool {
    !matches!(switch.attribute("val"), Some("0" | "false" | "off"))
}
