//! One question at a time: choosing candidates, scoring them, and the slopes of the loss.

use super::features::{Examined, Examiner};
use super::history::History;
use super::network::{Network, Work};
use super::parameters::Gradient;
use super::questions::Answered;
use crate::random::Random;

/// Candidates that the rough score finds.
const CLOSE_CANDIDATES: usize = 100;
/// Candidates drawn from all the rest; each stands for many.
const DRAWN_CANDIDATES: usize = 40;

/// What a thread needs to learn from questions.
pub(crate) struct Desk {
    examiner: Examiner,
    examined: Examined,
    work: Work,
    pub(crate) gradients: Vec<Gradient>,
    slopes: Vec<f32>,
    order: Vec<u32>,
    corrections: Vec<f32>,
}

impl Desk {
    pub(crate) fn new(networks: &[Network], entities: usize) -> Self {
        Self {
            examiner: Examiner::new(entities),
            examined: Examined::default(),
            work: Work::default(),
            gradients: networks.iter().map(Network::gradient).collect(),
            slopes: Vec::new(),
            order: Vec::new(),
            corrections: Vec::new(),
        }
    }

    /// Adds the slopes of one question to each network's gradient.
    pub(crate) fn learn(
        &mut self,
        networks: &[Network],
        history: &History,
        answered: &Answered,
        random: &mut Random,
    ) {
        self.choose(history, answered, random);
        self.examiner.examine(history, answered.question, &mut self.examined);
        for (network, gradient) in networks.iter().zip(&mut self.gradients) {
            network.score(answered.question, &self.examined, &mut self.work);
            loss_slopes(&mut self.work.scores, &self.corrections, answered.answers.len(), &mut self.slopes);
            network.learn(answered.question, &self.examined, &mut self.work, &self.slopes, gradient);
        }
    }

    /// Names the candidates: the answers, those with the best rough scores, and some of the rest.
    fn choose(&mut self, history: &History, answered: &Answered, random: &mut Random) {
        let answers = &answered.answers;
        let rough = self.examiner.rough_scores(history, answered.question);
        let candidates = &mut self.examined.candidates;
        candidates.clear();
        candidates.extend(answers);
        self.order.clear();
        self.order.extend((0..rough.len() as u32).filter(|party| answers.binary_search(party).is_err()));
        let close = best_first(&mut self.order, rough, CLOSE_CANDIDATES);
        candidates.extend(&self.order[..close]);
        self.corrections.clear();
        self.corrections.resize(candidates.len(), 0.0);
        let rest = &self.order[close..];
        if rest.is_empty() {
            return;
        }
        let mut drawn: Vec<u32> = (0..DRAWN_CANDIDATES).map(|_| rest[random.below(rest.len())]).collect();
        drawn.sort_unstable();
        drawn.dedup();
        let correction = (rest.len() as f32 / drawn.len() as f32).ln();
        self.corrections.extend(drawn.iter().map(|_| correction));
        candidates.extend(drawn);
    }
}

/// Brings the parties with the highest scores to the front, and says how many these are.
pub(crate) fn best_first(parties: &mut [u32], scores: &[f32], wanted: usize) -> usize {
    if wanted >= parties.len() {
        return parties.len();
    }
    parties.select_nth_unstable_by(wanted, |left, right| {
        scores[*right as usize].total_cmp(&scores[*left as usize]).then(left.cmp(right))
    });
    // The choice is the same whatever the order they came in, but the order of those chosen is not.
    parties[..wanted].sort_unstable();
    wanted
}

/// Slopes of the loss by the scores. The loss of an answer is -ln of its softmax among itself and all that is no answer;
/// answers come first. A drawn candidate's score is raised by the logarithm of how many it stands for (Bengio and
/// Senécal 2008).
fn loss_slopes(scores: &mut [f32], corrections: &[f32], answers: usize, slopes: &mut Vec<f32>) {
    scores.iter_mut().zip(corrections).for_each(|(score, correction)| *score += correction);
    let highest = scores.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    slopes.clear();
    slopes.extend(scores.iter().map(|score| (score - highest).exp()));
    let others: f32 = slopes[answers..].iter().sum();
    let mut inverse_sums = 0.0;
    for slope in &mut slopes[..answers] {
        // Never zero, however far an answer lies below the best candidate.
        let sum = (*slope + others).max(f32::MIN_POSITIVE);
        inverse_sums += sum.recip();
        *slope = *slope / sum - 1.0;
    }
    slopes[answers..].iter_mut().for_each(|slope| *slope *= inverse_sums);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn loss(scores: &[f32], corrections: &[f32], answers: usize) -> f64 {
        let raised: Vec<f64> = scores
            .iter()
            .zip(corrections)
            .map(|(score, correction)| f64::from(score + correction).exp())
            .collect();
        let others: f64 = raised[answers..].iter().sum();
        raised[..answers].iter().map(|own| -(own / (own + others)).ln()).sum()
    }

    #[test]
    fn slopes_are_those_of_the_loss() {
        let scores = [0.3f32, -1.2, 0.8, 0.1, -0.5];
        let corrections = [0.0f32, 0.0, 0.0, 0.0, 1.5];
        let mut slopes = Vec::new();
        loss_slopes(&mut scores.clone(), &corrections, 2, &mut slopes);
        for place in 0..scores.len() {
            let mut moved = [scores, scores];
            moved[0][place] -= 0.01;
            moved[1][place] += 0.01;
            let measured = (loss(&moved[1], &corrections, 2) - loss(&moved[0], &corrections, 2)) / 0.02;
            assert!(
                (measured - f64::from(slopes[place])).abs() < 1e-4,
                "{place}: {measured} {}",
                slopes[place]
            );
        }
    }

    #[test]
    fn the_best_come_first_and_ties_go_by_number() {
        let mut parties = [5, 0, 4, 1, 3, 2];
        let close = best_first(&mut parties, &[0.5, 2.0, 0.5, 0.5, 3.0, 0.1], 4);
        assert_eq!(&parties[..close], [0, 1, 2, 4]);
    }
}
