//! Entities of the named persons.

use super::Resolver;
use crate::entity::{Entity, EntityKind, ResolvedBy};
use crate::given_names::gender_of_given_name;
use crate::people::Cluster;
use crate::registry::AgentKind;
use crate::{Code, Sector};

impl Resolver<'_> {
    /// One entity for every person; entity numbers and cluster numbers agree.
    pub(super) fn add_people(&mut self) {
        for cluster in &self.people.clusters {
            let id = self.entities.len();
            let entity = self.person_entity(cluster);
            for fact in cluster.facts.iter().filter(|fact| !fact.office.is_empty()) {
                self.described.insert((fact.sentence, fact.word), id);
            }
            let given = cluster.name.split_whitespace().next().unwrap_or("");
            if let Some(gender) = cluster.gender.or_else(|| gender_of_given_name(given)) {
                self.genders.insert(id, gender);
            }
            self.entities.push(entity);
        }
    }

    pub(super) fn person_entity(&self, cluster: &Cluster) -> Entity {
        let registry = self.context.registry;
        let known = cluster.known.map(|index| &registry.people()[index as usize]);
        let name = known.map_or_else(|| cluster.name.clone(), |person| person.name.to_owned());
        let mut entity = Entity::bare(name, EntityKind::Person, ResolvedBy::Name);
        entity.wikidata = known.and_then(|person| person.wikidata).map(str::to_owned);
        entity.age = cluster.age;
        entity.office =
            cluster.facts.first().map(|fact| fact.office.clone()).filter(|office| !office.is_empty());
        if let Some(fact) = cluster.facts.iter().find(|fact| !fact.codes.is_empty()) {
            entity.code = fact.codes.first().copied();
            entity.resolved_by = fact.resolved_by;
        }
        if let Some(fact) = cluster.facts.iter().find(|fact| fact.sector.is_some() || fact.is_former) {
            entity.sector = fact.sector;
            entity.other_sectors.clone_from(&fact.other_sectors);
        }
        if let Some((term, is_current)) = known.and_then(|person| person.term_on(self.context.day)) {
            let is_titled = cluster.facts.iter().any(|fact| {
                let kind = fact.agent.map(|agent| registry.agents()[agent].kind);
                kind == Some(AgentKind::Title) && (fact.sector.is_some() || fact.is_former)
            });
            entity.resolved_by = ResolvedBy::Registry;
            entity.code = entity.code.or(Some(term.code));
            if !is_titled {
                entity.sector = if is_current { term.sector } else { Some(Sector::Elites) };
            }
            if entity.office.is_none() {
                entity.office =
                    Some(if is_current { term.office.to_owned() } else { format!("former {}", term.office) });
            }
        }
        if entity.code.is_none() {
            entity.code = self.code_from_surroundings(cluster);
            if entity.code.is_some() {
                entity.resolved_by = ResolvedBy::Setting;
            }
        }
        if entity.code.is_some_and(|code| !code.is_state()) {
            entity.sector = None;
            entity.other_sectors.clear();
        }
        entity
    }

    /// The state that is named beside a person of whom nothing else tells: a place in the same
    /// sentence as the name, else the state the text is about there.
    pub(super) fn code_from_surroundings(&self, cluster: &Cluster) -> Option<Code> {
        let first = &self.context.names.units[*cluster.units.first()?];
        let mut codes: Vec<Code> = self
            .context
            .names
            .units
            .iter()
            .filter(|unit| unit.sentence == first.sentence && !unit.is_person())
            .filter_map(|unit| self.context.standing(unit).code)
            .filter(|code| code.is_state())
            .collect();
        codes.sort_unstable();
        codes.dedup();
        match codes.as_slice() {
            [only] => Some(*only),
            _ => self.setting[first.sentence],
        }
    }
}
