//! How well the other end of each fact is found: mean reciprocal rank and hits, time-aware filtered.

use super::error::ForecastError;
use super::facts::Fact;
use super::forecaster::Forecaster;
use super::questions::{Answered, by_day, questions_of};
use rayon::prelude::*;
use serde::Serialize;

/// Questions that one thread ranks in turn.
const CHUNK: usize = 32;

/// Figures over both directions of all facts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct Figures {
    /// Mean of one by the rank.
    pub mrr: f64,
    /// Share of answers of rank 1.
    pub hits1: f64,
    /// Share of answers of rank 3 or better.
    pub hits3: f64,
    /// Share of answers of rank 10 or better.
    pub hits10: f64,
    /// Questions asked: two for each fact.
    pub questions: usize,
}

impl Figures {
    /// Figures of a list of ranks.
    pub fn of(ranks: &[f64]) -> Self {
        let count = ranks.len().max(1) as f64;
        let within = |limit: f64| ranks.iter().filter(|rank| **rank <= limit).count() as f64 / count;
        Self {
            mrr: ranks.iter().map(|rank| rank.recip()).sum::<f64>() / count,
            hits1: within(1.0),
            hits3: within(3.0),
            hits10: within(10.0),
            questions: ranks.len(),
        }
    }
}

/// The rank of an answer among all parties: one, plus those that score better, plus half of those that score the same.
/// Other right answers of the day do not count; a score that is no number is worse than any.
///
/// `answers` are all right answers of the day, each once; `answer` is one of them.
pub fn filtered_rank(scores: &[f32], answer: u32, answers: &[u32]) -> f64 {
    let own = scores[answer as usize];
    let is_better = |score: f32| score > own || own.is_nan() && !score.is_nan();
    let is_tied = |score: f32| score == own || own.is_nan() && score.is_nan();
    let mut better = scores.iter().filter(|score| is_better(**score)).count();
    let mut tied = scores.iter().filter(|score| is_tied(**score)).count();
    for other in answers {
        better -= usize::from(is_better(scores[*other as usize]));
        tied -= usize::from(is_tied(scores[*other as usize]));
    }
    1.0 + better as f64 + tied as f64 / 2.0
}

/// Ranks the answers of the day on which the forecaster stands.
pub(crate) fn rank_day(forecaster: &Forecaster, questions: &[Answered]) -> Vec<f64> {
    let ranks: Vec<Vec<f64>> = questions
        .par_chunks(CHUNK)
        .map(|chunk| {
            let mut view = forecaster.view();
            let mut ranks = Vec::new();
            for answered in chunk {
                let scores = view.score_all(answered.question);
                for answer in &answered.answers {
                    ranks.push(filtered_rank(scores, *answer, &answered.answers));
                }
            }
            ranks
        })
        .collect();
    ranks.concat()
}

/// Forecasts each day of the facts, given all days before it, and learns on from each day after it was forecast.
///
/// # Errors
/// When a fact is of a day gone past or names what the catalogue has not.
pub fn evaluate(forecaster: &mut Forecaster, facts: &[Fact]) -> Result<Figures, ForecastError> {
    forecaster.history().catalogue.check(facts)?;
    let mut ranks = Vec::new();
    for day in by_day(facts) {
        forecaster.take_in(&[], day.day)?;
        ranks.extend(rank_day(forecaster, &questions_of(&day.facts)));
        forecaster.take_in(&day.facts, day.day + 1)?;
    }
    Ok(Figures::of(&ranks))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_answers_of_the_day_do_not_count_and_ties_count_half() {
        // Better than party 3: 0 and 1, of which 1 is right too. Tied with it: 2 and 5, of which 5 is right too.
        let scores = [4.0, 3.0, 2.0, 2.0, 1.0, 2.0];
        assert_eq!(filtered_rank(&scores, 3, &[1, 3, 5]), 1.0 + 1.0 + 0.5);
        assert_eq!(filtered_rank(&scores, 3, &[3]), 1.0 + 2.0 + 1.0);
        assert_eq!(filtered_rank(&scores, 0, &[0]), 1.0);
    }

    #[test]
    fn all_tied_is_the_mean_rank() {
        assert_eq!(filtered_rank(&[0.0; 9], 4, &[4]), 5.0);
    }

    #[test]
    fn no_number_is_worst() {
        assert_eq!(filtered_rank(&[f32::NAN, 1.0, 2.0], 0, &[0]), 3.0);
        assert_eq!(filtered_rank(&[f32::NAN, 1.0, f32::NAN], 0, &[0]), 2.5);
    }

    #[test]
    fn figures_of_ranks() {
        let figures = Figures::of(&[1.0, 2.0, 4.0, 20.0]);
        assert!((figures.mrr - (1.0 + 0.5 + 0.25 + 0.05) / 4.0).abs() < 1e-12);
        assert_eq!((figures.hits1, figures.hits3, figures.hits10), (0.25, 0.5, 0.75));
    }
}
