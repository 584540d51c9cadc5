//! Does a confidence of 0.8 mean that four in five are right?
//!
//! Ten bins of equal width; the expected calibration error is the mean distance between confidence and share right
//! in the bins, weighted by their events (Guo, Pleiss, Sun and Weinberger, "On calibration of modern neural
//! networks", ICML 2017).

use crate::figures::rounded;
use serde::Serialize;

const BINS: usize = 10;

/// An event with its confidence, and whether it is right.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Judged {
    /// 0 to 1.
    pub confidence: f64,
    /// Whether its type is right.
    pub is_right: bool,
    /// For how many events it stands.
    pub weight: f64,
}

/// How confidence and truth go together.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Calibration {
    /// Expected calibration error, 0 to 1.
    pub expected_calibration_error: f64,
    /// The bins that hold events.
    pub bins: Vec<CalibrationBin>,
}

/// The events of one tenth of the scale.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CalibrationBin {
    /// From this confidence on.
    pub from: f64,
    /// Up to this one.
    pub to: f64,
    /// How many events were judged.
    pub events: usize,
    /// Their mean confidence.
    pub confidence: f64,
    /// The share of them that is right.
    pub right: f64,
}

#[derive(Clone, Copy, Default)]
struct Sums {
    events: usize,
    weight: f64,
    confidence: f64,
    right: f64,
}

impl Calibration {
    /// The calibration of these events; nothing without any.
    pub(crate) fn of(judged: &[Judged]) -> Option<Self> {
        let mut sums = [Sums::default(); BINS];
        for event in judged {
            let bin = ((event.confidence.clamp(0.0, 1.0) * BINS as f64) as usize).min(BINS - 1);
            sums[bin].events += 1;
            sums[bin].weight += event.weight;
            sums[bin].confidence += event.weight * event.confidence;
            sums[bin].right += if event.is_right { event.weight } else { 0.0 };
        }
        let total: f64 = sums.iter().map(|sum| sum.weight).sum();
        if total <= 0.0 {
            return None;
        }
        let error: f64 = sums.iter().map(|sum| (sum.confidence - sum.right).abs()).sum();
        let filled = sums.iter().enumerate().filter(|(_, sum)| sum.weight > 0.0);
        let bins = filled.map(|(index, sum)| CalibrationBin {
            from: rounded(index as f64 / BINS as f64),
            to: rounded((index + 1) as f64 / BINS as f64),
            events: sum.events,
            confidence: rounded(sum.confidence / sum.weight),
            right: rounded(sum.right / sum.weight),
        });
        Some(Self { expected_calibration_error: rounded(error / total), bins: bins.collect() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn judged(confidence: f64, is_right: bool) -> Judged {
        Judged { confidence, is_right, weight: 1.0 }
    }

    #[test]
    fn the_error_is_the_mean_distance_in_the_bins() {
        let events = [judged(0.9, true), judged(0.9, false), judged(0.2, false), judged(0.2, false)];
        let calibration = Calibration::of(&events).expect("there are events");
        // (2 × |0.9 − 0.5| + 2 × |0.2 − 0|) / 4
        assert_eq!(calibration.expected_calibration_error, 0.3);
        assert_eq!(calibration.bins.len(), 2);
        assert_eq!((calibration.bins[1].from, calibration.bins[1].right), (0.9, 0.5));
    }

    #[test]
    fn full_confidence_belongs_to_the_last_bin() {
        let calibration = Calibration::of(&[judged(1.0, true)]).expect("there is an event");
        assert_eq!((calibration.bins[0].from, calibration.expected_calibration_error), (0.9, 0.0));
    }

    #[test]
    fn an_event_may_stand_for_several() {
        let three = Judged { weight: 3.0, ..judged(0.5, true) };
        let calibration = Calibration::of(&[three, judged(0.5, false)]).expect("there are events");
        assert_eq!((calibration.bins[0].right, calibration.bins[0].events), (0.75, 2));
        assert_eq!(Calibration::of(&[]), None);
    }
}
