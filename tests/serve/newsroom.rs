//! A server for a newsroom: with TLS of its own, or behind a proxy that lets people in.

use std::sync::Arc;
use std::time::Duration;

use copydesk::serve::{Access, Limits, Log, Proxy, Serving, Tls, Token};
use serde_json::json;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::ServerName;
use tokio_rustls::rustls::{ClientConfig, RootCertStore};

use super::client::{LIMIT, Served, TOKEN, newsroom, read};

const NAME: &str = "desk.example";

/// A server with a certificate for its name, and somebody who trusts that.
async fn with_tls(head: Duration) -> (Served, TlsConnector) {
    let made = rcgen::generate_simple_self_signed([NAME.to_owned()]).expect("can be made");
    let desk = newsroom();
    let (certificate, key) = (desk.path().join("certificate.pem"), desk.path().join("key.pem"));
    std::fs::write(&certificate, made.cert.pem()).expect("is writable");
    std::fs::write(&key, made.signing_key.serialize_pem()).expect("is writable");
    let tls = Tls::load(&certificate, &key).expect("belong together");
    let token = Token::chosen(TOKEN);
    let limits = Limits { head, ..Limits::default() };
    let served = Served::behind(desk, true, |_| Serving {
        access: Access::newsroom([NAME.to_owned()], token, None, true),
        limits,
        log: Log::Silent,
        tls: Some(tls),
    })
    .await;
    let mut trusted = RootCertStore::empty();
    trusted.add(made.cert.der().clone()).expect("is a certificate");
    let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .expect("has versions")
        .with_root_certificates(trusted)
        .with_no_client_auth();
    (served, TlsConnector::from(Arc::new(config)))
}

#[tokio::test]
async fn with_a_certificate_everything_goes_over_tls() {
    let (served, connector) = with_tls(Duration::from_secs(15)).await;
    let stream = TcpStream::connect(served.address).await.expect("is there");
    let mut stream = connector.connect(ServerName::try_from(NAME).expect("is a name"), stream).await.expect("agree");
    let request = format!("GET /metrics HTTP/1.1\r\nHost: {NAME}\r\nAuthorization: Bearer {TOKEN}\r\nConnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).await.expect("is open");
    let mut answer = Vec::new();
    // What ends without a farewell has been said all the same.
    let _ = timeout(LIMIT, stream.read_to_end(&mut answer)).await.expect("is closed");
    assert!(String::from_utf8_lossy(&answer).starts_with("HTTP/1.1 200"), "{}", String::from_utf8_lossy(&answer));
}

#[tokio::test]
async fn who_speaks_no_tls_or_says_nothing_is_let_go() {
    let (served, _) = with_tls(Duration::from_millis(300)).await;
    let plain = served.raw(format!("GET /health HTTP/1.1\r\nHost: {NAME}\r\n\r\n").as_bytes()).await;
    assert!(!plain.head.contains("HTTP/1.1 200"), "{plain:?}");
    let mut silent = TcpStream::connect(served.address).await.expect("is there");
    assert_eq!(read(&mut silent).await.status, 0);
}

#[tokio::test]
async fn whom_the_proxy_has_let_in_needs_no_token() {
    let proxied = |trusted: [u8; 4]| {
        let limits = Limits { connections_of_one: 1, ..Limits::default() };
        let header = "x-forwarded-user".parse().expect("is a name");
        Served::behind(newsroom(), true, move |_| Serving {
            access: Access::newsroom([NAME.to_owned()], None, Some(Proxy { addresses: vec![trusted.into()], header }), false),
            limits,
            log: Log::Silent,
            tls: None,
        })
    };
    let head = |line: &str, more: &str| format!("{line} HTTP/1.1\r\nHost: {NAME}\r\nConnection: close\r\n{more}\r\n");
    let user = "X-Forwarded-User: anja\r\n";
    let served = proxied([127, 0, 0, 1]).await;
    let _kept = TcpStream::connect(served.address).await.expect("is there");
    let _kept_too = TcpStream::connect(served.address).await.expect("is there");
    let draft = json!({"text": "Mayor Anja Kowalczik came.\n"}).to_string();
    let more = format!("{user}Origin: https://{NAME}\r\nContent-Type: application/json\r\nContent-Length: {}\r\n", draft.len());
    let answer = served.raw((head("POST /check", &more) + &draft).as_bytes()).await;
    assert_eq!((answer.status, &answer.json()["findings"][0]["rule"]), (200, &json!("name-misspelled")));
    assert_eq!(served.raw(head("GET /metrics", user).as_bytes()).await.status, 200);
    assert_eq!(served.raw(head("GET /metrics", "").as_bytes()).await.status, 401, "nobody has been let in");
    let from_elsewhere = format!("{user}Origin: https://evil.example\r\nContent-Length: 0\r\n");
    assert_eq!(served.raw(head("POST /check", &from_elsewhere).as_bytes()).await.status, 403);
    let from_nowhere = format!("{user}Content-Length: 0\r\n");
    assert_eq!(served.raw(head("POST /check", &from_nowhere).as_bytes()).await.status, 401, "any page may have asked");
    let served = proxied([10, 0, 0, 1]).await;
    assert_eq!(served.raw(head("GET /metrics", user).as_bytes()).await.status, 401, "the proxy speaks from another address");
}

#[test]
fn what_is_no_certificate_is_told() {
    let desk = newsroom();
    let put = |name: &str, text: &str| {
        let path = desk.path().join(name);
        std::fs::write(&path, text).expect("is writable");
        path
    };
    let [one, other] = [(); 2].map(|()| rcgen::generate_simple_self_signed([NAME.to_owned()]).expect("can be made"));
    let (certificate, key) = (put("certificate.pem", &one.cert.pem()), put("key.pem", &one.signing_key.serialize_pem()));
    let another = put("another.pem", &other.signing_key.serialize_pem());
    let empty = put("empty.pem", "");
    assert!(Tls::load(&certificate, &key).is_ok());
    for (certificate, key) in [(&empty, &key), (&certificate, &empty), (&key, &certificate), (&certificate, &another)] {
        let why = Tls::load(certificate, key).err().map(|problem| problem.to_string()).expect("is refused");
        assert!(!why.contains('\n') && !why.contains("PRIVATE"), "{why}");
    }
    assert!(Tls::load(&desk.path().join("none.pem"), &key).is_err());
}
