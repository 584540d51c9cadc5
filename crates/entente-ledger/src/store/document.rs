//! Documents as they are kept.

use super::conditions::Conditions;
use super::insert::Layers;
use super::ledger::Ledger;
use super::page::Page;
use super::people::person_of_row;
use super::run::RunId;
use super::search::full_text_query;
use crate::error::{Fault, LedgerError};
use entente_coder::record::{Annotation, Event, Range, Statement};
use jiff::civil::Date;
use rusqlite::{Connection, OptionalExtension};
use serde::Serialize;

/// A document with what the ledger knows of it, without its layers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct StoredDocument {
    /// Its id; of a revision with a mark after the id that it came under.
    pub document_id: String,
    /// Content hash in hexadecimal digits.
    pub content_hash: String,
    /// Title.
    pub title: Option<String>,
    /// ISO 8601 day of publication.
    pub published: Option<String>,
    /// Paper, agency or site.
    pub publication: Option<String>,
    /// Where it was found.
    pub url: Option<String>,
    /// ISO 639-1.
    pub language: String,
    /// The text.
    pub text: String,
    /// Sentences in code points.
    pub sentences: Vec<Range>,
    /// The coding run.
    pub run: RunId,
    /// Number of events.
    pub event_count: u64,
    /// The document that came under the same id before, with other content.
    pub revision_of: Option<String>,
    /// The document that has the same content, or nearly.
    pub duplicate_of: Option<String>,
    /// The story that it tells of.
    pub story: Option<String>,
}

/// A document in a list: everything but its text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct DocumentEntry {
    /// Its id.
    pub document_id: String,
    /// Title.
    pub title: Option<String>,
    /// ISO 8601 day of publication.
    pub published: Option<String>,
    /// Paper, agency or site.
    pub publication: Option<String>,
    /// Where it was found.
    pub url: Option<String>,
    /// Number of events.
    pub event_count: u64,
    /// The story that it tells of.
    pub story: Option<String>,
}

/// Conditions on documents; all must hold.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DocumentFilter {
    /// Words that it has, "phrases in quotes" and begin* of words.
    pub text: Option<String>,
    /// Publications.
    pub sources: Vec<String>,
    /// Published on this day or later.
    pub from: Option<Date>,
    /// Published on this day or earlier.
    pub to: Option<Date>,
}

impl Ledger {
    /// A page of at most `limit` documents that match, the last published first. `after` is [`Page::next`].
    ///
    /// # Errors
    /// When the cursor is none, the search text too long, or the ledger cannot be read.
    pub fn documents(
        &self,
        filter: &DocumentFilter,
        after: Option<&str>,
        limit: usize,
    ) -> Result<Page<DocumentEntry>, LedgerError> {
        self.reading(|connection| {
            let mut conditions = Conditions::default();
            conditions.any_of("(SELECT name FROM sources WHERE id = source)", filter.sources.iter().cloned());
            conditions.add_if("day >= ?", filter.from.map(|day| day.to_string()));
            // Documents without a day are before "0".
            conditions.add_if("day >= ?", filter.to.map(|_| "0".to_owned()));
            conditions.add_if("day <= ?", filter.to.map(|day| day.to_string()));
            if let Some(text) = &filter.text {
                let full_text = "SELECT rowid FROM documents_fts WHERE documents_fts MATCH ?1";
                conditions.full_text(connection, full_text, full_text_query(text)?)?;
            }
            let select = "SELECT day, id, document_id, title, published, (SELECT name FROM sources WHERE id = source), url,
                    event_count, (SELECT story_id FROM stories WHERE id = story)
                FROM (SELECT ifnull(published, '') AS day, * FROM documents)";
            conditions.page(connection, select, "day", (after, limit), |row| {
                Ok(DocumentEntry {
                    document_id: row.get(2)?,
                    title: row.get(3)?,
                    published: row.get(4)?,
                    publication: row.get(5)?,
                    url: row.get(6)?,
                    event_count: u64::try_from(row.get::<_, i64>(7)?).unwrap_or_default(),
                    story: row.get(8)?,
                })
            })
        })
    }

    /// The document of an id.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn document(&self, document_id: &str) -> Result<Option<StoredDocument>, LedgerError> {
        self.reading(|connection| read_document(connection, document_id))
    }

    /// Ids of all documents, in the order in which they were written.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn document_ids(&self) -> Result<Vec<String>, LedgerError> {
        self.reading(|connection| {
            let mut select = connection.prepare("SELECT document_id FROM documents ORDER BY id")?;
            let rows = select.query_map([], |row| row.get(0))?;
            Ok(rows.collect::<rusqlite::Result<_>>()?)
        })
    }

    /// All that was read out of a document, as it was put in.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn annotation(&self, document_id: &str) -> Result<Option<Annotation>, LedgerError> {
        self.reading(|connection| {
            let Some(document) = read_document(connection, document_id)? else { return Ok(None) };
            let mut select =
                connection.prepare_cached("SELECT id, layers FROM documents WHERE document_id = ?1")?;
            let (number, layers): (u32, String) =
                select.query_row([document_id], |row| Ok((row.get(0)?, row.get(1)?)))?;
            let layers: Layers = serde_json::from_str(&layers)?;
            Ok(Some(Annotation {
                id: document.document_id,
                title: document.title,
                published: document.published,
                publication: document.publication,
                url: document.url,
                language: document.language,
                text: document.text,
                sentences: document.sentences,
                times: layers.times,
                entities: layers.entities,
                people: read_people(connection, number)?,
                statements: read_statements(connection, number)?,
                events: read_events(connection, number)?,
                rejected: layers.rejected,
            }))
        })
    }
}

/// The document of an id.
pub(super) fn read_document(
    connection: &Connection,
    document_id: &str,
) -> Result<Option<StoredDocument>, Fault> {
    let mut select = connection.prepare_cached(
        "SELECT documents.document_id, lower(hex(documents.content_hash)), documents.title, documents.published,
             sources.name, documents.url, documents.language, documents.text, documents.sentences, documents.run,
             documents.event_count, original.document_id, twin.document_id, story_id
         FROM documents
             LEFT JOIN sources ON sources.id = documents.source
             LEFT JOIN documents AS original ON original.id = documents.revision_of
             LEFT JOIN documents AS twin ON twin.id = documents.duplicate_of
             LEFT JOIN stories ON stories.id = documents.story
         WHERE documents.document_id = ?1",
    )?;
    let found = select.query_row([document_id], |row| {
        let document = StoredDocument {
            document_id: row.get(0)?,
            content_hash: row.get(1)?,
            title: row.get(2)?,
            published: row.get(3)?,
            publication: row.get(4)?,
            url: row.get(5)?,
            language: row.get(6)?,
            text: row.get(7)?,
            sentences: Vec::new(),
            run: RunId(row.get(9)?),
            event_count: u64::try_from(row.get::<_, i64>(10)?).unwrap_or_default(),
            revision_of: row.get(11)?,
            duplicate_of: row.get(12)?,
            story: row.get(13)?,
        };
        Ok((document, row.get::<_, String>(8)?))
    });
    let Some((mut document, sentences)) = found.optional()? else { return Ok(None) };
    let pairs: Vec<(usize, usize)> = serde_json::from_str(&sentences)?;
    document.sentences = pairs.into_iter().map(|(start, end)| Range { start, end }).collect();
    Ok(Some(document))
}

fn read_people(connection: &Connection, document: u32) -> Result<Vec<entente_coder::record::Person>, Fault> {
    let mut select = connection.prepare_cached(
        "SELECT name, office, code, sector, age, start, \"end\" FROM people WHERE document = ?1 ORDER BY id",
    )?;
    let rows = select.query_map([document], |row| person_of_row(row, 0))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

fn read_statements(connection: &Connection, document: u32) -> Result<Vec<Statement>, Fault> {
    let mut select =
        connection.prepare_cached("SELECT json FROM statements WHERE document = ?1 ORDER BY id")?;
    let rows = select.query_map([document], |row| row.get::<_, String>(0))?;
    rows.map(|json| Ok(serde_json::from_str(&json?)?)).collect()
}

pub(super) fn read_events(connection: &Connection, document: u32) -> Result<Vec<Event>, Fault> {
    let mut select = connection.prepare_cached(
        "SELECT json, happening_id
         FROM events JOIN event_records USING (id) LEFT JOIN happenings ON happenings.id = events.happening
         WHERE document = ?1 ORDER BY events.id",
    )?;
    let rows = select
        .query_map([document], |row| Ok((row.get::<_, String>(0)?, row.get::<_, Option<String>>(1)?)))?;
    rows.map(|row| {
        let (json, happening_id) = row?;
        let mut event: Event = serde_json::from_str(&json)?;
        event.happening_id = happening_id;
        Ok(event)
    })
    .collect()
}
