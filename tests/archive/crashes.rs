//! Kills at random moments: afterwards an archive is as it was before or as it was to be, and in order. `COPYDESK_KILLS` says how many of
//! each kind are tried.

use std::collections::BTreeSet;
use std::process::Stdio;
use std::time::{Duration, Instant};

use crate::desk::{Desk, Dice, article};

fn kills() -> usize {
    std::env::var("COPYDESK_KILLS").ok().and_then(|count| count.parse().ok()).unwrap_or(8)
}

/// Runs `words` again and again and kills it at some moment of the time it takes; after each kill `check` looks at what there is.
fn kill_at_random(desk: &Desk, words: &[&str], seed: u64, mut check: impl FnMut(&Desk)) {
    let started = Instant::now();
    desk.done(words);
    let whole = started.elapsed();
    let mut dice = Dice(seed);
    for _ in 0..kills() {
        let mut child = desk.command(words).stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("can be started");
        std::thread::sleep((whole * dice.roll(1100) as u32 / 1000).max(Duration::from_millis(1)));
        child.kill().expect("is ours");
        child.wait().expect("ends");
        check(desk);
    }
}

fn exported(desk: &Desk) -> String {
    desk.done(&["archive", "export"])
}

/// What is in an archive that nobody disturbed.
fn undisturbed(desk: &Desk, words: &[&str]) -> String {
    desk.done(&[words, &["--archive", "undisturbed"]].concat());
    desk.done(&["archive", "export", "--archive", "undisturbed"])
}

#[test]
fn a_build_that_is_killed_leaves_what_was() {
    let desk = Desk::with_articles(60);
    desk.done(&["archive", "build"]);
    let before = exported(&desk);
    for number in 60..90 {
        desk.write(&format!("sources/{number:04}.md"), &article(number));
    }
    let states = BTreeSet::from([before, undisturbed(&desk, &["archive", "build"])]);
    assert_eq!(states.len(), 2);
    kill_at_random(&desk, &["archive", "build"], 1, |desk| {
        assert!(desk.run(&["archive", "verify"]).status == 0, "{:?}", desk.run(&["archive", "verify"]));
        assert!(states.contains(&exported(desk)), "neither before nor after");
    });
    desk.done(&["archive", "build"]);
    assert!(desk.database().exists(), "nothing is left of what was killed");
}

#[test]
fn a_first_build_that_is_killed_leaves_nothing_or_all() {
    let desk = Desk::with_articles(60);
    let whole = undisturbed(&desk, &["archive", "build"]);
    kill_at_random(&desk, &["archive", "build"], 2, |desk| {
        let verified = desk.run(&["archive", "verify"]);
        assert!(verified.status == 0 || verified.err.contains("there is no archive in"), "{verified:?}");
        assert!(verified.status != 0 || exported(desk) == whole, "neither nothing nor all");
        let _ = std::fs::remove_file(desk.path("kept/CURRENT"));
    });
}

#[test]
fn an_update_that_is_killed_is_made_or_not_made() {
    let desk = Desk::with_articles(40);
    desk.done(&["archive", "build"]);
    let mut states = BTreeSet::new();
    let mut turn = 0;
    let change = |desk: &Desk, turn: usize| {
        for number in 0..20 {
            desk.write(&format!("sources/{number:04}.md"), &article(number + turn % 2 * 500));
        }
    };
    for turn in 0..2 {
        change(&desk, turn);
        desk.done(&["archive", "update"]);
        states.insert(exported(&desk));
    }
    assert_eq!(states.len(), 2);
    kill_at_random(&desk, &["archive", "update"], 3, |desk| {
        let verified = desk.run(&["archive", "verify"]);
        assert_eq!(verified.status, 0, "{verified:?}");
        assert!(states.contains(&exported(desk)), "neither before nor after");
        turn += 1;
        change(desk, turn);
    });
    desk.done(&["archive", "update"]);
    assert!(states.contains(&exported(&desk)));
}

#[test]
fn a_join_that_is_killed_leaves_what_was() {
    let desk = Desk::with_articles(40);
    desk.done(&["archive", "build"]);
    let before = exported(&desk);
    for number in 100..140 {
        desk.write(&format!("more/{number:04}.md"), &article(number));
    }
    desk.done(&["archive", "build", "--corpus", "more", "--archive", "of-more"]);
    desk.done(&["archive", "build", "--archive", "of-sources"]);
    let states = BTreeSet::from([before, undisturbed(&desk, &["archive", "join", "of-sources", "of-more"])]);
    assert_eq!(states.len(), 2);
    kill_at_random(&desk, &["archive", "join", "of-sources", "of-more"], 4, |desk| {
        let verified = desk.run(&["archive", "verify", "--archive", "kept"]);
        assert_eq!(verified.status, 0, "{verified:?}");
        assert!(states.contains(&desk.done(&["archive", "export", "--archive", "kept"])), "neither before nor after");
    });
}
