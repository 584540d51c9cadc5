//! `entente surges`: what is unusual.

use super::loading::{Loaded, step_of};
use crate::arguments::SurgesOptions;
use crate::output::analysis::{change_lines, false_alarm_line, surge_lines};
use crate::output::ledger::Answer;
use crate::report::{Outcome, tell};
use entente_analysis::acts::{Acts, date_of};
use entente_analysis::surges::{Matter, Surge, SurgeOptions, Surges, segments};
use jiff::civil::Date;
use serde::Serialize;

const COLUMNS: [&str; 8] = ["parties", "matter", "from", "to", "acts", "expected", "chance", "event_ids"];
const CHANGE_COLUMNS: [&str; 6] = ["one", "other", "matter", "from", "to", "acts_a_step"];

/// A surge with the ids of its events.
#[derive(Serialize)]
struct Told<'s> {
    #[serde(flatten)]
    surge: &'s Surge,
    event_ids: Vec<&'s str>,
}

/// A stretch of one level.
#[derive(Serialize)]
pub(crate) struct Level {
    pub(crate) parties: [String; 2],
    pub(crate) matter: Matter,
    pub(crate) from: Date,
    pub(crate) to: Date,
    /// Acts a step.
    pub(crate) level: f64,
}

pub(crate) fn run(options: &SurgesOptions) -> anyhow::Result<Outcome> {
    let loaded = Loaded::of(&options.acts)?;
    let acts = loaded.acts()?;
    if let [one, other] = options.changes.as_slice() {
        return changes(&acts, [one, other], options);
    }
    let watching = SurgeOptions {
        step: step_of(options.step),
        baseline: options.baseline.max(1),
        chance: options.chance,
        shuffles: options.shuffles,
        ..SurgeOptions::default()
    };
    let surges = Surges::of(&acts, &watching);
    let is_wanted = |surge: &&Surge| {
        options.about.is_empty() || surge.parties.iter().any(|party| options.about.contains(party))
    };
    let mut answer = Answer::new(options.format)?;
    for surge in surges.list.iter().filter(is_wanted).take(options.limit) {
        let told = Told { surge, event_ids: loaded.deeds.event_ids(&surge.events) };
        answer.put(&told, &COLUMNS, || cells(&told), || surge_lines(surge))?;
    }
    answer.finish()?;
    tell(&false_alarm_line(&surges));
    Ok(Outcome { done: 1, failed: 0 })
}

fn cells(told: &Told<'_>) -> Vec<String> {
    let surge = told.surge;
    vec![
        surge.parties.join(" "),
        surge.matter.as_str().to_owned(),
        surge.from.to_string(),
        surge.to.to_string(),
        surge.acts.to_string(),
        format!("{:.3}", surge.expected),
        format!("{:.2e}", surge.chance),
        told.event_ids.join(" "),
    ]
}

/// Where the level of a pair changed for good.
fn changes(acts: &Acts, pair: [&String; 2], options: &SurgesOptions) -> anyhow::Result<Outcome> {
    let number = |name: &String| {
        acts.party(name).ok_or_else(|| anyhow::anyhow!("\"{name}\" is no party of any act that matches"))
    };
    let (one, other) = (number(pair[0])?, number(pair[1])?);
    let (first, last) = acts.span().unwrap_or_default();
    let ends = step_of(options.step).ends(first, last);
    let mut answer = Answer::new(options.format)?;
    for matter in [Matter::Cooperation, Matter::Conflict] {
        let mut counts = vec![0u32; ends.len()];
        for act in &acts.list {
            let is_pair =
                (act.actor, act.recipient) == (one, other) || (act.actor, act.recipient) == (other, one);
            if is_pair && act.event_type.is_conflict() == (matter == Matter::Conflict) {
                counts[ends.partition_point(|end| *end < act.day)] += 1;
            }
        }
        for segment in segments(&counts) {
            let from = if segment.start == 0 { first } else { ends[segment.start - 1] + 1 };
            let told = Level {
                parties: pair.map(String::clone),
                matter,
                from: date_of(from),
                to: date_of(ends[segment.end - 1]),
                level: segment.level,
            };
            answer.put(&told, &CHANGE_COLUMNS, || change_cells(&told), || change_lines(&told))?;
        }
    }
    answer.finish()?;
    Ok(Outcome { done: 1, failed: 0 })
}

fn change_cells(told: &Level) -> Vec<String> {
    let [one, other] = told.parties.clone();
    vec![
        one,
        other,
        told.matter.as_str().to_owned(),
        told.from.to_string(),
        told.to.to_string(),
        format!("{:.3}", told.level),
    ]
}
