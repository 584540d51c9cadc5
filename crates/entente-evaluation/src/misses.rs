//! What was not found, and what was found that is not there, each with the reason that the records give.

use crate::gold::GoldParty;
use crate::matched::Matched;
use crate::span::Span;
use crate::system::{SystemEvent, SystemParty, SystemRejected};
use entente_codebook::EventType;
use serde::Serialize;

/// Why a gold event was not found as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum MissKind {
    /// The type was found, with other actors or recipients.
    OtherParties,
    /// The same words were coded as another type.
    OtherType,
    /// The same words were a candidate and were rejected.
    Rejected,
    /// The record of this type in the sentence belongs to another gold event.
    TakenByAnother,
    /// Other words of the sentence were coded as another type.
    OtherTypeNearby,
    /// Other words of the sentence were a candidate and were rejected.
    RejectedNearby,
    /// No record and no candidate in the sentence.
    Nothing,
}

impl MissKind {
    /// The name in records.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::OtherParties => "other_parties",
            Self::OtherType => "other_type",
            Self::Rejected => "rejected",
            Self::TakenByAnother => "taken_by_another",
            Self::OtherTypeNearby => "other_type_nearby",
            Self::RejectedNearby => "rejected_nearby",
            Self::Nothing => "nothing",
        }
    }
}

/// A gold event that was not found, or not with its parties.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Miss {
    /// The document.
    pub document_id: String,
    /// The gold's type.
    pub event: EventType,
    /// The gold's trigger.
    pub trigger: String,
    /// Those who act: code and sector, or the words where there is no code.
    pub actor: Vec<String>,
    /// Those acted upon.
    pub recipient: Vec<String>,
    /// The sentence.
    pub sentence: String,
    /// What became of it.
    pub kind: MissKind,
    /// What is there instead, and why.
    pub why: String,
}

/// A record that matches no gold event of its type.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FalseAlarm {
    /// The document.
    pub document_id: String,
    /// The record's type.
    pub event: EventType,
    /// The record's trigger.
    pub trigger: String,
    /// Those who act: code and sector, or the words where there is no code.
    pub actor: Vec<String>,
    /// Those acted upon.
    pub recipient: Vec<String>,
    /// The sentence.
    pub sentence: String,
    /// What the gold has there.
    pub why: String,
    /// The record's confidence.
    pub confidence: Option<f64>,
    /// Why the coder coded it.
    pub reason: Vec<String>,
}

impl Matched<'_> {
    /// The gold events that were not found as they are, in the gold's order.
    pub(crate) fn misses(&self) -> Vec<Miss> {
        let misses = (0..self.gold.events.len()).filter_map(|index| {
            let (kind, why) = self.verdict(index)?;
            let event = &self.gold.events[index];
            Some(Miss {
                document_id: self.gold.id.clone(),
                event: event.event,
                trigger: event.trigger.clone(),
                actor: event.actor.iter().map(shown_gold).collect(),
                recipient: event.recipient.iter().map(shown_gold).collect(),
                sentence: event.sentence.clone(),
                kind,
                why,
            })
        });
        misses.collect()
    }

    /// The records that match no gold event of their type, in the records' order.
    pub(crate) fn false_alarms(&self) -> Vec<FalseAlarm> {
        let alarms = self.matching.right_alone.iter().map(|index| {
            let event = &self.system.events[*index];
            FalseAlarm {
                document_id: self.gold.id.clone(),
                event: event.event,
                trigger: event.trigger_text().to_owned(),
                actor: event.actor.iter().map(shown).collect(),
                recipient: event.recipient.iter().map(shown).collect(),
                sentence: event.sentence.of(&self.gold.text),
                why: self.surplus(*index),
                confidence: event.confidence,
                reason: event.reason.clone(),
            }
        });
        alarms.collect()
    }

    /// What became of a gold event; nothing if it was found with its parties.
    fn verdict(&self, index: usize) -> Option<(MissKind, String)> {
        let view = &self.gold_views[index];
        if let Some((_, coded)) = self.matching.same_type.iter().find(|pair| pair.0 == index) {
            let found = &self.system_views[*coded];
            if view.has_same_parties(found) {
                return None;
            }
            let how = if view.is_swapped(found) { "actor and recipient swapped" } else { "found with" };
            let parties = shown_parties(&self.system.events[*coded]);
            return Some((MissKind::OtherParties, format!("{how}: {parties}")));
        }
        let confused = self.matching.other_type.iter().find(|pair| pair.0 == index).map(|pair| pair.1);
        if let Some(coded) = confused.filter(|coded| view.shares_trigger(&self.system_views[*coded])) {
            return Some((MissKind::OtherType, described("coded as", &self.system.events[coded])));
        }
        if let Some(rejected) = self.rejected_at(view.trigger) {
            return Some((MissKind::Rejected, format!("rejected: {}", rejected.reason)));
        }
        let taken = self.matching.same_type.iter().find(|(gold, coded)| {
            self.gold_views[*gold].event == view.event && self.system_views[*coded].shares_sentence(view)
        });
        if let Some((_, coded)) = taken {
            let words = self.system.events[*coded].trigger_text();
            let why = format!("the {} at \"{words}\" is matched with another gold event", view.event);
            return Some((MissKind::TakenByAnother, why));
        }
        if let Some(coded) = confused {
            return Some((
                MissKind::OtherTypeNearby,
                described("the sentence has", &self.system.events[coded]),
            ));
        }
        if let Some(rejected) = self.nearest_rejected(view.sentence, view.trigger) {
            let why = format!("rejected in the sentence: \"{}\", {}", rejected.trigger.text, rejected.reason);
            return Some((MissKind::RejectedNearby, why));
        }
        Some((MissKind::Nothing, "no record and no rejected candidate in the sentence".to_owned()))
    }

    fn rejected_at(&self, trigger: Span) -> Option<&SystemRejected> {
        self.system.rejected.iter().find(|rejected| rejected.trigger.span().overlap(trigger) > 0)
    }

    fn nearest_rejected(&self, sentence: Span, trigger: Span) -> Option<&SystemRejected> {
        let inside =
            self.system.rejected.iter().filter(|rejected| rejected.trigger.span().overlap(sentence) > 0);
        inside.min_by_key(|rejected| rejected.trigger.start.abs_diff(trigger.start))
    }

    /// What the gold has where a false alarm stands.
    fn surplus(&self, index: usize) -> String {
        let view = &self.system_views[index];
        if let Some((gold, _)) = self.matching.other_type.iter().find(|pair| pair.1 == index) {
            let event = &self.gold.events[*gold];
            return format!("the gold has {} at \"{}\"", event.event, event.trigger);
        }
        let told = self.matching.same_type.iter().find(|(gold, _)| {
            self.gold_views[*gold].event == view.event && self.gold_views[*gold].shares_sentence(view)
        });
        if let Some((gold, _)) = told {
            let words = &self.gold.events[*gold].trigger;
            return format!("the gold has one {} here, at \"{words}\", and that is found", view.event);
        }
        "the gold has nothing here".to_owned()
    }
}

fn described(how: &str, event: &SystemEvent) -> String {
    format!("{how} {} at \"{}\": {}", event.event, event.trigger_text(), shown_parties(event))
}

/// "RUS GOV + BLR GOV → UKR"
pub(crate) fn shown_parties(event: &SystemEvent) -> String {
    let list = |parties: &[SystemParty]| {
        let shown: Vec<String> = parties.iter().map(shown).collect();
        if shown.is_empty() { "nobody".to_owned() } else { shown.join(" + ") }
    };
    format!("{} → {}", list(&event.actor), list(&event.recipient))
}

fn shown_gold(party: &GoldParty) -> String {
    shown_as(party.code.as_deref(), party.sector.as_deref(), &party.text)
}

pub(crate) fn shown(party: &SystemParty) -> String {
    let words = if party.text.is_empty() { &party.name } else { &party.text };
    shown_as(party.code.as_deref(), party.sector.as_deref(), words)
}

/// Code and sector; the words where there is no code.
fn shown_as(code: Option<&str>, sector: Option<&str>, words: &str) -> String {
    let parts = [code.unwrap_or_default(), sector.unwrap_or_default()];
    let known: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    if parts[0].is_empty() && !words.is_empty() {
        return [&[words], known.as_slice()].concat().join(" ");
    }
    known.join(" ")
}
