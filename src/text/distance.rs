//! How far apart two spellings are, and keys under which like spellings meet.

use super::StableHash;

/// The fewest letters put in, left out, changed or swapped with their neighbour that turn `a` into `b`; none above `most`.
pub fn edit_distance(a: &str, b: &str, most: u32) -> Option<u32> {
    let (a, b) = without_common_ends(a, b);
    if a.is_ascii() && b.is_ascii() && b.len() < SHORT {
        let mut rows = [[0; SHORT]; 3];
        let [before, last, row] = rows.each_mut().map(|row| &mut row[..=b.len()]);
        return distance(a.as_bytes(), b.as_bytes(), most, [before, last, row]);
    }
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let mut rows = vec![0; 3 * (b.len() + 1)];
    let (before, rest) = rows.split_at_mut(b.len() + 1);
    let (last, row) = rest.split_at_mut(b.len() + 1);
    distance(&a, &b, most, [before, last, row])
}

/// So many letters are compared without asking for memory.
const SHORT: usize = 32;

/// What is left of two words without what they begin and end with alike, which costs nothing: no edit is fewer elsewhere.
fn without_common_ends<'w>(a: &'w str, b: &'w str) -> (&'w str, &'w str) {
    let alike: usize = a.chars().zip(b.chars()).take_while(|(x, y)| x == y).map(|(x, _)| x.len_utf8()).sum();
    let (a, b) = (&a[alike..], &b[alike..]);
    let alike: usize = a.chars().rev().zip(b.chars().rev()).take_while(|(x, y)| x == y).map(|(x, _)| x.len_utf8()).sum();
    (&a[..a.len() - alike], &b[..b.len() - alike])
}

/// The distance by a table of which three rows are kept, each as long as `b` and one more.
fn distance<T: PartialEq>(a: &[T], b: &[T], most: u32, rows: [&mut [u32]; 3]) -> Option<u32> {
    if a.len().abs_diff(b.len()) > most as usize {
        return None;
    }
    let [mut before, mut last, mut row] = rows;
    for (column, entry) in last.iter_mut().enumerate() {
        *entry = column as u32;
    }
    for i in 1..=a.len() {
        row[0] = i as u32;
        for j in 1..=b.len() {
            let changed = last[j - 1] + u32::from(a[i - 1] != b[j - 1]);
            row[j] = changed.min(last[j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                row[j] = row[j].min(before[j - 2] + 1);
            }
        }
        if row.iter().min().is_none_or(|least| *least > most) {
            return None;
        }
        std::mem::swap(&mut before, &mut last);
        std::mem::swap(&mut last, &mut row);
    }
    Some(last[b.len()]).filter(|distance| *distance <= most)
}

/// Of a longer word, in bytes, no letter is left out: it is none.
const LONGEST_LIKENED: usize = 24;

/// Hashes of a word and of itself with a letter left out: two words at one edit from each other share one of these, and
/// mostly those at two.
pub fn deletion_hashes(word: &str) -> Vec<u64> {
    if word.len() > LONGEST_LIKENED {
        return vec![spelling_hash(word)];
    }
    let mut hashes = Vec::with_capacity(word.len() + 1);
    hashes.push(spelling_hash(word));
    let mut before = StableHash::default();
    for (at, c) in word.char_indices() {
        let end = at + c.len_utf8();
        hashes.push(before.bytes(&word.as_bytes()[end..]).finish());
        before = before.bytes(&word.as_bytes()[at..end]);
    }
    hashes.sort_unstable();
    hashes.dedup();
    hashes
}

/// The hash of a word under which [`deletion_hashes`] has it.
pub fn spelling_hash(word: &str) -> u64 {
    // Byte by byte, so that where a letter was left out doesn't show.
    StableHash::default().bytes(word.as_bytes()).finish()
}

/// Words to be found by spellings that are one edit away, in a time that hardly grows with their number.
#[derive(Debug, Default)]
pub struct Slips<'a> {
    /// By what is left of a word when nothing or one letter is left out: two words at one edit share such a rest. Sorted.
    by_rest: Vec<(u64, &'a str)>,
}

impl<'a> FromIterator<&'a str> for Slips<'a> {
    fn from_iter<I: IntoIterator<Item = &'a str>>(words: I) -> Self {
        let mut by_rest: Vec<_> =
            words.into_iter().flat_map(|word| deletion_hashes(word).into_iter().map(move |rest| (rest, word))).collect();
        by_rest.sort_unstable();
        Self { by_rest }
    }
}

impl Slips<'_> {
    /// Whether one of the words is at most one edit away.
    pub fn reach(&self, word: &str) -> bool {
        deletion_hashes(word).into_iter().any(|rest| {
            let from = self.by_rest.partition_point(|(other, _)| *other < rest);
            let mut sharing = self.by_rest[from..].iter().take_while(|(other, _)| *other == rest);
            sharing.any(|(_, other)| edit_distance(word, other, 1).is_some())
        })
    }
}

/// What a folded word sounds like, roughly: its consonants by kind, vowels and doubling left out. Spellings of one
/// name in several romanisations mostly share it.
pub fn sound_key(folded: &str) -> String {
    let mut key = String::with_capacity(folded.len());
    let mut chars = folded.chars().peekable();
    while let Some(c) = chars.next() {
        let next = chars.peek().copied();
        let sound = match c {
            'a' | 'e' | 'i' | 'o' | 'u' | 'y' | 'j' | 'h' | '\'' | '-' | ' ' => {
                if key.is_empty() && !matches!(c, '\'' | '-' | ' ' | 'h') {
                    'a'
                } else {
                    continue;
                }
            }
            'b' | 'p' if c == 'p' && next == Some('h') => 'f',
            'b' | 'p' => 'p',
            'v' | 'w' | 'f' => 'f',
            'd' | 't' => 't',
            'g' | 'k' | 'q' | 'x' => 'k',
            'c' if next == Some('k') => continue,
            'c' | 's' | 'z' => 's',
            other => other,
        };
        if !key.ends_with(sound) {
            key.push(sound);
        }
    }
    key
}

/// The key under which a name is looked up: folded, hyphens as blanks, without stops and a leading "the".
pub fn name_key(name: &str) -> String {
    let folded = super::folded(name);
    if is_name_key(&folded) { folded } else { key_of(&folded) }
}

fn key_of(folded: &str) -> String {
    let mut key = String::with_capacity(folded.len());
    for word in folded.split(|c: char| c.is_whitespace() || c == '-') {
        let before = key.len();
        if before > 0 {
            key.push(' ');
        }
        let start = key.len();
        key.extend(word.chars().filter(|c| !matches!(c, '.' | ',' | '"' | '\'')));
        if key.len() == start || before == 0 && key == "the" {
            key.truncate(before);
        }
    }
    key
}

/// Whether a folded name is its key as it stands, as most are.
fn is_name_key(folded: &str) -> bool {
    // Byte by byte: it is asked of every name of a draft at each keystroke.
    let mut before = b' ';
    let is_plain = folded.bytes().all(|byte| {
        let is_plain = byte.is_ascii_alphanumeric() || byte == b' ' && before != b' ';
        before = byte;
        is_plain
    });
    is_plain && before != b' ' && folded != "the" && !folded.starts_with("the ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_swap_of_neighbours_is_one_edit() {
        assert_eq!(edit_distance("solvang", "solvagn", 2), Some(1));
        assert_eq!(edit_distance("kowalczyk", "kowalczik", 2), Some(1));
        assert_eq!(edit_distance("mara", "oyelaran", 2), None);
    }

    #[test]
    fn romanisations_share_their_sound() {
        assert_eq!(sound_key("dobryanskyy"), sound_key("dobryansky"));
        assert_eq!(sound_key("lavrynchuk"), sound_key("lavrinchuk"));
        assert_ne!(sound_key("solvang"), sound_key("mara"));
    }

    #[test]
    fn keys_set_marks_and_the_article_aside() {
        assert_eq!(name_key("The Larsund–Hill Trust"), "larsund hill trust");
        assert_eq!(name_key("J. P. Mara"), "j p mara");
        assert_eq!((&*name_key(" Ada\u{b}Quill  "), &*name_key("The")), ("ada quill", ""), "any blanks, and an article alone");
    }

    proptest! {
        #[test]
        fn what_is_a_key_as_it_stands_is_its_own(name in "(the)?[a-z0-9 .'-]{0,8}( the)?") {
            prop_assert!(!is_name_key(&name) || key_of(&name) == name, "{name:?}");
        }

        #[test]
        fn words_at_one_edit_share_a_hash(word in "[a-z]{5,10}", at in 0usize..4, letter in "[a-z]") {
            let swapped = format!("{}{}{}{}", &word[..at], &word[at + 1..at + 2], &word[at..=at], &word[at + 2..]);
            let changed = format!("{}{letter}{}", &word[..at], &word[at + 1..]);
            let longer = format!("{}{letter}{}", &word[..at], &word[at..]);
            for other in [swapped, changed, longer] {
                let (one, two) = (deletion_hashes(&word), deletion_hashes(&other));
                prop_assert!(one.iter().any(|hash| two.contains(hash)), "{word} {other}");
            }
        }

        #[test]
        fn distance_is_what_the_whole_table_gives(a in "[a-dé]{0,40}", b in "[a-dé]{0,40}", most in 0u32..4) {
            let whole = strsim::osa_distance(&a, &b) as u32;
            prop_assert_eq!(edit_distance(&a, &b, most), Some(whole).filter(|whole| *whole <= most));
            prop_assert_eq!(edit_distance(&a, &b, 40), Some(whole));
        }

        #[test]
        fn distance_is_symmetric(a in "[a-e]{0,8}", b in "[a-e]{0,8}") {
            prop_assert_eq!(edit_distance(&a, &b, 9), edit_distance(&b, &a, 9));
            prop_assert_eq!(edit_distance(&a, &b, 9) == Some(0), a == b);
        }

        #[test]
        fn a_limit_only_hides_what_is_above_it(a in "[a-e]{0,8}", b in "[a-e]{0,8}", most in 0u32..4) {
            let full = edit_distance(&a, &b, 9).filter(|distance| *distance <= most);
            prop_assert_eq!(edit_distance(&a, &b, most), full);
        }

        #[test]
        fn slips_reach_what_is_one_edit_away(words in proptest::collection::vec("[a-dé]{0,7}", 0..8), word in "[a-dé]{0,7}") {
            let slips: Slips = words.iter().map(String::as_str).collect();
            prop_assert_eq!(slips.reach(&word), words.iter().any(|other| edit_distance(&word, other, 1).is_some()));
        }

        #[test]
        fn keys_are_their_own_keys(name in "[A-Za-zé' .-]{0,20}") {
            let key = name_key(&name);
            prop_assert_eq!(name_key(&key).replace("the ", ""), key.replace("the ", ""));
        }
    }
}
