//! Figures for eyes.

use anstyle::Style;
use entente_evaluation::{Calibration, Estimate, Interval};
use std::io::Write;

/// "0.632 (0.555–0.701)"; a dash where nothing was measured.
pub(crate) fn estimate(estimate: Estimate) -> String {
    let Some(value) = estimate.value else {
        return "–".to_owned();
    };
    match estimate.interval {
        Some(Interval { low, high }) => format!("{value:.3} ({low:.3}–{high:.3})"),
        None => format!("{value:.3}"),
    }
}

/// A heading after an empty line.
pub(crate) fn heading(out: &mut impl Write, text: &str) -> anyhow::Result<()> {
    let bold = Style::new().bold();
    writeln!(out, "\n{bold}{text}{bold:#}")?;
    Ok(())
}

/// The bins of a calibration.
pub(crate) fn calibration(out: &mut impl Write, calibration: &Calibration) -> anyhow::Result<()> {
    heading(out, "Confidence")?;
    writeln!(out, "  {:<12} {:>7} {:>10} {:>7}", "", "events", "confidence", "right")?;
    for bin in &calibration.bins {
        let range = format!("{:.1}–{:.1}", bin.from, bin.to);
        writeln!(out, "  {range:<12} {:>7} {:>10.3} {:>7.3}", bin.events, bin.confidence, bin.right)?;
    }
    writeln!(out, "  expected calibration error {:.3}", calibration.expected_calibration_error)?;
    Ok(())
}

/// "event_type" as "event type".
pub(crate) fn spoken(name: &str) -> String {
    name.replace('_', " ")
}

/// Parties for eyes: nobody is named.
pub(crate) fn parties(actor: &[String], recipient: &[String]) -> String {
    let list = |names: &[String]| if names.is_empty() { "nobody".to_owned() } else { names.join(" + ") };
    format!("{} → {}", list(actor), list(recipient))
}
