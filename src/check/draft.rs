//! A draft with what is known of it: the one value that the command, the editor and every report look at.

use std::ops::Deref;
use std::sync::{Arc, OnceLock};

use super::{Fingerprint, Found, GoOn, Style, check_while, fingerprint};
use crate::corpus::Dossier;
use crate::document::Document;
use crate::finding::Finding;
use crate::reader::{MentionId, Reading};

/// One version of a draft as read, with what the corpus attests of what it mentions.
#[derive(Clone, Debug)]
pub struct ReadDraft {
    pub document: Document,
    pub reading: Reading,
    pub dossier: Arc<Dossier>,
}

impl ReadDraft {
    /// With its findings.
    #[must_use]
    pub fn checked(self, style: Style<'_>) -> Draft {
        self.checked_while(style, &|| true)
    }

    /// With what is found in it while it goes on.
    pub(super) fn checked_while(self, style: Style<'_>, go_on: GoOn<'_>) -> Draft {
        let Found { findings, silenced, is_whole } = check_while(&self.document, &self.reading, &self.dossier, style, go_on);
        let mut draft = Draft { read: self, findings, prints: OnceLock::new(), set_aside: Vec::new(), is_whole };
        let silenced_prints = draft.prints_of(silenced.iter().map(|(finding, _)| finding));
        let silenced = silenced.into_iter().zip(silenced_prints);
        draft.set_aside = silenced.map(|((finding, why), print)| SetAside { finding, print, why: Why::Stet(why) }).collect();
        draft
    }

    /// As it is, with nothing found in it.
    pub(super) fn unfinished(self) -> Draft {
        Draft { read: self, findings: Vec::new(), prints: OnceLock::new(), set_aside: Vec::new(), is_whole: false }
    }

    /// The mentions that a cursor at a byte of the source touches, the shortest first.
    pub fn mentions_at(&self, offset: u32) -> Vec<MentionId> {
        self.document.prose_at(offset).map(|at| self.reading.at(at)).unwrap_or_default()
    }
}

/// A draft as read and checked.
#[derive(Clone, Debug)]
pub struct Draft {
    read: ReadDraft,
    /// By position. Taken out by [`Draft::sort_out`] alone: each is told from others like it by all of them.
    pub findings: Vec<Finding>,
    /// Those of the findings, for the first who asks: while somebody types nobody does.
    prints: OnceLock<Vec<Fingerprint>>,
    /// What was found and isn't told.
    pub set_aside: Vec<SetAside>,
    /// Whether all of it was read and all rules were asked.
    pub is_whole: bool,
}

/// A finding that isn't told.
#[derive(Clone, Debug)]
pub struct SetAside {
    pub finding: Finding,
    pub print: Fingerprint,
    pub why: Why,
}

/// Why a finding isn't told, with the reason that somebody has given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Why {
    /// A mark in the draft lets it stand.
    Stet(Option<String>),
    /// The desk's baseline has it.
    Accepted(Option<String>),
}

/// What becomes of a finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fate {
    Told,
    SetAside(Why),
    /// Nobody asked for it.
    LeftOut,
}

impl Deref for Draft {
    type Target = ReadDraft;

    fn deref(&self) -> &ReadDraft {
        &self.read
    }
}

impl Draft {
    /// The sentence that a finding stands in, as read; empty for what is no prose.
    pub fn sentence(&self, finding: &Finding) -> &str {
        sentence_of(&self.document, &self.reading, finding)
    }

    /// The findings, each with its fingerprint.
    pub fn fingerprinted(&self) -> impl Iterator<Item = (&Finding, Fingerprint)> {
        self.findings.iter().zip(self.prints().iter().copied())
    }

    fn prints(&self) -> &[Fingerprint] {
        self.prints.get_or_init(|| self.prints_of(&self.findings))
    }

    /// Keeps of the findings what is told, and sets aside what is to be.
    pub fn sort_out(&mut self, fate: impl Fn(&Finding, Fingerprint) -> Fate) {
        let prints = self.prints().to_vec();
        let mut told = Vec::with_capacity(prints.len());
        for (finding, print) in std::mem::take(&mut self.findings).into_iter().zip(prints) {
            match fate(&finding, print) {
                Fate::Told => {
                    self.findings.push(finding);
                    told.push(print);
                }
                Fate::SetAside(why) => self.set_aside.push(SetAside { finding, print, why }),
                Fate::LeftOut => {}
            }
        }
        self.prints = OnceLock::from(told);
    }

    /// Lets go of the fixes: its text is not that of its file, so that no edit of the one is one of the other.
    pub fn take_fixes(&mut self) {
        for finding in &mut self.findings {
            finding.fixes.clear();
        }
    }

    /// Lets go of what it was read from, which takes many times the room of its text: for who has as many drafts as there are files and
    /// tells no more of them than their findings.
    #[must_use]
    pub fn for_reports(mut self) -> Self {
        self.prints();
        (self.read.reading, self.read.dossier) = (Reading::default(), Arc::default());
        self
    }

    fn prints_of<'a>(&self, findings: impl IntoIterator<Item = &'a Finding>) -> Vec<Fingerprint> {
        fingerprints(&self.document, &self.reading, findings)
    }
}

/// The fingerprints of all that was found in a text.
pub fn fingerprints<'a>(document: &Document, reading: &Reading, findings: impl IntoIterator<Item = &'a Finding>) -> Vec<Fingerprint> {
    let said = findings.into_iter().map(|finding| (finding, sentence_of(document, reading, finding)));
    fingerprint::all(said, document.source())
}

fn sentence_of<'a>(document: &'a Document, reading: &Reading, finding: &Finding) -> &'a str {
    document.prose_at(finding.span.start).map_or("", |at| document.words(reading.sentence(at)))
}
