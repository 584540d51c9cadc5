//! `entente ingest`: articles into a ledger. One thread writes while the others code; what is in the ledger
//! already is not coded again, so that a run that was cut off goes on where it stopped.

use crate::arguments::{IngestOptions, InputOptions};
use crate::batch::{incoming, next_batch, one};
use crate::commands::link::link_and_tell;
use crate::report::{Outcome, remark, tell};
use crate::versions::versions_of;
use crate::workers::Workers;
use anyhow::Context;
use entente::record::Annotation;
use entente::{Coder, Document, ReadError};
use entente_ledger::LedgerError;
use entente_ledger::store::{ContentHash, Ledger, PutReport, RunId, RunVersions};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::time::Instant;

/// Coded batches that may wait for the writer; it bounds memory.
const WAITING_BATCHES: usize = 2;

pub(crate) fn run(options: &IngestOptions) -> anyhow::Result<Outcome> {
    let started = Instant::now();
    let path = &options.ledger.ledger;
    let coder = options.input.parts.coder()?;
    let versions = versions_of(&coder, &options.input.parts)?;
    let mut ledger = Ledger::open_or_create(path)?;
    let run = ledger.begin_run(&versions, &now(), &options_of(&options.input))?;
    let known = Ledger::open_read_only(path)?;
    let workers = Workers::new(options.input.threads)?;
    let progress = progress_bar(&options.input);
    let mut intake =
        Intake { coder: &coder, known: &known, versions: &versions, workers: &workers, progress: &progress };
    let (sender, receiver) = sync_channel(WAITING_BATCHES);
    let (mut totals, fed, written) = std::thread::scope(|scope| {
        let writer = scope.spawn(move || write(ledger, &receiver, run));
        let mut totals = Totals::default();
        let fed = intake.feed(&options.input, &sender, &mut totals);
        drop(sender);
        let written = writer.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
        (totals, fed, written)
    });
    progress.finish_and_clear();
    let report = written.with_context(|| "failed to write to the ledger; what was written before stays")?;
    fed?;
    totals.take(report);
    totals.tell(path, started);
    // The last to close a ledger must be one who writes, so that everything is in the one file afterwards.
    drop(known);
    link_and_tell(&mut Ledger::open(path)?, path)?;
    let usable = totals.written.added + totals.written.replaced + totals.known();
    if usable + totals.failures() == 0 {
        tell("no documents in the inputs");
        return Ok(Outcome { done: 0, failed: 1 });
    }
    Ok(Outcome { done: usable, failed: totals.failures() })
}

/// Reads, leaves out what is known, codes the rest.
struct Intake<'a> {
    coder: &'a Coder,
    known: &'a Ledger,
    versions: &'a RunVersions,
    workers: &'a Workers,
    progress: &'a ProgressBar,
}

impl Intake<'_> {
    /// Hands all inputs to the writer, batch by batch; ends early when the writer has given up.
    fn feed(
        &mut self,
        input: &InputOptions,
        sender: &SyncSender<Vec<Annotation>>,
        totals: &mut Totals,
    ) -> anyhow::Result<()> {
        let mut documents = incoming(input);
        loop {
            let batch = next_batch(&mut documents);
            if batch.is_empty() {
                return Ok(());
            }
            totals.read += batch.len();
            let fresh = self.unknown_of(batch, totals)?;
            let coded = self.code(fresh, totals);
            if sender.send(coded).is_err() {
                return Ok(());
            }
        }
    }

    /// The documents that the ledger lacks, with the failures to read.
    fn unknown_of(
        &self,
        batch: Vec<Result<Document, ReadError>>,
        totals: &mut Totals,
    ) -> anyhow::Result<Vec<Result<Document, ReadError>>> {
        let keys: Vec<(String, ContentHash)> =
            batch.iter().flatten().map(|document| (document.id.clone(), hash_of(document))).collect();
        let mut coded = self.known.already_coded(&keys, self.versions)?.into_iter();
        let mut fresh = Vec::with_capacity(batch.len());
        for document in batch {
            if document.is_ok() && coded.next() == Some(true) {
                totals.already += 1;
                self.progress.inc(1);
            } else {
                fresh.push(document);
            }
        }
        Ok(fresh)
    }

    fn code(&self, documents: Vec<Result<Document, ReadError>>, totals: &mut Totals) -> Vec<Annotation> {
        let mut readable = Vec::with_capacity(documents.len());
        for document in documents {
            match document {
                Ok(document) => {
                    document.notes.iter().for_each(|note| remark(Some(self.progress), note));
                    readable.push(Ok(document));
                }
                Err(error) => {
                    totals.note(&error);
                    self.progress.inc(1);
                    remark(Some(self.progress), &error.to_string());
                }
            }
        }
        let step = |coder: &Coder, document: Document| coder.code(&document);
        let mut coded = Vec::with_capacity(readable.len());
        for result in self.workers.map(readable, |document| one(self.coder, document, &step)) {
            self.progress.inc(1);
            match result {
                Ok(annotation) => coded.push(annotation),
                Err(message) => {
                    *totals.failed.entry("not coded").or_default() += 1;
                    remark(Some(self.progress), &message);
                }
            }
        }
        coded
    }
}

/// Writes batches as they come, each in one transaction, and closes the run.
fn write(
    mut ledger: Ledger,
    batches: &Receiver<Vec<Annotation>>,
    run: RunId,
) -> Result<PutReport, LedgerError> {
    let mut total = PutReport::default();
    for batch in batches {
        let report = ledger.put(&batch, run)?;
        total.added += report.added;
        total.unchanged += report.unchanged;
        total.replaced += report.replaced;
        total.duplicates += report.duplicates;
        total.events += report.events;
        total.revisions.extend(report.revisions);
        total.refused.extend(report.refused);
    }
    ledger.end_run(run, &now())?;
    Ok(total)
}

/// What became of the documents.
#[derive(Default)]
struct Totals {
    read: usize,
    already: usize,
    /// Inputs that could not be read, by reason.
    failed: BTreeMap<&'static str, usize>,
    /// Inputs that are sound but not for Entente, by reason.
    skipped: BTreeMap<&'static str, usize>,
    written: PutReport,
}

impl Totals {
    /// Counts an input that gave no document.
    fn note(&mut self, error: &ReadError) {
        let (list, count) = match error {
            ReadError::LeftOut { count, .. } => (&mut self.skipped, *count),
            error if error.is_skip() => (&mut self.skipped, 1),
            _ => (&mut self.failed, 1),
        };
        *list.entry(error.reason()).or_default() += count;
    }

    fn take(&mut self, report: PutReport) {
        for revision in &report.revisions {
            tell(&format!(
                "document {}: came again with another text, kept as {}",
                revision.document_id, revision.revision_id
            ));
        }
        for refused in &report.refused {
            tell(&format!("document {}: {}", refused.id, refused.reason));
        }
        if !report.refused.is_empty() {
            self.failed.insert("refused by the ledger", report.refused.len());
        }
        self.written = report;
    }

    fn known(&self) -> usize {
        self.already + self.written.unchanged
    }

    fn failures(&self) -> usize {
        self.failed.values().sum()
    }

    fn tell(&self, ledger: &Path, started: Instant) {
        let seconds = started.elapsed().as_secs_f64();
        let written = &self.written;
        tell(&format!(
            "{}: {} inputs read in {seconds:.1} s: {} added ({} with a text that is there already, {} as another \
             text of a known id), {} coded anew, {} known, {} skipped{}, {} failed{}; {} events written",
            ledger.display(),
            self.read,
            written.added,
            written.duplicates,
            written.revisions.len(),
            written.replaced,
            self.known(),
            self.skipped.values().sum::<usize>(),
            listed(&self.skipped),
            self.failures(),
            listed(&self.failed),
            written.events,
        ));
    }
}

/// Reasons with their counts, in brackets.
fn listed(reasons: &BTreeMap<&'static str, usize>) -> String {
    let parts: Vec<String> = reasons.iter().map(|(reason, count)| format!("{count} {reason}")).collect();
    if parts.is_empty() { String::new() } else { format!(" ({})", parts.join(", ")) }
}

/// The hash that the ledger will give the document's records.
fn hash_of(document: &Document) -> ContentHash {
    let published = document.published.map(|day| day.to_string());
    ContentHash::of(&document.text, document.title(), published.as_deref(), document.publication.as_deref())
}

fn now() -> String {
    jiff::Timestamp::now().to_string()
}

/// The options that the records hang on, for the run's row.
fn options_of(input: &InputOptions) -> String {
    serde_json::json!({
        "published": input.published.map(|day| day.to_string()),
        "publication": input.publication,
        "codebook": input.parts.codebook,
        "model": input.parts.model,
    })
    .to_string()
}

fn progress_bar(input: &InputOptions) -> ProgressBar {
    let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr());
    if let Some(files) = number_of_files(input) {
        bar.set_length(files);
        let style = ProgressStyle::with_template("{wide_bar} {pos}/{len} documents, {per_sec}, {eta} left");
        return bar.with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
    }
    let style = ProgressStyle::with_template("{spinner} {pos} documents, {per_sec}, {elapsed}");
    bar.with_style(style.unwrap_or_else(|_| ProgressStyle::default_spinner()))
}

/// How many documents there are, where each file holds one.
fn number_of_files(input: &InputOptions) -> Option<u64> {
    let is_one = |path: &Path| {
        let extension = path.extension().and_then(|extension| extension.to_str());
        path.is_file() && matches!(extension, Some("txt" | "html" | "htm" | "pdf" | "docx"))
    };
    input.inputs.iter().all(|path| is_one(path)).then_some(input.inputs.len() as u64)
}
