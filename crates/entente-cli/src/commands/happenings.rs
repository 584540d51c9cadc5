//! `entente happenings`: acts in the world, each with all reports of it.

use crate::arguments::HappeningsOptions;
use crate::output::happenings::Found;
use crate::output::ledger::{Answer, tell_next};
use crate::report::Outcome;
use entente_ledger::store::{HappeningFilter, Ledger};

pub(crate) fn run(options: &HappeningsOptions) -> anyhow::Result<Outcome> {
    let ledger = Ledger::open_read_only(&options.ledger.ledger)?;
    let filter = HappeningFilter {
        events: options.conditions.filter()?,
        mentions_min: options.reports_min,
        sources_min: options.sources_min,
        by_mentions: options.by_reports,
    };
    let page = ledger.happenings(&filter, options.page.after.as_deref(), options.page.limit)?;
    let mut answer = Answer::new(options.page.format)?;
    for stored in &page.items {
        // It may have been linked anew since the page was read.
        if let Some(record) = ledger.happening(&stored.happening.id)? {
            answer.happening(&Found::new(stored, &record))?;
        }
    }
    answer.finish()?;
    tell_next(page.items.len(), None, page.next.as_deref());
    Ok(Outcome { done: 1, failed: 0 })
}
