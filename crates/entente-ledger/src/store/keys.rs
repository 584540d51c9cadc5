//! Under which values of which dimensions an event is found.

use super::days::{covered_days, month_of};
use entente_coder::record::{Entity, Event};

/// A column of the postings. The numbers are in the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub(super) enum Dimension {
    /// Every event, under the empty value.
    All = 1,
    /// Events of a document but its first, under the empty value. They follow the first without a gap.
    Continuation = 2,
    Type = 3,
    Quad = 4,
    Mode = 5,
    /// Auxiliary modes; the empty value holds the events that have none.
    Aux = 6,
    Context = 7,
    /// Number of the source.
    Source = 8,
    Country = 9,
    Place = 10,
    /// Number of claimants.
    ClaimDistance = 11,
    /// Month of the first day; the empty value holds the events without a date.
    Month = 12,
    /// Confidence in hundredths, rounded down.
    Confidence = 13,
    /// Event scale in tenths, rounded down, plus 1000.
    Scale = 14,
    Actor = 15,
    Recipient = 16,
    Claimant = 17,
}

/// A value of a dimension.
pub(super) type Key = (Dimension, String);

/// What the keys depend on besides the record.
#[derive(Debug, Clone, Copy)]
pub(super) struct Setting {
    /// Number of the source.
    pub source: Option<i64>,
    /// Not the first event of its document.
    pub is_continuation: bool,
}

/// All keys of an event, each once.
pub(super) fn keys_of(event: &Event, setting: Setting) -> Vec<Key> {
    let mut keys = vec![
        (Dimension::All, String::new()),
        (Dimension::Type, event.event.as_str().to_owned()),
        (Dimension::Quad, event.quad_code.to_string()),
        (Dimension::ClaimDistance, event.claim.len().to_string()),
        (Dimension::Confidence, confidence_value(event.confidence)),
        (Dimension::Scale, scale_value(event.event_scale)),
    ];
    let (first_day, _) = covered_days(event.date.as_deref(), event.enddate.as_deref());
    keys.push((Dimension::Month, month_of(&first_day).to_owned()));
    if setting.is_continuation {
        keys.push((Dimension::Continuation, String::new()));
    }
    keys.extend(setting.source.map(|source| (Dimension::Source, source.to_string())));
    keys.extend(event.mode.iter().map(|mode| (Dimension::Mode, mode.clone())));
    keys.extend(event.context.iter().map(|context| (Dimension::Context, context.clone())));
    keys.extend(event.aux.iter().map(|aux| (Dimension::Aux, aux.as_str().to_owned())));
    if event.aux.is_empty() {
        keys.push((Dimension::Aux, String::new()));
    }
    if let Some(location) = &event.event_loc {
        keys.push((Dimension::Place, name_key(&location.extracted_place)));
        keys.extend(location.country_code.iter().map(|code| (Dimension::Country, code.clone())));
    }
    for (dimension, entities) in roles(event) {
        keys.extend(entities.iter().flat_map(party_values).map(|value| (dimension, value)));
    }
    keys.sort();
    keys.dedup();
    keys
}

/// The parties of an event by their role.
fn roles(event: &Event) -> [(Dimension, &[Entity]); 3] {
    [
        (Dimension::Actor, &event.actor),
        (Dimension::Recipient, &event.recipient),
        (Dimension::Claimant, &event.claim),
    ]
}

fn party_values(entity: &Entity) -> Vec<String> {
    let mut values = vec![name_value(&entity.entity_name)];
    values.extend(entity.identifier_id.as_deref().map(identifier_value));
    values.extend(entity.code.as_deref().map(code_value));
    for sector in entity.sector.iter().chain(&entity.other_sectors) {
        values.push(sector_value(sector));
        values.extend(entity.code.as_deref().map(|code| code_and_sector_value(code, sector)));
    }
    values
}

/// The value of a party's code.
pub(super) fn code_value(code: &str) -> String {
    format!("code {code}")
}

/// The value of one of a party's sectors.
pub(super) fn sector_value(sector: &str) -> String {
    format!("sector {sector}")
}

/// The value of code and sector of one party.
pub(super) fn code_and_sector_value(code: &str, sector: &str) -> String {
    format!("both {code} {sector}")
}

/// The value of a party's canonical name.
pub(super) fn name_value(name: &str) -> String {
    format!("name {}", name_key(name))
}

/// The value of a party's Wikidata id.
pub(super) fn identifier_value(identifier: &str) -> String {
    format!("id {identifier}")
}

/// A name as it is compared: lower case, white space as one space.
pub(super) fn name_key(name: &str) -> String {
    name.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

/// The confidence's value, which sorts as the number does.
pub(super) fn confidence_value(confidence: f64) -> String {
    format!("{:03}", (confidence * 100.0).floor().clamp(0.0, 100.0))
}

/// The scale's value, which sorts as the number does.
pub(super) fn scale_value(scale: f64) -> String {
    format!("{:04}", ((scale * 10.0).floor() + 1000.0).clamp(0.0, 2000.0))
}

/// The lowest and the highest number under a confidence's value, or a little more than those.
pub(super) fn confidence_bounds(value: &str) -> (f64, f64) {
    bounds(value.parse().unwrap_or(0.0), 100.0, 0.0, 100.0)
}

/// The lowest and the highest number under a scale's value, or a little more than those.
pub(super) fn scale_bounds(value: &str) -> (f64, f64) {
    bounds(value.parse::<f64>().unwrap_or(0.0) - 1000.0, 10.0, -1000.0, 1000.0)
}

/// `steps` to the unit; the first and the last step also hold all that lies beyond.
fn bounds(step: f64, steps: f64, first: f64, last: f64) -> (f64, f64) {
    const ROUNDING: f64 = 1e-9;
    let low = if step <= first { f64::MIN } else { step / steps - ROUNDING };
    let high = if step >= last { f64::MAX } else { (step + 1.0) / steps + ROUNDING };
    (low, high)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_lie_within_the_bounds_of_their_value_and_values_sort_as_they_do() {
        let numbers: Vec<f64> = (-2600..2600).map(|step| f64::from(step) * 0.05).collect();
        for pair in numbers.windows(2) {
            assert!(scale_value(pair[0]) <= scale_value(pair[1]));
            assert!(confidence_value(pair[0] / 100.0) <= confidence_value(pair[1] / 100.0));
        }
        for number in numbers {
            let (low, high) = scale_bounds(&scale_value(number));
            assert!(low <= number && number <= high, "{number}: {low} to {high}");
            let confidence = number / 100.0;
            let (lowest, highest) = confidence_bounds(&confidence_value(confidence));
            assert!(lowest <= confidence && confidence <= highest, "{confidence}: {lowest} to {highest}");
        }
        assert_eq!(scale_value(-9.5), "0905");
        assert_eq!(confidence_value(1.0), "100");
    }

    #[test]
    fn names_are_compared_without_case_and_spacing() {
        assert_eq!(name_key("  José\tÁLVAREZ "), "josé álvarez");
    }
}
