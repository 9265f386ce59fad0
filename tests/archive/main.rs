//! The archive as a desk has it: `copydesk archive` in a folder of its own, beside what the same commands say without one.

mod crashes;
mod damage;
mod desk;
mod facts;
mod updates;
mod versions;
