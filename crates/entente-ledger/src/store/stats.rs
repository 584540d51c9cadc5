//! What is in the ledger, in numbers.

use super::keys::Dimension;
use super::ledger::Ledger;
use super::postings::{read, values};
use crate::error::{Fault, LedgerError};
use rusqlite::{Connection, OptionalExtension};
use serde::Serialize;
use std::collections::BTreeMap;

/// Counts of what is in the ledger.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Stats {
    /// Documents.
    pub documents: u64,
    /// Events.
    pub events: u64,
    /// Statements.
    pub statements: u64,
    /// People, each once for each document.
    pub people: u64,
    /// Happenings.
    pub happenings: u64,
    /// Coding runs.
    pub runs: u64,
    /// Events by PLOVER type.
    pub by_type: BTreeMap<String, u64>,
    /// Events by publication, feed or system.
    pub by_source: BTreeMap<String, u64>,
    /// Events by year; the empty year counts those without a date.
    pub by_year: BTreeMap<String, u64>,
    /// Earliest first day of an event.
    pub first_day: Option<String>,
    /// Latest first day of an event.
    pub last_day: Option<String>,
    /// The dyads with the most events, the first of them first.
    pub top_dyads: Vec<DyadCount>,
}

/// How many events have this first actor and this first recipient.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct DyadCount {
    /// Code of the actor.
    pub actor: String,
    /// Code of the recipient.
    pub recipient: String,
    /// Events.
    pub events: u64,
}

impl Ledger {
    /// A number that changes when documents, events or happenings come or go.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn mark(&self) -> Result<u64, LedgerError> {
        self.looking_up(|connection| {
            // Ids are never used again, so that what is replaced counts as new.
            let sql = "SELECT (SELECT value FROM counters WHERE name = 'next_id') * 4294967296
                    + ifnull((SELECT max(id) FROM happenings), 0) * 65536 + (SELECT count(*) % 65536 FROM runs)";
            let mark: i64 = connection.prepare_cached(sql)?.query_row([], |row| row.get(0))?;
            Ok(mark.unsigned_abs())
        })
    }

    /// What is in the ledger, with the `dyads` most frequent dyads.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn stats(&self, dyads: u32) -> Result<Stats, LedgerError> {
        self.reading(|connection| {
            let count = |table: &str| -> Result<u64, Fault> {
                let sql = format!("SELECT count(*) FROM {table}");
                Ok(unsigned(connection.query_row(&sql, [], |row| row.get(0))?))
            };
            Ok(Stats {
                documents: count("documents")?,
                events: count("events")?,
                statements: count("statements")?,
                people: count("people")?,
                happenings: count("happenings")?,
                runs: count("runs")?,
                by_type: counts(connection, Dimension::Type)?,
                by_source: by_source(connection)?,
                by_year: by_year(connection)?,
                first_day: day(connection, "SELECT min(first_day) FROM events WHERE first_day > ''")?,
                last_day: day(connection, "SELECT max(first_day) FROM events WHERE first_day > ''")?,
                top_dyads: top_dyads(connection, dyads)?,
            })
        })
    }
}

fn unsigned(count: i64) -> u64 {
    u64::try_from(count).unwrap_or_default()
}

fn counts(connection: &Connection, dimension: Dimension) -> Result<BTreeMap<String, u64>, Fault> {
    let mut counts = BTreeMap::new();
    for value in values(connection, dimension)? {
        let count = read(connection, dimension, &value)?.len();
        counts.insert(value, count);
    }
    Ok(counts)
}

fn by_source(connection: &Connection) -> Result<BTreeMap<String, u64>, Fault> {
    let mut select = connection.prepare_cached("SELECT id, name FROM sources")?;
    let rows = select.query_map([], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, String>(1)?)))?;
    let mut counts = BTreeMap::new();
    for row in rows {
        let (number, name) = row?;
        counts.insert(name, read(connection, Dimension::Source, &number.to_string())?.len());
    }
    Ok(counts)
}

fn by_year(connection: &Connection) -> Result<BTreeMap<String, u64>, Fault> {
    let mut years = BTreeMap::new();
    for (month, count) in counts(connection, Dimension::Month)? {
        *years.entry(month.get(..4).unwrap_or_default().to_owned()).or_default() += count;
    }
    Ok(years)
}

fn day(connection: &Connection, sql: &str) -> Result<Option<String>, Fault> {
    Ok(connection.query_row(sql, [], |row| row.get(0)).optional()?.flatten())
}

fn top_dyads(connection: &Connection, dyads: u32) -> Result<Vec<DyadCount>, Fault> {
    let mut select = connection.prepare_cached(
        "SELECT actor_code, recipient_code, count(*) AS events FROM events
         WHERE actor_code IS NOT NULL AND recipient_code IS NOT NULL
         GROUP BY actor_code, recipient_code ORDER BY events DESC, actor_code, recipient_code LIMIT ?1",
    )?;
    let rows = select.query_map([dyads], |row| {
        Ok(DyadCount { actor: row.get(0)?, recipient: row.get(1)?, events: unsigned(row.get(2)?) })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}
