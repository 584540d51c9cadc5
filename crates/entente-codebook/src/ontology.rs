//! PLOVER 0.8: the sixteen types with their quads and scores, and the auxiliary modes.

use serde::{Deserialize, Serialize};
use std::fmt;

/// A PLOVER event type.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
#[allow(missing_docs)]
pub enum EventType {
    Agree,
    Consult,
    Support,
    Concede,
    Cooperate,
    Aid,
    Retreat,
    Request,
    Accuse,
    Reject,
    Threaten,
    Protest,
    Sanction,
    Mobilize,
    Coerce,
    Assault,
}

impl EventType {
    /// All types, in the order of the PLOVER manual.
    pub const ALL: [Self; 16] = [
        Self::Agree,
        Self::Consult,
        Self::Support,
        Self::Concede,
        Self::Cooperate,
        Self::Aid,
        Self::Retreat,
        Self::Request,
        Self::Accuse,
        Self::Reject,
        Self::Threaten,
        Self::Protest,
        Self::Sanction,
        Self::Mobilize,
        Self::Coerce,
        Self::Assault,
    ];
}

/// A type's name, quad code, score, and its modes with their own scores.
type TypeRow = (EventType, &'static str, u8, f64, &'static [(&'static str, f64)]);

/// The scores are the PLOVER manual's of 2023; `ACCUSE` and `PROTEST vandalize` carry the sign that their
/// neighbours have (the manual prints 3 and 5 there).
const TYPES: [TypeRow; 16] = [
    (EventType::Agree, "AGREE", 1, 2.5, &[]),
    (
        EventType::Consult,
        "CONSULT",
        1,
        2.5,
        &[("visit", 4.0), ("third-party", 1.0), ("multilateral", 4.0), ("phone", 1.5)],
    ),
    (EventType::Support, "SUPPORT", 1, 5.0, &[]),
    (EventType::Concede, "CONCEDE", 1, 4.5, &[]),
    (EventType::Cooperate, "COOPERATE", 2, 9.5, &[]),
    (EventType::Aid, "AID", 2, 10.0, &[]),
    (
        EventType::Retreat,
        "RETREAT",
        2,
        6.5,
        &[
            ("withdraw", 8.0),
            ("release", 6.5),
            ("disarm", 10.0),
            ("ceasefire", 7.5),
            ("access", 6.5),
            ("resign", 4.5),
        ],
    ),
    (
        EventType::Request,
        "REQUEST",
        3,
        0.0,
        &[("assist", 0.5), ("change", -1.0), ("yield", -1.0), ("meet", 0.0)],
    ),
    (EventType::Accuse, "ACCUSE", 3, -3.0, &[("disapprove", -2.0), ("investigate", -3.5), ("allege", -3.5)]),
    (
        EventType::Reject,
        "REJECT",
        3,
        -2.0,
        &[("assist", -1.5), ("change", -2.0), ("yield", -2.0), ("meet", -2.0)],
    ),
    (
        EventType::Threaten,
        "THREATEN",
        3,
        -3.5,
        &[
            ("restrict", -3.0),
            ("arrest", -3.5),
            ("relations", -3.5),
            ("expel", -3.5),
            ("territory", -4.0),
            ("violence", -3.5),
        ],
    ),
    (
        EventType::Protest,
        "PROTEST",
        4,
        -5.0,
        &[
            ("demo", -5.0),
            ("riot", -7.0),
            ("strike", -5.0),
            ("hunger", -4.5),
            ("boycott", -4.5),
            ("obstruct", -4.5),
            ("vandalize", -5.0),
        ],
    ),
    (
        EventType::Sanction,
        "SANCTION",
        4,
        -6.0,
        &[("convict", -6.0), ("expel", -5.5), ("withdraw", -6.0), ("discontinue", -6.0)],
    ),
    (
        EventType::Mobilize,
        "MOBILIZE",
        4,
        -5.5,
        &[("troops", -6.5), ("weapons", -6.5), ("police", -5.5), ("militia", -6.0)],
    ),
    (
        EventType::Coerce,
        "COERCE",
        4,
        -7.0,
        &[
            ("seize", -7.0),
            ("restrict", -7.0),
            ("censor", -6.5),
            ("curfew", -6.5),
            ("martial-law", -7.5),
            ("arrest", -7.0),
            ("deport", -7.0),
            ("withhold", -7.0),
            ("misinformation", -6.5),
            ("cyber", -7.0),
        ],
    ),
    (
        EventType::Assault,
        "ASSAULT",
        4,
        -9.0,
        &[
            ("abduct", -8.5),
            ("beat", -7.5),
            ("torture", -8.5),
            ("sexual", -8.5),
            ("targeted", -9.5),
            ("destroy", -8.5),
            ("primitive", -8.0),
            ("firearms", -9.0),
            ("explosives", -9.0),
            ("suicide-attack", -9.5),
            ("aerial", -9.5),
            ("drone", -9.5),
            ("heavy-weapons", -9.5),
            ("crowd-control", -7.5),
            ("unconventional", -10.0),
        ],
    ),
];

impl EventType {
    /// The sixteen types in the manual's order.
    pub fn all() -> impl Iterator<Item = Self> {
        Self::ALL.into_iter()
    }

    fn row(self) -> &'static TypeRow {
        &TYPES[self as usize]
    }

    /// The name in PLOVER's records.
    pub fn as_str(self) -> &'static str {
        self.row().1
    }

    /// Reads a name in PLOVER's records.
    pub fn parse(text: &str) -> Option<Self> {
        TYPES.iter().find(|row| row.1 == text).map(|row| row.0)
    }

    /// 1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict.
    pub fn quad_code(self) -> u8 {
        self.row().2
    }

    /// True for material and verbal conflict.
    pub fn is_conflict(self) -> bool {
        self.quad_code() >= 3
    }

    /// The names of the type's modes.
    pub fn modes(self) -> impl Iterator<Item = &'static str> {
        self.row().4.iter().map(|mode| mode.0)
    }

    /// PLOVER's score from -10 to 10: that of the first mode, or the type's own where there is none.
    pub fn scale(self, modes: &[String]) -> f64 {
        let of_mode = modes.first().and_then(|mode| self.row().4.iter().find(|row| row.0 == mode));
        of_mode.map_or(self.row().3, |row| row.1)
    }
}

impl fmt::Display for EventType {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.as_str())
    }
}

/// PLOVER's auxiliary modes: an event that is not a plain current fact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Aux {
    /// Planned or expected.
    Future,
    /// Said to hold only under a condition, or only possible.
    Hypothetical,
    /// Reported as not having happened.
    Negation,
    /// Told as background, more than a year before publication.
    Historical,
}

impl Aux {
    /// The name in records.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Future => "future",
            Self::Hypothetical => "hypothetical",
            Self::Negation => "negation",
            Self::Historical => "historical",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_stand_at_the_index_of_their_type() {
        for (index, row) in TYPES.iter().enumerate() {
            assert_eq!(row.0 as usize, index);
            assert_eq!(EventType::parse(row.1), Some(row.0));
        }
    }

    #[test]
    fn a_mode_has_its_own_score() {
        assert_eq!(EventType::Assault.scale(&["unconventional".to_owned()]), -10.0);
        assert_eq!(EventType::Assault.scale(&[]), -9.0);
    }
}
