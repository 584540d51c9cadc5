//! How alike two parties deal with everybody else, corrected for chance.
//!
//! The measure is Scott's π for numbers, as Häge proposes for the likeness of foreign policies ("Choice or Circumstance?
//! Adjusting Measures of Foreign Policy Similarity for Chance Agreement", Political Analysis 19, 2011): one minus the
//! squared differences seen over those that chance would give. It is taken twice. Of dealings with the poles of the world,
//! the most active parties, each weighted by the root of its activity, in logarithms of contacts over expected ones; there
//! keeping away counts as much as closeness. And of company, the contacts above what is expected with many parties; two
//! parties whose likeness to all others runs in parallel hold the same place (structural equivalence: Breiger, Boorman
//! and Arabie, Journal of Mathematical Psychology 12, 1975).

use super::contacts::Contacts;

/// Parties whose dealings with everybody are looked at: the poles, and all company.
const POLES: usize = 100;
const COMPANY: usize = 250;
/// Added to contacts and expected contacts with poles: small, so that keeping away shows.
const POLE_FLOOR: f64 = 0.1;
/// The same for company, where only closeness counts.
const COMPANY_FLOOR: f64 = 1.0;

/// Scott's π of two rows of numbers with weights. 0 where neither varies.
pub fn scotts_pi(one: &[f64], other: &[f64], weights: &[f64]) -> f64 {
    let weight: f64 = weights.iter().sum();
    if weight <= 0.0 {
        return 0.0;
    }
    let triples = || one.iter().zip(other).zip(weights).map(|((one, other), weight)| (*one, *other, *weight));
    let mean = triples().map(|(one, other, weight)| weight * (one + other) / 2.0).sum::<f64>() / weight;
    let seen: f64 = triples().map(|(one, other, weight)| weight * (one - other).powi(2)).sum();
    let by_chance: f64 =
        triples().map(|(one, other, weight)| weight * ((one - mean).powi(2) + (other - mean).powi(2))).sum();
    if by_chance > 1e-12 { 1.0 - seen / by_chance } else { 0.0 }
}

/// The likeness of all pairs of parties, row by row.
pub(super) fn of(contacts: &Contacts<'_>, parties: &[u32]) -> Vec<f64> {
    let poles = contacts.most_active(POLES, |_| true);
    let weights: Vec<f64> = poles.iter().map(|pole| contacts.activity(*pole).sqrt()).collect();
    let stance = pis(contacts, parties, &poles, &weights, POLE_FLOOR, f64::NEG_INFINITY);
    let company = contacts.most_active(COMPANY, |_| true);
    let alike = pis(contacts, parties, &company, &vec![1.0; company.len()], COMPANY_FLOOR, 0.0);
    let place = in_parallel(&alike, parties.len());
    stance.iter().zip(&place).map(|(stance, place)| (stance + place) / 2.0).collect()
}

/// Scott's π of all pairs of parties over their dealings with third parties; the two themselves do not count. Logarithms
/// below `least` count as that.
fn pis(
    contacts: &Contacts<'_>,
    parties: &[u32],
    thirds: &[u32],
    weights: &[f64],
    floor: f64,
    least: f64,
) -> Vec<f64> {
    let mut rows = contacts.log_ratios(parties, thirds, floor);
    rows.iter_mut().flatten().for_each(|ratio| *ratio = ratio.max(least));
    let mut pis = vec![1.0; parties.len() * parties.len()];
    for one in 0..parties.len() {
        for other in 0..one {
            let mut weights = weights.to_vec();
            for (third, weight) in thirds.iter().zip(&mut weights) {
                if *third == parties[one] || *third == parties[other] {
                    *weight = 0.0;
                }
            }
            let pi = scotts_pi(&rows[one], &rows[other], &weights);
            pis[one * parties.len() + other] = pi;
            pis[other * parties.len() + one] = pi;
        }
    }
    pis
}

/// The correlation of every two rows of a square matrix, without the cells of the two themselves.
fn in_parallel(matrix: &[f64], size: usize) -> Vec<f64> {
    let mut correlations = vec![1.0; size * size];
    for one in 0..size {
        for other in 0..one {
            let cells = || (0..size).filter(|third| *third != one && *third != other);
            let pair = |third: usize| (matrix[one * size + third], matrix[other * size + third]);
            let correlation = correlation(cells().map(pair));
            correlations[one * size + other] = correlation;
            correlations[other * size + one] = correlation;
        }
    }
    correlations
}

/// Pearson's correlation; 0 where either side does not vary.
fn correlation(pairs: impl Iterator<Item = (f64, f64)> + Clone) -> f64 {
    let (count, sums) = pairs
        .clone()
        .fold((0.0, (0.0, 0.0)), |(count, sums), (one, other)| (count + 1.0, (sums.0 + one, sums.1 + other)));
    if count < 2.0 {
        return 0.0;
    }
    let means = (sums.0 / count, sums.1 / count);
    let (mut squares, mut products) = ((0.0, 0.0), 0.0);
    for (one, other) in pairs {
        let (one, other) = (one - means.0, other - means.1);
        squares.0 += one * one;
        squares.1 += other * other;
        products += one * other;
    }
    let scale: f64 = squares.0 * squares.1;
    if scale > 1e-24 { products / scale.sqrt() } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_is_one_the_opposite_minus_one_and_chance_nought() {
        let weights = [1.0; 4];
        let row = [1.0, -1.0, 1.0, -1.0];
        assert!((scotts_pi(&row, &row, &weights) - 1.0).abs() < 1e-12);
        assert!((scotts_pi(&row, &row.map(|cell| -cell), &weights) + 1.0).abs() < 1e-12);
        assert!(scotts_pi(&row, &[1.0, 1.0, -1.0, -1.0], &weights).abs() < 1e-12);
        assert_eq!(scotts_pi(&[2.0; 4], &[2.0; 4], &weights), 0.0);
        assert!(scotts_pi(&[0.0; 4], &row, &weights) < 1e-12, "a different mean is no agreement");
    }

    #[test]
    fn weights_count() {
        let (one, other) = ([1.0, -1.0, 3.0], [1.0, -1.0, -3.0]);
        let light = scotts_pi(&one, &other, &[1.0, 1.0, 0.01]);
        assert!(light > 0.8 && light > scotts_pi(&one, &other, &[1.0, 1.0, 1.0]));
    }

    #[test]
    fn rows_in_parallel_hold_the_same_place() {
        assert!((correlation([(1.0, 2.0), (2.0, 4.0), (3.0, 6.0)].into_iter()) - 1.0).abs() < 1e-12);
        assert_eq!(correlation([(1.0, 2.0)].into_iter()), 0.0);
        assert_eq!(correlation([(1.0, 2.0), (1.0, 3.0)].into_iter()), 0.0);
    }
}
