//! The `entente` command. Arguments are parsed literally here, then handed to one module a command.
//!
//! Exit codes: 0 done; 1 some inputs failed (each named on stderr, the rest done); 2 bad usage or nothing
//! usable. Records go to stdout, everything else to stderr.

mod arguments;
mod batch;
mod commands;
mod measured;
mod output;
mod report;
mod versions;
mod web;
mod workers;

use arguments::{Arguments, Command};
use clap::Parser;
use std::io::ErrorKind;
use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let outcome = match arguments.command {
        Command::Code(options) => commands::code::run(&options),
        Command::Annotate(options) => commands::annotate::run(&options),
        Command::Conllu(options) => commands::conllu::run(&options),
        Command::Classify(options) => commands::classify::run(&options),
        Command::Ingest(options) => commands::ingest::run(&options),
        Command::Watch(options) => commands::watch::run(&options),
        Command::Link(options) => commands::link::run(&options),
        Command::Events(options) => commands::events::run(&options),
        Command::Statements(options) => commands::statements::run(&options),
        Command::People(options) => commands::people::run(&options),
        Command::Happenings(options) => commands::happenings::run(&options),
        Command::Explain(options) => commands::explain::run(&options),
        Command::Stats(options) => commands::stats::run(&options),
        Command::Export(options) => commands::export::run(&options),
        Command::Import(options) => commands::import::run(&options),
        Command::Dyad(options) => commands::analysis::dyad::run(&options),
        Command::Alignment(options) => commands::analysis::alignment::run(&options),
        Command::Axes(options) => commands::analysis::axes::run(&options),
        Command::Balance(options) => commands::analysis::balance::run(&options),
        Command::Surges(options) => commands::analysis::surges::run(&options),
        Command::Forecast(options) => commands::analysis::forecast::run(&options),
        Command::Serve(options) => commands::serve::run(&options),
        Command::Codebook(options) => commands::codebook::run(&options),
        Command::Evaluate(options) => commands::evaluate::run(&options),
        Command::Compare(options) => commands::compare::run(&options),
        Command::Review(options) => commands::review::run(&options),
        Command::Doctor => commands::doctor::run(),
    };
    match outcome {
        Ok(outcome) => outcome.exit_code(),
        Err(error) if is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            report::tell(&format!("{error:#}"));
            ExitCode::from(2)
        }
    }
}

/// A reader that has seen enough, such as `head`, is no failure of ours.
fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| io_kind(cause) == Some(ErrorKind::BrokenPipe))
}

/// What the system said, also where a writer of a format has wrapped it.
fn io_kind(cause: &(dyn std::error::Error + 'static)) -> Option<ErrorKind> {
    if let Some(error) = cause.downcast_ref::<std::io::Error>() {
        return Some(error.kind());
    }
    if let Some(error) = cause.downcast_ref::<serde_json::Error>() {
        return error.io_error_kind();
    }
    match cause.downcast_ref::<csv::Error>()?.kind() {
        csv::ErrorKind::Io(error) => Some(error.kind()),
        _ => None,
    }
}
