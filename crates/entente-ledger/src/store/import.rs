//! Events of other systems: they have a source and a row there, but no document here.

use super::insert::{EventRow, event_number, fault_of_event, insert_event, take_ids};
use super::ledger::Ledger;
use super::postings::PostingChanges;
use super::put::Refused;
use super::remove::remove_event;
use super::run::RunId;
use super::sources::source_number;
use crate::error::{Fault, LedgerError};
use entente_coder::record::Event;
use rusqlite::{Connection, params};

/// An event that came from elsewhere.
#[derive(Debug, Clone, PartialEq)]
pub struct ImportedEvent {
    /// The record; its id must be the same whenever the same row is imported.
    pub event: Event,
    /// Where it is from: the system ("icews") or the publication.
    pub source: String,
    /// Which row it was there, such as "events.2014.tsv:120".
    pub raw_row: Option<String>,
}

/// What an import did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ImportReport {
    /// Events that were not there.
    pub added: usize,
    /// Events that were there, the same.
    pub unchanged: usize,
    /// Events that were there and differ; they are replaced.
    pub replaced: usize,
    /// Events that the ledger cannot hold; the rest of the batch is written.
    pub refused: Vec<Refused>,
}

impl Ledger {
    /// Writes a batch of events of another system in one transaction. `kind` says what new sources are, such as
    /// "system". An event id that is there already is replaced, unless a document of the ledger has it.
    ///
    /// # Errors
    /// When the ledger cannot be written; nothing of the batch is written then.
    pub fn put_events(
        &mut self,
        events: &[ImportedEvent],
        kind: &str,
        run: Option<RunId>,
    ) -> Result<ImportReport, LedgerError> {
        self.writing(|connection| {
            let mut postings = PostingChanges::default();
            let mut report = ImportReport::default();
            for imported in events {
                let source = source_number(connection, &imported.source, kind)?;
                put_event(connection, imported, (source, run), &mut postings, &mut report)?;
            }
            postings.flush(connection)?;
            Ok(report)
        })
    }
}

fn put_event(
    connection: &Connection,
    imported: &ImportedEvent,
    (source, run): (i64, Option<RunId>),
    postings: &mut PostingChanges,
    report: &mut ImportReport,
) -> Result<(), Fault> {
    let mut event = imported.event.clone();
    event.happening_id = None;
    if let Some(reason) = fault_of_event(&event) {
        report.refused.push(Refused { id: event.id, reason });
        return Ok(());
    }
    let mut happening = None;
    if let Some(number) = event_number(connection, &event.id)? {
        let known = known_event(connection, number)?;
        if known.has_document && known.event == event {
            report.unchanged += 1;
            return Ok(());
        }
        if known.has_document {
            let reason = "a document of the ledger has an event of this id".to_owned();
            report.refused.push(Refused { id: event.id, reason });
            return Ok(());
        }
        if known.event == event && known.source == Some(source) {
            report.unchanged += 1;
            return Ok(());
        }
        happening = remove_event(connection, number, postings)?;
        report.replaced += 1;
    } else {
        report.added += 1;
    }
    let id = take_ids(connection, 1)?;
    let raw_row = imported.raw_row.as_deref();
    let row = EventRow { id, document: None, run, source: Some(source), raw_row };
    insert_event(connection, &event, row, postings)?;
    if let Some((_, happening)) = happening {
        connection.execute("UPDATE events SET happening = ?2 WHERE id = ?1", params![id, happening])?;
    }
    Ok(())
}

struct KnownEvent {
    event: Event,
    source: Option<i64>,
    has_document: bool,
}

fn known_event(connection: &Connection, number: u32) -> Result<KnownEvent, Fault> {
    let mut select = connection.prepare_cached(
        "SELECT source, document IS NOT NULL, json FROM events JOIN event_records USING (id) WHERE id = ?1",
    )?;
    let (source, has_document, json) =
        select.query_row([number], |row| Ok((row.get(0)?, row.get(1)?, row.get::<_, String>(2)?)))?;
    Ok(KnownEvent { event: serde_json::from_str(&json)?, source, has_document })
}
