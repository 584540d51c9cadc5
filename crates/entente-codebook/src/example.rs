//! Examples: sentences with their expected records, which are the codebook's tests.

use crate::ontology::{Aux, EventType};

/// A sentence or two with every event that must be found there.
#[derive(Debug, Clone, PartialEq)]
pub struct Example {
    /// File and line.
    pub place: String,
    /// The prose.
    pub text: String,
    /// Day of publication, ISO 8601.
    pub published: Option<String>,
    /// All its events; none at all for a near miss.
    pub events: Vec<ExpectedEvent>,
}

/// What a record must say. A field that is `None` is not compared.
#[derive(Debug, Clone, PartialEq)]
pub struct ExpectedEvent {
    /// The type.
    pub event: EventType,
    /// Words that the coded trigger must overlap.
    pub trigger: String,
    /// Modes, in any order.
    pub mode: Option<Vec<String>>,
    /// Auxiliary modes, in any order.
    pub aux: Vec<Aux>,
    /// `"CODE SECTOR"` of each actor, in any order.
    pub actor: Option<Vec<String>>,
    /// As `actor`.
    pub recipient: Option<Vec<String>>,
    /// As `actor`, outermost first.
    pub claim: Option<Vec<String>>,
}
