//! A store that gives no answer before somebody else has had one: whoever asks a store must hold nothing meanwhile that others need, for one
//! that serves only so many at once would keep all of them waiting.

use std::cell::Cell;
use std::sync::{Arc, OnceLock, Weak, mpsc};
use std::time::Duration;

use copydesk::corpus::store::{Dated, Fit, Form, Key, MemoryStore, Postings, RowId, Shelf, Statistics, Store};
use copydesk::corpus::{Answering, Brief, Corpus as _, Extent, Page, Row, SourceHeader, SourceId, StoreError};

use crate::{contract, made_up};

/// So long that whoever is not answered by then never is.
const FOR_EVER: Duration = Duration::from_secs(30);

thread_local! {
    static IS_SOMEBODY_ELSE: Cell<bool> = const { Cell::new(false) };
}

#[derive(Debug)]
struct Crowded {
    store: MemoryStore,
    corpus: OnceLock<Weak<Answering<Self>>>,
}

impl Store for Crowded {
    fn snapshot(&self) -> Result<Box<dyn Shelf + '_>, StoreError> {
        Ok(Box::new(State { crowded: self, shelf: self.store.snapshot()? }))
    }
}

struct State<'a> {
    crowded: &'a Crowded,
    shelf: Box<dyn Shelf + 'a>,
}

impl State<'_> {
    /// The shelf, once somebody else has been answered.
    fn shelf(&self) -> &dyn Shelf {
        if !IS_SOMEBODY_ELSE.get() {
            let corpus = self.crowded.corpus.get().and_then(Weak::upgrade).expect("is what asks");
            let (said, heard) = mpsc::channel();
            std::thread::spawn(move || {
                IS_SOMEBODY_ELSE.set(true);
                // Whoever has given up waiting has said so.
                let _ = said.send(corpus.search("Brand", 4).is_ok_and(|found| !found.is_empty()));
            });
            assert_eq!(heard.recv_timeout(FOR_EVER), Ok(true), "nobody else is answered while the store is asked");
        }
        &*self.shelf
    }
}

impl Shelf for State<'_> {
    fn extent(&self) -> Extent {
        self.shelf.extent()
    }

    fn statistics(&self) -> Result<&Statistics, StoreError> {
        self.shelf().statistics()
    }

    fn postings(&self, keys: &[Key], most: usize) -> Result<Vec<Postings>, StoreError> {
        self.shelf().postings(keys, most)
    }

    fn dated(&self, keys: &[Key]) -> Result<Vec<Vec<Dated>>, StoreError> {
        self.shelf().dated(keys)
    }

    fn rows(&self, ids: &[RowId]) -> Result<Vec<Row>, StoreError> {
        self.shelf().rows(ids)
    }

    fn headers(&self, ids: &[SourceId]) -> Result<Vec<(SourceId, Arc<SourceHeader>)>, StoreError> {
        self.shelf().headers(ids)
    }

    fn briefs(&self, ids: &[SourceId]) -> Result<Vec<(SourceId, Arc<Brief>)>, StoreError> {
        self.shelf().briefs(ids)
    }

    fn forms(&self, keys: &[Key], most: usize) -> Result<Vec<Vec<Arc<Form>>>, StoreError> {
        self.shelf().forms(keys, most)
    }

    fn written(&self, words: &[Key]) -> Result<Vec<u32>, StoreError> {
        self.shelf().written(words)
    }

    fn names_near(&self, typed: &str, most: usize) -> Result<Vec<(Fit, Arc<Form>)>, StoreError> {
        self.shelf().names_near(typed, most)
    }
}

#[test]
fn whoever_waits_for_a_store_keeps_nobody_else_waiting() {
    let store = (0..20).map(|id| made_up::article(id, 0)).collect();
    let corpus = Arc::new(Answering::over(Crowded { store, corpus: OnceLock::new() }));
    corpus.store().corpus.set(Arc::downgrade(&corpus)).expect("is set once");
    let asked = contract::questions();
    corpus.dossier(&asked).expect("answers");
    assert!(!corpus.search("Quill", 4).expect("answers").is_empty());
    let name = asked.names.iter().next().expect("names are asked about");
    corpus.cited(std::slice::from_ref(name), Page { from: 0, most: 4 }).expect("answers");
}
