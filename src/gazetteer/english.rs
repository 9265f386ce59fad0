//! British and American spellings of words that titles are made of.

/// Which English a text is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum English {
    British,
    American,
}

fn pairs() -> impl Iterator<Item = (&'static str, &'static str)> {
    super::rows(include_str!("../../data/british_american.tsv")).filter_map(|mut row| Some((row.next()?, row.next()?)))
}

impl English {
    /// Which English a word is of, if its spelling tells.
    pub fn of_word(word: &str) -> Option<Self> {
        pairs().find_map(|(british, american)| {
            if word.eq_ignore_ascii_case(british) {
                Some(Self::British)
            } else {
                word.eq_ignore_ascii_case(american).then_some(Self::American)
            }
        })
    }

    /// A word as this English spells it, where the other one spells it otherwise; a capital stays.
    pub fn spelling(self, word: &str) -> Option<String> {
        let spelt = pairs().find_map(|(british, american)| {
            let (own, other) = if self == Self::British { (british, american) } else { (american, british) };
            word.eq_ignore_ascii_case(other).then_some(own)
        })?;
        let capital = word.starts_with(char::is_uppercase);
        Some(if capital { format!("{}{}", spelt[..1].to_uppercase(), &spelt[1..]) } else { spelt.to_owned() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_in_either_english() {
        assert_eq!(English::of_word("Defence"), Some(English::British));
        assert_eq!(English::of_word("minister"), None);
        assert_eq!(English::American.spelling("Defence").as_deref(), Some("Defense"));
        assert_eq!(English::British.spelling("defence"), None);
    }
}
