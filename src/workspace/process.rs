//! Other processes, where the system shows them as files.

use std::path::Path;

/// A process that was running when it was looked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Process {
    id: u32,
    /// In ticks since the system started: the number of a process that is gone is given to another.
    started: u64,
}

impl Process {
    /// The process of this number; none where there is none, or where it can't be seen.
    pub fn running(id: u32) -> Option<Self> {
        let stat = std::fs::read_to_string(Path::new("/proc").join(id.to_string()).join("stat")).ok()?;
        started(&stat).map(|started| Self { id, started })
    }

    pub fn is_running(&self) -> bool {
        Self::running(self.id).as_ref() == Some(self)
    }
}

/// When a process started, by what the system says of it; none of one that has ended and only waits for its parent to notice.
fn started(stat: &str) -> Option<u64> {
    // The name, in brackets, may itself have blanks and brackets in it.
    let mut fields = stat.rsplit_once(')')?.1.split_whitespace();
    let state = fields.next()?;
    fields.nth(18)?.parse().ok().filter(|_| !matches!(state, "Z" | "X" | "x"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_that_has_ended_is_not_running_though_its_parent_has_not_noticed() {
        let stat = |state: &str| format!("7 (a ) b) {state} 1 7 7 0 -1 4194304 1 0 0 0 0 0 0 0 20 0 1 0 8812 1000 10\n");
        assert_eq!(started(&stat("S")), Some(8812));
        assert_eq!(started(&stat("Z")), None);
        assert_eq!(started("7"), None);
    }
}
