//! The signed graph of an alignment.

use crate::alignment::{Alignment, Standing};
use petgraph::graph::{NodeIndex, UnGraph};
use petgraph::visit::EdgeRef;

/// An edge between two parties.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bond {
    /// How much better (above 0) or worse than the mean of all pairs they deal with each other, in points of PLOVER's
    /// score, by the logarithm of how much they have to do with each other.
    pub weight: f64,
    /// How sure it is, -1 surely worse to 1 surely better.
    pub certainty: f64,
}

/// Parties as places in [`Alignment::parties`], joined where anything is remembered between them.
#[derive(Debug, Clone, Default)]
pub struct SignedGraph {
    graph: UnGraph<usize, Bond>,
}

impl SignedGraph {
    /// Joins the parties of an alignment.
    pub fn of(alignment: &Alignment) -> Self {
        let mut graph = UnGraph::with_capacity(alignment.parties.len(), 0);
        for place in 0..alignment.parties.len() {
            graph.add_node(place);
        }
        for (low, high, standing) in alignment.pairs() {
            if standing.remembered > 0.0 {
                let bond = bond(alignment, standing);
                graph.add_edge(NodeIndex::new(low), NodeIndex::new(high), bond);
            }
        }
        Self { graph }
    }

    /// A graph of so many nodes with weighted edges; all are sure.
    pub fn of_edges(nodes: usize, edges: &[(usize, usize, f64)]) -> Self {
        let mut graph = UnGraph::with_capacity(nodes, edges.len());
        for place in 0..nodes {
            graph.add_node(place);
        }
        for (one, other, weight) in edges {
            let bond = Bond { weight: *weight, certainty: weight.signum() };
            graph.add_edge(NodeIndex::new(*one), NodeIndex::new(*other), bond);
        }
        Self { graph }
    }

    /// How many nodes there are.
    pub fn len(&self) -> usize {
        self.graph.node_count()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.graph.node_count() == 0
    }

    /// All edges: lower and higher node, and the bond.
    pub fn edges(&self) -> impl Iterator<Item = (usize, usize, Bond)> {
        self.graph.edge_references().map(|edge| {
            let (one, other) = (edge.source().index(), edge.target().index());
            (one.min(other), one.max(other), *edge.weight())
        })
    }

    /// The bond between two nodes.
    pub fn bond(&self, one: usize, other: usize) -> Option<Bond> {
        let edge = self.graph.find_edge(NodeIndex::new(one), NodeIndex::new(other))?;
        self.graph.edge_weight(edge).copied()
    }

    /// The neighbours of a node with their bonds.
    pub fn neighbours(&self, node: usize) -> impl Iterator<Item = (usize, Bond)> {
        self.graph.edges(NodeIndex::new(node)).map(move |edge| {
            let other = if edge.source().index() == node { edge.target() } else { edge.source() };
            (other.index(), *edge.weight())
        })
    }

    /// The graph of some of the nodes, numbered by their place in the list.
    #[must_use]
    pub fn induced(&self, nodes: &[usize]) -> Self {
        let mut graph = UnGraph::with_capacity(nodes.len(), 0);
        for place in 0..nodes.len() {
            graph.add_node(place);
        }
        for (high, node) in nodes.iter().enumerate() {
            for (low, other) in nodes[..high].iter().enumerate() {
                if let Some(bond) = self.bond(*node, *other) {
                    graph.add_edge(NodeIndex::new(low), NodeIndex::new(high), bond);
                }
            }
        }
        Self { graph }
    }
}

fn bond(alignment: &Alignment, standing: &Standing) -> Bond {
    let tone = standing.dealings.mean - alignment.credibility.mean;
    Bond { weight: tone * standing.remembered.ln_1p(), certainty: standing.direct }
}
