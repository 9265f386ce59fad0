//! Whether two titles can be one person's at one time.

use crate::gazetteer::nations::{NationWord, leading};
use crate::gazetteer::phrases::word_key;
use crate::gazetteer::roles::{self, RoleKind, excludes, has_one_holder, implies, kind_of, word_class};
use crate::reader::Status;
use crate::text::folded;

/// A title as it is compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Office {
    /// As the lexicon has it: "minister" of a "fisheries minister".
    role: String,
    /// The field of work that the lexicon has no role for: "fisheries".
    field: Vec<String>,
    kind: RoleKind,
    /// ISO 3166.
    nation: Option<&'static str>,
    /// The words of an organisation.
    body: Vec<String>,
    /// Whether the organisation's name says that it is one.
    is_named_body: bool,
    status: Status,
    /// Where an ambassador is sent: a country's code, or an organisation's abbreviation.
    posting: Option<String>,
    /// "Ambassador" right before a name: some keep it for life.
    is_courtesy: bool,
}

/// What one title says of another one of the same person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Relation {
    /// The same office, or the one in vaguer or closer words.
    Agrees,
    /// Nobody is both at a time.
    Contradicts,
    /// Neither.
    Unrelated,
}

impl Office {
    /// None for what can't be held against another title: kinship, honorifics, occupations.
    /// `words` are those of the title as written.
    pub(crate) fn new(role: &str, of: Option<&str>, status: Status, words: &str) -> Option<Self> {
        let (known, field) = lexical(role)?;
        let kind = kind_of(known)?;
        if matches!(kind, RoleKind::Honorific | RoleKind::Kinship | RoleKind::Other | RoleKind::Sport | RoleKind::Academic) {
            return None;
        }
        let mut office = Self {
            role: known.to_owned(),
            field: field.split_whitespace().map(str::to_owned).collect(),
            kind,
            nation: None,
            body: Vec::new(),
            is_named_body: false,
            status,
            posting: posting(words).filter(|_| kind == RoleKind::Diplomatic),
            is_courtesy: of.is_none() && words.eq_ignore_ascii_case(known),
        };
        if let Some(of) = of {
            let lead = leading(of);
            office.nation = lead.map(|(nation, _)| nation.code);
            let body = match lead {
                Some((nation, rest)) if nation.by != NationWord::Seat => rest,
                _ => of,
            };
            office.body = body
                .split(|c: char| !c.is_alphanumeric())
                .map(folded)
                .filter(|word| word.len() > 1 && !matches!(&**word, "the" | "of" | "and" | "for"))
                .collect();
            let acronym = body.split_whitespace().any(|word| word.len() > 1 && word.chars().all(char::is_uppercase));
            let seat = lead.is_some_and(|(nation, _)| nation.by == NationWord::Seat);
            office.is_named_body = acronym || seat || office.body.iter().any(|word| word_class(word_key(word)).body);
        }
        Some(office)
    }

    /// Whether it is said of now: neither "former" nor "elect".
    pub(crate) const fn is_current(&self) -> bool {
        matches!(self.status, Status::Current | Status::Acting | Status::Deputy)
    }

    pub(crate) const fn is_former(&self) -> bool {
        matches!(self.status, Status::Former)
    }

    /// What `other` says of this title, the times being the same.
    pub(crate) fn relation(&self, other: &Self) -> Relation {
        let scope = self.scope_relation(other);
        if self.role == other.role || implies(&self.role, &other.role) || implies(&other.role, &self.role) {
            return match scope {
                Scope::OtherNation if self.is_of_state() && other.is_of_state() => Relation::Contradicts,
                Scope::OtherBody if self.is_of_one_body() && other.is_of_one_body() && self.is_same_work(other) => Relation::Contradicts,
                Scope::OtherNation | Scope::OtherBody => Relation::Unrelated,
                Scope::Same | Scope::Unknown if self.other_field(other) || self.other_rank(other) || self.other_posting(other) => {
                    Relation::Contradicts
                }
                Scope::Same | Scope::Unknown => Relation::Agrees,
            };
        }
        if excludes(&self.role, &other.role) {
            if roles::is_loose(&self.role) || self.may_be_sent_as(other) || other.may_be_sent_as(self) {
                return Relation::Unrelated;
            }
            // A club has a president as well.
            let private =
                |one: &Self, two: &Self| one.nation.is_none() && one.is_named_body && two.nation != one.nation && one.is_generic();
            return if private(self, other) || private(other, self) { Relation::Unrelated } else { Relation::Contradicts };
        }
        let state = |office: &Self| {
            office.kind == RoleKind::Government && has_one_holder(&office.role) && !roles::is_shared(&office.role)
                || office.nation.is_some() && office.is_named_body && roles::heads_a_body(&office.role)
        };
        if state(self) && state(other) && scope != Scope::OtherNation { Relation::Contradicts } else { Relation::Unrelated }
    }

    /// Whether `other` says as much: the same office, or one that is held by being that as well. A vaguer title ("a Democrat"
    /// for a senator) goes with this one, but doesn't bear it out.
    pub(crate) fn is_borne_out_by(&self, other: &Self) -> bool {
        implies(&other.role, &self.role) && self.relation(other) == Relation::Agrees
    }

    /// Whether it is the same office of another country.
    pub(crate) fn is_of_another_nation(&self, other: &Self) -> bool {
        matches!(self.scope_relation(other), Scope::OtherNation) && (implies(&other.role, &self.role) || implies(&self.role, &other.role))
    }

    /// Whether it says of which country, and `other` of none at all.
    pub(crate) fn is_closer_than(&self, other: &Self) -> bool {
        self.nation.is_some() && !other.has_scope()
    }

    /// Whether one person alone holds it, so that it says with a surname alone who is meant.
    pub(crate) fn has_one_holder(&self) -> bool {
        has_one_holder(&self.role)
    }

    /// Whether it is being the head of some organisation: "chairman", "director".
    pub(crate) fn heads_a_body(&self) -> bool {
        roles::heads_a_body(&self.role) || implies(&self.role, "spokesperson")
    }

    /// Portfolios that share no word.
    fn other_field(&self, other: &Self) -> bool {
        self.role == other.role && !self.field.is_empty() && !other.field.is_empty() && !share_word(&self.field, &other.field)
    }

    /// A minister and a minister's deputy.
    fn other_rank(&self, other: &Self) -> bool {
        self.role == other.role && self.kind == RoleKind::Government && (self.status == Status::Deputy) != (other.status == Status::Deputy)
    }

    fn other_posting(&self, other: &Self) -> bool {
        self.role == other.role && self.posting.as_ref().zip(other.posting.as_ref()).is_some_and(|(one, two)| one != two)
    }

    /// An ambassador somewhere, or by courtesy, goes elsewhere as a special envoy.
    fn may_be_sent_as(&self, other: &Self) -> bool {
        self.role == "ambassador" && other.role == "special envoy" && (self.posting.is_some() || self.is_courtesy)
    }

    const fn is_of_state(&self) -> bool {
        matches!(
            self.kind,
            RoleKind::Government
                | RoleKind::Diplomatic
                | RoleKind::Royal
                | RoleKind::Legislative
                | RoleKind::Court
                | RoleKind::Military
                | RoleKind::Police
        )
    }

    /// Held in one organisation at a time, unlike an adviser's or an envoy's work.
    fn is_of_one_body(&self) -> bool {
        has_one_holder(&self.role) || self.heads_a_body()
    }

    /// A press secretary and a spokeswoman speak for somebody alike.
    fn is_same_work(&self, other: &Self) -> bool {
        self.role == other.role || implies(&self.role, "spokesperson") && implies(&other.role, "spokesperson")
    }

    /// Whether it says of which country or organisation.
    pub(crate) fn has_scope(&self) -> bool {
        self.nation.is_some() || !self.body.is_empty() || roles::is_scoped(&self.role)
    }

    fn is_generic(&self) -> bool {
        matches!(self.kind, RoleKind::Corporate | RoleKind::Party)
            || matches!(
                &*self.role,
                "president" | "vice president" | "speaker" | "secretary" | "secretary general" | "treasurer" | "governor" | "leader"
            )
    }

    fn scope_relation(&self, other: &Self) -> Scope {
        if let (Some(one), Some(two)) = (self.nation, other.nation)
            && one != two
        {
            // Georgia is a state of the United States as well.
            let state = matches!((one, two), ("US", "GE") | ("GE", "US"));
            return if state { Scope::Unknown } else { Scope::OtherNation };
        }
        if self.body.is_empty() || other.body.is_empty() {
            return if self.nation.is_some() && self.nation == other.nation { Scope::Same } else { Scope::Unknown };
        }
        if self.body == other.body
            || share_word(&self.body, &other.body)
            || is_acronym(&self.body, &other.body)
            || is_acronym(&other.body, &self.body)
        {
            Scope::Same
        } else if self.is_named_body && other.is_named_body {
            Scope::OtherBody
        } else {
            Scope::Unknown
        }
    }
}

/// How what two titles are of agrees.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Scope {
    Same,
    Unknown,
    OtherNation,
    OtherBody,
}

/// Where somebody is sent: "ambassador to the UK".
fn posting(words: &str) -> Option<String> {
    let (_, place) = words.split_once(" to ")?;
    let place = place.strip_prefix("the ").unwrap_or(place);
    if let Some((nation, rest)) = leading(place) {
        // "To Italy and San Marino": two places, each of which may be told alone.
        return rest.is_empty().then(|| nation.code.to_owned());
    }
    (place.len() > 1 && place.chars().all(char::is_uppercase)).then(|| place.to_owned())
}

/// The longest end of `role` that the lexicon knows, and the words before it.
fn lexical(role: &str) -> Option<(&str, &str)> {
    let starts = std::iter::once(0).chain(role.match_indices(' ').map(|(at, _)| at + 1));
    starts.map(|at| (&role[at..], role[..at].trim())).find(|(known, _)| kind_of(known).is_some())
}

/// Whether a word of the one and one of the other begin alike: "finance" and "financial".
fn share_word(a: &[String], b: &[String]) -> bool {
    let stem = |word: &String| word.chars().take(4).collect::<String>();
    a.iter().any(|one| !is_common(one) && b.iter().any(|two| stem(one) == stem(two)))
}

/// A word that says only what sort of body it is.
fn is_common(word: &str) -> bool {
    word_class(word_key(word)).body
}

fn is_acronym(short: &[String], long: &[String]) -> bool {
    let [short] = short else { return false };
    long.len() > 1 && long.iter().filter_map(|word| word.chars().next()).collect::<String>() == *short
}
