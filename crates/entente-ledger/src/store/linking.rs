//! What the linker reads and writes: documents and events that wait to be linked, those they are compared with, and
//! the links found.

use super::happenings::{HappeningRow, put_happening};
use super::insert::event_number;
use super::ledger::Ledger;
use super::links::{keep_signature, keep_story, number_of};
use crate::error::{Fault, LedgerError};
use entente_coder::record::Event;
use rusqlite::{Connection, OptionalExtension, params};

/// A document as the linker compares it.
#[derive(Debug, Clone)]
pub(crate) struct LinkedText {
    pub(crate) id: String,
    pub(crate) published: Option<String>,
    pub(crate) publication: Option<String>,
    pub(crate) text: String,
    /// The story; none of a document that was never linked.
    pub(crate) story: Option<String>,
    pub(crate) signature: Option<Vec<u8>>,
    /// Its events, each with its happening.
    pub(crate) events: Vec<Event>,
}

/// An event with where it was told.
#[derive(Debug, Clone)]
pub(crate) struct Told {
    pub(crate) event: Event,
    pub(crate) published: Option<String>,
    pub(crate) publication: Option<String>,
    pub(crate) story: String,
}

/// Links that are written in one transaction.
#[derive(Debug, Default)]
pub(crate) struct FoundLinks {
    /// Document, signature, story, and the earlier document that it is a copy of.
    pub(crate) documents: Vec<(String, Vec<u8>, String, Option<String>)>,
    /// Happenings in their new state.
    pub(crate) happenings: Vec<HappeningRow>,
    /// HappeningRow, and the event that denies it.
    pub(crate) denials: Vec<(String, String)>,
}

impl Ledger {
    /// Numbers and days of publication of the documents of which something is not linked yet, as they were published;
    /// those without a day come last.
    pub(crate) fn unlinked(&self) -> Result<Vec<(u32, Option<String>)>, LedgerError> {
        self.reading(|connection| {
            let mut select = connection.prepare(
                "SELECT id, published FROM documents WHERE id IN (
                     SELECT id FROM documents WHERE signature IS NULL
                     UNION SELECT document FROM events WHERE happening IS NULL AND document IS NOT NULL)
                 ORDER BY published IS NULL, published, document_id",
            )?;
            let rows = select.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
            Ok(rows.collect::<rusqlite::Result<_>>()?)
        })
    }

    /// Numbers of the linked documents that were published within the days, both included.
    pub(crate) fn linked_between(&self, from: &str, to: &str) -> Result<Vec<u32>, LedgerError> {
        let sql = "SELECT id FROM documents WHERE published BETWEEN ?1 AND ?2 AND signature IS NOT NULL
                   ORDER BY published, document_id";
        self.reading(|connection| numbers(connection, sql, params![from, to]))
    }

    /// Numbers of the last linked documents without a day of publication.
    pub(crate) fn linked_undated(&self, most: u32) -> Result<Vec<u32>, LedgerError> {
        let sql = "SELECT id FROM documents WHERE published IS NULL AND signature IS NOT NULL
                   ORDER BY id DESC LIMIT ?1";
        self.reading(|connection| numbers(connection, sql, params![most]))
    }

    /// A document by its number.
    pub(crate) fn linked_text(&self, number: u32) -> Result<LinkedText, LedgerError> {
        self.looking_up(|connection| {
            let mut select = connection.prepare_cached(
                "SELECT document_id, published, sources.name, text, story_id, signature
                 FROM documents LEFT JOIN sources ON sources.id = documents.source
                     LEFT JOIN stories ON stories.id = documents.story
                 WHERE documents.id = ?1",
            )?;
            let mut found = select.query_row([number], |row| {
                Ok(LinkedText {
                    id: row.get(0)?,
                    published: row.get(1)?,
                    publication: row.get(2)?,
                    text: row.get(3)?,
                    story: row.get(4)?,
                    signature: row.get(5)?,
                    events: Vec::new(),
                })
            })?;
            found.events = super::document::read_events(connection, number)?;
            Ok(found)
        })
    }

    /// Words, day and publication of a document, by its id.
    pub(crate) fn text_of(&self, document_id: &str) -> Result<Option<(String, Option<String>)>, LedgerError> {
        self.looking_up(|connection| {
            let mut select = connection.prepare_cached(
                "SELECT text, sources.name FROM documents LEFT JOIN sources ON sources.id = documents.source
                 WHERE document_id = ?1",
            )?;
            Ok(select.query_row([document_id], |row| Ok((row.get(0)?, row.get(1)?))).optional()?)
        })
    }

    /// The reports of a happening; none where there is no such happening.
    pub(crate) fn reports_of(&self, happening_id: &str) -> Result<Vec<Told>, LedgerError> {
        let sql = "SELECT json, published, sources.name, coalesce(story_id, document_id, event_id)
             FROM happenings JOIN events ON events.happening = happenings.id JOIN event_records ON event_records.id = events.id
                 LEFT JOIN documents ON documents.id = events.document
                 LEFT JOIN sources ON sources.id = events.source
                 LEFT JOIN stories ON stories.id = documents.story
             WHERE happening_id = ?1 ORDER BY events.id";
        self.looking_up(|connection| told(connection, sql, happening_id))
    }

    /// The reports that deny a happening.
    pub(crate) fn denials_of(&self, happening_id: &str) -> Result<Vec<Told>, LedgerError> {
        let sql = "SELECT json, published, sources.name, coalesce(story_id, document_id, event_id)
             FROM happenings JOIN denials ON denials.happening = happenings.id
                 JOIN events ON events.id = denials.event JOIN event_records ON event_records.id = events.id
                 LEFT JOIN documents ON documents.id = events.document
                 LEFT JOIN sources ON sources.id = events.source
                 LEFT JOIN stories ON stories.id = documents.story
             WHERE happening_id = ?1 ORDER BY events.id";
        self.looking_up(|connection| told(connection, sql, happening_id))
    }

    /// Ids of happenings that lost an event, so that what is kept of them is not true any more.
    pub(crate) fn stale_happenings(&self) -> Result<Vec<String>, LedgerError> {
        self.reading(|connection| {
            let mut select = connection.prepare("SELECT happening_id FROM happenings WHERE mentions = 0")?;
            let rows = select.query_map([], |row| row.get(0))?;
            Ok(rows.collect::<rusqlite::Result<_>>()?)
        })
    }

    /// Takes away happenings that have no events any more.
    pub(crate) fn remove_empty_happenings(&mut self, ids: &[String]) -> Result<(), LedgerError> {
        self.writing(|connection| {
            let mut delete = connection.prepare_cached(
                "DELETE FROM happenings WHERE happening_id = ?1
                     AND NOT EXISTS (SELECT 1 FROM events WHERE happening = happenings.id)",
            )?;
            for id in ids {
                delete.execute([id])?;
            }
            Ok(())
        })
    }

    /// Writes links in one transaction: after a crash all of them are there or none.
    pub(crate) fn keep_links(&mut self, found: &FoundLinks) -> Result<(), LedgerError> {
        self.writing(|connection| {
            for (document_id, signature, story_id, original) in &found.documents {
                let document = number_of(connection, document_id)?;
                keep_signature(connection, document, signature)?;
                keep_story(connection, document, story_id)?;
                if let Some(original) = original {
                    let original = number_of(connection, original)?;
                    connection
                        .prepare_cached(
                            "UPDATE documents SET duplicate_of = coalesce(duplicate_of, ?2) WHERE id = ?1",
                        )?
                        .execute(params![document, original])?;
                }
            }
            found.happenings.iter().try_for_each(|happening| put_happening(connection, happening))?;
            found.denials.iter().try_for_each(|(happening, event)| keep_denial(connection, happening, event))
        })
    }

    /// Forgets stories, signatures and happenings, so that all is linked anew. Exact duplicates stay noted.
    ///
    /// # Errors
    /// When the ledger cannot be written.
    pub fn forget_links(&mut self) -> Result<(), LedgerError> {
        self.writing(|connection| {
            connection.execute_batch(
                "UPDATE events SET happening = NULL WHERE happening IS NOT NULL;
                 DELETE FROM happenings;
                 UPDATE documents SET story = NULL, signature = NULL WHERE signature IS NOT NULL OR story IS NOT NULL;
                 DELETE FROM stories;",
            )?;
            Ok(())
        })
    }
}

fn numbers(connection: &Connection, sql: &str, values: impl rusqlite::Params) -> Result<Vec<u32>, Fault> {
    let mut select = connection.prepare_cached(sql)?;
    let rows = select.query_map(values, |row| row.get(0))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

fn told(connection: &Connection, sql: &str, happening_id: &str) -> Result<Vec<Told>, Fault> {
    let mut select = connection.prepare_cached(sql)?;
    let mut rows = select.query([happening_id])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let event = serde_json::from_str(row.get_ref(0)?.as_str().map_err(rusqlite::Error::from)?)?;
        found.push(Told { event, published: row.get(1)?, publication: row.get(2)?, story: row.get(3)? });
    }
    Ok(found)
}

fn keep_denial(connection: &Connection, happening_id: &str, event_id: &str) -> Result<(), Fault> {
    let unknown = || Fault::Unknown("event", event_id.to_owned());
    let event = event_number(connection, event_id)?.ok_or_else(unknown)?;
    let mut insert = connection.prepare_cached(
        "INSERT OR IGNORE INTO denials (happening, event) SELECT id, ?2 FROM happenings WHERE happening_id = ?1",
    )?;
    insert.execute(params![happening_id, event])?;
    Ok(())
}
