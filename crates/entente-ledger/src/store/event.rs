//! Events as they are kept.

use super::run::RunId;
use crate::error::Fault;
use entente_coder::record::Event;
use rusqlite::Connection;
use serde::Serialize;

/// An event with what the ledger knows besides the record.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct StoredEvent {
    /// The record. `happening_id` is the ledger's.
    pub event: Event,
    /// Publication, feed or system.
    pub source: Option<String>,
    /// Which row it was in the system that it was imported from.
    pub raw_row: Option<String>,
    /// Title of the document.
    pub title: Option<String>,
    /// Day of publication of the document.
    pub published: Option<String>,
    /// Where the document was found.
    pub url: Option<String>,
    /// The coding run.
    pub run: Option<RunId>,
}

/// Reads the event of a number that is known to be there.
pub(super) fn read_event(connection: &Connection, id: u32) -> Result<StoredEvent, Fault> {
    let mut select = connection.prepare_cached(
        "SELECT json, sources.name, raw_row, happening_id, title, published, url, events.run
         FROM events JOIN event_records USING (id)
             LEFT JOIN sources ON sources.id = events.source
             LEFT JOIN happenings ON happenings.id = events.happening
             LEFT JOIN documents ON documents.id = events.document
         WHERE events.id = ?1",
    )?;
    let mut rows = select.query([id])?;
    let Some(row) = rows.next()? else {
        return Err(Fault::Unreadable(format!("event {id} has no record")));
    };
    let json = row.get_ref(0)?.as_str().map_err(rusqlite::Error::from)?;
    let mut event: Event = serde_json::from_str(json)?;
    event.happening_id = row.get(3)?;
    Ok(StoredEvent {
        event,
        source: row.get(1)?,
        raw_row: row.get(2)?,
        title: row.get(4)?,
        published: row.get(5)?,
        url: row.get(6)?,
        run: row.get::<_, Option<i64>>(7)?.map(RunId),
    })
}
