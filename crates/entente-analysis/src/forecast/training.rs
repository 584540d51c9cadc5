//! Learning day by day: each day is asked about with the history of the days before it.

use super::desk::Desk;
use super::history::History;
use super::network::Network;
use super::parameters::Gradient;
use super::questions::Answered;
use crate::random::Random;
use rayon::prelude::*;

/// Questions between two steps.
const BATCH: usize = 64;
/// Questions that are worked on by one thread in turn; fixed, so that sums do not depend on the number of threads.
const CHUNK: usize = 8;

/// How a forecast is learned. The default is what `docs/analysis.md` measures.
#[derive(Clone, Debug)]
pub struct TrainingOptions {
    /// How many scorers are learned from different starts; their scores are added.
    pub scorers: usize,
    /// How often the days are gone through.
    pub passes: usize,
    /// The step size at the start; it falls in a straight line to a tenth at the end.
    pub rate: f32,
    /// The step size of learning on while days are being forecast; zero learns nothing more.
    pub later_rate: f32,
    /// Days at the start that only fill the history.
    pub first_days: u32,
    /// Where random numbers start.
    pub seed: u64,
}

impl Default for TrainingOptions {
    fn default() -> Self {
        Self { scorers: 1, passes: 1, rate: 2e-3, later_rate: 2e-4, first_days: 20, seed: 1 }
    }
}

/// Teaches networks, all from the same questions.
pub(crate) struct Trainer {
    desks: Vec<Desk>,
    gradients: Vec<Gradient>,
}

impl Trainer {
    pub(crate) fn new(networks: &[Network], entities: usize) -> Self {
        Self {
            desks: (0..BATCH / CHUNK).map(|_| Desk::new(networks, entities)).collect(),
            gradients: networks.iter().map(Network::gradient).collect(),
        }
    }

    /// Goes once through the questions of the history's day, in an order that the seed decides.
    pub(crate) fn learn_day(
        &mut self,
        networks: &mut [Network],
        history: &History,
        questions: &[Answered],
        rate: f32,
        seed: u64,
    ) {
        let mut random = Random::new(seed ^ u64::from(history.day()));
        let mut shuffled: Vec<&Answered> = questions.iter().collect();
        for place in (1..shuffled.len()).rev() {
            shuffled.swap(place, random.below(place + 1));
        }
        for batch in shuffled.chunks(BATCH) {
            let batch_seed = random.next();
            let scorers: &[Network] = networks;
            self.desks.par_iter_mut().zip(batch.par_chunks(CHUNK)).enumerate().for_each(
                |(number, (desk, chunk))| {
                    let mut random = Random::new(batch_seed ^ number as u64);
                    for answered in chunk {
                        desk.learn(scorers, history, answered, &mut random);
                    }
                },
            );
            let answers: usize = batch.iter().map(|answered| answered.answers.len()).sum();
            for (number, network) in networks.iter_mut().enumerate() {
                let sum = &mut self.gradients[number];
                for desk in &mut self.desks {
                    sum.absorb(&mut desk.gradients[number]);
                }
                network.parameters.step(sum, rate, answers as f32);
            }
        }
    }
}
