//! `entente alignment`: how near parties stand.

use super::loading::{Loaded, alignment_options, step_of};
use crate::arguments::{AlignmentOptions, AnswerFormat};
use crate::output::analysis::alignment_lines;
use crate::output::ledger::Answer;
use crate::report::Outcome;
use entente_analysis::Acts;
use entente_analysis::acts::date_of;
use entente_analysis::alignment::{Alignment, Standing, Ties};
use entente_analysis::axes::{SignedGraph, communities::communities};
use entente_analysis::memory::Memory;
use entente_analysis::plot::{MatrixPlot, save};
use entente_analysis::remembered::Remembered;
use jiff::civil::Date;
use serde::Serialize;

/// How two parties stand on a day.
#[derive(Serialize)]
pub(crate) struct PairStanding {
    pub(crate) day: Date,
    pub(crate) parties: [String; 2],
    #[serde(flatten)]
    pub(crate) standing: Standing,
    /// Treaties in force.
    pub(crate) pacts: Vec<&'static str>,
}

const COLUMNS: [&str; 11] = [
    "day",
    "one",
    "other",
    "score",
    "conduct",
    "direct",
    "likeness",
    "ties",
    "mean_scale",
    "remembered",
    "pacts",
];

pub(crate) fn run(options: &AlignmentOptions) -> anyhow::Result<Outcome> {
    anyhow::ensure!(options.pair.len() != 1, "name two parties, or none for all pairs");
    let loaded = Loaded::of(&options.acts)?;
    let acts = loaded.acts()?;
    let (first, last) = loaded.span(&acts).unwrap_or_default();
    let memory = Memory::of_half_life(options.half_life);
    let parties = alignment_options(&options.parties);
    let mut told: Vec<PairStanding> = Vec::new();
    let alignment = if let [one, other] = options.pair.as_slice() {
        let days = step_of(options.step).ends(first, last);
        let past = Alignment::over_time(&acts, &Ties::embedded(), memory, &days, &parties);
        told.extend(past.iter().filter_map(|alignment| of_pair(&acts, alignment, one, other)));
        anyhow::ensure!(
            !told.is_empty(),
            "{one} and {other} are not both among the busiest parties (--parties)"
        );
        past.into_iter().last()
    } else {
        let alignment = Alignment::of(&Remembered::on(&acts, memory, last), &Ties::embedded(), &parties);
        told.extend(
            alignment.pairs().map(|(low, high, standing)| pair(&acts, &alignment, (low, high), standing)),
        );
        told.sort_by(|one, other| {
            other.standing.score.total_cmp(&one.standing.score).then_with(|| one.parties.cmp(&other.parties))
        });
        Some(alignment)
    };
    let is_list = options.pair.is_empty() && options.format == AnswerFormat::Table;
    let mut answer = Answer::new(options.format)?;
    for (place, standing) in told.iter().enumerate() {
        if is_list && place >= options.limit && place + options.limit < told.len() {
            answer.head(|| if place == options.limit { "…\n".to_owned() } else { String::new() })?;
            continue;
        }
        answer.put(standing, &COLUMNS, || cells(standing), || alignment_lines(standing))?;
    }
    answer.finish()?;
    if let (Some(path), Some(alignment)) = (&options.plot, alignment) {
        save(&matrix(&acts, &alignment), path)?;
    }
    Ok(Outcome { done: 1, failed: 0 })
}

fn of_pair(acts: &Acts, alignment: &Alignment, one: &str, other: &str) -> Option<PairStanding> {
    let place = |name: &str| alignment.place(acts.party(name)?);
    let (one, other) = (place(one)?, place(other)?);
    Some(pair(acts, alignment, (one, other), alignment.standing(one, other)?))
}

fn pair(acts: &Acts, alignment: &Alignment, places: (usize, usize), standing: &Standing) -> PairStanding {
    let name = |place: usize| acts.parties[alignment.parties[place] as usize].clone();
    let mut parties = [name(places.0), name(places.1)];
    parties.sort();
    let day = date_of(alignment.day);
    // Only who is bound by a defence pact has ties of one, or shares all memberships.
    let pacts =
        if standing.ties > 0.0 { Ties::embedded().pacts(&parties[0], &parties[1], day) } else { Vec::new() };
    PairStanding { day, pacts: pacts.iter().map(|pact| pact.name).collect(), parties, standing: *standing }
}

fn cells(told: &PairStanding) -> Vec<String> {
    let standing = &told.standing;
    let mut cells = vec![told.day.to_string(), told.parties[0].clone(), told.parties[1].clone()];
    let numbers = [
        standing.score,
        standing.conduct,
        standing.direct,
        standing.likeness,
        standing.ties,
        standing.dealings.mean,
        standing.remembered,
    ];
    cells.extend(numbers.map(|number| format!("{number:.4}")));
    cells.push(told.pacts.join("; "));
    cells
}

/// The matrix in the order of blocs.
fn matrix(acts: &Acts, alignment: &Alignment) -> MatrixPlot {
    let blocs = communities(&SignedGraph::of(alignment));
    let mut order: Vec<usize> = (0..alignment.parties.len()).collect();
    order.sort_by_key(|place| (blocs[*place], *place));
    let cell = |row: usize, column: usize| alignment.standing(row, column).map(|standing| standing.score);
    MatrixPlot {
        title: format!("Alignment on {}", date_of(alignment.day)),
        names: order.iter().map(|place| acts.parties[alignment.parties[*place] as usize].clone()).collect(),
        cells: order.iter().flat_map(|row| order.iter().map(move |column| cell(*row, *column))).collect(),
        blocs: order.iter().map(|place| blocs[*place]).collect(),
    }
}
