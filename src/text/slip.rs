//! How many letters of a word a slip may change. Said once: who credits a slip with more letters than who reports it takes two people
//! for one, and says nothing of it.

use super::edit_distance;

/// The most letters that slips change in a name, however long.
pub const MOST_SLIPS: u32 = 2;

/// How many letters a slip may change in a word of so many: in a short one, any other letter makes another word.
fn most_letters(of: usize) -> u32 {
    match of {
        0..=3 => 0,
        4..=7 => 1,
        _ => MOST_SLIPS,
    }
}

/// The edits between two folded words that slips may make; none between equal ones, and where it would take more.
pub fn word_slip(written: &str, meant: &str) -> Option<u32> {
    let most = most_letters(written.chars().count().min(meant.chars().count()));
    // One more or one less "s" at the end is a plural.
    let plural = written.strip_suffix('s') == Some(meant) || meant.strip_suffix('s') == Some(written);
    edit_distance(written, meant, most).filter(|distance| *distance > 0 && !plural)
}

/// The same for two folded names, word by word.
pub fn slip(written: &str, meant: &str) -> Option<u32> {
    if written.matches(' ').count() != meant.matches(' ').count() {
        return None;
    }
    let mut total = 0;
    for (a, b) in written.split(' ').zip(meant.split(' ')).filter(|(a, b)| a != b) {
        total += word_slip(a, b)?;
    }
    (1..=MOST_SLIPS).contains(&total).then_some(total)
}

/// Of so many letters of a key or a rule one may be a slip: with more of them another word, somebody had something else in mind.
const LETTERS_TO_A_SLIP: usize = 3;

/// The one of some names that somebody meant who wrote this: the one spelt most like it, the first of several; none where none is near.
pub fn nearest<'n>(written: &str, names: impl IntoIterator<Item = &'n str>) -> Option<&'n str> {
    let length = written.chars().count();
    let near = names.into_iter().filter_map(|name| {
        let most = length.max(name.chars().count()) / LETTERS_TO_A_SLIP;
        Some((edit_distance(name, written, most as u32)?, name))
    });
    near.min_by_key(|(distance, _)| *distance).map(|(_, name)| name)
}

/// What to ask whoever wrote a name that there isn't: "; did you mean `figure-mixed`?" None where none is near.
pub fn did_you_mean<'n>(written: &str, names: impl IntoIterator<Item = &'n str>) -> Option<String> {
    nearest(written, names).map(|name| format!("; did you mean `{name}`?"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_longer_word_may_change_in_more_letters() {
        let slips =
            [("ole", "ola"), ("mara", "mora"), ("karstun", "kirstan"), ("kowalczyk", "kovalczik"), ("hill", "hills"), ("mara", "mara")];
        assert_eq!(slips.map(|(written, meant)| word_slip(written, meant)), [None, Some(1), None, Some(2), None, None]);
    }

    #[test]
    fn a_name_changes_in_two_letters_at_most() {
        assert_eq!(slip("anja kowalczik", "anna kowalczyk"), Some(2));
        assert_eq!(slip("anja kovalczik", "anna kowalczyk"), None);
        assert_eq!(slip("anja kowalczik", "kowalczyk"), None);
    }

    #[test]
    fn the_nearest_of_some_names() {
        assert_eq!(nearest("figure-mixt", ["name-mixed", "figure-mixed", "figure-sum"]), Some("figure-mixed"));
        assert_eq!(nearest("x", []), None);
        for far in ["x", "loud", "bigger-font", "", "figure"] {
            assert_eq!(nearest(far, ["name-mixed", "figure-mixed", "figure-sum"]), None, "{far}");
        }
    }
}
