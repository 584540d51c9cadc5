//! Blocs: communities of a signed graph.
//!
//! The best cut is the one of the greatest signed modularity (Gómez, Jensen and Arenas, Physical Review E 80, 2009): more
//! friendly weight within and more hostile weight between than the nodes' strengths alone would give. It is sought by moving
//! nodes one by one and then whole communities, as Blondel and others do for plain modularity (Journal of Statistical
//! Mechanics, 2008). Nodes are taken in their order, so that the same graph always gives the same blocs.

use super::graph::SignedGraph;

/// Rounds of moving without which it has not settled, and never will.
const MOST_ROUNDS: usize = 100;
/// Gains below this are rounding.
const LEAST_GAIN: f64 = 1e-9;

/// The community of every node, numbered from 0 by their first node.
pub fn communities(graph: &SignedGraph) -> Vec<usize> {
    let mut matrix = Links::of(graph);
    let mut labels: Vec<usize> = (0..graph.len()).collect();
    loop {
        let moved = matrix.settle();
        let count = moved.iter().max().map_or(0, |most| most + 1);
        labels.iter_mut().for_each(|label| *label = moved[*label]);
        if count == matrix.len() {
            return labels;
        }
        matrix = matrix.joined(&moved, count);
    }
}

/// Signed modularity of a cut: at most 1; 0 where all is one community.
pub fn modularity(graph: &SignedGraph, labels: &[usize]) -> f64 {
    let links = Links::of(graph);
    let total = links.total[0] + links.total[1];
    if total <= 0.0 {
        return 0.0;
    }
    let mut sum = 0.0;
    for one in 0..links.len() {
        for other in 0..links.len() {
            if labels[one] == labels[other] {
                sum += links.surplus(one, other);
            }
        }
    }
    sum / total
}

/// Friendly and hostile weights of all pairs of nodes, and their sums.
struct Links {
    weights: Vec<[Vec<f64>; 2]>,
    strengths: Vec<[f64; 2]>,
    total: [f64; 2],
}

impl Links {
    fn of(graph: &SignedGraph) -> Self {
        let size = graph.len();
        let mut weights = vec![[vec![0.0; size], vec![0.0; size]]; size];
        for (one, other, bond) in graph.edges() {
            let sign = usize::from(bond.weight < 0.0);
            weights[one][sign][other] += bond.weight.abs();
            weights[other][sign][one] += bond.weight.abs();
        }
        Self::with(weights)
    }

    fn with(weights: Vec<[Vec<f64>; 2]>) -> Self {
        let strengths: Vec<[f64; 2]> =
            weights.iter().map(|rows| [rows[0].iter().sum(), rows[1].iter().sum()]).collect();
        let total = [0, 1].map(|sign| strengths.iter().map(|strength| strength[sign]).sum());
        Self { weights, strengths, total }
    }

    fn len(&self) -> usize {
        self.weights.len()
    }

    /// What two nodes in one community add to the modularity: friendly weight above what is expected, less hostile weight
    /// above what is expected.
    fn surplus(&self, one: usize, other: usize) -> f64 {
        let above = |sign: usize| {
            let expected = if self.total[sign] > 0.0 {
                self.strengths[one][sign] * self.strengths[other][sign] / self.total[sign]
            } else {
                0.0
            };
            self.weights[one][sign][other] - expected
        };
        above(0) - above(1)
    }

    /// Moves nodes to where they add most until none moves any more. Communities are numbered by their first node.
    fn settle(&self) -> Vec<usize> {
        let size = self.len();
        let mut labels: Vec<usize> = (0..size).collect();
        for _ in 0..MOST_ROUNDS {
            let mut is_settled = true;
            for node in 0..size {
                let mut gains = vec![0.0; size];
                for other in (0..size).filter(|other| *other != node) {
                    gains[labels[other]] += self.surplus(node, other);
                }
                let mut best = labels[node];
                for (label, gain) in gains.iter().enumerate() {
                    if *gain > gains[best] + LEAST_GAIN {
                        best = label;
                    }
                }
                is_settled &= best == labels[node];
                labels[node] = best;
            }
            if is_settled {
                break;
            }
        }
        renumbered(&labels)
    }

    /// The same with every community as one node. Weights within a community stay with it.
    fn joined(&self, labels: &[usize], count: usize) -> Self {
        let mut weights = vec![[vec![0.0; count], vec![0.0; count]]; count];
        for (one, rows) in self.weights.iter().enumerate() {
            for (sign, row) in rows.iter().enumerate() {
                for (other, weight) in row.iter().enumerate() {
                    weights[labels[one]][sign][labels[other]] += weight;
                }
            }
        }
        Self::with(weights)
    }
}

/// The same cut, numbered by the first node of each community.
fn renumbered(labels: &[usize]) -> Vec<usize> {
    let mut numbers = vec![usize::MAX; labels.iter().max().map_or(0, |most| most + 1)];
    let mut next = 0;
    let number = |label: &usize| {
        if numbers[*label] == usize::MAX {
            numbers[*label] = next;
            next += 1;
        }
        numbers[*label]
    };
    labels.iter().map(number).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn friends_are_together_and_foes_apart() {
        let edges = [(0, 1, 2.0), (1, 2, 2.0), (0, 2, 1.0), (3, 4, 2.0), (2, 3, -2.0), (0, 4, -1.0)];
        let graph = SignedGraph::of_edges(6, &edges);
        let labels = communities(&graph);
        assert_eq!(labels[..5], [0, 0, 0, 1, 1]);
        let best = modularity(&graph, &labels);
        for node in 0..6 {
            for label in 0..3 {
                let mut other = labels.clone();
                other[node] = label;
                assert!(modularity(&graph, &other) <= best + 1e-12, "{node} to {label}");
            }
        }
    }

    #[test]
    fn whole_communities_move_too() {
        // A ring of eight pairs: nodes one by one settle at pairs.
        let edges: Vec<(usize, usize, f64)> =
            (0..16).map(|node| (node, (node + 1) % 16, if node % 2 == 0 { 3.0 } else { 1.0 })).collect();
        let labels = communities(&SignedGraph::of_edges(16, &edges));
        assert!(*labels.iter().max().unwrap() < 8);
        assert!((0..8).all(|pair| labels[pair * 2] == labels[pair * 2 + 1]), "{labels:?}");
    }

    #[test]
    fn no_edges_no_communities() {
        assert_eq!(communities(&SignedGraph::of_edges(3, &[])), [0, 1, 2]);
        assert!(communities(&SignedGraph::default()).is_empty());
        assert_eq!(modularity(&SignedGraph::default(), &[]), 0.0);
    }
}
