//! A review for eyes.

use crate::output::figures::{calibration, estimate, heading};
use anstyle::Style;
use entente_evaluation::review::{Review, WeightedShare};
use std::io::Write;

/// Writes all figures.
pub(crate) fn write_table(out: &mut impl Write, review: &Review, unlabelled: usize) -> anyhow::Result<()> {
    let bold = Style::new().bold();
    writeln!(
        out,
        "{bold}{} of {} events and {} of {} sentences labelled{bold:#}",
        review.events_labelled, review.events, review.sentences_labelled, review.sentences
    )?;
    if unlabelled > 0 {
        writeln!(out, "  {unlabelled} rows of the sheet have no label yet")?;
    }
    if review.events_not_covered > 0 {
        let count = review.events_not_covered;
        writeln!(out, "  {count} events are in parts without a label; the figures do not cover them")?;
    }
    writeln!(out, "\n  {:<28} {}", "precision of types", share(&review.precision))?;
    writeln!(out, "  {:<28} {}", "precision of dyads", share(&review.dyad_precision))?;
    writeln!(out, "  {:<28} {}", "recall of types, estimated", estimate(review.recall))?;
    if let Some(missed) = review.events_missed {
        writeln!(out, "  {:<28} {missed:.0}", "events missed, estimated")?;
    }
    heading(out, "Precision by type")?;
    for row in &review.types {
        writeln!(out, "  {:<10} {:>6} events  {}", row.event.as_str(), row.events, share(&row.precision))?;
    }
    if let Some(measured) = &review.calibration {
        calibration(out, measured)?;
    }
    Ok(())
}

/// "0.820 (0.642–0.921), 10 of 20 labelled right"
fn share(share: &WeightedShare) -> String {
    format!("{}, {} of {} labelled right", estimate(share.share), share.right, share.labelled)
}
