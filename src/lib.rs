//! copydesk checks drafts of news articles against a newsroom's archive.
//!
//! The layers, each importing only those above it (`tests/architecture.rs` holds them to it; ARCHITECTURE.md is the map):

pub mod text;
pub mod markup;
pub mod document;
pub mod gazetteer;
pub mod reader;
pub mod corpus;
pub mod stylebook;
pub mod finding;
pub mod config;
pub mod rules;
pub mod check;
pub mod features;
pub mod workspace;
pub mod cli;
pub mod lsp;
