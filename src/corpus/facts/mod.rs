//! Everything that one source attests, as plain values: what a store keeps, and what answers are made of. [`Facts::of`] is the only code
//! that walks a source's reading; once it has, the reading can be dropped.
//!
//! Facts hold no borrow and no place in another text but where their words stand, so that they can be written down, read back, compared and
//! taken away again.

mod names;
mod quotes;
mod values;
mod written;

use std::ops::Range;
use std::sync::Arc;

use jiff::civil::Date;
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

pub use names::GroupId;
pub use written::NoFacts;

use super::quotes::Speaker;
use super::{Account, Matter, Source, SourceHeader};
use crate::document::ProseSpan;
use crate::reader::{Container, Context, DateMention, Figure, SpeakerBasis, Status, SubjectKind};
use crate::text::{Position, StableHash, stable_hash};

/// A source, whichever store it is kept in: a hash of what evidence calls it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct SourceId(u64);

impl SourceId {
    pub fn of(header: &SourceHeader) -> Self {
        Self(stable_hash(&["source", &header.id]))
    }

    pub const fn number(self) -> u64 {
        self.0
    }

    /// The one of this number.
    pub const fn numbered(number: u64) -> Self {
        Self(number)
    }
}

/// What is known of a source as a whole.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Brief {
    pub header: Arc<SourceHeader>,
    /// What a draft may retell.
    pub account: Account,
    /// The figures and dates among [`Facts::all`].
    pub values: Range<u32>,
}

/// What one source attests.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Facts {
    pub id: SourceId,
    /// A hash of all that was read: two of one print say the same.
    pub print: u64,
    pub brief: Arc<Brief>,
    /// The sentences that facts stand in, each once.
    pub sentences: Vec<Arc<str>>,
    /// In the order of the text within a kind.
    pub all: Vec<Arc<Fact>>,
}

/// One thing that a source attests, with the words that bear it out.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Fact {
    /// The words, in the source's file.
    pub start: Position,
    pub end: Position,
    /// An index into [`Facts::sentences`].
    pub sentence: u32,
    pub said: Said,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Said {
    Name(NameFact),
    Title(TitleFact),
    Acronym(AcronymFact),
    Placement(PlacementFact),
    Figure(FigureFact),
    Date(DateFact),
    Quote(QuoteFact),
}

/// A person, place or organisation of a source by the fullest name there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NameFact {
    /// Its number among those of the source.
    pub subject: u32,
    pub group: GroupId,
    pub kind: SubjectKind,
    /// Without "the" before it.
    pub form: Arc<str>,
    /// As [`crate::text::name_key`] gives it.
    pub key: Arc<str>,
    pub acronym: Option<Box<str>>,
    /// How many of the facts behind it are what the source calls it.
    pub titles: u32,
}

/// What a source calls a person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TitleFact {
    /// Whose it is: the number and the group of the name.
    pub subject: u32,
    pub group: GroupId,
    /// Normalised head, as in [`crate::reader::Title`].
    pub role: Box<str>,
    pub of: Option<Box<str>>,
    pub status: Status,
    /// Whether it stands before the name.
    pub before_name: bool,
    /// As written.
    pub words: Box<str>,
    /// Where what it is of stands behind the name, the words that say so: "of Larsund County".
    pub behind: Option<Box<str>>,
}

/// "European Space Agency (ESA)", as written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AcronymFact {
    pub acronym: Box<str>,
    pub expansion: Box<str>,
}

/// Where a source puts a place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlacementFact {
    pub place: Box<str>,
    pub within: Container,
    /// The words that say so, and those that say the region.
    pub words: Box<str>,
    pub region_words: Option<Box<str>>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FigureFact {
    pub figure: Arc<Figure>,
    /// The number with its unit.
    pub words: Box<str>,
    pub others: Others,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DateFact {
    pub date: DateMention,
    pub words: Box<str>,
    /// As [`super::DateQuestion::is_of_speech`].
    pub of_speech: bool,
    pub context: Arc<Context>,
    pub others: Others,
}

/// How many other values of the kind a source gives.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Others {
    pub in_sentence: u32,
    pub in_source: u32,
}

/// What somebody is quoted as saying.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuoteFact {
    /// All its parts; an ellipsis stands where words may have been left out between two.
    pub words: Box<str>,
    pub speaker: Option<Speaker>,
    pub basis: SpeakerBasis,
    /// Whether the source says that it corrects a quotation.
    pub corrected: bool,
    /// Its parts but for the first.
    pub further: Box<[Part]>,
}

/// A further part of an utterance, and where it stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    /// Where it begins in the words of the whole, in bytes.
    pub from: u32,
    pub start: Position,
    pub end: Position,
    /// As [`Fact::sentence`].
    pub sentence: u32,
}

impl Said {
    /// What a figure or a date is found by.
    pub fn context(&self) -> Option<(Matter, &Context)> {
        match self {
            Self::Figure(said) => Some((Matter::Figure, &said.figure.context)),
            Self::Date(said) => Some((Matter::Date, &said.context)),
            _ => None,
        }
    }

    /// Of a figure or a date, how many others there are.
    pub const fn others(&self) -> Others {
        match self {
            Self::Figure(said) => said.others,
            Self::Date(said) => said.others,
            _ => Others { in_sentence: 0, in_source: 0 },
        }
    }
}

impl Facts {
    pub fn of(source: &Source) -> Self {
        let mut gathered = Gathered { source, sentences: Vec::new(), by_place: FxHashMap::default(), all: Vec::new() };
        names::gather(&mut gathered);
        let first = gathered.all.len() as u32;
        values::gather(&mut gathered);
        let values = first..gathered.all.len() as u32;
        quotes::gather(&mut gathered);
        let Gathered { sentences, mut all, .. } = gathered;
        all.shrink_to_fit();
        let header = source.header.clone();
        let account = Account::of(&source.reading, header.published);
        Self { id: SourceId::of(&header), print: print(source), brief: Arc::new(Brief { header, account, values }), sentences, all }
    }

    /// The source's own date.
    pub fn published(&self) -> Option<Date> {
        self.brief.header.published
    }

    /// What it adds to the generation of a store: that is the sum over all sources, so that whatever way led there, the same sources are
    /// the same generation.
    pub fn share(&self) -> u64 {
        share(self.id, self.print)
    }

    /// The sentence that a fact of this source stands in, and those of its further parts.
    pub fn sentences_of(&self, fact: &Fact) -> (Arc<str>, Box<[Arc<str>]>) {
        let sentence = |number: u32| self.sentences.get(number as usize).cloned().unwrap_or_default();
        let further = match &fact.said {
            Said::Quote(quote) => quote.further.iter().map(|part| sentence(part.sentence)).collect(),
            _ => Box::default(),
        };
        (sentence(fact.sentence), further)
    }
}

/// As [`Facts::share`], of the source with this id and print.
pub fn share(id: SourceId, print: u64) -> u64 {
    StableHash::default().number(id.number()).number(print).finish()
}

fn print(source: &Source) -> u64 {
    let header = &source.header;
    let [date, updated] = [header.published, header.updated].map(|date| date.map(|date| date.to_string()));
    let file = header.file.as_deref().map(|file| file.to_string_lossy());
    let said = [
        Some(&*header.id),
        header.outlet.as_deref(),
        date.as_deref(),
        updated.as_deref(),
        header.headline.as_deref(),
        header.url.as_deref(),
        header.byline.as_deref(),
        header.language.as_deref(),
        file.as_deref(),
    ];
    let hash =
        said.into_iter().fold(StableHash::default(), |hash, part| hash.number(u64::from(part.is_some())).text(part.unwrap_or_default()));
    // An article that moves within its file is cited elsewhere.
    let start = source.document.position(0);
    let hash = header.edition.printed(hash.number(header.standing as u64)).number(start.line.into()).number(start.offset.into());
    hash.bytes(source.document.source().as_bytes()).finish()
}

/// Facts in the making.
struct Gathered<'a> {
    source: &'a Source,
    sentences: Vec<Arc<str>>,
    by_place: FxHashMap<ProseSpan, u32>,
    all: Vec<Arc<Fact>>,
}

impl Gathered<'_> {
    /// Adds what the words at `at` bear out.
    fn add(&mut self, at: ProseSpan, said: Said) {
        let (start, end, sentence) = self.place(at);
        self.all.push(Arc::new(Fact { start, end, sentence, said }));
    }

    /// Where the words at `at` stand: from, to, and the number of their sentence.
    fn place(&mut self, at: ProseSpan) -> (Position, Position, u32) {
        let document = &self.source.document;
        let sentence = self.source.reading.sentence(at);
        let next = self.sentences.len() as u32;
        let number = *self.by_place.entry(sentence).or_insert(next);
        if number == next {
            self.sentences.push(document.words(sentence).trim().into());
        }
        let span = document.to_source(at);
        (document.position(span.start), document.position(span.end), number)
    }

    fn words(&self, at: ProseSpan) -> Box<str> {
        self.source.document.words(at).into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Document;
    use crate::markup::Format;

    const ARTICLE: &str = "---\ndate: 2024-03-01\noutlet: The Courier\n---\n\nTransport Minister Ada Quill opened the 12.5-mile tunnel in Larsund, \
        in western Kenya, on Monday, which cost £40m.\n\nThe Harbour Union (HU) said that about 300 people were injured two weeks ago. “We will \
        not leave a single farm under water,” Quill said.\n";

    fn facts(id: &str, text: &str) -> Facts {
        let header = SourceHeader { id: id.to_owned(), ..SourceHeader::default() };
        Facts::of(&Source::read(header, Document::parse(text.into(), Format::Markdown)))
    }

    #[test]
    fn facts_are_read_back_as_they_were_written() {
        let facts = facts("a.md", ARTICLE);
        let kinds = |wanted: fn(&Said) -> bool| facts.all.iter().filter(|fact| wanted(&fact.said)).count();
        assert!(kinds(|said| matches!(said, Said::Name(_))) >= 3);
        assert!(kinds(|said| matches!(said, Said::Figure(_))) >= 3);
        for wanted in [
            |said: &Said| matches!(said, Said::Title(_)),
            |said: &Said| matches!(said, Said::Acronym(_)),
            |said: &Said| matches!(said, Said::Placement(_)),
            |said: &Said| matches!(said, Said::Date(_)),
            |said: &Said| matches!(said, Said::Quote(_)),
        ] {
            assert!(kinds(wanted) > 0, "{facts:#?}");
        }
        let json = serde_json::to_string(&facts).expect("plain data");
        assert_eq!(serde_json::from_str::<Facts>(&json).expect("as written"), facts);
        let bytes = postcard::to_allocvec(&facts).expect("plain data");
        assert_eq!(postcard::from_bytes::<Facts>(&bytes).expect("as written"), facts);
        assert!(serde_json::from_str::<Facts>(&json.replace("\"GBP\"", "\"GPB\"")).is_err(), "a currency that no table has");
    }

    #[test]
    fn a_sentence_is_kept_once_whatever_stands_in_it() {
        let facts = facts("a.md", ARTICLE);
        let mut sentences = facts.sentences.clone();
        sentences.sort();
        sentences.dedup();
        assert_eq!((sentences.len(), facts.sentences.len()), (3, 3), "{:?}", facts.sentences);
    }

    #[test]
    fn a_print_tells_texts_and_headers_apart() {
        let one = facts("a.md", ARTICLE);
        assert_eq!(one.print, facts("a.md", ARTICLE).print);
        assert_ne!(one.print, facts("b.md", ARTICLE).print);
        assert_ne!(one.print, facts("a.md", &ARTICLE.replace("12.5", "13.5")).print);
        assert_eq!(one.id, facts("a.md", "It rained.").id);
    }
}
