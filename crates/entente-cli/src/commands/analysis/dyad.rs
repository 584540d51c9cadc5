//! `entente dyad`: how two sides deal with each other over time.

use super::loading::{Loaded, step_of};
use crate::arguments::DyadOptions;
use crate::output::analysis::{dyad_head, dyad_lines, mark};
use crate::output::ledger::Answer;
use crate::report::{Outcome, tell};
use entente::Registry;
use entente_analysis::acts::{Act, Acts};
use entente_analysis::dyads::{Credibility, DyadSeries, ToldPoint};
use entente_analysis::memory::Memory;
use entente_analysis::plot::{DyadPlot, MarkedAct, save};
use entente_analysis::side::Side;

pub(crate) fn run(options: &DyadOptions) -> anyhow::Result<Outcome> {
    let registry = Registry::embedded();
    let sides = [Side::parse(&options.one, registry)?, Side::parse(&options.other, registry)?];
    let loaded = Loaded::of(&options.acts)?;
    let credibility = Credibility::of_acts(&loaded.acts()?.list);
    let acts = Acts::between(&loaded.deeds, &loaded.options, &sides);
    let drawing = entente_analysis::dyads::DyadOptions {
        step: step_of(options.step),
        memory: Memory::of_half_life(options.half_life),
        span: loaded.span(&acts),
    };
    let series = DyadSeries::of(&acts, credibility, &drawing);
    if series.points.is_empty() {
        tell("nothing in the ledger matches");
        return Ok(Outcome { done: 1, failed: 0 });
    }
    let marked = weightiest(&acts, credibility.mean, options.events);
    let mut answer = Answer::new(options.format)?;
    answer.head(|| dyad_head(&series))?;
    for point in &series.points {
        let told = ToldPoint::of(&loaded.deeds, point);
        answer.put(&told, &COLUMNS, || cells(&told), || dyad_lines(point))?;
    }
    let events = loaded.ledger.events_of_numbers(&marked.iter().map(|act| act.event).collect::<Vec<_>>())?;
    answer
        .head(|| if events.is_empty() { String::new() } else { "\nthe acts that count most\n".to_owned() })?;
    for (number, event) in (1..).zip(&events) {
        answer.head(|| mark(number, event))?;
    }
    answer.finish()?;
    if let Some(path) = &options.plot {
        let marks = (1..).zip(&marked).map(|(number, act): (usize, &Act)| MarkedAct {
            day: act.day,
            scale: f64::from(act.scale),
            label: number.to_string(),
        });
        save(&DyadPlot { series: &series, marked: marks.collect() }, path)?;
    }
    Ok(Outcome { done: 1, failed: 0 })
}

/// The acts whose scores are farthest from the mean, each event once, in the order of their days.
fn weightiest(acts: &Acts, mean: f64, most: usize) -> Vec<Act> {
    let mut ranked: Vec<Act> = acts.list.clone();
    let weight = |act: &Act| (f64::from(act.scale) - mean).abs() * f64::from(act.weight);
    ranked.sort_by(|one, other| {
        weight(other).total_cmp(&weight(one)).then(other.day.cmp(&one.day)).then(one.event.cmp(&other.event))
    });
    let mut seen = std::collections::BTreeSet::new();
    ranked.retain(|act| seen.insert(act.event));
    ranked.truncate(most);
    ranked.sort_by_key(|act| (act.day, act.event));
    ranked
}

const COLUMNS: [&str; 18] = [
    "from",
    "to",
    "forward_score",
    "forward_low",
    "forward_high",
    "forward_acts",
    "forward_quads",
    "backward_score",
    "backward_low",
    "backward_high",
    "backward_acts",
    "backward_quads",
    "both_score",
    "both_low",
    "both_high",
    "both_acts",
    "both_quads",
    "event_ids",
];

fn cells(told: &ToldPoint) -> Vec<String> {
    let point = told.point;
    let mut cells = vec![point.from.to_string(), point.to.to_string()];
    for dealing in [&point.forward, &point.backward, &point.both] {
        cells.extend([dealing.score, dealing.low, dealing.high].map(|score| format!("{score:.4}")));
        cells.push(dealing.acts.to_string());
        cells.push(dealing.quads.map(|count| count.to_string()).join(" "));
    }
    cells.push([told.forward_event_ids.as_slice(), &told.backward_event_ids].concat().join(" "));
    cells
}
