//! The registry: what Entente knows about the world, read from tables that people edit.

mod agents;
mod offices;
mod organisations;
mod pacts;
mod places;
mod states;

pub use agents::{Agent, AgentKind, Points};
pub(crate) use agents::{AgentIndex, AgentMatch};
pub use offices::{KnownPerson, OfficeTerm};
pub use organisations::{Bloc, Group, Membership, Organisation};
pub use pacts::{Pact, PactKind};
pub use places::Place;
pub use states::{State, Territory};

use crate::automaton::{Automaton, QuickMap};
use crate::table::{Row, TableProblem, read_table};
use crate::{Code, Sector};
use jiff::civil::{Date, date};
use offices::OfficeRow;
use std::sync::LazyLock;

include!(concat!(env!("OUT_DIR"), "/tables.rs"));

/// What a name may stand for; numbers are places in the registry's lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Reading {
    /// The name of a state.
    State(u32),
    /// The adjective of a state.
    StateAdjective(u32),
    /// The name of a state's people.
    StatePeople(u32),
    /// The capital of a state.
    Capital(u32),
    /// A seat or symbol that stands for a state.
    Metonym(u32, Sector),
    /// A territory.
    Territory(u32),
    /// The adjective of a territory.
    TerritoryAdjective(u32),
    /// The name of a territory's people.
    TerritoryPeople(u32),
    /// An organisation.
    Organisation(u32),
    /// The seat of an organisation.
    Seat(u32),
    /// An armed group.
    Group(u32),
    /// A bloc without a code.
    Bloc(u32),
    /// A person of public life.
    Person(u32),
    /// A place.
    Place(u32),
}

/// The tables in memory, with an index of every name.
#[derive(Debug)]
pub struct Registry {
    states: Vec<State>,
    state_of_code: QuickMap<Code, u32>,
    territories: Vec<Territory>,
    organisations: Vec<Organisation>,
    memberships: Vec<Membership>,
    pacts: Vec<Pact>,
    groups: Vec<Group>,
    blocs: Vec<Bloc>,
    people: Vec<KnownPerson>,
    agents: Vec<Agent>,
    places: Vec<Place>,
    pub(crate) names: Automaton<Reading>,
    pub(crate) agent_index: AgentIndex,
    problems: Vec<TableProblem>,
}

static EMBEDDED: LazyLock<Registry> = LazyLock::new(|| Registry::from_tables(TABLES));

/// The day that stands for "now" where a document has no date: when the tables were last gone over.
pub const LAST_REVISION: Date = date(2025, 11, 1);

impl Registry {
    /// The registry that is built into the binary. It is read at the first call.
    pub fn embedded() -> &'static Self {
        &EMBEDDED
    }

    /// Reads tables given as (path under `world/`, text). Rows that cannot be used are left out and
    /// listed by [`Self::problems`].
    pub fn from_tables(tables: &[(&'static str, &'static str)]) -> Self {
        let mut loader = Loader::default();
        for (name, text) in tables {
            loader.read(name, text);
        }
        loader.finish()
    }

    /// Rows that could not be used.
    pub fn problems(&self) -> &[TableProblem] {
        &self.problems
    }

    /// The states, in the order of their table.
    pub fn states(&self) -> &[State] {
        &self.states
    }

    /// The territories, in the order of their table.
    pub fn territories(&self) -> &[Territory] {
        &self.territories
    }

    /// The organisations, in the order of their table.
    pub fn organisations(&self) -> &[Organisation] {
        &self.organisations
    }

    /// The memberships of states in organisations, in the order of their table.
    pub fn memberships(&self) -> &[Membership] {
        &self.memberships
    }

    /// The treaties, in the order of their table.
    pub fn pacts(&self) -> &[Pact] {
        &self.pacts
    }

    /// The states that a treaty binds on a day.
    pub fn bound_by(&self, pact: &Pact, day: Date) -> Vec<Code> {
        if !pact.term.contains(day) {
            return Vec::new();
        }
        pact.organisation.map_or_else(|| pact.states.clone(), |name| self.members(name, day))
    }

    /// The armed groups, in the order of their table.
    pub fn groups(&self) -> &[Group] {
        &self.groups
    }

    /// The blocs, in the order of their table.
    pub fn blocs(&self) -> &[Bloc] {
        &self.blocs
    }

    /// The persons, in the order of their first row.
    pub fn people(&self) -> &[KnownPerson] {
        &self.people
    }

    /// The common nouns, in the order of their table.
    pub fn agents(&self) -> &[Agent] {
        &self.agents
    }

    /// The places, in the order of their table.
    pub fn places(&self) -> &[Place] {
        &self.places
    }

    /// The state with a code.
    pub fn state(&self, code: Code) -> Option<&State> {
        self.state_of_code.get(&code).map(|index| &self.states[*index as usize])
    }

    /// Everything a name may stand for; empty where the registry does not know it.
    pub fn lookup(&self, name: &str) -> &[Reading] {
        self.names.lookup(name).unwrap_or(&[])
    }

    /// The places of a name, the most populous first.
    pub fn places_named(&self, name: &str) -> Vec<&Place> {
        let mut found: Vec<&Place> = self
            .lookup(name)
            .iter()
            .filter_map(|reading| match reading {
                Reading::Place(index) => Some(&self.places[*index as usize]),
                _ => None,
            })
            .collect();
        found.sort_by_key(|place| std::cmp::Reverse(place.population));
        found
    }

    /// The states that were members of an organisation (by its table name) on a day, in table order.
    pub fn members(&self, organisation: &str, day: Date) -> Vec<Code> {
        self.memberships
            .iter()
            .filter(|row| row.organisation == organisation && row.term.contains(day))
            .map(|row| row.state)
            .collect()
    }

    /// Who held an office on a day. The office is compared without regard to case.
    pub fn office_holder(&self, code: Code, office: &str, day: Date) -> Option<&KnownPerson> {
        self.people.iter().find(|person| {
            person.terms.iter().any(|term| {
                term.code == code && term.office.eq_ignore_ascii_case(office) && term.term.contains(day)
            })
        })
    }
}

#[derive(Default)]
struct Loader {
    states: Vec<State>,
    territories: Vec<Territory>,
    organisations: Vec<Organisation>,
    memberships: Vec<Membership>,
    pacts: Vec<Pact>,
    groups: Vec<Group>,
    blocs: Vec<Bloc>,
    offices: Vec<OfficeRow>,
    agents: Vec<Agent>,
    places: Vec<Place>,
    problems: Vec<TableProblem>,
}

impl Loader {
    fn read(&mut self, table: &'static str, text: &'static str) {
        let rows = read_table(table, text, &mut self.problems);
        let problems = &mut self.problems;
        match table {
            "states.tsv" => collect(&rows, State::read, &mut self.states, problems),
            "territories.tsv" => collect(&rows, Territory::read, &mut self.territories, problems),
            "organisations.tsv" => collect(&rows, Organisation::read, &mut self.organisations, problems),
            "memberships.tsv" => collect(&rows, Membership::read, &mut self.memberships, problems),
            "pacts.tsv" => collect(&rows, Pact::read, &mut self.pacts, problems),
            "groups.tsv" => collect(&rows, Group::read, &mut self.groups, problems),
            "blocs.tsv" => {
                let read = |row: &Row| Ok(Bloc { name: row.cell("name"), aliases: row.values("aliases") });
                collect(&rows, read, &mut self.blocs, problems);
            }
            "agents.tsv" => collect(&rows, Agent::read, &mut self.agents, problems),
            "places.tsv" => collect(&rows, Place::read, &mut self.places, problems),
            _ if table.starts_with("offices/") => {
                collect(&rows, OfficeRow::read, &mut self.offices, problems);
            }
            _ => {
                let reason = "a table that the registry does not know".to_owned();
                problems.push(TableProblem { table, line: 1, reason });
            }
        }
    }

    fn finish(self) -> Registry {
        let mut names = Automaton::new();
        name_states(&self.states, &mut names);
        name_territories(&self.territories, &mut names);
        for (index, organisation) in (0..).zip(&self.organisations) {
            add_all(&mut names, organisation.name, &organisation.aliases, Reading::Organisation(index));
            if let Some(seat) = organisation.seat {
                names.add(seat, Reading::Seat(index));
            }
        }
        for (index, group) in (0..).zip(&self.groups) {
            add_all(&mut names, group.name, &group.aliases, Reading::Group(index));
        }
        for (index, bloc) in (0..).zip(&self.blocs) {
            add_all(&mut names, bloc.name, &bloc.aliases, Reading::Bloc(index));
        }
        let people = join_terms(self.offices, &mut names);
        for (index, place) in (0..).zip(&self.places) {
            add_all(&mut names, place.name, &place.aliases, Reading::Place(index));
        }
        let state_of_code = (0..).zip(&self.states).map(|(index, state)| (state.code, index)).collect();
        let agent_index = AgentIndex::new(&self.agents);
        Registry {
            states: self.states,
            state_of_code,
            territories: self.territories,
            organisations: self.organisations,
            memberships: self.memberships,
            pacts: self.pacts,
            groups: self.groups,
            blocs: self.blocs,
            people,
            agents: self.agents,
            places: self.places,
            names,
            agent_index,
            problems: self.problems,
        }
    }
}

fn collect<T>(
    rows: &[Row],
    read: impl Fn(&Row) -> Result<T, TableProblem>,
    into: &mut Vec<T>,
    problems: &mut Vec<TableProblem>,
) {
    into.reserve(rows.len());
    for row in rows {
        match read(row) {
            Ok(value) => into.push(value),
            Err(problem) => problems.push(problem),
        }
    }
}

fn add_all(names: &mut Automaton<Reading>, name: &str, aliases: &[&str], reading: Reading) {
    names.add(name, reading);
    for alias in aliases {
        names.add(alias, reading);
    }
}

fn name_states(states: &[State], names: &mut Automaton<Reading>) {
    for (index, state) in (0..).zip(states) {
        add_all(names, state.name, &state.aliases, Reading::State(index));
        for (metonym, sector) in &state.metonyms {
            let is_capital = Some(*metonym) == state.capital;
            names.add(
                metonym,
                if is_capital { Reading::Capital(index) } else { Reading::Metonym(index, *sector) },
            );
        }
        if let Some(capital) = state.capital {
            names.add(capital, Reading::Capital(index));
        }
        for adjective in &state.adjectives {
            names.add(adjective, Reading::StateAdjective(index));
        }
        for demonym in &state.demonyms {
            names.add(demonym, Reading::StatePeople(index));
        }
    }
}

fn name_territories(territories: &[Territory], names: &mut Automaton<Reading>) {
    for (index, territory) in (0..).zip(territories) {
        add_all(names, territory.name, &territory.aliases, Reading::Territory(index));
        for adjective in &territory.adjectives {
            names.add(adjective, Reading::TerritoryAdjective(index));
        }
        for demonym in &territory.demonyms {
            names.add(demonym, Reading::TerritoryPeople(index));
        }
    }
}

/// Joins the rows of one person: the same name, and the same Wikidata id where both rows have one.
fn join_terms(rows: Vec<OfficeRow>, names: &mut Automaton<Reading>) -> Vec<KnownPerson> {
    let mut people: Vec<KnownPerson> = Vec::new();
    let mut by_name: QuickMap<&'static str, Vec<u32>> = QuickMap::default();
    for row in rows {
        let namesakes = by_name.entry(row.person).or_default();
        let same = namesakes.iter().copied().find(|index| {
            let known = people[*index as usize].wikidata;
            known.is_none() || row.wikidata.is_none() || known == row.wikidata
        });
        let index = same.unwrap_or_else(|| {
            let fresh = people.len() as u32;
            namesakes.push(fresh);
            people.push(KnownPerson { name: row.person, wikidata: None, terms: Vec::new() });
            fresh
        });
        let person = &mut people[index as usize];
        person.wikidata = person.wikidata.or(row.wikidata);
        person.terms.push(row.term);
        add_all(names, row.person, &row.aliases, Reading::Person(index));
    }
    people
}
