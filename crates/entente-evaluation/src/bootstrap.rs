//! Intervals by the bootstrap: documents are drawn anew, with replacement, and the figures computed again.
//!
//! Whole documents are drawn because the events of one article hang together. The interval is the percentile
//! interval (Efron and Tibshirani, "An introduction to the bootstrap", 1993, chapter 13). The seed is fixed, so the
//! same input has the same intervals.

use crate::random::Random;
use serde::Serialize;

/// How often documents are drawn anew.
pub const RESAMPLES: usize = 1_000;

/// Any number would do; it must only stay the same.
const SEED: u64 = 20_211_216;

/// A 95 % interval.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Interval {
    /// Lower bound.
    pub low: f64,
    /// Upper bound.
    pub high: f64,
}

/// The values of several figures in every resample, figure by figure. A figure that a resample leaves undefined has
/// no value from it.
pub(crate) struct Replicates {
    by_figure: Vec<Vec<f64>>,
}

impl Replicates {
    /// Draws as many of `size` items as there are, [`RESAMPLES`] times, and hands each draw's indices to
    /// `statistic`, which gives the figures, always the same number of them in the same order.
    ///
    /// With fewer than two items there is nothing to draw from, and no values.
    pub(crate) fn draw(size: usize, mut statistic: impl FnMut(&[usize]) -> Vec<Option<f64>>) -> Self {
        if size < 2 {
            return Self { by_figure: Vec::new() };
        }
        let mut drawn = vec![0usize; size];
        Self::run(|random| {
            drawn.fill_with(|| random.below(size));
            statistic(&drawn)
        })
    }

    /// Asks `statistic`, which does its own drawing, [`RESAMPLES`] times for the figures.
    pub(crate) fn run(mut statistic: impl FnMut(&mut Random) -> Vec<Option<f64>>) -> Self {
        let mut by_figure: Vec<Vec<f64>> = Vec::new();
        let mut random = Random::new(SEED);
        for _ in 0..RESAMPLES {
            let figures = statistic(&mut random);
            by_figure.resize_with(figures.len(), Vec::new);
            for (values, figure) in by_figure.iter_mut().zip(figures) {
                values.extend(figure);
            }
        }
        for values in &mut by_figure {
            values.sort_by(f64::total_cmp);
        }
        Self { by_figure }
    }

    /// The interval of a figure by its place in the statistic.
    pub(crate) fn interval(&self, figure: usize) -> Option<Interval> {
        let values = self.by_figure.get(figure)?;
        Some(Interval { low: quantile(values, 0.025)?, high: quantile(values, 0.975)? })
    }

    /// The share of resamples whose value is at or below 0, and at or above 0.
    pub(crate) fn shares_around_zero(&self, figure: usize) -> Option<(f64, f64)> {
        let values = self.by_figure.get(figure).filter(|values| !values.is_empty())?;
        let share = |count: usize| count as f64 / values.len() as f64;
        let below = values.iter().filter(|value| **value <= 0.0).count();
        let above = values.iter().filter(|value| **value >= 0.0).count();
        Some((share(below), share(above)))
    }
}

/// A quantile of sorted values, linear between neighbours (type 7 of Hyndman and Fan, "Sample quantiles in
/// statistical packages", 1996).
fn quantile(sorted: &[f64], share: f64) -> Option<f64> {
    let last = sorted.len().checked_sub(1)?;
    let place = share * last as f64;
    let below = place.floor() as usize;
    let above = (below + 1).min(last);
    let rest = place - below as f64;
    Some(sorted[below] + rest * (sorted[above] - sorted[below]))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mean_interval(values: &[f64]) -> Option<Interval> {
        let mean = |drawn: &[usize]| {
            vec![Some(drawn.iter().map(|index| values[*index]).sum::<f64>() / drawn.len() as f64)]
        };
        Replicates::draw(values.len(), mean).interval(0)
    }

    #[test]
    fn quantiles_are_linear_between_neighbours() {
        let values = [1.0, 2.0, 3.0, 4.0];
        assert_eq!(quantile(&values, 0.0), Some(1.0));
        assert_eq!(quantile(&values, 0.5), Some(2.5));
        assert_eq!(quantile(&values, 1.0), Some(4.0));
        assert_eq!(quantile(&[], 0.5), None);
    }

    #[test]
    fn what_does_not_vary_has_an_interval_of_no_width() {
        assert_eq!(
            mean_interval(&[0.4; 10]).map(|interval| interval.high - interval.low < 1e-12),
            Some(true)
        );
    }

    /// The mean of 100 tosses, half of them heads, has the standard error 0.05, and so an interval of 0.5 ± 0.098.
    #[test]
    fn the_interval_of_a_mean_is_that_of_the_normal_distribution() {
        let tosses: Vec<f64> = (0..100).map(|index| f64::from(index % 2)).collect();
        let interval = mean_interval(&tosses).expect("there are values");
        assert!((interval.low - 0.402).abs() < 0.015, "{interval:?}");
        assert!((interval.high - 0.598).abs() < 0.015, "{interval:?}");
    }

    #[test]
    fn more_documents_make_the_interval_narrower() {
        let width = |size: usize| {
            let values: Vec<f64> = (0..size).map(|index| (index % 3) as f64).collect();
            mean_interval(&values).map(|interval| interval.high - interval.low).expect("there are values")
        };
        assert!(width(400) < 0.6 * width(100), "{} and {}", width(400), width(100));
    }

    #[test]
    fn one_document_has_no_interval() {
        assert_eq!(mean_interval(&[0.4]), None);
    }

    #[test]
    fn the_same_values_have_the_same_interval() {
        let values: Vec<f64> = (0..30).map(f64::from).collect();
        assert_eq!(mean_interval(&values), mean_interval(&values));
    }
}
