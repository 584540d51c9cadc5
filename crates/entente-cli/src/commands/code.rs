//! `entente code`: events.

use crate::arguments::{CodeOptions, Format};
use crate::batch;
use crate::output::{csv::CsvWriter, json, table};
use crate::report::Outcome;
use std::io::{BufWriter, Write};

pub(crate) fn run(options: &CodeOptions) -> anyhow::Result<Outcome> {
    let explains = matches!(options.format, Format::Table | Format::Jsonl);
    anyhow::ensure!(explains || !options.explain, "--explain goes with the formats table and jsonl");
    let stdout = anstream::AutoStream::auto(std::io::stdout());
    let mut out = BufWriter::new(stdout);
    match options.format {
        Format::Table => {
            let outcome = batch::code(&options.input, |annotation| {
                table::write(&mut out, &annotation, options.explain)?;
                Ok(())
            })?;
            out.flush()?;
            Ok(outcome)
        }
        Format::Jsonl => {
            let outcome = batch::code(&options.input, |annotation| {
                json::events_as_lines(&mut out, &annotation, options.explain)
            })?;
            out.flush()?;
            Ok(outcome)
        }
        Format::Json => {
            let mut array = json::Array::new(&mut out)?;
            let outcome = batch::code(&options.input, |annotation| array.events(&annotation))?;
            array.finish()?;
            out.flush()?;
            Ok(outcome)
        }
        Format::Csv => {
            let mut rows = CsvWriter::new(&mut out)?;
            let outcome = batch::code(&options.input, |annotation| rows.events(&annotation))?;
            rows.finish()?;
            out.flush()?;
            Ok(outcome)
        }
    }
}
