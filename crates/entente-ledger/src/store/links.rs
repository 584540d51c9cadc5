//! Links between documents: duplicates, stories, and the signatures by which near duplicates are found.

use super::ledger::Ledger;
use super::put::find;
use crate::error::{Fault, LedgerError};
use jiff::civil::Date;
use rusqlite::{Connection, OptionalExtension, params};
use std::ops::ControlFlow;

impl Ledger {
    /// Notes that a document is the same as another, or nearly; without another, that it is not.
    ///
    /// # Errors
    /// When one of them is unknown, they are the same one, or the ledger cannot be written.
    pub fn set_duplicate(&mut self, document_id: &str, original: Option<&str>) -> Result<(), LedgerError> {
        self.writing(|connection| {
            let document = number_of(connection, document_id)?;
            let original = original.map(|id| number_of(connection, id)).transpose()?;
            if original == Some(document) {
                let reason = "a document is no duplicate of itself".to_owned();
                return Err(Fault::Invalid(document_id.to_owned(), reason));
            }
            connection
                .prepare_cached("UPDATE documents SET duplicate_of = ?2 WHERE id = ?1")?
                .execute(params![document, original])?;
            Ok(())
        })
    }

    /// Notes which story documents tell of: pairs of document id and story id. One transaction.
    ///
    /// # Errors
    /// When a document is unknown, or the ledger cannot be written.
    pub fn set_stories(&mut self, stories: &[(&str, &str)]) -> Result<(), LedgerError> {
        self.writing(|connection| {
            for (document_id, story_id) in stories {
                let document = number_of(connection, document_id)?;
                let story = story_number(connection, story_id)?;
                connection
                    .prepare_cached("UPDATE documents SET story = ?2 WHERE id = ?1")?
                    .execute(params![document, story])?;
            }
            Ok(())
        })
    }

    /// The ids of the documents of a story, in the order in which they were written.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn story(&self, story_id: &str) -> Result<Vec<String>, LedgerError> {
        self.reading(|connection| {
            let mut select = connection.prepare_cached(
                "SELECT document_id FROM stories JOIN documents ON documents.story = stories.id
                 WHERE story_id = ?1 ORDER BY documents.id",
            )?;
            let rows = select.query_map([story_id], |row| row.get(0))?;
            Ok(rows.collect::<rusqlite::Result<_>>()?)
        })
    }

    /// Keeps the signatures of documents: pairs of document id and bytes. One transaction.
    ///
    /// # Errors
    /// When a document is unknown, or the ledger cannot be written.
    pub fn set_signatures(&mut self, signatures: &[(&str, &[u8])]) -> Result<(), LedgerError> {
        self.writing(|connection| {
            for (document_id, signature) in signatures {
                let document = number_of(connection, document_id)?;
                connection
                    .prepare_cached("UPDATE documents SET signature = ?2 WHERE id = ?1")?
                    .execute(params![document, signature])?;
            }
            Ok(())
        })
    }

    /// Hands id and signature of every document published within the days to `visit`, until it breaks off.
    /// Documents without a signature come with `None`. Sorted by day.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn for_each_signature(
        &self,
        from: Date,
        to: Date,
        mut visit: impl FnMut(&str, Option<&[u8]>) -> ControlFlow<()>,
    ) -> Result<(), LedgerError> {
        self.reading(|connection| {
            let mut select = connection.prepare_cached(
                "SELECT document_id, signature FROM documents WHERE published >= ?1 AND published <= ?2
                 ORDER BY published, id",
            )?;
            let mut rows = select.query([from.to_string(), to.to_string()])?;
            while let Some(row) = rows.next()? {
                let id = row.get_ref(0)?.as_str().map_err(rusqlite::Error::from)?;
                let signature = row.get_ref(1)?.as_blob_or_null().map_err(rusqlite::Error::from)?;
                if visit(id, signature).is_break() {
                    break;
                }
            }
            Ok(())
        })
    }
}

fn number_of(connection: &Connection, document_id: &str) -> Result<u32, Fault> {
    let known = find(connection, document_id)?;
    known.map(|known| known.id).ok_or_else(|| Fault::Unknown("document", document_id.to_owned()))
}

fn story_number(connection: &Connection, story_id: &str) -> Result<i64, Fault> {
    let mut select = connection.prepare_cached("SELECT id FROM stories WHERE story_id = ?1")?;
    if let Some(known) = select.query_row([story_id], |row| row.get(0)).optional()? {
        return Ok(known);
    }
    Ok(connection.prepare_cached("INSERT INTO stories (story_id) VALUES (?1)")?.insert([story_id])?)
}
