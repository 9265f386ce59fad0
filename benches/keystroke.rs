//! What a keystroke costs, step by step and rule by rule: a paragraph is typed into the middle of a draft, and the draft is checked
//! again at each letter as the server does. `cargo bench --bench keystroke -- DRAFT` measures your own draft, `-- archive` a corpus
//! of 2,000 articles.

#![expect(clippy::print_stdout, reason = "its output is a table")]

#[path = "prose/archive.rs"]
mod archive;
mod prose;

use std::sync::Arc;
use std::time::{Duration, Instant};

use copydesk::check::{Style, check};
use copydesk::corpus::Questions;
use copydesk::document::Document;
use copydesk::features::Rereader;
use copydesk::markup::Format;
use copydesk::reader::{link, read_block};
use copydesk::rules::{Case, RULES};
use copydesk::workspace::{Overrides, Setting};

fn main() {
    let drafts: Vec<String> = std::env::args().skip(1).filter(|argument| !argument.starts_with("--")).collect();
    if drafts == ["archive"] {
        let folder = tempfile::tempdir().expect("a folder can be made");
        archive::write(folder.path());
        let overrides = Overrides { corpus: vec![folder.path().to_owned()], ..Overrides::default() };
        let setting = Setting::load(None, &overrides).expect("made-up articles can be read");
        return table(&format!("10,000 words, {} articles", archive::ARTICLES), &prose::article(7, 10_000), &setting);
    }
    let setting = Setting::load(None, &Overrides::default()).expect("the built-in setting loads");
    if drafts.is_empty() {
        for words in [500, 2_000, 10_000] {
            table(&format!("{words} words"), &prose::article(7, words), &setting);
        }
    }
    for path in &drafts {
        table(path, &std::fs::read_to_string(path).expect("a draft to read"), &setting);
    }
}

/// What is typed: a name, a title, a figure and a date, so that nothing of a check is spared.
const TYPED: &str = "The governor told reporters on Thursday that three of the boats had left Larsund for Vik before the storm, and that talks \
    with Anna Brandvold of the harbour council would go on until 12 May.";

/// The texts of a draft while somebody types a paragraph in its middle, letter by letter.
fn versions(text: &str) -> impl Iterator<Item = Arc<str>> {
    let middle = text.len() / 2 + text[text.len() / 2..].find("\n\n").unwrap_or_default();
    (0..=TYPED.len()).map(move |typed| format!("{}\n\n{}{}", &text[..middle], &TYPED[..typed], &text[middle..]).into())
}

fn table(name: &str, text: &str, setting: &Setting) {
    let style = Style { config: &setting.config, as_of: None };
    let mut steps: Vec<(String, Vec<Duration>)> = Vec::new();
    let mut spent = |step: &str, time: Duration| match steps.iter_mut().find(|(known, _)| known == step) {
        Some((_, times)) => times.push(time),
        None => steps.push((step.to_owned(), vec![time])),
    };
    let mut rereader = Rereader::default();
    for version in versions(text) {
        let start = Instant::now();
        let draft = rereader
            .draft(Document::parse(version.clone(), Format::Markdown), &*setting.corpus, style)
            .expect("a corpus in memory answers");
        spent("**all**", start.elapsed());

        let start = Instant::now();
        let document = Document::parse(version, Format::Markdown);
        spent("find the prose", start.elapsed());
        let longest = document.blocks().iter().max_by_key(|block| block.text.len()).expect("a draft with prose");
        let start = Instant::now();
        std::hint::black_box(read_block(longest));
        spent("read the longest block", start.elapsed());
        let blocks = draft.reading.blocks.clone();
        let start = Instant::now();
        let reading = link(&document, blocks);
        spent("link the blocks", start.elapsed());
        let start = Instant::now();
        std::hint::black_box(Questions::left_open(&reading, &draft.dossier));
        spent("find what is left to ask", start.elapsed());
        let start = Instant::now();
        std::hint::black_box(draft.dossier.clone());
        spent("hand out the answers", start.elapsed());
        let start = Instant::now();
        std::hint::black_box(check(&document, &reading, &draft.dossier, style));
        spent("check", start.elapsed());
        let case = Case::new(&document, &reading, &draft.dossier, document.date());
        for rule in RULES {
            let start = Instant::now();
            std::hint::black_box((rule.check)(&case));
            spent(&format!("· {}", rule.info.name), start.elapsed());
        }
    }
    println!("| {name} | ms, p50 | p99 |\n| --- | --- | --- |");
    for (step, times) in &mut steps {
        // The first version is read from nothing.
        let times = &mut times[1..];
        times.sort_unstable();
        let at = |percent: usize| times[times.len() * percent / 100].as_secs_f64() * 1e3;
        println!("| {step} | {:.2} | {:.2} |", at(50), at(99));
    }
    println!();
}
