//! In which order events come, and where a page ended.

use super::days::month_of;
use super::keys::{Dimension, confidence_bounds, confidence_value, scale_bounds, scale_value};
use crate::error::LedgerError;
use rusqlite::types::{Value, ValueRef};
use std::cmp::Ordering;
use std::fmt;

/// What events are sorted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum SortKey {
    /// First day; an unknown one is before all others.
    #[default]
    Date,
    /// Confidence.
    Confidence,
    /// Event scale.
    Scale,
}

/// The order of events. Ties are in the order in which they were written, reversed when descending.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EventOrder {
    /// What is compared.
    pub key: SortKey,
    /// The greatest first.
    pub descending: bool,
}

/// The newest first.
impl Default for EventOrder {
    fn default() -> Self {
        Self { key: SortKey::Date, descending: true }
    }
}

impl SortKey {
    pub(super) fn column(self) -> &'static str {
        match self {
            Self::Date => "first_day",
            Self::Confidence => "confidence",
            Self::Scale => "event_scale",
        }
    }

    /// The dimension whose values cut the order into stretches.
    pub(super) fn dimension(self) -> Dimension {
        match self {
            Self::Date => Dimension::Month,
            Self::Confidence => Dimension::Confidence,
            Self::Scale => Dimension::Scale,
        }
    }

    /// The least and the greatest thing in a stretch, or a little more than those.
    pub(super) fn bounds(self, stretch: &str) -> (Sortable, Sortable) {
        let numbers = |(low, high)| (Sortable::Number(low), Sortable::Number(high));
        match self {
            Self::Date if stretch.is_empty() => (Sortable::Day(String::new()), Sortable::Day(String::new())),
            // "~" is after all that a date is written with.
            Self::Date => (Sortable::Day(stretch.to_owned()), Sortable::Day(format!("{stretch}~"))),
            Self::Confidence => numbers(confidence_bounds(stretch)),
            Self::Scale => numbers(scale_bounds(stretch)),
        }
    }

    /// The stretch that something is in.
    pub(super) fn stretch_of(self, sortable: &Sortable) -> String {
        match (self, sortable) {
            (Self::Confidence, Sortable::Number(number)) => confidence_value(*number),
            (_, Sortable::Number(number)) => scale_value(*number),
            (_, Sortable::Day(day)) => month_of(day).to_owned(),
        }
    }
}

/// What an event is sorted by.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Sortable {
    Day(String),
    Number(f64),
}

impl Sortable {
    pub(super) fn of(value: ValueRef<'_>) -> rusqlite::Result<Self> {
        match value {
            ValueRef::Real(number) => Ok(Self::Number(number)),
            other => Ok(Self::Day(other.as_str()?.to_owned())),
        }
    }

    fn cmp(&self, other: &Self) -> Ordering {
        match (self, other) {
            (Self::Day(one), Self::Day(two)) => one.cmp(two),
            (Self::Number(one), Self::Number(two)) => one.total_cmp(two),
            (Self::Day(_), Self::Number(_)) => Ordering::Less,
            (Self::Number(_), Self::Day(_)) => Ordering::Greater,
        }
    }
}

impl From<&Sortable> for Value {
    fn from(sortable: &Sortable) -> Self {
        match sortable {
            Sortable::Day(day) => Self::Text(day.clone()),
            Sortable::Number(number) => Self::Real(*number),
        }
    }
}

/// Where an event stands in an order.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Position {
    pub sortable: Sortable,
    pub id: u32,
}

impl Position {
    /// Compares in the given direction.
    pub(super) fn cmp(&self, other: &Self, descending: bool) -> Ordering {
        let ascending = self.sortable.cmp(&other.sortable).then(self.id.cmp(&other.id));
        if descending { ascending.reverse() } else { ascending }
    }
}

/// The last position of a page, as text that callers hand back unread.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Cursor {
    pub order: EventOrder,
    pub position: Position,
}

impl fmt::Display for Cursor {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let direction = if self.order.descending { "down" } else { "up" };
        write!(out, "{}.{direction}.{}.", self.order.key.column(), self.position.id)?;
        match &self.position.sortable {
            Sortable::Day(day) => out.write_str(day),
            // All bits of the number: a rounded one could repeat or leave out events.
            Sortable::Number(number) => write!(out, "{:016x}", number.to_bits()),
        }
    }
}

impl Cursor {
    /// Reads a cursor of a page in `order`.
    pub(super) fn parse(text: &str, order: EventOrder) -> Result<Self, LedgerError> {
        Self::parts(text, order).ok_or_else(|| LedgerError::BadCursor { cursor: text.to_owned() })
    }

    fn parts(text: &str, order: EventOrder) -> Option<Self> {
        let mut parts = text.splitn(4, '.');
        let direction = if order.descending { "down" } else { "up" };
        if parts.next()? != order.key.column() || parts.next()? != direction {
            return None;
        }
        let id = parts.next()?.parse().ok()?;
        let value = parts.next()?;
        let sortable = match order.key {
            SortKey::Date => Sortable::Day(value.to_owned()),
            SortKey::Confidence | SortKey::Scale => {
                Sortable::Number(f64::from_bits(u64::from_str_radix(value, 16).ok()?))
            }
        };
        Some(Self { order, position: Position { sortable, id } })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_is_read_back_for_its_own_order_only() {
        let order = EventOrder { key: SortKey::Scale, descending: true };
        let position = Position { sortable: Sortable::Number(-9.3), id: 7 };
        let cursor = Cursor { order, position };
        let text = cursor.to_string();
        assert_eq!(Cursor::parse(&text, order).unwrap(), cursor);
        for other in [EventOrder::default(), EventOrder { descending: false, ..order }] {
            assert!(Cursor::parse(&text, other).is_err());
        }
        for bad in ["", "x", "event_scale.down", "event_scale.down.7.zz", "event_scale.down.-1.0"] {
            assert!(Cursor::parse(bad, order).is_err(), "{bad}");
        }
    }
}
