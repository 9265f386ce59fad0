//! What the styles of a Word document make of a paragraph, by the names that Word itself gives them in every language.

use std::collections::BTreeMap;

use super::super::xml::Element;
use super::parse;
use crate::markup::BlockKind;

/// The kinds of paragraphs that have a style, by its id.
#[derive(Debug, Default)]
pub(super) struct Styles {
    kinds: BTreeMap<String, BlockKind>,
    /// Of the styles that say so, whether their words are seen.
    hidden: BTreeMap<String, bool>,
}

/// Styles that are built upon others, and those upon others again.
const MOST_STEPS: usize = 20;

impl Styles {
    /// Those that a part of a document says; none of one that is damaged.
    pub(super) fn read(text: &str) -> Self {
        let Ok(root) = parse(text) else { return Self::default() };
        let mut own = BTreeMap::new();
        let mut upon = BTreeMap::new();
        let mut hides = BTreeMap::new();
        for style in root.elements().filter(|element| element.name == "style") {
            let Some(id) = style.attribute("styleId") else { continue };
            let value = |name: &str| style.child(name).and_then(|element| element.attribute("val"));
            if let Some(kind) = value("name").and_then(kind_of).or_else(|| style.at(&["pPr", "outlineLvl"]).and_then(outline)) {
                own.insert(id.to_owned(), kind);
            } else if style.at(&["pPr", "numPr"]).is_some() {
                own.insert(id.to_owned(), BlockKind::ListItem);
            }
            upon.extend(value("basedOn").map(|other| (id.to_owned(), other.to_owned())));
            hides.extend(style.at(&["rPr", "vanish"]).map(|switch| (id.to_owned(), is_on(switch))));
        }
        Self { kinds: inherited(&own, &upon), hidden: inherited(&hides, &upon) }
    }

    pub(super) fn kind(&self, id: &str) -> Option<BlockKind> {
        self.kinds.get(id).copied()
    }

    /// Whether nobody sees the words of a style; none where it doesn't say.
    pub(super) fn hides(&self, id: &str) -> Option<bool> {
        self.hidden.get(id).copied()
    }
}

/// What styles say of themselves, and else those that they are built upon.
fn inherited<T: Copy>(own: &BTreeMap<String, T>, upon: &BTreeMap<String, String>) -> BTreeMap<String, T> {
    let of = |id: &String| {
        let mut at = id;
        for _ in 0..MOST_STEPS {
            if let Some(said) = own.get(at) {
                return Some((id.clone(), *said));
            }
            at = upon.get(at)?;
        }
        None
    };
    own.keys().chain(upon.keys()).filter_map(of).collect()
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
