//! The forms in which one text writes its names: all mentions that are written alike are judged together, since a text
//! seldom means two things by one form.

use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use super::candidates::{NameCandidate, word_hash};
use super::cues::Cues;
use super::evidence::{Evidence, Score};
use super::folded_words::folded_words;
use super::linking::bare;
use crate::document::{Document, ProseSpan};
use crate::gazetteer::terms::TermTables;
use crate::gazetteer::{
    PlaceKind, WordClass, is_demonym, is_known_organisation, is_leader, name_use, near_place, places, same_name, script_of, surname_ending,
    word_class,
};
use crate::reader::{BlockReading, SubjectKind};
use crate::text::{Slips, Span, is_upper};

/// One mention of a form.
#[derive(Clone, Debug)]
pub(super) struct FormMention {
    pub(super) at: ProseSpan,
    pub(super) cues: Cues,
}

/// All mentions that are written alike, case, accents and stops aside.
#[derive(Clone, Debug)]
pub(super) struct Form<'a> {
    /// The words, folded; hyphens part them.
    pub(super) words: &'a [Box<str>],
    /// As first written.
    pub(super) written: String,
    /// The first candidate that is all of it, written so.
    first: Option<&'a NameCandidate>,
    pub(super) mentions: Vec<FormMention>,
    pub(super) kind: Option<SubjectKind>,
    pub(super) score: Score,
}

/// Forms by their words.
type ByKey<'a> = FxHashMap<&'a [Box<str>], usize>;

/// The forms of one text in the order of their first mentions.
pub(super) struct Forms<'a> {
    pub(super) all: Vec<Form<'a>>,
    lower: FxHashSet<u32>,
    /// Pairs of an organisation's form and the abbreviation in brackets behind it.
    pub(super) acronyms: Vec<(usize, usize)>,
}

impl<'a> Forms<'a> {
    pub(super) fn gather(document: &Document, blocks: &'a [Arc<BlockReading>]) -> Self {
        let mut lower = FxHashSet::default();
        lower.reserve(blocks.iter().map(|block| block.lower_words.len()).sum());
        lower.extend(blocks.iter().flat_map(|block| &block.lower_words));
        let mut forms = Self { all: Vec::new(), lower, acronyms: Vec::new() };
        let mut by_key = ByKey::default();
        let mut headlines = Vec::new();
        for (index, (block, reading)) in document.blocks().iter().zip(blocks).enumerate() {
            let mut before: Option<(usize, bool)> = None;
            for candidate in &reading.names {
                if candidate.cues.has(Cues::TITLE_CASE) {
                    headlines.push((index, candidate));
                    continue;
                }
                let Some((words, span)) = forms.trimmed(candidate, reading) else {
                    before = None;
                    continue;
                };
                let at = ProseSpan { block: index as u32, span };
                let whole = Some(candidate).filter(|_| span == candidate.span);
                let id = forms.enter(&mut by_key, words, whole, span.text(&block.text), at, candidate.cues);
                if let Some((full, true)) = before.filter(|_| candidate.cues.has(Cues::IN_BRACKETS)) {
                    forms.acronyms.push((full, id));
                }
                before = Some((id, candidate.cues.has(Cues::BEFORE_ACRONYM)));
            }
        }
        for (index, candidate) in headlines {
            forms.enter_headline(&mut by_key, index as u32, candidate, &blocks[index], &document.blocks()[index].text);
        }
        forms
    }

    fn enter(
        &mut self,
        by_key: &mut ByKey<'a>,
        words: &'a [Box<str>],
        whole: Option<&'a NameCandidate>,
        written: &str,
        at: ProseSpan,
        cues: Cues,
    ) -> usize {
        let next = self.all.len();
        let id = *by_key.entry(words).or_insert_with(|| {
            let written = one_line(written);
            self.all.push(Form { words, written, first: whole, mentions: Vec::new(), kind: None, score: Score::default() });
            next
        });
        // What stands in capitals all through, in a headline or above the text, says nothing of its own.
        if is_upper(&self.all[id].written) && !is_upper(written) {
            self.all[id].written = one_line(written);
            self.all[id].first = whole;
        }
        self.all[id].mentions.push(FormMention { at, cues });
        id
    }

    /// The words of a candidate without a first one that only its place in the sentence gave a capital.
    fn trimmed(&self, candidate: &'a NameCandidate, reading: &BlockReading) -> Option<(&'a [Box<str>], Span)> {
        let mut tokens = candidate.tokens;
        let words = &*candidate.words;
        if !candidate.cues.has(Cues::SENTENCE_START) {
            return Some((words, candidate.span));
        }
        let first = words.first()?;
        let name = name_use(first);
        let in_lower = self.lower.contains(&word_hash(first));
        if words.len() == 1 {
            return (!in_lower || name.given).then_some((words, candidate.span));
        }
        let class = word_class(first);
        let known =
            name.given || name.family || class.is(WordClass::HEAD) || class.is(WordClass::PLACE_FIRST) || places(first).next().is_some();
        let plainly_given = name.given && !name.ordinary;
        // "New York Times": a place stands at the front.
        if places(&words.join(" ")).next().is_some() || places(&words[..2].join(" ")).next().is_some() {
            return Some((words, candidate.span));
        }
        let drop = in_lower && !plainly_given && !class.is(WordClass::HEAD) || !known && looks_like_adverb(first);
        if !drop || !reading.tokens.get(tokens.start as usize + 1).is_some_and(|token| token.spaced && token.is_capitalised()) {
            return Some((words, candidate.span));
        }
        tokens.start += 1;
        let span = Span::new(reading.tokens[tokens.start as usize].span.start, candidate.span.end);
        Some((&words[1..], span))
    }

    /// In a headline, where all words have capitals, only what the text also names elsewhere is a name, and a person's
    /// behind a title.
    fn enter_headline(&mut self, by_key: &mut ByKey<'a>, block: u32, candidate: &'a NameCandidate, reading: &BlockReading, text: &str) {
        let range = candidate.tokens.range();
        let mut from = range.start;
        while from < range.end {
            let mut end = range.end.min(from + 8);
            let found = loop {
                if end <= from {
                    break None;
                }
                let words = folded_words(reading, text, Span::of(from..end));
                if let Some(&id) = by_key.get(&*words).filter(|_| !words.is_empty()) {
                    break Some(id);
                }
                end -= 1;
            };
            if let Some(id) = found {
                let span = reading.tokens_span(Span::of(from..end));
                self.all[id].mentions.push(FormMention { at: ProseSpan { block, span }, cues: candidate.cues });
                from = end;
                continue;
            }
            let Some(words) = titled_words(candidate).filter(|_| from == range.start) else {
                from += 1;
                continue;
            };
            end = from + words.len();
            let span = reading.tokens_span(Span::of(from..end));
            self.enter(by_key, words, None, span.text(text), ProseSpan { block, span }, Cues::AFTER_TITLE);
            from = end;
        }
    }

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
        let mut score = match form.first {
            Some(candidate) => candidate.evidence.get_or_init(|| form_evidence(form)).clone(),
            None => form_evidence(form),
        };
        let lower = |word: &str| word.len() > 2 && self.lower.contains(&word_hash(word));
        if form.words.len() == 1 {
            score.add_if(Evidence::LowerInText, lower(&form.words[0]));
        } else {
            score.add_if(Evidence::LowerWordWithin, form.words.iter().any(|word| lower(word) && !word_class(word).is(WordClass::LEAD)));
        }
        context_evidence(form, &mut score);
        score
    }
}

/// A name may run over a line's end.
fn one_line(name: &str) -> String {
    name.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The words of a candidate in a headline that are a person's name behind a title, as far as the words alone tell: "Ada
/// Quilland" of "President Ada Quilland Promises Aid", none of "President Signs Bill".
fn titled_words(candidate: &NameCandidate) -> Option<&[Box<str>]> {
    let words = &*candidate.words;
    let name = |at: usize| words.get(at).map(|word| name_use(word)).filter(|name| !name.ordinary && (name.given || name.family));
    let first = name(0).filter(|_| candidate.cues.has(Cues::AFTER_TITLE))?;
    // With a mark inside, words and tokens don't run side by side.
    let is_plain = words.len() == candidate.tokens.len() as usize;
    let length = if first.given && name(1).is_some_and(|second| second.family) { 2 } else { 1 };
    (is_plain && (length == 2 || first.family)).then(|| &words[..length])
}

fn first_written(name: &str) -> &str {
    name.split_whitespace().next().unwrap_or(name)
}

/// Adverbs and participles start sentences with a capital more often than names do.
fn looks_like_adverb(word: &str) -> bool {
    word.len() > 4 && (word.ends_with("ly") || word.ends_with("ing") || word.ends_with("ed"))
}

/// What the words of a form say, as they are written.
fn form_evidence(form: &Form<'_>) -> Score {
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
        score.add_if(Evidence::OrdinaryWord, first_use.ordinary || first_class.is(WordClass::LEAD));
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
    let given_first = first_use.given && !(first_use.ordinary && class(last).is(WordClass::HEAD));
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
    let behind_the = |mention: &FormMention| mention.cues.has(Cues::AFTER_THE) || mention.cues.has(Cues::AFTER_SHIP);
    let led = first_class.is(WordClass::SHIP_PREFIX) || first_class.is(WordClass::SHIP_INITIALS) && form.mentions.iter().any(behind_the);
    let ship = led && is_upper(first_written(&form.written)) && !upper;
    score.add_if(Evidence::ShipFirst, ship);
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
    ];
    let body: Vec<Cues> = form.mentions.iter().map(|mention| mention.cues).filter(|cues| !cues.has(Cues::TITLE_CASE)).collect();
    for &(cue, evidence) in CONTEXT {
        let count = body.iter().filter(|cues| cues.has(cue)).count();
        if count > 0 {
            // The second time says less than the first, and one of many mentions less than all.
            let share = f32::from(count as u16) / f32::from(body.len() as u16).max(1.0);
            score.add_times(evidence, (0.5 + 0.5 * share) * if count > 1 { 1.3 } else { 1.0 });
        }
    }
    score.add_if(Evidence::SentenceStartOnly, body.iter().all(|cues| cues.has(Cues::SENTENCE_START)));
    score.add_if(Evidence::Often, body.len() >= 3);
}

/// What the other names of the text say.
struct Neighbours<'a> {
    /// Last words of people's names of several words, and their first ones.
    surnames: FxHashSet<&'a str>,
    given: FxHashSet<&'a str>,
    heads: FxHashSet<&'a str>,
    starts: FxHashSet<&'a str>,
    initials: FxHashSet<String>,
}

impl<'a> Neighbours<'a> {
    fn of(forms: &[Form<'a>]) -> Self {
        let mut known = Self {
            surnames: FxHashSet::default(),
            given: FxHashSet::default(),
            heads: FxHashSet::default(),
            starts: FxHashSet::default(),
            initials: FxHashSet::default(),
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
            let script = script_of([&**word]);
            script.is_some_and(|script| self.surnames.iter().any(|surname| same_name(word, surname, script)))
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
    words
        .iter()
        .filter(|word| !matches!(&***word, "of" | "the" | "for" | "and" | "on" | "in" | "de" | "la"))
        .filter_map(|word| word.chars().next())
        .collect()
}
