//! How fast text is read, step by step, on one core: articles of usual length and one very long text. With folders or files
//! as arguments those are read instead: `cargo bench --bench reading -- FOLDER`.

#![expect(clippy::print_stdout, reason = "its output is a table")]
#![expect(clippy::cast_precision_loss, reason = "sizes of texts are far smaller")]

mod prose;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use copydesk::document::Document;
use copydesk::markup::Format;
use copydesk::reader::{link, read_block};

const ROUNDS: usize = 7;

fn main() {
    let paths: Vec<PathBuf> = std::env::args().skip(1).filter(|argument| !argument.starts_with("--")).map(PathBuf::from).collect();
    let start = Instant::now();
    measure(&["Minister Bo Lind said on Tuesday that 5 people in Oslo were hurt.".to_owned()]);
    println!("first text, tables laid out: {:.1} ms\n", start.elapsed().as_secs_f64() * 1e3);
    println!("| text | MB | parse | read blocks | link | all, MB/s |\n| --- | --- | --- | --- | --- | --- |");
    if paths.is_empty() {
        row("1,000 articles of 600 words", &(0..1_000).map(|seed| prose::article(seed, 600)).collect::<Vec<_>>());
        for words in [10_000, 100_000, 300_000] {
            row(&format!("one text of {words} words"), &[prose::article(7, words)]);
        }
    } else {
        let mut texts = Vec::new();
        for path in &paths {
            gather(path, &mut texts);
        }
        row(&format!("{} files", texts.len()), &texts);
    }
}

fn gather(path: &Path, texts: &mut Vec<String>) {
    if let Ok(entries) = path.read_dir() {
        let mut paths: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
        paths.sort();
        for path in &paths {
            gather(path, texts);
        }
    } else if let Ok(text) = std::fs::read_to_string(path) {
        texts.push(text);
    }
}

/// Prints megabytes a second of each step, from the best of some rounds: what disturbs a round only makes it slower.
fn row(name: &str, texts: &[String]) {
    let bytes: usize = texts.iter().map(String::len).sum();
    let rounds: Vec<[Duration; 3]> = (0..ROUNDS).map(|_| measure(texts)).collect();
    let speed = |time: Option<Duration>| bytes as f64 / 1e6 / time.unwrap_or_default().as_secs_f64();
    let step = |step: usize| speed(rounds.iter().map(|round| round[step]).min());
    let all = speed(rounds.iter().map(|round| round.iter().sum()).min());
    println!("| {name} | {:.2} | {:.0} | {:.1} | {:.1} | {all:.1} |", bytes as f64 / 1e6, step(0), step(1), step(2));
}

fn measure(texts: &[String]) -> [Duration; 3] {
    let mut spent = [Duration::ZERO; 3];
    for text in texts {
        let text: Arc<str> = text.as_str().into();
        let start = Instant::now();
        let document = Document::parse(text, Format::Markdown);
        spent[0] += start.elapsed();
        let start = Instant::now();
        let blocks = document.blocks().iter().map(|block| Arc::new(read_block(block))).collect();
        spent[1] += start.elapsed();
        let start = Instant::now();
        let reading = link(&document, blocks);
        spent[2] += start.elapsed();
        std::hint::black_box(reading);
    }
    spent
}
