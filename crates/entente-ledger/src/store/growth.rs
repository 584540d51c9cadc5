//! For those who watch a ledger grow: how much there is, and what came in since they last looked.

use super::event::{StoredEvent, read_event};
use super::filter::EventFilter;
use super::keys::Dimension;
use super::ledger::Ledger;
use super::postings::read;
use super::select::select;
use crate::error::{Fault, LedgerError};
use rusqlite::Connection;

/// How much there is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Documents.
    pub documents: u64,
    /// Events.
    pub events: u64,
    /// Happenings.
    pub happenings: u64,
}

/// Events that came into the ledger one after the other.
#[derive(Debug, Clone, PartialEq)]
pub struct Added {
    /// The events, in the order in which they came.
    pub events: Vec<StoredEvent>,
    /// The number of the last of them.
    pub last: Option<u32>,
    /// Everything up to this number was looked at; to be handed back as `after`.
    pub up_to: u32,
    /// Whether more came in after these.
    pub has_more: bool,
}

impl Ledger {
    /// How much there is.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn counts(&self) -> Result<Counts, LedgerError> {
        self.reading(|connection| {
            let count = |table: &str| -> Result<u64, Fault> {
                let sql = format!("SELECT count(*) FROM {table}");
                let count: i64 = connection.query_row(&sql, [], |row| row.get(0))?;
                Ok(count.unsigned_abs())
            };
            Ok(Counts {
                documents: count("documents")?,
                events: read(connection, Dimension::All, "")?.len(),
                happenings: count("happenings")?,
            })
        })
    }

    /// The highest number that anything in the ledger was given.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn last_number(&self) -> Result<u32, LedgerError> {
        self.looking_up(last_number)
    }

    /// At most `most` of the matching events that came in after the number `after`, and up to `until` where that is given. An
    /// event of an article that was coded anew came in anew.
    ///
    /// # Errors
    /// When the search text is too long, or the ledger cannot be read.
    pub fn events_added(
        &self,
        filter: &EventFilter,
        (after, until): (u32, Option<u32>),
        most: usize,
    ) -> Result<Added, LedgerError> {
        self.reading(|connection| {
            let end = last_number(connection)?.min(until.unwrap_or(u32::MAX));
            let mut matching = select(connection, filter)?;
            matching.remove_range(..=after);
            matching.remove_range(end.saturating_add(1)..);
            let has_more = matching.len() > most as u64;
            let numbers: Vec<u32> = matching.into_iter().take(most).collect();
            let events = numbers.iter().map(|number| read_event(connection, *number));
            let events = events.collect::<Result<_, Fault>>()?;
            let last = numbers.last().copied();
            let up_to = if has_more { last.unwrap_or(after) } else { end.max(after) };
            Ok(Added { events, last, up_to, has_more })
        })
    }
}

/// Numbers are given in the order of transactions and never again.
fn last_number(connection: &Connection) -> Result<u32, Fault> {
    let mut select = connection.prepare_cached("SELECT value FROM counters WHERE name = 'next_id'")?;
    let next: u32 = select.query_row([], |row| row.get(0))?;
    Ok(next.saturating_sub(1))
}
