//! An article tells an act once, or twice at most: of two events of one document only the better match for a report in
//! another is likely to mean the same act.

use super::linkage::Edge;
use rustc_hash::FxHashMap;
use std::collections::BTreeSet;

/// Pairs of reports, the lesser first, that are known to be two acts.
pub(super) type Apart = BTreeSet<(usize, usize)>;

/// Log-odds beyond which a difference counts no more.
const WIDEST: f64 = 4.0;

/// Lowers the probability of each pair between two documents by how much better either report is matched by another
/// event of the other's document that is another act, and raises it by how much better the pair is than any other: by
/// `weight` for each unit of log-odds. `document` is the document of each report.
pub(super) fn discount_rivals(edges: &mut [Edge], document: &[u64], apart: &Apart, weight: f64) {
    // For a report and another document: its matches there.
    let mut matches: FxHashMap<(usize, u64), Vec<(f64, usize)>> = FxHashMap::default();
    for edge in edges.iter() {
        let odds = odds(edge.probability);
        matches.entry((edge.one, document[edge.other])).or_default().push((odds, edge.other));
        matches.entry((edge.other, document[edge.one])).or_default().push((odds, edge.one));
    }
    for edge in edges.iter_mut().filter(|edge| document[edge.one] != document[edge.other]) {
        let own = odds(edge.probability);
        let rival = |report: usize, match_there: usize| {
            let there = matches.get(&(report, document[match_there])).into_iter().flatten();
            let others = there
                .filter(|(_, found)| apart.contains(&(match_there.min(*found), match_there.max(*found))));
            others.map(|(odds, _)| *odds).fold(-WIDEST, f64::max)
        };
        let behind = |report, match_there| (rival(report, match_there) - own).clamp(-WIDEST, WIDEST);
        let changed = own - weight * (behind(edge.one, edge.other) + behind(edge.other, edge.one)) / 2.0;
        edge.probability = 1.0 / (1.0 + (-changed).exp());
    }
}

/// The logarithm of the odds, kept within bounds.
fn odds(probability: f64) -> f64 {
    (probability / (1.0 - probability)).ln().clamp(-2.0 * WIDEST, 2.0 * WIDEST)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn after(edges: &[(usize, usize, f64)], document: &[u64]) -> Vec<f64> {
        let mut list: Vec<Edge> = edges
            .iter()
            .map(|(one, other, probability)| Edge { one: *one, other: *other, probability: *probability })
            .collect();
        discount_rivals(&mut list, document, &Apart::from([(1, 2)]), 0.5);
        list.iter().map(|edge| edge.probability).collect()
    }

    #[test]
    fn the_better_match_of_a_document_wins() {
        let found = after(&[(0, 1, 0.8), (0, 2, 0.6)], &[1, 2, 2]);
        let gain = |at: usize, before: f64| odds(found[at]) - odds(before);
        assert!(gain(0, 0.8) > gain(1, 0.6) + 0.3, "{found:?}");
    }

    #[test]
    fn matches_in_other_documents_are_no_rivals() {
        let alone = after(&[(0, 1, 0.6)], &[1, 2, 3]);
        let beside = after(&[(0, 1, 0.6), (0, 2, 0.9)], &[1, 2, 3]);
        assert_eq!(alone[0], beside[0]);
    }

    #[test]
    fn an_act_told_twice_is_no_rival_to_itself() {
        let edges = [(0, 2, 0.8), (0, 3, 0.7)];
        assert!(after(&edges, &[1, 24, 2, 2])[1] > 0.7);
    }

    #[test]
    fn pairs_within_a_document_stay_as_they_are() {
        let found = after(&[(0, 1, 0.6), (0, 2, 0.9)], &[1, 1, 2]);
        assert_eq!(found[0], 0.6);
    }
}
