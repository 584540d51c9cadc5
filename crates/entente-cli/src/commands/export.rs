//! `entente export`: the ledger's events in the layouts of the field.

use crate::arguments::ExportOptions;
use crate::report::{Outcome, tell};
use anyhow::Context;
use entente_ledger::exchange::{ExportError, Layout, export, export_documents};
use entente_ledger::store::Ledger;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

pub(crate) fn run(options: &ExportOptions) -> anyhow::Result<Outcome> {
    let ledger = Ledger::open_read_only(&options.ledger.ledger)?;
    let Some(path) = &options.output else {
        anyhow::ensure!(
            options.documents || options.format != Layout::Parquet,
            "Parquet goes into a file: name one with --output"
        );
        tell(&write(&ledger, options, BufWriter::new(std::io::stdout()))?);
        return Ok(Outcome { done: 1, failed: 0 });
    };
    let unfinished = unfinished_name(path);
    let file =
        File::create(&unfinished).with_context(|| format!("failed to write {}", unfinished.display()))?;
    let written = write(&ledger, options, BufWriter::new(file));
    let renamed = written.and_then(|report| {
        std::fs::rename(&unfinished, path).map_err(ExportError::from)?;
        Ok(report)
    });
    match renamed {
        Ok(report) => tell(&format!("{}: {report}", path.display())),
        Err(error) => {
            // A half file under the wanted name would be taken for a whole one.
            let _ = std::fs::remove_file(&unfinished);
            return Err(error).with_context(|| format!("failed to export to {}", path.display()));
        }
    }
    Ok(Outcome { done: 1, failed: 0 })
}

/// Writes what is asked for and says what it was.
fn write(ledger: &Ledger, options: &ExportOptions, out: impl Write + Send) -> anyhow::Result<String> {
    if options.documents {
        return Ok(format!("{} documents written", export_documents(ledger, out)?));
    }
    let report = export(ledger, &options.conditions.filter()?, options.format, out)?;
    let mut told = format!("{} events written in {} rows", report.events, report.rows);
    let layout = options.format.name();
    if report.with_aux > 0 {
        told.push_str(&format!(
            "; {} left out that were denied, planned, conditional or past, which {layout} cannot say",
            report.with_aux
        ));
    }
    if report.without_day > 0 {
        told.push_str(&format!("; {} left out without a day, for which {layout} asks", report.without_day));
    }
    Ok(told)
}

/// The name of a file in the making, beside the one that it becomes.
fn unfinished_name(path: &Path) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_os_string();
    name.push(format!(".{}.unfinished", std::process::id()));
    path.with_file_name(name)
}
