//! Rename: another name for a person, place or organisation throughout the drafts, with the shorter forms that go with it.

use super::places::{Meant, mentions_of};
use super::{Draft, ReadDraft};
use crate::document::ProseSpan;
use crate::reader::{MentionKind, NameMention, PersonName, SubjectId, SubjectKind};
use crate::text::{Span, TextEdit, folded};

/// Why a name can't be put in the place of another.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RenameFault {
    #[error("there is no name here")]
    NoName,
    #[error("`{0}` is no name: it needs a letter, and stands on one line")]
    NotAName(String),
    #[error("line {0}: this mention is half in markup; change it by hand first")]
    Markup(u32),
}

/// The longest name that can be given, in bytes.
const LONGEST: usize = 200;

/// The name under the cursor that a rename would change: bytes of the source.
pub fn renamable(draft: &Draft, offset: u32) -> Option<Span> {
    name_at(draft, offset).map(|(at, _)| draft.document.to_source(at))
}

/// Another name for one, to be put into any draft.
#[derive(Debug)]
pub struct Rename {
    meant: Meant,
    change: Change,
}

/// What gives the one named under the cursor another name. Of a person, a full name changes the given name and the surname
/// wherever either stands; a surname alone changes the surname.
///
/// # Errors
/// When no name is there, or the new one is none.
pub fn rename(draft: &Draft, offset: u32, new: &str) -> Result<Rename, RenameFault> {
    let (at, name) = name_at(draft, offset).ok_or(RenameFault::NoName)?;
    let new = new.trim();
    if !new.contains(char::is_alphabetic) || new.contains(char::is_control) || new.len() > LONGEST {
        return Err(RenameFault::NotAName(new.chars().filter(|c| !c.is_control()).take(40).collect()));
    }
    let subject = draft.reading.subject(name.subject);
    Ok(Rename { meant: Meant::of(draft, name.subject), change: Change::new(subject.kind, draft.document.words(at), new) })
}

impl Rename {
    /// Who gets another name.
    pub fn meant(&self) -> &Meant {
        &self.meant
    }

    /// The edits of a draft, none where it doesn't name the same. No two overlap.
    ///
    /// # Errors
    /// When a mention can't be changed without touching markup.
    pub fn edits(&self, draft: &ReadDraft) -> Result<Vec<TextEdit>, RenameFault> {
        let mut edits = Vec::new();
        for subject in self.meant.in_draft(draft) {
            self.edit(draft, subject, &mut edits)?;
        }
        edits.sort();
        edits.dedup();
        Ok(edits)
    }

    fn edit(&self, draft: &ReadDraft, subject: SubjectId, edits: &mut Vec<TextEdit>) -> Result<(), RenameFault> {
        for &id in &draft.reading.subject(subject).mentions {
            let at = draft.reading.mention(id).at;
            let words = draft.document.words(at);
            let Some(changed) = self.change.of(words).filter(|changed| changed != words) else { continue };
            let line = draft.document.position(draft.document.to_source(at).start).line + 1;
            edits.push(draft.document.replace(at, &changed).ok_or(RenameFault::Markup(line))?);
        }
        Ok(())
    }
}

fn name_at(draft: &Draft, offset: u32) -> Option<(ProseSpan, &NameMention)> {
    draft.mentions_at(offset).into_iter().find_map(|id| {
        let mention = draft.reading.mention(id);
        match &mention.kind {
            MentionKind::Name(name) if mentions_of(draft, name.subject).contains(&draft.document.to_source(mention.at)) => {
                Some((mention.at, name))
            }
            _ => None,
        }
    })
}

/// What becomes of the forms of one name.
#[derive(Debug)]
struct Change {
    old: String,
    new: String,
    /// Old and new given name and surname; only of a person, and each only where both have it.
    given: Option<(String, String)>,
    surname: Option<(String, String)>,
}

impl Change {
    fn new(kind: SubjectKind, old: &str, new: &str) -> Self {
        let (mut given, mut surname) = (None, None);
        if kind == SubjectKind::Person {
            let (before, after) = (PersonName::parse(old), PersonName::parse(new));
            given = before.given.zip(after.given);
            surname = before.surname.zip(after.surname);
        }
        Self { old: old.to_owned(), new: new.to_owned(), given, surname }
    }

    /// Whether a part that would be another is spelt in a way of its own, so that only the rest would change: neither the old
    /// name nor the new one.
    fn is_spelt_otherwise(&self, words: &str) -> bool {
        let parts = PersonName::parse(words);
        [(&self.given, parts.given), (&self.surname, parts.surname)].into_iter().any(|(change, part)| {
            let Some((old, new)) = change else { return false };
            old != new && part.is_some_and(|part| is_other(&part, old))
        })
    }

    /// What a mention with these words says afterwards; none where the change says nothing of it.
    fn of(&self, words: &str) -> Option<String> {
        let changed = if folded(words) == folded(&self.old) {
            self.new.clone()
        } else if self.is_spelt_otherwise(words) {
            return None;
        } else {
            let mut changed = words.to_owned();
            for (old, new) in [&self.surname, &self.given].into_iter().flatten() {
                changed = with_word_replaced(&changed, old, new);
            }
            if changed == words {
                return None;
            }
            changed
        };
        let capitals = words.chars().filter(|c| c.is_alphabetic()).count() > 1 && words == words.to_uppercase();
        Some(if capitals && self.old != self.old.to_uppercase() { changed.to_uppercase() } else { changed })
    }
}

/// Whether a name, or its initials, can't be the `old` one.
fn is_other(name: &str, old: &str) -> bool {
    let is_initials = name.split(['.', ' ', '-']).all(|part| part.chars().count() < 2);
    !is_initials && with_word_replaced(name, old, "") == name
}

/// `text` with the first whole word or words like `old` replaced; as it was where they don't stand in it.
fn with_word_replaced(text: &str, old: &str, new: &str) -> String {
    let edge = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
    let wanted = folded(old);
    for (start, _) in text.char_indices() {
        let Some(rest) = text.get(start..) else { continue };
        let ends = rest.char_indices().map(|(at, c)| start + at + c.len_utf8());
        let Some(end) = ends.take_while(|end| end - start <= old.len() + 8).find(|&end| folded(&text[start..end]) == wanted) else {
            continue;
        };
        if edge(text[..start].chars().next_back()) && edge(text[end..].chars().next()) {
            return format!("{}{new}{}", &text[..start], &text[end..]);
        }
    }
    text.to_owned()
}

#[cfg(test)]
mod tests {
    use super::super::draft::checked;
    use super::*;
    use crate::markup::Format;
    use crate::text::apply;

    fn renamed(text: &str, at: &str, new: &str) -> Result<String, RenameFault> {
        let draft = checked(text, Format::Markdown);
        let rename = rename(&draft, text.find(at).expect("the words are there") as u32 + 1, new)?;
        rename.edits(&draft).map(|edits| apply(text, &edits))
    }

    #[test]
    fn another_draft_that_names_the_same_takes_it_over() {
        let one = checked(TEXT, Format::Markdown);
        let rename = rename(&one, TEXT.find("Anna").expect("it is there") as u32, "Anne Brantvoll").expect("a name");
        let edited = |text: &str| rename.edits(&checked(text, Format::Markdown)).map(|edits| apply(text, &edits));
        assert_eq!(edited("Anna Brandvold spoke. Brandvold left.\n").as_deref(), Ok("Anne Brantvoll spoke. Brantvoll left.\n"));
        assert_eq!(edited("Peter Brandvold spoke. Brandvold left.\n").as_deref(), Ok("Peter Brandvold spoke. Brandvold left.\n"));
        assert_eq!(edited("Anna *Brand*vold spoke.\n"), Err(RenameFault::Markup(1)));
    }

    const TEXT: &str = "The engineer Anna Brandvold stayed. “We asked Brandvold’s office,” said Peter Mara. Brandvold left.\n";

    #[test]
    fn a_full_name_takes_its_shorter_forms_along() {
        let expected = "The engineer Anne Brantvoll stayed. “We asked Brantvoll’s office,” said Peter Mara. Brantvoll left.\n";
        assert_eq!(renamed(TEXT, "Anna Brandvold", "Anne Brantvoll").as_deref(), Ok(expected));
    }

    #[test]
    fn a_surname_leaves_the_given_name() {
        let expected = "The engineer Anna Brantvoll stayed. “We asked Brantvoll’s office,” said Peter Mara. Brantvoll left.\n";
        assert_eq!(renamed(TEXT, "Brandvold left", "Brantvoll").as_deref(), Ok(expected));
    }

    #[test]
    fn forms_keep_their_capitals_and_what_else_they_have() {
        let change = Change::new(SubjectKind::Person, "Anna Brandvold", "Anne Brantvoll");
        assert_eq!(change.of("BRANDVOLD").as_deref(), Some("BRANTVOLL"));
        assert_eq!(change.of("A. Brandvold").as_deref(), Some("A. Brantvoll"));
        assert_eq!(change.of("Anna M. Brandvold Jr").as_deref(), Some("Anne M. Brantvoll Jr"));
        assert_eq!(change.of("the Brandvolds"), None);
        assert_eq!((change.of("Ana Brandvold"), change.of("Anna Brantvold")), (None, None), "no mixture of two spellings");
        let surname = Change::new(SubjectKind::Person, "Anna Brandvold", "Anna Brantvoll");
        assert_eq!(surname.of("Annie Brandvold").as_deref(), Some("Annie Brantvoll"));
        assert_eq!(Change::new(SubjectKind::Place, "Larsund", "Larssund").of("Larsund").as_deref(), Some("Larssund"));
    }

    #[test]
    fn what_is_no_name_changes_nothing() {
        assert_eq!(renamed(TEXT, "stayed", "Anne"), Err(RenameFault::NoName));
        assert!(matches!(renamed(TEXT, "Anna", "two\nlines"), Err(RenameFault::NotAName(_))));
        assert!(matches!(renamed(TEXT, "Anna", " 42 "), Err(RenameFault::NotAName(_))));
    }
}
