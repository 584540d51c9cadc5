//! `entente review`: writes a sample to label, and reads it back.

use crate::arguments::{ReviewCommand, ReviewFormat, ReviewOptions, ReviewReadOptions, ReviewSampleOptions};
use crate::measured;
use crate::output::csv::unrunnable;
use crate::output::review as report;
use crate::report::{Outcome, input_name, tell};
use anyhow::{Context, ensure};
use entente_evaluation::gold::GoldDocument;
use entente_evaluation::review::{
    COLUMNS, SampleOptions, SheetRow, gold_documents, read_labels, read_sheet, review, sample,
};
use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::Path;

pub(crate) fn run(options: &ReviewOptions) -> anyhow::Result<Outcome> {
    match &options.command {
        ReviewCommand::Sample(options) => write_sample(options),
        ReviewCommand::Read(options) => read_sample(options),
    }
}

fn write_sample(options: &ReviewSampleOptions) -> anyhow::Result<Outcome> {
    ensure!(options.size > 0, "a sample of no rows says nothing");
    let mut outcome = Outcome::default();
    let records = measured::records(&options.records, &mut outcome);
    if records.is_empty() {
        return Ok(outcome);
    }
    let drawn = sample(&records, SampleOptions { size: options.size, seed: options.seed });
    if !drawn.without_text.is_empty() {
        let count = drawn.without_text.len();
        outcome
            .fail(None, &format!("{count} documents have no text and cannot be sampled: annotate writes it"));
    }
    if drawn.rows.is_empty() {
        if outcome.failed == 0 {
            outcome.fail(None, "no events and no sentences in the records");
        }
        return Ok(outcome);
    }
    // A sheet with labels in it is hours of work.
    let file = File::create_new(&options.out)
        .with_context(|| format!("{}: failed to create the sheet", options.out.display()))?;
    let is_lines =
        options.out.extension().is_some_and(|extension| extension == "jsonl" || extension == "ndjson");
    let out = BufWriter::new(file);
    if is_lines {
        write_lines(out, &drawn.rows)?;
    } else {
        write_rows(out, &drawn.rows)?;
    }
    let events = drawn.rows.iter().filter(|row| !row.event.is_empty()).count();
    let sentences = drawn.rows.len() - events;
    tell(&format!("{}: {events} events and {sentences} sentences to label", options.out.display()));
    outcome.done = drawn.rows.len();
    Ok(outcome)
}

fn write_rows(out: impl Write, rows: &[SheetRow]) -> anyhow::Result<()> {
    let mut writer = csv::Writer::from_writer(out);
    writer.write_record(COLUMNS)?;
    for row in rows {
        writer.write_record(row.cells().map(unrunnable))?;
    }
    writer.flush()?;
    Ok(())
}

fn write_lines(mut out: impl Write, rows: &[SheetRow]) -> anyhow::Result<()> {
    for row in rows {
        serde_json::to_writer(&mut out, row)?;
        out.write_all(b"\n")?;
    }
    out.flush()?;
    Ok(())
}

fn read_sample(options: &ReviewReadOptions) -> anyhow::Result<Outcome> {
    let mut outcome = Outcome::default();
    let records = measured::records(&options.records, &mut outcome);
    let name = input_name(&options.sheet);
    let Some(content) = measured::content(&options.sheet, &mut outcome) else {
        return Ok(outcome);
    };
    if records.is_empty() {
        return Ok(outcome);
    }
    let sheet = read_sheet(&name, &content);
    measured::fail_each(&sheet.faults, &mut outcome);
    let reading = read_labels(&name, &sheet.rows, &records);
    measured::fail_each(&reading.faults, &mut outcome);
    if reading.labels.is_empty() {
        outcome.fail(None, &format!("{name}: no labelled rows"));
        return Ok(outcome);
    }
    outcome.done = reading.labels.len();
    let judged = review(&reading.labels, &records);
    let mut out = BufWriter::new(anstream::AutoStream::auto(std::io::stdout()));
    match options.format {
        ReviewFormat::Table => report::write_table(&mut out, &judged, reading.unlabelled)?,
        ReviewFormat::Json => {
            serde_json::to_writer_pretty(&mut out, &judged)?;
            out.write_all(b"\n")?;
        }
    }
    out.flush()?;
    if let Some(folder) = &options.gold_out {
        write_gold(folder, &gold_documents(&reading.labels, &records))?;
    }
    Ok(outcome)
}

/// One file an article, numbered: ids are no file names.
fn write_gold(folder: &Path, documents: &[GoldDocument]) -> anyhow::Result<()> {
    fs::create_dir_all(folder)
        .with_context(|| format!("{}: failed to create the folder", folder.display()))?;
    let mut entries =
        fs::read_dir(folder).with_context(|| format!("{}: failed to read the folder", folder.display()))?;
    ensure!(entries.next().is_none(), "{}: the folder for the gold is not empty", folder.display());
    for (index, document) in documents.iter().enumerate() {
        let path = folder.join(format!("document-{:05}.json", index + 1));
        let write = || -> anyhow::Result<()> {
            let mut out = BufWriter::new(File::create_new(&path)?);
            serde_json::to_writer_pretty(&mut out, document)?;
            out.write_all(b"\n")?;
            out.flush()?;
            Ok(())
        };
        write().with_context(|| format!("{}: failed to write", path.display()))?;
    }
    Ok(())
}
