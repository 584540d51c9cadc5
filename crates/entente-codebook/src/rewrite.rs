//! Rewrites: what an act becomes under a promise, a threat, a demand, a refusal or an end.

use crate::frame::Force;
use crate::ontology::{Aux, EventType};

/// Where the rewritten event's modes come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RewriteMode {
    /// These.
    Fixed(Vec<String>),
    /// The inner act's own (it keeps its type).
    Inner,
}

/// One line of `rewrites.toml`; the first that fits decides.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rewrite {
    /// The force of the outer word.
    pub force: Force,
    /// Types of the inner act; empty for any.
    pub inner: Vec<EventType>,
    /// Modes of the inner act, one of which it must have; empty for any.
    pub inner_mode: Vec<String>,
    /// What both become together; `None` keeps the outer frame's own type.
    pub event: Option<EventType>,
    /// The modes of the result.
    pub mode: RewriteMode,
    /// Auxiliary modes that the result takes on.
    pub aux: Vec<Aux>,
}
