//! What a labelled sample says of all records.

use super::labels::{Label, Verdict};
use super::strata::{Stratum, Unit, units};
use crate::bootstrap::{Interval, Replicates};
use crate::calibration::{Calibration, Judged};
use crate::figures::{Estimate, rounded};
use crate::random::Random;
use crate::system::SystemDocument;
use crate::wilson::wilson;
use entente_codebook::EventType;
use serde::Serialize;
use std::collections::BTreeMap;

/// How good records are by a labelled sample.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Review {
    /// Events that bear a label.
    pub events_labelled: usize,
    /// Sentences that bear a label.
    pub sentences_labelled: usize,
    /// Events of the records.
    pub events: usize,
    /// Sentences of the records.
    pub sentences: usize,
    /// The share of the events whose type is right.
    pub precision: WeightedShare,
    /// The share whose actors and recipients are right, too.
    pub dyad_precision: WeightedShare,
    /// By type.
    pub types: Vec<TypePrecision>,
    /// Of all events of the texts, the share that was coded with the right type; absent where no sentence is
    /// labelled.
    pub recall: Estimate,
    /// Events that the coder missed, as estimated for all sentences; absent as the recall is.
    pub events_missed: Option<f64>,
    /// Whether the confidence can be believed.
    pub calibration: Option<Calibration>,
    /// Events of parts from which no event is labelled; the figures do not cover them.
    pub events_not_covered: usize,
}

/// A share, weighted for the sampling.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct WeightedShare {
    /// How many labelled events are right.
    pub right: usize,
    /// How many are labelled.
    pub labelled: usize,
    /// The share of all, with Wilson's interval on the effective size of the sample.
    #[serde(flatten)]
    pub share: Estimate,
}

/// The precision of one type.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct TypePrecision {
    /// The type.
    pub event: EventType,
    /// Its events in the records.
    pub events: usize,
    /// The share whose type is right.
    #[serde(flatten)]
    pub precision: WeightedShare,
}

/// What one labelled event or sentence adds.
#[derive(Debug, Clone, Copy, Default)]
struct Observation {
    is_right: bool,
    is_dyad_right: bool,
    /// Events of the text that were not coded, or not with their type.
    missed: usize,
    confidence: Option<f64>,
}

/// One part of the records with its labelled units.
struct Part {
    stratum: Stratum,
    size: usize,
    observations: Vec<Observation>,
}

impl Part {
    /// For how many units of the records a labelled one stands.
    fn weight(&self) -> f64 {
        self.size as f64 / self.observations.len() as f64
    }
}

/// Estimates the quality of records from labels on a sample of them.
pub fn review(labels: &[Label], documents: &[SystemDocument]) -> Review {
    let all_parts = parts(labels, documents);
    let count = |of_events: bool| -> usize {
        all_parts.iter().filter(|part| part.stratum.is_of_events() == of_events).map(|part| part.size).sum()
    };
    let (events, sentences) = (count(true), count(false));
    let covered: Vec<Part> = all_parts.into_iter().filter(|part| !part.observations.is_empty()).collect();
    let of_events: Vec<&Part> = covered.iter().filter(|part| part.stratum.is_of_events()).collect();
    let labelled = |is_event: bool| -> usize {
        let parts = covered.iter().filter(|part| part.stratum.is_of_events() == is_event);
        parts.map(|part| part.observations.len()).sum()
    };
    let has_sentences = labelled(false) > 0;
    let (found, missed) = found_and_missed(&covered, |part| part.observations.clone());
    Review {
        events_labelled: labelled(true),
        sentences_labelled: labelled(false),
        events,
        sentences,
        precision: weighted_share(&of_events, |observation| observation.is_right),
        dyad_precision: weighted_share(&of_events, |observation| observation.is_dyad_right),
        types: type_precisions(&of_events),
        recall: if has_sentences {
            recall(&covered, found, missed)
        } else {
            Estimate { value: None, interval: None }
        },
        events_missed: has_sentences.then(|| rounded(missed)),
        calibration: Calibration::of(&judged(&of_events)),
        events_not_covered: events - of_events.iter().map(|part| part.size).sum::<usize>(),
    }
}

/// Every part of the records with the labels that fall into it.
fn parts(labels: &[Label], documents: &[SystemDocument]) -> Vec<Part> {
    let mut observed: BTreeMap<Unit, Observation> = BTreeMap::new();
    for label in labels {
        let observation = observed.entry(label.unit).or_default();
        match &label.verdict {
            Verdict::Right => {
                observation.is_right = true;
                observation.is_dyad_right = true;
            }
            Verdict::NoEvent => {}
            Verdict::Corrected(correction) => {
                let coded = documents[label.unit.document].events[label.unit.index].event;
                observation.is_right = correction.event.is_none_or(|event| event == coded);
                observation.missed = usize::from(!observation.is_right);
            }
            Verdict::Missed(_) => observation.missed += 1,
        }
        if !label.unit.is_sentence {
            observation.confidence = documents[label.unit.document].events[label.unit.index].confidence;
        }
    }
    let strata = units(documents).into_iter();
    strata
        .map(|(stratum, units)| Part {
            stratum,
            size: units.len(),
            observations: units.iter().filter_map(|unit| observed.get(unit).copied()).collect(),
        })
        .collect()
}

/// The share of events for which `holds`, each part weighted by its size. The interval is Wilson's on Kish's
/// effective sample size, the squared sum of the weights over the sum of their squares (Kish, "Survey sampling",
/// 1965, section 11.7).
fn weighted_share(parts: &[&Part], holds: impl Fn(&Observation) -> bool) -> WeightedShare {
    let (mut right, mut labelled) = (0usize, 0usize);
    let (mut weight_right, mut weight_all, mut weight_squares) = (0.0, 0.0, 0.0);
    for part in parts {
        let (weight, count) = (part.weight(), part.observations.len());
        let hits = part.observations.iter().filter(|observation| holds(observation)).count();
        right += hits;
        labelled += count;
        weight_right += weight * hits as f64;
        weight_all += weight * count as f64;
        weight_squares += weight * weight * count as f64;
    }
    if labelled == 0 {
        return WeightedShare { right, labelled, share: Estimate { value: None, interval: None } };
    }
    let share = weight_right / weight_all;
    let effective_size = weight_all * weight_all / weight_squares;
    let estimate = Estimate { value: Some(rounded(share)), interval: wilson(share, effective_size) };
    WeightedShare { right, labelled, share: estimate }
}

fn type_precisions(parts: &[&Part]) -> Vec<TypePrecision> {
    let of_type = |event: EventType| -> Vec<&Part> {
        let is_of_type = |part: &&Part| matches!(part.stratum, Stratum::Events(of, _) if of == event);
        parts.iter().copied().filter(is_of_type).collect()
    };
    EventType::all()
        .map(|event| (event, of_type(event)))
        .filter(|(_, parts)| !parts.is_empty())
        .map(|(event, parts)| TypePrecision {
            event,
            events: parts.iter().map(|part| part.size).sum(),
            precision: weighted_share(&parts, |observation| observation.is_right),
        })
        .collect()
}

/// How many events of the records have the right type, and how many of the texts were missed, as the observations
/// that `observe` takes from each part say.
fn found_and_missed(parts: &[Part], mut observe: impl FnMut(&Part) -> Vec<Observation>) -> (f64, f64) {
    let (mut found, mut missed) = (0.0, 0.0);
    for part in parts {
        let weight = part.weight();
        for observation in observe(part) {
            found += if observation.is_right && part.stratum.is_of_events() { weight } else { 0.0 };
            missed += weight * observation.missed as f64;
        }
    }
    (found, missed)
}

/// Found events over found and missed ones. The interval is a bootstrap within the parts.
fn recall(parts: &[Part], found: f64, missed: f64) -> Estimate {
    let share = |found: f64, missed: f64| (found + missed > 0.0).then(|| found / (found + missed));
    let replicates = Replicates::run(|random| {
        let (found, missed) = found_and_missed(parts, |part| redrawn(part, random));
        vec![share(found, missed)]
    });
    let value = share(found, missed);
    let interval: Option<Interval> = value.and_then(|_| replicates.interval(0));
    Estimate { value: value.map(rounded), interval }
}

fn redrawn(part: &Part, random: &mut Random) -> Vec<Observation> {
    let count = part.observations.len();
    (0..count).map(|_| part.observations[random.below(count)]).collect()
}

fn judged(parts: &[&Part]) -> Vec<Judged> {
    let mut judged = Vec::new();
    for part in parts {
        for observation in &part.observations {
            let Some(confidence) = observation.confidence else { continue };
            judged.push(Judged { confidence, is_right: observation.is_right, weight: part.weight() });
        }
    }
    judged
}

#[cfg(test)]
mod tests {
    use super::*;

    fn part(size: usize, right: usize, wrong: usize, missed: usize, stratum: Stratum) -> Part {
        let seen = |is_right: bool, missed: usize| Observation { is_right, missed, ..Observation::default() };
        let mut observations = vec![seen(true, 0); right];
        observations.extend(vec![seen(false, 0); wrong]);
        observations.extend(vec![seen(false, 1); missed]);
        Part { stratum, size, observations }
    }

    fn events(size: usize, right: usize, wrong: usize) -> Part {
        part(size, right, wrong, 0, Stratum::Events(EventType::Aid, super::super::strata::Band::High))
    }

    #[test]
    fn parts_count_by_their_size() {
        let (large, small) = (events(90, 9, 1), events(10, 1, 9));
        let share = weighted_share(&[&large, &small], |observation| observation.is_right);
        assert_eq!((share.right, share.labelled, share.share.value), (10, 20, Some(0.82)));
        // Kish: 100² / (10 × 9² + 10 × 1²) = 12.2 effective labels.
        assert_eq!(share.share.interval, wilson(0.82, 10_000.0 / 820.0));
    }

    #[test]
    fn an_even_sample_has_wilsons_interval() {
        let even = events(1_000, 81, 182);
        let share = weighted_share(&[&even], |observation| observation.is_right);
        let interval = share.share.interval.expect("there are labels");
        assert!(
            (interval.low - 0.2553).abs() < 5e-5 && (interval.high - 0.3662).abs() < 5e-5,
            "{interval:?}"
        );
    }

    #[test]
    fn recall_weighs_what_was_missed_by_all_sentences() {
        // 100 events of which 80 are right; 1,000 sentences of which one in fifty hides an event.
        let parts = [events(100, 40, 10), part(1_000, 49, 0, 1, Stratum::SentencesWithout)];
        let (found, missed) = found_and_missed(&parts, |part| part.observations.clone());
        assert!((found - 80.0).abs() < 1e-9 && (missed - 20.0).abs() < 1e-9, "{found} {missed}");
        let recall = recall(&parts, found, missed);
        assert_eq!(recall.value, Some(0.8));
        let interval = recall.interval.expect("there are labels");
        assert!(interval.low < 0.7 && interval.high > 0.9, "{interval:?}");
    }
}
