//! The archive under the contract, and what is its own: a build and changes come to the same, and a database in the same answers.

use std::sync::Arc;

use copydesk::archive::{Builder, DiskStore, Packed};
use copydesk::corpus::store::Without;
use copydesk::corpus::{
    Answering, Cited, Corpus, CorpusError, Dossier, Extent, Facts, NameQuestion, Page, Questions, Record, Said, SourceId,
};
use copydesk::reader::SubjectKind;
use tempfile::TempDir;

use crate::contract::{Answers, Changing, answer_alike, questions};
use crate::made_up::{Dice, article};

/// An archive in a folder of its own.
pub(crate) struct OnDisk {
    corpus: Answering<DiskStore>,
    folder: TempDir,
}

impl OnDisk {
    pub(crate) fn empty() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        Self { corpus: Answering::over(DiskStore::create(folder.path()).expect("is writable")), folder }
    }

    /// Built at once of some sources.
    fn built(sources: impl Iterator<Item = Facts>) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let mut builder = Builder::new(folder.path()).expect("is writable");
        for facts in sources {
            builder.add(Packed::of(&facts).expect("is small")).expect("is writable");
        }
        builder.finish().expect("is writable");
        Self { corpus: Answering::over(DiskStore::open(folder.path()).expect("is there")), folder }
    }
}

impl Corpus for OnDisk {
    fn dossier(&self, questions: &Questions) -> Result<Dossier, CorpusError> {
        self.corpus.dossier(questions)
    }

    fn extent(&self) -> Result<Extent, CorpusError> {
        self.corpus.extent()
    }

    fn search(&self, typed: &str, limit: usize) -> Result<Vec<Arc<Record>>, CorpusError> {
        self.corpus.search(typed, limit)
    }

    fn cited(&self, names: &[NameQuestion], page: Page) -> Result<Cited, CorpusError> {
        self.corpus.cited(names, page)
    }
}

impl Changing for OnDisk {
    fn put(&self, facts: Facts) {
        self.corpus.store().change(|changes| changes.put_facts(&facts)).expect("is writable");
    }

    fn remove(&self, id: SourceId) {
        self.corpus.store().change(|changes| changes.remove(id)).expect("is writable");
    }
}

#[test]
fn what_is_built_answers_as_memory_does() {
    let sources = || (0..60).map(|id| article(id, 0));
    let memory: copydesk::corpus::MemoryCorpus = sources().collect();
    let disk = OnDisk::built(sources());
    let asked = questions();
    assert!(Answers::of(&memory, &asked) == Answers::of(&disk, &asked));
    assert_eq!(memory.extent().expect("answers"), disk.extent().expect("answers"), "the generation as well");
}

#[test]
fn an_archive_without_a_source_is_one_that_never_had_it() {
    let all: Vec<Facts> = (0..40).map(|id| article(id, 0)).collect();
    let disk = OnDisk::built(all.iter().cloned());
    let store = Arc::new(DiskStore::open(disk.folder.path()).expect("is there"));
    for hidden in all.iter().take(6) {
        let without = Answering::over(Without::new(store.clone(), hidden).expect("is readable"));
        let never_had: copydesk::corpus::MemoryCorpus = all.iter().filter(|facts| facts.id != hidden.id).cloned().collect();
        assert!(answer_alike(&without, &never_had));
    }
}

#[test]
fn what_is_built_and_changed_answers_as_what_is_built_anew() {
    let (mut dice, asked) = (Dice::new(3), questions());
    // Again under the id of another: the later counts.
    let disk = OnDisk::built((0..40).map(|id| article(id, 0)).chain([article(3, 1), article(7, 2)]));
    let mut versions: Vec<Option<usize>> = vec![Some(0); 40];
    (versions[3], versions[7]) = (Some(1), Some(2));
    for _ in 0..30 {
        let id = dice.roll(40);
        versions[id] = (dice.roll(3) > 0).then(|| dice.roll(4));
        match versions[id] {
            Some(version) => disk.put(article(id, version)),
            None => disk.remove(article(id, 0).id),
        }
    }
    let fresh = OnDisk::built((0..40).filter_map(|id| Some(article(id, versions[id]?))));
    assert!(Answers::of(&disk, &asked) == Answers::of(&fresh, &asked));
    assert_eq!(disk.extent().expect("answers"), fresh.extent().expect("answers"));
    let mut seen = 0;
    disk.corpus
        .store()
        .each(|facts| {
            let (id, version) = (0..40).find_map(|id| (article(id, 0).id == facts.id).then_some((id, versions[id]))).expect("is known");
            assert_eq!(facts, article(id, version.expect("is there")), "facts come back as they were");
            seen += 1;
            Ok(())
        })
        .expect("is readable");
    assert_eq!(seen, versions.iter().flatten().count());
    let verified = DiskStore::verify(disk.folder.path()).expect("is sound");
    assert_eq!((verified, verified.sources as usize), (DiskStore::verify(fresh.folder.path()).expect("is sound"), seen));
}

#[test]
fn what_very_many_say_is_counted_in_full_and_looked_at_in_part() {
    let sources: Vec<Facts> = (0..1800).map(|id| article(id, 0)).collect();
    let memory: copydesk::corpus::MemoryCorpus = sources.iter().cloned().collect();
    let disk = OnDisk::built(sources.iter().cloned());
    let asked = questions();
    let answers = Answers::of(&memory, &asked);
    assert!(answers == Answers::of(&disk, &asked));

    let writes = |facts: &&Facts| facts.all.iter().any(|fact| matches!(&fact.said, Said::Name(name) if &*name.form == "Ines Tarrow"));
    let count = sources.iter().filter(writes).count();
    assert!(count > 300, "{count} are very many");
    let question = NameQuestion { kind: SubjectKind::Person, name: "Ines Tarrow".to_owned() };
    let dossier = disk.dossier(&Questions { names: [question.clone()].into(), ..Questions::default() }).expect("answers");
    let known = &dossier.name(&question).expect("is asked").known;
    let spelling = known[0].spellings.iter().find(|spelling| spelling.form == "Ines Tarrow").expect("is written so");
    assert_eq!(spelling.sources as usize, count);
    let (first, last) = (known[0].first, known[0].last);
    let days = || sources.iter().filter(writes).filter_map(Facts::published);
    assert_eq!(last, days().max());
    assert!(first <= days().min() || first < last, "something of the first years is among what is looked at");

    // All pages are what one large page is, on disk and in memory.
    let whole = disk.cited(std::slice::from_ref(&question), Page { from: 0, most: usize::MAX }).expect("answers");
    assert_eq!(whole.total, whole.citations.len());
    assert!(whole.total > count);
    assert_eq!(whole, memory.cited(std::slice::from_ref(&question), Page { from: 0, most: usize::MAX }).expect("answers"));
    let mut paged = Vec::new();
    while let page = disk.cited(std::slice::from_ref(&question), Page { from: paged.len(), most: 100 }).expect("answers")
        && !page.citations.is_empty()
    {
        paged.extend(page.citations);
        assert!(page.total > paged.len() || paged.len() == whole.total, "{} of {}", paged.len(), page.total);
    }
    assert_eq!(paged, whole.citations);
}

#[test]
fn a_new_edition_is_seen_by_who_reads_the_one_before() {
    let disk = OnDisk::built((0..5).map(|id| article(id, 0)));
    let other = DiskStore::open(disk.folder.path()).expect("is there");
    let before = disk.extent().expect("answers");
    other.change(|changes| changes.put_facts(&article(9, 0))).expect("is writable");
    assert_eq!(disk.extent().expect("answers").sources, 6, "an update");
    let mut builder = Builder::new(disk.folder.path()).expect("is writable");
    assert!(Builder::new(disk.folder.path()).is_err(), "one builds at a time");
    builder.add(Packed::of(&article(1, 0)).expect("is small")).expect("is writable");
    assert_eq!(disk.extent().expect("answers").sources, 6, "while it is built");
    builder.finish().expect("is writable");
    assert_eq!(disk.extent().expect("answers").sources, 1);
    assert_ne!(disk.extent().expect("answers").generation, before.generation);
    let left = std::fs::read_dir(disk.folder.path()).expect("is there").count();
    assert_eq!(left, 3, "CURRENT, the lock and one edition");
}
