//! Parties: what fills an actor, recipient or speaker role.

use crate::statements::WordAt;
use entente_text::Span;
use entente_world::{Entity, EntityKind};

/// A noun phrase in a role, with what it resolves to.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Party {
    /// The phrase's head.
    pub(crate) head: WordAt,
    /// The words worth showing, in bytes.
    pub(crate) span: Span,
    /// What they resolve to.
    pub(crate) entity: Entity,
    /// True when the words are a pronoun.
    pub(crate) is_pronoun: bool,
}

impl Party {
    /// Two phrases that mean the same party: same canonical name, or the same state acting as a whole.
    pub(crate) fn is_same(&self, other: &Self) -> bool {
        if self.entity.name == other.entity.name {
            return true;
        }
        let state = |entity: &Entity| entity.kind == EntityKind::State;
        state(&self.entity) && state(&other.entity) && self.entity.code == other.entity.code
    }

    /// Code and sector as PLOVER pairs them.
    pub(crate) fn code_and_sector(&self) -> (String, &'static str) {
        let code = self.entity.code.map(|code| code.to_string()).unwrap_or_default();
        (code, self.entity.sector.map_or("", |sector| sector.as_str()))
    }
}

/// Those who are not among the others.
pub(crate) fn without(parties: Vec<Party>, others: &[Party]) -> Vec<Party> {
    parties.into_iter().filter(|party| !others.iter().any(|other| other.is_same(party))).collect()
}

/// Adds the parties that are not there yet.
pub(crate) fn merge(into: &mut Vec<Party>, more: Vec<Party>) {
    for party in more {
        if !into.iter().any(|known| known.is_same(&party)) {
            into.push(party);
        }
    }
}
