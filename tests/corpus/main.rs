//! What every corpus has to hold to, whatever keeps it: see `contract.rs` for how to hold another one to it.

mod contract;
mod made_up;
#[cfg(feature = "archive")]
mod on_disk;

use copydesk::corpus::store::MemoryStore;
use copydesk::corpus::{Answering, Facts, MemoryCorpus, SourceId};

use contract::{Changing, contract};

impl Changing for MemoryCorpus {
    fn put(&self, facts: Facts) {
        self.store().put(facts);
    }

    fn remove(&self, id: SourceId) {
        self.store().remove(id);
    }
}

contract!(memory, || Answering::over(MemoryStore::default()));

#[cfg(feature = "archive")]
contract!(disk, on_disk::OnDisk::empty);
