//! `entente link`: copies to stories, reports of one act to happenings.

use crate::arguments::LinkOptions;
use crate::report::{Outcome, tell};
use entente_ledger::LedgerError;
use entente_ledger::linking::{LinkReport, link};
use entente_ledger::store::Ledger;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::path::Path;
use std::time::Instant;

pub(crate) fn run(options: &LinkOptions) -> anyhow::Result<Outcome> {
    let path = &options.ledger.ledger;
    let mut ledger = Ledger::open(path)?;
    if options.anew {
        ledger.forget_links()?;
    }
    link_and_tell(&mut ledger, path)?;
    Ok(Outcome { done: 1, failed: 0 })
}

/// Links what waits without a word.
pub(crate) fn link_quietly(ledger: &mut Ledger) -> Result<LinkReport, LedgerError> {
    link(ledger, |_, _| ())
}

/// Links what waits, and says what came of it.
pub(crate) fn link_and_tell(ledger: &mut Ledger, path: &Path) -> Result<LinkReport, LedgerError> {
    let started = Instant::now();
    let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr());
    let style =
        ProgressStyle::with_template("{wide_bar} {pos}/{len} documents linked, {per_sec}, {eta} left");
    let bar = bar.with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
    let report = link(ledger, |done, all| {
        bar.set_length(all as u64);
        bar.set_position(done as u64);
    });
    bar.finish_and_clear();
    let report = report?;
    if report.documents > 0 {
        tell(&format!(
            "{}: {} documents linked in {:.1} s: {} copies of others, {} events in {} new happenings and older ones",
            path.display(),
            report.documents,
            started.elapsed().as_secs_f64(),
            report.copies,
            report.events,
            report.opened,
        ));
    }
    Ok(report)
}
