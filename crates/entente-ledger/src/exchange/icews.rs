//! ICEWS coded event data: 20 columns, CAMEO.

use super::cameo;
use super::countries::{code_of, name_of};
use super::import::Refusal;
use super::party::{Foreign, day_of, dyads, location, party, row_id};
use super::sectors;
use crate::store::{ImportedEvent, StoredEvent};
use entente_coder::record::Entity;

pub(super) const COLUMNS: [&str; 20] = [
    "Event ID",
    "Event Date",
    "Source Name",
    "Source Sectors",
    "Source Country",
    "Event Text",
    "CAMEO Code",
    "Intensity",
    "Target Name",
    "Target Sectors",
    "Target Country",
    "Story ID",
    "Sentence Number",
    "Publisher",
    "City",
    "District",
    "Province",
    "Country",
    "Latitude",
    "Longitude",
];

/// The rows of an event.
pub(super) fn rows(stored: &StoredEvent) -> Vec<Vec<String>> {
    let event = &stored.event;
    let code = cameo::of_plover(event.event, &event.mode);
    let place = event.event_loc.as_ref();
    let named_as = |kind: &str| {
        let is_kind = place.is_some_and(|place| place.resolution.as_deref() == Some(kind));
        place.filter(|_| is_kind).map(|place| place.extracted_place.clone()).unwrap_or_default()
    };
    let country = place.and_then(|place| place.country_code.as_deref()).map(country_name).unwrap_or_default();
    let degrees = |value: Option<f32>| value.map(|degrees| degrees.to_string()).unwrap_or_default();
    let pairs = dyads(event).into_iter().enumerate();
    pairs
        .map(|(pair, (actor, recipient))| {
            let mut cells = vec![row_id(event, pair), event.date.clone().unwrap_or_default()];
            cells.extend(party_cells(actor));
            cells.extend([code.name.to_owned(), code.code.to_owned(), code.goldstein.to_string()]);
            cells.extend(party_cells(recipient));
            cells.extend([
                event.document_id.clone(),
                if event.trigger.text.is_empty() {
                    String::new()
                } else {
                    (event.text_info.sequence + 1).to_string()
                },
                stored.source.clone().unwrap_or_default(),
                named_as("city"),
                String::new(),
                named_as("region"),
                country.clone(),
                degrees(place.and_then(|place| place.lat)),
                degrees(place.and_then(|place| place.lon)),
            ]);
            cells
        })
        .collect()
}

fn party_cells(entity: Option<&Entity>) -> [String; 3] {
    let Some(entity) = entity else { return [const { String::new() }; 3] };
    let names =
        entity.sector.iter().chain(&entity.other_sectors).filter_map(|sector| sectors::to_icews(sector));
    let country = entity.code.as_deref().map(country_name).unwrap_or_default();
    [entity.entity_name.clone(), names.collect::<Vec<_>>().join(","), country]
}

/// The name of a state; the code of what is none.
fn country_name(code: &str) -> String {
    name_of(code).unwrap_or(code).to_owned()
}

/// Whether a first row is the header of ICEWS.
pub(super) fn is_header(cells: &[&str]) -> bool {
    cells.len() == COLUMNS.len()
        && cells[0].trim_start_matches('\u{feff}') == COLUMNS[0]
        && cells[6] == COLUMNS[6]
}

/// The event of a row.
pub(super) fn read(cells: &[&str]) -> Result<ImportedEvent, Refusal> {
    if cells.len() != COLUMNS.len() {
        return Err(Refusal::Fault(format!("{} columns instead of {}", cells.len(), COLUMNS.len())));
    }
    let cells: Vec<&str> = cells.iter().map(|cell| cell.trim()).collect();
    let Some(code) = cameo::by_code(cells[6]).or_else(|| cameo::by_name(cells[5])) else {
        return Err(Refusal::Fault(format!("\"{}\" is no code of CAMEO", cells[6])));
    };
    let Some(event) = code.event else { return Err(Refusal::LeftOut("statements and comments (CAMEO 01)")) };
    let Some(date) = day_of(cells[1]) else {
        return Err(Refusal::Fault(format!("\"{}\" is no date", cells[1])));
    };
    let place =
        [cells[14], cells[15], cells[16]].into_iter().find(|name| !name.is_empty()).unwrap_or_default();
    let resolution = if cells[14].is_empty() { "region" } else { "city" };
    let record = Foreign {
        system: "icews",
        // An id is unique only together with its day.
        key: format!("{} {date}", cells[0]),
        coder: "icews".to_owned(),
        document: cells[11].to_owned(),
        event,
        modes: code.mode.map(str::to_owned).into_iter().collect(),
        date: Some(date),
        actor: party("icews", cells[2], code_of(cells[4]), sectors::of_icews(cells[3])),
        recipient: party("icews", cells[8], code_of(cells[10]), sectors::of_icews(cells[9])),
        location: location(
            place,
            code_of(cells[17]),
            (cells[18], cells[19]),
            "",
            (!place.is_empty()).then_some(resolution),
        ),
        label: format!("{} CAMEO {} {}", cells[0], cells[6], cells[5]),
    };
    Ok(ImportedEvent { event: record.record(), source: "ICEWS".to_owned(), raw_row: None })
}
