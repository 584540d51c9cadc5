//! Through a set of events in order.
//!
//! The order is cut into stretches (months, hundredths of confidence, tenths of the scale) of which the postings
//! know the events. A stretch in which nothing matches costs one intersection; in the others only matching
//! events are looked up, or the index is walked if there are many. So the first page takes about as long whether
//! the matches are few or many, old or new.

use super::order::{EventOrder, Position, Sortable};
use super::postings::{read, values};
use crate::error::Fault;
use roaring::RoaringBitmap;
use rusqlite::types::Value;
use rusqlite::{Connection, params};

/// Up to so many matches of a stretch are looked up one by one; more would take longer than walking the index.
const LOOKED_UP: u64 = 3000;

/// Visits the matching events that come after `after`, in order, until `visit` answers false.
pub(super) fn walk(
    connection: &Connection,
    matching: &RoaringBitmap,
    order: EventOrder,
    after: Option<&Position>,
    visit: &mut dyn FnMut(Position) -> Result<bool, Fault>,
) -> Result<(), Fault> {
    if matching.is_empty() {
        return Ok(());
    }
    let mut stretches = values(connection, order.key.dimension())?;
    if order.descending {
        stretches.reverse();
    }
    let first_stretch = after.map(|position| order.key.stretch_of(&position.sortable));
    for stretch in stretches {
        let is_passed = first_stretch
            .as_ref()
            .is_some_and(|first| if order.descending { stretch > *first } else { stretch < *first });
        if is_passed {
            continue;
        }
        let events = matching & read(connection, order.key.dimension(), &stretch)?;
        let goes_on = match events.len() {
            0 => true,
            1..=LOOKED_UP => look_up(connection, &events, order, after, visit)?,
            _ => walk_index(connection, (&events, &stretch), order, after, visit)?,
        };
        if !goes_on {
            return Ok(());
        }
    }
    Ok(())
}

fn look_up(
    connection: &Connection,
    events: &RoaringBitmap,
    order: EventOrder,
    after: Option<&Position>,
    visit: &mut dyn FnMut(Position) -> Result<bool, Fault>,
) -> Result<bool, Fault> {
    let sql = format!("SELECT {} FROM events WHERE id = ?1", order.key.column());
    let mut select = connection.prepare_cached(&sql)?;
    let mut positions = Vec::new();
    for id in events {
        let sortable = select.query_row([id], |row| Sortable::of(row.get_ref(0)?))?;
        let position = Position { sortable, id };
        if after.is_none_or(|last| position.cmp(last, order.descending).is_gt()) {
            positions.push(position);
        }
    }
    positions.sort_unstable_by(|one, two| one.cmp(two, order.descending));
    for position in positions {
        if !visit(position)? {
            return Ok(false);
        }
    }
    Ok(true)
}

fn walk_index(
    connection: &Connection,
    (events, stretch): (&RoaringBitmap, &str),
    order: EventOrder,
    after: Option<&Position>,
    visit: &mut dyn FnMut(Position) -> Result<bool, Fault>,
) -> Result<bool, Fault> {
    let column = order.key.column();
    let (low, high) = order.key.bounds(stretch);
    let (near, far, beyond_all) = if order.descending { (high, low, i64::MAX) } else { (low, high, -1) };
    let edge = (Value::from(&near), beyond_all);
    let in_stretch = after.filter(|position| order.key.stretch_of(&position.sortable) == stretch);
    let (value, id) =
        in_stretch.map_or(edge, |position| (Value::from(&position.sortable), i64::from(position.id)));
    let sql = if order.descending {
        format!(
            "SELECT {column}, id FROM events WHERE {column} >= ?1 AND ({column}, id) < (?2, ?3)
             ORDER BY {column} DESC, id DESC"
        )
    } else {
        format!(
            "SELECT {column}, id FROM events WHERE {column} <= ?1 AND ({column}, id) > (?2, ?3)
             ORDER BY {column}, id"
        )
    };
    let mut select = connection.prepare_cached(&sql)?;
    let mut rows = select.query(params![Value::from(&far), value, id])?;
    let mut left = events.len();
    while left > 0
        && let Some(row) = rows.next()?
    {
        let event: u32 = row.get(1)?;
        if !events.contains(event) {
            continue;
        }
        left -= 1;
        if !visit(Position { sortable: Sortable::of(row.get_ref(0)?)?, id: event })? {
            return Ok(false);
        }
    }
    Ok(true)
}
