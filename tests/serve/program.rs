//! The program itself: it says where it is, answers there, and ends when it is told to; and what would not be safe it does not begin.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::process::{Command, Output, Stdio};

use super::client::newsroom;

fn copydesk(folder: &std::path::Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_copydesk"));
    command.current_dir(folder).arg("serve").args(arguments).stdin(Stdio::null()).env("XDG_CACHE_HOME", folder.join(".cache"));
    command.env_remove("COPYDESK_TOKEN");
    command
}

#[cfg(unix)]
#[test]
fn it_says_where_it_is_and_ends_when_it_is_told_to() {
    let desk = newsroom();
    let mut server = copydesk(desk.path(), &["--log"]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("copydesk starts");
    let mut told = String::new();
    BufReader::new(server.stdout.take().expect("is piped")).read_line(&mut told).expect("says something");
    let (address, token) = told.trim().strip_prefix("http://").and_then(|told| told.split_once("/#")).expect("an address");
    assert_eq!(token.len(), 64, "{told}");
    let mut stream = TcpStream::connect(address).expect("is there");
    write!(stream, "GET / HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n").expect("is open");
    let mut page = String::new();
    stream.read_to_string(&mut page).expect("answers");
    assert!(
        page.starts_with("HTTP/1.1 200 OK") && page.contains("/page.js") && !page.contains("{nonce}") && !page.contains(token),
        "{page}"
    );
    let status = Command::new("kill").args(["-TERM", &server.id().to_string()]).status().expect("kill starts");
    assert!(status.success());
    let mut log = String::new();
    server.stderr.take().expect("is piped").read_to_string(&mut log).expect("is text");
    assert_eq!(server.wait().expect("ends").code(), Some(0));
    let line: serde_json::Value = serde_json::from_str(log.lines().next().expect("a line")).expect("is JSON");
    assert_eq!((&line["event"], &line["route"], &line["status"]), (&"request".into(), &"/".into(), &200.into()));
    assert!(!log.contains(token), "{log}");
}

#[test]
fn what_would_not_be_safe_or_can_t_be_is_told_in_a_line() {
    let desk = newsroom();
    std::fs::write(desk.path().join("weak"), "secret\n").expect("is writable");
    let refused = |arguments: &[&str], says: &str| {
        let Output { status, stdout, stderr } = copydesk(desk.path(), arguments).output().expect("copydesk starts");
        let (stdout, stderr) = (String::from_utf8_lossy(&stdout).into_owned(), String::from_utf8_lossy(&stderr).into_owned());
        assert_eq!((status.code(), stdout.as_str(), stderr.lines().count()), (Some(2), "", 1), "{arguments:?}: {stderr}");
        assert!(stderr.contains(says), "{arguments:?}: {stderr}");
    };
    refused(&["--listen", "0.0.0.0:0", "--host", "desk.example"], "the token would be read on the way");
    refused(&["--listen", "0.0.0.0:0"], "--host");
    refused(&["--listen", "127.0.0.1:0", "--host", "a", "--port", "1"], "--port");
    refused(&["--token-file", "weak"], "at least 16");
    refused(&["--token-file", "none"], "there is no such file");
    refused(&["--listen", "127.0.0.1:0", "--host", "a", "--certificate", "weak", "--key", "weak"], "weak");
    refused(&["--listen", "127.0.0.1:0", "--host", "a", "--certificate", "weak"], "--key");
    refused(&["--listen", "127.0.0.1:0", "--host", "a", "--user-header", "X-User"], "--trust");
    refused(&["--corpus", "none"], "none");
    refused(&["--config", "none.toml"], "none.toml");
}
