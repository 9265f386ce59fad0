//! copydesk checks drafts of news articles against a newsroom's archive.
//!
//! The layers, each importing only those above it (`tests/architecture.rs` holds them to it; ARCHITECTURE.md is the map). Up to `features` they
//! are the core: pure, and built without any of the Cargo features. None of this is a stable interface yet; the program is.

// Nothing that a text says may overflow, divide by nought or wrap.
#![cfg_attr(not(test), warn(clippy::arithmetic_side_effects))]

mod data;
pub mod thresholds;
pub mod text;
pub mod markup;
pub mod document;
pub mod gazetteer;
pub mod reader;
pub mod corpus;
#[cfg(feature = "ingest")]
pub mod ingest;
pub mod keys;
pub mod stylebook;
pub mod finding;
pub mod config;
pub mod rules;
pub mod check;
pub mod features;
#[cfg(feature = "archive")]
pub mod archive;
#[cfg(feature = "postgres")]
pub mod postgres;
#[cfg(feature = "native")]
pub mod workspace;
#[cfg(feature = "cli")]
pub mod cli;
#[cfg(feature = "lsp")]
pub mod lsp;
#[cfg(feature = "serve")]
pub mod serve;
#[cfg(feature = "mcp")]
pub mod mcp;
