//! `entente people`: persons with the offices and ages that articles give them.

use crate::arguments::PeopleOptions;
use crate::output::ledger::{Answer, tell_next};
use crate::report::Outcome;
use entente_ledger::store::{Ledger, PersonFilter};

pub(crate) fn run(options: &PeopleOptions) -> anyhow::Result<Outcome> {
    let ledger = Ledger::open_read_only(&options.ledger.ledger)?;
    let filter = PersonFilter {
        names: options.name.clone(),
        codes: options.code.clone(),
        sectors: options.sector.clone(),
        from: options.from,
        to: options.to,
        document: None,
    };
    let page = ledger.people(&filter, options.page.after.as_deref(), options.page.limit)?;
    let mut answer = Answer::new(options.page.format)?;
    for person in &page.items {
        answer.person(person)?;
    }
    answer.finish()?;
    tell_next(page.items.len(), None, page.next.as_deref());
    Ok(Outcome { done: 1, failed: 0 })
}
