//! One difference between two sets of records.

use entente_codebook::EventType;
use serde::Serialize;

/// In what two sets of records differ at one place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum DifferenceKind {
    /// The first set alone has the event.
    OnlyInFirst,
    /// The second set alone has the event.
    OnlyInSecond,
    /// The same words, another type.
    Type,
    /// Another actor or recipient.
    Parties,
    /// Other modes.
    Mode,
    /// Other auxiliary modes.
    Aux,
    /// Another chain of claims.
    Claim,
    /// Another date.
    Date,
}

impl DifferenceKind {
    /// The name in records.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::OnlyInFirst => "only_in_first",
            Self::OnlyInSecond => "only_in_second",
            Self::Type => "type",
            Self::Parties => "parties",
            Self::Mode => "mode",
            Self::Aux => "aux",
            Self::Claim => "claim",
            Self::Date => "date",
        }
    }
}

/// One difference.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Difference {
    /// The document.
    pub document_id: String,
    /// In what they differ.
    pub kind: DifferenceKind,
    /// The type, the first set's where there are two.
    pub event: EventType,
    /// The trigger, the first set's where there are two.
    pub trigger: String,
    /// The sentence; empty where neither set holds the text.
    pub sentence: String,
    /// What the first set has; empty for nothing.
    pub first: String,
    /// What the second set has; empty for nothing.
    pub second: String,
}
