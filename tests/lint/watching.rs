//! `--watch`: each change is checked, of drafts and of what they are checked against, and a mistake in between ends nothing.

use std::io::{BufRead as _, BufReader};
use std::process::{Child, Stdio};

use super::{DRAFT, desk};

/// Ends the program when a test is over, however that is.
struct Watching(Child);

impl Drop for Watching {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[test]
fn each_change_is_checked_until_it_is_ended() {
    let desk = desk();
    let mut command = desk.command(&["--watch", "--format", "concise"]);
    let mut watching = Watching(command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("copydesk starts"));
    let mut out = BufReader::new(watching.0.stdout.take().expect("is piped")).lines();
    let mut err = BufReader::new(watching.0.stderr.take().expect("is piped")).lines();
    let mut said = move || err.next().expect("it goes on").expect("is UTF-8");
    let mut found = move |count: usize| -> Vec<String> {
        let lines = out.by_ref().take(count).map(|line| line.expect("is UTF-8"));
        lines.map(|line| line.split(['[', ']']).nth(1).expect("names a rule").to_owned()).collect()
    };
    assert_eq!(found(3), ["date-weekday", "name-misspelled", "figure-conflict"]);
    assert_eq!(said(), "copydesk: watching 3 drafts; Ctrl-C ends it");
    desk.put("drafts/ferries.md", DRAFT.replace("Vasal,", "Vasall,"));
    assert_eq!(found(2), ["date-weekday", "figure-conflict"]);
    said();
    desk.put("archive/budget.md", "Finance Minister Petra Vasall presented the budget.\n");
    assert_eq!(found(1), ["date-weekday"]);
    said();
    desk.put("copydesk.toml", "corpus = [\"archive\"]\nrule = 1\n");
    assert!(said().contains("copydesk.toml: line 2: there is no key `rule`"));
    said();
    desk.put("copydesk.toml", "corpus = [\"archive\"]\n[rules]\ndate-weekday = \"off\"\n");
    said();
    desk.put("drafts/new.md", DRAFT.replace("Monday", "Tuesday"));
    assert_eq!(found(1), ["name-misspelled"]);
}
