//! Events as CSV, one row an event. Several values in a cell are parted by "; ".

use crate::report::inert;
use entente::record::{Annotation, Entity, Event};
use std::io::Write;

/// The columns of events.
pub(crate) const EVENT_COLUMNS: [&str; 24] = [
    "id",
    "document_id",
    "event",
    "mode",
    "aux",
    "quad_code",
    "event_scale",
    "date",
    "actor",
    "actor_code",
    "actor_sector",
    "recipient",
    "recipient_code",
    "recipient_sector",
    "claim",
    "claim_code",
    "place",
    "country",
    "dead",
    "injured",
    "arrested",
    "trigger",
    "sentence",
    "confidence",
];

pub(crate) struct CsvWriter<W: Write> {
    rows: csv::Writer<W>,
}

impl<W: Write> CsvWriter<W> {
    pub(crate) fn new(out: W) -> anyhow::Result<Self> {
        let mut rows = csv::Writer::from_writer(out);
        rows.write_record(EVENT_COLUMNS)?;
        Ok(Self { rows })
    }

    pub(crate) fn events(&mut self, annotation: &Annotation) -> anyhow::Result<()> {
        let characters: Vec<char> = annotation.text.chars().collect();
        for event in &annotation.events {
            let sentence: String = characters[event.text_info.start..event.text_info.end].iter().collect();
            self.rows.write_record(event_row(event, &sentence).iter().map(|cell| unrunnable(cell)))?;
        }
        Ok(())
    }

    pub(crate) fn finish(mut self) -> anyhow::Result<()> {
        self.rows.flush()?;
        Ok(())
    }
}

/// An event in these columns.
pub(crate) fn event_row(event: &Event, sentence: &str) -> [String; 24] {
    let number = |value: Option<u64>| value.map(|value| value.to_string()).unwrap_or_default();
    let place = event.event_loc.as_ref();
    let aux: Vec<&str> = event.aux.iter().map(|aux| aux.as_str()).collect();
    [
        event.id.clone(),
        event.document_id.clone(),
        event.event.to_string(),
        event.mode.join("; "),
        aux.join("; "),
        event.quad_code.to_string(),
        event.event_scale.to_string(),
        event.date.clone().unwrap_or_default(),
        join(&event.actor, |entity| entity.entity_name.clone()),
        join(&event.actor, |entity| entity.code.clone().unwrap_or_default()),
        join(&event.actor, |entity| entity.sector.as_deref().unwrap_or_default().to_owned()),
        join(&event.recipient, |entity| entity.entity_name.clone()),
        join(&event.recipient, |entity| entity.code.clone().unwrap_or_default()),
        join(&event.recipient, |entity| entity.sector.as_deref().unwrap_or_default().to_owned()),
        join(&event.claim, |entity| entity.entity_name.clone()),
        join(&event.claim, |entity| entity.code.clone().unwrap_or_default()),
        place.map(|place| place.extracted_place.clone()).unwrap_or_default(),
        place.and_then(|place| place.country_code.clone()).unwrap_or_default(),
        number(event.size.dead),
        number(event.size.injured),
        number(event.size.arrested),
        event.trigger.text.clone(),
        sentence.to_owned(),
        event.confidence.to_string(),
    ]
}

fn join(entities: &[Entity], cell: impl Fn(&Entity) -> String) -> String {
    entities.iter().map(cell).collect::<Vec<_>>().join("; ")
}

/// Spreadsheets run cells that begin like a formula; an apostrophe keeps untrusted text from being run. Nor may
/// it break lines or turn the direction of what is shown.
pub(crate) fn unrunnable(cell: &str) -> String {
    let cell = inert(cell);
    let is_number = cell.parse::<f64>().is_ok();
    if !is_number && cell.trim_start().starts_with(['=', '+', '-', '@']) {
        return format!("'{cell}");
    }
    cell
}

#[cfg(test)]
mod tests {
    use super::unrunnable;

    #[test]
    fn formulas_are_made_inert_and_numbers_stay() {
        assert_eq!(unrunnable("=cmd()"), "'=cmd()");
        assert_eq!(unrunnable("-3.5"), "-3.5");
        assert_eq!(unrunnable("- he left"), "'- he left");
        assert_eq!(unrunnable("\t=cmd()"), "' =cmd()");
    }
}
