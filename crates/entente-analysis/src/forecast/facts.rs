//! What the forecast is fed: facts, and what is known of the parties and relations beforehand.

use super::error::ForecastError;

/// Parties and relations that can be told apart; tables pack their numbers into keys of 64 bits.
const MOST_ENTITIES: usize = 1 << 24;
const MOST_RELATIONS: usize = 1 << 15;

/// The quad code of a CAMEO root: 1 verbal cooperation (01 to 05), 2 material cooperation (06 to 08), 3 verbal conflict
/// (09 to 13), 4 material conflict (14 to 20); 0 for anything else. GDELT's convention, which counts 09 (investigate) as
/// conflict.
pub fn cameo_quad(root: u8) -> u8 {
    match root {
        1..=5 => 1,
        6..=8 => 2,
        9..=13 => 3,
        14..=20 => 4,
        _ => 0,
    }
}

/// One act: on a day, an actor did something to a recipient. Parties and relations are numbers below
/// [`Catalogue::entities`] and [`Catalogue::relations`]; a day is any count of days.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Fact {
    /// The day, counted from any start.
    pub day: u32,
    /// Who acted.
    pub actor: u32,
    /// What was done.
    pub relation: u32,
    /// To whom.
    pub recipient: u32,
}

/// What is known of parties and relations whatever happens: how many there are, and the groups they belong to.
///
/// Groups are small whole numbers, 0 for unknown. They only help: without any, the forecast rests on the acts alone.
#[derive(Clone, Debug, Default)]
pub struct Catalogue {
    relation_roots: Vec<u8>,
    relation_quads: Vec<u8>,
    entity_countries: Vec<u32>,
    entity_sectors: Vec<u32>,
}

impl Catalogue {
    /// Parties and relations of which no group is known.
    pub fn new(entities: usize, relations: usize) -> Self {
        Self {
            relation_roots: vec![0; relations],
            relation_quads: vec![0; relations],
            entity_countries: vec![0; entities],
            entity_sectors: vec![0; entities],
        }
    }

    /// Takes the root code (CAMEO 1 to 20, PLOVER 1 to 16) of each relation from the caller.
    #[must_use]
    pub fn with_roots(mut self, root: impl Fn(u32) -> u8) -> Self {
        self.relation_roots = (0..self.relations() as u32).map(root).collect();
        self
    }

    /// Takes the quad code of each relation: 1 verbal cooperation, 2 material cooperation, 3 verbal conflict,
    /// 4 material conflict.
    #[must_use]
    pub fn with_quads(mut self, quad: impl Fn(u32) -> u8) -> Self {
        self.relation_quads = (0..self.relations() as u32).map(quad).collect();
        self
    }

    /// Takes the country of each party.
    #[must_use]
    pub fn with_countries(mut self, country: impl Fn(u32) -> u32) -> Self {
        self.entity_countries = (0..self.entities() as u32).map(country).collect();
        self
    }

    /// Takes the sector of each party, such as government, police, citizens.
    #[must_use]
    pub fn with_sectors(mut self, sector: impl Fn(u32) -> u32) -> Self {
        self.entity_sectors = (0..self.entities() as u32).map(sector).collect();
        self
    }

    /// How many parties there are.
    pub fn entities(&self) -> usize {
        self.entity_countries.len()
    }

    /// How many relations there are.
    pub fn relations(&self) -> usize {
        self.relation_roots.len()
    }

    /// Whether the numbers of parties and relations fit, and those of all facts are below them.
    pub(crate) fn check(&self, facts: &[Fact]) -> Result<(), ForecastError> {
        for (what, count, most) in
            [("parties", self.entities(), MOST_ENTITIES), ("relations", self.relations(), MOST_RELATIONS)]
        {
            if count > most {
                return Err(ForecastError::TooMany { what, count, most });
            }
        }
        for fact in facts {
            for (what, number, end) in [
                ("an actor", fact.actor, self.entities()),
                ("a recipient", fact.recipient, self.entities()),
                ("a relation", fact.relation, self.relations()),
            ] {
                if number as usize >= end {
                    return Err(ForecastError::Unknown { day: fact.day, what, number, end });
                }
            }
        }
        Ok(())
    }

    /// The root code of a relation.
    pub fn root(&self, relation: u32) -> u8 {
        self.relation_roots[relation as usize]
    }

    /// The quad code of a relation.
    pub fn quad(&self, relation: u32) -> u8 {
        self.relation_quads[relation as usize]
    }

    /// The country of a party.
    pub fn country(&self, entity: u32) -> u32 {
        self.entity_countries[entity as usize]
    }

    /// The sector of a party.
    pub fn sector(&self, entity: u32) -> u32 {
        self.entity_sectors[entity as usize]
    }
}
