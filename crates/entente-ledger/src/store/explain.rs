//! Why the ledger has an event.

use super::document::{StoredDocument, read_document};
use super::event::{StoredEvent, read_event};
use super::insert::event_number;
use super::ledger::Ledger;
use super::run::{self, Run};
use crate::error::{Fault, LedgerError};
use rusqlite::Connection;
use serde::Serialize;

/// So many other events of the happening are given.
const MOST_MATES: u32 = 100;

/// An event with all that it rests on. Its reasons are in the record.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Explanation {
    /// The event.
    pub event: StoredEvent,
    /// The document that reports it; absent for an imported event.
    pub document: Option<StoredDocument>,
    /// The sentence that reports it.
    pub sentence: Option<String>,
    /// Which versions coded it, and when.
    pub run: Option<Run>,
    /// Other events of the same happening, at most 100.
    pub mates: Vec<StoredEvent>,
}

impl Ledger {
    /// Why the ledger has an event; absent if it has none of that id.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn explain(&self, event_id: &str) -> Result<Option<Explanation>, LedgerError> {
        self.reading(|connection| {
            let Some(number) = event_number(connection, event_id)? else { return Ok(None) };
            let event = read_event(connection, number)?;
            let document = read_document(connection, &event.event.document_id)?;
            let info = event.event.text_info;
            let sentence = document.as_ref().map(|document| stretch(&document.text, info.start, info.end));
            let run = event.run.map(|id| run::read(connection, id)).transpose()?;
            let mates = mates(connection, number)?;
            Ok(Some(Explanation { event, document, sentence, run, mates }))
        })
    }
}

/// The words between two offsets in code points.
fn stretch(text: &str, start: usize, end: usize) -> String {
    text.chars().skip(start).take(end.saturating_sub(start)).collect()
}

fn mates(connection: &Connection, number: u32) -> Result<Vec<StoredEvent>, Fault> {
    let mut select = connection.prepare_cached(
        "SELECT id FROM events WHERE happening = (SELECT happening FROM events WHERE id = ?1) AND id <> ?1
         ORDER BY id LIMIT ?2",
    )?;
    let rows = select.query_map([number, MOST_MATES], |row| row.get(0))?;
    let numbers = rows.collect::<rusqlite::Result<Vec<u32>>>()?;
    numbers.into_iter().map(|mate| read_event(connection, mate)).collect()
}
