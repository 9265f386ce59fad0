//! Whose capital a place is said to be.

use super::{Found, Said, Words};
use crate::gazetteer::nations::{self, NationWord};
use crate::text::TokenKind;

impl Words<'_> {
    /// ", the Kenyan capital": nothing but a mark goes on.
    pub(super) fn capital_behind(&self, end: usize) -> Option<Found> {
        let demonym = end + 2;
        let is_apposed = self.is_comma(end) && self.row.piece(end + 1) == "the" && self.row.piece(demonym + 1) == "capital";
        let closes = demonym + 2 >= self.row.tokens.len() || matches!(self.row.piece(demonym + 2), "," | "." | ";" | ")" | "—" | "–");
        if is_apposed && closes { self.of_nation(demonym, demonym + 2, NationWord::Demonym) } else { None }
    }

    /// "the Kenyan capital, " and "Kenya's capital " before the place.
    pub(super) fn capital_before(&self, first: usize) -> Option<Found> {
        let noun = first.checked_sub(1)?;
        let noun = if self.is_comma(noun) { noun.checked_sub(1)? } else { noun };
        let whose = noun.checked_sub(1).filter(|_| self.row.piece(noun) == "capital")?;
        if self.row.tokens[whose].kind == TokenKind::Possessive {
            return self.of_nation(whose.checked_sub(1)?, noun + 1, NationWord::Name);
        }
        let is_told = whose.checked_sub(1).is_some_and(|the| self.row.is(the, &["the", "The"]));
        if is_told { self.of_nation(whose, noun + 1, NationWord::Demonym) } else { None }
    }

    /// The country whose word stands at token `at`, as what contains a place; up to token `end` it is said.
    fn of_nation(&self, at: usize, end: usize, by: NationWord) -> Option<Found> {
        let nation = nations::nation(self.row.piece(at)).filter(|nation| nation.by == by)?;
        let country = Some(Said { value: nation.code, at: self.place(at, at + 1) });
        Some(Found { country, at: Some(self.place(at, end)), ..Found::default() })
    }
}
