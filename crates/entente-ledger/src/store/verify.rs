//! Whether the file is sound: its pages, its links, its indexes.

use super::keys::{Setting, keys_of};
use super::ledger::Ledger;
use super::postings::PostingChanges;
use crate::error::{Fault, LedgerError};
use entente_coder::record::Event;
use rusqlite::Connection;

impl Ledger {
    /// Looks through the whole file and says what is wrong with it, a line each; nothing for a sound one. Reads
    /// every page, so that it takes long on a large ledger.
    ///
    /// # Errors
    /// When the ledger cannot be read at all.
    pub fn verify(&self) -> Result<Vec<String>, LedgerError> {
        self.reading(|connection| {
            let mut problems = integrity(connection)?;
            problems.extend(foreign_keys(connection)?);
            problems.extend(documents(connection)?);
            problems.extend(postings_of_events(connection)?.differences(connection)?);
            Ok(problems)
        })
    }

    /// Makes the sets of events by value anew from the records, as after [`Self::verify`] found them wrong.
    ///
    /// # Errors
    /// When the ledger cannot be read or written.
    pub fn rebuild_postings(&mut self) -> Result<(), LedgerError> {
        self.writing(|connection| {
            let postings = postings_of_events(connection)?;
            connection.execute("DELETE FROM postings", [])?;
            postings.flush(connection)
        })
    }
}

fn integrity(connection: &Connection) -> Result<Vec<String>, Fault> {
    // This looks into the full text indexes too.
    let mut check = connection.prepare("PRAGMA integrity_check")?;
    let rows = check.query_map([], |row| row.get::<_, String>(0))?;
    let lines = rows.collect::<rusqlite::Result<Vec<_>>>()?;
    Ok(lines.into_iter().filter(|line| line != "ok").collect())
}

fn foreign_keys(connection: &Connection) -> Result<Vec<String>, Fault> {
    let mut check = connection.prepare("PRAGMA foreign_key_check")?;
    let rows = check.query_map([], |row| {
        let (table, row_number): (String, Option<i64>) = (row.get(0)?, row.get(1)?);
        let target: String = row.get(2)?;
        Ok(format!("row {} of {table} names a row of {target} that is not there", row_number.unwrap_or(-1)))
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Every document has all its events, under the ids that follow its own.
fn documents(connection: &Connection) -> Result<Vec<String>, Fault> {
    let mut check = connection.prepare(
        "SELECT document_id, event_count, count(events.id) AS found, min(events.id), max(events.id), documents.id
         FROM documents LEFT JOIN events ON events.document = documents.id
         GROUP BY documents.id
         HAVING found <> event_count
             OR (found > 0 AND (min(events.id) <> documents.id OR max(events.id) <> documents.id + found - 1))",
    )?;
    let rows = check.query_map([], |row| {
        let (document, count, found): (String, i64, i64) = (row.get(0)?, row.get(1)?, row.get(2)?);
        Ok(format!("document {document} has {found} events of {count}, or not under the ids after its own"))
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// What the postings should be.
fn postings_of_events(connection: &Connection) -> Result<PostingChanges, Fault> {
    let mut postings = PostingChanges::default();
    let mut select = connection
        .prepare("SELECT id, document, source, json FROM events JOIN event_records USING (id) ORDER BY id")?;
    let mut rows = select.query([])?;
    while let Some(row) = rows.next()? {
        let id: u32 = row.get(0)?;
        let document: Option<u32> = row.get(1)?;
        let event: Event = serde_json::from_str(row.get_ref(3)?.as_str().map_err(rusqlite::Error::from)?)?;
        let is_continuation = document.is_some_and(|document| document != id);
        postings.add(id, keys_of(&event, Setting { source: row.get(2)?, is_continuation }));
    }
    Ok(postings)
}
