//! How long an editor waits: the built server is driven over its standard input and output as an editor would, with drafts
//! and sources made up here. Prints a table in Markdown; `docs/performance.md` says how to read it.
//!
//!     cargo bench --bench latency                 the whole table, some minutes
//!     cargo bench --bench latency -- quick        the largest draft with the built-in corpus
//!     cargo bench --bench latency -- soak 100000  so many edits, and the memory on the way; fails where it grows
//!     cargo bench --bench latency -- drafts 3000  the same for so many drafts, opened and closed one after another

#![expect(clippy::print_stdout, reason = "its output is a table")]
#![expect(clippy::cast_precision_loss, reason = "sizes of memory are far smaller")]

#[path = "../prose/archive.rs"]
mod archive;
mod editor;
#[path = "../prose/mod.rs"]
mod prose;

use std::path::Path;
use std::time::{Duration, Instant};

use editor::Editor;

const EDITS: usize = 200;
/// A hundred words a minute.
const PACE: Duration = Duration::from_millis(120);

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| !argument.starts_with("--")).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["soak", edits] => soak(edits.parse().expect("a number of edits")),
        ["drafts", drafts] => open_and_close(drafts.parse().expect("a number of drafts")),
        ["quick"] => table(&[10_000], &[false]),
        _ => table(&[500, 2_000, 10_000], &[false, true]),
    }
}

/// A folder with a draft's surroundings; with a corpus where `sources` are wanted.
fn desk(sources: bool) -> tempfile::TempDir {
    let desk = tempfile::tempdir().expect("a folder can be made");
    if sources {
        let folder = desk.path().join("sources");
        std::fs::create_dir(&folder).expect("a folder can be made");
        archive::write(&folder);
        std::fs::write(desk.path().join("copydesk.toml"), "corpus = [\"sources\"]\n").expect("a file can be written");
    }
    desk
}

fn table(sizes: &[usize], corpora: &[bool]) {
    println!("All in milliseconds, p50 / p95 / p99, the debounce set to 0; memory in MB.\n");
    println!(
        "| words | corpus | edit to diagnostics, one by one | at typing pace | last of a burst of 200 | hover | completion | symbols | cold start | memory |"
    );
    println!("| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |");
    for &sources in corpora {
        let desk = desk(sources);
        for &words in sizes {
            row(words, sources, desk.path());
        }
    }
}

fn row(words: usize, sources: bool, desk: &Path) {
    let text = prose::article(7, words);
    let mut cold: Vec<Duration> = (0..5)
        .map(|_| {
            let start = Instant::now();
            let mut editor = Editor::start(desk, 0);
            editor.open(&text);
            start.elapsed()
        })
        .collect();
    let mut editor = Editor::start(desk, 0);
    editor.open(&text);
    let mut one_by_one: Vec<Duration> = (0..EDITS).map(|_| editor.type_and_wait()).collect();
    let mut paced: Vec<Duration> = (0..EDITS / 2)
        .map(|_| {
            let start = Instant::now();
            let taken = editor.type_and_wait();
            std::thread::sleep(PACE.saturating_sub(start.elapsed()));
            taken
        })
        .collect();
    let start = Instant::now();
    for _ in 0..EDITS {
        editor.type_letter();
    }
    editor.wait_for_newest();
    let burst = start.elapsed();
    let mut hover: Vec<Duration> = (0..EDITS as u32).map(|at| editor.ask_at("textDocument/hover", at)).collect();
    let mut completion: Vec<Duration> = (0..EDITS as u32).map(|at| editor.ask_at("textDocument/completion", at)).collect();
    let mut symbols: Vec<Duration> = (0..EDITS).map(|at| editor.search(["ko", "lind", "sol", "osl", "ven"][at % 5])).collect();
    let memory = editor.memory();
    println!(
        "| {words} | {} | {} | {} | {} | {} | {} | {} | {} | {:.0} |",
        if sources { "2,000 articles" } else { "built in" },
        percentiles(&mut one_by_one),
        percentiles(&mut paced),
        milliseconds(burst),
        percentiles(&mut hover),
        percentiles(&mut completion),
        percentiles(&mut symbols),
        percentiles(&mut cold),
        memory as f64 / 1e6
    );
}

fn milliseconds(time: Duration) -> String {
    let time = time.as_secs_f64() * 1e3;
    if time < 10.0 { format!("{time:.2}") } else { format!("{time:.0}") }
}

fn percentiles(times: &mut [Duration]) -> String {
    times.sort_unstable();
    let at = |percent: usize| milliseconds(times[(times.len() * percent / 100).min(times.len() - 1)]);
    format!("{} / {} / {}", at(50), at(95), at(99))
}

/// Types for hours and watches the memory.
fn soak(edits: usize) {
    let desk = desk(false);
    let mut editor = Editor::start(desk.path(), 0);
    editor.open(&prose::article(7, 2_000));
    let mut memory = Memory::over(edits, "edits");
    for edit in 0..edits {
        editor.type_letter();
        // An editor reads what it gets.
        if edit % 20 == 0 {
            editor.wait_for_newest();
        }
        memory.look(edit, &editor);
    }
    editor.wait_for_newest();
    memory.look(edits, &editor);
    memory.is_flat();
}

/// Opens drafts and closes them again, and watches the memory.
fn open_and_close(drafts: usize) {
    let desk = desk(false);
    let mut editor = Editor::start(desk.path(), 0);
    let mut memory = Memory::over(drafts, "drafts");
    for draft in 0..drafts {
        editor.open(&prose::article(draft as u64, 600));
        editor.close();
        memory.look(draft, &editor);
    }
    memory.look(drafts, &editor);
    memory.is_flat();
}

/// What a server holds as it goes on: after the first fifth it may grow by a tenth until the end.
struct Memory {
    of: usize,
    what: &'static str,
    settled: Option<u64>,
    last: u64,
}

impl Memory {
    fn over(of: usize, what: &'static str) -> Self {
        Self { of, what, settled: None, last: 0 }
    }

    fn look(&mut self, done: usize, editor: &Editor) {
        if !done.is_multiple_of((self.of / 10).max(1)) {
            return;
        }
        self.last = editor.memory();
        println!("{done} {}: {:.1} MB", self.what, self.last as f64 / 1e6);
        // Until then each thread that ever checks fills what it keeps for itself, the later the busier the machine is.
        if done >= self.of / 5 {
            self.settled.get_or_insert(self.last);
        }
    }

    fn is_flat(&self) {
        let (settled, last) = (self.settled.unwrap_or_default() as f64, self.last as f64);
        assert!(last <= settled * 1.1, "memory grew from {:.1} to {:.1} MB", settled / 1e6, last / 1e6);
    }
}
