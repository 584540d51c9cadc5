//! Formal ties: memberships and treaties in force.

use entente_world::{Code, Registry};
use jiff::civil::Date;
use serde::Serialize;
use std::collections::BTreeMap;

/// What a treaty promises, as the registry has it.
pub type PactKind = entente_world::PactKind;

/// A treaty in force between two states.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Pact {
    /// Usual English name.
    pub name: &'static str,
    /// defence, nonaggression, consultation or partnership.
    pub kind: &'static str,
    /// Since when, where known: the later of the treaty's own beginning and the accession of the two.
    pub since: Option<Date>,
}

/// Knows who is bound to whom. The default knows of no ties.
#[derive(Debug, Clone, Copy, Default)]
pub struct Ties {
    registry: Option<&'static Registry>,
}

impl Ties {
    /// Ties as the registry has them.
    pub fn of(registry: &'static Registry) -> Self {
        Self { registry: Some(registry) }
    }

    /// Ties as the registry in the binary has them.
    pub fn embedded() -> Self {
        Self::of(Registry::embedded())
    }

    /// The ties in force on a day.
    pub fn on(&self, day: Date) -> TiesOn {
        let Some(registry) = self.registry else { return TiesOn::default() };
        let defence = registry.pacts().iter().filter(|pact| pact.kind == PactKind::Defence);
        TiesOn {
            memberships: member_lists(registry, day).into_values().collect(),
            defence: defence.map(|pact| registry.bound_by(pact, day)).collect(),
            states: registry.states().len(),
        }
    }

    /// The treaties in force between two states on a day, those that promise most first.
    pub fn pacts(&self, one: &str, other: &str, day: Date) -> Vec<Pact> {
        let Some(registry) = self.registry else { return Vec::new() };
        let (Some(one), Some(other)) = (Code::parse(one), Code::parse(other)) else { return Vec::new() };
        let mut found: Vec<(PactKind, Pact)> = Vec::new();
        for pact in registry.pacts() {
            let bound = registry.bound_by(pact, day);
            if one == other || !bound.contains(&one) || !bound.contains(&other) {
                continue;
            }
            let joined = |state: Code| {
                let terms = registry.memberships().iter().filter(|row| {
                    Some(row.organisation) == pact.organisation
                        && row.state == state
                        && row.term.contains(day)
                });
                terms.filter_map(|row| row.term.from).max()
            };
            let since = [pact.term.from, joined(one), joined(other)].into_iter().flatten().max();
            found.push((pact.kind, Pact { name: pact.name, kind: pact.kind.as_str(), since }));
        }
        found.sort_by(|left, right| left.0.cmp(&right.0).then(left.1.name.cmp(right.1.name)));
        found.into_iter().map(|(_, pact)| pact).collect()
    }

    /// Organisations of which both states are members on a day, those with the fewest members first.
    pub fn shared_memberships(&self, one: &str, other: &str, day: Date) -> Vec<&'static str> {
        let Some(registry) = self.registry else { return Vec::new() };
        let (Some(one), Some(other)) = (Code::parse(one), Code::parse(other)) else { return Vec::new() };
        let mut shared: Vec<(usize, &str)> = member_lists(registry, day)
            .into_iter()
            .filter(|(_, codes)| codes.contains(&one) && codes.contains(&other))
            .map(|(name, codes)| (codes.len(), name))
            .collect();
        shared.sort_unstable();
        shared.into_iter().map(|(_, name)| name).collect()
    }
}

/// The ties in force on one day.
#[derive(Debug, Clone, Default)]
pub struct TiesOn {
    memberships: Vec<Vec<Code>>,
    defence: Vec<Vec<Code>>,
    states: usize,
}

impl TiesOn {
    /// How strong the ties of two states are, by their codes, 0 to 1: 1 where a defence pact binds them; else the cosine of
    /// their memberships, each weighted by the logarithm of all states over its members, so that rare company counts more.
    /// 0 for what is no state.
    pub fn between(&self, one: &str, other: &str) -> f64 {
        let (Some(one), Some(other)) = (Code::parse(one), Code::parse(other)) else { return 0.0 };
        if self.defence.iter().any(|bound| bound.contains(&one) && bound.contains(&other)) {
            return 1.0;
        }
        let (mut shared, mut own, mut others) = (0.0, 0.0, 0.0);
        for codes in &self.memberships {
            let weight = (self.states as f64 / codes.len() as f64).ln().powi(2);
            let (is_one, is_other) = (codes.contains(&one), codes.contains(&other));
            own += if is_one { weight } else { 0.0 };
            others += if is_other { weight } else { 0.0 };
            shared += if is_one && is_other { weight } else { 0.0 };
        }
        let scale: f64 = own * others;
        if scale > 0.0 { shared / scale.sqrt() } else { 0.0 }
    }
}

fn member_lists(registry: &'static Registry, day: Date) -> BTreeMap<&'static str, Vec<Code>> {
    let mut members: BTreeMap<&str, Vec<Code>> = BTreeMap::new();
    for row in registry.memberships().iter().filter(|row| row.term.contains(day)) {
        members.entry(row.organisation).or_default().push(row.state);
    }
    members
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn treaties_are_in_force_for_their_time() {
        let ties = Ties::of(Registry::embedded());
        let day = |text: &str| text.parse::<Date>().unwrap();
        assert!(ties.pacts("RUS", "PRK", day("2020-01-01")).iter().all(|pact| pact.kind != "defence"));
        let pacts = ties.pacts("RUS", "PRK", day("2025-01-01"));
        assert_eq!((pacts[0].kind, pacts[0].since), ("defence", Some(day("2024-12-04"))));
        let nato = ties.pacts("FIN", "USA", day("2024-01-01"));
        assert_eq!(nato[0].since, Some(day("2023-04-04")), "since the later of the two joined");
        assert!(ties.pacts("FIN", "USA", day("2020-01-01")).is_empty());
        assert!(ties.pacts("USA", "USA", day("2024-01-01")).is_empty());
    }

    #[test]
    fn rare_company_binds_more() {
        let ties = Ties::of(Registry::embedded());
        let day = "2014-06-01".parse().unwrap();
        let on = ties.on(day);
        assert_eq!(on.between("USA", "NOR"), 1.0);
        let (near, far) = (on.between("FRA", "JPN"), on.between("PRK", "BRA"));
        assert!(near > far && near < 1.0, "{near} {far}");
        assert_eq!(on.between("NATO", "FRA"), 0.0);
        assert_eq!(Ties::default().on(day).between("USA", "NOR"), 0.0);
        assert!(ties.shared_memberships("DEU", "FRA", day).contains(&"European Union"));
    }
}
