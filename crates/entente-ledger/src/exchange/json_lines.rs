//! Our own records, one a line: events with their source, or whole documents with all that was read out of them.

use super::import::Refusal;
use crate::store::{ImportedEvent, StoredEvent};
use entente_coder::record::{Annotation, Event};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// An event as it is exported. Its fields are those of [`StoredEvent`], without the number of the run, which has a
/// meaning in one ledger alone.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Exported {
    pub(super) event: Event,
    pub(super) source: Option<String>,
    pub(super) raw_row: Option<String>,
    #[serde(default)]
    pub(super) title: Option<String>,
    #[serde(default)]
    pub(super) published: Option<String>,
    #[serde(default)]
    pub(super) url: Option<String>,
}

impl Exported {
    pub(super) fn of(stored: StoredEvent) -> Self {
        let StoredEvent { mut event, source, raw_row, title, published, url, .. } = stored;
        // Happenings are found anew in every ledger.
        event.happening_id = None;
        Self { event, source, raw_row, title, published, url }
    }

    pub(super) fn imported(self) -> ImportedEvent {
        let source = self.source.unwrap_or_else(|| "imported".to_owned());
        ImportedEvent { event: self.event, source, raw_row: self.raw_row }
    }
}

/// What a line holds.
pub(super) enum Held {
    Document(Box<Annotation>),
    Event(Box<ImportedEvent>),
}

/// Reads a line: a document as `annotate` and `export --documents` write it, or an event as `code`, `events` and `export`
/// write it.
pub(super) fn read(line: &str) -> Result<Held, Refusal> {
    let fault = |error: serde_json::Error| Refusal::Fault(error.to_string());
    let value: Value = serde_json::from_str(line).map_err(fault)?;
    if value.get("text").is_some_and(Value::is_string) {
        return Ok(Held::Document(Box::new(serde_json::from_value(value).map_err(fault)?)));
    }
    if value.get("event").is_some_and(Value::is_object) {
        let exported: Exported = serde_json::from_value(value).map_err(fault)?;
        return Ok(Held::Event(Box::new(exported.imported())));
    }
    let event: Event = serde_json::from_value(value).map_err(fault)?;
    Ok(Held::Event(Box::new(ImportedEvent { event, source: "imported".to_owned(), raw_row: None })))
}
