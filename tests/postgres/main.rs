//! A corpus in PostgreSQL, held to what every corpus is held to, over real servers that the tests start themselves.

#[allow(dead_code, reason = "other tests use the rest")]
#[path = "../lsp/client.rs"]
mod client;
#[path = "../corpus/contract.rs"]
mod contract;
#[allow(dead_code, reason = "other tests use the rest")]
#[path = "../archive/desk.rs"]
mod desk;
#[path = "../corpus/made_up.rs"]
mod made_up;
mod commands;
mod editors;
mod loaded;
mod server;

use contract::contract;

contract!(database, loaded::Loaded::empty);
