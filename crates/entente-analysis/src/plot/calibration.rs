//! Chances told beside how often they came true.

use super::colours::{GREY, of_group};
use super::{Drawn, FONT, Picture};
use crate::forecast::Calibration;
use plotters::coord::Shift;
use plotters::prelude::*;

/// Calibrations of one or more forecasts of the same thing.
#[derive(Debug, Clone)]
pub struct CalibrationPlot {
    /// What is forecast.
    pub title: String,
    /// Names and calibrations.
    pub forecasts: Vec<(String, Calibration)>,
}

impl Picture for CalibrationPlot {
    fn size(&self) -> (u32, u32) {
        (640, 640)
    }

    fn is_empty(&self) -> bool {
        self.forecasts.iter().all(|(_, calibration)| calibration.bins.is_empty())
    }

    fn draw<B: DrawingBackend>(&self, area: &DrawingArea<B, Shift>) -> Drawn<B> {
        let mut chart = ChartBuilder::on(area)
            .caption(&self.title, (FONT, 20))
            .margin(16)
            .x_label_area_size(40)
            .y_label_area_size(48)
            .build_cartesian_2d(0.0..1.0, 0.0..1.0)?;
        chart
            .configure_mesh()
            .x_desc("chance told")
            .y_desc("share that came true")
            .label_style((FONT, 14))
            .light_line_style(WHITE)
            .draw()?;
        chart.draw_series(LineSeries::new([(0.0, 0.0), (1.0, 1.0)], GREY))?;
        for (number, (name, calibration)) in self.forecasts.iter().enumerate() {
            let colour = of_group(number);
            let points: Vec<(f64, f64, usize)> =
                calibration.bins.iter().map(|bin| (bin.chance, bin.came_true, bin.forecasts)).collect();
            let label = format!("{name} (Brier {:.4})", calibration.brier);
            chart
                .draw_series(LineSeries::new(
                    points.iter().map(|(x, y, _)| (*x, *y)),
                    colour.stroke_width(2),
                ))?
                .label(label)
                .legend(move |(x, y)| PathElement::new([(x, y), (x + 16, y)], colour.stroke_width(2)));
            chart.draw_series(points.iter().map(|(x, y, forecasts)| {
                let size = 2.0 + (*forecasts as f64).ln_1p();
                Circle::new((*x, *y), size as i32, colour.filled())
            }))?;
        }
        chart
            .configure_series_labels()
            .position(SeriesLabelPosition::UpperLeft)
            .label_font((FONT, 14))
            .background_style(WHITE)
            .border_style(GREY)
            .draw()
    }
}
