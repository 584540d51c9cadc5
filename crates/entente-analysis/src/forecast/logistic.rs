//! Logistic regression with a penalty on the squares of the weights, fitted by Newton's method (iteratively reweighted
//! least squares: Hastie, Tibshirani and Friedman, The Elements of Statistical Learning, 4.4.1).

/// A fitted regression.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Logistic<const N: usize> {
    weights: [f64; N],
}

const MOST_STEPS: usize = 50;
const SETTLED: f64 = 1e-8;

impl<const N: usize> Logistic<N> {
    /// Fits rows of features, the first of which is 1 and free of the penalty, to what happened.
    pub(crate) fn fit(rows: &[[f64; N]], truths: &[bool], penalty: f64) -> Self {
        let mut fitted = Self { weights: [0.0; N] };
        for _ in 0..MOST_STEPS {
            let (slopes, curvature) = fitted.slopes(rows, truths, penalty);
            let Some(step) = solve(curvature, slopes) else { break };
            fitted.weights.iter_mut().zip(step).for_each(|(weight, step)| *weight += step);
            if step.iter().all(|step| step.abs() < SETTLED) {
                break;
            }
        }
        fitted
    }

    /// The chance for a row.
    pub(crate) fn chance(&self, row: &[f64; N]) -> f64 {
        let score: f64 = row.iter().zip(&self.weights).map(|(feature, weight)| feature * weight).sum();
        1.0 / (1.0 + (-score).exp())
    }

    /// Slopes of the penalised log-likelihood, and the negative of its second derivatives.
    fn slopes(&self, rows: &[[f64; N]], truths: &[bool], penalty: f64) -> ([f64; N], [[f64; N]; N]) {
        let mut slopes = [0.0; N];
        let mut curvature = [[0.0; N]; N];
        for (row, truth) in rows.iter().zip(truths) {
            let chance = self.chance(row);
            let error = f64::from(u8::from(*truth)) - chance;
            let weight = chance * (1.0 - chance);
            for one in 0..N {
                slopes[one] += error * row[one];
                for other in 0..=one {
                    curvature[one][other] += weight * row[one] * row[other];
                }
            }
        }
        for one in 0..N {
            let own = if one == 0 { 1e-9 } else { penalty };
            slopes[one] -= own * self.weights[one];
            // Only the lower half is filled in; no more is read.
            curvature[one][one] += own;
        }
        (slopes, curvature)
    }
}

/// Solves a symmetric positive definite system, of which the lower half is given, by Cholesky's factors; none where it is
/// not positive definite.
fn solve<const N: usize>(matrix: [[f64; N]; N], right: [f64; N]) -> Option<[f64; N]> {
    let mut factor = [[0.0; N]; N];
    for row in 0..N {
        for column in 0..=row {
            let sum: f64 = (0..column).map(|k| factor[row][k] * factor[column][k]).sum();
            let rest = matrix[row][column] - sum;
            if row == column {
                if rest <= 0.0 || !rest.is_finite() {
                    return None;
                }
                factor[row][row] = rest.sqrt();
            } else {
                factor[row][column] = rest / factor[column][column];
            }
        }
    }
    let mut solved = right;
    for row in 0..N {
        let sum: f64 = (0..row).map(|k| factor[row][k] * solved[k]).sum();
        solved[row] = (solved[row] - sum) / factor[row][row];
    }
    for row in (0..N).rev() {
        let sum: f64 = (row + 1..N).map(|k| factor[k][row] * solved[k]).sum();
        solved[row] = (solved[row] - sum) / factor[row][row];
    }
    Some(solved)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::Random;

    #[test]
    fn weights_are_found_again() {
        let mut random = Random::new(2);
        let rows: Vec<[f64; 3]> = (0..20_000)
            .map(|_| [1.0, f64::from(random.balanced()) * 2.0, f64::from(random.balanced()) * 2.0])
            .collect();
        let truth = Logistic { weights: [-1.0, 1.5, -0.5] };
        let truths: Vec<bool> =
            rows.iter().map(|row| f64::from(random.balanced() + 1.0) / 2.0 < truth.chance(row)).collect();
        let fitted = Logistic::fit(&rows, &truths, 1e-3);
        for (found, meant) in fitted.weights.iter().zip(truth.weights) {
            assert!((found - meant).abs() < 0.1, "{fitted:?}");
        }
    }

    #[test]
    fn the_base_rate_is_met_exactly_and_sameness_is_no_trouble() {
        let rows = [[1.0, 2.0]; 4];
        let fitted = Logistic::fit(&rows, &[true, false, false, false], 1.0);
        assert!((fitted.chance(&rows[0]) - 0.25).abs() < 1e-6);
        let surely = Logistic::fit(&[[1.0, 0.0], [1.0, 1.0]], &[false, true], 0.1);
        assert!(surely.chance(&[1.0, 1.0]).is_finite());
    }

    #[test]
    fn systems_are_solved() {
        let solved = solve([[4.0, 0.0], [2.0, 3.0]], [8.0, 8.0]).unwrap();
        assert!((solved[0] - 1.0).abs() < 1e-12 && (solved[1] - 2.0).abs() < 1e-12);
        assert_eq!(solve([[0.0, 0.0], [0.0, 0.0]], [1.0, 1.0]), None);
    }
}
