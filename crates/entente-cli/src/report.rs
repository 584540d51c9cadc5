//! What happened to the inputs: counted, each failure named on stderr as it comes.

use indicatif::ProgressBar;
use std::process::ExitCode;

/// Counts of a run.
#[derive(Debug, Default, Clone, Copy)]
pub(crate) struct Outcome {
    pub(crate) done: usize,
    pub(crate) failed: usize,
}

impl Outcome {
    /// 0 done, 1 some failed, 2 nothing usable.
    pub(crate) fn exit_code(self) -> ExitCode {
        match (self.done, self.failed) {
            (_, 0) => ExitCode::SUCCESS,
            (0, _) => ExitCode::from(2),
            _ => ExitCode::from(1),
        }
    }

    /// Names a failure, above the progress bar where there is one.
    pub(crate) fn fail(&mut self, progress: Option<&ProgressBar>, message: &str) {
        self.failed += 1;
        let line = format!("entente: {}", one_line(message));
        match progress {
            Some(bar) if !bar.is_hidden() => bar.suspend(|| anstream::eprintln!("{line}")),
            _ => anstream::eprintln!("{line}"),
        }
    }
}

/// Untrusted text in a message must not draw on the terminal.
fn one_line(message: &str) -> String {
    message.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}
