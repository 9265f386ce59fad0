//! What an editor asks of a draft, in an editor's words and without the protocol's types: each question is one function of
//! a [`Draft`] and a place in it.

mod actions;
mod audit;
mod book;
mod compare;
mod completion;
mod decisions;
mod definition;
mod desk_files;
mod dossier;
#[cfg(test)]
mod draft;
mod folding;
mod hover;
mod hover_figure;
mod inlay;
mod lens;
mod links;
mod look_up;
mod markdown;
mod places;
mod profile;
mod rename;
mod schemas;
mod selection;
mod symbols;
mod tokens;

pub use crate::check::{Draft, Proposed, ReadDraft, Rereader, Style, Trial};
pub use actions::{Action, ActionKind, actions, fix_all};
pub use audit::{Auditor, Disagreement, Objection, disagreements};
pub use book::{Remark, remarks};
pub use compare::{Change, ChangeKind, Comparison, Version, compare};
pub use completion::{Completion, CompletionKind, completions};
pub use decisions::{Decision, decisions};
pub use definition::definitions;
pub use desk_files::{DeskFile, Fault, Offer, line_naming};
pub use dossier::{Entry, EntryKind, Mark, Summary, attested, dossier};
pub use folding::{Fold, folds};
pub use hover::{Hover, Messages, described, hover, nobody};
pub use inlay::{Inlay, inlays};
pub use lens::{Lens, lens};
pub use links::{Target, links};
pub use look_up::Found;
pub use markdown::{escaped, file_uri, plain_text, web_address};
pub use places::{Meant, highlights, references};
pub use profile::{Attested, Expansion, HeldTitle, Location, Profile, held_titles, namesake, profiles};
pub use rename::{Rename, RenameFault, renamable, rename};
pub use selection::selections;
pub use symbols::{Symbol, SymbolKind, symbols};
pub use tokens::{TokenKind, tokens};
