//! How time and memory grow with a text, for texts of shapes that nobody writes and anybody may send: each is doubled four times,
//! up to a megabyte. Fails where twice the text takes much more than twice as long, or the largest takes too much. With words as
//! arguments only the shapes whose names hold one of them: `cargo bench --bench doubling -- names`.

#![expect(clippy::print_stdout, reason = "its output is a table")]

#[path = "../prose/mod.rs"]
mod prose;
mod shapes;

use std::process::{Command, ExitCode};
use std::sync::Arc;
use std::time::{Duration, Instant};

use copydesk::check::{Style, check};
use copydesk::corpus::Questions;
use copydesk::document::Document;
use copydesk::reader::{link, read, read_blocks};
use copydesk::rules::{Case, RULES};
use copydesk::workspace::{Overrides, Setting};
use shapes::Shape;

/// Bytes of the largest text.
const LARGEST: usize = 1 << 20;
const SIZES: [usize; 5] = [LARGEST / 16, LARGEST / 8, LARGEST / 4, LARGEST / 2, LARGEST];
/// The best of so many runs counts: what disturbs a run only makes it slower.
const ROUNDS: usize = 3;
/// Time may grow with this power of the size over the last two doublings, before which what every text costs still shows. Twice as
/// much for twice the text is 1; caches that a larger text no longer fits into make it a little more.
const STEEPEST: f64 = 1.3;
/// In seconds: what takes less can't be measured, for the clock of a thread may go on by four milliseconds at once.
const QUICK: f64 = 8e-3;
const MEASURABLE: f64 = 0.1;
/// Bytes of the largest text by which a quick shape is told to be linear.
const FARTHEST: usize = 8 * LARGEST;
const MOST_TIME: Duration = Duration::from_secs(2);
const MOST_MEGABYTES: f64 = 300.0;
const STEPS: [&str; 5] = ["parse", "read", "link", "ask", "check"];

/// Says which shape a process is to measure.
const ALONE: &str = "--alone=";

fn main() -> ExitCode {
    if let Some(name) = std::env::args().find_map(|argument| argument.strip_prefix(ALONE).map(str::to_owned)) {
        return alone(&name);
    }
    let wanted: Vec<String> = std::env::args().skip(1).filter(|argument| !argument.starts_with("--")).collect();
    println!("| shape | milliseconds at {} KB and each doubling | slope | MB | longest step |", SIZES[0] >> 10);
    println!("| --- | --- | --- | --- | --- |");
    let is_wanted = |shape: &Shape| wanted.is_empty() || wanted.iter().any(|word| shape.name.contains(word.as_str()));
    let program = std::env::current_exe().expect("a program knows where it is");
    // Each in a process of its own: in memory that an earlier shape has left, a small text is read faster than in new memory a large one.
    let keeps_bounds =
        |shape: &Shape| Command::new(&program).arg(format!("{ALONE}{}", shape.name)).status().is_ok_and(|done| done.success());
    let steep: Vec<&str> =
        shapes::all().filter(|shape| is_wanted(shape)).filter(|shape| !keeps_bounds(shape)).map(|shape| shape.name).collect();
    assert!(steep.is_empty(), "too steep, too slow or too large: {}", steep.join(", "));
    ExitCode::SUCCESS
}

/// Measures the shape of this name.
fn alone(name: &str) -> ExitCode {
    let shape = shapes::all().find(|shape| shape.name == name).expect("a shape of that name");
    // One thread, so that its own time is all there is.
    let pool = rayon::ThreadPoolBuilder::new().num_threads(1).stack_size(8 << 20).build().expect("a thread can be started");
    let setting = Setting::load(None, &Overrides::default()).expect("the built-in setting loads");
    if pool.install(|| keeps_bounds(shape, &setting)) { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Prints the row of a shape.
fn keeps_bounds(shape: &Shape, setting: &Setting) -> bool {
    let mut all = Vec::new();
    let (mut last, mut megabytes) = ([Duration::ZERO; 5], 0.0);
    for size in SIZES {
        let text: Arc<str> = (shape.text)(size).into();
        // Tables are laid out by the first text that needs them.
        let rounds = if size < LARGEST { ROUNDS + 1 } else { ROUNDS };
        let before = forget_peak();
        let best = (0..rounds).map(|_| steps_of(shape, &text, setting)).min_by_key(|steps| steps.iter().sum::<Duration>());
        megabytes = peak() - before;
        last = best.unwrap_or_default();
        all.push(last.iter().sum::<Duration>());
        // What takes so long needs no larger text to be told.
        if all.last().is_some_and(|time| *time > 5 * MOST_TIME) {
            break;
        }
    }
    let seconds: Vec<f64> = all.iter().map(Duration::as_secs_f64).collect();
    // What a megabyte takes too little time to measure is told by more of it.
    let (mut further, mut size) = (seconds.clone(), LARGEST);
    while further.len() >= SIZES.len() && further.last().is_some_and(|time| *time < MEASURABLE) && size < FARTHEST {
        size *= 2;
        let text: Arc<str> = (shape.text)(size).into();
        further.extend((0..ROUNDS).map(|_| steps_of(shape, &text, setting).iter().sum::<Duration>()).min().map(|time| time.as_secs_f64()));
    }
    let slope = if let [.., one, _, last] = further[..] { (last / one.max(QUICK)).log2() / 2.0 } else { f64::INFINITY };
    let longest = last.iter().zip(STEPS).max().map_or("", |(_, step)| step);
    let longest = if longest == "check" { longest_rule(shape, setting) } else { longest };
    let times: Vec<String> = seconds.iter().map(|time| format!("{:.0}", time * 1e3)).collect();
    let kept = slope <= STEEPEST && all.last().is_some_and(|time| *time <= MOST_TIME) && megabytes <= MOST_MEGABYTES;
    let mark = if kept { "" } else { " **!**" };
    println!("| {} | {} | {slope:.2} | {megabytes:.0} | {longest} |{mark}", shape.name, times.join(" "));
    kept
}

/// The rule that a check of a text of half the size spends most of its time on.
fn longest_rule(shape: &Shape, setting: &Setting) -> &'static str {
    let document = Document::parse((shape.text)(LARGEST / 2).into(), shape.format);
    let reading = read(&document);
    let dossier = setting.corpus.dossier(&Questions::of(&reading)).expect("a corpus in memory answers");
    let case = Case::new(&document, &reading, &dossier, None);
    let mut times: Vec<(Duration, &str)> = Vec::new();
    for rule in RULES {
        let start = thread_time();
        drop((rule.check)(&case));
        times.push((thread_time().saturating_sub(start), rule.info.name));
    }
    let in_rules: Duration = times.iter().map(|(time, _)| *time).sum();
    let start = thread_time();
    drop(check(&document, &reading, &dossier, Style { config: &setting.config, as_of: None }));
    let beside = thread_time().saturating_sub(start).saturating_sub(in_rules);
    times.push((beside, "check, beside the rules"));
    times.into_iter().max().map_or("", |(_, name)| name)
}

/// What each step takes for one text.
fn steps_of(shape: &Shape, text: &Arc<str>, setting: &Setting) -> [Duration; 5] {
    let mut spent = [Duration::ZERO; 5];
    let mut start = thread_time();
    let mut lap = |step: usize| {
        let now = thread_time();
        spent[step] = now.saturating_sub(start);
        start = now;
    };
    let document = Document::parse(text.clone(), shape.format);
    lap(0);
    let blocks = read_blocks(&document);
    lap(1);
    let reading = link(&document, blocks);
    lap(2);
    let dossier = setting.corpus.dossier(&Questions::of(&reading)).expect("a corpus in memory answers");
    lap(3);
    let findings = check(&document, &reading, &dossier, Style { config: &setting.config, as_of: None });
    lap(4);
    drop(findings);
    spent
}

/// What this thread has run, so that what else runs on the machine is of no account; where the system doesn't tell, what has gone by.
fn thread_time() -> Duration {
    static START: std::sync::LazyLock<Instant> = std::sync::LazyLock::new(Instant::now);
    let ran = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let nanoseconds = ran.and_then(|ran| ran.split(' ').next()?.parse().ok());
    nanoseconds.map_or_else(|| START.elapsed(), Duration::from_nanos)
}

/// Lets the peak of memory start anew from what there is now, which is returned, in megabytes; nought where the system can't.
fn forget_peak() -> f64 {
    if std::fs::write("/proc/self/clear_refs", "5").is_err() {
        return 0.0;
    }
    peak()
}

fn peak() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let kilobytes = status.lines().find_map(|line| line.strip_prefix("VmHWM:")?.trim().strip_suffix(" kB")?.parse().ok());
    kilobytes.unwrap_or(0.0) / 1024.0
}
