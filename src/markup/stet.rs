//! `stet` marks: "let it stand".

use std::sync::LazyLock;

use regex::Regex;

use crate::text::Span;

/// One mark in a draft.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stet {
    /// Where the mark stands in the source, in bytes.
    pub span: Span,
    /// The rule it silences (with its family); all rules without one.
    pub rule: Option<String>,
    /// The words it is about; the whole block without any.
    pub words: Option<String>,
    /// For the whole draft and not just one block.
    pub whole_file: bool,
    /// The index of the block it speaks of: the next one after it, or the one it stands in.
    pub block: usize,
    /// Why, where that is said.
    pub reason: Option<String>,
}

static MARK: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r#"(?s)^\s*stet(-file)?\s*(?::\s*([A-Za-z][\w-]*)?\s*(?:["“](.*?)["”])?\s*(?:--(.*))?)?\s*$"#).expect("a valid pattern")
});

impl Stet {
    /// Reads the inside of a comment or of square brackets; none when it is no mark.
    pub(super) fn parse(inside: &str, span: Span, block: usize) -> Option<Self> {
        let captures = MARK.captures(inside)?;
        let owned = |group: usize| captures.get(group).map(|found| found.as_str().to_owned());
        let reason = captures.get(4).map(|reason| reason.as_str().trim().to_owned()).filter(|reason| !reason.is_empty());
        Some(Self { span, whole_file: captures.get(1).is_some(), rule: owned(2), words: owned(3), block, reason })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(inside: &str) -> Option<(bool, Option<String>, Option<String>)> {
        Stet::parse(inside, Span::default(), 0).map(|stet| (stet.whole_file, stet.rule, stet.words))
    }

    #[test]
    fn marks_name_a_rule_words_both_or_neither() {
        let some = |text: &str| Some(text.to_owned());
        assert_eq!(parse(" stet "), Some((false, None, None)));
        assert_eq!(
            parse(r#" stet: figure-conflict "€95bn" -- corrected on Friday "#),
            Some((false, some("figure-conflict"), some("€95bn")))
        );
        assert_eq!(parse("stet: “Kiev”"), Some((false, None, some("Kiev"))));
        assert_eq!(parse("stet-file: name-variant"), Some((true, some("name-variant"), None)));
        // No rule is called so, which is for others to tell.
        assert_eq!(parse("stet: Figure_Conflict"), Some((false, some("Figure_Conflict"), None)));
        assert_eq!(parse("stet: see below"), None);
        assert_eq!(parse("a stet mark"), None);
        assert_eq!(parse("stetson"), None);
        let reason = |inside: &str| Stet::parse(inside, Span::default(), 0).and_then(|stet| stet.reason);
        assert_eq!(reason("stet: figure-sum -- two of them left \n early "), some("two of them left \n early"));
        assert_eq!((reason("stet: figure-sum --"), reason("stet")), (None, None));
    }
}
