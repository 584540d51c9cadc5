//! Answers of queries.

use super::event::StoredEvent;
use super::keys::Dimension;

/// Some of the events that match.
#[derive(Debug, Clone, PartialEq)]
pub struct EventPage {
    /// The events, in order.
    pub events: Vec<StoredEvent>,
    /// How many match in all, on all pages.
    pub total: u64,
    /// What to hand back for the events that follow; absent on the last page.
    pub next: Option<String>,
}

/// Some of the things that match.
#[derive(Debug, Clone, PartialEq)]
pub struct Page<T> {
    /// The things, in order.
    pub items: Vec<T>,
    /// What to hand back for those that follow; absent on the last page.
    pub next: Option<String>,
}

/// What matching events can be counted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Facet {
    /// PLOVER type.
    Type,
    /// Quad code.
    Quad,
    /// PLOVER mode.
    Mode,
    /// Auxiliary mode; the empty value counts the events that have none.
    Aux,
    /// PLOVER context.
    Context,
    /// Country where it happened.
    Country,
    /// Month of the first day; the empty value counts the events without a date.
    Month,
    /// Publication, feed or system.
    Source,
    /// Number of claimants.
    ClaimDistance,
}

impl Facet {
    pub(super) fn dimension(self) -> Dimension {
        match self {
            Self::Type => Dimension::Type,
            Self::Quad => Dimension::Quad,
            Self::Mode => Dimension::Mode,
            Self::Aux => Dimension::Aux,
            Self::Context => Dimension::Context,
            Self::Country => Dimension::Country,
            Self::Month => Dimension::Month,
            Self::Source => Dimension::Source,
            Self::ClaimDistance => Dimension::ClaimDistance,
        }
    }
}
