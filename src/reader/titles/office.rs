//! What a head, its field and its scope make together, and where the name of whom it is said should stand.

use std::borrow::Cow;

use super::Status;
use super::before::Before;
use super::finder::Finder;
use super::phrase::{Place, Scope, Tie};
use crate::gazetteer::roles::{self, HeadMatch, RoleKind};
use crate::text::{Span, TokenKind};

/// How many words that no table knows may stand between an article and a title.
const MODIFIERS: usize = 2;

impl Finder<'_> {
    /// Puts role, field and scope together: "Danish Fisheries Minister" is a fisheries minister of Denmark.
    pub(super) fn role(
        &self,
        head: HeadMatch,
        before: &Before,
        after: Option<Scope>,
        status: &mut Status,
    ) -> (Cow<'static, str>, Option<Scope>) {
        let role = head.head.role;
        if role.starts_with("deputy ") && *status == Status::Current {
            *status = Status::Deputy;
        }
        let mut scope = after.or(before.scope);
        if !takes_field(role) {
            return (Cow::Borrowed(role), scope);
        }
        if heads_department(role) {
            return self.department(role, before, after);
        }
        if let Some(tokens) = before.field {
            return (Cow::Owned(self.with_field(tokens, role)), scope);
        }
        // A field written with capitals stands between the country and the head, or after "of" and "for".
        if let Some(run) = before.scope.filter(|scope| scope.tie == Tie::Before) {
            let (start, end) = (run.tokens.start as usize, run.tokens.end as usize);
            let cut = (start..end).find(|&at| self.row.tokens[at].is_word() && self.class(at).topic && self.nation_end(at).is_none());
            if let Some(cut) = cut {
                if after.is_none() {
                    scope = (cut > start).then(|| Scope { tokens: Span::of(start..cut), ..run });
                }
                return (Cow::Owned(self.with_field(Span::of(cut..end), role)), scope);
            }
        }
        if let Some(of) =
            after.filter(|of| self.class(of.tokens.start as usize).topic && self.nation_end(of.tokens.start as usize).is_none())
        {
            return (Cow::Owned(self.with_field(of.tokens, role)), before.scope);
        }
        (Cow::Borrowed(role), scope)
    }

    /// Who directs a field of work, and of what body: "the trust's medical director", "head of planning".
    fn department(&self, role: &'static str, before: &Before, after: Option<Scope>) -> (Cow<'static, str>, Option<Scope>) {
        let is_field = |at: usize| {
            let class = self.class(at);
            (class.post || class.topic) && !class.body && self.nation_end(at).is_none()
        };
        let whole = |tokens: Span| !tokens.is_empty() && tokens.range().all(|at| is_field(at) || self.is(at, &["and"]));
        if let Some(field) = before.field.filter(|field| whole(*field)) {
            return (Cow::Owned(self.with_field(field, role)), after.or(before.scope));
        }
        if let Some(run) = before.scope.filter(|scope| scope.tie == Tie::Before) {
            let (start, end) = (run.tokens.start as usize, run.tokens.end as usize);
            let cut = (start..end).rev().take_while(|&at| is_field(at)).last();
            if let Some(cut) = cut {
                let left = (cut > start).then(|| Scope { tokens: Span::of(start..cut), ..run });
                return (Cow::Owned(self.with_field(Span::of(cut..end), role)), after.or(left));
            }
        }
        if let Some(of) = after.filter(|of| whole(of.tokens)) {
            return (Cow::Owned(self.with_field(of.tokens, role)), before.scope);
        }
        (Cow::Borrowed(role), after.or(before.scope))
    }

    pub(super) fn with_field(&self, field: Span, role: &str) -> String {
        let mut name = String::new();
        for at in field.range() {
            crate::text::fold_into(self.word(at), &mut name);
            name.push(' ');
        }
        name.push_str(role);
        name
    }

    /// Whether a person's name may start at token `at`.
    pub(super) fn starts_name(&self, at: usize) -> bool {
        if self.is_name_word(at) {
            let class = self.class(at);
            return !(class.body || class.topic && self.class(at).rank);
        }
        self.is_address(at)
            || self.in_sentence(at)
                && self.class(at).particle
                && (at + 1..at + 3).any(|next| self.is_name_word(next))
                && !self.row.tokens[at].is_mark(self.row.text, &[','])
    }

    /// Whether a form of address starts at token `at`: "Mr", "Dame".
    pub(super) fn is_address(&self, at: usize) -> bool {
        self.in_sentence(at)
            && self.row.tokens[at].is_capitalised()
            && roles::head_at(self.row.text, self.row.tokens, self.keys, at)
                .is_some_and(|found| found.head.kind == RoleKind::Honorific || found.head.abbreviation && found.head.role == "doctor")
    }

    /// Whether a clergyman's style starts at token `at`: "the Right Reverend".
    fn starts_style(&self, at: usize) -> bool {
        let head = |at: usize| roles::head_at(self.row.text, self.row.tokens, self.keys, at).filter(|_| self.is_name_word(at));
        self.is(at, &["the"]) && head(at + 1).is_some_and(|found| found.head.role == "pastor" && self.starts_name(found.end))
    }

    /// The article of a phrase that starts at token `at` with words of no class before the head: "a smallholder" of "a
    /// smallholder farmer".
    fn article_before(&self, at: usize) -> Option<usize> {
        let first = (self.sentence.start as usize).max(at.saturating_sub(MODIFIERS + 1));
        let article = (first..at).rev().find(|&word| self.is(word, &["a", "an", "the"]))?;
        let plain = |word: usize| {
            self.row.tokens[word].is_word()
                && !self.row.tokens[word].is_capitalised()
                && !self.taken(word)
                && !matches!(self.word(word), "of" | "and" | "or" | "as" | "is" | "was" | "who" | "to" | "for" | "by" | "with" | "in")
        };
        (article + 1..at).all(plain).then_some(article)
    }

    pub(super) fn place(&self, before: &Before, end: usize, head: HeadMatch) -> Place {
        let first = self.sentence.start as usize;
        if self.starts_name(end) && !before.indefinite {
            return Place::Before(end as u32);
        }
        let start = if before.indefinite && before.start > first { before.start - 1 } else { before.start };
        let start = match before.scope {
            Some(Scope { tie: Tie::Pronoun, .. }) if start > first => start - 1,
            // "served as President Ada Quill's adviser": the possessor's own title stands between.
            Some(Scope { chain: Some(chain), .. }) => start.min(self.found[chain as usize].tokens.start as usize),
            _ => start,
        };
        let start = self.article_before(start).unwrap_or(start);
        if start > first {
            let prev = start - 1;
            if self.is_mark(prev, &[',', '(', '–', '—', '-']) && prev > first {
                let name = self.row.tokens[prev - 1].kind != TokenKind::Mark || self.is_mark(prev - 1, &['.', ')']);
                if name {
                    return Place::After(prev as u32);
                }
            }
            if let Some(verb) = self.copula(prev) {
                return Place::Copula(verb as u32);
            }
            if self.is(prev, &["as"]) {
                return Place::As(prev as u32);
            }
        }
        let dash = self.is_mark(end, &['-', '–', '—']) && self.row.tokens[end].spaced;
        if (dash || self.is_mark(end, &[','])) && (self.starts_name(end + 1) || self.starts_style(end + 1)) && !head.head.abbreviation {
            return Place::BeforeComma((end + 1) as u32);
        }
        Place::Alone
    }

    /// The first verb of "was named", "has been elected", "was sworn in as", whose participle stands at token `at`.
    fn naming_passive(&self, at: usize) -> Option<usize> {
        let first = self.sentence.start as usize;
        let participle = self.class(at).naming && !self.row.tokens[at].is_capitalised();
        let mut verb = at.checked_sub(1).filter(|_| participle)?;
        if !self.is(verb, &["is", "was", "been", "being", "be"]) {
            return None;
        }
        while verb > first && self.is(verb - 1, &["has", "had", "is", "was", "been", "will", "to", "later", "then"]) {
            verb -= 1;
        }
        Some(verb)
    }

    /// The verb that ties a subject to a title after token `at`: "is", "is now", "who was".
    pub(super) fn copula(&self, at: usize) -> Option<usize> {
        let first = self.sentence.start as usize;
        let mut at = at;
        while self.is(at, &["now", "also", "currently", "still", "already"]) && at > first {
            at -= 1;
        }
        if self.is(at, &["is", "was", "became", "becomes", "remains", "remained"]) {
            return Some(at);
        }
        // "Was promoted to editor"
        let to = at > first && self.is(at, &["to"]);
        self.naming_passive(if to { at - 1 } else { at })
    }
}

/// Roles that are held for a field of work: "minister", "secretary".
fn takes_field(role: &str) -> bool {
    matches!(
        role,
        "minister"
            | "deputy minister"
            | "shadow minister"
            | "minister of state"
            | "secretary"
            | "cabinet member"
            | "director"
            | "deputy director"
            | "manager"
            | "deputy secretary"
            | "under secretary"
            | "commissioner"
    )
}

/// Roles that direct a part of a body where a field of work is said.
fn heads_department(role: &str) -> bool {
    matches!(role, "director" | "deputy director" | "manager")
}
