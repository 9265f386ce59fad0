//! The page itself: built from `editors/page`, and part of the program. Nothing of it comes from anywhere else, and nothing of a draft is in
//! it: drafts come in over the socket.

use axum::http::header::{CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};

use super::access::unguessable;

const INDEX: &str = include_str!("../../editors/page/dist/index.html");

/// The page's other parts, by their names.
pub(super) const PARTS: [(&str, &str, &str); 3] = [
    ("/page.js", "text/javascript; charset=utf-8", include_str!("../../editors/page/dist/page.js")),
    ("/page.css", "text/css; charset=utf-8", include_str!("../../editors/page/dist/page.css")),
    ("/licences.txt", "text/plain; charset=utf-8", include_str!("../../editors/page/dist/licences.txt")),
];

/// Where the page has the word by which its own styles are known: the editor makes some as it goes.
const NONCE: &str = "{nonce}";

/// `GET /`
pub(super) async fn index() -> Response {
    let Ok(nonce) = unguessable::<16>() else { return StatusCode::INTERNAL_SERVER_ERROR.into_response() };
    let Ok(policy) = HeaderValue::from_str(&policy(&nonce)) else { return StatusCode::INTERNAL_SERVER_ERROR.into_response() };
    let headers = [(CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8")), (CONTENT_SECURITY_POLICY, policy)];
    (headers, INDEX.replace(NONCE, &nonce)).into_response()
}

/// What a browser lets the page do: run its own script, ask its own server, and make no markup of words whatever goes wrong.
fn policy(nonce: &str) -> String {
    format!(
        "default-src 'none'; script-src 'self'; style-src 'self' 'nonce-{nonce}'; img-src data:; connect-src 'self'; base-uri 'none'; \
         form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_takes_nothing_from_elsewhere_and_has_no_script_within() {
        assert_eq!(INDEX.matches(NONCE).count(), 1);
        for (name, _, text) in PARTS {
            assert!(!text.is_empty() && (name == "/licences.txt" || INDEX.contains(&format!("\"{name}\""))), "{name}");
        }
        assert!(!INDEX.contains("http:") && !INDEX.contains("https:") && !INDEX.contains("style="));
        assert!(INDEX.split_whitespace().all(|word| !(word.starts_with("on") && word.contains('='))));
        assert!(INDEX.matches("<script").count() == 1 && INDEX.contains("defer></script>"));
        assert!(policy("x").contains("script-src 'self';"));
    }
}
