//! `entente compare`: two sets of records against each other, and both against the gold.

use crate::arguments::{CompareOptions, ReportFormat};
use crate::measured;
use crate::output::comparison;
use crate::report::Outcome;
use entente_evaluation::compare;
use std::io::{BufWriter, Write};

pub(crate) fn run(options: &CompareOptions) -> anyhow::Result<Outcome> {
    let mut outcome = Outcome::default();
    let first = measured::records(&options.first, &mut outcome);
    let second = measured::records(&options.second, &mut outcome);
    if first.is_empty() || second.is_empty() {
        return Ok(outcome);
    }
    let mut gold = None;
    if !options.gold.is_empty() {
        let documents = measured::gold(&options.gold, &options.texts, &mut outcome);
        if documents.is_empty() {
            return Ok(outcome);
        }
        gold = Some(documents);
    }
    outcome.done += first.len() + second.len();
    let mut compared = compare(&first, &second, gold.as_deref());
    if options.brief && options.format != ReportFormat::Table {
        compared.differences.clear();
        if let Some(against_gold) = &mut compared.against_gold {
            against_gold.changes.clear();
        }
    }
    let mut out = BufWriter::new(anstream::AutoStream::auto(std::io::stdout()));
    match options.format {
        ReportFormat::Table => comparison::write_table(&mut out, &compared, options.brief)?,
        ReportFormat::Json => {
            serde_json::to_writer_pretty(&mut out, &compared)?;
            out.write_all(b"\n")?;
        }
        ReportFormat::Csv => comparison::write_csv(&mut out, &compared)?,
    }
    out.flush()?;
    Ok(outcome)
}
