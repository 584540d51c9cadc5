//! Events for tests, built from as little as a test is about.

use super::profile::{DocumentFacts, DocumentProfile, EventProfile};
use entente_codebook::{Aux, EventType};
use entente_coder::record::{Entity, Event, Location, Quoted, Size, TextInfo};
use std::sync::Arc;

/// A document of one sentence that reports one event.
#[derive(Debug, Clone)]
pub(super) struct Story {
    pub(super) event: Event,
    pub(super) text: String,
    pub(super) published: String,
    pub(super) publication: String,
}

/// An event at a word of a sentence, dated by it.
pub(super) fn story(document: &str, published: &str, text: &str, event: EventType, trigger: &str) -> Story {
    let start = text.find(trigger).expect("the trigger stands in the text");
    let event = Event {
        id: format!("{document}-{trigger}"),
        document_id: document.to_owned(),
        event,
        mode: Vec::new(),
        aux: Vec::new(),
        context: Vec::new(),
        quad_code: 1,
        event_scale: 0.0,
        date: None,
        enddate: None,
        date_reason: None,
        actor: Vec::new(),
        recipient: Vec::new(),
        claim: Vec::new(),
        condition: None,
        content: None,
        event_loc: None,
        trigger: Quoted { start, end: start + trigger.len(), text: trigger.to_owned() },
        text_info: TextInfo { sequence: 1, start: 0, end: text.len() },
        size: Size::default(),
        confidence: 0.9,
        reason: Vec::new(),
        happening_id: None,
        coder: String::new(),
        codebook: String::new(),
    };
    Story {
        event,
        text: text.to_owned(),
        published: published.to_owned(),
        publication: format!("Paper {document}"),
    }
}

impl Story {
    /// The day, stated in the sentence.
    pub(super) fn on(mut self, date: &str) -> Self {
        self.event.date = Some(date.to_owned());
        self.event.date_reason = Some("\"Tuesday\", from the sentence".to_owned());
        self
    }

    /// Name, code and sector of an actor.
    pub(super) fn by(mut self, name: &str, code: &str, sector: &str) -> Self {
        self.event.actor.push(entity(name, code, sector));
        self
    }

    /// Name, code and sector of a recipient.
    pub(super) fn to(mut self, name: &str, code: &str, sector: &str) -> Self {
        self.event.recipient.push(entity(name, code, sector));
        self
    }

    /// Who claims it.
    pub(super) fn claimed_by(mut self, name: &str) -> Self {
        self.event.claim.push(entity(name, "", ""));
        self
    }

    pub(super) fn at(mut self, place: &str, country: &str) -> Self {
        self.event.event_loc = Some(Location {
            extracted_place: place.to_owned(),
            country_code: Some(country.to_owned()),
            geonameid: None,
            lat: None,
            lon: None,
            resolution: None,
        });
        self
    }

    pub(super) fn dead(mut self, number: u64) -> Self {
        self.event.size.dead = Some(number);
        self
    }

    pub(super) fn with(mut self, aux: Aux) -> Self {
        self.event.aux.push(aux);
        self
    }

    pub(super) fn document(&self) -> Arc<DocumentProfile> {
        DocumentProfile::of(&DocumentFacts {
            id: &self.event.document_id,
            published: Some(&self.published),
            publication: Some(&self.publication),
            story: &self.event.document_id,
            text: &self.text,
        })
    }

    pub(super) fn profile(&self) -> EventProfile {
        EventProfile::of(&self.event, &self.document(), &self.text)
    }
}

fn entity(name: &str, code: &str, sector: &str) -> Entity {
    let known = |value: &str| (!value.is_empty()).then(|| value.to_owned());
    Entity {
        entity_text: name.to_owned(),
        start: 0,
        end: 0,
        entity_name: name.to_owned(),
        identifier_id: None,
        code: known(code),
        sector: known(sector).map(Into::into),
        other_sectors: Vec::new(),
        office: None,
        age: None,
        resolved_by: "test".into(),
    }
}
