//! Events of other ledgers and systems into the ledger.

use super::json_lines::Held;
use super::packed::for_each_text;
use super::{Layout, gdelt, icews, json_lines, parquet, polecat};
use crate::LedgerError;
use crate::store::{ImportedEvent, Ledger, RunId, RunVersions};
use entente_coder::record::Annotation;
use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, BufRead, Read};
use std::path::Path;
use thiserror::Error;

/// Rows that are written in one transaction.
const BATCH: usize = 5_000;
/// Documents that are written in one transaction.
const BATCH_DOCUMENTS: usize = 256;
/// Longest line in bytes.
const LONGEST_LINE: usize = 64 << 20;

/// Why an import ended before its file did. What was written before stays, and a second import goes on.
#[derive(Debug, Error)]
pub enum ImportError {
    /// The ledger could not be read or written.
    #[error(transparent)]
    Ledger(#[from] LedgerError),
    /// The file could not be read.
    #[error("failed to read")]
    Io(#[from] io::Error),
    /// The Parquet file could not be read.
    #[error("not a Parquet file that can be read")]
    Parquet(#[from] ::parquet::errors::ParquetError),
    /// The first row is of no layout that is known.
    #[error("{name}: neither our records nor rows of POLECAT, ICEWS or GDELT; say which with --from")]
    UnknownLayout {
        /// The file, or the member of an archive.
        name: String,
    },
}

/// A row that could not be taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowFault {
    /// The file, or the member of an archive.
    pub name: String,
    /// Line, counted from 1; of Parquet the row.
    pub line: u64,
    /// What is wrong with it.
    pub reason: String,
}

impl std::fmt::Display for RowFault {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "{}:{}: {}", self.name, self.line, self.reason)
    }
}

/// What an import did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ImportSummary {
    /// Rows read, the header not counted.
    pub rows: u64,
    /// Events that were not there.
    pub added: usize,
    /// Events that were there, the same; of a file with duplicated rows also the second ones.
    pub unchanged: usize,
    /// Events that were there and differ; they are replaced.
    pub replaced: usize,
    /// Documents that were not there, with their events.
    pub documents: usize,
    /// Rows that are sound but no events here, by what they are.
    pub left_out: BTreeMap<&'static str, u64>,
    /// Rows that could not be taken.
    pub faults: u64,
}

/// Why a row is not taken.
#[derive(Debug)]
pub(super) enum Refusal {
    /// Something is wrong with it.
    Fault(String),
    /// It is sound, but no event here.
    LeftOut(&'static str),
}

/// Takes all events of a file into the ledger. Without a layout the file's name and its first row tell. `tell` hears of
/// every row that could not be taken; `progress` hears the number of rows from time to time.
///
/// # Errors
/// See [`ImportError`].
pub fn import_file(
    ledger: &mut Ledger,
    path: &Path,
    layout: Option<Layout>,
    now: &str,
    tell: &mut dyn FnMut(&RowFault),
    progress: &mut dyn FnMut(u64),
) -> Result<ImportSummary, ImportError> {
    let layout = layout.or_else(|| Layout::of_name(path));
    let is_parquet = is_parquet(path)? || layout == Some(Layout::Parquet);
    let run = begin_run(ledger, path, now)?;
    let mut intake = Intake {
        ledger,
        run,
        tell,
        progress,
        summary: ImportSummary::default(),
        events: Vec::new(),
        lines: Vec::new(),
        documents: Vec::new(),
    };
    if is_parquet {
        parquet::read(path, &mut |line, row| {
            intake.take(&path.display().to_string(), line, row.map(Held::from))
        })?;
    } else {
        for_each_text(path, |name, text| intake.read_text(name, text, layout))?;
    }
    intake.write()?;
    let Intake { ledger, summary, .. } = intake;
    ledger.end_run(run, now)?;
    Ok(summary)
}

impl From<ImportedEvent> for Held {
    fn from(event: ImportedEvent) -> Self {
        Self::Event(Box::new(event))
    }
}

fn begin_run(ledger: &mut Ledger, path: &Path, now: &str) -> Result<RunId, LedgerError> {
    let unknown = || "imported".to_owned();
    let versions =
        RunVersions { coder: unknown(), codebook: unknown(), registry: unknown(), model: unknown() };
    let options = serde_json::json!({"file": path.display().to_string()});
    ledger.begin_run(&versions, now, &options.to_string())
}

fn is_parquet(path: &Path) -> io::Result<bool> {
    let mut beginning = [0; 4];
    let read = File::open(path)?.read(&mut beginning)?;
    Ok(read == 4 && &beginning == b"PAR1")
}

/// How the rows of a text are read.
enum Form {
    Lines,
    Polecat(polecat::Header),
    Icews,
    Gdelt,
}

/// Rows on their way into the ledger.
struct Intake<'a> {
    ledger: &'a mut Ledger,
    run: RunId,
    tell: &'a mut dyn FnMut(&RowFault),
    progress: &'a mut dyn FnMut(u64),
    summary: ImportSummary,
    events: Vec<ImportedEvent>,
    /// Where each of them stood.
    lines: Vec<(String, u64)>,
    documents: Vec<Annotation>,
}

impl Intake<'_> {
    fn read_text(
        &mut self,
        name: &str,
        text: &mut dyn BufRead,
        layout: Option<Layout>,
    ) -> Result<(), ImportError> {
        let mut form = None;
        let mut number = 0;
        let mut bytes = Vec::new();
        loop {
            bytes.clear();
            if text.take(LONGEST_LINE as u64).read_until(b'\n', &mut bytes)? == 0 {
                return Ok(());
            }
            number += 1;
            let line = decoded(&bytes);
            let line = line.trim_end_matches(['\n', '\r']);
            if line.trim().is_empty() {
                continue;
            }
            let cells: Vec<&str> = line.split('\t').collect();
            if form.is_none() {
                let (found, is_header) = form_of(line, &cells, layout)
                    .ok_or_else(|| ImportError::UnknownLayout { name: name.to_owned() })?;
                form = Some(found);
                if is_header {
                    continue;
                }
            }
            let row = match form.as_ref() {
                Some(Form::Polecat(header)) => polecat::read(header, &cells).map(Held::from),
                Some(Form::Icews) => icews::read(&cells).map(Held::from),
                Some(Form::Gdelt) => gdelt::read(&cells).map(Held::from),
                Some(Form::Lines) | None => json_lines::read(line),
            };
            self.take(name, number, row)?;
        }
    }

    /// Takes a row, or tells why not.
    fn take(&mut self, name: &str, line: u64, row: Result<Held, Refusal>) -> Result<(), LedgerError> {
        self.summary.rows += 1;
        match row {
            Ok(Held::Event(event)) => {
                let mut event = *event;
                event.raw_row.get_or_insert_with(|| format!("{}:{line}", base_name(name)));
                self.events.push(event);
                self.lines.push((name.to_owned(), line));
            }
            Ok(Held::Document(document)) => {
                self.documents.push(*document);
                self.lines.push((name.to_owned(), line));
            }
            Err(Refusal::LeftOut(kind)) => *self.summary.left_out.entry(kind).or_default() += 1,
            Err(Refusal::Fault(reason)) => self.refuse(name, line, reason),
        }
        if self.events.len() >= BATCH || self.documents.len() >= BATCH_DOCUMENTS {
            self.write()?;
        }
        Ok(())
    }

    fn refuse(&mut self, name: &str, line: u64, reason: String) {
        self.summary.faults += 1;
        (self.tell)(&RowFault { name: name.to_owned(), line, reason });
    }

    fn write(&mut self) -> Result<(), LedgerError> {
        let lines = std::mem::take(&mut self.lines);
        let documents = std::mem::take(&mut self.documents);
        let events = std::mem::take(&mut self.events);
        let mut refused = Vec::new();
        if !documents.is_empty() {
            let report = self.ledger.put(&documents, self.run)?;
            self.summary.documents += report.added;
            self.summary.added += report.events;
            self.summary.unchanged += report.unchanged;
            refused.extend(report.refused);
        }
        if !events.is_empty() {
            let report = self.ledger.put_events(&events, "system", Some(self.run))?;
            self.summary.added += report.added;
            self.summary.unchanged += report.unchanged;
            self.summary.replaced += report.replaced;
            refused.extend(report.refused);
        }
        for refusal in refused {
            let at = documents
                .iter()
                .map(|document| &document.id)
                .chain(events.iter().map(|event| &event.event.id));
            let place = at.zip(&lines).find(|(id, _)| **id == refusal.id).map(|(_, place)| place.clone());
            let (name, line) = place.unwrap_or_default();
            self.refuse(&name, line, refusal.reason);
        }
        (self.progress)(self.summary.rows);
        Ok(())
    }
}

/// UTF-8, or else ISO-8859-1, in which every byte is the character of its number: both are in the wild.
fn decoded(bytes: &[u8]) -> String {
    match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => bytes.iter().map(|byte| char::from(*byte)).collect(),
    }
}

/// The form of a text by its first line, and whether that line is a header.
fn form_of(line: &str, cells: &[&str], layout: Option<Layout>) -> Option<(Form, bool)> {
    let polecat = || polecat::Header::read(cells).map(|header| (Form::Polecat(header), true));
    match layout {
        Some(Layout::JsonLines) => Some((Form::Lines, false)),
        Some(Layout::Polecat) => polecat(),
        Some(Layout::Icews) => Some((Form::Icews, icews::is_header(cells))),
        Some(Layout::Gdelt) => Some((Form::Gdelt, false)),
        Some(Layout::Csv | Layout::Parquet) => None,
        None if line.trim_start_matches('\u{feff}').starts_with('{') => Some((Form::Lines, false)),
        None if icews::is_header(cells) => Some((Form::Icews, true)),
        None if gdelt::is_row(cells) => Some((Form::Gdelt, false)),
        None => polecat(),
    }
}

/// The file without its folders, for the row's own note of where it came from.
fn base_name(name: &str) -> &str {
    name.rsplit(['/', '\\']).next().unwrap_or(name)
}
