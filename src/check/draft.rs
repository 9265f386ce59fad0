//! A draft with what is known of it: the one value that the command, the editor and every report look at.

use std::ops::Deref;
use std::sync::Arc;

use super::{Fingerprint, GoOn, Style, check_while, fingerprint};
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
        let (findings, is_whole) = check_while(&self.document, &self.reading, &self.dossier, style, go_on);
        Draft { read: self, findings, is_whole }
    }

    /// As it is, with nothing found in it.
    pub(super) fn unfinished(self) -> Draft {
        Draft { read: self, findings: Vec::new(), is_whole: false }
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
    /// By position.
    pub findings: Vec<Finding>,
    /// Whether all of it was read and all rules were asked.
    pub is_whole: bool,
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
        let at = self.document.prose_at(finding.span.start);
        at.map_or("", |at| self.document.words(self.reading.sentence(at)))
    }

    /// The findings, each with its fingerprint.
    pub fn fingerprinted(&self) -> impl Iterator<Item = (&Finding, Fingerprint)> {
        let prints = fingerprint::all(self.findings.iter().map(|finding| (finding, self.sentence(finding))), self.document.source());
        self.findings.iter().zip(prints)
    }
}
