//! How far the mean of few acts can be trusted: Bühlmann and Straub, "Glaubwürdigkeit für Schadensätze", Mitteilungen der
//! Vereinigung schweizerischer Versicherungsmathematiker 70 (1970); in English Bühlmann and Gisler, A Course in
//! Credibility Theory (2005), chapter 4.
//!
//! Scores of a pair's acts scatter around the pair's own mean with the variance within, the means of pairs around the
//! mean of all with the variance between. Of a pair whose acts weigh `w` in all the best linear estimate is
//! (w · own mean + κ · mean of all) / (w + κ), where κ = within / between; its variance is within / (w + κ).

use serde::Serialize;
use std::collections::BTreeMap;

/// Sums over acts.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Tally {
    /// Acts.
    pub count: f64,
    /// Their weights.
    pub weight: f64,
    /// Weight times score.
    pub sum: f64,
    /// Weight times the score's square.
    pub squares: f64,
}

impl Tally {
    /// Counts one act.
    pub fn add(&mut self, weight: f64, score: f64) {
        self.count += 1.0;
        self.weight += weight;
        self.sum += weight * score;
        self.squares += weight * score * score;
    }

    /// Counts the acts of another tally.
    pub fn merge(&mut self, other: &Self) {
        self.count += other.count;
        self.weight += other.weight;
        self.sum += other.sum;
        self.squares += other.squares;
    }

    /// Lets all acts fade to a share of what they weigh.
    pub fn fade(&mut self, left: f64) {
        self.count *= left;
        self.weight *= left;
        self.sum *= left;
        self.squares *= left;
    }

    fn scatter(&self) -> f64 {
        if self.weight > 0.0 { (self.squares - self.sum * self.sum / self.weight).max(0.0) } else { 0.0 }
    }
}

/// What all pairs together say of any one.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Credibility {
    /// Mean score of all acts.
    pub mean: f64,
    /// Variance of scores around the mean of their pair.
    pub within: f64,
    /// Variance of the means of pairs around the mean of all.
    pub between: f64,
}

/// The least variances, so that a ledger in which all is alike gives no division by zero.
const LEAST_VARIANCE: f64 = 1e-3;

/// An estimated mean score.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Estimate {
    /// The mean, -10 to 10.
    pub mean: f64,
    /// Its standard deviation.
    pub deviation: f64,
}

impl Estimate {
    /// Bounds between which the mean lies with nine chances in ten.
    pub fn bounds(&self) -> (f64, f64) {
        const NINETY: f64 = 1.644_853_627;
        (self.mean - NINETY * self.deviation, self.mean + NINETY * self.deviation)
    }

    /// The chance that the mean is below a limit, taking it as normally distributed.
    pub fn chance_below(&self, limit: f64) -> f64 {
        normal_below((limit - self.mean) / self.deviation)
    }
}

impl Credibility {
    /// Learns from the tallies of all pairs.
    pub fn of<'t>(tallies: impl IntoIterator<Item = &'t Tally>) -> Self {
        let mut all = Tally::default();
        let (mut scatter, mut freedom, mut pairs, mut squared_weights) = (0.0, 0.0, 0.0, 0.0);
        let tallies: Vec<&Tally> = tallies.into_iter().filter(|tally| tally.weight > 0.0).collect();
        for tally in &tallies {
            all.merge(tally);
            scatter += tally.scatter();
            freedom += (tally.count - 1.0).max(0.0);
            pairs += 1.0;
            squared_weights += tally.weight * tally.weight;
        }
        let mean = if all.weight > 0.0 { all.sum / all.weight } else { 0.0 };
        let within = if freedom > 0.0 { (scatter / freedom).max(LEAST_VARIANCE) } else { 1.0 };
        let spread: f64 =
            tallies.iter().map(|tally| tally.weight * (tally.sum / tally.weight - mean).powi(2)).sum();
        let room = all.weight - squared_weights / all.weight.max(f64::MIN_POSITIVE);
        let between = if room > 0.0 { ((spread - (pairs - 1.0) * within) / room).max(0.0) } else { 0.0 };
        Self { mean, within, between: between.max(LEAST_VARIANCE) }
    }

    /// Learns from acts: a pair is who acts and to whom.
    pub fn of_acts(acts: &[crate::Act]) -> Self {
        let mut tallies: BTreeMap<(u32, u32), Tally> = BTreeMap::new();
        for act in acts {
            tallies
                .entry((act.actor, act.recipient))
                .or_default()
                .add(f64::from(act.weight), f64::from(act.scale));
        }
        Self::of(tallies.values())
    }

    /// The weight at which a pair's own acts count as much as what is known of all pairs.
    pub fn kappa(&self) -> f64 {
        self.within / self.between
    }

    /// The mean score of a pair.
    pub fn estimate(&self, tally: &Tally) -> Estimate {
        let kappa = self.kappa();
        let weight = tally.weight + kappa;
        Estimate { mean: (tally.sum + kappa * self.mean) / weight, deviation: (self.within / weight).sqrt() }
    }
}

/// The standard normal distribution function, by Abramowitz and Stegun 7.1.26; off by less than 1e-6.
pub(crate) fn normal_below(value: f64) -> f64 {
    let size = value.abs() / std::f64::consts::SQRT_2;
    let step = 1.0 / (1.0 + 0.327_591_1 * size);
    let series = [1.061_405_429, -1.453_152_027, 1.421_413_741, -0.284_496_736, 0.254_829_592]
        .into_iter()
        .fold(0.0, |sum, factor| (sum + factor) * step);
    let above = 0.5 * series * (-size * size).exp();
    if value > 0.0 { 1.0 - above } else { above }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tally(scores: &[f64]) -> Tally {
        let mut tally = Tally::default();
        scores.iter().for_each(|score| tally.add(1.0, *score));
        tally
    }

    #[test]
    fn many_acts_speak_for_themselves_and_few_for_all() {
        let many: Vec<f64> = (0..200).map(|number| -6.0 + f64::from(number % 3)).collect();
        let pairs = [tally(&many), tally(&[4.0, 5.0, 6.0, 4.0]), tally(&[2.0, 1.0, 3.0]), tally(&[7.0])];
        let credibility = Credibility::of(&pairs);
        let sure = credibility.estimate(&pairs[0]);
        let thin = credibility.estimate(&pairs[3]);
        assert!((sure.mean + 5.0).abs() < 0.1, "{sure:?}");
        assert!(thin.mean < 7.0 && thin.mean > credibility.mean, "{thin:?}");
        assert!(sure.deviation < thin.deviation);
        let unknown = credibility.estimate(&Tally::default());
        assert!((unknown.mean - credibility.mean).abs() < 1e-12);
        assert!((unknown.deviation.powi(2) - credibility.between).abs() < 1e-9);
    }

    #[test]
    fn the_textbook_formulas_hold() {
        // Two pairs of two acts each: own means 1 and 5, mean of all 3, variance within 2, between (16 - 2) / 2 = 7.
        let credibility = Credibility::of(&[tally(&[0.0, 2.0]), tally(&[4.0, 6.0])]);
        assert!((credibility.mean - 3.0).abs() < 1e-12);
        assert!((credibility.within - 2.0).abs() < 1e-12);
        assert!((credibility.between - 7.0).abs() < 1e-12);
        let estimate = credibility.estimate(&tally(&[0.0, 2.0]));
        assert!((estimate.mean - (2.0 + 2.0 / 7.0 * 3.0) / (2.0 + 2.0 / 7.0)).abs() < 1e-12);
    }

    #[test]
    fn nothing_and_sameness_are_no_trouble() {
        let nothing = Credibility::of(&[]);
        assert!(nothing.estimate(&Tally::default()).mean.abs() < 1e-12);
        let same = Credibility::of(&[tally(&[1.0, 1.0]), tally(&[1.0])]);
        assert!((same.estimate(&tally(&[1.0])).mean - 1.0).abs() < 1e-9);
    }

    #[test]
    fn the_normal_distribution_is_the_usual_one() {
        for (value, below) in [(0.0, 0.5), (1.644_853_627, 0.95), (-1.959_964, 0.025), (4.0, 0.999_968_33)] {
            assert!((normal_below(value) - below).abs() < 2e-6, "{value}");
        }
    }
}
