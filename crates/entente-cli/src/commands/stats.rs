//! `entente stats`: what the ledger holds.

use crate::arguments::StatsOptions;
use crate::report::{Outcome, inert};
use entente_ledger::store::{Ledger, Stats};
use std::collections::BTreeMap;

/// Sources shown for eyes; JSON has all.
const MOST_SOURCES: usize = 15;

pub(crate) fn run(options: &StatsOptions) -> anyhow::Result<Outcome> {
    let ledger = Ledger::open_read_only(&options.ledger.ledger)?;
    let stats = ledger.stats(options.dyads)?;
    if options.json {
        anstream::println!("{}", serde_json::to_string(&stats)?);
    } else {
        show(&stats);
    }
    Ok(Outcome { done: 1, failed: 0 })
}

fn show(stats: &Stats) {
    let rows = [
        ("documents", stats.documents),
        ("events", stats.events),
        ("happenings", stats.happenings),
        ("statements", stats.statements),
        ("people", stats.people),
        ("coding runs", stats.runs),
    ];
    for (name, count) in rows {
        anstream::println!("{name:12} {count:>10}");
    }
    if let (Some(first), Some(last)) = (&stats.first_day, &stats.last_day) {
        anstream::println!("{:12} {first} to {last}", "days");
    }
    list("by type", by_count(&stats.by_type));
    list("by year", stats.by_year.iter().map(|(year, count)| (undated(year), *count)).collect());
    let mut sources = by_count(&stats.by_source);
    sources.truncate(MOST_SOURCES);
    list("by source", sources);
    let dyads =
        stats.top_dyads.iter().map(|dyad| (format!("{} to {}", dyad.actor, dyad.recipient), dyad.events));
    list("dyads", dyads.collect());
}

fn undated(year: &str) -> String {
    if year.is_empty() { "undated".to_owned() } else { year.to_owned() }
}

/// The greatest count first.
fn by_count(counts: &BTreeMap<String, u64>) -> Vec<(String, u64)> {
    let mut rows: Vec<(String, u64)> = counts.iter().map(|(name, count)| (name.clone(), *count)).collect();
    rows.sort_by(|one, other| other.1.cmp(&one.1).then_with(|| one.0.cmp(&other.0)));
    rows
}

fn list(heading: &str, rows: Vec<(String, u64)>) {
    if rows.is_empty() {
        return;
    }
    anstream::println!("\n{heading}");
    for (name, count) in rows {
        anstream::println!("  {count:>10}  {}", inert(&name));
    }
}
