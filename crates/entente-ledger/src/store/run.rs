//! Coding runs: which versions coded a document, and when.

use super::ledger::Ledger;
use crate::error::{Fault, LedgerError};
use rusqlite::{Connection, OptionalExtension, Row, params};
use serde::{Deserialize, Serialize};

/// The versions that decide what is read out of a document.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct RunVersions {
    /// Name and version of the coder.
    pub coder: String,
    /// Name and version of the codebook.
    pub codebook: String,
    /// Version of the registry.
    pub registry: String,
    /// Version of the language model.
    pub model: String,
}

/// A run's number in the ledger.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct RunId(pub i64);

/// A coding run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Run {
    /// Its number.
    pub id: RunId,
    /// When it began, as the caller said.
    pub started: String,
    /// When it ended; absent for one that was cut off or goes on.
    pub ended: Option<String>,
    /// The versions.
    pub versions: RunVersions,
    /// The options of the run, as JSON.
    pub options: String,
}

impl Ledger {
    /// Notes that a run begins. `started` is a time in ISO 8601 and `options` JSON, both of the caller's.
    ///
    /// # Errors
    /// When the ledger cannot be written.
    pub fn begin_run(
        &mut self,
        versions: &RunVersions,
        started: &str,
        options: &str,
    ) -> Result<RunId, LedgerError> {
        self.writing(|connection| {
            connection.execute(
                "INSERT INTO runs (started, coder, codebook, registry, model, options)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
                params![
                    started,
                    versions.coder,
                    versions.codebook,
                    versions.registry,
                    versions.model,
                    options
                ],
            )?;
            Ok(RunId(connection.last_insert_rowid()))
        })
    }

    /// Notes that a run came to its end.
    ///
    /// # Errors
    /// When there is no such run, or the ledger cannot be written.
    pub fn end_run(&mut self, run: RunId, ended: &str) -> Result<(), LedgerError> {
        self.writing(|connection| {
            let changed =
                connection.execute("UPDATE runs SET ended = ?2 WHERE id = ?1", params![run.0, ended])?;
            if changed == 0 { Err(unknown(run)) } else { Ok(()) }
        })
    }

    /// All runs, in the order in which they began.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn runs(&self) -> Result<Vec<Run>, LedgerError> {
        self.reading(|connection| {
            let mut statement = connection.prepare_cached(&format!("{SELECT} ORDER BY id"))?;
            let rows = statement.query_map([], of_row)?;
            Ok(rows.collect::<rusqlite::Result<_>>()?)
        })
    }
}

const SELECT: &str = "SELECT id, started, ended, coder, codebook, registry, model, options FROM runs";

/// The run of a number.
pub(super) fn read(connection: &Connection, run: RunId) -> Result<Run, Fault> {
    let mut statement = connection.prepare_cached(&format!("{SELECT} WHERE id = ?1"))?;
    statement.query_row([run.0], of_row).optional()?.ok_or_else(|| unknown(run))
}

fn unknown(run: RunId) -> Fault {
    Fault::Unknown("run", run.0.to_string())
}

fn of_row(row: &Row<'_>) -> rusqlite::Result<Run> {
    let versions =
        RunVersions { coder: row.get(3)?, codebook: row.get(4)?, registry: row.get(5)?, model: row.get(6)? };
    Ok(Run {
        id: RunId(row.get(0)?),
        started: row.get(1)?,
        ended: row.get(2)?,
        versions,
        options: row.get(7)?,
    })
}
