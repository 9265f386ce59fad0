//! A draft with its sources, made up for a test, and what copydesk finds in it.

use std::sync::Arc;

use copydesk::check::{Rereader, Style};
use copydesk::config::Config;
use copydesk::corpus::{Corpus, MemoryCorpus, Source, SourceHeader};
use copydesk::document::Document;
use copydesk::finding::Finding;
use copydesk::markup::Format;
use copydesk::stylebook::{Desk, Stylebook};

#[derive(Clone, Debug, Default)]
pub(crate) struct Example {
    /// Header and text of each source.
    pub(crate) sources: Vec<(SourceHeader, String)>,
    pub(crate) stylebook: Option<String>,
    pub(crate) draft_name: String,
    pub(crate) draft: String,
}

impl Example {
    pub(crate) fn add_source(&mut self, name: &str, attributes: &str, text: String) {
        let header = SourceHeader {
            id: name.to_owned(),
            outlet: attribute(attributes, "outlet"),
            published: attribute(attributes, "published").map(|date| date.parse().expect("`published` is a date")),
            ..SourceHeader::default()
        };
        self.sources.push((header, text));
    }

    pub(crate) fn document(&self) -> Document {
        parse(&self.draft_name, &self.draft)
    }

    pub(crate) fn corpus(&self) -> MemoryCorpus {
        let read = |(header, text): &(SourceHeader, String)| Source::read(header.clone(), parse(&header.id, text));
        MemoryCorpus::new(self.sources.iter().map(read))
    }

    /// The same on disk, in a folder.
    #[cfg(feature = "archive")]
    pub(crate) fn archive(&self, folder: &std::path::Path) -> copydesk::corpus::Answering<copydesk::archive::DiskStore> {
        use copydesk::archive::{Builder, DiskStore, Packed};
        let mut builder = Builder::new(folder).expect("is writable");
        for (header, text) in &self.sources {
            let facts = copydesk::corpus::Facts::of(&Source::read(header.clone(), parse(&header.id, text)));
            builder.add(Packed::of(&facts).expect("is small")).expect("is writable");
        }
        builder.finish().expect("is writable");
        copydesk::corpus::Answering::over(DiskStore::open(folder).expect("is there"))
    }

    pub(crate) fn findings(&self) -> Vec<Finding> {
        let (stylebook, faults) = Stylebook::parse(self.stylebook.as_deref().unwrap_or_default(), "stylebook.toml", None);
        assert_eq!(faults, [], "the stylebook is sound");
        self.findings_against(&Desk::new(Arc::new(self.corpus()), stylebook, true))
    }

    #[cfg(feature = "archive")]
    pub(crate) fn findings_on_disk(&self, folder: &std::path::Path) -> Vec<Finding> {
        let (stylebook, _) = Stylebook::parse(self.stylebook.as_deref().unwrap_or_default(), "stylebook.toml", None);
        self.findings_against(&Desk::new(Arc::new(self.archive(folder)), stylebook, true))
    }

    pub(crate) fn findings_against(&self, corpus: &dyn Corpus) -> Vec<Finding> {
        let style = Style { config: &Config::default(), as_of: None };
        let mut rereader = Rereader::default();
        let draft = rereader.draft(self.document(), corpus, style).expect("a corpus in memory answers");
        draft.tried(rereader, corpus, style).findings
    }
}

fn parse(name: &str, text: &str) -> Document {
    Document::parse(Arc::from(text), Format::of_path(name))
}

/// `key="value"` or `key=value` among attributes.
fn attribute(attributes: &str, key: &str) -> Option<String> {
    let from = attributes.find(&format!("{key}="))? + key.len() + 1;
    let rest = &attributes[from..];
    Some(match rest.strip_prefix('"') {
        Some(quoted) => quoted.split('"').next().unwrap_or_default().to_owned(),
        None => rest.split_whitespace().next().unwrap_or_default().to_owned(),
    })
}
