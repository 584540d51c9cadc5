//! From labels to gold, so that later versions can be measured on what was labelled.

use super::labels::{Correction, Label, Verdict};
use crate::gold::{GoldDocument, GoldEvent, GoldParty};
use crate::span::Span;
use crate::system::{SystemDocument, SystemEvent, SystemParty};
use entente_codebook::EventType;
use std::collections::BTreeMap;

/// The labelled documents as gold, in the records' order. Only what was judged is in it: types, actors and
/// recipients, and the stretches that were looked at.
pub fn gold_documents(labels: &[Label], documents: &[SystemDocument]) -> Vec<GoldDocument> {
    let mut gold: BTreeMap<usize, GoldDocument> = BTreeMap::new();
    for label in labels {
        let document = &documents[label.unit.document];
        let Some(text) = document.text.as_deref() else { continue };
        let entry = gold.entry(label.unit.document).or_insert_with(|| empty(document, text));
        let judged = entry.judged.get_or_insert_with(Vec::new);
        if label.unit.is_sentence {
            let sentence = document.sentences[label.unit.index];
            judge_sentence(&label.verdict, document, sentence, text, judged, &mut entry.events);
        } else {
            let event = &document.events[label.unit.index];
            let trigger = event.trigger_span();
            judged.push(if trigger.len() > 0 { trigger } else { event.sentence });
            entry.events.extend(judged_event(&label.verdict, event, text));
        }
    }
    gold.into_values().collect()
}

fn empty(document: &SystemDocument, text: &str) -> GoldDocument {
    GoldDocument {
        id: document.id.clone(),
        title: document.title.clone(),
        published: document.published.clone(),
        publication: document.publication.clone(),
        text: text.to_owned(),
        events: Vec::new(),
        quotes: None,
        people: None,
        judged: None,
    }
}

/// A sentence without records was judged as a whole; of one with records, only where something was missed.
fn judge_sentence(
    verdict: &Verdict,
    document: &SystemDocument,
    sentence: Span,
    text: &str,
    judged: &mut Vec<Span>,
    events: &mut Vec<GoldEvent>,
) {
    let words = sentence.of(text);
    let is_empty = super::strata::events_in(document, sentence).next().is_none();
    if is_empty && !judged.contains(&sentence) {
        judged.push(sentence);
    }
    let Verdict::Missed(Correction { event: Some(event), trigger, actor, recipient }) = verdict else {
        return;
    };
    let trigger = trigger.clone().unwrap_or_default();
    if !is_empty && !trigger.is_empty() {
        judged.extend(Span::find(&words, &trigger).map(|span| span.shifted(sentence.start)));
    }
    let parties = |parties: &Option<Vec<GoldParty>>| parties.clone().unwrap_or_default();
    events.push(gold_event(*event, trigger, words, parties(actor), parties(recipient)));
}

/// The event that there is where one was coded, if there is one.
fn judged_event(verdict: &Verdict, event: &SystemEvent, text: &str) -> Option<GoldEvent> {
    let as_coded = |parties: &[SystemParty]| parties.iter().map(|party| gold_party(party, text)).collect();
    let (actor, recipient): (Vec<GoldParty>, Vec<GoldParty>) =
        (as_coded(&event.actor), as_coded(&event.recipient));
    let sentence = event.sentence.of(text);
    // A trigger whose words stand apart does not occur as such.
    let coded_trigger =
        Some(event.trigger_text().to_owned()).filter(|words| sentence.contains(words.as_str()));
    let coded_trigger = coded_trigger.unwrap_or_default();
    match verdict {
        Verdict::Right => Some(gold_event(event.event, coded_trigger, sentence, actor, recipient)),
        Verdict::Corrected(correction) => Some(gold_event(
            correction.event.unwrap_or(event.event),
            correction.trigger.clone().unwrap_or(coded_trigger),
            sentence,
            correction.actor.clone().unwrap_or(actor),
            correction.recipient.clone().unwrap_or(recipient),
        )),
        Verdict::NoEvent | Verdict::Missed(_) => None,
    }
}

/// Modes, aux, claims and dates were shown to the labeller but not asked for, so the gold leaves them open.
fn gold_event(
    event: EventType,
    trigger: String,
    sentence: String,
    actor: Vec<GoldParty>,
    recipient: Vec<GoldParty>,
) -> GoldEvent {
    GoldEvent {
        event,
        mode: Vec::new(),
        aux: None,
        trigger,
        sentence,
        actor,
        recipient,
        claim: None,
        date: None,
        country: None,
    }
}

/// The party with the name that stands for it in the text: a pronoun gives way to what it means.
fn gold_party(party: &SystemParty, text: &str) -> GoldParty {
    let has_name = !party.name.is_empty() && text.contains(&party.name);
    GoldParty {
        text: if has_name { party.name.clone() } else { party.text.clone() },
        code: Some(party.code.clone().unwrap_or_default()),
        sector: Some(party.sector.clone().unwrap_or_default()),
    }
}
