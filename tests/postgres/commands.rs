//! The commands over a database: the same to the byte as over files and an archive, and one line when it can't be asked.

use crate::desk::{Desk, Said, article};
use crate::server::{Server, server};

const DRAFT: &str = "---\ndate: 2024-04-02\n---\n\nHarbour master Torvald Ekreim said the lighthouse at Larsund cost €41m. Mayor Ada Quilfeather opened the \
                     16-metre quay in Larsund on 1 March, and 11 boats had come.\n";

/// What commands say of a corpus.
fn said(desk: &Desk, corpus: &str, drafts: &str) -> Vec<Said> {
    let asked: [&[&str]; 5] = [
        &["lint", "--corpus", corpus, drafts],
        &["lint", "--corpus", corpus, "--format", "json", drafts],
        &["lint", "--corpus", corpus, "--format", "html", drafts],
        &["who", "--corpus", corpus, "--format", "json", "Quillfeather"],
        &["who", "--corpus", corpus, "Larsund"],
    ];
    asked.iter().map(|words| desk.run(words)).collect()
}

#[test]
fn memory_disk_and_database_say_the_same_to_the_byte() {
    let server = server();
    let repository = env!("CARGO_MANIFEST_DIR");
    let desk = Desk::with_articles(60);
    desk.write("drafts/a.md", DRAFT);
    for (corpus, drafts) in
        [("sources".to_owned(), "drafts".to_owned()), (format!("{repository}/corpus"), format!("{repository}/examples/drafts"))]
    {
        let at = server.database();
        let memory = said(&desk, &corpus, &drafts);
        assert_eq!(memory[1].status, 1, "something is found: {:?}", memory[1]);
        desk.done(&["archive", "build", "--corpus", &corpus, "--archive", "built"]);
        assert!(said(&desk, "built", &drafts) == memory, "{corpus} on disk");
        let loaded = desk.done(&["archive", "load", "--into", &at, "built"]);
        assert!(loaded.ends_with(" sources loaded\n"), "{loaded}");
        assert!(said(&desk, &at, &drafts) == memory, "{corpus} in a database");
        desk.write("facts.jsonl", &desk.done(&["facts", &corpus]));
        desk.done(&["archive", "load", "--into", &at, "facts.jsonl"]);
        assert!(said(&desk, &at, &drafts) == memory, "{corpus} by its facts");
    }
}

#[test]
fn what_cant_be_asked_is_said_in_one_line() {
    let server = Server::start();
    let at = server.database();
    let desk = Desk::new();
    desk.write("draft.md", DRAFT);
    let refused = |corpus: &str, why: &str| {
        desk.write("copydesk.toml", &format!("corpus = \"{corpus}\"\n"));
        for words in [&["lint", "draft.md"][..], &["who", "Larsund"]] {
            let said = desk.run(words);
            assert!(
                said.status == 2 && said.out.is_empty() && said.err.lines().count() == 1 && said.err.contains(why),
                "{words:?}: {said:?}"
            );
            assert!(!said.err.contains("hush") && said.err.starts_with("copydesk: postgres://"), "{said:?}");
        }
    };
    refused(&at, "the database has no archive yet; `copydesk archive load` makes one");
    refused("postgres://desk:hush-hush@archive/desk", "has a password, which doesn't belong there; put it into PGPASSWORD");
    refused("postgres://desk@nowhere.invalid/desk", "the database can't be reached");
    refused("postgres://?service=nobody", "which is in no service file");
    desk.write("copydesk.toml", &format!("corpus = [\"{at}\", \"sources\"]\n"));
    let beside = desk.run(&["lint", "draft.md"]);
    assert!(beside.status == 2 && beside.err.contains("sources: can't stand beside a database"), "{beside:?}");
    desk.write("sources/a.md", &article(1));
    desk.done(&["archive", "build", "--corpus", "sources", "--archive", "built"]);
    desk.done(&["archive", "load", "--into", &at, "built"]);
    let database = at.split(['/', '?']).nth(3).expect("has a name").to_owned();
    server.say(&database, "UPDATE copydesk.edition SET version = 'copydesk 0.0.9 1.00000000'");
    refused(&at, "the archive in the database is of another version (copydesk 0.0.9 1.00000000); `copydesk archive load` makes it anew");
    server.down();
    refused(&at, "the database can't be reached");
    let load = desk.run(&["archive", "load", "--into", &at, "built"]);
    assert!(load.status == 2 && load.err.lines().count() == 1 && load.err.contains("can't be reached"), "{load:?}");
}

#[test]
fn who_may_only_read_reads_and_changes_nothing() {
    let server = server();
    let at = server.database();
    let desk = Desk::with_articles(8);
    desk.write("draft.md", DRAFT);
    desk.done(&["archive", "build", "--corpus", "sources", "--archive", "built"]);
    server.say("postgres", "DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'copydesk_reader') THEN CREATE ROLE copydesk_reader; END IF; END $$");
    server.say("postgres", "DROP ROLE IF EXISTS night; CREATE ROLE night LOGIN PASSWORD 'hush-hush' IN ROLE copydesk_reader");
    desk.done(&["archive", "load", "--into", &at, "built"]);
    let by_night = at.replacen("desk@", "night@", 1);
    assert!(said(&desk, &by_night, "draft.md") == said(&desk, "built", "draft.md"));
    let load = desk.run(&["archive", "load", "--into", &by_night, "built"]);
    assert!(load.status == 2 && load.err.contains("the database refuses: permission denied") && load.err.lines().count() == 1, "{load:?}");
    assert!(!server.folder().join("data/log").exists());
}
