//! Who speaks as "we" in a text that an institution publishes itself: "UK Government", "Ministry of Defence of Chad".

use crate::Sector;
use crate::context::Context;
use crate::entity::{Entity, EntityKind, ResolvedBy};

/// Words of a publication's name that mark an institution, with the sector in which it acts.
const INSTITUTIONS: &[(&str, Sector)] = &[
    ("army", Sector::Military),
    ("centcom", Sector::Military),
    ("command", Sector::Military),
    ("defence", Sector::Military),
    ("defense", Sector::Military),
    ("force", Sector::Military),
    ("forces", Sector::Military),
    ("military", Sector::Military),
    ("navy", Sector::Military),
    ("delegation", Sector::Government),
    ("department", Sector::Government),
    ("embassy", Sector::Government),
    ("government", Sector::Government),
    ("ministry", Sector::Government),
    ("office", Sector::Government),
    ("parliament", Sector::Legislature),
    ("presidency", Sector::Government),
    ("secretariat", Sector::Government),
];

/// The institution that a publication's name tells; `None` for newspapers, agencies and names without a state or body.
pub(crate) fn publisher(context: &Context<'_>, publication: &str) -> Option<Entity> {
    let lower = publication.to_lowercase();
    let mut words = lower.split(|c: char| !c.is_alphanumeric());
    let sector = words.find_map(|word| INSTITUTIONS.iter().find(|(known, _)| *known == word))?.1;
    let found = context.registry.names.find(publication, 0);
    let readings = found.iter().flat_map(|found| context.registry.names.readings(found.list));
    let code = readings.filter_map(|reading| context.code_of(*reading)).next()?;
    let mut entity = Entity::bare(publication, EntityKind::Body, ResolvedBy::Registry);
    entity.code = Some(code);
    entity.sector = Some(sector).filter(|_| code.is_state());
    Some(entity)
}
