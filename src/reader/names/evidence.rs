//! How much each piece of evidence speaks for a name being a person, a place, an organisation, or none of them. The
//! weights are `data/name_evidence.tsv`; they add up, and the highest sum wins.

use std::sync::LazyLock;

use crate::data;
use crate::reader::SubjectKind;

macro_rules! evidence {
    ($($variant:ident $name:literal),+ $(,)?) => {
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(super) enum Evidence {
            $($variant),+
        }

        const NAMES: &[&str] = &[$($name),+];
    };
}

evidence! {
    Leader "leader",
    OneWord "one-word",
    TwoWords "two-words",
    ThreeWords "three-words",
    ManyWords "many-words",
    InitialWithin "initial-within",
    GivenFirst "given-first",
    GivenOnly "given-only",
    FamilyLast "family-last",
    UnknownLastOfGiven "unknown-last-of-given",
    SurnameEnding "surname-ending",
    ParticleWithin "particle-within",
    SuffixLast "suffix-last",
    PluralLast "plural-last",
    ShipFirst "ship-first",
    OrdinaryWord "ordinary-word",
    HeadLast "head-last",
    HeadFirst "head-first",
    HeadWithin "head-within",
    HeadAlone "head-alone",
    PlaceHeadLast "place-head-last",
    PlaceFirst "place-first",
    PlaceHeadAlone "place-head-alone",
    Country "country",
    Region "region",
    BigCity "big-city",
    City "city",
    NearPlace "near-place",
    PlaceWithin "place-within",
    Demonym "demonym",
    DemonymWithin "demonym-within",
    Acronym "acronym",
    KnownOrganisation "known-organisation",
    OtherWord "other-word",
    OtherLast "other-last",
    CalendarWithin "calendar-within",
    LowerInText "lower-in-text",
    LowerWordWithin "lower-word-within",
    OfWithin "of-within",
    CamelCase "camel-case",
    SentenceStartOnly "sentence-start-only",
    AfterTitle "after-title",
    AfterPlacePreposition "after-place-preposition",
    AfterThe "after-the",
    BesideSpeech "beside-speech",
    BeforeAct "before-act",
    BeforeWho "before-who",
    BeforeAge "before-age",
    Possessive "possessive",
    InCommaChain "in-comma-chain",
    BeforeAcronym "before-acronym",
    InBrackets "in-brackets",
    BeforeHyphen "before-hyphen",
    BeforeTitle "before-title",
    AfterDeterminer "after-determiner",
    BeforeApposition "before-apposition",
    AfterBy "after-by",
    BeforeNoun "before-noun",
    Label "label",
    InTitle "in-title",
    AfterShip "after-ship",
    BeforePost "before-post",
    Placed "placed",
    Headed "headed",
    SurnameOfPerson "surname-of-person",
    GivenOfPerson "given-of-person",
    AcronymOfOrganisation "acronym-of-organisation",
    HeadOfOrganisation "head-of-organisation",
    StartOfOrganisation "start-of-organisation",
    Often "often",
}

type Weights = [f32; 4];

static WEIGHTS: LazyLock<Vec<Weights>> = LazyLock::new(|| {
    let mut weights = vec![Weights::default(); NAMES.len()];
    for [name, columns @ ..] in data::NAME_EVIDENCE.rows() {
        let Some(index) = NAMES.iter().position(|known| *known == name) else { continue };
        for (weight, column) in weights[index].iter_mut().zip(columns) {
            *weight = column.parse().unwrap_or_default();
        }
    }
    weights
});

/// The evidence about one name, each piece with how far it holds: 1 is plainly.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Score(Vec<(Evidence, f32)>);

impl Score {
    /// A copy with room for more.
    pub(super) fn with_room(&self) -> Self {
        let mut pieces = Vec::with_capacity(self.0.len() + 16);
        pieces.extend_from_slice(&self.0);
        Self(pieces)
    }

    pub(super) fn add(&mut self, evidence: Evidence) {
        self.add_times(evidence, 1.0);
    }

    pub(super) fn add_if(&mut self, evidence: Evidence, condition: bool) {
        if condition {
            self.add(evidence);
        }
    }

    pub(super) fn add_times(&mut self, evidence: Evidence, times: f32) {
        self.0.push((evidence, times));
    }

    /// The evidence by its names in the table.
    pub(super) fn pieces(&self) -> impl Iterator<Item = (&'static str, f32)> {
        self.0.iter().map(|&(evidence, times)| (NAMES[evidence as usize], times))
    }

    /// The kind that the evidence speaks for; none where it speaks for no name.
    pub(super) fn kind(&self) -> Option<SubjectKind> {
        let mut sums = Weights::default();
        for &(evidence, times) in &self.0 {
            for (sum, weight) in sums.iter_mut().zip(WEIGHTS[evidence as usize]) {
                *sum += weight * times;
            }
        }
        let [person, place, organisation, none] = sums;
        let best = person.max(place).max(organisation);
        if best <= none {
            None
        } else if best <= person {
            Some(SubjectKind::Person)
        } else if best <= place {
            Some(SubjectKind::Place)
        } else {
            Some(SubjectKind::Organisation)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_and_the_code_know_the_same_evidence() {
        assert!(data::NAME_EVIDENCE.rows().map(|[name, ..]| name).eq(NAMES.iter().copied()));
    }
}
