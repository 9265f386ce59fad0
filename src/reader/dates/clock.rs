//! The time on the clock beside a date, with its zone: late on a Monday in one place is early on the Tuesday in another, and two articles that
//! tell of it agree.

use std::sync::LazyLock;

use jiff::ToSpan as _;
use jiff::civil::{Date, Time, Weekday};
use jiff::tz::{Dst, TimeZone};
use serde::{Deserialize, Serialize};

use super::{DateMention, PartialDate};
use crate::data;
use crate::text::Span;

/// A time of a day in a zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Clock {
    /// Since midnight.
    minutes: i16,
    /// Index of the zone's row in the table; written down by its words, since rows come and go.
    #[serde(with = "zone")]
    zone: u8,
}

mod zone {
    use serde::de::Error as _;
    use serde::ser::Error as _;
    use serde::{Deserialize, Deserializer, Serializer};

    use super::ZONES;

    #[expect(clippy::trivially_copy_pass_by_ref, reason = "it is called so")]
    pub(super) fn serialize<S: Serializer>(zone: &u8, writer: S) -> Result<S::Ok, S::Error> {
        let zone = ZONES.get(usize::from(*zone)).ok_or_else(|| S::Error::custom("there is no such zone"))?;
        writer.serialize_str(zone.words)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(reader: D) -> Result<u8, D::Error> {
        let words = String::deserialize(reader)?;
        let found = ZONES.iter().position(|zone| zone.words == words).and_then(|index| u8::try_from(index).ok());
        found.ok_or_else(|| D::Error::custom(format!("there is no zone `{words}`")))
    }
}

struct Zone {
    words: &'static str,
    /// None where it isn't said whose time it is.
    time: Option<TimeZone>,
    /// Whether the word means one of the zone's two times alone.
    dst: Option<Dst>,
}

static ZONES: LazyLock<Vec<Zone>> = LazyLock::new(|| {
    let zone = |[words, posix, kind]: [&'static str; 3]| Zone {
        words,
        time: TimeZone::posix(posix).ok(),
        dst: match kind {
            "standard" => Some(Dst::No),
            "summer" => Some(Dst::Yes),
            _ => None,
        },
    };
    data::ZONES.rows().map(zone).collect()
});

/// How many bytes to either side of a date its time is looked for in.
const REACH: usize = 40;

/// The time that stands right before a date or right behind it: "at 9 a.m. ET on Tuesday", "on 10 March, at 14:00 GMT".
pub(super) fn beside(text: &str, date: Span) -> Option<Clock> {
    let (start, end) = (date.start as usize, date.end as usize);
    let from = (start.saturating_sub(REACH)..=start).find(|&at| text.is_char_boundary(at))?;
    let to = (end..=(end + REACH).min(text.len())).rev().find(|&at| text.is_char_boundary(at))?;
    let (before, behind) = (&text[from..start], &text[end..to]);
    let has_digit = |part: &str| part.bytes().any(|byte| byte.is_ascii_digit());
    (has_digit(behind).then(|| opens(behind)).flatten()).or_else(|| has_digit(before).then(|| closes(before)).flatten())
}

fn opens(behind: &str) -> Option<Clock> {
    let rest = behind.trim_start_matches([',', ' ', '\u{a0}']);
    let rest = rest.strip_prefix("at ").unwrap_or(rest);
    let (clock, rest) = read(rest)?;
    (!rest.starts_with(char::is_alphanumeric)).then_some(clock)
}

fn closes(before: &str) -> Option<Clock> {
    let before = before.trim_end();
    let before = before.strip_suffix(" on").unwrap_or(before).trim_end_matches(',');
    let opening = |at: usize| at == 0 || before[..at].ends_with(|c: char| c.is_whitespace() || c == '(');
    let starts = before.char_indices().filter(|&(at, c)| c.is_ascii_digit() && opening(at));
    let mut whole = starts.filter_map(|(at, _)| read(&before[at..]).filter(|(_, rest)| rest.is_empty()));
    whole.next().map(|(clock, _)| clock)
}

/// A time with its zone at the start of `words`, and what stands behind.
fn read(words: &str) -> Option<(Clock, &str)> {
    let digits = |words: &str| words.bytes().take_while(u8::is_ascii_digit).count();
    let (hour, rest) = words.split_at(digits(words));
    let (hour, minute, rest) = match (hour.len(), rest.strip_prefix([':', '.'])) {
        (1..=2, Some(rest)) if digits(rest) == 2 => (hour, &rest[..2], &rest[2..]),
        (1..=2, _) => (hour, "0", rest),
        (4, _) => (&hour[..2], &hour[2..], rest),
        _ => return None,
    };
    let (hour, minute): (i16, i16) = (hour.parse().ok()?, minute.parse().ok()?);
    let rest = rest.trim_start();
    let half = |words: &[&str]| words.iter().find_map(|word| strip_prefix(rest, word));
    let (hour, rest) = match (half(&["a.m.", "am"]), half(&["p.m.", "pm"])) {
        (Some(rest), _) if (1..=12).contains(&hour) => (hour % 12, rest),
        (_, Some(rest)) if (1..=12).contains(&hour) => ((hour % 12).saturating_add(12), rest),
        (None, None) => (hour, rest),
        _ => return None,
    };
    if hour > 23 || minute > 59 {
        return None;
    }
    let rest = rest.trim_start();
    let fits = |zone: &Zone| strip_prefix(rest, zone.words).filter(|rest| !rest.starts_with(char::is_alphanumeric));
    let longest = ZONES.iter().enumerate().filter_map(|(index, zone)| Some((index, zone.words.len(), fits(zone)?)));
    let (index, _, rest) = longest.max_by_key(|&(_, length, _)| length)?;
    Some((Clock { minutes: hour.checked_mul(60)?.checked_add(minute)?, zone: u8::try_from(index).ok()? }, rest))
}

/// What stands behind `word` at the start of `words`, in whatever case.
fn strip_prefix<'w>(words: &'w str, word: &str) -> Option<&'w str> {
    words.get(..word.len()).filter(|start| start.eq_ignore_ascii_case(word)).map(|_| &words[word.len()..])
}

impl Clock {
    /// The time in Greenwich, in minutes from the midnight that begins the day said; none where the zone or its summer time isn't sure.
    fn in_greenwich(self, day: Option<Date>) -> Option<i64> {
        let zone = ZONES.get(usize::from(self.zone))?;
        let time = Time::midnight().checked_add(i64::from(self.minutes).minutes()).ok()?;
        let timezone = zone.time.as_ref()?;
        let offset = |day: Date| {
            let info = timezone.to_offset_info(timezone.to_timestamp(day.to_datetime(time)).ok()?);
            zone.dst.is_none_or(|dst| dst == info.dst()).then(|| info.offset().seconds())
        };
        // Without a day, what holds both in winter and in summer.
        let in_both = || {
            let seasons = [Date::constant(2025, 1, 15), Date::constant(2025, 7, 15)].map(offset);
            let mut known = seasons.into_iter().flatten();
            let first = known.next()?;
            known.all(|other| other == first).then_some(first)
        };
        let offset = day.map_or_else(in_both, offset)?;
        i64::from(self.minutes).checked_sub(i64::from(offset / 60))
    }

    /// By how many days the date at this time is another one in Greenwich.
    fn days_to_greenwich(self, day: Option<Date>) -> Option<i8> {
        i8::try_from(self.in_greenwich(day)?.div_euclid(MINUTES_IN_A_DAY)).ok()
    }

    /// Whether somewhere else it may be the day before, or the day after, at this time.
    fn may_be_other_day(self, day: Option<Date>, days: i32) -> bool {
        match (self.in_greenwich(day), days) {
            (None, -1 | 1) => true,
            (Some(minutes), -1) => minutes < FARTHEST_BEHIND,
            (Some(minutes), 1) => minutes >= MINUTES_IN_A_DAY - FARTHEST_BEFORE,
            _ => false,
        }
    }
}

const MINUTES_IN_A_DAY: i64 = 24 * 60;
/// So far behind Greenwich and before it, in minutes, lie the places farthest off that make news: Hawaii and New Zealand in its summer.
const FARTHEST_BEHIND: i64 = 10 * 60;
const FARTHEST_BEFORE: i64 = 13 * 60;

/// Two dates as days of one place, where both have their times; else whether the time of the one lets the other be its neighbour.
pub(super) enum Beside {
    /// As days in Greenwich.
    Same(DateMention, DateMention),
    MayBeNeighbours,
    /// The times tell nothing.
    Apart,
}

pub(super) fn settle(a: &DateMention, as_of_a: Option<Date>, b: &DateMention, as_of_b: Option<Date>) -> Beside {
    let day = |date: &DateMention, as_of: Option<Date>| day_of(date, as_of);
    match (a.clock, b.clock) {
        (None, None) => Beside::Apart,
        (Some(one), Some(other)) => {
            let shifted = |date: &DateMention, clock: Clock, as_of| shift(date, clock.days_to_greenwich(day(date, as_of))?, as_of);
            match (shifted(a, one, as_of_a), shifted(b, other, as_of_b)) {
                (Some(one), Some(other)) => Beside::Same(one, other),
                _ if one.zone == other.zone && ZONES[usize::from(one.zone)].time.is_some() => Beside::Apart,
                _ => Beside::MayBeNeighbours,
            }
        }
        (Some(clock), None) => neighbours(a, as_of_a, clock, b, as_of_b),
        (None, Some(clock)) => neighbours(b, as_of_b, clock, a, as_of_a),
    }
}

fn neighbours(timed: &DateMention, as_of: Option<Date>, clock: Clock, other: &DateMention, as_of_other: Option<Date>) -> Beside {
    let day = day_of(timed, as_of);
    let apart = match (day, day_of(other, as_of_other), timed.weekday, other.weekday) {
        (Some(one), Some(other), ..) => one.until(other).ok().map(|span| span.get_days()),
        (_, _, Some(one), Some(other)) => Some(match i32::from(one.until(other)) {
            6 => -1,
            days => days,
        }),
        _ => None,
    };
    if apart.is_some_and(|days| clock.may_be_other_day(day, days)) { Beside::MayBeNeighbours } else { Beside::Apart }
}

/// The day that is meant, in the year of the article where none is said.
fn day_of(date: &DateMention, as_of: Option<Date>) -> Option<Date> {
    let value = date.value?;
    Date::new(value.year.or_else(|| as_of.map(Date::year))?, value.month?, value.day?).ok()
}

fn shift(date: &DateMention, days: i8, as_of: Option<Date>) -> Option<DateMention> {
    let weekday: Option<Weekday> = date.weekday.map(|weekday| weekday.wrapping_add(days));
    let moved = |part: PartialDate| {
        let Some(day) = part.day else { return Some(part) };
        let year = part.year.or_else(|| as_of.map(Date::year)).unwrap_or(2025);
        let moved = Date::new(year, part.month?, day).ok()?.checked_add(i64::from(days).days()).ok()?;
        Some(PartialDate { year: part.year.map(|_| moved.year()), month: Some(moved.month()), day: Some(moved.day()), ..part })
    };
    let value = match date.value {
        Some(value) => Some(moved(value)?),
        None => None,
    };
    Some(DateMention { value, written: moved(date.written)?, weekday, clock: None, ..*date })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Document;
    use crate::markup::Format;
    use crate::reader::{Agreement, MentionKind, compare_dates, read};

    fn dated(text: &str) -> DateMention {
        let reading = read(&Document::parse(text.into(), Format::Plain));
        let date = |kind: &MentionKind| if let MentionKind::Date(date) = kind { Some(*date) } else { None };
        reading.mentions.iter().find_map(|mention| date(&mention.kind)).expect("a date")
    }

    fn compare(one: &str, other: &str) -> Agreement {
        let today = Some(jiff::civil::date(2026, 3, 12));
        let (one, other) = (dated(one), dated(other));
        assert_eq!(compare_dates(&one, today, &other, today), compare_dates(&other, today, &one, today));
        compare_dates(&one, today, &other, today)
    }

    #[test]
    fn every_zone_is_one() {
        for [words, posix, kind] in data::ZONES.rows() {
            assert!(matches!(kind, "any" | "standard" | "summer" | "local"), "{words}");
            assert_eq!(TimeZone::posix(posix).is_ok(), kind != "local", "{words}");
        }
    }

    #[test]
    fn a_zone_is_written_down_by_its_words() {
        let clock = dated("It sank at 9 a.m. ET on Tuesday, 10 March.").clock.expect("a time");
        let written = serde_json::to_string(&clock).expect("can be written");
        assert_eq!(written, r#"{"minutes":540,"zone":"et"}"#);
        assert_eq!(serde_json::from_str::<Clock>(&written).expect("can be read"), clock);
        assert!(serde_json::from_str::<Clock>(r#"{"minutes":540,"zone":"nowhere"}"#).is_err());
    }

    #[test]
    fn times_stand_beside_their_dates() {
        for text in [
            "It sank at 9 a.m. ET on Tuesday, 10 March.",
            "It sank at 9am ET on 10 March.",
            "On 10 March at 14:00 GMT it sank.",
            "On Tuesday, 9.30 p.m. local time, it sank.",
            "It sank on 10 March (1400 GMT).",
        ] {
            assert_eq!(dated(text).clock.is_some(), !text.contains('('), "{text}");
        }
        for text in
            ["It sank on 10 March at 14 metres.", "It sank at 9 on Tuesday.", "They sold 30 etchings on Tuesday.", "In 2026 ET rose."]
        {
            assert_eq!(dated(text).clock, None, "{text}");
        }
    }

    #[test]
    fn one_moment_has_two_dates() {
        let late = "It sank at 11 p.m. ET on Monday, 9 March.";
        assert_eq!(compare(late, "It sank at 03:00 GMT on Tuesday, 10 March."), Agreement::Agree);
        assert_eq!(compare(late, "It sank at 03:00 GMT on Wednesday, 11 March."), Agreement::Differ);
        // Before summer time begins in Europe, three hours lie between Kyiv time and five in winter.
        assert_eq!(
            compare("It sank at 1 a.m. Kyiv time on Tuesday, 10 March.", "It sank at 11pm GMT on Monday, 9 March."),
            Agreement::Agree
        );
        assert_eq!(compare("It sank at 1 a.m. GMT on Tuesday, 10 March.", "It sank at 2 a.m. GMT on Monday, 9 March."), Agreement::Differ);
    }

    #[test]
    fn a_time_alone_lets_the_other_be_the_next_day_or_the_one_before() {
        let early = "It sank at 4.40am GMT on Tuesday, 10 March.";
        assert_eq!(compare(early, "It sank on Monday, 9 March."), Agreement::Apart);
        assert_eq!(compare(early, "It sank on Monday."), Agreement::Apart);
        assert_eq!(compare(early, "It sank at 9.40pm local time on Monday, 9 March."), Agreement::Apart);
        assert_eq!(compare(early, "It sank on Sunday, 8 March."), Agreement::Differ);
        assert_eq!(compare(early, "It sank on Wednesday, 11 March."), Agreement::Differ);
        assert_eq!(compare("It sank at noon on Tuesday, 10 March.", "It sank on Monday, 9 March."), Agreement::Differ);
    }
}
