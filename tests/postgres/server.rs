//! A PostgreSQL server of the tests' own, in a temporary folder, by whoever runs them or, for root, by `nobody`: nothing of the machine's.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, Weak};

use tempfile::TempDir;

/// Where Debian has the programs, and others.
const PLACES: [&str; 4] = ["/usr/lib/postgresql", "/usr/pgsql", "/usr/local/pgsql", "/opt/homebrew/opt/postgresql"];

pub(crate) struct Server {
    folder: TempDir,
    data: PathBuf,
    port: u32,
}

static PORTS: AtomicU32 = AtomicU32::new(5500);
static DATABASES: AtomicU32 = AtomicU32::new(0);

/// The one that tests share while any of them needs it.
pub(crate) fn server() -> Arc<Server> {
    static SHARED: Mutex<Weak<Server>> = Mutex::new(Weak::new());
    let mut shared = SHARED.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    shared.upgrade().unwrap_or_else(|| {
        let server = Arc::new(Server::start());
        *shared = Arc::downgrade(&server);
        server
    })
}

/// The newest program of this name.
fn program(name: &str) -> PathBuf {
    let versions = PLACES.iter().filter_map(|place| std::fs::read_dir(place).ok()).flatten();
    let mut found: Vec<PathBuf> =
        versions.filter_map(|entry| Some(entry.ok()?.path().join("bin").join(name))).filter(|path| path.is_file()).collect();
    found.sort();
    found.pop().unwrap_or_else(|| PathBuf::from(name))
}

/// A program, by somebody whom a server lets start it.
fn command(name: &str) -> Command {
    if !is_root() {
        return Command::new(program(name));
    }
    let mut command = Command::new("setpriv");
    command.args(["--reuid=nobody", "--regid=nogroup", "--clear-groups"]).arg(program(name));
    command
}

fn is_root() -> bool {
    std::os::unix::fs::MetadataExt::uid(&std::fs::metadata("/proc/self").expect("is there")) == 0
}

fn done(command: &mut Command) {
    let output = command.stdin(Stdio::null()).output().expect("PostgreSQL is installed (Debian: postgresql)");
    assert!(output.status.success(), "{command:?}: {}", String::from_utf8_lossy(&output.stderr));
}

impl Server {
    pub(crate) fn start() -> Self {
        Self::made_by("initdb", &["--auth=trust", "--username=desk", "--no-sync", "--encoding=UTF8", "--locale=C"])
    }

    /// A server that follows this one, and only answers.
    pub(crate) fn replica(&self) -> Self {
        let from = format!("host={} port={} user=desk", self.folder.path().display(), self.port);
        Self::made_by("pg_basebackup", &["--write-recovery-conf", "--checkpoint=fast", "--no-sync", "--dbname", &from])
    }

    /// A server whose data one of PostgreSQL's programs lays down.
    fn made_by(program: &str, arguments: &[&str]) -> Self {
        let folder = tempfile::Builder::new().prefix("pg").tempdir_in("/tmp").expect("a temporary folder");
        if is_root() {
            done(Command::new("chown").arg("nobody:nogroup").arg(folder.path()));
        }
        let data = folder.path().join("data");
        done(command(program).args(arguments).arg("--pgdata").arg(&data).current_dir("/"));
        let server = Self { folder, data, port: PORTS.fetch_add(1, Ordering::Relaxed) };
        server.up();
        server
    }

    /// Starts it, as it is.
    pub(crate) fn up(&self) {
        let place = format!(
            "-p {} -k {} -c listen_addresses='' -c fsync=off -c max_connections=250 -c shared_buffers=64MB",
            self.port,
            self.folder.path().display()
        );
        let log = self.folder.path().join("log");
        // It must not have the pipes of who waits for this to end.
        let status = command("pg_ctl")
            .args(["start", "--wait", "--silent", "--options", &place])
            .arg("--pgdata")
            .arg(&self.data)
            .arg("--log")
            .arg(&log)
            .current_dir("/")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status();
        let said = std::fs::read_to_string(&log).unwrap_or_default();
        assert!(status.is_ok_and(|status| status.success()), "{said}");
    }

    /// As if the power were cut.
    pub(crate) fn down(&self) {
        let _ = command("pg_ctl").args(["stop", "--mode=immediate", "--silent"]).arg("--pgdata").arg(&self.data).current_dir("/").output();
    }

    /// The address of a new database.
    pub(crate) fn database(&self) -> String {
        let name = format!("desk_{}", DATABASES.fetch_add(1, Ordering::Relaxed));
        self.say("postgres", &format!("CREATE DATABASE {name}"));
        self.address(&name)
    }

    /// Where a database of this server is.
    pub(crate) fn address(&self, database: &str) -> String {
        format!("postgres://desk@/{database}?host={}&port={}", self.folder.path().display(), self.port)
    }

    /// Has something done, and what the server says to it.
    pub(crate) fn say(&self, database: &str, words: &str) -> String {
        let mut psql = command("psql");
        psql.args(["-qAtX", "-U", "desk", "-d", database, "-v", "ON_ERROR_STOP=1", "-c", words]).arg("-h").arg(self.folder.path());
        let output = psql.arg("-p").arg(self.port.to_string()).current_dir("/").output().expect("PostgreSQL is installed");
        assert!(output.status.success(), "{words}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8_lossy(&output.stdout).into_owned()
    }

    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.down();
    }
}
