//! The store itself: what is loaded answers as memory does, through failures, to many at once, and with each load anew.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use copydesk::archive::{Builder, DiskStore, Packed};
use copydesk::corpus::{
    Answering, Cited, Corpus, CorpusError, Dossier, Extent, Facts, MemoryCorpus, NameQuestion, Page, Questions, Record, SourceId,
};
use copydesk::postgres::{Address, PostgresStore, Surroundings};

use crate::contract::{Answers, Changing, answer_alike, questions};
use crate::made_up::article;
use crate::server::{Server, server};

fn address(of: &str) -> Address {
    Address::of(of, &Surroundings::default()).expect("is sound")
}

/// An archive of some sources.
fn archive(sources: impl IntoIterator<Item = Facts>, folder: &Path) -> DiskStore {
    let mut builder = Builder::new(folder).expect("is writable");
    for facts in sources {
        builder.add(Packed::of(&facts).expect("is small")).expect("is writable");
    }
    builder.finish().expect("is writable");
    DiskStore::open(folder).expect("is there")
}

/// Loads some sources into a database.
fn load(sources: impl IntoIterator<Item = Facts>, into: &str) -> Extent {
    let folder = tempfile::tempdir().expect("a temporary folder");
    PostgresStore::load(&address(into), &archive(sources, folder.path()), &mut |_| {}).expect("can be loaded")
}

fn opened(addresses: &[&str]) -> Answering<PostgresStore> {
    Answering::over(PostgresStore::at(&addresses.iter().map(|of| address(of)).collect::<Vec<_>>()).expect("is sound"))
}

/// A corpus that is loaded anew before it is asked, when anything in it has changed.
pub(crate) struct Loaded {
    sources: Mutex<(BTreeMap<SourceId, Facts>, bool)>,
    corpus: Answering<PostgresStore>,
    at: String,
    /// Until nobody needs it.
    _server: Arc<Server>,
}

impl Loaded {
    pub(crate) fn empty() -> Self {
        let server = server();
        let at = server.database();
        Self { sources: Mutex::new((BTreeMap::new(), true)), corpus: opened(&[&at]), at, _server: server }
    }

    fn now(&self) -> &Answering<PostgresStore> {
        let mut sources = self.sources.lock().expect("nobody panics");
        if std::mem::take(&mut sources.1) {
            let extent = load(sources.0.values().cloned(), &self.at);
            // It is heard of in its time.
            for _ in 0..200 {
                if self.corpus.extent().is_ok_and(|now| now == extent) {
                    break;
                }
                std::thread::sleep(Duration::from_millis(10));
            }
        }
        &self.corpus
    }
}

impl Corpus for Loaded {
    fn dossier(&self, questions: &Questions) -> Result<Dossier, CorpusError> {
        self.now().dossier(questions)
    }

    fn extent(&self) -> Result<Extent, CorpusError> {
        self.now().extent()
    }

    fn search(&self, typed: &str, limit: usize) -> Result<Vec<Arc<Record>>, CorpusError> {
        self.now().search(typed, limit)
    }

    fn cited(&self, names: &[NameQuestion], page: Page) -> Result<Cited, CorpusError> {
        self.now().cited(names, page)
    }
}

impl Changing for Loaded {
    fn put(&self, facts: Facts) {
        let mut sources = self.sources.lock().expect("nobody panics");
        sources.0.insert(facts.id, facts);
        sources.1 = true;
    }

    fn remove(&self, id: SourceId) {
        let mut sources = self.sources.lock().expect("nobody panics");
        sources.0.remove(&id);
        sources.1 = true;
    }
}

#[test]
fn what_is_loaded_answers_as_memory_does() {
    let server = server();
    let at = server.database();
    let sources = || (0..1800).map(|id| article(id, 0));
    load(sources(), &at);
    let (memory, database): (MemoryCorpus, _) = (sources().collect(), opened(&[&at]));
    assert!(answer_alike(&memory, &database));
    assert_eq!(memory.extent().expect("answers"), database.extent().expect("answers"), "the generation as well");
}

#[test]
fn a_load_is_heard_of_and_the_editions_before_go() {
    let server = server();
    let at = server.database();
    load((0..5).map(|id| article(id, 0)), &at);
    let corpus = opened(&[&at]);
    assert_eq!(corpus.extent().expect("answers").sources, 5);
    for sources in 6..10 {
        let loaded = load((0..sources).map(|id| article(id, 0)), &at);
        let heard = (0..500).any(|_| {
            std::thread::sleep(Duration::from_millis(10));
            corpus.extent().expect("answers") == loaded
        });
        assert!(heard, "{sources}");
        assert_eq!(corpus.dossier(&questions()).expect("answers").generation, Some(loaded.generation));
    }
    let database = at.split(['/', '?']).nth(3).expect("has a name").to_owned();
    let left = server.say(&database, "SELECT count(*) FROM pg_namespace WHERE nspname LIKE 'copydesk%'");
    assert_eq!(left.trim(), "3", "the last two and what says so");
    // As long as nothing is told, nobody asks: this many questions would be as many transactions.
    std::thread::sleep(Duration::from_millis(1500));
    let count = |server: &Server| -> u64 {
        let count =
            server.say("postgres", &format!("SELECT xact_commit + xact_rollback FROM pg_stat_database WHERE datname = '{database}'"));
        count.trim().parse().expect("is a number")
    };
    let before = count(&server);
    (0..500).for_each(|_| assert_eq!(corpus.extent().expect("answers").sources, 9));
    std::thread::sleep(Duration::from_millis(1500));
    assert!(count(&server) < before + 100, "{before} and {}", count(&server));
}

#[test]
fn what_could_not_be_used_is_read_once_it_can_be() {
    let server = server();
    let at = server.database();
    let database = at.split(['/', '?']).nth(3).expect("has a name").to_owned();
    let corpus = opened(&[&at]);
    let why = |corpus: &Answering<PostgresStore>| corpus.dossier(&questions()).expect_err("can't be used").to_string();
    assert!(why(&corpus).contains("has no archive yet"));
    load((0..5).map(|id| article(id, 0)), &at);
    assert_eq!(corpus.extent().expect("answers").sources, 5);
    server.say(&database, "UPDATE copydesk.edition SET version = 'another'");
    assert!(why(&corpus).contains("of another version (another)"));
    let loaded = load((0..7).map(|id| article(id, 0)), &at);
    // No connection goes on reading the state in which it couldn't be used.
    (0..20).for_each(|_| assert_eq!(corpus.dossier(&questions()).expect("answers").generation, Some(loaded.generation)));
    server.say(&database, "DELETE FROM copydesk.edition");
    assert!(why(&corpus).contains("has no archive yet"));
    let loaded = load((0..9).map(|id| article(id, 0)), &at);
    (0..20).for_each(|_| assert_eq!(corpus.dossier(&questions()).expect("answers").generation, Some(loaded.generation)));
}

#[test]
fn a_server_that_was_killed_is_told_of_and_found_again() {
    let server = Server::start();
    let at = server.database();
    load((0..20).map(|id| article(id, 0)), &at);
    let (corpus, asked) = (opened(&[&at]), questions());
    let answers = Answers::of(&corpus, &asked);
    server.down();
    let why = corpus.dossier(&asked).expect_err("is away").to_string();
    assert!(why.contains("the database can't be reached") && !why.contains('\n'), "{why}");
    server.up();
    let is_back = (0..150).any(|_| {
        std::thread::sleep(Duration::from_millis(100));
        corpus.dossier(&asked).is_ok()
    });
    assert!(is_back && Answers::of(&corpus, &asked) == answers);
}

#[test]
fn a_replica_answers_where_the_first_is_away() {
    let server = Server::start();
    let at = server.database();
    load((0..20).map(|id| article(id, 0)), &at);
    let replica = server.replica();
    let beside = replica.address(at.split(['/', '?']).nth(3).expect("has a name"));
    let (corpus, asked) = (opened(&[&at, &beside]), questions());
    let answers = Answers::of(&corpus, &asked);
    server.down();
    assert!(Answers::of(&corpus, &asked) == answers);
    assert!(Answers::of(&opened(&[&at, &beside]), &asked) == answers, "who comes now as well");
}

#[test]
fn fifty_ask_at_once() {
    let server = server();
    let at = server.database();
    load((0..100).map(|id| article(id, 0)), &at);
    let (asked, memory): (_, MemoryCorpus) = (questions(), (0..100).map(|id| article(id, 0)).collect());
    let answers = Answers::of(&memory, &asked);
    std::thread::scope(|scope| {
        for _ in 0..50 {
            scope.spawn(|| {
                let corpus = opened(&[&at]);
                assert!(Answers::of(&corpus, &asked) == answers);
            });
        }
    });
    // And over the connections of one process.
    let corpus = opened(&[&at]);
    std::thread::scope(|scope| {
        for _ in 0..50 {
            scope.spawn(|| assert!(Answers::of(&corpus, &asked) == answers));
        }
    });
}

#[test]
fn a_load_that_is_cut_off_leaves_what_was_there() {
    let server = server();
    let at = server.database();
    load((0..20).map(|id| article(id, 0)), &at);
    let corpus = opened(&[&at]);
    let before = corpus.extent().expect("answers");
    let folder = tempfile::tempdir().expect("a temporary folder");
    let store = archive((0..3000).map(|id| article(id, 1)), folder.path());
    let database = at.split(['/', '?']).nth(3).expect("has a name").to_owned();
    let mut has_been_cut = false;
    let loaded = PostgresStore::load(&address(&at), &store, &mut |_| {
        if !std::mem::replace(&mut has_been_cut, true) {
            server.say(
                &database,
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'COPY%'",
            );
        }
    });
    assert!(has_been_cut && loaded.is_err());
    assert_eq!(opened(&[&at]).extent().expect("answers"), before);
    assert!(PostgresStore::load(&address(&at), &store, &mut |_| {}).is_ok_and(|extent| extent.sources == 3000));
}
