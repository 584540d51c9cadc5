//! Asking for events.

use super::event::{StoredEvent, read_event};
use super::filter::EventFilter;
use super::insert::event_number;
use super::ledger::Ledger;
use super::order::{Cursor, EventOrder};
use super::page::{EventPage, Facet};
use super::postings::{read, values};
use super::select::select;
use super::walk::walk;
use crate::error::{Fault, LedgerError};
use rusqlite::{Connection, OptionalExtension};
use std::ops::ControlFlow;

impl Ledger {
    /// A page of at most `limit` events that match, in order. `after` is [`EventPage::next`] of the page before;
    /// events that are written in between neither repeat nor hide those that were there.
    ///
    /// # Errors
    /// When the cursor is none of this order, the search text too long, or the ledger cannot be read.
    pub fn events(
        &self,
        filter: &EventFilter,
        order: EventOrder,
        after: Option<&str>,
        limit: usize,
    ) -> Result<EventPage, LedgerError> {
        let cursor = after.map(|text| Cursor::parse(text, order)).transpose()?;
        self.reading(|connection| {
            let matching = select(connection, filter)?;
            let mut positions = Vec::new();
            let mut is_last = true;
            let after = cursor.as_ref().map(|cursor| &cursor.position);
            walk(connection, &matching, order, after, &mut |position| {
                is_last = positions.len() < limit;
                if is_last {
                    positions.push(position);
                }
                Ok(is_last)
            })?;
            let events = positions.iter().map(|position| read_event(connection, position.id));
            let events = events.collect::<Result<_, Fault>>()?;
            let last = if is_last { None } else { positions.pop() };
            let next = last.map(|position| Cursor { order, position }.to_string());
            Ok(EventPage { events, total: matching.len(), next })
        })
    }

    /// Hands every matching event to `visit`, in order, until it breaks off. All are of one state of the ledger,
    /// and memory does not grow with their number.
    ///
    /// # Errors
    /// As [`Self::events`].
    pub fn for_each_event<B>(
        &self,
        filter: &EventFilter,
        order: EventOrder,
        mut visit: impl FnMut(StoredEvent) -> ControlFlow<B>,
    ) -> Result<Option<B>, LedgerError> {
        self.reading(|connection| {
            let matching = select(connection, filter)?;
            let mut broken = None;
            walk(connection, &matching, order, None, &mut |position| match visit(read_event(
                connection,
                position.id,
            )?) {
                ControlFlow::Continue(()) => Ok(true),
                ControlFlow::Break(value) => {
                    broken = Some(value);
                    Ok(false)
                }
            })?;
            Ok(broken)
        })
    }

    /// How many events match.
    ///
    /// # Errors
    /// As [`Self::events`].
    pub fn count_events(&self, filter: &EventFilter) -> Result<u64, LedgerError> {
        self.reading(|connection| Ok(select(connection, filter)?.len()))
    }

    /// How many of the matching events have each value of a facet; values of none are left out. Sorted by value.
    ///
    /// # Errors
    /// As [`Self::events`].
    pub fn facet(&self, filter: &EventFilter, facet: Facet) -> Result<Vec<(String, u64)>, LedgerError> {
        self.reading(|connection| {
            let matching = select(connection, filter)?;
            let mut counts = Vec::new();
            for value in values(connection, facet.dimension())? {
                let count = read(connection, facet.dimension(), &value)?.intersection_len(&matching);
                if count > 0 {
                    counts.push((facet_name(connection, facet, value)?, count));
                }
            }
            counts.sort();
            Ok(counts)
        })
    }

    /// The event of an id.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn event(&self, event_id: &str) -> Result<Option<StoredEvent>, LedgerError> {
        self.reading(|connection| {
            event_number(connection, event_id)?.map(|number| read_event(connection, number)).transpose()
        })
    }
}

/// Sources are numbers in the postings; people want their names.
fn facet_name(connection: &Connection, facet: Facet, value: String) -> Result<String, Fault> {
    if facet != Facet::Source {
        return Ok(value);
    }
    let mut select = connection.prepare_cached("SELECT name FROM sources WHERE id = CAST(?1 AS INTEGER)")?;
    Ok(select.query_row([&value], |row| row.get(0)).optional()?.unwrap_or(value))
}
