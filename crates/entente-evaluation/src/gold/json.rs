//! Gold as JSON: one object an article.

use super::{GoldDocument, GoldEvent, GoldPerson, GoldQuote, GoldReading};
use crate::error::InputError;
use crate::json_values::{self, Located};
use crate::span::Span;
use serde::Deserialize;
use serde_json::Value;

/// An article before its parts are looked at one by one.
#[derive(Deserialize)]
struct RawDocument {
    id: String,
    title: Option<String>,
    published: Option<String>,
    publication: Option<String>,
    text: String,
    events: Vec<Value>,
    quotes: Option<Vec<Value>>,
    people: Option<Vec<Value>>,
    judged: Option<Vec<Span>>,
}

/// Reads annotated articles: one object, several, an array, or one a line. `name` stands for the file in messages.
///
/// A fault costs the event, quote or person that it is in, or the article where that has no sound frame.
pub fn read_json(name: &str, text: &str) -> GoldReading {
    let (values, faults) = json_values::read(name, text);
    let mut reading = GoldReading { documents: Vec::new(), faults };
    for Located { line, value } in values {
        match serde_json::from_value::<RawDocument>(value) {
            Ok(raw) => {
                let document =
                    Parts { name, line, id: raw.id.clone(), faults: &mut reading.faults }.document(raw);
                reading.documents.push(document);
            }
            Err(error) => {
                let reason = format!("no annotated article: {error}");
                reading.faults.push(InputError::new(name, Some(line), reason));
            }
        }
    }
    reading
}

/// Takes an article apart and notes what is wrong with its parts.
struct Parts<'f> {
    name: &'f str,
    line: usize,
    id: String,
    faults: &'f mut Vec<InputError>,
}

impl Parts<'_> {
    fn document(&mut self, raw: RawDocument) -> GoldDocument {
        let text = raw.text;
        let events = self.sound("event", raw.events, |event: &GoldEvent| event.misplaced(&text));
        let quotes = raw.quotes.map(|quotes| {
            self.sound("quote", quotes, |quote: &GoldQuote| {
                let occurs = !quote.content.is_empty() && text.contains(&quote.content);
                (!occurs).then(|| "the content does not occur in the text".to_owned())
            })
        });
        let people = raw.people.map(|people| {
            self.sound("person", people, |person: &GoldPerson| {
                person.name.trim().is_empty().then(|| "no name".to_owned())
            })
        });
        GoldDocument {
            id: raw.id,
            title: raw.title,
            published: raw.published,
            publication: raw.publication,
            text,
            events,
            quotes,
            people,
            judged: raw.judged,
        }
    }

    /// Those values that can be read and with which `fault` finds nothing wrong.
    fn sound<T: for<'d> Deserialize<'d>>(
        &mut self,
        kind: &str,
        values: Vec<Value>,
        fault: impl Fn(&T) -> Option<String>,
    ) -> Vec<T> {
        let mut sound = Vec::with_capacity(values.len());
        for (index, value) in values.into_iter().enumerate() {
            let read = serde_json::from_value::<T>(value).map_err(|error| error.to_string());
            match read.and_then(|item| fault(&item).map_or(Ok(item), Err)) {
                Ok(item) => sound.push(item),
                Err(what) => {
                    let reason = format!("document {}, {kind} {}: {what}", self.id, index + 1);
                    self.faults.push(InputError::new(self.name, Some(self.line), reason));
                }
            }
        }
        sound
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ARTICLE: &str = r#"{"id": "a", "text": "Chad met Mali. Mali left.", "events": [
        {"event": "CONSULT", "trigger": "met", "sentence": "Chad met Mali.", "actor": [], "recipient": []},
        {"event": "CONSULT", "trigger": "left", "sentence": "Chad met Mali.", "actor": [], "recipient": []},
        {"event": "CONFER", "trigger": "met", "sentence": "Chad met Mali.", "actor": [], "recipient": []},
        {"event": "CONSULT", "trigger": "met", "sentence": "Chad met Niger.", "actor": [], "recipient": []}
    ]}"#;

    #[test]
    fn a_fault_costs_only_its_event() {
        let reading = read_json("gold.json", ARTICLE);
        assert_eq!(reading.documents.len(), 1);
        assert_eq!(reading.documents[0].events.len(), 1);
        let faults: Vec<String> = reading.faults.iter().map(ToString::to_string).collect();
        assert_eq!(faults.len(), 3);
        assert_eq!(
            faults[0],
            "gold.json:1: document a, event 2: the trigger \"left\" does not occur in the sentence"
        );
        assert!(faults[1].contains("event 3: unknown variant `CONFER`"), "{}", faults[1]);
        assert!(faults[2].contains("event 4: the sentence does not occur in the text"), "{}", faults[2]);
    }

    #[test]
    fn an_article_without_a_frame_is_named_with_its_line() {
        let reading =
            read_json("gold.jsonl", "{\"id\": \"a\", \"text\": \"b\", \"events\": []}\n{\"id\": 5}\n");
        assert_eq!(reading.documents.len(), 1);
        assert!(reading.faults[0].to_string().starts_with("gold.jsonl:2: no annotated article: "));
    }

    #[test]
    fn what_is_written_is_read_back() {
        let first = read_json("gold.json", ARTICLE).documents;
        let written = serde_json::to_string_pretty(&first[0]).expect("it can be written");
        let second = read_json("again.json", &written);
        assert_eq!((second.documents, second.faults), (first, vec![]));
    }
}
