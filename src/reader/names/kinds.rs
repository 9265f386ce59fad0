//! What kind of name each form of a text is: by its words, by what stands beside its mentions, by the other names.

use std::cell::OnceCell;

use rustc_hash::FxHashSet;

use super::beside_names::BESIDE_NAMES;
use super::candidates::word_hash;
use super::cues::Cues;
use super::evidence::{Evidence, Score};
use super::forms::{Form, Forms};
use super::linking::bare;
use super::person::has_given_of_its_own;
use crate::gazetteer::terms::TermTables;
use crate::gazetteer::{
    PlaceKind, Skeleton, WordClass, is_demonym, is_known_organisation, is_leader, name_use, near_place, places, same_name, script_of,
    surname_ending, word_class,
};
use crate::reader::SubjectKind;
use crate::text::{Slips, is_upper};

impl Forms<'_> {
    /// Says of each form what kind of name it is: first by itself, then by what else the text has.
    pub(super) fn classify(&mut self) {
        for index in 0..self.all.len() {
            let score = self.own_evidence(&self.all[index]);
            self.all[index].kind = score.kind();
            self.all[index].score = score;
        }
        let neighbours = Neighbours::of(&self.all);
        let slips: Slips<'_> = neighbours.surnames.iter().copied().collect();
        let acronyms: FxHashSet<usize> = self.acronyms.iter().map(|&(_, acronym)| acronym).collect();
        for index in 0..self.all.len() {
            let mut score = std::mem::take(&mut self.all[index].score);
            neighbours.evidence(&self.all[index], &slips, acronyms.contains(&index), &mut score);
            self.all[index].score = score;
        }
        for form in &mut self.all {
            form.kind = form.score.kind();
        }
    }

    fn own_evidence(&self, form: &Form<'_>) -> Score {
        let mut score = form.own_words().evidence.with_room();
        let lower = |word: &str| word.len() > 2 && self.lower.contains(&word_hash(word));
        if form.words.len() == 1 {
            score.add_if(Evidence::LowerInText, lower(&form.words[0]));
        } else {
            score.add_if(
                Evidence::LowerWordWithin,
                form.words.iter().enumerate().any(|(at, word)| {
                    let is_given = || at == 0 && is_given_before_name(form.words) && !lower(&form.words[1]);
                    lower(word) && !word_class(word).is(WordClass::LEAD.with(WordClass::LEAD_OR_GIVEN)) && !is_given()
                }),
            );
        }
        // Letters that may as well be initials lead a ship's name where a ship is spoken of.
        let of_ship = || form.words.len() > 1 && word_class(&form.words[0]).is(WordClass::SHIP_INITIALS) && leads_in_capitals(form);
        score.add_if(Evidence::ShipFirst, (form.beside.has(Cues::AFTER_THE) || form.beside.has(Cues::AFTER_SHIP)) && of_ship());
        context_evidence(form, &mut score);
        score
    }
}

/// Whether the first of several words is a given name, be it also another word, and the second one nothing but a name: "Rose Brandvold".
pub(super) fn is_given_before_name(words: &[Box<str>]) -> bool {
    let [first, second, ..] = words else { return false };
    let name = name_use(second);
    name_use(first).given
        && !word_class(first).is(WordClass::HEAD)
        && !name.ordinary
        && word_class(second) == WordClass::NONE
        && (name.family || places(second).next().is_none())
}

/// Whether the first word, and not all of them, is in capitals: "MV Larsund".
fn leads_in_capitals(form: &Form<'_>) -> bool {
    is_upper(form.written.split(' ').next().unwrap_or_default()) && !form.upper
}

/// What the words of a form say, as they are written.
pub(super) fn form_evidence(form: &Form<'_>) -> Score {
    let mut score = Score::default();
    let words = form.words;
    let (Some(first), Some(last)) = (words.first(), words.last()) else { return score };
    let count = words.len();
    score.add(match count {
        1 => Evidence::OneWord,
        2 => Evidence::TwoWords,
        3 => Evidence::ThreeWords,
        _ => Evidence::ManyWords,
    });
    let class = |word: &str| word_class(word);
    let (first_class, last_class) = (class(first), class(last));
    let (first_use, last_use) = (name_use(first), name_use(last));
    let key = words.join(" ");
    let letters = form.written.chars().filter(|c| c.is_alphabetic()).count();
    let upper = is_upper(&form.written) && letters >= 2;
    let place = places(&key).next();
    if let Some(place) = place {
        score.add(match place.kind {
            PlaceKind::Country => Evidence::Country,
            PlaceKind::Region | PlaceKind::Other => Evidence::Region,
            PlaceKind::City if places(&key).any(|place| place.population >= 300) => Evidence::BigCity,
            PlaceKind::City => Evidence::City,
        });
    }
    let minor = place.is_none_or(|_| places(&key).all(|place| place.kind == PlaceKind::City && place.population < 300));
    score.add_if(Evidence::Leader, minor && is_leader(&form.written));
    let acronym = count == 1 && upper && letters <= 7;
    score.add_if(Evidence::KnownOrganisation, place.is_none() && is_known_organisation(form.written.trim_start_matches("the ")));
    score.add_if(Evidence::Acronym, acronym && place.is_none());
    let demonym = form.written.split([' ', '-']).next().is_some_and(is_demonym);
    if count == 1 {
        score.add_if(Evidence::Demonym, demonym);
        score.add_if(Evidence::GivenOnly, first_use.given);
        score.add_if(Evidence::FamilyLast, last_use.family);
        score.add_if(Evidence::SurnameEnding, !last_use.family && surname_ending(last));
        score.add_if(Evidence::OrdinaryWord, first_use.ordinary || first_class.is(WordClass::LEAD.with(WordClass::LEAD_OR_GIVEN)));
        score.add_if(Evidence::HeadAlone, first_class.is(WordClass::HEAD));
        score.add_if(Evidence::PlaceHeadAlone, first_class.is(WordClass::PLACE_HEAD));
        score.add_if(Evidence::OtherWord, first_class.is(WordClass::OTHER));
        let unknown = place.is_none() && first_class == WordClass::NONE && !first_use.ordinary && !demonym && !upper;
        score.add_if(Evidence::NearPlace, unknown && near_place(first).is_some());
        score.add_if(
            Evidence::CamelCase,
            !upper
                && form.written.chars().skip(1).any(char::is_uppercase)
                && !form.written.starts_with("Mc")
                && !form.written.contains(['-', '\'', '’']),
        );
        return score;
    }
    score.add_if(Evidence::DemonymWithin, demonym);
    score.add_if(Evidence::InitialWithin, form.written.split_whitespace().any(|word| word.len() == 2 && word.ends_with('.')) && !upper);
    let given_first = first_use.given && !(first_use.ordinary && class(last).is(WordClass::HEAD)) || has_given_of_its_own(&form.written);
    score.add_if(Evidence::GivenFirst, given_first);
    score.add_if(Evidence::FamilyLast, last_use.family);
    score.add_if(Evidence::UnknownLastOfGiven, given_first && !last_use.family && last_class == WordClass::NONE);
    score.add_if(Evidence::SurnameEnding, !last_use.family && surname_ending(last));
    let inner = &words[1..count - 1];
    score.add_if(
        Evidence::ParticleWithin,
        inner.iter().any(|word| &**word != "of" && class(word).is(WordClass::PARTICLE))
            || first_class.is(WordClass::PARTICLE) && form.written.starts_with(char::is_lowercase),
    );
    score.add_if(Evidence::SuffixLast, last_class.is(WordClass::SUFFIX));
    // "Larsund Pirates"; but "Williams" and "Barnes" are families.
    score.add_if(Evidence::PluralLast, !last_use.family && TermTables::get().is_plural(last));
    score.add_if(Evidence::ShipFirst, first_class.is(WordClass::SHIP_PREFIX) && leads_in_capitals(form));
    score.add_if(Evidence::OrdinaryWord, words.iter().any(|word| name_use(word).ordinary));
    score.add_if(Evidence::HeadLast, last_class.is(WordClass::HEAD));
    score.add_if(Evidence::HeadFirst, first_class.is(WordClass::HEAD));
    score.add_if(Evidence::HeadWithin, !last_class.is(WordClass::HEAD) && inner.iter().any(|word| class(word).is(WordClass::HEAD)));
    score.add_if(Evidence::PlaceHeadLast, last_class.is(WordClass::PLACE_HEAD));
    score.add_if(Evidence::PlaceFirst, first_class.is(WordClass::PLACE_FIRST));
    score.add_if(
        Evidence::PlaceWithin,
        place.is_none() && words.iter().any(|word| places(word).any(|place| place.kind == PlaceKind::Country || place.population >= 300)),
    );
    score.add_if(Evidence::OtherLast, last_class.is(WordClass::OTHER));
    score.add_if(Evidence::CalendarWithin, words.iter().any(|word| class(word).is(WordClass::CALENDAR)));
    score.add_if(Evidence::OfWithin, inner.iter().any(|word| matches!(&**word, "of" | "for" | "and")));
    score
}

/// What stands beside the mentions says.
fn context_evidence(form: &Form<'_>, score: &mut Score) {
    const CONTEXT: &[(Cues, Evidence)] = &[
        (Cues::AFTER_TITLE, Evidence::AfterTitle),
        (Cues::AFTER_PLACE_PREPOSITION, Evidence::AfterPlacePreposition),
        (Cues::AFTER_THE, Evidence::AfterThe),
        (Cues::BESIDE_SPEECH, Evidence::BesideSpeech),
        (Cues::BEFORE_ACT, Evidence::BeforeAct),
        (Cues::BEFORE_WHO, Evidence::BeforeWho),
        (Cues::BEFORE_AGE, Evidence::BeforeAge),
        (Cues::POSSESSIVE, Evidence::Possessive),
        (Cues::IN_COMMA_CHAIN, Evidence::InCommaChain),
        (Cues::BEFORE_ACRONYM, Evidence::BeforeAcronym),
        (Cues::IN_BRACKETS, Evidence::InBrackets),
        (Cues::BEFORE_HYPHEN, Evidence::BeforeHyphen),
        (Cues::BEFORE_TITLE, Evidence::BeforeTitle),
        (Cues::AFTER_DETERMINER, Evidence::AfterDeterminer),
        (Cues::BEFORE_APPOSITION, Evidence::BeforeApposition),
        (Cues::AFTER_BY, Evidence::AfterBy),
        (Cues::BEFORE_NOUN, Evidence::BeforeNoun),
        (Cues::LABEL, Evidence::Label),
        (Cues::IN_TITLE, Evidence::InTitle),
        (Cues::AFTER_SHIP, Evidence::AfterShip),
        (Cues::BEFORE_POST, Evidence::BeforePost),
        (Cues::PLACED, Evidence::Placed),
        (Cues::HEADED, Evidence::Headed),
    ];
    let all = form.cues.all;
    for &(cue, evidence) in CONTEXT {
        let count = form.cues.of(cue);
        if count > 0 {
            // The second time says less than the first, and one of many mentions less than all.
            let share = f32::from(count) / f32::from(all);
            score.add_times(evidence, (0.5 + 0.5 * share) * if count > 1 { 1.3 } else { 1.0 });
        }
    }
    score.add_if(Evidence::SentenceStartOnly, form.cues.of(Cues::SENTENCE_START) == all);
    score.add_if(Evidence::Often, all >= 3);
}

/// What the other names of the text say.
struct Neighbours<'a> {
    /// Last words of people's names of several words, and their first ones.
    surnames: FxHashSet<&'a str>,
    given: FxHashSet<&'a str>,
    heads: FxHashSet<&'a str>,
    starts: FxHashSet<&'a str>,
    initials: FxHashSet<String>,
    /// The surnames with what their romanisations have in common, for the first who asks.
    skeletons: OnceCell<Vec<(Skeleton, &'a str)>>,
}

impl<'a> Neighbours<'a> {
    fn of(forms: &[Form<'a>]) -> Self {
        let mut known = Self {
            surnames: FxHashSet::default(),
            given: FxHashSet::default(),
            heads: FxHashSet::default(),
            starts: FxHashSet::default(),
            initials: FxHashSet::default(),
            skeletons: OnceCell::new(),
        };
        for form in forms.iter().filter(|form| form.words.len() > 1) {
            match form.kind {
                Some(SubjectKind::Person) => {
                    known.surnames.extend(bare(form.words).last().map(AsRef::as_ref));
                    known.given.extend(form.words.first().map(AsRef::as_ref));
                }
                Some(SubjectKind::Organisation) => {
                    known.heads.extend(form.words.last().map(AsRef::as_ref));
                    known.starts.extend(form.words.first().map(AsRef::as_ref));
                    known.initials.insert(initials(form.words));
                }
                Some(SubjectKind::Place) | None => {}
            }
        }
        known
    }

    fn skeletons(&self) -> &[(Skeleton, &'a str)] {
        self.skeletons.get_or_init(|| self.surnames.iter().map(|surname| (Skeleton::of(surname), *surname)).collect())
    }

    fn evidence(&self, form: &Form<'_>, slips: &Slips<'_>, in_brackets: bool, score: &mut Score) {
        score.add_if(Evidence::AcronymOfOrganisation, in_brackets);
        let [word] = form.words else {
            // "al-Assad", "von der Leyen", after "Bashar al-Assad".
            let tail = form.words.last().is_some_and(|last| self.surnames.contains(&**last));
            let particle = form.words.first().is_some_and(|first| word_class(first).is(WordClass::PARTICLE));
            score.add_if(Evidence::SurnameOfPerson, tail && particle && form.written.starts_with(char::is_lowercase));
            return;
        };
        // A slip in a surname doesn't make it another kind of name.
        let like = || word.len() >= 5 && !name_use(word).family && places(word).next().is_none() && slips.reach(word);
        let romanised = || {
            let Some(script) = script_of([&**word]) else { return false };
            let skeleton = Skeleton::of(word);
            let mut alike = self.skeletons().iter().filter(|(other, _)| skeleton.may_be(*other, script));
            alike.any(|(_, surname)| same_name(word, surname, script))
        };
        score.add_if(Evidence::SurnameOfPerson, self.surnames.contains(&**word) || like() || romanised());
        score.add_if(Evidence::GivenOfPerson, self.given.contains(&**word) && !self.surnames.contains(&**word));
        score.add_if(Evidence::HeadOfOrganisation, self.heads.contains(&**word) && word_class(word).is(WordClass::HEAD));
        score.add_if(Evidence::StartOfOrganisation, self.starts.contains(&**word));
        score.add_if(Evidence::AcronymOfOrganisation, word.len() > 1 && is_upper(&form.written) && self.initials.contains(&**word));
    }
}

/// The first letters of the words that count: "institute for the study of war" gives "isw".
pub(super) fn initials(words: &[Box<str>]) -> String {
    words.iter().filter(|word| !BESIDE_NAMES.no_initial.has(word)).filter_map(|word| word.chars().next()).collect()
}
