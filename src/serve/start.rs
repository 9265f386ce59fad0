//! From the arguments of `copydesk serve` to a server that runs until it is told to stop.

use std::io;
use std::net::SocketAddr;
use std::path::Path;

use super::{Access, Desk, Limits, Log, Serving, Token, listen, serve};
use crate::cli::ServeArguments;
use crate::workspace::{Overrides, find_config};

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
    let loading = tokio::task::spawn_blocking(move || Desk::load(config, overrides, decides));
    let address = SocketAddr::from(([127, 0, 0, 1], arguments.port));
    let listener = listen(address).await.map_err(|error| format!("{address} can't be listened at: {error}"))?;
    let port = listener.local_addr().map_err(|error| error.to_string())?.port();
    let desk = loading.await.map_err(|error| error.to_string())?.map_err(|problem| problem.to_string())?;
    let token = Token::random().map_err(|error| format!("no token can be made: {error}"))?;
    let told = format!("http://127.0.0.1:{port}/#{}\nchecked against {}; Ctrl-C ends it", token.words(), desk.setting().against());
    tell(&told).map_err(|error| format!("the address can't be told: {error}"))?;
    let log = if arguments.log { Log::Json } else { Log::Silent };
    let serving = Serving { access: Access::local(port, token), limits: Limits::default(), log };
    serve(listener, desk, serving, told_to_stop()).await;
    Ok(())
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
