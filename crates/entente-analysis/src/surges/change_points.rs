//! Where the level of a series of counts changes for good.
//!
//! The series is cut into segments of one level each so that the cost is least: twice the negative Poisson log-likelihood,
//! divided by how much the counts scatter more than Poisson's, plus a penalty for every cut of three times the logarithm
//! of the length. The best cut is found exactly by dynamic programming with the pruning of PELT (Killick, Fearnhead and
//! Eckley, Journal of the American Statistical Association 107, 2012).

/// A stretch of one level.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Segment {
    /// First step.
    pub start: usize,
    /// One past the last step.
    pub end: usize,
    /// Mean count a step.
    pub level: f64,
}

/// Cuts a series of counts.
pub fn segments(counts: &[u32]) -> Vec<Segment> {
    let length = counts.len();
    if length == 0 {
        return Vec::new();
    }
    let mut sums = vec![0.0];
    for count in counts {
        sums.push(sums[sums.len() - 1] + f64::from(*count));
    }
    let dispersion = dispersion(counts);
    let penalty = 3.0 * (length as f64).ln();
    let cost =
        |start: usize, end: usize| poisson_cost(sums[end] - sums[start], (end - start) as f64) / dispersion;
    let mut best = vec![-penalty];
    let mut cut_before = vec![0];
    let mut starts: Vec<usize> = vec![0];
    for end in 1..=length {
        let costs: Vec<f64> = starts.iter().map(|start| best[*start] + cost(*start, end)).collect();
        let (least, start) = costs
            .iter()
            .zip(&starts)
            .map(|(cost, start)| (cost + penalty, *start))
            .min_by(|one, other| one.0.total_cmp(&other.0))
            .unwrap_or((0.0, 0));
        best.push(least);
        cut_before.push(start);
        // A start that is worse than the best by a whole penalty never becomes the best again.
        let mut kept: Vec<usize> =
            starts.iter().zip(&costs).filter(|(_, cost)| **cost <= least).map(|(start, _)| *start).collect();
        kept.push(end);
        starts = kept;
    }
    let mut segments = Vec::new();
    let mut end = length;
    while end > 0 {
        let start = cut_before[end];
        segments.push(Segment { start, end, level: (sums[end] - sums[start]) / (end - start) as f64 });
        end = start;
    }
    segments.reverse();
    segments
}

/// Twice the negative log-likelihood of counts around their mean, without what does not depend on the cut.
fn poisson_cost(sum: f64, length: f64) -> f64 {
    if sum > 0.0 { 2.0 * (sum - sum * (sum / length).ln()) } else { 0.0 }
}

/// How much the counts scatter more than Poisson's, from the differences of neighbours, which a change of level hardly
/// touches; at least 1.
fn dispersion(counts: &[u32]) -> f64 {
    let pairs = || counts.windows(2).map(|pair| (f64::from(pair[0]), f64::from(pair[1])));
    let (squares, sums): (f64, f64) = pairs()
        .filter(|(one, two)| one + two > 0.0)
        .fold((0.0, 0.0), |total, (one, two)| (total.0 + (one - two).powi(2) / (one + two), total.1 + 1.0));
    if sums > 0.0 { (squares / sums).max(1.0) } else { 1.0 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::Random;

    #[test]
    fn a_change_of_level_is_found_where_it_is() {
        let counts: Vec<u32> = (0..60).map(|step| if step < 40 { step % 3 } else { 8 + step % 4 }).collect();
        let found = segments(&counts);
        assert_eq!(found.len(), 2, "{found:?}");
        assert_eq!((found[0].end, found[1].start), (40, 40));
        assert!((found[1].level - 9.5).abs() < 0.1);
    }

    #[test]
    fn what_does_not_change_is_one_segment() {
        let mut random = Random::new(3);
        let counts: Vec<u32> = (0..200).map(|_| (0..5).map(|_| random.below(2) as u32).sum()).collect();
        assert_eq!(segments(&counts).len(), 1);
        assert_eq!(segments(&[0; 30]).len(), 1);
        assert!(segments(&[]).is_empty());
    }

    #[test]
    fn pruning_loses_nothing() {
        // The same recursion over all starts.
        let mut random = Random::new(11);
        for _ in 0..20 {
            let counts: Vec<u32> =
                (0..40).map(|step| random.below(if step / 10 % 2 == 0 { 3 } else { 12 }) as u32).collect();
            let spread = dispersion(&counts);
            let penalty = 3.0 * 40f64.ln();
            let sum = |start: usize, end: usize| f64::from(counts[start..end].iter().sum::<u32>());
            let mut best = vec![-penalty];
            for end in 1..=40 {
                let least = (0..end)
                    .map(|start| {
                        best[start] + poisson_cost(sum(start, end), (end - start) as f64) / spread + penalty
                    })
                    .fold(f64::INFINITY, f64::min);
                best.push(least);
            }
            let found: f64 = segments(&counts)
                .iter()
                .map(|segment| {
                    poisson_cost(sum(segment.start, segment.end), (segment.end - segment.start) as f64)
                        / spread
                        + penalty
                })
                .sum::<f64>()
                - penalty;
            assert!((found - best[40]).abs() < 1e-6, "{found} {}", best[40]);
        }
    }
}
