//! A desk whose corpus is an archive: another process changes it, and no editor tells of that.

use std::path::Path;

use copydesk::workspace::{DeskArchive, Overrides, Plan, Told};
use serde_json::json;

use super::client::abilities;
use super::desk::{desk, introduced, uri};

#[tokio::test]
async fn what_another_process_writes_is_seen_without_being_told() {
    let desk = desk("corpus = [\"sources\"]\narchive = \"kept\"\n");
    let archive = || {
        let plan = Plan::of(Some(desk.path().join("copydesk.toml")), &Overrides::default()).expect("is a configuration");
        DeskArchive::of(&plan, None).expect("names sources")
    };
    assert_eq!(archive().build(&Told::default()).expect("is writable").sources, 1);
    assert_eq!(archive().folder(), Path::new(&desk.path().join("kept")));
    let mut client = introduced(abilities(), json!({"debounce": 3}), &[&desk]).await;
    client.open(&uri(&desk, "draft.md"), "Governor Ada Quilfeather spoke. Mayor Anja Solvangg opened a bridge.\n").await;
    let found = client.diagnostics(&uri(&desk, "draft.md"), 1).await;
    assert_eq!(found.iter().map(|one| &one["code"]).collect::<Vec<_>>(), ["name-misspelled"], "{found:#?}");

    std::fs::write(desk.path().join("sources/two.md"), "Governor Ada Quillfeather spoke of rain.\n").expect("can be written");
    assert_eq!(archive().update(&Told::default()).expect("is writable").sources, 2);
    let found = client.diagnostics(&uri(&desk, "draft.md"), 1).await;
    assert_eq!(found.len(), 2, "{found:#?}");
    // A new edition as well.
    std::fs::remove_file(desk.path().join("sources/one.md")).expect("is there");
    assert_eq!(archive().build(&Told::default()).expect("is writable").sources, 1);
    let found = client.diagnostics(&uri(&desk, "draft.md"), 1).await;
    assert_eq!(found.len(), 1, "{found:#?}");
    assert_eq!(client.finish().await, 0);
}
