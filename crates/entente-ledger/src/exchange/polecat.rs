//! POLECAT: 40 columns, PLOVER as we have it.

use super::countries::{code_of, cow_of};
use super::import::Refusal;
use super::party::{Foreign, day_of, dyads, location, party, row_id};
use crate::store::{ImportedEvent, StoredEvent};
use entente_codebook::EventType;
use entente_coder::record::{Entity, Event};
use std::collections::HashMap;

pub(super) const COLUMNS: [&str; 40] = [
    "Event ID",
    "Event Date",
    "Event Type",
    "Event Mode",
    "Intensity",
    "Quad Code",
    "Contexts",
    "Actor Name",
    "Actor Country",
    "Actor COW",
    "Primary Actor Sector",
    "Actor Sectors",
    "Actor Title",
    "Actor Name Raw",
    "Wikipedia Actor ID",
    "Recipient Name",
    "Recipient Country",
    "Recipient COW",
    "Primary Recipient Sector",
    "Recipient Sectors",
    "Recipient Title",
    "Recipient Name Raw",
    "Wikipedia Recipient ID",
    "Placename",
    "City",
    "District",
    "Province",
    "Country",
    "Latitude",
    "Longitude",
    "GeoNames ID",
    "Raw Placename",
    "Feature Type",
    "Source",
    "Publication Date",
    "Story People",
    "Story Organizations",
    "Story Locations",
    "Language",
    "Version",
];

/// What stands for a missing value.
const MISSING: &str = "None";
const QUADS: [&str; 4] =
    ["VERBAL COOPERATION", "MATERIAL COOPERATION", "VERBAL CONFLICT", "MATERIAL CONFLICT"];

/// The rows of an event.
pub(super) fn rows(stored: &StoredEvent) -> Vec<Vec<String>> {
    let event = &stored.event;
    dyads(event).into_iter().enumerate().map(|(pair, dyad)| row(stored, event, pair, dyad)).collect()
}

fn row(
    stored: &StoredEvent,
    event: &Event,
    pair: usize,
    dyad: (Option<&Entity>, Option<&Entity>),
) -> Vec<String> {
    let place = event.event_loc.as_ref();
    let resolution = place.and_then(|place| place.resolution.as_deref());
    let named_as =
        |kind: &str| place.filter(|_| resolution == Some(kind)).map(|place| place.extracted_place.clone());
    let quad = QUADS.get(usize::from(event.quad_code).saturating_sub(1)).copied();
    let mut cells: Vec<Option<String>> = vec![
        Some(row_id(event, pair)),
        event.date.clone(),
        Some(event.event.as_str().to_owned()),
        list(event.mode.iter().cloned()),
        Some(event.event_scale.to_string()),
        quad.map(str::to_owned),
        list(event.context.iter().cloned()),
    ];
    cells.extend(party_cells(dyad.0));
    cells.extend(party_cells(dyad.1));
    cells.extend([
        place.map(|place| place.extracted_place.clone()),
        named_as("city"),
        None,
        named_as("region"),
        place.and_then(|place| place.country_code.clone()),
        place.and_then(|place| place.lat).map(|degrees| degrees.to_string()),
        place.and_then(|place| place.lon).map(|degrees| degrees.to_string()),
        place.and_then(|place| place.geonameid).map(|id| id.to_string()),
        place.map(|place| place.extracted_place.clone()),
        None,
        stored.source.clone(),
        stored.published.clone(),
        None,
        None,
        None,
        Some("en".to_owned()).filter(|_| stored.title.is_some() || stored.published.is_some()),
        Some(event.coder.clone()),
    ]);
    cells
        .into_iter()
        .map(|cell| cell.filter(|cell| !cell.is_empty()).unwrap_or_else(|| MISSING.to_owned()))
        .collect()
}

fn party_cells(entity: Option<&Entity>) -> [Option<String>; 8] {
    let Some(entity) = entity else { return [const { None }; 8] };
    let sectors = entity.sector.iter().chain(&entity.other_sectors).map(|sector| sector.to_string());
    [
        Some(entity.entity_name.clone()),
        entity.code.clone(),
        entity.code.as_deref().and_then(cow_of).map(|number| number.to_string()),
        entity.sector.as_ref().map(ToString::to_string),
        list(sectors),
        entity.office.clone(),
        Some(entity.entity_text.clone()),
        None,
    ]
}

fn list(values: impl Iterator<Item = String>) -> Option<String> {
    let joined = values.collect::<Vec<_>>().join("; ");
    (!joined.is_empty()).then_some(joined)
}

/// Where the columns of a file stand: weekly files differ in the name of the intensity, and older ones lack it.
pub(super) struct Header(HashMap<String, usize>);

impl Header {
    /// The header, if a first row is one of POLECAT.
    pub(super) fn read(cells: &[&str]) -> Option<Self> {
        let plain = |name: &str| name.trim_matches(['\u{feff}', ' ', '"']).to_lowercase();
        let places: HashMap<String, usize> =
            cells.iter().enumerate().map(|(at, name)| (plain(name), at)).collect();
        let needed = ["event id", "event date", "event type", "actor name", "recipient name"];
        needed.iter().all(|name| places.contains_key(*name)).then_some(Self(places))
    }

    fn cell<'a>(&self, cells: &[&'a str], name: &str) -> &'a str {
        let cell = self
            .0
            .get(&name.to_lowercase())
            .and_then(|at| cells.get(*at))
            .copied()
            .unwrap_or_default()
            .trim();
        if cell == MISSING { "" } else { cell }
    }
}

/// The event of a row.
pub(super) fn read(header: &Header, cells: &[&str]) -> Result<ImportedEvent, Refusal> {
    let cell = |name: &str| header.cell(cells, name);
    let (id, kind) = (cell("Event ID"), cell("Event Type"));
    let Some(event) = EventType::parse(&kind.to_uppercase()) else {
        return Err(Refusal::Fault(format!("\"{kind}\" is no event type of PLOVER")));
    };
    if id.is_empty() {
        return Err(Refusal::Fault("no event id".to_owned()));
    }
    let stated_modes = values(cell("Event Mode"));
    let modes =
        stated_modes.iter().filter_map(|mode| event.modes().find(|known| known.eq_ignore_ascii_case(mode)));
    let date = day_of(cell("Event Date"));
    if date.is_none() {
        return Err(Refusal::Fault(format!("\"{}\" is no date", cell("Event Date"))));
    }
    let names = ["Placename", "City", "District", "Province", "Raw Placename"];
    let place = names.iter().map(|name| cell(name)).find(|name| !name.is_empty()).unwrap_or_default();
    let mut record = Foreign {
        system: "polecat",
        key: id.to_owned(),
        coder: format!("polecat {}", cell("Version")).trim().to_owned(),
        document: String::new(),
        event,
        modes: modes.map(str::to_owned).collect(),
        date,
        actor: side(header, cells, "Actor"),
        recipient: side(header, cells, "Recipient"),
        location: location(
            place,
            code_of(cell("Country")),
            (cell("Latitude"), cell("Longitude")),
            cell("GeoNames ID"),
            None,
        ),
        label: format!("{id} {kind} {}", cell("Event Mode")).trim().to_owned(),
    }
    .record();
    record.context = values(cell("Contexts"))
        .iter()
        .map(|context| context.to_lowercase().replace([' ', '-'], "_"))
        .collect();
    let intensity =
        [cell("Intensity"), cell("Event Intensity")].into_iter().find_map(|text| text.parse::<f64>().ok());
    if let Some(intensity) = intensity.filter(|score| (-10.0..=10.0).contains(score)) {
        record.event_scale = intensity;
    }
    Ok(ImportedEvent { event: record, source: "POLECAT".to_owned(), raw_row: None })
}

fn side(header: &Header, cells: &[&str], role: &str) -> Option<Entity> {
    let cell = |name: &str| header.cell(cells, name);
    let mut sectors: Vec<&'static str> = Vec::new();
    for word in
        [vec![cell(&format!("Primary {role} Sector"))], values(cell(&format!("{role} Sectors")))].concat()
    {
        if let Some(sector) = entente_world::Sector::parse(word)
            && !sectors.contains(&sector.as_str())
        {
            sectors.push(sector.as_str());
        }
    }
    let mut entity =
        party("polecat", cell(&format!("{role} Name")), code_of(cell(&format!("{role} Country"))), sectors)?;
    let (title, raw) = (cell(&format!("{role} Title")), cell(&format!("{role} Name Raw")));
    entity.office = (!title.is_empty()).then(|| title.to_owned());
    if !raw.is_empty() {
        raw.clone_into(&mut entity.entity_text);
    }
    Some(entity)
}

fn values(cell: &str) -> Vec<&str> {
    cell.split(';').map(str::trim).filter(|value| !value.is_empty() && *value != MISSING).collect()
}
