//! Asking for people.

use super::conditions::Conditions;
use super::keys::name_key;
use super::ledger::Ledger;
use super::page::Page;
use crate::error::LedgerError;
use entente_coder::record::Person;
use jiff::civil::Date;
use rusqlite::Row;
use serde::Serialize;

/// Conditions on mentions of people; all must hold, of the values of one list any.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct PersonFilter {
    /// Full names, without regard to case.
    pub names: Vec<String>,
    /// Codes of the states or bodies that they belong to.
    pub codes: Vec<String>,
    /// PLOVER sectors.
    pub sectors: Vec<String>,
    /// Published on this day or later.
    pub from: Option<Date>,
    /// Published on this day or earlier.
    pub to: Option<Date>,
    /// Id of the document.
    pub document: Option<String>,
}

/// A person of a document.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct StoredPerson {
    /// The record.
    pub person: Person,
    /// Id of the document.
    pub document_id: String,
    /// Day of publication.
    pub published: Option<String>,
}

impl Ledger {
    /// A page of at most `limit` people that match, the last published first. `after` is [`Page::next`].
    ///
    /// # Errors
    /// When the cursor is none, or the ledger cannot be read.
    pub fn people(
        &self,
        filter: &PersonFilter,
        after: Option<&str>,
        limit: usize,
    ) -> Result<Page<StoredPerson>, LedgerError> {
        self.reading(|connection| {
            let mut conditions = Conditions::default();
            conditions.any_of("name_key", filter.names.iter().map(|name| name_key(name)));
            conditions.any_of("code", filter.codes.iter().map(|code| code.to_uppercase()));
            conditions.any_of("sector", filter.sectors.iter().map(|sector| sector.to_uppercase()));
            // People without a day are before "0".
            let least = filter.from.map(|day| day.to_string());
            conditions.add_if("day >= ?", least.or_else(|| filter.to.map(|_| "0".to_owned())));
            conditions.add_if("day <= ?", filter.to.map(|day| day.to_string()));
            let document = filter.document.clone();
            conditions.add_if("document = (SELECT id FROM documents WHERE document_id = ?)", document);
            let select = "SELECT day, id, name, office, code, sector, age, start, \"end\",
                    (SELECT document_id FROM documents WHERE id = document),
                    (SELECT published FROM documents WHERE id = document)
                FROM people";
            conditions.page(connection, select, "day", (after, limit), |row| {
                Ok(StoredPerson {
                    person: person_of_row(row, 2)?,
                    document_id: row.get(9)?,
                    published: row.get(10)?,
                })
            })
        })
    }
}

/// A person of seven columns that begin at `first`: name, office, code, sector, age, start, end.
pub(super) fn person_of_row(row: &Row<'_>, first: usize) -> rusqlite::Result<Person> {
    let offset = |column: usize| -> rusqlite::Result<usize> {
        Ok(usize::try_from(row.get::<_, i64>(column)?).unwrap_or_default())
    };
    Ok(Person {
        name: row.get(first)?,
        office: row.get(first + 1)?,
        code: row.get(first + 2)?,
        sector: row.get::<_, Option<String>>(first + 3)?.map(Into::into),
        age: row.get(first + 4)?,
        start: offset(first + 5)?,
        end: offset(first + 6)?,
    })
}
