//! `entente import`: events of other ledgers and systems.

use crate::arguments::ImportOptions;
use crate::commands::link::link_and_tell;
use crate::report::{Outcome, remark, tell};
use anyhow::Context;
use entente_ledger::exchange::{ImportSummary, import_file};
use entente_ledger::store::Ledger;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::path::Path;

pub(crate) fn run(options: &ImportOptions) -> anyhow::Result<Outcome> {
    let path = &options.ledger.ledger;
    let mut ledger = Ledger::open_or_create(path)?;
    let mut outcome = Outcome::default();
    let mut has_documents = false;
    for input in &options.inputs {
        match import(&mut ledger, input, options) {
            Ok(summary) => {
                tell_summary(input, &summary);
                outcome.done += 1;
                outcome.failed += usize::from(summary.faults > 0);
                has_documents |= summary.documents > 0;
            }
            Err(error) => outcome.fail(None, &format!("{error:#}")),
        }
    }
    if has_documents {
        link_and_tell(&mut ledger, path)?;
    }
    Ok(outcome)
}

fn import(ledger: &mut Ledger, input: &Path, options: &ImportOptions) -> anyhow::Result<ImportSummary> {
    let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr());
    let style = ProgressStyle::with_template("{spinner} {pos} rows, {per_sec}, {elapsed}");
    let bar = bar.with_style(style.unwrap_or_else(|_| ProgressStyle::default_spinner()));
    let now = jiff::Timestamp::now().to_string();
    let summary = import_file(
        ledger,
        input,
        options.from,
        &now,
        &mut |fault| remark(Some(&bar), &fault.to_string()),
        &mut |rows| bar.set_position(rows),
    );
    bar.finish_and_clear();
    summary.with_context(|| input.display().to_string())
}

fn tell_summary(input: &Path, summary: &ImportSummary) {
    let mut told = format!(
        "{}: {} rows read: {} events added, {} known, {} replaced",
        input.display(),
        summary.rows,
        summary.added,
        summary.unchanged,
        summary.replaced
    );
    if summary.documents > 0 {
        told.push_str(&format!(", in {} documents", summary.documents));
    }
    for (kind, count) in &summary.left_out {
        told.push_str(&format!("; {count} left out: {kind}"));
    }
    if summary.faults > 0 {
        told.push_str(&format!("; {} could not be read", summary.faults));
    }
    tell(&told);
}
