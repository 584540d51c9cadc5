//! Draws the rows that are to be labelled.

use super::sheet::SheetRow;
use super::strata::{Stratum, Unit, allocate, events_in, units};
use crate::misses::shown;
use crate::random::Random;
use crate::span::Span;
use crate::system::{SystemDocument, SystemParty};

/// Of the rows, one in four is a sentence in which to look for what was missed.
const SENTENCE_SHARE: usize = 4;

/// How to draw.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SampleOptions {
    /// How many rows.
    pub size: usize,
    /// The same seed draws the same rows from the same records.
    pub seed: u64,
}

/// A sample.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sample {
    /// The rows, in the records' order, so that a labeller reads an article once.
    pub rows: Vec<SheetRow>,
    /// Documents that cannot be sampled, since their records lack the text.
    pub without_text: Vec<String>,
}

/// Draws events by type and confidence, and sentences with and without events. Where there are too few of the one,
/// more of the other are drawn.
pub fn sample(documents: &[SystemDocument], options: SampleOptions) -> Sample {
    let strata = units(documents);
    let total = |of_events: bool| -> usize {
        strata
            .iter()
            .filter(|(stratum, _)| stratum.is_of_events() == of_events)
            .map(|(_, units)| units.len())
            .sum()
    };
    let sentences_wanted = options.size / SENTENCE_SHARE;
    let events_taken = (options.size - sentences_wanted).min(total(true));
    let sentences_taken = (options.size - events_taken).min(total(false));
    let events_taken = (options.size - sentences_taken).min(total(true));
    let mut random = Random::new(options.seed);
    let mut drawn: Vec<Unit> = Vec::new();
    for (of_events, wanted) in [(true, events_taken), (false, sentences_taken)] {
        let parts: Vec<(&Stratum, &Vec<Unit>)> =
            strata.iter().filter(|(stratum, _)| stratum.is_of_events() == of_events).collect();
        let sizes: Vec<usize> = parts.iter().map(|(_, units)| units.len()).collect();
        for ((_, units), count) in parts.into_iter().zip(allocate(&sizes, wanted)) {
            let mut shuffled = units.clone();
            random.shuffle(&mut shuffled);
            drawn.extend(shuffled.into_iter().take(count));
        }
    }
    drawn.sort_by_key(|unit| (unit.document, place(documents, *unit).start, unit.is_sentence, unit.index));
    let without_text = documents.iter().filter(|document| document.text.is_none());
    Sample {
        rows: drawn.into_iter().map(|unit| row(&documents[unit.document], unit)).collect(),
        without_text: without_text.map(|document| document.id.clone()).collect(),
    }
}

/// Where a unit stands in its text: the trigger of an event, the whole of a sentence.
fn place(documents: &[SystemDocument], unit: Unit) -> Span {
    let document = &documents[unit.document];
    if unit.is_sentence { document.sentences[unit.index] } else { document.events[unit.index].sentence }
}

fn row(document: &SystemDocument, unit: Unit) -> SheetRow {
    let text = document.text.as_deref().unwrap_or_default();
    let span =
        if unit.is_sentence { document.sentences[unit.index] } else { document.events[unit.index].sentence };
    let here = document.sentences.iter().position(|sentence| sentence.overlap(span) > 0);
    let neighbour = |index: Option<usize>| {
        index.and_then(|index| document.sentences.get(index)).map(|span| span.of(text)).unwrap_or_default()
    };
    let around = SheetRow {
        document_id: document.id.clone(),
        item: item(unit),
        before: neighbour(here.and_then(|index| index.checked_sub(1))),
        sentence: span.of(text),
        after: neighbour(here.map(|index| index + 1)),
        ..SheetRow::default()
    };
    if unit.is_sentence {
        let found: Vec<String> = events_in(document, span)
            .map(|event| format!("{} at \"{}\"", event.event, event.trigger_text()))
            .collect();
        return SheetRow { found: found.join("; "), ..around };
    }
    let event = &document.events[unit.index];
    let aux: Vec<&str> = event.aux.iter().map(|aux| aux.as_str()).collect();
    SheetRow {
        event: event.event.to_string(),
        mode: event.mode.join("; "),
        aux: aux.join("; "),
        date: event.date.clone().unwrap_or_default(),
        trigger: event.trigger_text().to_owned(),
        actor: parties(&event.actor),
        recipient: parties(&event.recipient),
        claim: parties(&event.claim),
        ..around
    }
}

/// What a row calls its event or sentence.
pub(crate) fn item(unit: Unit) -> String {
    format!("{} {}", if unit.is_sentence { "sentence" } else { "event" }, unit.index)
}

/// "Russia (RUS GOV); Belarus (BLR GOV)"
fn parties(parties: &[SystemParty]) -> String {
    let named = parties.iter().map(|party| {
        let name = if party.name.is_empty() { &party.text } else { &party.name };
        let nameless =
            SystemParty { code: party.code.clone(), sector: party.sector.clone(), ..SystemParty::default() };
        let code = shown(&nameless);
        if code.is_empty() { name.clone() } else { format!("{name} ({code})") }
    });
    named.collect::<Vec<_>>().join("; ")
}
