//! Sets of events, one for each value of each dimension, kept beside the events in the same transactions.
//!
//! They make every combination of filters quick: a filter is a union, a combination is an intersection, and
//! both are a matter of microseconds whether they match nothing or nearly everything.

use super::keys::{Dimension, Key};
use crate::error::Fault;
use roaring::RoaringBitmap;
use rusqlite::{Connection, OptionalExtension, params};
use std::collections::BTreeMap;

/// Events of one block share the upper 16 bits of their ids, as in a container of a roaring bitmap.
const BLOCK_BITS: u32 = 16;

/// Additions and removals of one transaction, gathered so that each block is written once.
#[derive(Debug, Default)]
pub(super) struct PostingChanges {
    /// Sorted, so that the same batch gives the same file.
    changes: BTreeMap<Key, Change>,
}

#[derive(Debug, Default)]
struct Change {
    added: RoaringBitmap,
    removed: RoaringBitmap,
}

impl PostingChanges {
    /// Puts an event under its keys.
    pub(super) fn add(&mut self, event: u32, keys: Vec<Key>) {
        for key in keys {
            self.changes.entry(key).or_default().added.insert(event);
        }
    }

    /// Takes an event away. Ids are never used again, so that an event is not both added and removed unless it
    /// was added first.
    pub(super) fn remove(&mut self, event: u32, keys: Vec<Key>) {
        for key in keys {
            let change = self.changes.entry(key).or_default();
            if !change.added.remove(event) {
                change.removed.insert(event);
            }
        }
    }

    /// What the file has that is not among the additions, or lacks.
    pub(super) fn differences(&self, connection: &Connection) -> Result<Vec<String>, Fault> {
        let mut problems = Vec::new();
        for ((dimension, value), change) in &self.changes {
            if read(connection, *dimension, value)? != change.added {
                problems.push(format!("the set of events with {dimension:?} \"{value}\" is wrong"));
            }
        }
        let sql = "SELECT count(*) FROM (SELECT DISTINCT dimension, value FROM postings)";
        let sets: i64 = connection.query_row(sql, [], |row| row.get(0))?;
        if usize::try_from(sets) != Ok(self.changes.len()) {
            problems.push(format!("there are {sets} sets of events instead of {}", self.changes.len()));
        }
        Ok(problems)
    }

    /// Writes the changes.
    pub(super) fn flush(self, connection: &Connection) -> Result<(), Fault> {
        for ((dimension, value), change) in self.changes {
            let mut blocks: Vec<u32> =
                change.added.iter().chain(&change.removed).map(|event| event >> BLOCK_BITS).collect();
            blocks.sort_unstable();
            blocks.dedup();
            for block in blocks {
                change_block(connection, dimension, &value, block, &change)?;
            }
        }
        Ok(())
    }
}

fn change_block(
    connection: &Connection,
    dimension: Dimension,
    value: &str,
    block: u32,
    change: &Change,
) -> Result<(), Fault> {
    let mut select = connection.prepare_cached(
        "SELECT id, events FROM postings WHERE dimension = ?1 AND value = ?2 AND block = ?3",
    )?;
    let stored = select
        .query_row(params![dimension as u8, value, block], |row| {
            Ok((row.get::<_, i64>(0)?, row.get::<_, Vec<u8>>(1)?))
        })
        .optional()?;
    let (row, mut events) = match stored {
        Some((row, bytes)) => (Some(row), decode(&bytes)?),
        None => (None, RoaringBitmap::new()),
    };
    let first = block << BLOCK_BITS;
    let last = first | ((1 << BLOCK_BITS) - 1);
    events.extend(change.added.range(first..=last));
    change.removed.range(first..=last).for_each(|event| {
        events.remove(event);
    });
    store_block(connection, row, (dimension, value, block), &events)
}

fn store_block(
    connection: &Connection,
    row: Option<i64>,
    (dimension, value, block): (Dimension, &str, u32),
    events: &RoaringBitmap,
) -> Result<(), Fault> {
    match row {
        Some(row) if events.is_empty() => {
            connection.prepare_cached("DELETE FROM postings WHERE id = ?1")?.execute([row])?;
        }
        Some(row) => {
            let mut update = connection.prepare_cached("UPDATE postings SET events = ?2 WHERE id = ?1")?;
            update.execute(params![row, encode(events)])?;
        }
        None if events.is_empty() => {}
        None => {
            let mut insert = connection.prepare_cached(
                "INSERT INTO postings (dimension, value, block, events) VALUES (?1, ?2, ?3, ?4)",
            )?;
            insert.execute(params![dimension as u8, value, block, encode(events)])?;
        }
    }
    Ok(())
}

fn encode(events: &RoaringBitmap) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(events.serialized_size());
    events.serialize_into(&mut bytes).expect("a vector takes all bytes");
    bytes
}

fn decode(bytes: &[u8]) -> Result<RoaringBitmap, Fault> {
    RoaringBitmap::deserialize_from(bytes).map_err(|error| Fault::Unreadable(format!("postings: {error}")))
}

/// The events under one value.
pub(super) fn read(
    connection: &Connection,
    dimension: Dimension,
    value: &str,
) -> Result<RoaringBitmap, Fault> {
    let mut select =
        connection.prepare_cached("SELECT events FROM postings WHERE dimension = ?1 AND value = ?2")?;
    let mut rows = select.query(params![dimension as u8, value])?;
    let mut events = RoaringBitmap::new();
    while let Some(row) = rows.next()? {
        events |= decode(row.get_ref(0)?.as_blob().map_err(rusqlite::Error::from)?)?;
    }
    Ok(events)
}

/// The events under any value from `low` to `high`, both included; without `high`, to the last.
pub(super) fn read_between(
    connection: &Connection,
    dimension: Dimension,
    low: &str,
    high: Option<&str>,
) -> Result<RoaringBitmap, Fault> {
    let mut select = connection.prepare_cached(
        "SELECT events FROM postings WHERE dimension = ?1 AND value >= ?2 AND (?3 IS NULL OR value <= ?3)",
    )?;
    let mut rows = select.query(params![dimension as u8, low, high])?;
    let mut events = RoaringBitmap::new();
    while let Some(row) = rows.next()? {
        events |= decode(row.get_ref(0)?.as_blob().map_err(rusqlite::Error::from)?)?;
    }
    Ok(events)
}

/// The values of a dimension, sorted.
pub(super) fn values(connection: &Connection, dimension: Dimension) -> Result<Vec<String>, Fault> {
    let mut select = connection
        .prepare_cached("SELECT DISTINCT value FROM postings WHERE dimension = ?1 ORDER BY value")?;
    let rows = select.query_map([dimension as u8], |row| row.get(0))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}
