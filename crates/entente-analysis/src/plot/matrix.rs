//! The alignment of all pairs as a matrix, blocs side by side.

use super::colours::of_sign;
use super::{Drawn, FONT, Picture};
use plotters::coord::Shift;
use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, Pos, VPos};

/// A square matrix of numbers from -1 to 1 with the names of its rows.
#[derive(Debug, Clone)]
pub struct MatrixPlot {
    /// What is shown.
    pub title: String,
    /// Names in the order in which they stand.
    pub names: Vec<String>,
    /// Row by row; nothing is drawn where there is none.
    pub cells: Vec<Option<f64>>,
    /// The bloc of each name; a line parts neighbours of different ones.
    pub blocs: Vec<usize>,
}

const CELL: i32 = 16;
const EDGE: i32 = 90;
const TOP: i32 = 40;

impl Picture for MatrixPlot {
    fn size(&self) -> (u32, u32) {
        let side = CELL * self.names.len() as i32;
        ((side + EDGE + 16) as u32, (side + EDGE + TOP + 16) as u32)
    }

    fn is_empty(&self) -> bool {
        self.names.is_empty()
    }

    fn draw<B: DrawingBackend>(&self, area: &DrawingArea<B, Shift>) -> Drawn<B> {
        let count = self.names.len();
        let place = |row: usize| CELL * row as i32;
        area.draw(&Text::new(self.title.clone(), (8, 10), (FONT, 18)))?;
        let style = TextStyle::from((FONT, 12));
        for (row, name) in self.names.iter().enumerate() {
            let aside = style.pos(Pos::new(HPos::Right, VPos::Center));
            area.draw(&Text::new(name.clone(), (EDGE - 6, TOP + EDGE + place(row) + CELL / 2), aside))?;
            let above = style.transform(FontTransform::Rotate270).pos(Pos::new(HPos::Left, VPos::Center));
            area.draw(&Text::new(name.clone(), (EDGE + place(row) + CELL / 2, TOP + EDGE - 6), above))?;
            for column in 0..count {
                let Some(value) = self.cells[row * count + column] else { continue };
                let (x, y) = (EDGE + place(column), TOP + EDGE + place(row));
                area.draw(&Rectangle::new([(x, y), (x + CELL, y + CELL)], of_sign(value).filled()))?;
            }
        }
        for row in (1..count).filter(|row| self.blocs[*row] != self.blocs[row - 1]) {
            let (at, end) = (place(row), place(count));
            let across = [(EDGE, TOP + EDGE + at), (EDGE + end, TOP + EDGE + at)];
            let down = [(EDGE + at, TOP + EDGE), (EDGE + at, TOP + EDGE + end)];
            area.draw(&PathElement::new(across, BLACK))?;
            area.draw(&PathElement::new(down, BLACK))?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_names_and_blocs_are_drawn() {
        let plot = MatrixPlot {
            title: "alignment".to_owned(),
            names: ["NOR", "ISL", "DNK"].map(str::to_owned).to_vec(),
            cells: vec![
                None,
                Some(0.5),
                Some(-0.5),
                Some(0.5),
                None,
                Some(-1.0),
                Some(-0.5),
                Some(-1.0),
                None,
            ],
            blocs: vec![0, 0, 1],
        };
        let svg = super::super::svg(&plot).unwrap();
        assert_eq!(svg.matches(">\nNOR\n</text>").count(), 2, "{svg}");
        assert_eq!(svg.matches("<rect").count(), 1 + 6, "the ground and six cells");
        assert!(svg.matches("<polyline").count() == 2);
    }
}
