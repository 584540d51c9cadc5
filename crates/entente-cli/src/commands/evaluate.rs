//! `entente evaluate`: the coder, or records of any system, against annotated articles.

use crate::arguments::{EvaluateOptions, ReportFormat};
use crate::measured;
use crate::output::evaluation;
use crate::report::{Outcome, tell};
use crate::workers::Workers;
use entente_evaluation::evaluate;
use entente_evaluation::gold::GoldDocument;
use entente_evaluation::system::SystemDocument;
use std::io::{BufWriter, Write};

/// Articles that are coded together, in parallel.
const BATCH_DOCUMENTS: usize = 256;

pub(crate) fn run(options: &EvaluateOptions) -> anyhow::Result<Outcome> {
    let mut outcome = Outcome::default();
    let gold = measured::gold(&options.gold, &options.texts, &mut outcome);
    if gold.is_empty() {
        return Ok(outcome);
    }
    let records = match &options.records {
        Some(file) => measured::records(file, &mut outcome),
        None => code(&gold, options, &mut outcome)?,
    };
    if records.is_empty() {
        return Ok(Outcome { done: 0, ..outcome });
    }
    let mut measured = evaluate(&gold, &records);
    if !measured.documents_without_records.is_empty() {
        let count = measured.documents_without_records.len();
        tell(&format!(
            "{count} of {} annotated articles have no records; their events count as missed",
            gold.len()
        ));
    }
    if options.brief {
        measured.misses.clear();
        measured.false_alarms.clear();
    }
    let mut out = BufWriter::new(anstream::AutoStream::auto(std::io::stdout()));
    match options.format {
        ReportFormat::Table => evaluation::write_table(&mut out, &measured)?,
        ReportFormat::Json => {
            serde_json::to_writer_pretty(&mut out, &measured)?;
            out.write_all(b"\n")?;
        }
        ReportFormat::Csv => evaluation::write_csv(&mut out, &measured)?,
    }
    out.flush()?;
    Ok(outcome)
}

/// The built-in coder's records of the articles.
fn code(
    gold: &[GoldDocument],
    options: &EvaluateOptions,
    outcome: &mut Outcome,
) -> anyhow::Result<Vec<SystemDocument>> {
    let coder = options.parts.coder()?;
    let workers = Workers::new(options.threads)?;
    let mut records = Vec::with_capacity(gold.len());
    for batch in gold.chunks(BATCH_DOCUMENTS) {
        let documents = batch.iter().map(|document| measured::document(document, outcome)).collect();
        for coded in workers.map(documents, |document| (coder.code(&document), document.id)) {
            match coded {
                (Ok(annotation), _) => records.push(SystemDocument::from(annotation)),
                (Err(error), id) => outcome.fail(None, &format!("document {id}: {error}")),
            }
        }
    }
    Ok(records)
}
