//! Arguments to a command, a command to an exit status.

use std::io::{self, IsTerminal, Write};
use std::panic::PanicHookInfo;
use std::process::ExitCode;

use copydesk::cli::{self, Arguments, Command, Outcome, Refused, Run, Terminal};

/// Reading a draft makes thousands of small things; glibc's allocator takes a sixth of a run's time for them.
#[cfg(not(target_env = "msvc"))]
#[global_allocator]
static ALLOCATOR: tikv_jemallocator::Jemalloc = tikv_jemallocator::Jemalloc;

fn main() -> ExitCode {
    std::panic::set_hook(Box::new(tell_where));
    match Arguments::understood(&std::env::args_os().collect::<Vec<_>>()).map(|arguments| arguments.command) {
        Ok(Command::Run(command)) => run(&command),
        #[cfg(feature = "lsp")]
        Ok(Command::Lsp(_)) => serve(),
        #[cfg(feature = "serve")]
        Ok(Command::Serve(arguments)) => serve_page(&arguments),
        #[cfg(feature = "mcp")]
        Ok(Command::Mcp(arguments)) => answer(arguments),
        Err(Refused::Help(help)) => help.exit(),
        Err(Refused::Fault(why)) => {
            // If even this can't be written, the exit status is all there is.
            let _ = cli::tell(&mut io::stderr(), why);
            ExitCode::from(Outcome::Failed as u8)
        }
    }
}

/// Runs a command on this terminal.
fn run(command: &Run) -> ExitCode {
    let stdout = io::stdout();
    let is_terminal = stdout.is_terminal();
    let mut out = io::BufWriter::new(stdout.lock());
    let mut terminal = Terminal {
        out: &mut out,
        // Not locked: a panic in another thread has to be told too, and would wait for the lock for ever.
        err: &mut io::stderr(),
        is_terminal,
        width: columns(is_terminal),
        stdin: &mut io::stdin().lock(),
        progress: io::stderr().is_terminal().then_some(show_progress),
        lines: (!io::stderr().is_terminal()).then_some(show_line),
    };
    let outcome = cli::run(command, &mut terminal);
    match outcome.and_then(|outcome| out.flush().map(|()| outcome)) {
        Ok(outcome) => ExitCode::from(outcome as u8),
        // Whoever read us has seen enough: `copydesk read … | head`.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(error) => {
            // If even this can't be written, the exit status is all there is.
            let _ = cli::tell(&mut io::stderr(), format!("the output can't be written: {error}"));
            ExitCode::from(Outcome::Failed as u8)
        }
    }
}

/// Shows a line in the place of the one before.
fn show_progress(line: &str) {
    // If it can't be written, nobody sees it.
    let _ = write!(io::stderr(), "\r\u{1b}[2K{line}");
}

/// Shows a line for good.
fn show_line(line: &str) {
    // If it can't be written, nobody sees it.
    let _ = cli::tell(&mut io::stderr(), line);
}

/// What a panic says may hold words of a text, and so anything at all: where it is from is enough to mend it.
fn tell_where(panic: &PanicHookInfo<'_>) {
    if let Some(place) = panic.location() {
        // If even this can't be written, there is nobody to tell.
        let _ = cli::tell(&mut io::stderr(), format!("a fault at {place}"));
    }
}

/// How many columns there are: as the shell says, or else the terminal.
fn columns(is_terminal: bool) -> Option<usize> {
    let said = std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
    said.or_else(|| terminal_size::terminal_size().filter(|_| is_terminal).map(|(width, _)| usize::from(width.0)))
}

/// Serves an editor over standard input and output.
#[cfg(feature = "lsp")]
fn serve() -> ! {
    // With the clock and nothing else: what waits for sockets and signals has a socket of its own, and this server has none.
    let status = match tokio::runtime::Builder::new_multi_thread().enable_time().build() {
        Ok(runtime) => {
            let status = runtime.block_on(copydesk::lsp::serve(tokio::io::stdin(), tokio::io::stdout()));
            // A read of standard input that is under way can't be called off: waiting for it would hang until the editor closes it.
            runtime.shutdown_background();
            status
        }
        Err(error) => {
            // If even this can't be written, the exit status is all there is.
            let _ = cli::tell(&mut io::stderr(), format!("the server can't start: {error}"));
            i32::from(Outcome::Failed as u8)
        }
    };
    std::process::exit(status)
}

/// Serves a page to people at this machine.
#[cfg(feature = "serve")]
fn serve_page(arguments: &cli::ServeArguments) -> ExitCode {
    match copydesk::serve::run(arguments, &mut |words| writeln!(io::stdout(), "{words}")) {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            // If even this can't be written, the exit status is all there is.
            let _ = cli::tell(&mut io::stderr(), why);
            ExitCode::from(Outcome::Failed as u8)
        }
    }
}

/// Answers an assistant over standard input and output.
#[cfg(feature = "mcp")]
fn answer(arguments: cli::McpArguments) -> ! {
    let status = match tokio::runtime::Builder::new_multi_thread().enable_time().build() {
        Ok(runtime) => {
            let load = move || cli::setting_here(&arguments.against);
            let served = runtime.block_on(copydesk::mcp::serve(tokio::io::stdin(), tokio::io::stdout(), load));
            // As for an editor: a read that is under way can't be called off.
            runtime.shutdown_background();
            served.map(|()| Outcome::Clean).map_err(|error| error.to_string())
        }
        Err(error) => Err(error.to_string()),
    };
    let outcome = status.unwrap_or_else(|why| {
        // If even this can't be written, the exit status is all there is.
        let _ = cli::tell(&mut io::stderr(), format!("the server ended: {why}"));
        Outcome::Failed
    });
    std::process::exit(outcome as i32)
}
