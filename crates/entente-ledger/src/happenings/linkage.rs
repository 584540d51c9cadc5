//! Groups of reports, by average linkage: two groups are joined while the mean probability over all pairs between them
//! is high enough, the best two first.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet, BinaryHeap};

/// What a pair that must not be joined counts: it outweighs all others.
const FORBIDDEN: f64 = -1e9;

/// Two reports that may mean the same act. Pairs that are not given count as 0.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Edge {
    pub(super) one: usize,
    pub(super) other: usize,
    pub(super) probability: f64,
}

/// Two groups that may be joined, with the mean when it was put on the heap.
#[derive(Debug, PartialEq)]
struct Proposal {
    mean: f64,
    one: usize,
    other: usize,
}

impl Eq for Proposal {}

impl Ord for Proposal {
    /// The higher mean first; of equal ones the groups that began first.
    fn cmp(&self, other: &Self) -> Ordering {
        let by_mean = self.mean.total_cmp(&other.mean);
        by_mean.then(other.one.cmp(&self.one)).then(other.other.cmp(&self.other))
    }
}

impl PartialOrd for Proposal {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// Groups while they grow. A group is called by its first report.
struct Groups<'a> {
    /// Sum of probabilities to each neighbouring group, by group.
    sums: Vec<BTreeMap<usize, f64>>,
    size: Vec<usize>,
    parent: Vec<usize>,
    /// The happening that a group stands for already.
    given: Vec<Option<usize>>,
    join: f64,
    may_join: &'a dyn Fn(usize, usize) -> bool,
}

/// For each report the first report of its group. `given` says which reports belong together already: those with the
/// same number are joined at once, and two groups with different numbers never are. Groups that hold a pair of `apart`
/// are not joined either, nor those whose first reports `may_join` forbids.
pub(super) fn link(
    edges: &[Edge],
    apart: &BTreeSet<(usize, usize)>,
    given: &[Option<usize>],
    join: f64,
    may_join: &dyn Fn(usize, usize) -> bool,
) -> Vec<usize> {
    let count = given.len();
    let mut groups = Groups {
        sums: vec![BTreeMap::new(); count],
        size: vec![1; count],
        parent: (0..count).collect(),
        given: given.to_vec(),
        join,
        may_join,
    };
    for edge in edges.iter().filter(|edge| edge.one != edge.other) {
        groups.sums[edge.one].insert(edge.other, edge.probability);
        groups.sums[edge.other].insert(edge.one, edge.probability);
    }
    for (one, other) in apart {
        groups.sums[*one].insert(*other, FORBIDDEN);
        groups.sums[*other].insert(*one, FORBIDDEN);
    }
    groups.join_given();
    groups.join_best();
    (0..count).map(|report| groups.root(report)).collect()
}

impl Groups<'_> {
    fn root(&self, mut report: usize) -> usize {
        while self.parent[report] != report {
            report = self.parent[report];
        }
        report
    }

    /// Joins what belongs together already.
    fn join_given(&mut self) {
        let mut first: BTreeMap<usize, usize> = BTreeMap::new();
        for report in 0..self.parent.len() {
            let Some(happening) = self.given[report] else { continue };
            let group = *first.entry(happening).or_insert(report);
            if group != report {
                self.join(group, report);
            }
        }
    }

    fn join_best(&mut self) {
        let mut heap = BinaryHeap::new();
        for one in 0..self.parent.len() {
            self.propose(one, &mut heap, |other| other > one);
        }
        while let Some(proposal) = heap.pop() {
            if !self.is_current(&proposal) || !self.allows(proposal.one, proposal.other) {
                continue;
            }
            let joined = self.join(proposal.one, proposal.other);
            self.propose(joined, &mut heap, |_| true);
        }
    }

    /// Puts a group's neighbours on the heap.
    fn propose(&self, group: usize, heap: &mut BinaryHeap<Proposal>, is_wanted: impl Fn(usize) -> bool) {
        if self.parent[group] != group {
            return;
        }
        for (other, sum) in &self.sums[group] {
            let mean = self.mean(group, *other, *sum);
            if mean >= self.join && is_wanted(*other) {
                heap.push(Proposal { mean, one: group.min(*other), other: group.max(*other) });
            }
        }
    }

    fn mean(&self, one: usize, other: usize, sum: f64) -> f64 {
        sum / (self.size[one] * self.size[other]) as f64
    }

    /// Whether both groups still are what they were when the proposal was made.
    fn is_current(&self, proposal: &Proposal) -> bool {
        let (one, other) = (proposal.one, proposal.other);
        if self.parent[one] != one || self.parent[other] != other {
            return false;
        }
        self.sums[one].get(&other).is_some_and(|sum| self.mean(one, other, *sum) == proposal.mean)
    }

    fn allows(&self, one: usize, other: usize) -> bool {
        let are_two_happenings = self.given[one].is_some() && self.given[other].is_some();
        !are_two_happenings && (self.may_join)(one, other)
    }

    /// Joins two groups under the one that began first.
    fn join(&mut self, one: usize, other: usize) -> usize {
        let (kept, gone) = (one.min(other), one.max(other));
        let neighbours = std::mem::take(&mut self.sums[gone]);
        for (neighbour, sum) in neighbours {
            self.sums[neighbour].remove(&gone);
            if neighbour != kept {
                *self.sums[kept].entry(neighbour).or_default() += sum;
                *self.sums[neighbour].entry(kept).or_default() += sum;
            }
        }
        self.parent[gone] = kept;
        self.size[kept] += self.size[gone];
        self.given[kept] = self.given[kept].or(self.given[gone]);
        kept
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn edge(one: usize, other: usize, probability: f64) -> Edge {
        Edge { one, other, probability }
    }

    fn groups(count: usize, edges: &[Edge]) -> Vec<usize> {
        link(edges, &BTreeSet::new(), &vec![None; count], 0.5, &|_, _| true)
    }

    #[test]
    fn likely_pairs_are_joined_and_unlikely_ones_are_not() {
        assert_eq!(groups(4, &[edge(0, 2, 0.9), edge(1, 3, 0.4)]), [0, 1, 0, 3]);
    }

    #[test]
    fn a_chain_is_not_joined_end_to_end() {
        let chain = [edge(0, 1, 0.9), edge(1, 2, 0.8), edge(2, 3, 0.9)];
        assert_eq!(groups(4, &chain), [0, 0, 2, 2]);
    }

    #[test]
    fn the_mean_over_all_pairs_decides() {
        let triangle = [edge(0, 1, 0.9), edge(0, 2, 0.3), edge(1, 2, 0.8)];
        assert_eq!(groups(3, &triangle), [0, 0, 0]);
    }

    #[test]
    fn given_groups_stay_and_take_in_new_reports() {
        let edges = [edge(0, 1, 0.9), edge(1, 2, 0.9), edge(0, 2, 0.9)];
        let given = [Some(7), Some(8), None];
        let found = link(&edges, &BTreeSet::new(), &given, 0.5, &|_, _| true);
        assert_ne!(found[0], found[1], "two happenings never become one");
        assert!(found[2] == found[0] || found[2] == found[1]);
        assert_eq!(link(&[], &BTreeSet::new(), &[Some(7), None, Some(7)], 0.5, &|_, _| true), [0, 1, 0]);
    }

    #[test]
    fn forbidden_pairs_are_kept_apart() {
        let none = BTreeSet::new();
        assert_eq!(link(&[edge(0, 1, 0.9)], &none, &[None, None], 0.5, &|_, _| false), [0, 1]);
        let apart = BTreeSet::from([(0, 2)]);
        let edges = [edge(0, 1, 0.9), edge(1, 2, 0.9)];
        let found = link(&edges, &apart, &[None, None, None], 0.3, &|_, _| true);
        assert_ne!(found[0], found[2], "what they have in common does not bring them together");
    }
}
