//! Taking records away so that others can take their place.

use super::keys::{Setting, keys_of};
use super::postings::PostingChanges;
use crate::error::Fault;
use entente_coder::record::Event;
use rusqlite::{Connection, params};

/// What the events that are taken away were part of: event id and number of the happening.
pub(super) type HappeningsBefore = Vec<(String, i64)>;

/// Takes away a document with all that was read out of it.
pub(super) fn remove_document(
    connection: &Connection,
    document: u32,
    postings: &mut PostingChanges,
) -> Result<HappeningsBefore, Fault> {
    let ids: Vec<u32> = {
        let mut select = connection.prepare_cached("SELECT id FROM events WHERE document = ?1")?;
        let rows = select.query_map([document], |row| row.get(0))?;
        rows.collect::<rusqlite::Result<_>>()?
    };
    let mut happenings = HappeningsBefore::new();
    for id in ids {
        happenings.extend(remove_event(connection, id, postings)?);
    }
    for sql in [
        "DELETE FROM statements WHERE document = ?1",
        "DELETE FROM people WHERE document = ?1",
        "DELETE FROM documents WHERE id = ?1",
    ] {
        connection.prepare_cached(sql)?.execute([document])?;
    }
    Ok(happenings)
}

/// Takes away an event.
pub(super) fn remove_event(
    connection: &Connection,
    id: u32,
    postings: &mut PostingChanges,
) -> Result<Option<(String, i64)>, Fault> {
    let mut select = connection.prepare_cached(
        "SELECT event_id, document, source, happening, json
         FROM events JOIN event_records USING (id) WHERE id = ?1",
    )?;
    let (event_id, document, source, happening, json) = select.query_row([id], |row| {
        Ok((
            row.get::<_, String>(0)?,
            row.get::<_, Option<u32>>(1)?,
            row.get::<_, Option<i64>>(2)?,
            row.get::<_, Option<i64>>(3)?,
            row.get::<_, String>(4)?,
        ))
    })?;
    let event: Event = serde_json::from_str(&json)?;
    let is_continuation = document.is_some_and(|document| document != id);
    postings.remove(id, keys_of(&event, Setting { source, is_continuation }));
    connection.prepare_cached("DELETE FROM events WHERE id = ?1")?.execute([id])?;
    Ok(happening.map(|happening| (event_id, happening)))
}

/// Gives events that came back under the same id their happening again. What is kept of these happenings may be true no
/// more: their number of mentions is set to 0, until they are linked again.
pub(super) fn restore_happenings(connection: &Connection, before: &HappeningsBefore) -> Result<(), Fault> {
    let mut update = connection.prepare_cached("UPDATE events SET happening = ?2 WHERE event_id = ?1")?;
    let mut mark = connection.prepare_cached("UPDATE happenings SET mentions = 0 WHERE id = ?1")?;
    for (event_id, happening) in before {
        update.execute(params![event_id, happening])?;
        mark.execute([happening])?;
    }
    Ok(())
}

/// The links from and to a document, kept while its records are replaced.
#[derive(Debug)]
pub(super) struct DocumentLinks {
    pub revision_of: Option<u32>,
    pub duplicate_of: Option<u32>,
    story: Option<i64>,
    signature: Option<Vec<u8>>,
}

/// Reads a document's links.
pub(super) fn links_of(connection: &Connection, document: u32) -> Result<DocumentLinks, Fault> {
    let mut select = connection
        .prepare_cached("SELECT revision_of, duplicate_of, story, signature FROM documents WHERE id = ?1")?;
    Ok(select.query_row([document], |row| {
        Ok(DocumentLinks {
            revision_of: row.get(0)?,
            duplicate_of: row.get(1)?,
            story: row.get(2)?,
            signature: row.get(3)?,
        })
    })?)
}

/// Ties what was linked with the document `old` to `new`, which took its place.
pub(super) fn relink(
    connection: &Connection,
    old: u32,
    new: u32,
    links: &DocumentLinks,
) -> Result<(), Fault> {
    let mut own =
        connection.prepare_cached("UPDATE documents SET story = ?2, signature = ?3 WHERE id = ?1")?;
    own.execute(params![new, links.story, links.signature])?;
    for sql in [
        "UPDATE documents SET revision_of = ?2 WHERE revision_of = ?1",
        "UPDATE documents SET duplicate_of = ?2 WHERE duplicate_of = ?1",
    ] {
        connection.prepare_cached(sql)?.execute([old, new])?;
    }
    Ok(())
}
