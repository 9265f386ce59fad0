//! From the arguments of `copydesk serve` to a server that runs until it is told to stop.

use std::io;
use std::net::SocketAddr;
use std::path::Path;

use super::log::remark;
use super::{Access, Desk, Limits, Log, Proxy, Serving, Tls, Token, listen, serve};
use crate::cli::ServeArguments;
use crate::workspace::{Overrides, find_config, read_credential};

const TOKEN_VARIABLE: &str = "COPYDESK_TOKEN";

/// Serves until the process is interrupted or told to end; `tell` is given what a person is to read.
///
/// # Errors
/// When it can't be served, said in one line.
pub fn run(arguments: &ServeArguments, tell: &mut dyn FnMut(&str) -> io::Result<()>) -> Result<(), String> {
    let runtime = tokio::runtime::Runtime::new().map_err(|error| format!("the server can't start: {error}"))?;
    let ended = runtime.block_on(serve_desk(arguments, tell));
    // A check that is under way can't be called off, and nobody waits for it.
    runtime.shutdown_background();
    ended
}

async fn serve_desk(arguments: &ServeArguments, tell: &mut dyn FnMut(&str) -> io::Result<()>) -> Result<(), String> {
    let against = &arguments.against;
    let config = against.config.clone().or_else(|| find_config(Path::new("")));
    let overrides = Overrides { corpus: against.corpus.clone(), stylebook: against.stylebook.clone(), ..Overrides::default() };
    let decides = !arguments.no_decisions;
    // What is wrong with the arguments is told before anything large is read.
    let door = Door::of(arguments)?;
    let loading = tokio::task::spawn_blocking(move || Desk::load(config, overrides, decides));
    let listener = listen(door.address).await.map_err(|error| format!("{} can't be listened at: {error}", door.address))?;
    let port = listener.local_addr().map_err(|error| error.to_string())?.port();
    let desk = loading.await.map_err(|error| error.to_string())?.map_err(|problem| problem.to_string())?;
    // The address and nothing else: whoever starts the server from a program reads one line.
    tell(&door.told(port)).map_err(|error| format!("the address can't be told: {error}"))?;
    let log = if arguments.log || arguments.listen.is_some() { Log::Json } else { Log::Silent };
    if log == Log::Silent {
        remark(&format!("checked against {}; Ctrl-C ends it", desk.setting().against()));
    }
    let serving = Serving { access: door.access(port), limits: Limits::default(), log, tls: door.tls };
    serve(listener, desk, serving, told_to_stop()).await;
    Ok(())
}

/// Where people come in, and who may.
struct Door {
    address: SocketAddr,
    /// Of a newsroom; none where it is this machine alone.
    hosts: Vec<String>,
    tls: Option<Tls>,
    token: Option<Token>,
    /// Whether the person who runs the server has chosen the token, and so knows it.
    is_chosen: bool,
    proxy: Option<Proxy>,
}

impl Door {
    fn of(arguments: &ServeArguments) -> Result<Self, String> {
        let tls = match (&arguments.certificate, &arguments.key) {
            (Some(certificate), Some(key)) => Some(Tls::load(certificate, key).map_err(|problem| problem.to_string())?),
            _ => None,
        };
        let proxy = match &arguments.user_header {
            Some(name) => {
                let header = name.parse().map_err(|_| format!("`{name}` is no name of a header"))?;
                Some(Proxy { addresses: arguments.trust.clone(), header })
            }
            None => None,
        };
        let address = arguments.listen.unwrap_or(SocketAddr::from(([127, 0, 0, 1], arguments.port)));
        if !address.ip().is_loopback() && tls.is_none() && proxy.is_none() {
            return Err(format!(
                "{address} can be reached from elsewhere, and the token would be read on the way: give --certificate and --key, or --user-header \
                 and --trust for a proxy that has them"
            ));
        }
        let chosen = chosen_token(arguments.token_file.as_deref())?;
        let is_chosen = chosen.is_some();
        let token = match chosen {
            Some(token) => Some(token),
            // Behind a proxy nobody needs one.
            None if proxy.is_some() => None,
            None => Some(Token::random().map_err(|error| format!("no token can be made: {error}"))?),
        };
        Ok(Self { address, hosts: arguments.host.clone(), tls, token, is_chosen, proxy })
    }

    fn access(&self, port: u16) -> Access {
        match &self.token {
            Some(token) if self.hosts.is_empty() => Access::local(port, token.clone()),
            token => Access::newsroom(self.hosts.clone(), token.clone(), self.proxy.clone(), self.tls.is_some()),
        }
    }

    /// The page's address. A token that somebody has chosen is known to her, and isn't to stand in a log.
    fn told(&self, port: u16) -> String {
        let scheme = if self.tls.is_some() || self.proxy.is_some() { "https" } else { "http" };
        let host = self.hosts.first().cloned().unwrap_or_else(|| format!("127.0.0.1:{port}"));
        let token = match &self.token {
            Some(_) if self.is_chosen => "#TOKEN",
            Some(token) => &format!("#{}", token.words()),
            None => "",
        };
        format!("{scheme}://{host}/{token}")
    }
}

/// The token that is kept in a file, or else in the environment: on the command line everybody on the machine could read it.
fn chosen_token(file: Option<&Path>) -> Result<Option<Token>, String> {
    let words = match file {
        Some(file) => Some(read_credential(file).map_err(|problem| problem.to_string())?),
        None => std::env::var(TOKEN_VARIABLE).ok(),
    };
    let place = file.map_or_else(|| TOKEN_VARIABLE.to_owned(), |file| file.display().to_string());
    let weak = || format!("{place}: a token has at least 16 letters, digits and `-_.~`, such as `openssl rand -hex 32` prints");
    words.map(|words| Token::chosen(&words).ok_or_else(weak)).transpose()
}

/// Resolves when the process is interrupted or told to end.
async fn told_to_stop() {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut ended) = signal(SignalKind::terminate()) {
            tokio::select! {
                _ = tokio::signal::ctrl_c() => {}
                _ = ended.recv() => {}
            }
            return;
        }
    }
    let _ = tokio::signal::ctrl_c().await;
}
