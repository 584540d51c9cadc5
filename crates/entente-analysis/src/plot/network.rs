//! The signed network: who deals well and who badly with whom.

use super::colours::{BLUE, VERMILION, of_group};
use super::layout::places;
use super::{Drawn, FONT, Picture};
use crate::axes::SignedGraph;
use plotters::coord::Shift;
use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, Pos, VPos};

/// A signed graph with the names and blocs of its nodes.
#[derive(Debug, Clone)]
pub struct NetworkPlot<'g> {
    /// What is shown.
    pub title: String,
    /// The graph.
    pub graph: &'g SignedGraph,
    /// Names of its nodes.
    pub names: Vec<String>,
    /// Blocs of its nodes: their colours.
    pub blocs: Vec<usize>,
    /// Edges that are less certain, 0 to 1, are not drawn.
    pub certainty: f64,
}

const SIDE: u32 = 900;
const MARGIN: f64 = 60.0;

impl Picture for NetworkPlot<'_> {
    fn size(&self) -> (u32, u32) {
        (SIDE, SIDE)
    }

    fn is_empty(&self) -> bool {
        self.graph.is_empty()
    }

    fn draw<B: DrawingBackend>(&self, area: &DrawingArea<B, Shift>) -> Drawn<B> {
        let sure: Vec<(usize, usize, f64)> = self
            .graph
            .edges()
            .filter(|(.., bond)| bond.certainty.abs() >= self.certainty)
            .map(|(one, other, bond)| (one, other, bond.certainty))
            .collect();
        let mut start: Vec<usize> = (0..self.graph.len()).collect();
        start.sort_by_key(|node| (self.blocs[*node], *node));
        let inner = f64::from(SIDE) - 2.0 * MARGIN;
        let points: Vec<(i32, i32)> = places(self.graph.len(), &sure, &start)
            .into_iter()
            .map(|(x, y)| ((MARGIN + x * inner) as i32, (MARGIN + y * inner) as i32))
            .collect();
        area.draw(&Text::new(self.title.clone(), (12, 12), (FONT, 20)))?;
        for (one, other, certainty) in sure {
            let colour = if certainty > 0.0 { BLUE } else { VERMILION };
            let style = colour.mix(0.25 + 0.5 * certainty.abs()).stroke_width(if certainty.abs() > 0.9 {
                2
            } else {
                1
            });
            area.draw(&PathElement::new([points[one], points[other]], style))?;
        }
        let text = TextStyle::from((FONT, 13)).pos(Pos::new(HPos::Center, VPos::Bottom));
        for (node, point) in points.iter().enumerate() {
            area.draw(&Circle::new(*point, 6, of_group(self.blocs[node]).filled()))?;
            area.draw(&Text::new(self.names[node].clone(), (point.0, point.1 - 8), text.clone()))?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nodes_and_sure_edges_are_drawn() {
        let graph = SignedGraph::of_edges(3, &[(0, 1, 1.0), (1, 2, -1.0)]);
        let plot = NetworkPlot {
            title: "network".to_owned(),
            graph: &graph,
            names: ["NOR", "ISL", "DNK"].map(str::to_owned).to_vec(),
            blocs: vec![0, 0, 1],
            certainty: 0.5,
        };
        let svg = super::super::svg(&plot).unwrap();
        assert_eq!(svg.matches("<circle").count(), 3);
        assert_eq!(svg.matches("<polyline").count(), 2);
    }
}
