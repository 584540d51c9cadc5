//! Records from a file: documents as `entente annotate` writes them, or events as `entente code` does.

use super::{SystemDocument, SystemEvent, SystemRejected};
use crate::error::InputError;
use crate::json_values::{self, Located};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::collections::HashMap;

/// What was read from a file of records: the sound part of it, and what is wrong with the rest.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct RecordReading {
    /// Documents in the order in which they first occur.
    pub documents: Vec<SystemDocument>,
    /// Each fault with its place.
    pub faults: Vec<InputError>,
}

/// The document of an event or of a rejected candidate.
#[derive(Deserialize)]
struct Belonging {
    document_id: String,
}

/// A line of `entente code --explain`.
#[derive(Deserialize)]
struct RejectedLine {
    rejected: super::SystemWords,
    reason: String,
}

/// Reads records: JSON lines, an array, or single objects, of documents or of events. `name` stands for the file
/// in messages. A faulty record costs only itself. Of two documents with one id the later counts, and that is
/// noted among the faults.
pub fn read_records(name: &str, text: &str) -> RecordReading {
    let (values, faults) = json_values::read(name, text);
    let mut records = Records { documents: Vec::new(), places: HashMap::new(), reading_name: name, faults };
    for located in values {
        let line = located.line;
        if let Err(reason) = records.take(located) {
            records.faults.push(InputError::new(name, Some(line), reason));
        }
    }
    RecordReading { documents: records.documents, faults: records.faults }
}

struct Records<'n> {
    documents: Vec<SystemDocument>,
    places: HashMap<String, usize>,
    reading_name: &'n str,
    faults: Vec<InputError>,
}

impl Records<'_> {
    fn take(&mut self, located: Located) -> Result<(), String> {
        let has = |key: &str| located.value.get(key).is_some();
        if has("events") {
            return self.document(located);
        }
        if !has("document_id") || !(has("rejected") || has("event")) {
            return Err("neither a document with events nor an event with a document_id".to_owned());
        }
        let id = parsed::<Belonging>(located.value.clone(), "record")?.document_id;
        if has("rejected") {
            let line: RejectedLine = parsed(located.value, "rejected candidate")?;
            let rejected = SystemRejected { trigger: line.rejected, reason: line.reason };
            self.of_events(id).rejected.push(rejected);
            return Ok(());
        }
        let event: SystemEvent = parsed(located.value, "event")?;
        self.of_events(id).events.push(event);
        Ok(())
    }

    fn document(&mut self, located: Located) -> Result<(), String> {
        let document: SystemDocument = parsed(located.value, "document")?;
        if let Some(place) = self.places.get(&document.id) {
            let reason = format!("document {} occurs again; the later one counts", document.id);
            self.faults.push(InputError::new(self.reading_name, Some(located.line), reason));
            self.documents[*place] = document;
            return Ok(());
        }
        self.places.insert(document.id.clone(), self.documents.len());
        self.documents.push(document);
        Ok(())
    }

    /// The document of records that hold events alone.
    fn of_events(&mut self, id: String) -> &mut SystemDocument {
        let place = *self.places.entry(id.clone()).or_insert_with(|| {
            self.documents.push(SystemDocument { id, ..SystemDocument::default() });
            self.documents.len() - 1
        });
        &mut self.documents[place]
    }
}

fn parsed<T: DeserializeOwned>(value: Value, kind: &str) -> Result<T, String> {
    serde_json::from_value(value).map_err(|error| format!("invalid {kind}: {error}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn documents_and_events_are_told_apart() {
        let annotated = read_records("a.jsonl", "{\"id\": \"a\", \"events\": [{\"event\": \"AID\"}]}\n");
        assert_eq!(annotated.faults, []);
        assert_eq!(annotated.documents[0].events.len(), 1);
        assert_eq!(annotated.documents[0].statements, Some(vec![]));
        let coded = read_records(
            "b.jsonl",
            "{\"document_id\": \"b\", \"event\": \"AID\", \"actor\": null}\n\
             {\"document_id\": \"b\", \"rejected\": {\"start\": 0, \"end\": 2, \"text\": \"is\"}, \"reason\": \"no act\"}\n",
        );
        assert_eq!(coded.faults, []);
        assert_eq!((coded.documents[0].events.len(), coded.documents[0].rejected.len()), (1, 1));
        assert_eq!(coded.documents[0].statements, None);
    }

    #[test]
    fn arrays_of_events_are_read() {
        let array = "[\n{\"document_id\": \"b\", \"event\": \"AID\"},\n{\"document_id\": \"c\", \"event\": \"AID\"}\n]\n";
        assert_eq!(read_records("b.json", array).documents.len(), 2);
    }

    #[test]
    fn faults_have_their_line_and_the_rest_is_read() {
        let reading = read_records(
            "a.jsonl",
            "{\"id\": \"a\", \"events\": [{\"event\": \"HUG\"}]}\n{\"x\": 1}\n{\"id\": \"a\", \"events\": []}\n\
             {\"id\": \"a\", \"events\": []}\n",
        );
        assert_eq!(reading.documents.len(), 1);
        let lines: Vec<Option<usize>> = reading.faults.iter().map(|fault| fault.line).collect();
        assert_eq!(lines, [Some(1), Some(2), Some(4)]);
        assert!(reading.faults[0].reason.starts_with("invalid document: unknown variant `HUG`"));
    }
}
