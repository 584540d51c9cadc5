//! One-to-one matching, best first.

/// A possible pair with how alike the two are.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Candidate {
    pub(crate) left: usize,
    pub(crate) right: usize,
    pub(crate) likeness: f64,
}

/// Takes the most alike pair, then the most alike of those that are left, and so on; only likenesses above 0 count.
/// Among equals the earlier left one comes first, then the earlier right one. The pairs come in the order in which
/// they were taken.
pub(crate) fn align(mut candidates: Vec<Candidate>) -> Vec<(usize, usize)> {
    candidates.retain(|candidate| candidate.likeness > 0.0);
    candidates.sort_by(|one, two| {
        two.likeness.total_cmp(&one.likeness).then(one.left.cmp(&two.left)).then(one.right.cmp(&two.right))
    });
    let mut taken_left = std::collections::HashSet::new();
    let mut taken_right = std::collections::HashSet::new();
    let mut pairs = Vec::new();
    for candidate in candidates {
        if taken_left.contains(&candidate.left) || taken_right.contains(&candidate.right) {
            continue;
        }
        taken_left.insert(candidate.left);
        taken_right.insert(candidate.right);
        pairs.push((candidate.left, candidate.right));
    }
    pairs
}

/// All pairs of the two sides with what `likeness` says of them.
pub(crate) fn all_pairs(
    left_count: usize,
    right_count: usize,
    likeness: impl Fn(usize, usize) -> f64,
) -> Vec<Candidate> {
    let mut candidates = Vec::new();
    for left in 0..left_count {
        for right in 0..right_count {
            let value = likeness(left, right);
            if value > 0.0 {
                candidates.push(Candidate { left, right, likeness: value });
            }
        }
    }
    candidates
}

#[cfg(test)]
mod tests {
    use super::*;

    fn aligned(table: &[&[f64]]) -> Vec<(usize, usize)> {
        align(all_pairs(table.len(), table[0].len(), |left, right| table[left][right]))
    }

    #[test]
    fn the_best_pair_is_taken_first() {
        assert_eq!(aligned(&[&[1.0, 2.0], &[0.0, 3.0]]), [(1, 1), (0, 0)]);
    }

    #[test]
    fn nothing_is_matched_twice() {
        assert_eq!(aligned(&[&[2.0], &[1.0], &[3.0]]), [(2, 0)]);
    }

    #[test]
    fn among_equals_the_earlier_comes_first() {
        assert_eq!(aligned(&[&[1.0, 1.0], &[1.0, 1.0]]), [(0, 0), (1, 1)]);
    }

    #[test]
    fn what_is_not_alike_is_not_matched() {
        assert_eq!(aligned(&[&[0.0, -0.2]]), []);
    }
}
