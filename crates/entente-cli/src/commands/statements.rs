//! `entente statements`: who said what.

use crate::arguments::StatementsOptions;
use crate::output::ledger::{Answer, tell_next};
use crate::report::Outcome;
use entente_ledger::store::{Ledger, PartyFilter, StatementFilter};

pub(crate) fn run(options: &StatementsOptions) -> anyhow::Result<Outcome> {
    let ledger = Ledger::open_read_only(&options.ledger.ledger)?;
    let filter = StatementFilter {
        speaker: PartyFilter::of_words(&options.speaker),
        kinds: options.kind.clone(),
        from: options.from,
        to: options.to,
        text: options.text.clone(),
        document: options.document.clone(),
    };
    let page = ledger.statements(&filter, options.page.after.as_deref(), options.page.limit)?;
    let mut answer = Answer::new(options.page.format)?;
    for statement in &page.items {
        answer.statement(statement)?;
    }
    answer.finish()?;
    tell_next(page.items.len(), None, page.next.as_deref());
    Ok(Outcome { done: 1, failed: 0 })
}
