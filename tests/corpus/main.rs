//! What every corpus has to hold to, whatever keeps it: see `contract.rs` for how to hold another one to it.

mod beside;
mod contract;
mod lines;
mod made_up;
#[cfg(feature = "archive")]
mod on_disk;

use std::sync::Arc;

use copydesk::corpus::store::{MemoryStore, Without};
use copydesk::corpus::{Answering, Corpus as _, Facts, MemoryCorpus, SourceId};

use contract::{Changing, contract};

impl Changing for MemoryCorpus {
    fn put(&self, facts: Facts) {
        self.store().put(facts);
    }

    fn remove(&self, id: SourceId) {
        self.store().remove(id);
    }
}

#[test]
fn a_store_without_a_source_is_one_that_never_had_it() {
    let all: Vec<Facts> = (0..40).map(|id| made_up::article(id, 0)).collect();
    let store: Arc<MemoryStore> = Arc::new(all.iter().cloned().collect());
    for hidden in all.iter().take(12) {
        let without = Answering::over(Without::new(store.clone(), hidden).expect("is in memory"));
        let never_had: MemoryCorpus = all.iter().filter(|facts| facts.id != hidden.id).cloned().collect();
        assert!(contract::answer_alike(&without, &never_had));
        assert_ne!(
            without.extent().expect("answers").generation,
            Answering::over(Without::new(store.clone(), &all[20]).expect("is in memory")).extent().expect("answers").generation
        );
    }
}

contract!(memory, || Answering::over(MemoryStore::default()));

#[cfg(feature = "archive")]
contract!(disk, on_disk::OnDisk::empty);
