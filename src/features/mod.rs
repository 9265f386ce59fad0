//! What an editor asks of a draft, in an editor's words and without the protocol's types: each question is one function of
//! a [`Draft`] and a place in it.

mod actions;
mod definition;
mod draft;
mod hover;
mod markdown;
mod places;
mod symbols;

pub use actions::{Action, ActionKind, actions, fix_all};
pub use definition::definitions;
pub use draft::{Draft, Rereader};
pub use hover::{Hover, hover};
pub use markdown::{escaped, file_uri};
pub use places::{highlights, references};
pub use symbols::{Symbol, SymbolKind, symbols};
