//! `entente explain`: why the ledger has an event.

use crate::arguments::ExplainOptions;
use crate::output::ledger::explanation;
use crate::report::Outcome;
use entente_ledger::store::Ledger;

pub(crate) fn run(options: &ExplainOptions) -> anyhow::Result<Outcome> {
    let ledger = Ledger::open_read_only(&options.ledger.ledger)?;
    let found = ledger.explain(&options.id)?;
    let Some(found) = found else {
        anyhow::bail!("{}: no event with id {}", options.ledger.ledger.display(), options.id);
    };
    if options.json {
        anstream::println!("{}", serde_json::to_string(&found)?);
    } else {
        anstream::print!("{}", explanation(&found));
    }
    Ok(Outcome { done: 1, failed: 0 })
}
