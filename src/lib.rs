//! copydesk checks drafts of news articles against a newsroom's archive.
//!
//! The layers, each importing only those above it (`tests/architecture.rs` holds them to it; ARCHITECTURE.md is the map). Up to `features` they
//! are the core: pure, and built without any of the Cargo features. None of this is a stable interface yet; the program is.

// Nothing that a text says may overflow, divide by nought or wrap.
#[cfg_attr(not(test), warn(clippy::arithmetic_side_effects))]
mod data;
pub mod text;
pub mod markup;
pub mod document;
#[cfg_attr(not(test), warn(clippy::arithmetic_side_effects))]
pub mod gazetteer;
#[cfg_attr(not(test), warn(clippy::arithmetic_side_effects))]
pub mod reader;
pub mod corpus;
pub mod keys;
pub mod stylebook;
pub mod finding;
pub mod config;
#[cfg_attr(not(test), warn(clippy::arithmetic_side_effects))]
pub mod rules;
pub mod check;
#[cfg_attr(not(test), warn(clippy::arithmetic_side_effects))]
pub mod features;
#[cfg(feature = "native")]
pub mod workspace;
#[cfg(feature = "cli")]
pub mod cli;
#[cfg(feature = "lsp")]
pub mod lsp;
