//! `entente axes`: who stands together against whom.

use super::loading::{Loaded, alignment_options, step_of};
use crate::arguments::AxesOptions;
use crate::output::analysis::{axis_lines, evidence_line, statement_line};
use crate::output::ledger::Answer;
use crate::report::{Outcome, tell};
use entente_analysis::acts::{date_of, spoken_name};
use entente_analysis::alignment::Ties;
use entente_analysis::axes::{Axes, Axis, SignedGraph};
use entente_analysis::memory::Memory;
use entente_analysis::plot::{NetworkPlot, save};
use entente_ledger::store::{Ledger, PartyFilter, StatementFilter, StoredEvent, StoredStatement};
use serde::Serialize;

const COLUMNS: [&str; 8] = ["members", "target", "strength", "since", "trend", "edge", "pacts", "event_ids"];

/// An axis with its evidence.
#[derive(Serialize)]
struct Told<'a> {
    #[serde(flatten)]
    axis: &'a Axis,
    events: Vec<StoredEvent>,
    statements: Vec<StoredStatement>,
}

pub(crate) fn run(options: &AxesOptions) -> anyhow::Result<Outcome> {
    let loaded = Loaded::of(&options.acts)?;
    let acts = loaded.acts()?;
    let finding = entente_analysis::axes::AxesOptions {
        alignment: alignment_options(&options.parties),
        memory: Memory::of_half_life(options.half_life),
        span: loaded.span(&acts),
        step: step_of(options.step),
        certainty: options.certainty,
        evidence: options.evidence,
    };
    let Some(axes) = Axes::of(&acts, &Ties::embedded(), &finding) else {
        return Ok(Outcome { done: 1, failed: 0 });
    };
    let is_wanted = |axis: &&Axis| {
        options.against.as_ref().is_none_or(|target| *target == axis.target)
            && options
                .member
                .as_ref()
                .is_none_or(|name| axis.members.iter().any(|member| member.party == *name))
    };
    let wanted: Vec<&Axis> = axes.list.iter().filter(is_wanted).take(options.limit).collect();
    let mut answer = Answer::new(options.format)?;
    for axis in &wanted {
        let told = Told {
            axis,
            events: loaded.ledger.events_of_numbers(&axis.evidence)?,
            statements: statements(&loaded.ledger, axis, options.evidence)?,
        };
        answer.put(&told, &COLUMNS, || cells(&told), || lines(&told))?;
    }
    answer.finish()?;
    if wanted.is_empty() {
        tell("no axis stands out: --certainty lowers the bar, --half-life lets acts count longer");
    }
    if let Some(path) = &options.plot {
        let graph = SignedGraph::of(&axes.alignment);
        let name = |party: &u32| acts.parties[*party as usize].clone();
        let plot = NetworkPlot {
            title: format!("Who deals well and badly with whom, {}", date_of(axes.alignment.day)),
            graph: &graph,
            names: axes.alignment.parties.iter().map(name).collect(),
            blocs: axes.blocs,
            certainty: options.certainty,
        };
        save(&plot, path)?;
    }
    Ok(Outcome { done: 1, failed: 0 })
}

/// What members said with the target's name in it, the newest first.
fn statements(ledger: &Ledger, axis: &Axis, most: usize) -> anyhow::Result<Vec<StoredStatement>> {
    let codes = axis.members.iter().map(|member| member.party.clone()).collect();
    let filter = StatementFilter {
        speaker: PartyFilter { codes, ..PartyFilter::default() },
        text: Some(spoken_name(&axis.target).to_owned()),
        ..StatementFilter::default()
    };
    Ok(ledger.statements(&filter, None, most)?.items)
}

fn cells(told: &Told<'_>) -> Vec<String> {
    let axis = told.axis;
    let mut pacts: Vec<&str> =
        axis.pairs.iter().flat_map(|pair| pair.pacts.iter().map(|pact| pact.name)).collect();
    pacts.sort_unstable();
    pacts.dedup();
    vec![
        axis.members.iter().map(|member| member.party.as_str()).collect::<Vec<_>>().join(" "),
        axis.target.clone(),
        format!("{:.3}", axis.strength),
        axis.since.map(|day| day.to_string()).unwrap_or_default(),
        axis.trend.as_str().to_owned(),
        axis.edge.iter().map(|near| near.party.as_str()).collect::<Vec<_>>().join(" "),
        pacts.join("; "),
        told.events.iter().map(|stored| stored.event.id.as_str()).collect::<Vec<_>>().join(" "),
    ]
}

fn lines(told: &Told<'_>) -> String {
    let mut text = axis_lines(told.axis);
    told.events.iter().for_each(|event| text.push_str(&evidence_line(event)));
    told.statements.iter().for_each(|statement| text.push_str(&statement_line(statement)));
    text.push('\n');
    text
}
