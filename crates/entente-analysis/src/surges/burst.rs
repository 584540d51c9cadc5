//! How likely so many acts in a step are, after those of the steps before.
//!
//! Counts of a step are taken as negative binomial with the mean and variance of the steps before it, as Noufaily and
//! others do in the surveillance of diseases ("An improved algorithm for outbreak detection in multiple surveillance
//! systems", Statistics in Medicine 32, 2013). The mean is never zero, so that a first act is no wonder; half an act is
//! added to those of the baseline (Jeffreys' prior of a Poisson rate).

/// Mean and variance of the counts of the steps before.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Baseline {
    /// Acts a step that are expected.
    pub mean: f64,
    /// Variance of the next count.
    pub variance: f64,
}

impl Baseline {
    /// Learns from the counts of steps. None without any.
    pub fn of(counts: &[u32]) -> Option<Self> {
        let steps = counts.len() as f64;
        if counts.is_empty() {
            return None;
        }
        let sum: f64 = counts.iter().map(|count| f64::from(*count)).sum();
        let own_mean = sum / steps;
        let scatter: f64 = counts.iter().map(|count| (f64::from(*count) - own_mean).powi(2)).sum();
        let sample_variance = if steps > 1.0 { scatter / (steps - 1.0) } else { own_mean };
        let mean = (sum + 0.5) / steps;
        // The mean is uncertain itself.
        let variance = sample_variance.max(mean) * (1.0 + 1.0 / steps);
        Some(Self { mean, variance })
    }
}

/// The chance of at least so many acts in the next step.
pub fn chance_of_as_many(count: u32, baseline: Baseline) -> f64 {
    let Baseline { mean, variance } = baseline;
    // The negative binomial with this mean and variance: size, and chance of a success.
    let size = mean * mean / (variance - mean).max(1e-9);
    let failure = size / (size + mean);
    let mut chance = (size * failure.ln()).exp();
    let mut below = 0.0;
    for number in 0..count {
        below += chance;
        chance *= (size + f64::from(number)) / f64::from(number + 1) * (1.0 - failure);
    }
    if below < 0.999 {
        return 1.0 - below;
    }
    // Far out the rest is summed itself: one minus nearly one has no digits left.
    let mut rest = 0.0;
    let mut number = count;
    while chance > rest * 1e-12 && chance > 0.0 {
        rest += chance;
        chance *= (size + f64::from(number)) / f64::from(number + 1) * (1.0 - failure);
        number += 1;
    }
    rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_scatter_it_is_the_poisson_distribution() {
        // P(X >= 3) of Poisson with mean 1 is 1 - 2.5 / e.
        let chance = chance_of_as_many(3, Baseline { mean: 1.0, variance: 1.0 });
        assert!((chance - (1.0 - 2.5 / std::f64::consts::E)).abs() < 1e-6, "{chance}");
    }

    #[test]
    fn it_is_the_geometric_distribution_where_that_is_meant() {
        // Size 1, mean 2: P(X >= n) = (2/3)^n; the variance is mean + mean².
        for count in [0, 1, 5, 60] {
            let chance = chance_of_as_many(count, Baseline { mean: 2.0, variance: 6.0 });
            let expected = (2.0f64 / 3.0).powi(count as i32);
            assert!((chance / expected - 1.0).abs() < 1e-6, "{count}: {chance} {expected}");
        }
    }

    #[test]
    fn scatter_makes_much_less_of_a_wonder() {
        let steady = Baseline::of(&[2, 2, 3, 2, 2, 1, 2, 2]).unwrap();
        let wild = Baseline::of(&[0, 9, 0, 0, 5, 1, 0, 1]).unwrap();
        assert!(chance_of_as_many(9, steady) < 0.01);
        assert!(chance_of_as_many(9, wild) > 0.01);
    }

    #[test]
    fn a_first_act_after_silence_is_no_wonder_but_five_are() {
        let silence = Baseline::of(&[0; 26]).unwrap();
        assert!(chance_of_as_many(1, silence) > 0.01);
        assert!(chance_of_as_many(5, silence) < 1e-4);
        assert_eq!(Baseline::of(&[]), None);
    }
}
