//! Who may ask: whoever has the token, at a name that is this server's, from no page but its own.
//!
//! The token comes with each request, in a header that a page of another site can't set, and never in a cookie: a browser sends cookies
//! along by itself, and to every other port of the machine as well. So no request can be made in somebody's name that she didn't make.

use std::fmt;
use std::net::IpAddr;

use axum::http::header::{AUTHORIZATION, HOST, HeaderMap, ORIGIN, SEC_WEBSOCKET_PROTOCOL, UPGRADE};
use axum::http::{HeaderName, Method, StatusCode};

/// In bytes.
const TOKEN_LENGTH: usize = 32;
/// A token that somebody has thought up is no shorter.
const SHORTEST_TOKEN: usize = 16;
/// A browser lets a page set no other header of a socket than its protocols.
pub(super) const TOKEN_PROTOCOL: &str = "copydesk.token.";
const FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");
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
        unguessable::<TOKEN_LENGTH>().map(Self)
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

/// So many random bytes as a word.
///
/// # Errors
/// When the system gives none.
pub(super) fn unguessable<const BYTES: usize>() -> Result<String, getrandom::Error> {
    use fmt::Write as _;
    let mut bytes = [0; BYTES];
    getrandom::fill(&mut bytes)?;
    Ok(bytes.iter().fold(String::with_capacity(2 * BYTES), |mut hex, byte| {
        // A string takes all that is written to it.
        let _ = write!(hex, "{byte:02x}");
        hex
    }))
}

/// Whom the server answers.
#[derive(Clone, Debug)]
pub struct Access {
    /// As a browser has them in `Host`: with the port, in small letters.
    hosts: Vec<String>,
    /// How pages are reached: `http://`, `https://` or, behind a proxy, either.
    schemes: &'static [&'static str],
    token: Option<Token>,
    proxy: Option<Proxy>,
}

/// A reverse proxy that lets people in, and says in a header whom.
#[derive(Clone, Debug)]
pub struct Proxy {
    /// From where it speaks. Whoever else sends the header has made it up.
    pub addresses: Vec<IpAddr>,
    pub header: HeaderName,
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
    /// For people at this machine who have the token.
    pub fn local(port: u16, token: Token) -> Self {
        let hosts = ["127.0.0.1", "localhost", "[::1]"].map(|name| format!("{name}:{port}")).to_vec();
        Self { hosts, schemes: &["http://"], token: Some(token), proxy: None }
    }

    /// For a newsroom that reaches the server at these names, each with its port where that is not the usual one: for whoever has the
    /// token, or is let in by the proxy.
    pub fn newsroom(hosts: impl IntoIterator<Item = String>, token: Option<Token>, proxy: Option<Proxy>, has_tls: bool) -> Self {
        let schemes: &[&str] = match proxy {
            Some(_) => &["https://", "http://"],
            None if has_tls => &["https://"],
            None => &["http://"],
        };
        Self { hosts: hosts.into_iter().map(|host| host.to_ascii_lowercase()).collect(), schemes, token, proxy }
    }

    /// Who asks: behind the proxy whom it speaks for, as far as it says so.
    pub(super) fn client(&self, from: IpAddr, headers: &HeaderMap) -> IpAddr {
        let spoken_for = || text(headers, &FORWARDED_FOR)?.rsplit(',').next()?.trim().parse().ok();
        if self.is_proxy(from) { spoken_for().unwrap_or(from) } else { from }
    }

    pub(super) fn is_proxy(&self, from: IpAddr) -> bool {
        self.proxy.as_ref().is_some_and(|proxy| proxy.addresses.contains(&from.to_canonical()))
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
            let host = self.schemes.iter().find_map(|scheme| origin.strip_prefix(scheme));
            // A page in a tab without an address has the origin `null`.
            if !host.is_some_and(is_own) {
                return Err(Refusal::Origin);
            }
        }
        // A link may lead here from anywhere, and to no more than the page.
        let is_elsewhere = text(headers, &FETCH_SITE).is_some_and(|site| !matches!(site, "same-origin" | "none"));
        if is_elsewhere && method != Method::GET { Err(Refusal::Origin) } else { Ok(()) }
    }

    /// Whether it has the token, as a bearer or as one of a socket's protocols, or is let in by the proxy.
    pub(super) fn knows(&self, from: IpAddr, method: &Method, headers: &HeaderMap) -> Result<(), Refusal> {
        let bearer = text(headers, &AUTHORIZATION).and_then(|value| value.strip_prefix("Bearer "));
        let offered = headers.get_all(SEC_WEBSOCKET_PROTOCOL).iter().filter_map(|value| value.to_str().ok());
        let offered = offered.flat_map(|value| value.split(',')).find_map(|protocol| protocol.trim().strip_prefix(TOKEN_PROTOCOL));
        let has_token = bearer.or(offered).zip(self.token.as_ref()).is_some_and(|(given, token)| token.is(given));
        if has_token || self.is_let_in(from, method, headers) { Ok(()) } else { Err(Refusal::Token) }
    }

    /// Whether the proxy says that it has let somebody in. A browser tells a proxy who it is by itself, whichever page asks: what does
    /// something has to come from this server's own page, which `admits` has seen to where there is an origin.
    fn is_let_in(&self, from: IpAddr, method: &Method, headers: &HeaderMap) -> bool {
        let Some(proxy) = self.proxy.as_ref().filter(|_| self.is_proxy(from)) else { return false };
        let names_somebody = headers.get_all(&proxy.header).iter().any(|name| !name.as_bytes().trim_ascii().is_empty());
        let only_looks = method == Method::GET && !headers.contains_key(UPGRADE);
        names_somebody && (only_looks || headers.contains_key(ORIGIN))
    }
}

fn text<'h>(headers: &'h HeaderMap, name: &HeaderName) -> Option<&'h str> {
    headers.get(name)?.to_str().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    const HERE: IpAddr = IpAddr::V4(std::net::Ipv4Addr::LOCALHOST);

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
        let known = |lines: &[(&'static str, &str)]| access().knows(HERE, &Method::POST, &asked(lines)).is_ok();
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

    #[test]
    fn whom_the_proxy_names_comes_in_and_nobody_else_who_says_so() {
        let proxy = Proxy { addresses: vec![HERE], header: HeaderName::from_static("x-user") };
        let access = Access::newsroom(["Desk.example".to_owned()], None, Some(proxy), false);
        let elsewhere = IpAddr::from([10, 0, 0, 9]);
        let (user, origin) = (("x-user", "anja"), ("origin", "https://desk.example"));
        let knows = |from, method, lines: &[(&'static str, &str)]| access.knows(from, &method, &asked(lines)).is_ok();
        assert!(knows(HERE, Method::GET, &[user]) && knows(HERE, Method::POST, &[user, origin]));
        assert!(knows(HERE, Method::GET, &[user, origin, ("upgrade", "websocket")]));
        assert!(!knows(elsewhere, Method::GET, &[user]), "it is made up");
        assert!(!knows(HERE, Method::GET, &[]) && !knows(HERE, Method::GET, &[("x-user", " ")]));
        assert!(
            !knows(HERE, Method::POST, &[user]) && !knows(HERE, Method::GET, &[user, ("upgrade", "websocket")]),
            "any page may have asked"
        );
        assert!(access.admits(&Method::GET, &asked(&[("host", "desk.example"), origin])).is_ok());
        let forwarded = asked(&[("x-forwarded-for", "1.2.3.4, 10.0.0.7")]);
        assert_eq!(access.client(HERE, &forwarded), IpAddr::from([10, 0, 0, 7]));
        assert_eq!(access.client(elsewhere, &forwarded), elsewhere);
        assert_eq!(access.client(HERE, &asked(&[])), HERE);
    }

    #[test]
    fn with_tls_a_page_without_is_another() {
        let access = Access::newsroom(["desk.example".to_owned()], Token::chosen("a-token-of-the-test"), None, true);
        let from = |origin| access.admits(&Method::POST, &asked(&[("host", "desk.example"), ("origin", origin)])).is_ok();
        assert!(from("https://desk.example") && !from("http://desk.example"));
    }
}
