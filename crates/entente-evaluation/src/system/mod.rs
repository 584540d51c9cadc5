//! Records as any system may write them: of `entente annotate`'s and `entente code`'s fields, those that are
//! measured, and of these only the type of an event is needed.

mod read;

use crate::span::Span;
use entente_codebook::{Aux, EventType};
use entente_coder::record;
use serde::{Deserialize, Deserializer};

pub use read::{RecordReading, read_records};

/// What a system read out of one document.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
pub struct SystemDocument {
    /// The document's id.
    pub id: String,
    /// Title, if there is one.
    pub title: Option<String>,
    /// ISO 8601 day of publication.
    pub published: Option<String>,
    /// Paper, agency or site.
    pub publication: Option<String>,
    /// What all offsets point into.
    pub text: Option<String>,
    /// Sentences in reading order.
    #[serde(default, deserialize_with = "or_default")]
    pub sentences: Vec<Span>,
    /// Events.
    #[serde(default, deserialize_with = "or_default")]
    pub events: Vec<SystemEvent>,
    /// Attributed statements; absent where the records hold events alone.
    #[serde(default = "some_default")]
    pub statements: Option<Vec<SystemStatement>>,
    /// Named people; absent where the records hold events alone.
    #[serde(default = "some_default")]
    pub people: Option<Vec<SystemPerson>>,
    /// Candidates not coded, with the reasons.
    #[serde(default, deserialize_with = "or_default")]
    pub rejected: Vec<SystemRejected>,
}

/// An event of a system.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct SystemEvent {
    /// The event's id; may be empty.
    #[serde(default)]
    pub id: String,
    /// PLOVER type.
    pub event: EventType,
    /// PLOVER modes.
    #[serde(default, deserialize_with = "or_default")]
    pub mode: Vec<String>,
    /// Auxiliary modes.
    #[serde(default, deserialize_with = "or_default")]
    pub aux: Vec<Aux>,
    /// Who acts.
    #[serde(default, deserialize_with = "or_default")]
    pub actor: Vec<SystemParty>,
    /// Whom it is done to.
    #[serde(default, deserialize_with = "or_default")]
    pub recipient: Vec<SystemParty>,
    /// Who asserts it, outermost first.
    #[serde(default, deserialize_with = "or_default")]
    pub claim: Vec<SystemParty>,
    /// ISO 8601 day, month or year.
    pub date: Option<String>,
    /// The words that report it.
    pub trigger: Option<SystemWords>,
    /// The sentence.
    #[serde(default, rename = "text_info", deserialize_with = "or_default")]
    pub sentence: Span,
    /// 0 to 1.
    pub confidence: Option<f64>,
    /// Why it was coded.
    #[serde(default, deserialize_with = "or_default")]
    pub reason: Vec<String>,
}

/// One of those who act, are acted upon or speak.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
pub struct SystemParty {
    /// The words in the text.
    #[serde(default, rename = "entity_text", deserialize_with = "or_default")]
    pub text: String,
    /// Canonical name.
    #[serde(default, rename = "entity_name", deserialize_with = "or_default")]
    pub name: String,
    /// Code of the state or body.
    pub code: Option<String>,
    /// PLOVER sector.
    pub sector: Option<String>,
}

/// Words at their place.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
pub struct SystemWords {
    /// First code point.
    #[serde(default)]
    pub start: usize,
    /// One past the last code point.
    #[serde(default)]
    pub end: usize,
    /// The words there.
    #[serde(default)]
    pub text: String,
}

/// An attributed statement of a system.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct SystemStatement {
    /// Who says it.
    pub speaker: Option<SystemParty>,
    /// What is said.
    pub content: Option<SystemWords>,
}

/// A named person of a system.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct SystemPerson {
    /// Full name.
    pub name: String,
    /// Code of the state or body.
    pub code: Option<String>,
    /// Age in years.
    pub age: Option<u16>,
}

/// A candidate that a system did not code.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct SystemRejected {
    /// The words.
    pub trigger: SystemWords,
    /// Why not.
    pub reason: String,
}

/// Absent and null are both nothing.
fn or_default<'d, D: Deserializer<'d>, T: Default + Deserialize<'d>>(input: D) -> Result<T, D::Error> {
    Ok(Option::<T>::deserialize(input)?.unwrap_or_default())
}

/// A document that lists no statements has none; only records of events alone leave the question open.
fn some_default<T>() -> Option<Vec<T>> {
    Some(Vec::new())
}

impl SystemWords {
    pub(crate) fn span(&self) -> Span {
        Span::new(self.start, self.end)
    }
}

impl SystemEvent {
    /// Where the trigger stands; the empty stretch if that is unknown.
    pub(crate) fn trigger_span(&self) -> Span {
        self.trigger.as_ref().map(SystemWords::span).unwrap_or_default()
    }

    /// The words of the trigger; empty if unknown.
    pub(crate) fn trigger_text(&self) -> &str {
        self.trigger.as_ref().map_or("", |trigger| trigger.text.as_str())
    }
}

impl From<record::Annotation> for SystemDocument {
    fn from(annotation: record::Annotation) -> Self {
        let person =
            |person: record::Person| SystemPerson { name: person.name, code: person.code, age: person.age };
        let statement = |statement: record::Statement| SystemStatement {
            speaker: statement.speaker.map(SystemParty::from),
            content: Some(statement.content.into()),
        };
        let rejected = |rejected: record::Rejected| SystemRejected {
            trigger: rejected.trigger.into(),
            reason: rejected.reason,
        };
        Self {
            id: annotation.id,
            title: annotation.title,
            published: annotation.published,
            publication: annotation.publication,
            text: Some(annotation.text),
            sentences: annotation.sentences.iter().map(|range| Span::new(range.start, range.end)).collect(),
            events: annotation.events.into_iter().map(SystemEvent::from).collect(),
            statements: Some(annotation.statements.into_iter().map(statement).collect()),
            people: Some(annotation.people.into_iter().map(person).collect()),
            rejected: annotation.rejected.into_iter().map(rejected).collect(),
        }
    }
}

impl From<record::Event> for SystemEvent {
    fn from(event: record::Event) -> Self {
        let parties = |entities: Vec<record::Entity>| entities.into_iter().map(SystemParty::from).collect();
        Self {
            id: event.id,
            event: event.event,
            mode: event.mode,
            aux: event.aux,
            actor: parties(event.actor),
            recipient: parties(event.recipient),
            claim: parties(event.claim),
            date: event.date,
            trigger: Some(event.trigger.into()),
            sentence: Span::new(event.text_info.start, event.text_info.end),
            confidence: Some(event.confidence),
            reason: event.reason,
        }
    }
}

impl From<record::Entity> for SystemParty {
    fn from(entity: record::Entity) -> Self {
        Self {
            text: entity.entity_text,
            name: entity.entity_name,
            code: entity.code,
            sector: entity.sector.map(String::from),
        }
    }
}

impl From<record::Quoted> for SystemWords {
    fn from(quoted: record::Quoted) -> Self {
        Self { start: quoted.start, end: quoted.end, text: quoted.text }
    }
}
