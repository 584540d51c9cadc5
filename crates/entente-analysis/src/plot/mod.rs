//! Plots as SVG or PNG files.
//!
//! One file a picture: a dyad over time, the alignment matrix, the signed network, the calibration of a forecast.
//! [`save`] takes the format from the name of the file.

mod calibration;
mod colours;
mod dyad;
mod layout;
mod matrix;
mod network;

pub use calibration::CalibrationPlot;
pub use dyad::{DyadPlot, MarkedAct};
pub use matrix::MatrixPlot;
pub use network::NetworkPlot;

use plotters::coord::Shift;
use plotters::prelude::*;
use plotters::style::{FontStyle, register_font};
use std::path::{Path, PathBuf};
use std::sync::Once;
use thiserror::Error;

/// What can go wrong with a plot.
#[derive(Debug, Error)]
pub enum PlotError {
    /// The name ends neither in .svg nor in .png.
    #[error("failed to plot to {}: the name must end in .svg or .png", .0.display())]
    Format(PathBuf),
    /// There is nothing to draw.
    #[error("there is nothing to plot")]
    Empty,
    /// The file cannot be written.
    #[error("failed to write {}", path.display())]
    Write {
        /// The file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// The drawing library gives up.
    #[error("failed to draw: {0}")]
    Draw(String),
}

type Drawn<B> = Result<(), DrawingAreaErrorKind<<B as DrawingBackend>::ErrorType>>;

/// Something that can be drawn.
pub trait Picture {
    /// Width and height in pixels.
    fn size(&self) -> (u32, u32);
    /// Whether there is anything to draw.
    fn is_empty(&self) -> bool;
    /// Draws it.
    ///
    /// # Errors
    /// When the drawing library gives up.
    fn draw<B: DrawingBackend>(&self, area: &DrawingArea<B, Shift>) -> Drawn<B>;
}

/// Writes a picture to a file whose name ends in .svg or .png.
///
/// # Errors
/// When the name ends otherwise, there is nothing to draw, or the file cannot be written.
pub fn save(picture: &impl Picture, path: &Path) -> Result<(), PlotError> {
    if picture.is_empty() {
        return Err(PlotError::Empty);
    }
    let failed = |source| PlotError::Write { path: path.to_owned(), source };
    match path.extension().and_then(|extension| extension.to_str()) {
        Some("svg") => std::fs::write(path, svg(picture)?).map_err(failed),
        Some("png") => {
            // Opened here, since the drawing library does not say why it cannot.
            std::fs::File::create(path).map_err(failed)?;
            register_letters();
            drawn(picture, BitMapBackend::new(path, picture.size()))
        }
        _ => Err(PlotError::Format(path.to_owned())),
    }
}

/// A picture as SVG text.
///
/// # Errors
/// When there is nothing to draw or the drawing library gives up.
pub fn svg(picture: &impl Picture) -> Result<String, PlotError> {
    if picture.is_empty() {
        return Err(PlotError::Empty);
    }
    register_letters();
    let mut text = String::new();
    drawn(picture, SVGBackend::with_string(&mut text, picture.size()))?;
    Ok(text)
}

fn drawn<B: DrawingBackend>(picture: &impl Picture, backend: B) -> Result<(), PlotError> {
    let area = backend.into_drawing_area();
    let draw = || -> Drawn<B> {
        area.fill(&WHITE)?;
        picture.draw(&area)?;
        area.present()
    };
    draw().map_err(|error| PlotError::Draw(error.to_string()))
}

const FONT: &str = "sans-serif";

/// The letters of which widths are measured and PNG files are drawn.
fn register_letters() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        for style in [FontStyle::Normal, FontStyle::Bold] {
            // It fails only for what is no font, and a test draws with it.
            let _ = register_font(FONT, style, epaint_default_fonts::UBUNTU_LIGHT);
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::forecast::Calibration;

    fn picture() -> CalibrationPlot {
        let calibration = Calibration::of(&[(0.1, false), (0.9, true), (0.5, true), (0.4, false)]);
        CalibrationPlot {
            title: "A <script> & \"plot\"".to_owned(),
            forecasts: vec![("model".to_owned(), calibration)],
        }
    }

    #[test]
    fn the_name_says_the_format() {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        save(&picture(), &path("one.svg")).unwrap();
        save(&picture(), &path("one.png")).unwrap();
        let svg = std::fs::read_to_string(path("one.svg")).unwrap();
        assert!(svg.starts_with("<svg") && svg.trim_end().ends_with("</svg>"));
        assert!(!svg.contains("<script>"), "titles are text");
        let png = std::fs::read(path("one.png")).unwrap();
        assert_eq!(&png[..4], b"\x89PNG");
        assert!(png.len() > 2000);
        let error = save(&picture(), &path("one.gif")).unwrap_err().to_string();
        assert!(error.ends_with("the name must end in .svg or .png"), "{error}");
        assert!(matches!(save(&picture(), &path("no/such.png")), Err(PlotError::Write { .. })));
    }

    #[test]
    fn nothing_is_not_drawn() {
        let nothing = CalibrationPlot { title: String::new(), forecasts: Vec::new() };
        assert!(matches!(svg(&nothing), Err(PlotError::Empty)));
    }
}
