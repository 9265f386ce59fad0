//! The built-in corpus is a demonstration: it says what it is, and speaks only to drafts about its events.

use copydesk::check::{Draft, Rereader, Style};
use copydesk::corpus::Questions;
use copydesk::document::Document;
use copydesk::features::{Messages, hover, lens, tokens};
use copydesk::markup::Format;
use copydesk::text::Span;
use copydesk::workspace::{Overrides, Setting};

fn setting() -> Setting {
    Setting::load(None, &Overrides::default()).expect("the built-in setting loads")
}

fn checked(rereader: &mut Rereader, setting: &Setting, text: &str) -> Draft {
    let document = Document::parse(text.into(), Format::Markdown);
    rereader.draft(document, &*setting.corpus, Style { config: &setting.config, as_of: None }).expect("is in memory")
}

/// The rules that fire in a draft, with the words they point at.
fn found(setting: &Setting, text: &str) -> Vec<(&'static str, String)> {
    let draft = checked(&mut Rereader::default(), setting, text);
    draft.findings.iter().map(|finding| (finding.rule.name, finding.span.text(text).to_owned())).collect()
}

/// Figures, surnames and words that the built-in sources have too, in the news of a village.
const VILLAGE: &str = "# A new roof for the hall\n\nChurchwarden Lucia Rubio set out a 25-point plan on Monday. Rubio said the roof would cost two-thirds \
of what was raised, €80bn in the words of the treasurer, Hugo Kushner, who likes a joke. There were 701 tickets.\n\nIt takes two to \
waltz, said Rubio. The dance is on 3 May, a 60-day wait. About 17% of it is paid for, the European Union gave 200 sq km of felt.\n";

#[test]
fn a_draft_about_other_things_is_left_alone() {
    let setting = setting();
    assert_eq!(found(&setting, VILLAGE), []);
    // What is named in passing, further down, doesn't make it one about the war.
    let passing = "The cake stall raised £350 for Ukraine.";
    let longer = format!("{VILLAGE}\nTea is at four.\n\nMrs Ash won the raffle.\n\n{passing}\n\nThe bus leaves at six.\n\nBring a coat.\n");
    assert_eq!(found(&setting, &longer), []);
}

#[test]
fn a_draft_about_its_events_is_checked() {
    let setting = setting();
    for (text, rule) in [
        ("Zelenskyy wants a 90-day ceasefire.\n", "figure-conflict"),
        ("At the Kremlin, spokesman Oleg Peskov said that talks were possible.\n", "name-conflict"),
        ("The Russian army took 901 sq km of land in Ukraine in November.\n", "figure-conflict"),
        ("Marco Rubbio has flown home.\n", "name-misspelled"),
        ("French Foreign Minister Emmanuel Macron went to Beijing.\n", "title-conflict"),
    ] {
        let rules: Vec<&str> = found(&setting, text).iter().map(|(rule, _)| *rule).collect();
        assert!(rules.contains(&rule), "{text}: {rules:?}");
    }
}

#[test]
fn somebody_with_a_common_surname_is_somebody_else_in_a_draft_about_its_events_too() {
    let setting = setting();
    assert_eq!(found(&setting, "Mayor Lucia Rubio of Boise spoke up for Ukraine.\n"), []);
}

#[test]
fn an_editor_is_told_nothing_of_a_draft_about_other_things_and_why() {
    let setting = setting();
    let check = |text: &str| checked(&mut Rereader::default(), &setting, text);
    let all = |text: &str| Span::of(0..text.len());
    let village = check(VILLAGE);
    assert_eq!((lens(&village), tokens(&village, all(VILLAGE))), (None, Vec::new()));
    let at = VILLAGE.find("Lucia").expect("is there") as u32;
    let told =
        |draft: &Draft, at: u32| hover(draft, &*setting.corpus, at, Messages::Shown).expect("the corpus answers").expect("a name").markdown;
    let village = told(&village, at);
    assert!(village.contains("Not looked for in the 5 sources of the built-in demonstration corpus"), "{village}");
    let about = "Marco Rubio met Vladimir Putin in Moscow.\n";
    let draft = check(about);
    assert!(lens(&draft).is_some() && !tokens(&draft, all(about)).is_empty());
    let told = told(&check("Anna Brandvold went to Kyiv.\n"), 2);
    assert!(told.contains("None of the 5 sources of the built-in demonstration corpus is known to have this name"), "{told}");
}

#[test]
fn what_is_typed_later_may_make_a_draft_one_about_its_events_and_back() {
    let setting = setting();
    let mut rereader = Rereader::default();
    let mut rules = |text: &str| -> Vec<&str> {
        let draft = checked(&mut rereader, &setting, text);
        draft.findings.iter().map(|finding| finding.rule.name).collect()
    };
    let (apart, about) = ("Rubio spoke of a 90-day ceasefire.\n", "Zelenskyy spoke of a 90-day ceasefire.\n");
    assert_eq!(rules(apart), [] as [&str; 0]);
    let fresh: Vec<&str> = found(&setting, about).iter().map(|(rule, _)| *rule).collect();
    assert!(!fresh.is_empty());
    assert_eq!(rules(about), fresh);
    assert_eq!(rules(apart), [] as [&str; 0]);
}

#[test]
fn it_says_what_it_is_and_can_be_asked_without_a_draft() {
    let setting = setting();
    assert!(setting.is_built_in());
    assert_eq!(setting.against(), "the 5 sources of the built-in demonstration corpus");
    assert!(setting.remark().is_some_and(|remark| remark.contains("set `corpus`")));
    assert!(!setting.corpus.search("rubio", 3).expect("is in memory").is_empty());
    assert!(setting.corpus.dossier(&Questions::default()).is_ok_and(|dossier| !dossier.heard.is_apart()));
}
