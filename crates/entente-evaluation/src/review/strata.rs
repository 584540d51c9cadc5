//! The parts that a sample is drawn from.

use crate::span::Span;
use crate::system::{SystemDocument, SystemEvent};
use entente_codebook::EventType;
use std::collections::BTreeMap;

/// How sure the coder is of an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Band {
    /// Below 0.6, or without a confidence.
    Low,
    /// From 0.6 to below 0.85.
    Middle,
    /// 0.85 and above.
    High,
}

/// What is alike enough to stand for each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Stratum {
    /// Events of one type and of like confidence.
    Events(EventType, Band),
    /// Sentences in which something was coded.
    SentencesWithEvents,
    /// Sentences in which nothing was coded.
    SentencesWithout,
}

impl Stratum {
    pub(crate) fn of_event(event: &SystemEvent) -> Self {
        let band = match event.confidence {
            Some(confidence) if confidence >= 0.85 => Band::High,
            Some(confidence) if confidence >= 0.6 => Band::Middle,
            _ => Band::Low,
        };
        Self::Events(event.event, band)
    }

    pub(crate) fn of_sentence(document: &SystemDocument, sentence: Span) -> Self {
        if events_in(document, sentence).next().is_some() {
            Self::SentencesWithEvents
        } else {
            Self::SentencesWithout
        }
    }

    pub(crate) fn is_of_events(self) -> bool {
        matches!(self, Self::Events(..))
    }
}

/// The events that were coded in a sentence.
pub(crate) fn events_in(document: &SystemDocument, sentence: Span) -> impl Iterator<Item = &SystemEvent> {
    document.events.iter().filter(move |event| event.sentence.overlap(sentence) > 0)
}

/// An event or a sentence of the records: the document's index, and its own in the document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Unit {
    pub(crate) document: usize,
    pub(crate) is_sentence: bool,
    pub(crate) index: usize,
}

/// All events and sentences of the records by stratum, in the records' order. Documents without text cannot be read
/// by a labeller and are left out.
pub(crate) fn units(documents: &[SystemDocument]) -> BTreeMap<Stratum, Vec<Unit>> {
    let mut strata: BTreeMap<Stratum, Vec<Unit>> = BTreeMap::new();
    for (document_index, document) in documents.iter().enumerate() {
        if document.text.is_none() {
            continue;
        }
        for (index, event) in document.events.iter().enumerate() {
            let unit = Unit { document: document_index, is_sentence: false, index };
            strata.entry(Stratum::of_event(event)).or_default().push(unit);
        }
        for (index, sentence) in document.sentences.iter().enumerate() {
            let unit = Unit { document: document_index, is_sentence: true, index };
            strata.entry(Stratum::of_sentence(document, *sentence)).or_default().push(unit);
        }
    }
    strata
}

/// How many to take of each stratum so that all are `total`, or fewer where there are not so many.
///
/// Each stratum has one, then more by the square root of its size: a compromise between the best figure for all and
/// the best for each (Bankier, "Power allocations", The American Statistician 1988, with the power 1/2).
pub(crate) fn allocate(sizes: &[usize], total: usize) -> Vec<usize> {
    let mut taken = vec![0usize; sizes.len()];
    for _ in 0..total.min(sizes.iter().sum()) {
        let open = (0..sizes.len()).filter(|index| taken[*index] < sizes[*index]);
        // Among equals the earlier stratum comes first: `max_by` keeps the last.
        let next =
            open.rev().max_by(|one, two| claim(sizes, &taken, *one).total_cmp(&claim(sizes, &taken, *two)));
        let Some(next) = next else { break };
        taken[next] += 1;
    }
    taken
}

/// How strongly a stratum asks for one more.
fn claim(sizes: &[usize], taken: &[usize], index: usize) -> f64 {
    if taken[index] == 0 {
        return f64::MAX;
    }
    (sizes[index] as f64).sqrt() / taken[index] as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_stratum_has_one_and_the_larger_ones_more() {
        let taken = allocate(&[400, 100, 1, 0], 31);
        assert_eq!(taken, [20, 10, 1, 0]);
    }

    #[test]
    fn no_more_is_taken_than_there_is() {
        assert_eq!(allocate(&[3, 2], 50), [3, 2]);
        assert_eq!(allocate(&[], 50), Vec::<usize>::new());
    }

    #[test]
    fn too_small_a_sample_takes_the_first_strata() {
        assert_eq!(allocate(&[5, 5, 5], 2), [1, 1, 0]);
    }
}
