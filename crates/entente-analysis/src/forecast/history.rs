//! What happened up to a day, counted in every way the forecast asks for.
//!
//! Every fact is kept from both sides: as what its actor did to its recipient, and as what its recipient had done to it
//! by its actor. A [`Link`] names the relation together with the side, so that one question, "who stands at the other
//! end?", serves both directions.

use super::decay::{Counts, Fading};
use super::facts::{Catalogue, Fact};
use super::tables::{NumberMap, Table};
use std::sync::Arc;

/// A relation seen from one of its two ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Link {
    /// The relation.
    pub relation: u32,
    /// Whether the one who asks is the recipient.
    pub passive: bool,
}

impl Link {
    /// The same relation from the other end.
    #[must_use]
    pub fn reversed(self) -> Self {
        Self { passive: !self.passive, ..self }
    }

    /// A number below twice the relations.
    pub(crate) fn number(self) -> u32 {
        self.relation * 2 + u32::from(self.passive)
    }
}

/// The kinds of tables, by what their key and their targets are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(usize)]
pub(crate) enum View {
    PartyLink,
    PartySide,
    PartyRoot,
    PartyQuad,
    Party,
    Link,
    Root,
    Side,
    CountryLink,
    Country,
    SectorLink,
    PartyLinkToCountry,
    PartyToCountry,
    CountryLinkToCountry,
    PartyLinkToSector,
    SectorLinkToSector,
    CountryToCountry,
}

pub(crate) const VIEWS: [View; 17] = [
    View::PartyLink,
    View::PartySide,
    View::PartyRoot,
    View::PartyQuad,
    View::Party,
    View::Link,
    View::Root,
    View::Side,
    View::CountryLink,
    View::Country,
    View::SectorLink,
    View::PartyLinkToCountry,
    View::PartyToCountry,
    View::CountryLinkToCountry,
    View::PartyLinkToSector,
    View::SectorLinkToSector,
    View::CountryToCountry,
];

/// What a table counts at the other end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Target {
    Party,
    Country,
    Sector,
}

impl View {
    pub(crate) fn target(self) -> Target {
        match self {
            View::PartyLinkToCountry
            | View::PartyToCountry
            | View::CountryLinkToCountry
            | View::CountryToCountry => Target::Country,
            View::PartyLinkToSector | View::SectorLinkToSector => Target::Sector,
            _ => Target::Party,
        }
    }

    /// The key under which a party's acts over a link are counted; none when a group that it needs is unknown.
    pub(crate) fn key(self, catalogue: &Catalogue, party: u32, link: Link) -> Option<u64> {
        let side = u32::from(link.passive);
        let known = |group: u32| (group != 0).then_some(group);
        let root = u32::from(catalogue.root(link.relation));
        let quad = u32::from(catalogue.quad(link.relation));
        let (first, second) = match self {
            View::PartyLink | View::PartyLinkToCountry | View::PartyLinkToSector => (party, link.number()),
            View::PartySide => (party, side),
            View::PartyRoot => (party, root * 2 + side),
            View::PartyQuad => (party, quad * 2 + side),
            View::Party | View::PartyToCountry => (party, 0),
            View::Link => (0, link.number()),
            View::Root => (0, root * 2 + side),
            View::Side => (0, side),
            View::CountryLink | View::CountryLinkToCountry => {
                (known(catalogue.country(party))?, link.number())
            }
            View::Country | View::CountryToCountry => (known(catalogue.country(party))?, 0),
            View::SectorLink | View::SectorLinkToSector => (known(catalogue.sector(party))?, link.number()),
        };
        Some(u64::from(first) << 32 | u64::from(second))
    }

    /// What is counted at the other end for a party that stands there.
    pub(crate) fn target_of(self, catalogue: &Catalogue, party: u32, other: u32) -> Option<u32> {
        let known = |group: u32| (group != 0).then_some(group);
        match self.target() {
            Target::Party => Some(other),
            Target::Country => known(catalogue.country(other)),
            Target::Sector => {
                let country = catalogue.country(party);
                let compatriots = country != 0 && country == catalogue.country(other);
                known(catalogue.sector(other)).map(|sector| sector * 2 + u32::from(compatriots))
            }
        }
    }
}

/// One thing done between two parties, as one of them sees it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Act {
    pub(crate) other: u32,
    pub(crate) link: Link,
    pub(crate) counts: Counts,
}

/// How strongly a party is bound to others: weights whose squares sum to one.
pub(crate) type Ties = Vec<(u32, f32)>;

/// Everything counted of the facts before a day.
pub(crate) struct History {
    pub(crate) catalogue: Arc<Catalogue>,
    pub(crate) fading: Fading,
    day: u32,
    state: u64,
    tables: Vec<Table>,
    acts: Vec<Vec<Act>>,
    act_places: NumberMap<u32>,
    ties: [Vec<Ties>; 2],
}

/// The spans whose counts make up the two kinds of ties: lasting ones and those of the last days.
pub(crate) const TIE_SPANS: [usize; 2] = [5, 2];

impl History {
    /// A history in which nothing has happened.
    pub(crate) fn new(catalogue: Arc<Catalogue>) -> Self {
        let entities = catalogue.entities();
        Self {
            catalogue,
            fading: Fading::new(),
            day: 0,
            state: 0,
            tables: VIEWS.iter().map(|_| Table::default()).collect(),
            acts: vec![Vec::new(); entities],
            act_places: NumberMap::default(),
            ties: [vec![Ties::new(); entities], vec![Ties::new(); entities]],
        }
    }

    /// The day that is asked about: everything before it is counted, nothing of it or after.
    pub(crate) fn day(&self) -> u32 {
        self.day
    }

    /// Another number after every change.
    pub(crate) fn state(&self) -> u64 {
        self.state
    }

    pub(crate) fn table(&self, view: View) -> &Table {
        &self.tables[view as usize]
    }

    /// All that was done between a party and others.
    pub(crate) fn acts(&self, party: u32) -> &[Act] {
        &self.acts[party as usize]
    }

    pub(crate) fn ties(&self, kind: usize, party: u32) -> &Ties {
        &self.ties[kind][party as usize]
    }

    /// Counts facts, in the order of their days, and goes on to a later day.
    ///
    /// # Panics
    /// When a fact is not between the day asked about and the next one.
    pub(crate) fn advance(&mut self, facts: &[Fact], next_day: u32) {
        assert!(next_day >= self.day, "history goes forward only");
        if facts.is_empty() && next_day == self.day {
            return;
        }
        for fact in facts {
            assert!(fact.day >= self.day && fact.day < next_day, "facts come in the order of their days");
            self.count(
                fact.day,
                fact.actor,
                Link { relation: fact.relation, passive: false },
                fact.recipient,
            );
            self.count(fact.day, fact.recipient, Link { relation: fact.relation, passive: true }, fact.actor);
        }
        self.day = next_day;
        self.state += 1;
        self.tie();
    }

    fn count(&mut self, day: u32, party: u32, link: Link, other: u32) {
        for view in VIEWS {
            let Some(key) = view.key(&self.catalogue, party, link) else { continue };
            let Some(target) = view.target_of(&self.catalogue, party, other) else { continue };
            self.tables[view as usize].add(&self.fading, day, key, target);
        }
        let acts = &mut self.acts[party as usize];
        let place_key = (u64::from(party) << 24 | u64::from(other)) << 16 | u64::from(link.number());
        let next = acts.len() as u32;
        let place = *self.act_places.entry(place_key).or_insert(next);
        if place == next {
            acts.push(Act { other, link, counts: Counts::begun(day) });
        }
        self.fading.add(day, &mut acts[place as usize].counts);
    }

    /// Weighs each party's ties anew, as of the day asked about.
    fn tie(&mut self) {
        for party in 0..self.catalogue.entities() as u32 {
            let Some(row) = self.tables[View::Party as usize].row(u64::from(party) << 32) else { continue };
            for (kind, span) in TIE_SPANS.into_iter().enumerate() {
                let ties = &mut self.ties[kind][party as usize];
                ties.clear();
                let mut squares = 0.0f32;
                for (other, counts) in &row.targets {
                    let count = self.fading.on(self.day, counts)[span];
                    if count < 0.02 {
                        continue;
                    }
                    let weight = (1.0 + count).ln();
                    squares += weight * weight;
                    ties.push((*other, weight));
                }
                let scale = squares.sqrt().max(1e-6).recip();
                ties.iter_mut().for_each(|(_, weight)| *weight *= scale);
            }
        }
    }
}
