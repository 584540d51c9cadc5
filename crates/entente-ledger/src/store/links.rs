//! Links between documents: stories, and the signatures by which near duplicates are found.

use super::ledger::Ledger;
use super::put::find;
use crate::error::{Fault, LedgerError};
use rusqlite::{Connection, OptionalExtension, params};

impl Ledger {
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
}

pub(super) fn keep_story(connection: &Connection, document: u32, story_id: &str) -> Result<(), Fault> {
    let story = story_number(connection, story_id)?;
    let mut update = connection.prepare_cached("UPDATE documents SET story = ?2 WHERE id = ?1")?;
    update.execute(params![document, story])?;
    Ok(())
}

pub(super) fn keep_signature(connection: &Connection, document: u32, signature: &[u8]) -> Result<(), Fault> {
    let mut update = connection.prepare_cached("UPDATE documents SET signature = ?2 WHERE id = ?1")?;
    update.execute(params![document, signature])?;
    Ok(())
}

pub(super) fn number_of(connection: &Connection, document_id: &str) -> Result<u32, Fault> {
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
