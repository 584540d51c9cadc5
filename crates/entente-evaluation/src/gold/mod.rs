//! Articles with the events, statements and people that a reader found in them.

mod json;
mod table;

use crate::span::Span;
use entente_codebook::{Aux, EventType};
use serde::{Deserialize, Serialize};

pub use json::read_json;
pub(crate) use table::csv_reason;
pub use table::{GivenText, read_csv};

/// One annotated article. What was not annotated is absent and is not measured.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct GoldDocument {
    /// The document's id, as in the records.
    pub id: String,
    /// Title, if there is one.
    pub title: Option<String>,
    /// ISO 8601 day of publication.
    pub published: Option<String>,
    /// Paper, agency or site.
    pub publication: Option<String>,
    /// What everything below is quoted from.
    pub text: String,
    /// Events in any order.
    pub events: Vec<GoldEvent>,
    /// Attributed statements.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub quotes: Option<Vec<GoldQuote>>,
    /// Named people.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub people: Option<Vec<GoldPerson>>,
    /// The stretches that were read for events, where that is not the whole text: elsewhere a record that matches
    /// no gold event is neither right nor wrong.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub judged: Option<Vec<Span>>,
}

/// An event of the gold.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct GoldEvent {
    /// PLOVER type.
    pub event: EventType,
    /// PLOVER modes; without any, the mode is not measured.
    #[serde(default)]
    pub mode: Vec<String>,
    /// Auxiliary modes; absent where they were not annotated.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub aux: Option<Vec<Aux>>,
    /// The words that report it, as in the sentence; empty if unknown.
    #[serde(default)]
    pub trigger: String,
    /// The sentence, exactly as in the text.
    pub sentence: String,
    /// Who acts.
    pub actor: Vec<GoldParty>,
    /// Whom it is done to.
    pub recipient: Vec<GoldParty>,
    /// Who asserts it, outermost first; absent where it was not annotated.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub claim: Option<Vec<GoldParty>>,
    /// ISO 8601 day, month or year; without one, the date is not measured.
    #[serde(default)]
    pub date: Option<String>,
    /// ISO 3166-1 alpha-3 of the country where it took place; not measured.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
}

/// One of those who act, are acted upon or speak.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct GoldParty {
    /// The words in the text.
    #[serde(default)]
    pub text: String,
    /// Code of the state or body; empty if unknown.
    #[serde(default)]
    pub code: Option<String>,
    /// PLOVER sector, empty if it has none; absent where sectors were not annotated.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sector: Option<String>,
}

/// An attributed statement of the gold.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct GoldQuote {
    /// Who says it.
    pub speaker: GoldParty,
    /// What is said, exactly as in the text.
    pub content: String,
    /// The attributing words.
    #[serde(default)]
    pub cue: String,
    /// direct, indirect or mixed.
    #[serde(default)]
    pub kind: String,
}

/// A named person of the gold.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct GoldPerson {
    /// Full name in the article.
    pub name: String,
    /// Office or description as stated.
    #[serde(default)]
    pub office: Option<String>,
    /// Code of the state or body the person belongs to; empty if unknown.
    #[serde(default)]
    pub code: Option<String>,
    /// PLOVER sector.
    #[serde(default)]
    pub sector: Option<String>,
    /// Age in years, if stated.
    #[serde(default)]
    pub age: Option<u16>,
}

impl GoldEvent {
    /// Sentence and trigger in the text, at the sentence's first occurrence there and the trigger's first in the
    /// sentence; empty stretches where they do not occur.
    pub(crate) fn spans(&self, text: &str) -> (Span, Span) {
        let Some(sentence) = Span::find(text, &self.sentence) else {
            return (Span::default(), Span::default());
        };
        let trigger = Span::find(&self.sentence, &self.trigger).unwrap_or_default();
        (sentence, trigger.shifted(sentence.start))
    }

    /// What keeps the event from being found in the text, if anything does.
    fn misplaced(&self, text: &str) -> Option<String> {
        if self.sentence.trim().is_empty() {
            return Some("no sentence".to_owned());
        }
        if !text.contains(&self.sentence) {
            return Some(format!(
                "the sentence does not occur in the text: \"{}\"",
                shortened(&self.sentence)
            ));
        }
        if !self.sentence.contains(&self.trigger) {
            return Some(format!("the trigger \"{}\" does not occur in the sentence", self.trigger));
        }
        None
    }
}

/// What was read from a gold file: the sound part of it, and what is wrong with the rest.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct GoldReading {
    /// Documents with the sound ones of their events.
    pub documents: Vec<GoldDocument>,
    /// Each fault with its place.
    pub faults: Vec<crate::InputError>,
}

/// The beginning of a sentence, for messages.
fn shortened(sentence: &str) -> String {
    const SHOWN: usize = 60;
    if sentence.chars().count() <= SHOWN {
        return sentence.to_owned();
    }
    sentence.chars().take(SHOWN).chain("…".chars()).collect()
}
