//! Whether chances that are told come true as often as they say.

use serde::Serialize;

/// Bins of a calibration, by chance.
const BINS: usize = 10;

/// Chances beside what happened.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Calibration {
    /// Forecasts.
    pub forecasts: usize,
    /// Share of forecasts that came true.
    pub base_rate: f64,
    /// Mean squared difference of chance and what happened (Brier 1950); less is better.
    pub brier: f64,
    /// Mean negative logarithm of the chance given to what happened.
    pub log_loss: f64,
    /// Chance that of a forecast that came true and one that did not the first had the higher chance.
    pub auc: Option<f64>,
    /// Bins of a tenth each that have forecasts.
    pub bins: Vec<CalibrationBin>,
}

/// Forecasts of about the same chance.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct CalibrationBin {
    /// Forecasts.
    pub forecasts: usize,
    /// Their mean chance.
    pub chance: f64,
    /// Share of them that came true.
    pub came_true: f64,
}

impl Calibration {
    /// Compares chances with what happened.
    pub fn of(forecasts: &[(f64, bool)]) -> Self {
        let count = forecasts.len().max(1) as f64;
        let mean = |of: &dyn Fn(f64, f64) -> f64| {
            forecasts.iter().map(|(chance, truth)| of(*chance, f64::from(u8::from(*truth)))).sum::<f64>()
                / count
        };
        Self {
            forecasts: forecasts.len(),
            base_rate: mean(&|_, truth| truth),
            brier: mean(&|chance, truth| (chance - truth).powi(2)),
            log_loss: mean(&|chance, truth| {
                let given = if truth > 0.5 { chance } else { 1.0 - chance };
                -given.max(1e-9).ln()
            }),
            auc: auc(forecasts),
            bins: bins(forecasts),
        }
    }
}

fn bins(forecasts: &[(f64, bool)]) -> Vec<CalibrationBin> {
    let mut sums = [(0usize, 0.0, 0.0); BINS];
    for (chance, truth) in forecasts {
        let bin = &mut sums[((chance * BINS as f64) as usize).min(BINS - 1)];
        bin.0 += 1;
        bin.1 += chance;
        bin.2 += f64::from(u8::from(*truth));
    }
    let filled = sums.into_iter().filter(|(count, ..)| *count > 0);
    filled
        .map(|(forecasts, chances, truths)| CalibrationBin {
            forecasts,
            chance: chances / forecasts as f64,
            came_true: truths / forecasts as f64,
        })
        .collect()
}

/// The area under the curve, as a rank sum (Hanley and McNeil 1982); ties count half.
fn auc(forecasts: &[(f64, bool)]) -> Option<f64> {
    let mut sorted: Vec<(f64, bool)> = forecasts.to_vec();
    sorted.sort_by(|one, other| one.0.total_cmp(&other.0));
    let (mut rank_sum, mut place) = (0.0, 0);
    while place < sorted.len() {
        let tied = sorted[place..].iter().take_while(|(chance, _)| *chance == sorted[place].0).count();
        let mean_rank = place as f64 + (tied as f64 + 1.0) / 2.0;
        rank_sum += mean_rank * sorted[place..place + tied].iter().filter(|(_, truth)| *truth).count() as f64;
        place += tied;
    }
    let truths = sorted.iter().filter(|(_, truth)| *truth).count() as f64;
    let others = sorted.len() as f64 - truths;
    (truths > 0.0 && others > 0.0).then(|| (rank_sum - truths * (truths + 1.0) / 2.0) / (truths * others))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_those_of_the_textbook() {
        let calibration = Calibration::of(&[(0.9, true), (0.8, false), (0.3, true), (0.1, false)]);
        assert_eq!(calibration.base_rate, 0.5);
        assert!((calibration.brier - (0.01 + 0.64 + 0.49 + 0.01) / 4.0).abs() < 1e-12);
        assert_eq!(calibration.auc, Some(0.75));
        assert_eq!(calibration.bins.len(), 4);
        assert_eq!(calibration.bins.last().unwrap().came_true, 1.0);
    }

    #[test]
    fn ties_count_half_and_one_kind_alone_has_no_auc() {
        assert_eq!(Calibration::of(&[(0.5, true), (0.5, false)]).auc, Some(0.5));
        assert_eq!(Calibration::of(&[(0.5, true)]).auc, None);
        assert_eq!(Calibration::of(&[]).forecasts, 0);
        assert_eq!(Calibration::of(&[(1.0, true), (0.0, false)]).bins.len(), 2);
    }
}
