//! What has happened, a JSON object a line on standard error: never a word of a draft, a name that was asked for, or a token.

use std::net::IpAddr;
use std::time::Duration;

use serde::Serialize;

/// Whether it is written down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Log {
    Silent,
    Json,
}

/// One thing that has happened.
#[derive(Debug, Default, Serialize)]
pub(super) struct Event<'a> {
    #[serde(rename = "event")]
    pub(super) what: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) client: Option<IpAddr>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) method: Option<&'a str>,
    /// As the server knows it, and not as it was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) route: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) status: Option<u16>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) why: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) milliseconds: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) messages: Option<u64>,
}

#[derive(Serialize)]
struct Line<'a> {
    time: String,
    #[serde(flatten)]
    event: &'a Event<'a>,
}

impl Log {
    pub(super) fn write(self, event: &Event<'_>) {
        use std::io::Write as _;
        if self == Self::Silent {
            return;
        }
        let line = Line { time: jiff::Timestamp::now().to_string(), event };
        if let Ok(line) = serde_json::to_string(&line) {
            // If even this can't be written, there is nobody to tell.
            let _ = writeln!(std::io::stderr(), "{line}");
        }
    }
}

pub(super) fn milliseconds(time: Duration) -> Option<u64> {
    u64::try_from(time.as_millis()).ok()
}

/// Tells the person who runs the server something, in a line.
pub(super) fn remark(words: &str) {
    use std::io::Write as _;
    // If even this can't be written, there is nobody to tell.
    let _ = writeln!(std::io::stderr(), "copydesk: {}", crate::text::shown(words));
}
