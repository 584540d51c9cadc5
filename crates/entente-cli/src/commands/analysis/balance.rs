//! `entente balance`: how far the world is from splitting into camps.

use super::loading::{Loaded, alignment_options, step_of};
use crate::arguments::BalanceOptions;
use crate::output::analysis::balance_lines;
use crate::output::ledger::Answer;
use crate::report::Outcome;
use entente_analysis::Acts;
use entente_analysis::acts::date_of;
use entente_analysis::alignment::{Alignment, Ties};
use entente_analysis::axes::communities::{communities, modularity};
use entente_analysis::axes::{Balance, SignedGraph, TriadKind};
use entente_analysis::memory::Memory;
use jiff::civil::Date;
use serde::Serialize;

/// The balance on a day, with names.
#[derive(Serialize)]
pub(crate) struct BalanceOn {
    pub(crate) day: Date,
    /// Triads by kind: three friends, common foe, common friend, three foes.
    pub(crate) triads: [usize; 4],
    /// Share of balanced triads.
    pub(crate) balanced: Option<f64>,
    /// Weight of what must be overlooked to split all parties into two camps, over all weight.
    pub(crate) frustration: f64,
    pub(crate) camps: [Vec<String>; 2],
    /// Blocs by signed modularity, those of one party left out.
    pub(crate) blocs: Vec<Vec<String>>,
    pub(crate) modularity: f64,
    /// Unbalanced triads, the surest first.
    pub(crate) unbalanced: Vec<(TriadKind, [String; 3], f64)>,
    /// Parties with what must be overlooked at each, the most first.
    pub(crate) strained: Vec<(String, f64)>,
}

const COLUMNS: [&str; 9] = [
    "day",
    "all_friends",
    "common_foe",
    "common_friend",
    "all_foes",
    "balanced",
    "frustration",
    "modularity",
    "blocs",
];

pub(crate) fn run(options: &BalanceOptions) -> anyhow::Result<Outcome> {
    let loaded = Loaded::of(&options.acts)?;
    let acts = loaded.acts()?;
    let (first, last) = loaded.span(&acts).unwrap_or_default();
    let days = step_of(options.step).ends(first, last);
    let memory = Memory::of_half_life(options.half_life);
    let past =
        Alignment::over_time(&acts, &Ties::embedded(), memory, &days, &alignment_options(&options.parties));
    let mut answer = Answer::new(options.format)?;
    for (number, alignment) in (1..).zip(&past) {
        let told = balance_on(&acts, alignment, options);
        answer.put(&told, &COLUMNS, || cells(&told), || balance_lines(&told, number == past.len()))?;
    }
    answer.finish()?;
    Ok(Outcome { done: 1, failed: 0 })
}

fn balance_on(acts: &Acts, alignment: &Alignment, options: &BalanceOptions) -> BalanceOn {
    let graph = SignedGraph::of(alignment);
    let balance = Balance::of(&graph, options.certainty);
    let labels = communities(&graph);
    let name = |place: usize| acts.parties[alignment.parties[place] as usize].clone();
    let mut blocs: Vec<Vec<String>> = vec![Vec::new(); labels.len()];
    labels.iter().enumerate().for_each(|(place, label)| blocs[*label].push(name(place)));
    blocs.retain(|bloc| bloc.len() > 1);
    let camp = |second: bool| {
        let members = balance.camps.second.iter().enumerate().filter(|(_, is_second)| **is_second == second);
        members.map(|(place, _)| name(place)).collect()
    };
    let unbalanced = balance.triads.iter().filter(|triad| !triad.kind.is_balanced()).take(options.limit);
    let mut strained: Vec<(String, f64)> =
        balance.camps.strain.iter().enumerate().map(|(place, strain)| (name(place), *strain)).collect();
    strained.sort_by(|one, other| other.1.total_cmp(&one.1).then_with(|| one.0.cmp(&other.0)));
    strained.truncate(options.limit);
    BalanceOn {
        day: date_of(alignment.day),
        triads: balance.counts(),
        balanced: balance.balanced,
        frustration: balance.camps.frustration,
        camps: [camp(false), camp(true)],
        modularity: modularity(&graph, &labels),
        blocs,
        unbalanced: unbalanced.map(|triad| (triad.kind, triad.nodes.map(name), triad.certainty)).collect(),
        strained,
    }
}

fn cells(told: &BalanceOn) -> Vec<String> {
    let mut cells = vec![told.day.to_string()];
    cells.extend(told.triads.map(|count| count.to_string()));
    cells.push(told.balanced.map(|share| format!("{share:.4}")).unwrap_or_default());
    cells.extend([told.frustration, told.modularity].map(|number| format!("{number:.4}")));
    cells.push(told.blocs.iter().map(|bloc| bloc.join(" ")).collect::<Vec<_>>().join("; "));
    cells
}
