//! The ledger's events into a file.

use super::flat::{self, unrunnable};
use super::json_lines::Exported;
use super::parquet::ParquetWriter;
use super::{Layout, gdelt, icews, polecat};
use crate::LedgerError;
use crate::store::{EventFilter, EventOrder, Ledger, SortKey, StoredEvent};
use std::io::{self, Write};
use std::ops::ControlFlow;
use thiserror::Error;

/// Why nothing more was exported.
#[derive(Debug, Error)]
pub enum ExportError {
    /// The ledger could not be read.
    #[error(transparent)]
    Ledger(#[from] LedgerError),
    /// The file could not be written.
    #[error("failed to write")]
    Io(#[from] io::Error),
    /// The Parquet file could not be written.
    #[error("failed to write Parquet")]
    Parquet(#[from] parquet::errors::ParquetError),
}

/// What was exported.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ExportReport {
    /// Events written.
    pub events: u64,
    /// Rows written; an event of several parties has several in layouts of one source and one target.
    pub rows: u64,
    /// Events left out, because the layout cannot say that they were denied, only planned, conditional or recalled.
    pub with_aux: u64,
    /// Events left out, because the layout asks for a day and only a month, a year or nothing is known.
    pub without_day: u64,
}

/// Writes the events that match, the oldest first. Memory does not grow with their number.
///
/// # Errors
/// When the ledger cannot be read or `out` not be written; what was written until then is no whole file.
pub fn export(
    ledger: &Ledger,
    filter: &EventFilter,
    layout: Layout,
    out: impl Write + Send,
) -> Result<ExportReport, ExportError> {
    let mut sink = Sink::new(layout, out)?;
    let mut report = ExportReport::default();
    let order = EventOrder { key: SortKey::Date, descending: false };
    let broken = ledger.for_each_event(filter, order, |stored| {
        if layout.is_of_the_field() {
            let has_day = stored.event.date.as_deref().is_some_and(|date| date.len() >= 10);
            let has_aux = !stored.event.aux.is_empty();
            report.with_aux += u64::from(has_aux);
            report.without_day += u64::from(!has_aux && !has_day);
            if has_aux || !has_day {
                return ControlFlow::Continue(());
            }
        }
        match sink.put(stored) {
            Ok(rows) => {
                report.events += 1;
                report.rows += rows;
                ControlFlow::Continue(())
            }
            Err(error) => ControlFlow::Break(error),
        }
    })?;
    if let Some(error) = broken {
        return Err(error);
    }
    sink.finish()?;
    Ok(report)
}

/// Writes the documents of the ledger with all that was read out of them, one JSON object a line, as `annotate` does.
///
/// # Errors
/// As [`export`].
pub fn export_documents(ledger: &Ledger, mut out: impl Write) -> Result<u64, ExportError> {
    let mut count = 0;
    for id in ledger.document_ids()? {
        let Some(mut annotation) = ledger.annotation(&id)? else { continue };
        annotation.events.iter_mut().for_each(|event| event.happening_id = None);
        serde_json::to_writer(&mut out, &annotation).map_err(io::Error::from)?;
        out.write_all(b"\n")?;
        count += 1;
    }
    out.flush()?;
    Ok(count)
}

impl Layout {
    /// Whether it is the layout of another system: those cannot say that an act was denied, planned, conditional or past,
    /// and ask for a day.
    fn is_of_the_field(self) -> bool {
        matches!(self, Self::Polecat | Self::Icews | Self::Gdelt)
    }
}

/// A file in the making.
enum Sink<W: Write + Send> {
    Flat(Box<csv::Writer<W>>),
    Lines(W),
    Parquet(Box<ParquetWriter<W>>),
    Tabs(W, fn(&StoredEvent) -> Vec<Vec<String>>),
}

impl<W: Write + Send> Sink<W> {
    fn new(layout: Layout, mut out: W) -> Result<Self, ExportError> {
        Ok(match layout {
            Layout::Csv => {
                let mut rows = csv::Writer::from_writer(out);
                rows.write_record(flat::COLUMNS).map_err(io::Error::from)?;
                Self::Flat(Box::new(rows))
            }
            Layout::JsonLines => Self::Lines(out),
            Layout::Parquet => Self::Parquet(Box::new(ParquetWriter::new(out)?)),
            Layout::Polecat => {
                write_tabs(&mut out, polecat::COLUMNS)?;
                Self::Tabs(out, polecat::rows)
            }
            Layout::Icews => {
                write_tabs(&mut out, icews::COLUMNS)?;
                Self::Tabs(out, icews::rows)
            }
            Layout::Gdelt => Self::Tabs(out, gdelt::rows),
        })
    }

    /// Writes an event; answers the number of its rows.
    fn put(&mut self, stored: StoredEvent) -> Result<u64, ExportError> {
        match self {
            Self::Flat(rows) => {
                let cells = flat::row(&stored);
                rows.write_record(cells.iter().map(|cell| unrunnable(cell))).map_err(io::Error::from)?;
                Ok(1)
            }
            Self::Lines(out) => {
                serde_json::to_writer(&mut *out, &Exported::of(stored)).map_err(io::Error::from)?;
                out.write_all(b"\n")?;
                Ok(1)
            }
            Self::Parquet(writer) => writer.put(stored).map(|()| 1),
            Self::Tabs(out, rows) => {
                let rows = rows(&stored);
                rows.iter().try_for_each(|row| write_tabs(out, row))?;
                Ok(rows.len() as u64)
            }
        }
    }

    fn finish(self) -> Result<(), ExportError> {
        match self {
            Self::Flat(mut rows) => rows.flush()?,
            Self::Lines(mut out) | Self::Tabs(mut out, _) => out.flush()?,
            Self::Parquet(writer) => writer.finish()?,
        }
        Ok(())
    }
}

/// A row with tabs between its cells. These layouts know no quotation marks, so that white space within a cell becomes
/// one blank.
fn write_tabs<S: AsRef<str>>(out: &mut impl Write, cells: impl IntoIterator<Item = S>) -> io::Result<()> {
    for (at, cell) in cells.into_iter().enumerate() {
        if at > 0 {
            out.write_all(b"\t")?;
        }
        for (word_at, word) in cell.as_ref().split_whitespace().enumerate() {
            if word_at > 0 {
                out.write_all(b" ")?;
            }
            out.write_all(word.as_bytes())?;
        }
    }
    out.write_all(b"\n")
}
