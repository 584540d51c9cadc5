//! A small made-up world for tests.

use super::facts::{Catalogue, Fact, cameo_quad};
use crate::random::Random;
use std::sync::Arc;

pub(crate) const ENTITIES: usize = 24;
pub(crate) const RELATIONS: usize = 4;

/// Roots 1, 4, 12 and 19: one relation of each kind, but two of verbal cooperation.
pub(crate) fn catalogue() -> Arc<Catalogue> {
    let roots = [1, 4, 12, 19];
    let catalogue = Catalogue::new(ENTITIES, RELATIONS)
        .with_roots(|relation| roots[relation as usize])
        .with_quads(|relation| cameo_quad(roots[relation as usize]))
        .with_countries(|entity| entity % 5)
        .with_sectors(|entity| entity % 3);
    Arc::new(catalogue)
}

/// Days in which each party mostly deals with a few others, always in the same way.
pub(crate) fn facts(days: u32, seed: u64) -> Vec<Fact> {
    let mut random = Random::new(seed);
    let mut facts = Vec::new();
    for day in 1..=days {
        for _ in 0..12 {
            let actor = random.below(ENTITIES) as u32;
            let step = 1 + random.below(3) as u32;
            let usual = random.below(5) > 0;
            let other = if usual { actor + step } else { random.below(ENTITIES) as u32 };
            let relation =
                if usual { (actor + step) % RELATIONS as u32 } else { random.below(RELATIONS) as u32 };
            facts.push(Fact { day, actor, relation, recipient: other % ENTITIES as u32 });
        }
    }
    facts
}
