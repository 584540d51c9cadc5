//! How far a signed graph is from splitting into camps.
//!
//! A triad is balanced where the product of its signs is positive: the friend of a friend is a friend, the foe of a foe is a
//! friend (Cartwright and Harary, Psychological Review 63, 1956). Frustration is the weight of the edges that have to be
//! overlooked to split all parties into two camps, friends within and foes between (Harary's line index; Aref and Wilson,
//! Journal of Complex Networks 7, 2019). The least one is hard to find; it is sought by moving parties one by one from many
//! starts, so that what is given is an upper bound.

use super::graph::SignedGraph;
use crate::random::Random;
use serde::Serialize;

/// Starts of the search for two camps.
const STARTS: usize = 40;

/// The signs of a triad.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum TriadKind {
    /// Three friends: balanced.
    AllFriends,
    /// Two friends with a common foe: balanced.
    CommonFoe,
    /// Two foes with a common friend: unbalanced.
    CommonFriend,
    /// Three foes: unbalanced.
    AllFoes,
}

impl TriadKind {
    /// Whether the triad is at rest.
    pub fn is_balanced(self) -> bool {
        matches!(self, Self::AllFriends | Self::CommonFoe)
    }
}

/// Three parties, each joined to the others.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Triad {
    /// Places of the parties, ascending.
    pub nodes: [usize; 3],
    /// Its signs.
    pub kind: TriadKind,
    /// The least certainty among its edges, 0 to 1.
    pub certainty: f64,
}

/// Two camps.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CampSplit {
    /// Whether each party is in the second camp; the first party never is.
    pub second: Vec<bool>,
    /// Weight of hostile edges within camps and friendly ones between, over that of all edges; 0 is a clean split.
    pub frustration: f64,
    /// Weight of hostile edges within and friendly ones between at each party.
    pub strain: Vec<f64>,
}

/// How balanced a graph is.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Balance {
    /// Triads whose edges are all at least this certain.
    pub least_certainty: f64,
    /// The triads, the surest first.
    pub triads: Vec<Triad>,
    /// Share of balanced triads; none without triads.
    pub balanced: Option<f64>,
    /// The best split into two camps that was found.
    pub camps: CampSplit,
}

impl Balance {
    /// Weighs a graph; edges of less certainty (0 to 1) are no part of triads.
    pub fn of(graph: &SignedGraph, least_certainty: f64) -> Self {
        let triads = triads(graph, least_certainty);
        let balanced = triads.iter().filter(|triad| triad.kind.is_balanced()).count();
        Self {
            least_certainty,
            balanced: (!triads.is_empty()).then(|| balanced as f64 / triads.len() as f64),
            camps: two_camps(graph),
            triads,
        }
    }

    /// How many triads are of each kind, in the order of [`TriadKind`].
    pub fn counts(&self) -> [usize; 4] {
        let mut counts = [0; 4];
        for triad in &self.triads {
            counts[triad.kind as usize] += 1;
        }
        counts
    }
}

fn triads(graph: &SignedGraph, least_certainty: f64) -> Vec<Triad> {
    let is_sure = |certainty: f64| certainty != 0.0 && certainty.abs() >= least_certainty;
    let mut triads = Vec::new();
    for (one, two, first) in graph.edges().filter(|(.., bond)| is_sure(bond.certainty)) {
        for (three, second) in graph.neighbours(two).filter(|(three, _)| *three > two) {
            let Some(third) = graph.bond(one, three) else { continue };
            let certainties = [first, second, third].map(|bond| bond.certainty);
            if !certainties.into_iter().all(is_sure) {
                continue;
            }
            let kind = match certainties.into_iter().filter(|certainty| *certainty < 0.0).count() {
                0 => TriadKind::AllFriends,
                1 => TriadKind::CommonFriend,
                2 => TriadKind::CommonFoe,
                _ => TriadKind::AllFoes,
            };
            let certainty = certainties.into_iter().map(f64::abs).fold(1.0, f64::min);
            triads.push(Triad { nodes: [one, two, three], kind, certainty });
        }
    }
    triads
        .sort_by(|left, right| right.certainty.total_cmp(&left.certainty).then(left.nodes.cmp(&right.nodes)));
    triads
}

fn two_camps(graph: &SignedGraph) -> CampSplit {
    let total: f64 = graph.edges().map(|(.., bond)| bond.weight.abs()).sum();
    let mut random = Random::new(1);
    let mut best: Option<(f64, Vec<bool>)> = None;
    for start in 0..STARTS {
        // The first start has everybody in one camp.
        let mut second: Vec<bool> = (0..graph.len()).map(|_| start > 0 && random.below(2) == 1).collect();
        settle(graph, &mut second);
        let frustrated: f64 = strains(graph, &second).iter().sum::<f64>() / 2.0;
        if best.as_ref().is_none_or(|(least, _)| frustrated < least - 1e-9) {
            best = Some((frustrated, second));
        }
    }
    let (frustrated, mut second) = best.unwrap_or_default();
    if second.first().copied().unwrap_or(false) {
        second.iter_mut().for_each(|is_second| *is_second = !*is_second);
    }
    let strain = strains(graph, &second);
    CampSplit { second, frustration: if total > 0.0 { frustrated / total } else { 0.0 }, strain }
}

/// Moves parties to the other camp as long as that overlooks less.
fn settle(graph: &SignedGraph, second: &mut [bool]) {
    let mut is_settled = false;
    while !is_settled {
        is_settled = true;
        for node in 0..graph.len() {
            let pull: f64 = graph
                .neighbours(node)
                .map(|(other, bond)| if second[other] == second[node] { bond.weight } else { -bond.weight })
                .sum();
            if pull < -1e-9 {
                second[node] = !second[node];
                is_settled = false;
            }
        }
    }
}

fn strains(graph: &SignedGraph, second: &[bool]) -> Vec<f64> {
    let mut strains = vec![0.0; graph.len()];
    for (one, other, bond) in graph.edges() {
        if (second[one] == second[other]) == (bond.weight < 0.0) {
            strains[one] += bond.weight.abs();
            strains[other] += bond.weight.abs();
        }
    }
    strains
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clean_split_has_no_frustration() {
        let edges = [(0, 1, 1.0), (2, 3, 2.0), (0, 2, -1.0), (1, 3, -2.0), (1, 2, -1.0)];
        let balance = Balance::of(&SignedGraph::of_edges(4, &edges), 0.5);
        assert_eq!(balance.camps.second, [false, false, true, true]);
        assert!(balance.camps.frustration.abs() < 1e-12);
        assert_eq!(balance.balanced, Some(1.0));
        assert_eq!(balance.counts(), [0, 2, 0, 0]);
    }

    #[test]
    fn what_must_be_overlooked_is_the_least() {
        // Three foes: one of the edges stays within a camp, the lightest.
        let graph = SignedGraph::of_edges(3, &[(0, 1, -3.0), (1, 2, -2.0), (0, 2, -1.0)]);
        let balance = Balance::of(&graph, 0.5);
        assert!((balance.camps.frustration - 1.0 / 6.0).abs() < 1e-12, "{balance:?}");
        assert_eq!(balance.counts(), [0, 0, 0, 1]);
        assert_eq!(balance.camps.strain, [1.0, 0.0, 1.0]);
        let torn = SignedGraph::of_edges(3, &[(0, 1, 1.0), (0, 2, 1.0), (1, 2, -1.0)]);
        assert_eq!(Balance::of(&torn, 0.5).counts(), [0, 0, 1, 0]);
    }

    #[test]
    fn the_search_finds_the_least_of_all_splits() {
        let mut random = Random::new(5);
        for _ in 0..20 {
            let mut edges = Vec::new();
            for one in 0..8 {
                for other in one + 1..8 {
                    edges.push((one, other, f64::from(random.balanced())));
                }
            }
            let graph = SignedGraph::of_edges(8, &edges);
            let least = (0..128u32)
                .map(|split| {
                    let second: Vec<bool> = (0..8).map(|node| split >> node & 1 == 1).collect();
                    strains(&graph, &second).iter().sum::<f64>() / 2.0
                })
                .fold(f64::INFINITY, f64::min);
            let total: f64 = edges.iter().map(|(.., weight)| weight.abs()).sum();
            assert!((Balance::of(&graph, 0.1).camps.frustration * total - least).abs() < 1e-9);
        }
    }

    #[test]
    fn nothing_is_balanced_in_nothing() {
        let balance = Balance::of(&SignedGraph::default(), 0.5);
        assert_eq!((balance.balanced, balance.camps.frustration), (None, 0.0));
    }
}
