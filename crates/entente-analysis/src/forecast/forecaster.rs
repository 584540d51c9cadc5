//! The forecaster: learned scorers, and the history they look at.

use super::error::ForecastError;
use super::facts::{Catalogue, Fact};
use super::features::{Examined, Examiner, Question};
use super::history::History;
use super::network::{Network, Work};
use super::questions::{Day, by_day, questions_of};
use super::training::{Trainer, TrainingOptions};
use std::sync::Arc;

/// Days with facts without which nothing is learned.
const LEAST_DAYS: usize = 2;

/// Scores who stands at the other end of an act, from what happened before.
///
/// It stands on a day, knows all facts of the days before it and none of that day or later.
pub struct Forecaster {
    networks: Vec<Network>,
    history: History,
    trainer: Trainer,
    options: TrainingOptions,
}

impl Forecaster {
    /// Learns from facts in any order, and stands on the day after the last of them.
    ///
    /// # Errors
    /// When a fact names what the catalogue has not, or there are too few days.
    pub fn train(
        catalogue: &Arc<Catalogue>,
        facts: &[Fact],
        options: &TrainingOptions,
    ) -> Result<Self, ForecastError> {
        catalogue.check(facts)?;
        let days = by_day(facts);
        if days.len() < LEAST_DAYS {
            return Err(ForecastError::TooFew { days: days.len(), least: LEAST_DAYS });
        }
        let networks: Vec<Network> = (0..options.scorers.max(1) as u64)
            .map(|number| Network::new(catalogue.entities(), catalogue.relations(), options.seed + number))
            .collect();
        let mut forecaster = Self {
            trainer: Trainer::new(&networks, catalogue.entities()),
            history: History::new(catalogue.clone()),
            networks,
            options: options.clone(),
        };
        for pass in 0..options.passes {
            forecaster.history = History::new(catalogue.clone());
            forecaster.go_through(&days, pass);
        }
        Ok(forecaster)
    }

    fn go_through(&mut self, days: &[Day], pass: usize) {
        let first = days.first().map_or(0, |day| day.day) + self.options.first_days;
        let learned_days = days.iter().filter(|day| day.day >= first).count();
        let steps = (learned_days * self.options.passes) as f32;
        let mut step = (learned_days * pass) as f32;
        let seed = self.options.seed.wrapping_add(pass as u64 * 1_000_003);
        for day in days {
            self.history.advance(&[], day.day);
            if day.day >= first {
                let rate = self.options.rate * (1.0 - 0.9 * step / steps);
                step += 1.0;
                let questions = questions_of(&day.facts);
                self.trainer.learn_day(&mut self.networks, &self.history, &questions, rate, seed);
            }
            self.history.advance(&day.facts, day.day + 1);
        }
    }

    /// The day that is forecast.
    pub fn day(&self) -> u32 {
        self.history.day()
    }

    pub(crate) fn history(&self) -> &History {
        &self.history
    }

    /// Takes in facts of the day it stands on and of later days, learns from each day after it was there to be forecast,
    /// and stands on `next_day`. Days without facts are days on which nothing happened.
    ///
    /// # Errors
    /// When a fact is of a day gone past, or of `next_day` or later, or names what the catalogue has not.
    pub fn take_in(&mut self, facts: &[Fact], next_day: u32) -> Result<(), ForecastError> {
        self.history.catalogue.check(facts)?;
        let days = by_day(facts);
        if let Some(late) = days.iter().find(|day| day.day < self.day() || day.day >= next_day) {
            return Err(ForecastError::Late { day: late.day, now: self.day() });
        }
        for day in days {
            self.history.advance(&[], day.day);
            if self.options.later_rate > 0.0 {
                let (rate, seed) = (self.options.later_rate, self.options.seed);
                let questions = questions_of(&day.facts);
                self.trainer.learn_day(&mut self.networks, &self.history, &questions, rate, seed);
            }
            self.history.advance(&day.facts, day.day + 1);
        }
        self.history.advance(&[], next_day.max(self.day()));
        Ok(())
    }

    /// The scores of all parties as answers to a question about the day it stands on: the higher, the likelier. Their
    /// softmax is the probability of each, given that the party stands in the link with one.
    pub fn scores(&self, question: Question) -> Vec<f32> {
        let mut view = self.view();
        view.score_all(question).to_vec()
    }

    /// A view with buffers of its own, for asking many questions of one day.
    pub(crate) fn view(&self) -> ForecasterView<'_> {
        ForecasterView {
            forecaster: self,
            examiner: Examiner::new(self.history.catalogue.entities()),
            examined: Examined::default(),
            work: Work::default(),
            scores: Vec::new(),
        }
    }
}

/// Answers questions about the day on which a forecaster stands.
pub(crate) struct ForecasterView<'f> {
    forecaster: &'f Forecaster,
    examiner: Examiner,
    examined: Examined,
    work: Work,
    scores: Vec<f32>,
}

impl ForecasterView<'_> {
    /// The scores of all parties, by their numbers.
    pub(crate) fn score_all(&mut self, question: Question) -> &[f32] {
        let entities = self.forecaster.history.catalogue.entities() as u32;
        if self.examined.candidates.len() != entities as usize {
            self.examined.candidates.clear();
            self.examined.candidates.extend(0..entities);
        }
        self.score(question)
    }

    fn score(&mut self, question: Question) -> &[f32] {
        self.examiner.examine(&self.forecaster.history, question, &mut self.examined);
        self.scores.clear();
        self.scores.resize(self.examined.candidates.len(), 0.0);
        for network in &self.forecaster.networks {
            network.score(question, &self.examined, &mut self.work);
            for (sum, score) in self.scores.iter_mut().zip(&self.work.scores) {
                *sum += score;
            }
        }
        let share = (self.forecaster.networks.len() as f32).recip();
        self.scores.iter_mut().for_each(|score| *score *= share);
        &self.scores
    }
}

#[cfg(test)]
mod tests {
    use super::super::history::Link;
    use super::super::testing;
    use super::*;

    fn options() -> TrainingOptions {
        TrainingOptions { first_days: 3, scorers: 2, later_rate: 1e-3, ..TrainingOptions::default() }
    }

    fn all_scores(forecaster: &Forecaster) -> Vec<u32> {
        let mut bits = Vec::new();
        for party in 0..testing::ENTITIES as u32 {
            for relation in 0..testing::RELATIONS as u32 {
                for passive in [false, true] {
                    let scores = forecaster.scores(Question { party, link: Link { relation, passive } });
                    bits.extend(scores.iter().map(|score| score.to_bits()));
                }
            }
        }
        bits
    }

    /// The scores by which each day from 21 on is ranked, when days are evaluated one after the other.
    fn scores_by_day(facts: &[Fact], last: u32) -> Vec<Vec<u32>> {
        let (known, asked): (Vec<Fact>, Vec<Fact>) = facts.iter().partition(|fact| fact.day <= 20);
        let mut forecaster = Forecaster::train(&testing::catalogue(), &known, &options()).unwrap();
        let mut by_day = Vec::new();
        for day in 21..=last {
            forecaster.take_in(&[], day).unwrap();
            by_day.push(all_scores(&forecaster));
            let today: Vec<Fact> = asked.iter().copied().filter(|fact| fact.day == day).collect();
            forecaster.take_in(&today, day + 1).unwrap();
        }
        by_day
    }

    #[test]
    fn no_day_knows_of_itself_or_of_later_days() {
        let facts = testing::facts(26, 7);
        let scores = scores_by_day(&facts, 26);
        for first_changed in 21..=26u32 {
            let same_days = (first_changed - 20) as usize;
            let deleted: Vec<Fact> = facts.iter().copied().filter(|fact| fact.day < first_changed).collect();
            assert_eq!(
                scores_by_day(&deleted, first_changed),
                scores[..same_days],
                "deleted from {first_changed}"
            );
            let mut changed = deleted;
            changed.extend(testing::facts(26, 99).into_iter().filter(|fact| fact.day >= first_changed));
            let changed_scores = scores_by_day(&changed, 26);
            assert_eq!(changed_scores[..same_days], scores[..same_days], "changed from {first_changed}");
            // The test would notice a leak: what changed does tell on the days after it.
            if first_changed < 26 {
                assert_ne!(changed_scores[same_days], scores[same_days]);
            }
        }
    }

    #[test]
    fn any_number_of_threads_and_any_order_of_facts_give_the_same_bytes() {
        let facts = testing::facts(24, 3);
        let mut turned = facts.clone();
        turned.reverse();
        let on = |threads: usize, facts: &[Fact]| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
            pool.install(|| all_scores(&Forecaster::train(&testing::catalogue(), facts, &options()).unwrap()))
        };
        let once = on(1, &facts);
        assert_eq!(once, on(2, &facts));
        assert_eq!(once, on(5, &turned));
    }

    #[test]
    fn what_is_usual_comes_first() {
        let facts = testing::facts(60, 5);
        let options = TrainingOptions { passes: 4, ..options() };
        let (known, asked): (Vec<Fact>, Vec<Fact>) = facts.iter().partition(|fact| fact.day <= 50);
        let mut forecaster = Forecaster::train(&testing::catalogue(), &known, &options).unwrap();
        let figures = super::super::evaluate(&mut forecaster, &asked).unwrap();
        // By chance the mean reciprocal rank of 24 is 0.16; four in five facts are the usual ones.
        assert!(figures.mrr > 0.5, "{figures:?}");
    }

    #[test]
    fn faults_are_told() {
        let catalogue = testing::catalogue();
        let strange = Fact { day: 3, actor: 99, relation: 0, recipient: 1 };
        let told = |facts: &[Fact]| {
            Forecaster::train(&catalogue, facts, &options()).map(|_| ()).unwrap_err().to_string()
        };
        assert_eq!(told(&[strange]), "day 3: number 99 of an actor is not below 24");
        assert_eq!(told(&[]), "0 days with facts are too few to learn from: at least 2");
        let mut forecaster = Forecaster::train(&catalogue, &testing::facts(9, 1), &options()).unwrap();
        let late = forecaster.take_in(&testing::facts(1, 1), 12).unwrap_err().to_string();
        assert_eq!(late, "a fact of day 1 comes after day 10 was reached");
    }
}
