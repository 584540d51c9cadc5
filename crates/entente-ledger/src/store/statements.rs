//! Asking for statements: who said what.

use super::conditions::Conditions;
use super::filter::PartyFilter;
use super::keys::name_key;
use super::ledger::Ledger;
use super::page::Page;
use super::search::full_text_query;
use crate::error::LedgerError;
use entente_coder::record::Statement;
use jiff::civil::Date;
use serde::Serialize;

/// Conditions on statements; all must hold, of the values of one list any.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct StatementFilter {
    /// Who says it. Of the sectors only the first counts.
    pub speaker: PartyFilter,
    /// direct, indirect, mixed.
    pub kinds: Vec<String>,
    /// Published on this day or later.
    pub from: Option<Date>,
    /// Published on this day or earlier.
    pub to: Option<Date>,
    /// Words of what is said, as in [`super::EventFilter::text`].
    pub text: Option<String>,
    /// Id of the document.
    pub document: Option<String>,
}

/// A statement with what the ledger knows besides the record.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct StoredStatement {
    /// The record.
    pub statement: Statement,
    /// Id of the document.
    pub document_id: String,
    /// Day of publication.
    pub published: Option<String>,
    /// Publication.
    pub source: Option<String>,
}

impl Ledger {
    /// A page of at most `limit` statements that match, the last published first. `after` is [`Page::next`].
    ///
    /// # Errors
    /// When the cursor is none, the search text too long, or the ledger cannot be read.
    pub fn statements(
        &self,
        filter: &StatementFilter,
        after: Option<&str>,
        limit: usize,
    ) -> Result<Page<StoredStatement>, LedgerError> {
        self.reading(|connection| {
            let mut conditions = Conditions::default();
            let upper = |words: &[String]| words.iter().map(|word| word.to_uppercase()).collect::<Vec<_>>();
            conditions.any_of("speaker_code", upper(&filter.speaker.codes));
            conditions.any_of("speaker_sector", upper(&filter.speaker.sectors));
            conditions.any_of("speaker_name_key", filter.speaker.names.iter().map(|name| name_key(name)));
            conditions.any_of("speaker_identifier", filter.speaker.identifiers.iter().cloned());
            conditions.any_of("kind", filter.kinds.iter().cloned());
            // Statements without a day are before "0".
            let least = filter.from.map(|day| day.to_string());
            conditions.add_if("day >= ?", least.or_else(|| filter.to.map(|_| "0".to_owned())));
            conditions.add_if("day <= ?", filter.to.map(|day| day.to_string()));
            let document = filter.document.clone();
            conditions.add_if("document = (SELECT id FROM documents WHERE document_id = ?)", document);
            if let Some(text) = &filter.text {
                let full_text = "SELECT rowid FROM statements_fts WHERE statements_fts MATCH ?1";
                conditions.full_text(connection, full_text, full_text_query(text)?)?;
            }
            let select = "SELECT day, id, json,
                    (SELECT document_id FROM documents WHERE id = document),
                    (SELECT published FROM documents WHERE id = document),
                    (SELECT name FROM sources WHERE id = (SELECT source FROM documents WHERE id = document))
                FROM statements";
            conditions.page(connection, select, "day", (after, limit), |row| {
                let json = row.get_ref(2)?.as_str().map_err(rusqlite::Error::from)?;
                Ok(StoredStatement {
                    statement: serde_json::from_str(json)?,
                    document_id: row.get(3)?,
                    published: row.get(4)?,
                    source: row.get(5)?,
                })
            })
        })
    }
}
