//! `entente events`: what the ledger knows of who did what to whom.

use crate::arguments::EventsOptions;
use crate::output::ledger::{Answer, tell_next};
use crate::report::Outcome;
use entente_ledger::store::Ledger;

pub(crate) fn run(options: &EventsOptions) -> anyhow::Result<Outcome> {
    let ledger = Ledger::open_read_only(&options.ledger.ledger)?;
    let filter = options.conditions.filter()?;
    if options.count {
        anstream::println!("{}", ledger.count_events(&filter)?);
        return Ok(Outcome { done: 1, failed: 0 });
    }
    let page = ledger.events(&filter, options.order(), options.page.after.as_deref(), options.page.limit)?;
    let mut answer = Answer::new(options.page.format)?;
    for event in &page.events {
        answer.event(event)?;
    }
    answer.finish()?;
    tell_next(page.events.len(), Some(page.total), page.next.as_deref());
    Ok(Outcome { done: 1, failed: 0 })
}
