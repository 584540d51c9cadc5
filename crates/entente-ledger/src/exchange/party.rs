//! Parties of a row: layouts have one source and one target, records have lists.

use crate::hashing::{hash_numbers, hash_text};
use entente_codebook::EventType;
use entente_coder::record::{Entity, Event, Location, Quoted, Size, TextInfo};

/// One row: who did it to whom. An event with several actors or recipients is a row for each pair of them; an act that
/// all actors did together, without a recipient, is a row for each two of them.
pub(super) fn dyads(event: &Event) -> Vec<(Option<&Entity>, Option<&Entity>)> {
    let (actors, recipients) = (&event.actor, &event.recipient);
    if recipients.is_empty() && actors.len() > 1 {
        let later = |at: usize| actors[at + 1..].iter().map(move |other| (Some(&actors[at]), Some(other)));
        return (0..actors.len()).flat_map(later).collect();
    }
    let or_none = |parties: &'_ [Entity]| -> Vec<Option<usize>> {
        if parties.is_empty() { vec![None] } else { (0..parties.len()).map(Some).collect() }
    };
    let pairs = or_none(actors)
        .into_iter()
        .flat_map(|actor| or_none(recipients).into_iter().map(move |recipient| (actor, recipient)));
    pairs
        .map(|(actor, recipient)| (actor.map(|at| &actors[at]), recipient.map(|at| &recipients[at])))
        .collect()
}

/// The id of a row: that of the event, with a number from the second pair on.
pub(super) fn row_id(event: &Event, pair: usize) -> String {
    if pair == 0 { event.id.clone() } else { format!("{}-{}", event.id, pair + 1) }
}

/// A party of another system. None without a name, code and sector.
pub(super) fn party(
    system: &'static str,
    name: &str,
    code: Option<String>,
    sectors: Vec<&'static str>,
) -> Option<Entity> {
    let name = name.trim();
    let shown = [name, code.as_deref().unwrap_or_default(), sectors.first().copied().unwrap_or_default()]
        .into_iter()
        .find(|word| !word.is_empty())?;
    let mut sectors = sectors.into_iter();
    Some(Entity {
        entity_text: shown.to_owned(),
        start: 0,
        end: 0,
        entity_name: shown.to_owned(),
        identifier_id: None,
        code,
        sector: sectors.next().map(Into::into),
        other_sectors: sectors.map(Into::into).collect(),
        office: None,
        age: None,
        resolved_by: system.into(),
    })
}

/// What a row of another system says. These systems give no confidence, so that it is 0, and no words.
pub(super) struct Foreign {
    pub(super) system: &'static str,
    /// What makes the row the same row.
    pub(super) key: String,
    /// Name and version of the coder, as far as known.
    pub(super) coder: String,
    /// Their name of the document.
    pub(super) document: String,
    pub(super) event: EventType,
    pub(super) modes: Vec<String>,
    pub(super) date: Option<String>,
    pub(super) actor: Option<Entity>,
    pub(super) recipient: Option<Entity>,
    pub(super) location: Option<Location>,
    /// What the row calls its event, for the reasons.
    pub(super) label: String,
}

impl Foreign {
    /// The record.
    pub(super) fn record(self) -> Event {
        let nothing = Quoted { start: 0, end: 0, text: String::new() };
        let scale = self.event.scale(&self.modes);
        Event {
            id: format!("{:016x}", hash_numbers([hash_text(self.system), hash_text(&self.key)])),
            document_id: if self.document.is_empty() {
                String::new()
            } else {
                format!("{}:{}", self.system, self.document)
            },
            event: self.event,
            mode: self.modes,
            aux: Vec::new(),
            context: Vec::new(),
            quad_code: self.event.quad_code(),
            event_scale: scale,
            date: self.date,
            enddate: None,
            date_reason: None,
            actor: self.actor.into_iter().collect(),
            recipient: self.recipient.into_iter().collect(),
            claim: Vec::new(),
            condition: None,
            content: None,
            event_loc: self.location,
            trigger: nothing,
            text_info: TextInfo { sequence: 0, start: 0, end: 0 },
            size: Size::default(),
            confidence: 0.0,
            reason: vec![format!("{} {}", self.system, self.label)],
            happening_id: None,
            coder: self.coder,
            codebook: self.system.to_owned(),
        }
    }
}

/// A place of a row; none without any name or code.
pub(super) fn location(
    name: &str,
    country: Option<String>,
    (lat, lon): (&str, &str),
    geonameid: &str,
    resolution: Option<&'static str>,
) -> Option<Location> {
    let name = name.trim();
    if name.is_empty() && country.is_none() {
        return None;
    }
    let degrees =
        |text: &str, most: f32| text.trim().parse::<f32>().ok().filter(|degrees| degrees.abs() <= most);
    let extracted_place = match (name, &country) {
        ("", Some(code)) => code.clone(),
        _ => name.to_owned(),
    };
    Some(Location {
        extracted_place,
        country_code: country,
        geonameid: geonameid.trim().parse().ok(),
        lat: degrees(lat, 90.0),
        lon: degrees(lon, 180.0),
        resolution: resolution.map(Into::into),
    })
}

/// An ISO 8601 day, if the text is one; also without dashes.
pub(super) fn day_of(text: &str) -> Option<String> {
    let text = text.trim();
    let day = text.get(..10).filter(|day| day.contains('-')).or_else(|| text.get(..8)).unwrap_or(text);
    day.parse::<jiff::civil::Date>().ok().map(|day| day.to_string())
}
