//! What happened to the inputs: counted, each failure named on stderr as it comes.

use indicatif::ProgressBar;
use std::path::Path;
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
        remark(progress, message);
    }
}

/// Tells the user something that is no failure, above the progress bar where there is one.
pub(crate) fn remark(progress: Option<&ProgressBar>, message: &str) {
    match progress {
        Some(bar) if !bar.is_hidden() => bar.suspend(|| tell(message)),
        _ => tell(message),
    }
}

/// What messages call an input.
pub(crate) fn input_name(input: &Path) -> String {
    if input.as_os_str() == "-" { "standard input".to_owned() } else { input.display().to_string() }
}

/// Writes one line to stderr.
pub(crate) fn tell(message: &str) {
    anstream::eprintln!("entente: {}", inert(message));
}

/// The text on one line and without anything that steers a terminal: what articles and file names hold is
/// untrusted.
pub(crate) fn inert(text: &str) -> String {
    text.chars().map(inert_character).collect()
}

/// A space in place of a character that steers: control characters, line breaks, marks of direction.
pub(crate) fn inert_character(character: char) -> char {
    let is_direction_mark = matches!(
        character,
        '\u{061C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}'
    );
    let is_line_break = matches!(character, '\u{2028}' | '\u{2029}');
    if character.is_control() || is_line_break || is_direction_mark { ' ' } else { character }
}
