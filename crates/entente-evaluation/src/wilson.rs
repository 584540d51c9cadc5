//! The interval of a share.

use crate::bootstrap::Interval;

/// The 97.5 % point of the standard normal distribution.
const NORMAL_QUANTILE: f64 = 1.959_963_984_540_054;

/// The 95 % interval of a share that was seen in a sample of `size`, by Wilson's score method (Wilson, "Probable
/// inference, the law of succession, and statistical inference", JASA 1927). The size may be a fraction: weighted
/// samples have an effective size. Nothing for an empty sample.
pub fn wilson(share: f64, size: f64) -> Option<Interval> {
    if size <= 0.0 {
        return None;
    }
    let square = NORMAL_QUANTILE * NORMAL_QUANTILE;
    let divisor = 1.0 + square / size;
    let centre = (share + square / (2.0 * size)) / divisor;
    let variance = share * (1.0 - share) / size + square / (4.0 * size * size);
    let half = NORMAL_QUANTILE * variance.max(0.0).sqrt() / divisor;
    Some(Interval { low: (centre - half).max(0.0), high: (centre + half).min(1.0) })
}

#[cfg(test)]
mod tests {
    use super::wilson;

    /// The values of Newcombe, "Two-sided confidence intervals for the single proportion", Statistics in Medicine
    /// 1998, table I, method 3.
    #[test]
    fn the_published_values_come_out() {
        for (hits, size, low, high) in [
            (81.0, 263.0, 0.2553, 0.3662),
            (15.0, 148.0, 0.0624, 0.1605),
            (0.0, 20.0, 0.0, 0.1611),
            (1.0, 29.0, 0.0061, 0.1718),
        ] {
            let interval = wilson(hits / size, size).expect("the sample is not empty");
            assert!((interval.low - low).abs() < 5e-5, "{hits} of {size}: {interval:?}");
            assert!((interval.high - high).abs() < 5e-5, "{hits} of {size}: {interval:?}");
        }
    }

    #[test]
    fn an_empty_sample_has_no_interval() {
        assert_eq!(wilson(0.5, 0.0), None);
    }
}
