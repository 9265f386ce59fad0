//! Who may ask: whoever has the token, at a name that is this server's, from no page but its own.
//!
//! The token comes with each request, in a header that a page of another site can't set, and never in a cookie: a browser sends cookies
//! along by itself, and to every other port of the machine as well. So no request can be made in somebody's name that she didn't make.

use std::fmt;

use axum::http::header::{AUTHORIZATION, HOST, HeaderMap, ORIGIN, SEC_WEBSOCKET_PROTOCOL};
use axum::http::{HeaderName, Method, StatusCode};

/// In bytes.
const TOKEN_LENGTH: usize = 32;
/// A token that somebody has thought up is no shorter.
const SHORTEST_TOKEN: usize = 16;
/// A browser lets a page set no other header of a socket than its protocols.
pub(super) const TOKEN_PROTOCOL: &str = "copydesk.token.";
const FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

/// What whoever may ask has been given.
#[derive(Clone)]
pub struct Token(String);

impl Token {
    /// One that nobody can guess.
    ///
    /// # Errors
    /// When the system gives no random bytes.
    pub fn random() -> Result<Self, getrandom::Error> {
        use fmt::Write as _;
        let mut bytes = [0; TOKEN_LENGTH];
        getrandom::fill(&mut bytes)?;
        let mut hex = String::with_capacity(2 * TOKEN_LENGTH);
        for byte in bytes {
            // A string takes all that is written to it.
            let _ = write!(hex, "{byte:02x}");
        }
        Ok(Self(hex))
    }

    /// One that somebody has chosen; none where it is too short, or has what can't stand in a header and an address.
    pub fn chosen(words: &str) -> Option<Self> {
        let words = words.trim();
        let is_plain = words.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'~'));
        (words.len() >= SHORTEST_TOKEN && is_plain).then(|| Self(words.to_owned()))
    }

    pub fn words(&self) -> &str {
        &self.0
    }

    /// Takes as long whatever is given, so that nobody learns it letter by letter.
    fn is(&self, given: &str) -> bool {
        let (own, given) = (self.0.as_bytes(), given.as_bytes());
        own.len() == given.len() && own.iter().zip(given).fold(0, |differing, (own, given)| differing | (own ^ given)) == 0
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(…)")
    }
}

/// Whom the server answers.
#[derive(Clone, Debug)]
pub struct Access {
    /// As a browser has them in `Host`: with the port, in small letters.
    hosts: Vec<String>,
    token: Token,
}

/// Why a request is not answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Refusal {
    /// It was meant for another server, or made to look so.
    Host,
    /// A page of another site makes it.
    Origin,
    Token,
}

impl Refusal {
    pub(super) fn status(self) -> StatusCode {
        match self {
            Self::Host => StatusCode::MISDIRECTED_REQUEST,
            Self::Origin => StatusCode::FORBIDDEN,
            Self::Token => StatusCode::UNAUTHORIZED,
        }
    }

    /// For a person and for counting.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Host => "host",
            Self::Origin => "origin",
            Self::Token => "token",
        }
    }

    pub(super) fn message(self) -> &'static str {
        match self {
            Self::Host => "this server has another name",
            Self::Origin => "pages of other sites are not answered",
            Self::Token => "the token is missing or wrong: open the address that `copydesk serve` printed",
        }
    }
}

impl Access {
    /// For whoever has the token, at one of these names, each with its port where that is not the usual one.
    pub fn new(hosts: impl IntoIterator<Item = String>, token: Token) -> Self {
        Self { hosts: hosts.into_iter().map(|host| host.to_ascii_lowercase()).collect(), token }
    }

    /// For people at this machine alone.
    pub fn local(port: u16, token: Token) -> Self {
        Self::new(["127.0.0.1", "localhost", "[::1]"].map(|name| format!("{name}:{port}")), token)
    }

    /// Whether it came to this server and from no page of another. A name that leads here and isn't this server's is how such a page would
    /// be taken for one of its own.
    pub(super) fn admits(&self, method: &Method, headers: &HeaderMap) -> Result<(), Refusal> {
        let is_own = |host: &str| self.hosts.iter().any(|own| own.eq_ignore_ascii_case(host));
        if headers.get_all(HOST).iter().count() != 1 || !text(headers, &HOST).is_some_and(is_own) {
            return Err(Refusal::Host);
        }
        if headers.contains_key(ORIGIN) {
            let origin = text(headers, &ORIGIN).unwrap_or_default();
            let host = origin.strip_prefix("https://").or_else(|| origin.strip_prefix("http://"));
            // A page in a tab without an address has the origin `null`.
            if !host.is_some_and(is_own) {
                return Err(Refusal::Origin);
            }
        }
        // A link may lead here from anywhere, and to no more than the page.
        let is_elsewhere = text(headers, &FETCH_SITE).is_some_and(|site| !matches!(site, "same-origin" | "none"));
        if is_elsewhere && method != Method::GET { Err(Refusal::Origin) } else { Ok(()) }
    }

    /// Whether it has the token: as a bearer, or as one of a socket's protocols.
    pub(super) fn knows(&self, headers: &HeaderMap) -> Result<(), Refusal> {
        let bearer = text(headers, &AUTHORIZATION).and_then(|value| value.strip_prefix("Bearer "));
        let offered = headers.get_all(SEC_WEBSOCKET_PROTOCOL).iter().filter_map(|value| value.to_str().ok());
        let offered = offered.flat_map(|value| value.split(',')).find_map(|protocol| protocol.trim().strip_prefix(TOKEN_PROTOCOL));
        if bearer.or(offered).is_some_and(|given| self.token.is(given)) { Ok(()) } else { Err(Refusal::Token) }
    }
}

fn text<'h>(headers: &'h HeaderMap, name: &HeaderName) -> Option<&'h str> {
    headers.get(name)?.to_str().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(lines: &[(&'static str, &str)]) -> HeaderMap {
        lines.iter().map(|(name, value)| (HeaderName::from_static(name), value.parse().expect("is a value"))).collect()
    }

    fn access() -> Access {
        Access::local(4321, Token::chosen("a-token-of-the-test").expect("is long enough"))
    }

    #[test]
    fn a_request_to_another_name_or_from_another_page_is_refused() {
        let host = ("host", "127.0.0.1:4321");
        let refused = |method, lines: &[(&'static str, &str)]| access().admits(&method, &asked(lines)).err();
        for sound in [
            vec![host],
            vec![("host", "LOCALHOST:4321")],
            vec![host, ("origin", "http://127.0.0.1:4321")],
            vec![host, ("origin", "http://localhost:4321"), ("sec-fetch-site", "same-origin")],
        ] {
            assert_eq!(refused(Method::POST, &sound), None, "{sound:?}");
        }
        for name in ["127.0.0.1", "127.0.0.1:4322", "evil.example:4321", "127.0.0.1:4321.evil.example", ""] {
            assert_eq!(refused(Method::GET, &[("host", name)]), Some(Refusal::Host), "{name}");
        }
        assert_eq!(refused(Method::GET, &[]), Some(Refusal::Host));
        for origin in ["null", "http://evil.example", "http://127.0.0.1:4322", "http://127.0.0.1:4321.evil.example", "127.0.0.1:4321"] {
            assert_eq!(refused(Method::GET, &[host, ("origin", origin)]), Some(Refusal::Origin), "{origin}");
        }
        assert_eq!(refused(Method::GET, &[host, ("sec-fetch-site", "cross-site")]), None, "a link may lead to the page");
        for site in ["cross-site", "same-site"] {
            assert_eq!(refused(Method::POST, &[host, ("sec-fetch-site", site)]), Some(Refusal::Origin), "{site}");
        }
    }

    #[test]
    fn only_the_whole_token_is_the_token() {
        let known = |lines: &[(&'static str, &str)]| access().knows(&asked(lines)).is_ok();
        assert!(known(&[("authorization", "Bearer a-token-of-the-test")]));
        assert!(known(&[("sec-websocket-protocol", "copydesk.lsp, copydesk.token.a-token-of-the-test")]));
        for wrong in ["", "Bearer ", "Bearer a-token-of-the-tes", "Bearer a-token-of-the-test2", "Basic a-token-of-the-test"] {
            assert!(!known(&[("authorization", wrong)]), "{wrong}");
        }
        assert!(!known(&[("cookie", "token=a-token-of-the-test")]) && !known(&[]));
    }

    #[test]
    fn tokens_are_long_and_no_two_are_the_same() {
        let (one, other) = (Token::random().expect("random bytes"), Token::random().expect("random bytes"));
        assert!(one.words().len() == 2 * TOKEN_LENGTH && one.words() != other.words());
        assert!(Token::chosen("short").is_none() && Token::chosen("long enough, with blanks").is_none());
        assert_eq!(format!("{one:?}"), "Token(…)");
    }
}
