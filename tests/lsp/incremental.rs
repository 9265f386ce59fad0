//! Checking the next version of a draft gives what checking it anew gives, whatever was changed.

use copydesk::check::Style;
use copydesk::config::Config;
use copydesk::document::Document;
use copydesk::features::Rereader;
use copydesk::markup::Format;

use super::client::corpus_of;
use super::dice::Dice;

const SOURCE: &str =
    "Foreign Minister Anja Solvang said on 3 May 2024 that 120 people had left Oslo.\n\n“We count them all,” Solvang said.\n";

const PASTED: &str = "It rained for a while, and then it stopped.\n\n";

/// Pieces of drafts, well-formed and not.
const PIECES: &[&str] = &[
    "Foreign Minister Anja Solvang",
    "Defence Minister Anja Solvangg",
    "Solvang",
    " said 130 people had left Oslo. ",
    "“We count all of them,” she said.",
    "on Friday, 3 May 2024",
    "\r\n\r\n",
    "\n\n# ",
    "\u{2028}",
    "😀",
    "e\u{301}",
    "<!-- stet -->",
    "| a | b |\n| --- | --- |\n",
    "> ",
    "**",
    "&amp;",
    "\r",
];

/// 400 edits, or as many as `COPYDESK_EDITS` says.
#[test]
fn after_each_of_many_edits_with_undo_and_a_large_paste() {
    let edits = std::env::var("COPYDESK_EDITS").ok().and_then(|edits| edits.parse().ok()).unwrap_or(400_usize);
    let corpus = corpus_of(SOURCE);
    let config = Config::default();
    let style = Style { config: &config, as_of: None };
    let check = |rereader: &mut Rereader, text: &str| {
        rereader.draft(Document::parse(text.into(), Format::Markdown), &*corpus, style).expect("the corpus is in memory")
    };
    let mut dice = Dice(20_250_503);
    let mut typing = Rereader::default();
    let mut text = SOURCE.repeat(3);
    let mut before: Vec<String> = Vec::new();
    let mut found = 0;
    for edit in 0..edits {
        if edit == edits / 2 {
            before.push(text.clone());
            text.push_str(&PASTED.repeat((1 << 20) / PASTED.len()));
        } else if edit == edits / 2 + 1 || dice.roll(12) == 0 {
            text = before.pop().unwrap_or_default();
        } else {
            before.push(text.clone());
            before.drain(..before.len().saturating_sub(8));
            let at = |offset: usize| (0..=offset).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0);
            let start = at(dice.roll(text.len() + 1));
            let end = at((start + dice.roll(12)).min(text.len())).max(start);
            text.replace_range(start..end, PIECES[dice.roll(PIECES.len())]);
        }
        if text.len() > 2_000 && edit != edits / 2 {
            SOURCE.clone_into(&mut text);
        }
        let typed = check(&mut typing, &text);
        let anew = check(&mut Rereader::default(), &text);
        assert_eq!(typed.reading.mentions, anew.reading.mentions, "edit {edit}: {text:?}");
        assert_eq!(format!("{:?}", typed.findings), format!("{:?}", anew.findings), "edit {edit}: {text:?}");
        found += anew.findings.len();
    }
    assert!(found > 0, "the drafts should give the rules something to say");
}
