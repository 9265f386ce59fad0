//! The language server as an editor meets it: messages in, messages out, over a pipe in memory.

mod across;
#[cfg(feature = "archive")]
mod archive;
mod baseline;
mod client;
mod commands;
mod decisions;
mod desk;
mod desk_files;
mod dice;
mod endurance;
mod extensions;
mod features;
mod heavy;
mod hover;
mod incremental;
mod lifecycle;
mod protocol;
mod pull;
mod slow;
mod stylebook;
mod sync;
