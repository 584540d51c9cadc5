//! Where an act took place.

use crate::draft::Draft;
use crate::record::Location;
use crate::scene::Scene;
use crate::statements::WordAt;
use entente_world::{EntityKind, Registry};

/// Prepositions that tell a place, the most telling first.
const PREPOSITIONS: [&str; 8] = ["in", "at", "near", "on", "outside", "across", "over", "to"];

/// The place named with the act, with what the registry knows of it.
pub(crate) fn locate(scene: &Scene, registry: &Registry, draft: &Draft) -> Option<Location> {
    let grammar = scene.grammar(draft.at.sentence);
    for host in [draft.at.word, draft.predicate.word] {
        for preposition in PREPOSITIONS {
            for word in grammar.prepositional(host, preposition) {
                if let Some(found) = location(scene, registry, WordAt { sentence: draft.at.sentence, word }) {
                    return Some(found);
                }
            }
        }
    }
    None
}

fn location(scene: &Scene, registry: &Registry, at: WordAt) -> Option<Location> {
    let mention = scene.mention_at(at)?;
    let entity = &scene.resolved.entities[mention.entity];
    let is_place = matches!(entity.kind, EntityKind::Place | EntityKind::State);
    if !is_place {
        return None;
    }
    let words = scene.party(mention).span.of(scene.text()).to_owned();
    let place = registry.places_named(&words).into_iter().find(|place| place.country == entity.code);
    let country_code = entity.code.map(|code| code.to_string());
    let resolution = match place {
        Some(place) => Some(place.kind),
        None => (entity.kind == EntityKind::State).then_some("country"),
    };
    Some(Location {
        extracted_place: words,
        country_code,
        geonameid: place.and_then(|place| place.geonameid),
        lat: place.and_then(|place| place.lat),
        lon: place.and_then(|place| place.lon),
        resolution: resolution.map(Into::into),
    })
}
