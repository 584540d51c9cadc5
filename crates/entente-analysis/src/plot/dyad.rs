//! A dyad over time: its score in both directions, how sure it is, how many acts, and the acts that count most.

use super::colours::{BLUE, GREY, VERMILION};
use super::{Drawn, FONT, Picture};
use crate::acts::{Day, date_of, day_of};
use crate::dyads::{Dealing, DyadPoint, DyadSeries};
use plotters::coord::Shift;
use plotters::prelude::*;

/// An act that is marked on the line, by a number that the caller explains.
#[derive(Debug, Clone, PartialEq)]
pub struct MarkedAct {
    /// When.
    pub day: Day,
    /// PLOVER's score.
    pub scale: f64,
    /// What stands beside the mark.
    pub label: String,
}

/// A series with marked acts.
#[derive(Debug, Clone)]
pub struct DyadPlot<'s> {
    /// The series.
    pub series: &'s DyadSeries,
    /// The acts that are marked.
    pub marked: Vec<MarkedAct>,
}

const SCORES: std::ops::Range<f64> = -10.0..10.0;

impl DyadPlot<'_> {
    fn days(&self) -> std::ops::Range<f64> {
        let first = self.series.points.first().and_then(|point| day_of(point.from)).unwrap_or_default();
        let last = self.series.points.last().and_then(|point| day_of(point.to)).unwrap_or_default();
        f64::from(first)..f64::from(last.max(first + 1))
    }

    fn draw_scores<B: DrawingBackend>(&self, area: &DrawingArea<B, Shift>) -> Drawn<B> {
        let [one, other] = &self.series.sides;
        let mut chart = ChartBuilder::on(area)
            .caption(format!("{one} and {other}"), (FONT, 22))
            .margin(12)
            .x_label_area_size(28)
            .y_label_area_size(48)
            .build_cartesian_2d(self.days(), SCORES)?;
        chart
            .configure_mesh()
            .y_desc("PLOVER score")
            .label_style((FONT, 14))
            .x_label_formatter(&|day| date_of(day.round() as Day).to_string())
            .light_line_style(WHITE)
            .draw()?;
        let line = |of: &dyn Fn(&DyadPoint) -> f64| -> Vec<(f64, f64)> {
            let at = |point: &DyadPoint| Some((f64::from(day_of(point.to)?), of(point)));
            self.series.points.iter().filter_map(at).collect()
        };
        for (name, colour, of) in [
            (
                format!("{one} to {other}"),
                BLUE,
                (|point: &DyadPoint| &point.forward) as fn(&DyadPoint) -> &Dealing,
            ),
            (format!("{other} to {one}"), VERMILION, |point: &DyadPoint| &point.backward),
        ] {
            let mut band = line(&|point| of(point).low);
            band.extend(line(&|point| of(point).high).into_iter().rev());
            chart.draw_series([Polygon::new(band, colour.mix(0.15))])?;
            chart
                .draw_series(LineSeries::new(line(&|point| of(point).score), colour.stroke_width(2)))?
                .label(name)
                .legend(move |(x, y)| PathElement::new([(x, y), (x + 16, y)], colour.stroke_width(2)));
        }
        chart.draw_series(self.marked.iter().map(|act| {
            EmptyElement::at((f64::from(act.day), act.scale))
                + Circle::new((0, 0), 3, BLACK.filled())
                + Text::new(act.label.clone(), (5, -7), (FONT, 13))
        }))?;
        chart
            .configure_series_labels()
            .position(SeriesLabelPosition::LowerLeft)
            .label_font((FONT, 14))
            .background_style(WHITE.mix(0.8))
            .border_style(GREY)
            .draw()
    }

    fn draw_counts<B: DrawingBackend>(&self, area: &DrawingArea<B, Shift>) -> Drawn<B> {
        let count = |quads: &[usize]| quads.iter().sum::<usize>() as f64;
        let bars: Vec<(f64, f64, f64, f64)> = self
            .series
            .points
            .iter()
            .filter_map(|point| {
                let quads = &point.both.quads;
                let (from, to) = (day_of(point.from)?, day_of(point.to)? + 1);
                Some((f64::from(from), f64::from(to), count(&quads[..2]), count(&quads[2..])))
            })
            .collect();
        let most = bars.iter().map(|bar| bar.2.max(bar.3)).fold(1.0, f64::max);
        let mut chart = ChartBuilder::on(area)
            .margin(12)
            .margin_top(0)
            .x_label_area_size(8)
            .y_label_area_size(48)
            .build_cartesian_2d(self.days(), -most..most)?;
        chart
            .configure_mesh()
            .y_desc("acts")
            .label_style((FONT, 14))
            .y_label_formatter(&|count| format!("{:.0}", count.abs()))
            .disable_x_mesh()
            .x_labels(0)
            .light_line_style(WHITE)
            .draw()?;
        let bar = |(from, to, height): (f64, f64, f64), colour: RGBColor| {
            Rectangle::new([(from, 0.0), (to, height)], colour.mix(0.7).filled())
        };
        chart.draw_series(bars.iter().map(|(from, to, friendly, _)| bar((*from, *to, *friendly), BLUE)))?;
        chart
            .draw_series(bars.iter().map(|(from, to, _, hostile)| bar((*from, *to, -hostile), VERMILION)))?;
        Ok(())
    }
}

impl Picture for DyadPlot<'_> {
    fn size(&self) -> (u32, u32) {
        (1000, 600)
    }

    fn is_empty(&self) -> bool {
        self.series.points.is_empty()
    }

    fn draw<B: DrawingBackend>(&self, area: &DrawingArea<B, Shift>) -> Drawn<B> {
        let (scores, counts) = area.split_vertically(430);
        self.draw_scores(&scores)?;
        self.draw_counts(&counts)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::acts::testing;
    use crate::dyads::{Credibility, DyadOptions, Step};
    use crate::memory::Memory;
    use entente_codebook::EventType;

    #[test]
    fn both_directions_and_marks_are_drawn() {
        let acts = testing::acts(&[
            (100, "NOR", "DNK", EventType::Accuse),
            (200, "DNK", "NOR", EventType::Sanction),
        ]);
        let options = DyadOptions { step: Step::Month, memory: Memory::of_half_life(30.0), span: None };
        let series = DyadSeries::of(&acts, Credibility::of_acts(&acts.list), &options);
        let marked = vec![MarkedAct { day: 200, scale: -5.0, label: "1".to_owned() }];
        let svg = super::super::svg(&DyadPlot { series: &series, marked }).unwrap();
        assert!(svg.contains("NOR to DNK") && svg.contains("DNK to NOR"));
        assert!(svg.contains("<circle"));
    }
}
