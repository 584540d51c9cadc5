//! `entente codebook check`: reads a codebook and runs its examples.

use crate::arguments::{CodebookCommand, CodebookOptions};
use crate::report::Outcome;
use entente::{Coder, examples};

pub(crate) fn run(options: &CodebookOptions) -> anyhow::Result<Outcome> {
    let CodebookCommand::Check { folder } = &options.command;
    let coder = match folder {
        Some(folder) => Coder::with_codebook(folder)?,
        None => Coder::new()?,
    };
    let mismatches = examples::check(&coder)?;
    for mismatch in &mismatches {
        anstream::print!("{mismatch}");
    }
    let codebook = coder.codebook();
    let count = codebook.examples.len();
    anstream::println!(
        "{}: {} frames, {} triggers, {} examples, {} as expected",
        codebook.name,
        codebook.frames.len(),
        codebook.trigger_count(),
        count,
        count - mismatches.len(),
    );
    Ok(Outcome { done: count - mismatches.len(), failed: mismatches.len() })
}
