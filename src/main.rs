//! Arguments to a command, a command to an exit status.

use std::io::{self, IsTerminal, Write};
use std::panic::PanicHookInfo;
use std::process::ExitCode;

use clap::Parser;
use copydesk::cli::{self, Arguments, Command, Outcome, Terminal};
use copydesk::lsp;

fn main() -> ExitCode {
    std::panic::set_hook(Box::new(tell_where));
    let arguments = Arguments::parse();
    if let Command::Lsp(_) = arguments.command {
        serve();
    }
    let stdout = io::stdout();
    let is_terminal = stdout.is_terminal();
    let mut out = io::BufWriter::new(stdout.lock());
    let mut terminal = Terminal {
        out: &mut out,
        // Not locked: a panic in another thread has to be told too, and would wait for the lock for ever.
        err: &mut io::stderr(),
        is_terminal,
        width: std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok()),
        stdin: &mut io::stdin().lock(),
    };
    let outcome = cli::run(&arguments.command, &mut terminal);
    match outcome.and_then(|outcome| out.flush().map(|()| outcome)) {
        Ok(outcome) => ExitCode::from(outcome as u8),
        // Whoever read us has seen enough: `copydesk read … | head`.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(error) => {
            // If even this can't be written, the exit status is all there is.
            let _ = writeln!(io::stderr(), "copydesk: the output can't be written: {error}");
            ExitCode::from(Outcome::Failed as u8)
        }
    }
}

/// What a panic says may hold words of a text, and so anything at all: where it is from is enough to mend it.
fn tell_where(panic: &PanicHookInfo<'_>) {
    if let Some(place) = panic.location() {
        // If even this can't be written, there is nobody to tell.
        let _ = writeln!(io::stderr(), "copydesk: a fault at {place}");
    }
}

/// Serves an editor over standard input and output.
fn serve() -> ! {
    let status = match tokio::runtime::Runtime::new() {
        Ok(runtime) => {
            let status = runtime.block_on(lsp::serve(tokio::io::stdin(), tokio::io::stdout()));
            // A read of standard input that is under way can't be called off: waiting for it would hang until the editor closes it.
            runtime.shutdown_background();
            status
        }
        Err(error) => {
            // If even this can't be written, the exit status is all there is.
            let _ = writeln!(io::stderr(), "copydesk: the server can't start: {error}");
            i32::from(Outcome::Failed as u8)
        }
    };
    std::process::exit(status)
}
