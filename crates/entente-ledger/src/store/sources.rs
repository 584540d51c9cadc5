//! Papers, agencies, feeds and other systems.

use crate::error::Fault;
use rusqlite::{Connection, OptionalExtension, params};

/// The number of a source, which is noted if it is new.
pub(super) fn source_number(connection: &Connection, name: &str, kind: &str) -> Result<i64, Fault> {
    if let Some(known) = find(connection, name)? {
        return Ok(known);
    }
    let mut insert = connection.prepare_cached("INSERT INTO sources (name, kind) VALUES (?1, ?2)")?;
    Ok(insert.insert(params![name, kind])?)
}

/// The number of a source that is there.
pub(super) fn find(connection: &Connection, name: &str) -> Result<Option<i64>, Fault> {
    let mut select = connection.prepare_cached("SELECT id FROM sources WHERE name = ?1")?;
    Ok(select.query_row([name], |row| row.get(0)).optional()?)
}
