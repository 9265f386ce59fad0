//! What copydesk does to the world outside: it makes files in the user's cache and nowhere else, and speaks to nobody.

use std::collections::BTreeMap;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// All files below a folder with what is in them.
fn all_files(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut files = BTreeMap::new();
    for entry in std::fs::read_dir(folder).expect("is there") {
        let path = entry.expect("is readable").path();
        if path.is_dir() {
            files.extend(all_files(&path));
        } else {
            files.insert(path.clone(), std::fs::read(&path).expect("is readable"));
        }
    }
    files
}

fn copydesk(home: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_copydesk"));
    command.current_dir(home.join("desk")).env("HOME", home).env("XDG_CACHE_HOME", home.join("cache")).stdin(Stdio::null());
    command
}

fn home() -> tempfile::TempDir {
    let home = tempfile::tempdir().expect("a temporary folder");
    std::fs::create_dir_all(home.path().join("desk/archive")).expect("can be made");
    let write = |name: &str, text: &str| std::fs::write(home.path().join("desk").join(name), text).expect("can be written");
    write("copydesk.toml", "corpus = \"archive\"\nstylebook = \"style.toml\"\n");
    write("style.toml", "[[person]]\nname = \"Anja Kowalczyk\"\n");
    write("archive/quay.md", "Harbour master Anja Kowalczyk opened the quay.\n");
    write("draft.md", "Anja Kowalczik opened the quay on Monday, 5 March 2024.\n");
    home
}

#[test]
fn nothing_is_written_but_the_cache() {
    let home = home();
    let before = all_files(home.path());
    let commands: [&[&str]; 5] =
        [&["lint", "."], &["lint", "draft.md", "--config", "/nowhere.toml"], &["read", "."], &["who", "Kowalczyk"], &["explain"]];
    for arguments in commands {
        copydesk(home.path()).args(arguments).output().expect("copydesk starts");
    }
    let mut after = all_files(home.path());
    after.retain(|path, _| !path.starts_with(home.path().join("cache")));
    assert_eq!(after, before);
}

#[cfg(target_os = "linux")]
#[test]
fn a_server_at_work_has_no_socket_and_no_child() {
    use std::io::{BufRead as _, BufReader};
    let home = home();
    let mut server = copydesk(home.path()).arg("lsp").stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("copydesk starts");
    let mut input = server.stdin.take().expect("is piped");
    let mut output = BufReader::new(server.stdout.take().expect("is piped"));
    let mut send = |message: serde_json::Value| {
        let body = message.to_string();
        write!(input, "Content-Length: {}\r\n\r\n{body}", body.len()).and_then(|()| input.flush()).expect("the server reads");
    };
    let uri = format!("file://{}/desk/draft.md", home.path().display());
    let document = serde_json::json!({"uri": uri, "languageId": "markdown", "version": 1, "text": "Anja Kowalczik left.\n"});
    let message = |method: &str, params: serde_json::Value| serde_json::json!({"jsonrpc": "2.0", "method": method, "params": params});
    let mut introduction = message("initialize", serde_json::json!({"processId": null, "rootUri": null, "capabilities": {}}));
    introduction["id"] = 1.into();
    send(introduction);
    send(message("textDocument/didOpen", serde_json::json!({"textDocument": document})));
    let place = serde_json::json!({"textDocument": {"uri": uri}, "position": {"line": 0, "character": 2}});
    let mut hover = message("textDocument/hover", place);
    hover["id"] = 2.into();
    send(hover);
    // The answer to that: it has loaded its sources and checked the draft.
    let mut heard = Vec::new();
    while !heard.windows(6).any(|window| window == b"\"id\":2") {
        let before = heard.len();
        output.read_until(b'}', &mut heard).expect("the server speaks");
        assert!(heard.len() > before, "the server ended");
    }
    let process = PathBuf::from(format!("/proc/{}", server.id()));
    let open: Vec<PathBuf> =
        std::fs::read_dir(process.join("fd")).expect("is there").filter_map(|entry| std::fs::read_link(entry.ok()?.path()).ok()).collect();
    assert!(open.len() >= 3 && !open.iter().any(|file| file.to_string_lossy().starts_with("socket:")), "{open:?}");
    for task in std::fs::read_dir(process.join("task")).expect("is there") {
        let children = std::fs::read_to_string(task.expect("is there").path().join("children")).unwrap_or_default();
        assert_eq!(children.trim(), "");
    }
    server.kill().and_then(|()| server.wait()).expect("can be ended");
}

/// What a message takes is given back with it, however large it was.
#[cfg(target_os = "linux")]
#[test]
fn a_large_message_leaves_no_memory_behind() {
    use std::io::{BufRead as _, BufReader};
    const MEGABYTES: usize = 100;
    let home = home();
    let mut server = copydesk(home.path()).arg("lsp").stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("copydesk starts");
    let (mut input, output) = (server.stdin.take().expect("is piped"), server.stdout.take().expect("is piped"));
    let mut output = BufReader::new(output);
    let mut ask = |id: u32, params: &str| {
        let body = format!("{{\"jsonrpc\":\"2.0\",\"id\":{id},\"method\":\"copydesk/none\",\"params\":[\"{params}\"]}}");
        write!(input, "Content-Length: {}\r\n\r\n{body}", body.len()).and_then(|()| input.flush()).expect("the server reads");
        let mut heard = Vec::new();
        let answer = format!("\"id\":{id}");
        while !heard.windows(answer.len()).any(|window| window == answer.as_bytes()) {
            let before = heard.len();
            output.read_until(b'}', &mut heard).expect("the server speaks");
            assert!(heard.len() > before, "the server ended");
        }
    };
    let memory = || {
        let status = std::fs::read_to_string(format!("/proc/{}/status", server.id())).expect("is there");
        let resident = status.lines().find_map(|line| line.strip_prefix("VmRSS:")?.trim().strip_suffix(" kB")?.parse::<usize>().ok());
        resident.expect("is told") >> 10
    };
    ask(1, "");
    let before = memory();
    ask(2, &"a".repeat(MEGABYTES << 20));
    ask(3, "");
    let after = memory();
    assert!(after < before + MEGABYTES / 5, "{before} MB before it, {after} MB behind it");
    server.kill().and_then(|()| server.wait()).expect("can be ended");
}
