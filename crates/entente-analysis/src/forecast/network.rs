//! The score of a candidate as a function of its features, and its slopes.
//!
//! A hidden layer over the features of candidate and question, a straight line with weights of its own for each link,
//! rules from earlier acts between the two to this one, a bias for each party, and a product of learned descriptions of
//! party, link and candidate.

use super::features::{ACT_FEATURES, Examined, FEATURES, QUESTION_FEATURES, Question};
use super::history::Link;
use super::parameters::{Gradient, Layout, Parameters, Range};
use crate::random::Random;
use rten_gemm::{GemmExecutor, GemmInputA, GemmInputB, GemmOptions};
use rten_tensor::{Matrix, NdTensorView};

/// Units of the hidden layer.
pub(crate) const HIDDEN: usize = 64;
/// Numbers that describe a party.
const DESCRIPTION: usize = 32;

/// Where each kind of parameter stands.
struct Ranges {
    hidden: Range,
    question: Range,
    link_hidden: Range,
    out: Range,
    line: Range,
    link_line: Range,
    rules: Range,
    bias: Range,
    party: Range,
    candidate: Range,
    link: Range,
}

/// What one question needs in between.
#[derive(Default)]
pub(crate) struct Work {
    hidden: Vec<f32>,
    slopes: Vec<f32>,
    pub(crate) scores: Vec<f32>,
}

/// The learned scorer.
pub(crate) struct Network {
    ranges: Ranges,
    relations: usize,
    pub(crate) parameters: Parameters,
    products: GemmExecutor<f32>,
}

fn matrix(values: &[f32], rows: usize, columns: usize) -> Matrix<'_> {
    NdTensorView::from_data([rows, columns], &values[..rows * columns])
}

impl Network {
    pub(crate) fn new(entities: usize, relations: usize, seed: u64) -> Self {
        let mut layout = Layout::default();
        let links = relations * 2;
        let ranges = Ranges {
            hidden: layout.take(FEATURES, HIDDEN, 1e-3),
            question: layout.take(QUESTION_FEATURES, HIDDEN, 1e-3),
            link_hidden: layout.take(links, HIDDEN, 1e-2),
            out: layout.take(1, HIDDEN, 0.0),
            line: layout.take(1, FEATURES, 0.0),
            link_line: layout.take(links, FEATURES.next_multiple_of(16), 1e-2),
            rules: layout.take(links * relations, ACT_FEATURES + 1, 1e-2),
            bias: layout.take(entities, 2, 1e-2),
            party: layout.take(entities, DESCRIPTION, 1e-2),
            candidate: layout.take(entities, DESCRIPTION, 1e-2),
            link: layout.take(links, DESCRIPTION, 1e-2),
        };
        let mut parameters = Parameters::new(layout);
        let mut random = Random::new(seed);
        for (range, scale) in [
            (ranges.hidden, (3.0 / FEATURES as f32).sqrt()),
            (ranges.question, (1.0 / QUESTION_FEATURES as f32).sqrt()),
            (ranges.out, (1.0 / HIDDEN as f32).sqrt()),
            (ranges.party, 0.1),
            (ranges.candidate, 0.1),
            (ranges.link, 1.0),
        ] {
            parameters.values[range.all()].iter_mut().for_each(|value| *value = random.balanced() * scale);
        }
        Self { ranges, relations, parameters, products: GemmExecutor::new() }
    }

    pub(crate) fn gradient(&self) -> Gradient {
        Gradient::new(self.parameters.values.len())
    }

    /// The weights of the rule that leads from an earlier act to the one asked about. Seen from the actor's side, so
    /// that both directions of a question share it.
    fn rule(&self, earlier: Link, asked: Link) -> std::ops::Range<usize> {
        let earlier = if asked.passive { earlier.reversed() } else { earlier };
        self.ranges.rules.row(earlier.number() as usize * self.relations + asked.relation as usize)
    }

    /// Scores all candidates.
    pub(crate) fn score(&self, question: Question, examined: &Examined, work: &mut Work) {
        let values = &self.parameters.values;
        let rows = examined.candidates.len();
        let link = question.link.number() as usize;
        let mut shared = [0.0f32; HIDDEN];
        shared.copy_from_slice(&values[self.ranges.link_hidden.row(link)]);
        for (number, feature) in examined.question.iter().enumerate() {
            if *feature != 0.0 {
                let weights = &values[self.ranges.question.row(number)];
                shared.iter_mut().zip(weights).for_each(|(unit, weight)| *unit += feature * weight);
            }
        }
        work.hidden.clear();
        work.hidden.resize(rows * HIDDEN, 0.0);
        self.products
            .gemm(
                &mut work.hidden,
                GemmInputA::Unpacked(matrix(&examined.rows, rows, FEATURES)),
                GemmInputB::Unpacked(matrix(&values[self.ranges.hidden.all()], FEATURES, HIDDEN)),
                GemmOptions::default(),
            )
            .expect("the shapes fit");
        let out = &values[self.ranges.out.all()];
        let line = self.line(link);
        let described = self.described(question, link);
        let side = usize::from(question.link.passive);
        work.scores.clear();
        for (slot, candidate) in examined.candidates.iter().enumerate() {
            let mut sums = [0.0f32; 16];
            let hidden = &mut work.hidden[slot * HIDDEN..(slot + 1) * HIDDEN];
            for part in (0..HIDDEN).step_by(16) {
                for lane in 0..16 {
                    let unit = (hidden[part + lane] + shared[part + lane]).max(0.0);
                    hidden[part + lane] = unit;
                    sums[lane] += unit * out[part + lane];
                }
            }
            let features = &examined.rows[slot * FEATURES..(slot + 1) * FEATURES];
            for (features, weights) in features.chunks(16).zip(line.chunks(16)) {
                for (lane, (feature, weight)) in features.iter().zip(weights).enumerate() {
                    sums[lane] += feature * weight;
                }
            }
            let description = &values[self.ranges.candidate.row(*candidate as usize)];
            for part in (0..DESCRIPTION).step_by(16) {
                for lane in 0..16 {
                    sums[lane] += description[part + lane] * described[part + lane];
                }
            }
            let bias = values[self.ranges.bias.row(*candidate as usize)][side];
            work.scores.push(bias + sums.iter().sum::<f32>());
        }
        for (slot, earlier, counts) in &examined.acts {
            let weights = &values[self.rule(*earlier, question.link)];
            let mut sum = weights[ACT_FEATURES];
            for (count, weight) in counts.iter().zip(weights) {
                sum += count * weight;
            }
            work.scores[*slot as usize] += sum;
        }
    }

    fn line(&self, link: usize) -> [f32; FEATURES] {
        let values = &self.parameters.values;
        let shared = &values[self.ranges.line.all()];
        let own = &values[self.ranges.link_line.row(link)];
        std::array::from_fn(|feature| shared[feature] + own[feature])
    }

    fn described(&self, question: Question, link: usize) -> [f32; DESCRIPTION] {
        let values = &self.parameters.values;
        let party = &values[self.ranges.party.row(question.party as usize)];
        let link = &values[self.ranges.link.row(link)];
        std::array::from_fn(|number| party[number] * link[number])
    }

    /// Adds the slopes of all parameters, given those of the scores that [`Network::score`] left in `work`.
    pub(crate) fn learn(
        &self,
        question: Question,
        examined: &Examined,
        work: &mut Work,
        score_slopes: &[f32],
        gradient: &mut Gradient,
    ) {
        let values = &self.parameters.values;
        let rows = examined.candidates.len();
        let link = question.link.number() as usize;
        let side = usize::from(question.link.passive);
        let out = &values[self.ranges.out.all()];
        let described = self.described(question, link);
        let mut out_slopes = [0.0f32; HIDDEN];
        let mut shared_slopes = [0.0f32; HIDDEN];
        let mut line_slopes = [0.0f32; FEATURES];
        let mut described_slopes = [0.0f32; DESCRIPTION];
        work.slopes.clear();
        work.slopes.resize(rows * HIDDEN, 0.0);
        for (slot, candidate) in examined.candidates.iter().enumerate() {
            let slope = score_slopes[slot];
            let hidden = &work.hidden[slot * HIDDEN..(slot + 1) * HIDDEN];
            let hidden_slopes = &mut work.slopes[slot * HIDDEN..(slot + 1) * HIDDEN];
            for unit in 0..HIDDEN {
                out_slopes[unit] += slope * hidden[unit];
                let own = if hidden[unit] > 0.0 { slope * out[unit] } else { 0.0 };
                hidden_slopes[unit] = own;
                shared_slopes[unit] += own;
            }
            let features = &examined.rows[slot * FEATURES..(slot + 1) * FEATURES];
            line_slopes.iter_mut().zip(features).for_each(|(sum, feature)| *sum += slope * feature);
            let description_run = self.ranges.candidate.row(*candidate as usize);
            let description = &values[description_run.clone()];
            described_slopes.iter_mut().zip(description).for_each(|(sum, number)| *sum += slope * number);
            if slope.abs() > 1e-5 {
                let into = gradient.touch(description_run);
                into.iter_mut().zip(&described).for_each(|(into, number)| *into += slope * number);
                gradient.touch(self.ranges.bias.row(*candidate as usize))[side] += slope;
            }
        }
        self.products
            .gemm(
                gradient.touch(self.ranges.hidden.all()),
                GemmInputA::Unpacked(matrix(&examined.rows, rows, FEATURES).transposed()),
                GemmInputB::Unpacked(matrix(&work.slopes, rows, HIDDEN)),
                GemmOptions { beta: 1.0, ..GemmOptions::default() },
            )
            .expect("the shapes fit");
        for (number, feature) in examined.question.iter().enumerate() {
            if *feature != 0.0 {
                let into = gradient.touch(self.ranges.question.row(number));
                into.iter_mut().zip(&shared_slopes).for_each(|(into, slope)| *into += feature * slope);
            }
        }
        add(gradient.touch(self.ranges.link_hidden.row(link)), &shared_slopes);
        add(gradient.touch(self.ranges.out.all()), &out_slopes);
        add(gradient.touch(self.ranges.line.all()), &line_slopes);
        add(gradient.touch(self.ranges.link_line.row(link)), &line_slopes);
        let party_run = self.ranges.party.row(question.party as usize);
        let link_run = self.ranges.link.row(link);
        let party_slopes: [f32; DESCRIPTION] =
            std::array::from_fn(|number| described_slopes[number] * values[link_run.start + number]);
        let link_slopes: [f32; DESCRIPTION] =
            std::array::from_fn(|number| described_slopes[number] * values[party_run.start + number]);
        add(gradient.touch(party_run), &party_slopes);
        add(gradient.touch(link_run), &link_slopes);
        for (slot, earlier, counts) in &examined.acts {
            let slope = score_slopes[*slot as usize];
            let into = gradient.touch(self.rule(*earlier, question.link));
            into.iter_mut().zip(counts).for_each(|(into, count)| *into += slope * count);
            into[ACT_FEATURES] += slope;
        }
    }
}

fn add(into: &mut [f32], from: &[f32]) {
    into.iter_mut().zip(from).for_each(|(into, from)| *into += from);
}
