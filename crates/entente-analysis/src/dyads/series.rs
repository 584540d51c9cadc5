//! A dyad step by step.

use super::credibility::{Credibility, Tally};
use super::step::Step;
use crate::acts::{Act, Acts, Day, date_of};
use crate::memory::Memory;
use entente_ledger::store::Deeds;
use jiff::civil::Date;
use serde::Serialize;

/// How a dyad is drawn.
#[derive(Debug, Clone, PartialEq)]
pub struct DyadOptions {
    /// Length of a step.
    pub step: Step,
    /// How long acts are remembered.
    pub memory: Memory,
    /// First and last day; those of the acts where not given.
    pub span: Option<(Day, Day)>,
}

/// How one side deals with the other, as of the end of a step.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Dealing {
    /// Acts in the step.
    pub acts: usize,
    /// Acts in the step by quad: verbal cooperation, material cooperation, verbal conflict, material conflict.
    pub quads: [usize; 4],
    /// Mean PLOVER score of all remembered acts, -10 to 10, drawn towards the mean of all dyads.
    pub score: f64,
    /// The score lies between these with nine chances in ten.
    pub low: f64,
    /// See `low`.
    pub high: f64,
    /// What the remembered acts weigh in all; one act that is sure and of this day weighs 1.
    pub remembered: f64,
    /// Numbers of the events in the step.
    #[serde(skip)]
    pub events: Vec<u32>,
}

/// A dyad as of the end of a step.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct DyadPoint {
    /// First day of the step.
    pub from: Date,
    /// Last day of the step.
    pub to: Date,
    /// What the first side does to the second.
    pub forward: Dealing,
    /// What the second side does to the first.
    pub backward: Dealing,
    /// Both.
    pub both: Dealing,
}

/// A point with the ids of the events behind it, as it is told.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ToldPoint<'p> {
    /// The point.
    #[serde(flatten)]
    pub point: &'p DyadPoint,
    /// Ids of the events behind `forward`.
    pub forward_event_ids: Vec<&'p str>,
    /// Ids of the events behind `backward`.
    pub backward_event_ids: Vec<&'p str>,
}

impl<'p> ToldPoint<'p> {
    /// A point of acts that were made of these deeds.
    pub fn of(deeds: &'p Deeds, point: &'p DyadPoint) -> Self {
        let ids = |dealing: &Dealing| deeds.event_ids(&dealing.events);
        Self { point, forward_event_ids: ids(&point.forward), backward_event_ids: ids(&point.backward) }
    }
}

/// How two sides deal with each other over time.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct DyadSeries {
    /// Names of the two sides.
    pub sides: [String; 2],
    /// What all dyads say of this one.
    pub credibility: Credibility,
    /// The steps, without a gap.
    pub points: Vec<DyadPoint>,
}

impl DyadSeries {
    /// Draws the acts between parties 0 and 1 of `acts`; whatever others do is left out.
    pub fn of(acts: &Acts, credibility: Credibility, options: &DyadOptions) -> Self {
        let name = |side: usize| acts.parties.get(side).cloned().unwrap_or_default();
        let mut series = Self { sides: [name(0), name(1)], credibility, points: Vec::new() };
        let Some((first, last)) = options.span.or_else(|| acts.span()) else { return series };
        let mut remembered = [Tally::default(); 2];
        let mut remembered_on = first;
        let mut next = 0;
        let mut from = first;
        for end in options.step.ends(first, last) {
            let mut step: [Vec<&Act>; 2] = [Vec::new(), Vec::new()];
            while let Some(act) = acts.list.get(next).filter(|act| act.day <= end) {
                next += 1;
                let Some(side) = side_of(act) else { continue };
                let left = options.memory.left_after(act.day - remembered_on);
                remembered.iter_mut().for_each(|tally| tally.fade(left));
                remembered_on = remembered_on.max(act.day);
                remembered[side].add(f64::from(act.weight), f64::from(act.scale));
                if act.day >= from {
                    step[side].push(act);
                }
            }
            let left = options.memory.left_after(end - remembered_on);
            remembered.iter_mut().for_each(|tally| tally.fade(left));
            remembered_on = remembered_on.max(end);
            series.points.push(point((from, end), &step, &remembered, &credibility));
            from = end + 1;
        }
        series
    }
}

/// 0 where the first side acts on the second, 1 where the second does on the first.
fn side_of(act: &Act) -> Option<usize> {
    match (act.actor, act.recipient) {
        (0, 1) => Some(0),
        (1, 0) => Some(1),
        _ => None,
    }
}

fn point(
    (from, to): (Day, Day),
    step: &[Vec<&Act>; 2],
    remembered: &[Tally; 2],
    credibility: &Credibility,
) -> DyadPoint {
    let mut together = remembered[0];
    together.merge(&remembered[1]);
    let mut all: Vec<&Act> = step.concat();
    all.sort_by_key(|act| (act.day, act.event));
    DyadPoint {
        from: date_of(from),
        to: date_of(to),
        forward: dealing(&step[0], &remembered[0], credibility),
        backward: dealing(&step[1], &remembered[1], credibility),
        both: dealing(&all, &together, credibility),
    }
}

fn dealing(step: &[&Act], remembered: &Tally, credibility: &Credibility) -> Dealing {
    let estimate = credibility.estimate(remembered);
    let (low, high) = estimate.bounds();
    let mut quads = [0; 4];
    let mut events: Vec<u32> = Vec::with_capacity(step.len());
    for act in step {
        quads[usize::from(act.quad().clamp(1, 4)) - 1] += 1;
        events.push(act.event);
    }
    events.dedup();
    Dealing {
        acts: step.len(),
        quads,
        score: estimate.mean,
        low,
        high,
        remembered: remembered.weight,
        events,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::acts::{day_of, testing};
    use entente_codebook::EventType;

    fn day(text: &str) -> Day {
        day_of(text.parse().unwrap()).unwrap()
    }

    fn series(half_life: f64) -> DyadSeries {
        let acts = testing::acts(&[
            (day("2031-01-05"), "NOR", "DNK", EventType::Consult),
            (day("2031-02-10"), "DNK", "NOR", EventType::Threaten),
            (day("2031-02-20"), "NOR", "DNK", EventType::Assault),
            (day("2031-02-21"), "NOR", "DNK", EventType::Assault),
            (day("2031-02-21"), "NOR", "ISL", EventType::Aid),
        ]);
        let options = DyadOptions { step: Step::Month, memory: Memory::of_half_life(half_life), span: None };
        DyadSeries::of(&acts, Credibility::of_acts(&acts.list), &options)
    }

    #[test]
    fn every_step_has_its_acts_in_both_directions() {
        let series = series(30.0);
        assert_eq!(series.sides, ["NOR", "DNK"]);
        let dates: Vec<String> = series.points.iter().map(|point| point.to.to_string()).collect();
        assert_eq!(dates, ["2031-01-31", "2031-02-21"]);
        let february = &series.points[1];
        assert_eq!(february.forward.quads, [0, 0, 0, 2]);
        assert_eq!(february.backward.quads, [0, 0, 1, 0]);
        assert_eq!(february.both.events, [2, 3, 4]);
        assert!(february.forward.score < series.points[0].forward.score);
        assert!(february.both.low < february.both.score && february.both.score < february.both.high);
    }

    #[test]
    fn acts_fade() {
        let weight = series(30.0).points[1].forward.remembered;
        let expected = (-47.0f64 / 30.0).exp2() + (-1.0f64 / 30.0).exp2() + 1.0;
        assert!((weight - expected).abs() < 1e-9, "{weight} {expected}");
        assert!((series(0.0).points[1].forward.remembered - 3.0).abs() < 1e-9);
    }

    #[test]
    fn nothing_gives_nothing() {
        let options = DyadOptions { step: Step::Day, memory: Memory::of_half_life(1.0), span: None };
        assert!(DyadSeries::of(&Acts::default(), Credibility::of(&[]), &options).points.is_empty());
    }
}
