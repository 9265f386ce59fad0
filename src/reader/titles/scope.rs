//! What a title is of, in plain words: a country by its name, an organisation as written.

use std::sync::Arc;

use super::holder::{Person, Scene};
use super::phrase::{Scope, TitleCandidate};
use crate::gazetteer::nations::{NationWord, leading, nation};
use crate::gazetteer::roles::RoleKind;
use crate::gazetteer::shortened_state;
use crate::reader::SubjectId;
use crate::text::{Row, Span, TokenKind};

/// The titles of a block with what each of them is of.
pub(super) fn with_scopes<'a>(row: Row<'a, 'a>, sentences: &'a [Span], mut titles: Vec<TitleCandidate>) -> Vec<TitleCandidate> {
    let scene = Scene { row, sentences, titles: &titles, people: &[] };
    let all: Vec<_> = titles.iter().map(|title| scene.of(title, &[])).collect();
    for (title, of) in titles.iter_mut().zip(all) {
        title.of = of.map(Arc::from);
    }
    titles
}

impl Scene<'_> {
    /// The country or organisation in plain words; for a person's or an officer's aide, that one's country; for kin, whose they are.
    pub(super) fn of(&self, title: &TitleCandidate, nations: &[(SubjectId, String)]) -> Option<String> {
        let scope = title.scope?;
        if title.kind == RoleKind::Kinship {
            // Kin are somebody's, whatever that one is of.
            let words = self.row.covered(scope.tokens).text(self.row.text);
            return words.chars().any(char::is_uppercase).then(|| words.to_owned());
        }
        let outer = title.nation.and_then(|outer| self.of_scope(outer, nations)).and_then(|words| nation(&words)).map(|nation| nation.name);
        let of = self.of_scope(scope, nations);
        match (outer, of) {
            (Some(outer), Some(of)) if leading(&of).is_none() => Some(format!("{outer} {of}")),
            (Some(outer), None) => Some(outer.to_owned()),
            (_, of) => of,
        }
    }

    /// Whether what it is of depends on the people named there: it is somebody's, or an officer's.
    pub(super) fn is_of_somebodys(&self, title: &TitleCandidate) -> bool {
        [title.scope, title.nation].into_iter().flatten().any(|scope| {
            let span = self.row.covered(scope.tokens);
            scope.chain.is_some() || self.person_within(span).is_some()
        })
    }

    fn person_within(&self, span: Span) -> Option<&Person> {
        self.people_from(span.start).first().filter(|person| person.span.overlaps(span))
    }

    fn of_scope(&self, scope: Scope, nations: &[(SubjectId, String)]) -> Option<String> {
        if scope.tokens.is_empty() {
            return None;
        }
        let span = self.row.covered(scope.tokens);
        if let Some(chain) = scope.chain {
            // The possessor has a title: what that one is of.
            let possessor = self.titles.get(chain as usize)?;
            let of = possessor.scope.filter(|scope| scope.chain.is_none()).and_then(|scope| self.of_scope(scope, nations));
            if of.is_some() {
                return of;
            }
        }
        if let Some(person) = self.person_within(span) {
            return nations.iter().find(|(subject, _)| *subject == person.subject).map(|(_, name)| name.clone());
        }
        let words = span.text(self.row.text);
        if let Some((state, _)) = shortened_state(words).filter(|(_, length)| *length == words.len()) {
            return Some(state.to_owned());
        }
        if let Some(nation) = nation(words) {
            let seat = nation.by == NationWord::Seat;
            return Some(if seat { words.to_owned() } else { nation.name.to_owned() });
        }
        // A lower-case possessor ("the company's") and a bare body ("the board") name nothing.
        words.chars().any(char::is_uppercase).then(|| self.plain(scope.tokens))
    }

    /// The words without possessives, a country in front by its name: "Ukraine national security council".
    fn plain(&self, tokens: Span) -> String {
        let words: Vec<&str> =
            tokens.range().filter(|&at| self.row.tokens[at].kind != TokenKind::Possessive).map(|at| self.word(at)).collect();
        let joined = words.join(" ");
        match leading(&joined) {
            Some((nation, rest)) if nation.by != NationWord::Seat => format!("{} {}", nation.name, rest.trim_start()),
            _ => self.row.covered(tokens).text(self.row.text).to_owned(),
        }
    }
}
