//! Whether two titles can be one person's at one time.

use super::scope::{Meeting, Scope, same_word};
use crate::corpus::TitleAttestation;
use crate::gazetteer::nations::leading;
use crate::gazetteer::roles::{
    self, Hold, Level, Party, Post, RoleKind, exclude_in_one_body, exclude_in_one_government, excludes, has_one_holder, implies, kind_of,
    marked_party, party, post,
};
use crate::reader::{Status, Title};

/// A title as it is compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Office {
    /// As the lexicon has it: "minister" of a "fisheries minister".
    role: &'static str,
    /// The field of work that the lexicon has no role for: "fisheries".
    field: Vec<String>,
    kind: RoleKind,
    of: Scope,
    party: Option<Party>,
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
    /// That of a title as a text has it, in `words`.
    pub(crate) fn read(title: &Title, words: &str) -> Option<Self> {
        Self::new(&title.role, title.of.as_deref(), title.status, words)
    }

    /// That of a title which a source gives.
    pub(crate) fn attested(title: &TitleAttestation) -> Option<Self> {
        Self::new(&title.role, title.of.as_deref(), title.status, &title.words)
    }

    /// None for what can't be held against another title: kinship, honorifics, occupations.
    /// `words` are those of the title as written.
    pub(crate) fn new(role: &str, of: Option<&str>, status: Status, words: &str) -> Option<Self> {
        let (known, field) = lexical(role)?;
        // "GOP Sen." says for whom, and not of what.
        let of = Scope::new(of.filter(|of| party(of).is_none()), words);
        let (role, status) = normalised(known, field, &of, status);
        let kind = kind_of(role)?;
        let is_occupation =
            matches!(kind, RoleKind::Honorific | RoleKind::Kinship | RoleKind::Other | RoleKind::Sport | RoleKind::Academic);
        if is_occupation && post(role).is_none() {
            return None;
        }
        Some(Self {
            role,
            field: field.split_whitespace().map(str::to_owned).collect(),
            kind,
            party: marked_party(kind, words),
            status,
            posting: posting(words).filter(|_| kind == RoleKind::Diplomatic),
            is_courtesy: !of.is_told() && words.eq_ignore_ascii_case(known),
            of,
        })
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
        let meeting = self.of.meets(&other.of);
        if self.is_of_another_party(other) {
            return Relation::Contradicts;
        }
        if self.role == other.role || implies(self.role, other.role) || implies(other.role, self.role) {
            return self.like_role(other, meeting);
        }
        // Whoever acts for somebody keeps the own office.
        if self.status == Status::Acting || other.status == Status::Acting {
            return Relation::Unrelated;
        }
        if excludes(self.role, other.role) {
            if roles::is_loose(self.role) || self.may_be_sent_as(other) || other.may_be_sent_as(self) {
                return Relation::Unrelated;
            }
            // A club has a president as well.
            let private = |one: &Self, two: &Self| {
                one.of.nation.is_none() && one.of.is_named_body && two.of.nation != one.of.nation && one.is_generic()
            };
            return if private(self, other) || private(other, self) { Relation::Unrelated } else { Relation::Contradicts };
        }
        if exclude_in_one_body(self.role, other.role, self.of.may_be_firm() && other.of.may_be_firm()) {
            return if self.may_be_of_one_body(other, meeting) { Relation::Contradicts } else { Relation::Unrelated };
        }
        if exclude_in_one_government(self.role, other.role) {
            return if meeting == Meeting::OtherNation { Relation::Unrelated } else { Relation::Contradicts };
        }
        let state = |office: &Self| {
            office.kind == RoleKind::Government
                && has_one_holder(office.role)
                && !roles::is_shared(office.role)
                && post(office.role).is_none()
                || office.of.nation.is_some() && office.of.is_named_body && roles::heads_a_body(office.role)
        };
        if state(self) && state(other) && meeting != Meeting::OtherNation { Relation::Contradicts } else { Relation::Unrelated }
    }

    /// What one of the same role, or of a vaguer or closer one, says.
    fn like_role(&self, other: &Self, meeting: Meeting) -> Relation {
        let acting = (self.status == Status::Acting) != (other.status == Status::Acting);
        match meeting {
            Meeting::OtherNation if self.is_of_state() && other.is_of_state() => Relation::Contradicts,
            Meeting::OtherName if !acting && self.is_same_work(other) && self.is_held_once(other) => Relation::Contradicts,
            Meeting::OtherNation | Meeting::OtherName => Relation::Unrelated,
            Meeting::Same | Meeting::Open if self.other_field(other) || self.other_rank(other, meeting) || self.other_posting(other) => {
                Relation::Contradicts
            }
            Meeting::Same | Meeting::Open => Relation::Agrees,
        }
    }

    /// Whether nobody holds it and the other, the same of something else by name: the mayors of two towns.
    fn is_held_once(&self, other: &Self) -> bool {
        let named = self.of.is_named_body && other.of.is_named_body;
        match post(self.role) {
            Some(Post { hold: Hold::Any, .. }) => false,
            Some(Post { hold: Hold::Part, .. }) => named,
            // "A California judge" sits in a court there.
            Some(Post { of: Level::Court, .. }) if self.of.is_named_body != other.of.is_named_body => false,
            Some(Post { of, .. }) => {
                let from_elsewhere = other.role == "party member" && self.of.is_region() != other.of.is_region();
                !from_elsewhere && self.of.may_be(of) && other.of.may_be(of)
            }
            // "A Democrat from Salem" sits for Oregon.
            None if self.role == "party member" && other.role != self.role => {
                self.of.is_region() == other.of.is_region() && other.is_held_once(self)
            }
            // "R-Ohio" and "R-Texas", but not "a Democrat from Salem".
            None if self.role == "party member" => self.of.is_region() == other.of.is_region() && !named,
            None => named && (has_one_holder(self.role) || self.heads_a_body()),
        }
    }

    /// Whether the two are posts of one body as far as they say: it is the same, or one of them doesn't say of which; but who chairs or
    /// presides over a body that is named may do so beside any work elsewhere.
    fn may_be_of_one_body(&self, other: &Self, meeting: Meeting) -> bool {
        let elsewhere = |one: &Self| one.of.is_told() && matches!(post(one.role), Some(Post { hold: Hold::Part | Hold::Any, .. }));
        match meeting {
            Meeting::Same => !self.of.is_of_part_unlike(&other.of),
            Meeting::Open => !self.of.is_of_part_unlike(&other.of) && !elsewhere(self) && !elsewhere(other),
            Meeting::OtherNation | Meeting::OtherName => false,
        }
    }

    /// Whether each has a mark of a party, and these are two of one country.
    fn is_of_another_party(&self, other: &Self) -> bool {
        self.party.zip(other.party).is_some_and(|(one, two)| one.country == two.country && one.name != two.name)
    }

    /// Whether `other` says as much: the same office, or one that is held by being that as well. A vaguer title ("a Democrat"
    /// for a senator) goes with this one, but doesn't bear it out.
    pub(crate) fn is_borne_out_by(&self, other: &Self) -> bool {
        implies(other.role, self.role) && self.relation(other) == Relation::Agrees
    }

    /// Whether `other` is the same office, the times being of no account.
    pub(crate) fn is_held_as(&self, other: &Self) -> bool {
        implies(other.role, self.role) && self.field == other.field && self.relation(other) == Relation::Agrees
    }

    /// Whether it says what of a government or a body somebody heads, and not just "minister" or "director".
    pub(crate) fn says_field(&self) -> bool {
        !self.field.is_empty() || !matches!(self.role, "minister" | "director" | "secretary" | "leader")
    }

    /// Whether it is the same role, whatever it is of and whenever it was held.
    pub(crate) fn is_like(&self, other: &Self) -> bool {
        self.role == other.role
    }

    /// Whether it is the same office of another country, town or body, or for another party.
    pub(crate) fn is_of_another(&self, other: &Self) -> bool {
        let apart = matches!(self.of.meets(&other.of), Meeting::OtherNation | Meeting::OtherName);
        self.is_of_another_party(other)
            || apart && (implies(other.role, self.role) || implies(self.role, other.role)) && self.relation(other) == Relation::Contradicts
    }

    /// Whether it says of what or for which party it is held where `other` doesn't.
    pub(crate) fn is_closer_than(&self, other: &Self) -> bool {
        self.of.is_told() && !other.has_scope() || self.party.is_some() && other.party.is_none()
    }

    /// Whether it is an office that is held and left, and not what somebody does for another.
    pub(crate) fn is_a_post(&self) -> bool {
        has_one_holder(self.role) || post(self.role).is_some()
    }

    /// Whether one person alone holds it, so that it says with a surname alone who is meant.
    pub(crate) fn has_one_holder(&self) -> bool {
        has_one_holder(self.role)
    }

    /// Whether it is being the head of some organisation: "chairman", "director".
    pub(crate) fn heads_a_body(&self) -> bool {
        roles::heads_a_body(self.role) || implies(self.role, "spokesperson")
    }

    /// The words of the name of the body that it is of; none where it has none.
    pub(super) fn name_of_body(&self) -> &[String] {
        &self.of.words
    }

    /// Portfolios that share no word.
    fn other_field(&self, other: &Self) -> bool {
        self.role == other.role && !self.field.is_empty() && !other.field.is_empty() && !share_word(&self.field, &other.field)
    }

    /// A minister and a minister's deputy; a head and a deputy head of the same body.
    fn other_rank(&self, other: &Self, meeting: Meeting) -> bool {
        let ranked =
            self.kind == RoleKind::Government || post(self.role).is_some_and(|post| post.hold == Hold::Full) || meeting == Meeting::Same;
        ranked
            && (self.role == other.role || meeting == Meeting::Same)
            && (self.status == Status::Deputy) != (other.status == Status::Deputy)
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

    /// A press secretary and a spokeswoman speak for somebody alike.
    fn is_same_work(&self, other: &Self) -> bool {
        // "Senator Ada Quill, Democrat of Oregon"
        let mandate = |one: &Self, two: &Self| one.role == "party member" && two.kind == RoleKind::Legislative;
        self.role == other.role
            || mandate(self, other)
            || mandate(other, self)
            || implies(self.role, "spokesperson") && implies(other.role, "spokesperson")
    }

    pub(crate) fn is_party_member(&self) -> bool {
        self.role == "party member"
    }

    /// Whether it says of which country, or is one country's or body's by its name.
    pub(crate) fn is_of_nation(&self) -> bool {
        self.of.nation.is_some() || roles::is_scoped(self.role)
    }

    /// Whether it says of which country or organisation.
    pub(crate) fn has_scope(&self) -> bool {
        self.of.is_told() || roles::is_scoped(self.role)
    }

    fn is_generic(&self) -> bool {
        matches!(self.kind, RoleKind::Corporate | RoleKind::Party)
            || matches!(
                self.role,
                "president" | "vice president" | "speaker" | "secretary" | "secretary general" | "treasurer" | "governor" | "leader"
            )
    }
}

/// The role that the words of a title come to: who directs a field directs a department, who leads a council is its leader, and a deputy's
/// role is the other's.
fn normalised(known: &'static str, field: &str, of: &Scope, status: Status) -> (&'static str, Status) {
    if let Some(base) = known.strip_prefix("deputy ").filter(|base| post(base).is_some()) {
        let held = matches!(status, Status::Current | Status::Acting);
        return (base, if held { Status::Deputy } else { status });
    }
    let role = match known {
        "director" if !field.is_empty() => "department director",
        "leader" if of.has_sort("council") => "council leader",
        "chairman" if of.has_sort("committee") => "committee chair",
        "captain" if of.is_body() => "sports captain",
        "president" if of.nation.is_none() && of.is_body() => "body president",
        _ => known,
    };
    (role, status)
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
fn lexical(role: &str) -> Option<(&'static str, &str)> {
    let starts = std::iter::once(0).chain(role.match_indices(' ').map(|(at, _)| at + 1));
    starts.map(|at| (&role[at..], role[..at].trim())).find_map(|(known, field)| Some((roles::known(known)?, field)))
}

fn share_word(a: &[String], b: &[String]) -> bool {
    a.iter().any(|one| b.iter().any(|two| same_word(one, two)))
}
