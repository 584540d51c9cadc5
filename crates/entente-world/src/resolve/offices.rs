//! Titles that stand alone: "the foreign minister", "the Russian and Chinese presidents".

use super::{Found, Resolver};
use crate::Code;
use crate::describe::Description;
use crate::entity::{Entity, EntityId, EntityKind, ResolvedBy};
use crate::people::Cluster;

impl Resolver<'_> {
    /// The person of the text who holds the office that a title alone names.
    pub(super) fn person_in_office(
        &self,
        sentence: usize,
        phrase: &str,
        description: &Description,
    ) -> Option<EntityId> {
        let code = description.codes.first().copied();
        let holds = |cluster: &Cluster| {
            cluster.facts.iter().any(|fact| {
                fact.agent.is_some_and(|agent| {
                    let known = self.context.registry.agents()[agent].phrase;
                    !fact.is_former && is_same_office(known, phrase)
                })
            }) || cluster.known.is_some_and(|index| {
                let person = &self.context.registry.people()[index as usize];
                person.term_on(self.context.day).is_some_and(|(term, is_current)| {
                    is_current && is_same_office(&term.office.to_lowercase(), phrase)
                })
            })
        };
        let fits = |id: EntityId| {
            let Some(cluster) = self.people.clusters.get(id) else { return false };
            holds(cluster) && code.is_none_or(|code| self.entities[id].code == Some(code))
        };
        let before = self.history.latest().map(|seen| seen.entity).find(|id| fits(*id));
        if before.is_some() || code.is_none() {
            return before.or_else(|| {
                let units = &self.context.names.units;
                let is_near = |cluster: &Cluster| {
                    cluster.units.iter().any(|unit| units[*unit].sentence.abs_diff(sentence) <= 2)
                };
                (0..self.people.clusters.len()).find(|id| fits(*id) && is_near(&self.people.clusters[*id]))
            });
        }
        (0..self.people.clusters.len()).find(|id| fits(*id))
    }

    /// The registry's holders of an office: one, or one for every state that is named.
    pub(super) fn holders(
        &mut self,
        phrase: &str,
        description: &Description,
        is_plural: bool,
    ) -> Option<Found> {
        if is_plural && description.codes.len() < 2 {
            return None;
        }
        let mut ids = Vec::new();
        for code in &description.codes {
            let of_text = (0..self.people.clusters.len()).find(|id| {
                self.entities[*id].code == Some(*code)
                    && self.people.clusters[*id].known.is_some_and(|index| {
                        let person = &self.context.registry.people()[index as usize];
                        person.terms.iter().any(|term| {
                            term.term.contains(self.context.day)
                                && is_same_office(&term.office.to_lowercase(), phrase)
                        })
                    })
            });
            let id = match of_text {
                Some(id) => id,
                None => self.holder_entity(*code, phrase)?,
            };
            ids.push(id);
        }
        let mut ids = ids.into_iter();
        let entity = ids.next()?;
        Some(Found { entity, also: ids.collect(), is_actor: true })
    }

    pub(super) fn holder_entity(&mut self, code: Code, phrase: &str) -> Option<EntityId> {
        let person = self.context.registry.office_holder(code, phrase, self.context.day)?;
        let day = self.context.day;
        let term = person.terms.iter().find(|term| term.code == code && term.term.contains(day))?;
        let (sector, office) = (term.sector, term.office);
        Some(self.intern(format!("holder {} {code}", person.name), || {
            let mut entity = Entity::bare(person.name, EntityKind::Person, ResolvedBy::Office);
            entity.wikidata = person.wikidata.map(str::to_owned);
            entity.code = Some(code);
            entity.sector = sector;
            entity.office = Some(office.to_owned());
            entity
        }))
    }
}

/// True when one title is the other or its last words: "minister" for "foreign minister".
fn is_same_office(known: &str, named: &str) -> bool {
    known == named
        || known.strip_suffix(named).is_some_and(|rest| rest.ends_with(' '))
        || named.strip_suffix(known).is_some_and(|rest| rest.ends_with(' '))
}
