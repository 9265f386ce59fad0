//! Articles that come in versions: whether one counts, only all of them together tell, and the archive says what memory says.

use crate::desk::{Desk, Said, article};

const DRAFT: &str = "---\ndate: 2024-04-02\n---\n\nHarbour master Torvald Ekreim said the lighthouse at Larsund cost €41m, and the ferry dock at Vestlund 7 \
                     million euros. Mayor Ada Quilfeather opened the 12-metre quay in Larsund on 1 March, and 11 boats had come.\n";

/// A wire's item.
fn item(uri: &str, version: u32, status: &str, text: &str) -> String {
    format!(
        r#"{{"uri": "urn:newsml:brine.example:{uri}", "type": "text", "version": "{version}", "pubStatus": "{status}",
        "versionCreated": "2024-03-{:02}T08:00:00Z", "headlines": [{{"value": "At the coast"}}],
        "infoSources": [{{"name": "Brine Wire"}}], "bodies": [{{"contentType": "text/plain", "value": "{text}"}}]}}"#,
        10 + version
    )
}

fn lighthouse(version: u32, status: &str) -> String {
    item("lighthouse", version, status, &format!("Harbour master Torvald Ekrem said the lighthouse at Larsund cost €{}m.", 30 + version))
}

fn dock(version: u32, status: &str) -> String {
    item("dock", version, status, &format!("The ferry dock at Vestlund cost €{version} million, harbour master Torvald Ekreim said."))
}

const ASKED: [&[&str]; 4] =
    [&["lint", "draft.md"], &["lint", "--format", "json", "draft.md"], &["who", "Ekreim"], &["who", "--format", "json", "Ekrem"]];

fn asked(desk: &Desk) -> [Said; 4] {
    ASKED.map(|words| desk.run(words))
}

/// What is said without the archive.
fn in_memory<T>(desk: &Desk, ask: impl FnOnce(&Desk) -> T) -> T {
    std::fs::rename(desk.path("kept"), desk.path("aside")).expect("is there");
    let said = ask(desk);
    std::fs::rename(desk.path("aside"), desk.path("kept")).expect("is there");
    said
}

/// Holds the archive against memory as it is brought up to date by whoever asks, and what it comes to.
fn assert_alike(desk: &Desk, what: &str) -> [Said; 4] {
    let said = asked(desk);
    assert_eq!(said, in_memory(desk, asked), "{what}");
    let status = desk.run(&["archive", "status"]);
    assert!(status.status == 0 && status.out.contains("up to date"), "{what}: {status:?}");
    desk.done(&["archive", "verify"]);
    said
}

#[test]
fn the_versions_that_count_in_memory_count_in_the_archive() {
    let desk = Desk::with_articles(4);
    desk.write("draft.md", DRAFT);
    for (name, text) in [
        ("lighthouse-1", lighthouse(1, "usable")),
        ("lighthouse-2", lighthouse(2, "usable")),
        ("dock-1", dock(1, "usable")),
        ("dock-2", dock(2, "canceled")),
        ("picture", item("pier", 1, "usable", "The pier.").replace("\"text\"", "\"picture\"")),
    ] {
        desk.write(&format!("sources/wire/{name}.json"), &text);
    }
    assert!(desk.done(&["archive", "build"]).starts_with("5 sources in "));
    let both = assert_alike(&desk, "as built");
    assert!(both[0].out.contains("€32m") && !both[0].out.contains("€31m") && !both[2].out.contains("Vestlund"), "{both:?}");
    assert!(format!("{both:?}").contains("1 pictures"), "{both:?}");

    desk.remove("sources/wire/lighthouse-2.json");
    let earlier = assert_alike(&desk, "the later version is gone");
    assert!(earlier[0].out.contains("€31m"), "{earlier:?}");
    desk.write("sources/wire/lighthouse-3.json", &lighthouse(3, "usable"));
    assert_alike(&desk, "sent again");
    desk.write("sources/wire/lighthouse-4.json", &lighthouse(4, "canceled"));
    let killed = assert_alike(&desk, "taken back");
    assert!(!killed[0].out.contains("lighthouse"), "{killed:?}");
    desk.remove("sources/wire/dock-2.json");
    assert!(desk.done(&["archive", "update"]).starts_with("5 sources in "));
    assert_alike(&desk, "what took it back is gone");
    // What is no version of anything is as ever.
    desk.write("sources/0009.md", &article(9));
    assert_alike(&desk, "another article");
    for name in ["lighthouse-1", "lighthouse-3", "lighthouse-4", "dock-1"] {
        desk.remove(&format!("sources/wire/{name}.json"));
    }
    assert_alike(&desk, "no versions any more");
    let updated = desk.done(&["archive", "update"]);
    assert!(updated.starts_with("5 sources in ") && updated.contains("(0 files read)"), "{updated}");
}

#[test]
fn versions_that_come_into_an_archive_without_any_count_alike() {
    let desk = Desk::with_articles(4);
    desk.write("draft.md", DRAFT);
    desk.done(&["archive", "build"]);
    desk.write("sources/a.json", &lighthouse(2, "usable"));
    desk.write("sources/b.json", &format!("[{}, {}]", lighthouse(1, "usable"), dock(1, "usable")));
    let first = assert_alike(&desk, "asked");
    assert!(first[0].out.contains("€32m") && !first[0].out.contains("€31m"), "{first:?}");

    let desk = Desk::with_articles(4);
    desk.write("draft.md", DRAFT);
    desk.done(&["archive", "build"]);
    desk.write("sources/a.json", &lighthouse(2, "canceled"));
    desk.write("sources/b.json", &lighthouse(1, "usable"));
    assert!(desk.done(&["archive", "update"]).starts_with("4 sources in "));
    assert_alike(&desk, "updated");
}

#[test]
fn what_is_no_article_is_told_of_as_long_as_it_is_there() {
    let desk = Desk::with_articles(4);
    desk.write("draft.md", DRAFT);
    desk.done(&["archive", "build"]);
    desk.write("sources/pier.json", &item("pier", 1, "usable", "The pier.").replace("\"text\"", "\"picture\""));
    let with = assert_alike(&desk, "a picture");
    assert!(format!("{with:?}").contains("1 pictures"), "{with:?}");
    desk.remove("sources/pier.json");
    let without = assert_alike(&desk, "none");
    assert!(!format!("{without:?}").contains("pictures"), "{without:?}");
}

#[test]
fn a_part_of_the_corpus_of_which_nothing_counts_is_refused_alike() {
    let desk = Desk::with_articles(2);
    desk.write("draft.md", DRAFT);
    desk.write("wire/dock-2.json", &dock(2, "canceled"));
    desk.write("copydesk.toml", "corpus = [\"sources\", \"wire\"]\narchive = \"kept\"\n");
    let linted = desk.run(&["lint", "draft.md"]);
    let built = desk.run(&["archive", "build"]);
    // On a slow machine it says how far it is before.
    assert_eq!((built.status, built.err.lines().last()), (2, linted.err.lines().last()));
    assert!(built.err.contains("has no article that counts"), "{built:?}");
    desk.write("wire/dock-3.json", &dock(3, "usable"));
    assert!(desk.done(&["archive", "build"]).starts_with("3 sources in "));
    assert_alike(&desk, "sent again");
}

#[test]
fn fields_are_called_as_the_desk_calls_them_now() {
    let desk = Desk::with_articles(3);
    desk.write("draft.md", DRAFT);
    desk.write(
        "sources/export.jsonl",
        "{\"date\": \"2024-03-11\", \"teaser\": \"Harbour master Torvald Ekrem spoke.\", \
         \"words\": \"Harbour master Torvald Ekrem said the lighthouse at Larsund cost €33m.\", \"body\": \"The pier was shut.\"}\n",
    );
    desk.done(&["archive", "build"]);
    let before = assert_alike(&desk, "the usual names");
    let config = std::fs::read_to_string(desk.path("copydesk.toml")).expect("is there");
    for (body, has) in [("words", true), ("teaser", false)] {
        desk.write("copydesk.toml", &format!("{config}\n[json-lines]\nbody = \"{body}\"\n"));
        let after = assert_alike(&desk, body);
        assert!(after != before && after[0].out.contains("€33m") == has, "{after:?}");
    }
    desk.write("copydesk.toml", &config);
    assert_eq!(assert_alike(&desk, "the usual names again"), before);
}

#[test]
fn versions_in_several_segments_are_not_joined() {
    let desk = Desk::new();
    for (segment, text) in [("one", lighthouse(1, "usable")), ("two", lighthouse(2, "usable")), ("three", article(3))] {
        desk.write(&format!("{segment}/a.{}", if segment == "three" { "md" } else { "json" }), &text);
        desk.done(&["archive", "build", "--corpus", segment, "--archive", &format!("of-{segment}")]);
    }
    let refused = desk.run(&["archive", "join", "of-one", "of-two", "--archive", "joined"]);
    assert!(refused.status == 2 && refused.err.contains("of-two: holds versions of articles, as another one does"), "{refused:?}");
    assert!(desk.done(&["archive", "join", "of-one", "of-three", "--archive", "joined"]).starts_with("2 sources in joined"));
    let update = ["archive", "update", "--corpus", "one", "--corpus", "three", "--archive", "joined"];
    assert!(desk.done(&update).contains("(0 files read)"));
}
