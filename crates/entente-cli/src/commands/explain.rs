//! `entente explain`: why the ledger has an event, or what a happening rests on.

use crate::arguments::ExplainOptions;
use crate::output::happenings::whole;
use crate::output::ledger::explanation;
use crate::report::Outcome;
use entente_ledger::store::Ledger;
use serde::Serialize;

pub(crate) fn run(options: &ExplainOptions) -> anyhow::Result<Outcome> {
    let ledger = Ledger::open_read_only(&options.ledger.ledger)?;
    if let Some(event) = ledger.explain(&options.id)? {
        return show(options, &event, || explanation(&event));
    }
    if let Some(happening) = ledger.happening(&options.id)? {
        return show(options, &happening, || whole(&happening));
    }
    anyhow::bail!("{}: no event or happening with id {}", options.ledger.ledger.display(), options.id)
}

fn show(
    options: &ExplainOptions,
    found: &impl Serialize,
    text: impl FnOnce() -> String,
) -> anyhow::Result<Outcome> {
    if options.json {
        anstream::println!("{}", serde_json::to_string(found)?);
    } else {
        anstream::print!("{}", text());
    }
    Ok(Outcome { done: 1, failed: 0 })
}
