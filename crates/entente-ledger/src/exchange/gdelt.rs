//! GDELT 2.0 events: 61 columns, no header, CAMEO.

use super::cameo;
use super::countries::{code_of, fips_of, of_fips};
use super::import::Refusal;
use super::party::{Foreign, day_of, dyads, location, party};
use super::sectors;
use crate::store::{ImportedEvent, StoredEvent};
use entente_coder::record::{Entity, Event, Location};
use entente_world::Code;

/// Number of columns.
pub(super) const COLUMNS: usize = 61;
/// Columns of version 1.0, which has no ADM2 codes and no source address in its oldest files.
const OLDER_COLUMNS: [usize; 2] = [57, 58];

/// The rows of an event.
pub(super) fn rows(stored: &StoredEvent) -> Vec<Vec<String>> {
    dyads(&stored.event).into_iter().enumerate().map(|(pair, dyad)| row(stored, pair, dyad)).collect()
}

fn row(
    stored: &StoredEvent,
    pair: usize,
    (actor, recipient): (Option<&Entity>, Option<&Entity>),
) -> Vec<String> {
    let event = &stored.event;
    let code = cameo::of_plover(event.event, &event.mode);
    let mut cells = vec![number_of(event, pair)];
    cells.extend(date_cells(event.date.as_deref()));
    cells.extend(party_cells(actor));
    cells.extend(party_cells(recipient));
    cells.extend([
        u8::from(event.text_info.sequence == 0 && !event.trigger.text.is_empty()).to_string(),
        code.code.to_owned(),
        code.code.get(..3).unwrap_or(code.code).to_owned(),
        code.code.get(..2).unwrap_or(code.code).to_owned(),
        event.quad_code.to_string(),
        code.goldstein.to_string(),
        "1".to_owned(),
        "1".to_owned(),
        "1".to_owned(),
        String::new(),
    ]);
    cells.extend(vec![String::new(); 16]);
    cells.extend(place_cells(event.event_loc.as_ref()));
    let published = stored.published.as_deref().map(|day| format!("{}000000", day.replace('-', "")));
    cells.push(published.unwrap_or_default());
    cells.push(stored.url.clone().unwrap_or_default());
    cells
}

/// A number made of the id and the pair, as GDELT's ids are numbers.
fn number_of(event: &Event, pair: usize) -> String {
    let bits = event.id.get(..16).and_then(|digits| u64::from_str_radix(digits, 16).ok());
    let bits = bits.unwrap_or_else(|| crate::hashing::hash_text(&event.id));
    (crate::hashing::hash_numbers([bits, pair as u64]) >> 1).to_string()
}

/// Day, month and year, year, and the year with its fraction, (month × 30 + day) / 365 as GDELT has it.
fn date_cells(date: Option<&str>) -> [String; 4] {
    let day: Option<jiff::civil::Date> =
        date.and_then(|date| date.get(..10)).and_then(|day| day.parse().ok());
    let Some(day) = day else { return [const { String::new() }; 4] };
    let fraction = (f64::from(day.month()) * 30.0 + f64::from(day.day())) / 365.0;
    [
        day.strftime("%Y%m%d").to_string(),
        day.strftime("%Y%m").to_string(),
        day.year().to_string(),
        format!("{:.4}", f64::from(day.year()) + fraction.min(0.9999)),
    ]
}

fn party_cells(entity: Option<&Entity>) -> [String; 10] {
    let mut cells = [const { String::new() }; 10];
    let Some(entity) = entity else { return cells };
    let role = entity.sector.as_deref().and_then(sectors::to_cameo).unwrap_or_default();
    let code = entity.code.clone().unwrap_or_default();
    let is_state = Code::parse(&code).is_some_and(Code::is_state);
    cells[0] = format!("{code}{role}");
    cells[1] = entity.entity_name.to_uppercase();
    cells[if is_state { 2 } else { 3 }] = code;
    for (place, sector) in [7, 8, 9].into_iter().zip(entity.sector.iter().chain(&entity.other_sectors)) {
        cells[place] = sectors::to_cameo(sector).unwrap_or_default().to_owned();
    }
    cells
}

/// Type, name, FIPS code, ADM1, ADM2, latitude, longitude, feature id.
fn place_cells(place: Option<&Location>) -> [String; 8] {
    let mut cells = [const { String::new() }; 8];
    let Some(place) = place else { return cells };
    let is_american = place.country_code.as_deref() == Some("USA");
    let kind = match (place.resolution.as_deref(), is_american) {
        (Some("country"), _) => "1",
        (Some("region"), true) => "2",
        (Some("region"), false) => "5",
        (Some("city"), true) => "3",
        (Some("city"), false) => "4",
        _ => "",
    };
    let degrees = |value: Option<f32>| value.map(|degrees| degrees.to_string()).unwrap_or_default();
    cells[0] = kind.to_owned();
    cells[1].clone_from(&place.extracted_place);
    cells[2] = place.country_code.as_deref().and_then(fips_of).unwrap_or_default().to_owned();
    (cells[5], cells[6]) = (degrees(place.lat), degrees(place.lon));
    cells
}

/// Whether a first row is one of GDELT's, of this version or the one before.
pub(super) fn is_row(cells: &[&str]) -> bool {
    let is_number = |cell: &&str| !cell.is_empty() && cell.bytes().all(|byte| byte.is_ascii_digit());
    (cells.len() == COLUMNS || OLDER_COLUMNS.contains(&cells.len())) && cells.iter().take(4).all(is_number)
}

/// The event of a row.
pub(super) fn read(cells: &[&str]) -> Result<ImportedEvent, Refusal> {
    if cells.len() != COLUMNS && !OLDER_COLUMNS.contains(&cells.len()) {
        return Err(Refusal::Fault(format!("{} columns instead of {COLUMNS}", cells.len())));
    }
    let Some(code) = cameo::by_code(cells[26]) else {
        return Err(Refusal::Fault(format!("\"{}\" is no code of CAMEO", cells[26])));
    };
    let Some(event) = code.event else { return Err(Refusal::LeftOut("statements and comments (CAMEO 01)")) };
    let Some(date) = day_of(cells[1]) else {
        return Err(Refusal::Fault(format!("\"{}\" is no date", cells[1])));
    };
    // Version 1.0 has no ADM2 code in its three places.
    let (action, place) =
        if cells.len() == COLUMNS { (51, [52, 53, 56, 57]) } else { (49, [50, 51, 53, 54]) };
    let resolution = match cells[action] {
        "1" => Some("country"),
        "2" | "5" => Some("region"),
        "3" | "4" => Some("city"),
        _ => None,
    };
    let country = of_fips(cells[place[1]]).map(str::to_owned);
    let record = Foreign {
        system: "gdelt",
        key: cells[0].to_owned(),
        coder: "gdelt".to_owned(),
        document: String::new(),
        event,
        modes: code.mode.map(str::to_owned).into_iter().collect(),
        date: Some(date),
        actor: side(&cells[5..15]),
        recipient: side(&cells[15..25]),
        location: location(cells[place[0]], country, (cells[place[2]], cells[place[3]]), "", resolution),
        label: format!(
            "{} CAMEO {} {}",
            cells[0],
            cells[26],
            cells.last().filter(|_| cells.len() > 57).unwrap_or(&"")
        ),
    };
    Ok(ImportedEvent { event: record.record(), source: "GDELT".to_owned(), raw_row: None })
}

/// Bodies that CAMEO names in the column of known groups, in PLOVER's codes.
const GROUPS: [(&str, &str); 7] = [
    ("UNO", "UNO"),
    ("EEC", "EUR"),
    ("EUR", "EUR"),
    ("IGO", "IGO"),
    ("NGO", "NGO"),
    ("IMG", "IMG"),
    ("MNC", "MNC"),
];

fn side(cells: &[&str]) -> Option<Entity> {
    let group =
        |code: &str| GROUPS.iter().find(|(known, _)| *known == code).map(|(_, code)| (*code).to_owned());
    let roles = [cells[7], cells[8], cells[9]];
    // "EUR" and the like are continents there, and codes of organisations here.
    let state = code_of(cells[2]).filter(|code| Code::parse(code).is_some_and(Code::is_state));
    let code = state
        .or_else(|| group(cells[3]))
        .or_else(|| (!cells[3].is_empty()).then(|| "IGO".to_owned()))
        .or_else(|| roles.iter().find_map(|role| group(role)));
    let sectors = roles.iter().filter_map(|role| sectors::of_cameo(role)).collect();
    party("gdelt", cells[1], code, sectors)
}
