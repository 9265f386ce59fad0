//! Versions, corrections and kills: which of the articles that were published still count. A wire sends a story again and again, and takes
//! some back; what an earlier version said is no longer what the outlet says.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Facts, SourceHeader, SourceId};
use crate::text::StableHash;

/// What an article says of itself among its versions.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Edition {
    /// What its publisher calls the article: the same in all its versions, and no other article's.
    pub article: Option<String>,
    pub version: Option<u64>,
    /// When this version was made, in seconds since 1970.
    pub issued: Option<i64>,
    /// The articles that it corrects.
    pub corrects: Vec<String>,
    /// Whether its publisher takes the article back.
    pub killed: bool,
}

impl Edition {
    /// Adds all that it says to the print of a source.
    pub(super) fn printed(&self, print: StableHash) -> StableHash {
        let numbers = [self.version.unwrap_or(u64::MAX), self.issued.unwrap_or(i64::MIN).cast_unsigned(), u64::from(self.killed)];
        let print = numbers.into_iter().fold(print.text(self.article.as_deref().unwrap_or_default()), StableHash::number);
        self.corrects.iter().fold(print, |print, corrected| print.text(corrected))
    }

    /// Whether it takes a look at other articles to know whether it counts, or others to look at it.
    pub const fn is_alone(&self) -> bool {
        self.article.is_none() && self.corrects.is_empty() && !self.killed
    }

    /// What a later version has more of. One that is taken back without saying when stays so.
    fn rank(&self) -> EditionRank {
        (self.killed && self.version.is_none() && self.issued.is_none(), self.version, self.issued, self.killed)
    }
}

type EditionRank = (bool, Option<u64>, Option<i64>, bool);

/// Which of several states of one source counts, in whatever order they come: the one that ranks highest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Rank {
    edition: EditionRank,
    updated: Option<Date>,
    published: Option<Date>,
    /// Where nothing else tells, it is at least always the same one.
    print: u64,
}

impl Rank {
    pub fn of(facts: &Facts) -> Self {
        let SourceHeader { edition, updated, published, .. } = &*facts.brief.header;
        Self { edition: edition.rank(), updated: *updated, published: *published, print: facts.print }
    }
}

/// Those of some sources that no longer count: earlier versions, what was taken back, and what another one corrects.
pub fn superseded<'a>(headers: impl IntoIterator<Item = &'a SourceHeader>) -> BTreeSet<SourceId> {
    let headers = headers.into_iter().filter(|header| !header.edition.is_alone());
    let mut articles: BTreeMap<&str, Vec<&SourceHeader>> = BTreeMap::new();
    for header in headers {
        articles.entry(header.edition.article.as_deref().unwrap_or(&header.id)).or_default().push(header);
    }
    let mut gone = BTreeSet::new();
    let mut latest: BTreeMap<&str, &SourceHeader> = BTreeMap::new();
    for (&article, versions) in &articles {
        let Some(last) = versions.iter().max_by_key(|header| (header.edition.rank(), &header.id)) else { continue };
        gone.extend(versions.iter().filter(|header| header.id != last.id || last.edition.killed).map(|header| SourceId::of(header)));
        if !last.edition.killed {
            latest.insert(article, last);
        }
    }
    // What an earlier version has corrected stays so.
    let corrected_by = |article: &str| -> BTreeSet<&str> {
        articles[article].iter().flat_map(|header| header.edition.corrects.iter().map(String::as_str)).collect()
    };
    for (&article, correction) in &latest {
        for corrected in corrected_by(article) {
            let Some(other) = latest.get(corrected).filter(|_| corrected != article) else { continue };
            // Of two that correct each other the later one is right.
            let is_later = (other.edition.issued, &other.id) > (correction.edition.issued, &correction.id);
            if !(is_later && corrected_by(corrected).contains(article)) {
                gone.insert(SourceId::of(other));
            }
        }
    }
    gone
}

#[cfg(test)]
mod tests {
    use super::*;

    fn header(id: &str, article: &str, version: Option<u64>, issued: Option<i64>) -> SourceHeader {
        let article = (!article.is_empty()).then(|| article.to_owned());
        SourceHeader { id: id.to_owned(), edition: Edition { article, version, issued, ..Edition::default() }, ..SourceHeader::default() }
    }

    fn killed(mut header: SourceHeader) -> SourceHeader {
        header.edition.killed = true;
        header
    }

    fn correcting(mut header: SourceHeader, corrected: &str) -> SourceHeader {
        header.edition.corrects.push(corrected.to_owned());
        header
    }

    /// The ids of those that count, whatever the order.
    fn standing(headers: &[SourceHeader]) -> Vec<&str> {
        let gone = superseded(headers);
        assert_eq!(gone, superseded(headers.iter().rev()));
        headers.iter().filter(|header| !gone.contains(&SourceId::of(header))).map(|header| &*header.id).collect()
    }

    #[test]
    fn the_latest_version_of_an_article_counts() {
        let versions =
            [header("a", "x", Some(2), None), header("b", "x", Some(10), None), header("c", "y", None, None), header("d", "", None, None)];
        assert_eq!(standing(&versions), ["b", "c", "d"]);
        let by_time = [header("a", "x", None, Some(20)), header("b", "x", None, Some(10)), header("c", "x", None, None)];
        assert_eq!(standing(&by_time), ["a"]);
        assert_eq!(standing(&[header("a", "x", None, None), header("b", "x", None, None)]), ["b"], "the last one where nothing is said");
    }

    #[test]
    fn what_is_taken_back_counts_no_more_until_it_is_sent_again() {
        let first = || header("a", "x", Some(1), None);
        assert_eq!(standing(&[first(), killed(header("b", "x", Some(2), None))]), [""; 0]);
        assert_eq!(standing(&[first(), killed(header("b", "x", None, None))]), [""; 0]);
        assert_eq!(standing(&[first(), killed(header("b", "x", Some(2), None)), header("c", "x", Some(3), None)]), ["c"]);
        assert_eq!(standing(&[killed(header("a", "", None, None))]), [""; 0]);
    }

    #[test]
    fn a_correction_outranks_what_it_corrects() {
        let first = || header("a", "x", None, Some(1));
        let correction = || correcting(header("b", "y", None, Some(2)), "x");
        assert_eq!(standing(&[first(), correction()]), ["b"]);
        assert_eq!(standing(&[first(), correction(), killed(header("c", "y", None, Some(3)))]), ["a"], "it is taken back itself");
        assert_eq!(standing(&[first(), correction(), header("c", "y", None, Some(3))]), ["c"], "its later version needn't say so");
        assert_eq!(standing(&[first(), correction(), correcting(header("c", "z", None, Some(3)), "y")]), ["c"]);
        assert_eq!(standing(&[correcting(first(), "y"), correction()]), ["b"], "the later of two");
        assert_eq!(standing(&[correcting(first(), "x")]), ["a"], "itself");
        let unnamed = correcting(header("c", "", None, None), "x");
        assert_eq!(standing(&[first(), unnamed]), ["c"]);
    }
}
