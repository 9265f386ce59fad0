//! copydesk checks drafts of news articles against a newsroom's archive.
//!
//! The layers, each importing only those above it (`tests/architecture.rs` holds them to it; ARCHITECTURE.md is the map):

pub mod check;
pub mod corpus;
pub mod document;
pub mod finding;
pub mod gazetteer;
pub mod markup;
pub mod reader;
pub mod rules;
pub mod stylebook;
pub mod text;
