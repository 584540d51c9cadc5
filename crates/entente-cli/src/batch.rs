//! Many inputs on all cores, answered in order.
//!
//! Documents are taken in batches, coded in parallel and handed on in their own order, so that the output does
//! not depend on the number of threads.

use crate::arguments::InputOptions;
use crate::report::{Outcome, remark};
use crate::web;
use crate::workers::Workers;
use entente::record::Annotation;
use entente::{Coder, Document, ParsedSentence, ReadError, ReadOptions, read_path};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::cell::LazyCell;
use std::path::{Path, PathBuf};

/// A batch is full at this many documents or bytes, whichever comes first; it bounds memory.
const BATCH_DOCUMENTS: usize = 256;
const BATCH_BYTES: usize = 4 * 1024 * 1024;

/// Codes all inputs and hands each annotation to `take`, in order.
pub(crate) fn code(
    options: &InputOptions,
    mut take: impl FnMut(Annotation) -> anyhow::Result<()>,
) -> anyhow::Result<Outcome> {
    run(options, |coder, document| coder.code(&document), &mut take)
}

/// Analyses all inputs without coding events.
pub(crate) fn analyse(
    options: &InputOptions,
    mut take: impl FnMut((Document, Vec<ParsedSentence>)) -> anyhow::Result<()>,
) -> anyhow::Result<Outcome> {
    let step = |coder: &Coder, document: Document| -> Result<_, entente::Error> {
        let sentences = coder.analyse(&document)?;
        Ok((document, sentences))
    };
    run(options, step, &mut take)
}

fn run<T: Send>(
    options: &InputOptions,
    step: impl Fn(&Coder, Document) -> Result<T, entente::Error> + Sync,
    take: &mut dyn FnMut(T) -> anyhow::Result<()>,
) -> anyhow::Result<Outcome> {
    let coder = options.parts.coder()?;
    let workers = Workers::new(options.threads)?;
    let progress = progress_bar(options);
    let mut outcome = Outcome::default();
    let mut incoming = incoming(options);
    loop {
        let batch = next_batch(&mut incoming);
        if batch.is_empty() {
            break;
        }
        for document in batch.iter().flatten() {
            for note in &document.notes {
                remark(Some(&progress), note);
            }
        }
        for result in workers.map(batch, |document| one(&coder, document, &step)) {
            progress.inc(1);
            match result {
                Ok(value) => {
                    outcome.done += 1;
                    take(value)?;
                }
                Err(message) => outcome.fail(Some(&progress), &message),
            }
        }
    }
    progress.finish_and_clear();
    if outcome.done + outcome.failed == 0 {
        outcome.fail(None, "no documents in the inputs");
    }
    Ok(outcome)
}

/// One document through the step; failures as a line for the user.
pub(crate) fn one<T>(
    coder: &Coder,
    document: Result<Document, ReadError>,
    step: &(impl Fn(&Coder, Document) -> Result<T, entente::Error> + Sync),
) -> Result<T, String> {
    let document = document.map_err(|error| error.to_string())?;
    let id = document.id.clone();
    step(coder, document).map_err(|error| format!("document {id}: {error}"))
}

/// The documents of all inputs, in order.
pub(crate) fn incoming(options: &InputOptions) -> impl Iterator<Item = Result<Document, ReadError>> {
    let read = ReadOptions {
        published: options.published,
        publication: options.publication.clone(),
        columns: options.columns.clone().unwrap_or_default(),
        ..ReadOptions::default()
    };
    let visitor = LazyCell::new(|| web::visitor(&options.web));
    options.inputs.iter().flat_map(|input| expanded(input)).flat_map(
        move |input| -> Box<dyn Iterator<Item = _>> {
            match web::address_of(&input) {
                Some(url) => web::documents(&visitor, url, &read),
                None => Box::new(read_path(&input, &read)),
            }
        },
    )
}

/// The files that an input names: itself, or all that match it where the shell has not done so.
fn expanded(input: &Path) -> Vec<PathBuf> {
    let is_pattern =
        |text: &&str| text.contains(['*', '?', '[']) && !input.exists() && web::address_of(input).is_none();
    let pattern = input.to_str().filter(is_pattern);
    let found: Vec<PathBuf> =
        pattern.and_then(|pattern| glob::glob(pattern).ok()).into_iter().flatten().flatten().collect();
    // A pattern that matches nothing is opened as it stands, so that the message names it.
    if found.is_empty() { vec![input.to_path_buf()] } else { found }
}

/// The next documents, as many as make a batch; none at the end.
pub(crate) fn next_batch(
    incoming: &mut impl Iterator<Item = Result<Document, ReadError>>,
) -> Vec<Result<Document, ReadError>> {
    let mut batch = Vec::new();
    let mut bytes = 0;
    while batch.len() < BATCH_DOCUMENTS && bytes < BATCH_BYTES {
        let Some(document) = incoming.next() else {
            break;
        };
        bytes += document.as_ref().map_or(0, |document| document.text.len());
        batch.push(document);
    }
    batch
}

/// Shown on long work, when stderr is a terminal.
fn progress_bar(options: &InputOptions) -> ProgressBar {
    let several = options.inputs.len() > 1 || options.inputs.iter().any(|input| holds_many(input));
    if !several {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr());
    let style = ProgressStyle::with_template("{spinner} {pos} documents, {per_sec}, {elapsed}");
    bar.with_style(style.unwrap_or_else(|_| ProgressStyle::default_spinner()))
}

/// Whether an input is likely to hold more than one article.
fn holds_many(input: &Path) -> bool {
    let extension = input.extension().and_then(|extension| extension.to_str()).unwrap_or_default();
    let is_one = matches!(extension, "txt" | "html" | "htm" | "json" | "pdf" | "docx");
    input.is_dir() || !is_one && input != Path::new("-")
}
