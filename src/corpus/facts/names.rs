//! Whom and what a source names, what it calls them, how it abbreviates them and where it puts them.

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use super::{AcronymFact, Gathered, NameFact, PlacementFact, Said, TitleFact};
use crate::corpus::Source;
use crate::document::ProseSpan;
use crate::gazetteer::{exonyms, without_prefix};
use crate::reader::{MentionKind, PersonName, Reading, Subject, SubjectId, SubjectKind, placements};
use crate::text::{folded, name_key, sound_key, stable_hash};

/// Names that may be spellings of one: of people those whose surnames end alike in sound, of all else those that the gazetteer takes for
/// one, or that are written alike. Whoever is merged into one record is of one group.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct GroupId(u64);

impl GroupId {
    /// `key` is that of the form.
    pub fn of(kind: SubjectKind, form: &str, key: &str) -> Self {
        if kind == SubjectKind::Person {
            return Self(stable_hash(&["person", &sound_key(&bare_surname(&folded(form)))]));
        }
        let first = exonyms(key).and_then(|mut spellings| spellings.next());
        Self(first.map_or_else(|| stable_hash(&["name", key]), |first| stable_hash(&["name", &name_key(first)])))
    }

    pub const fn number(self) -> u64 {
        self.0
    }
}

/// The last word of a surname, without what may stand before it or be part of it: "sharif" for "al-Sharif" and "Alsharif". Neither case
/// nor small words tell the group, since they differ between spellings of one name.
fn bare_surname(folded: &str) -> String {
    let key = name_key(&PersonName::parse(folded).surname.unwrap_or_default());
    let last = key.rsplit(' ').next().unwrap_or_default();
    let bare = without_prefix(last).filter(|bare| bare.chars().count() >= LEAST_BARE);
    bare.unwrap_or(last).to_owned()
}

/// What is left of a surname without what is written onto it, in letters.
const LEAST_BARE: usize = 3;

pub(super) fn gather(gathered: &mut Gathered<'_>) {
    let source = gathered.source;
    let mut titles = titles(source);
    for (number, subject) in source.reading.subjects.iter().enumerate() {
        let Some(name) = named(number as u32, subject) else { continue };
        let group = name.group;
        let titles = titles.remove(&SubjectId::new(number)).unwrap_or_default();
        gathered.add(first_mention(gathered, subject), Said::Name(NameFact { titles: titles.len() as u32, ..name }));
        for (at, title) in titles {
            gathered.add(at, Said::Title(TitleFact { group, ..title }));
        }
    }
    for subject in &source.reading.subjects {
        let Some(acronym) = subject.acronym.as_deref() else { continue };
        let Some(at) = first_name(&source.reading, subject) else { continue };
        let said = AcronymFact { acronym: acronym.into(), expansion: subject.name.as_str().into() };
        gathered.add(at, Said::Acronym(said));
    }
    for placement in placements(&source.document, &source.reading) {
        let MentionKind::Name(name) = &source.reading.mention(placement.place).kind else { continue };
        let said = PlacementFact {
            place: source.reading.subject(name.subject).name.as_str().into(),
            within: placement.container(),
            words: gathered.words(placement.at),
            region_words: placement.region.as_ref().or(placement.county.as_ref()).map(|land| gathered.words(land.at)),
        };
        gathered.add(placement.at, Said::Placement(said));
    }
}

/// None for a name of nothing but marks.
fn named(number: u32, subject: &Subject) -> Option<NameFact> {
    let form = subject.name.split_whitespace().collect::<Vec<_>>().join(" ");
    let form = form.strip_prefix("the ").or(form.strip_prefix("The ")).unwrap_or(&form);
    (!subject.key.is_empty()).then(|| NameFact {
        subject: number,
        group: GroupId::of(subject.kind, form, &subject.key),
        kind: subject.kind,
        form: form.into(),
        key: subject.key.clone(),
        acronym: subject.acronym.as_deref().map(Into::into),
        titles: 0,
    })
}

/// Where the fullest name stands first.
fn first_mention(gathered: &Gathered<'_>, subject: &Subject) -> ProseSpan {
    let source = gathered.source;
    let mut mentions = subject.mentions.iter().map(|&id| source.reading.mention(id).at);
    let first = mentions.clone().find(|&at| source.document.words(at) == subject.name);
    first.or_else(|| mentions.next()).unwrap_or_default()
}

fn first_name(reading: &Reading, subject: &Subject) -> Option<ProseSpan> {
    let mut mentions = subject.mentions.iter().map(|&id| reading.mention(id));
    mentions.find(|mention| matches!(mention.kind, MentionKind::Name(_))).map(|mention| mention.at)
}

/// What the source calls each of its people; what a correction or a quotation says is left out.
fn titles(source: &Source) -> FxHashMap<SubjectId, Vec<(ProseSpan, TitleFact)>> {
    let reading = &source.reading;
    let mut titles: FxHashMap<SubjectId, Vec<(ProseSpan, TitleFact)>> = FxHashMap::default();
    for mention in &reading.mentions {
        let MentionKind::Title(title) = &mention.kind else { continue };
        let Some(holder) = title.holder.map(|holder| reading.mention(holder)) else { continue };
        let MentionKind::Name(name) = &holder.kind else { continue };
        if title.alone || mention.in_quote || reading.is_in_correction(mention.at) {
            continue;
        }
        let said = TitleFact {
            subject: name.subject.index() as u32,
            group: GroupId::default(),
            role: title.role.as_ref().into(),
            of: title.of.as_deref().map(Into::into),
            status: title.status,
            before_name: holder.at.span.start >= mention.at.span.end && holder.at.block == mention.at.block,
            words: source.document.words(mention.at).into(),
            behind: title.behind.map(|span| source.document.words(ProseSpan { span, ..mention.at }).into()),
        };
        titles.entry(name.subject).or_default().push((mention.at, said));
    }
    titles
}
