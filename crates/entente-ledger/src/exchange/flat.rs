//! A row an event, for spreadsheets and data frames.

use crate::store::StoredEvent;
use entente_coder::record::Entity;

/// Columns of the flat form.
pub(super) const COLUMNS: [&str; 36] = [
    "event_id",
    "document_id",
    "happening_id",
    "date",
    "enddate",
    "event",
    "mode",
    "aux",
    "context",
    "quad_code",
    "event_scale",
    "actor_name",
    "actor_code",
    "actor_sector",
    "actor_office",
    "actor_wikidata",
    "recipient_name",
    "recipient_code",
    "recipient_sector",
    "recipient_office",
    "recipient_wikidata",
    "claimant",
    "claimant_code",
    "claim_distance",
    "condition",
    "content",
    "place",
    "country",
    "latitude",
    "longitude",
    "geonameid",
    "trigger",
    "confidence",
    "source",
    "published",
    "url",
];

/// The row of an event; several values in a cell are parted by "; ".
pub(super) fn row(stored: &StoredEvent) -> Vec<String> {
    let event = &stored.event;
    let place = event.event_loc.as_ref();
    let owned = |value: Option<&str>| value.unwrap_or_default().to_owned();
    let mut cells = vec![
        event.id.clone(),
        event.document_id.clone(),
        owned(event.happening_id.as_deref()),
        owned(event.date.as_deref()),
        owned(event.enddate.as_deref()),
        event.event.as_str().to_owned(),
        event.mode.join("; "),
        event.aux.iter().map(|aux| aux.as_str()).collect::<Vec<_>>().join("; "),
        event.context.join("; "),
        event.quad_code.to_string(),
        event.event_scale.to_string(),
    ];
    for parties in [&event.actor, &event.recipient] {
        cells.extend([
            joined(parties, |party| Some(&party.entity_name)),
            joined(parties, |party| party.code.as_deref()),
            joined(parties, |party| party.sector.as_deref()),
            joined(parties, |party| party.office.as_deref()),
            joined(parties, |party| party.identifier_id.as_deref()),
        ]);
    }
    cells.extend([
        joined(&event.claim, |party| Some(&party.entity_name)),
        joined(&event.claim, |party| party.code.as_deref()),
        event.claim.len().to_string(),
        owned(event.condition.as_ref().map(|condition| condition.text.as_str())),
        owned(event.content.as_ref().map(|content| content.text.as_str())),
        owned(place.map(|place| place.extracted_place.as_str())),
        owned(place.and_then(|place| place.country_code.as_deref())),
        place.and_then(|place| place.lat).map(|degrees| degrees.to_string()).unwrap_or_default(),
        place.and_then(|place| place.lon).map(|degrees| degrees.to_string()).unwrap_or_default(),
        place.and_then(|place| place.geonameid).map(|id| id.to_string()).unwrap_or_default(),
        event.trigger.text.clone(),
        event.confidence.to_string(),
        owned(stored.source.as_deref()),
        owned(stored.published.as_deref()),
        owned(stored.url.as_deref()),
    ]);
    cells
}

/// A value of each party, empty ones kept in place, so that names and codes stay beside each other.
fn joined<'a>(parties: &'a [Entity], value: impl Fn(&'a Entity) -> Option<&'a str>) -> String {
    parties.iter().map(|party| value(party).unwrap_or_default()).collect::<Vec<_>>().join("; ")
}

/// A cell that a spreadsheet shows and never runs: what begins like a formula gets an apostrophe before it.
pub(super) fn unrunnable(cell: &str) -> String {
    let is_number = cell.parse::<f64>().is_ok();
    let is_formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r']) && !is_number;
    if is_formula { format!("'{cell}") } else { cell.to_owned() }
}
