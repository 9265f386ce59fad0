//! Arguments to a command, a command to an exit status.

use std::io::{self, IsTerminal, Write};
use std::process::ExitCode;

use clap::Parser;
use copydesk::cli::{self, Arguments, Outcome, Terminal};

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let stdout = io::stdout();
    let is_terminal = stdout.is_terminal();
    let mut out = io::BufWriter::new(stdout.lock());
    let mut terminal = Terminal {
        out: &mut out,
        err: &mut io::stderr().lock(),
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
