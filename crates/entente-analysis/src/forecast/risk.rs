//! How likely two parties come to blows: the chance of material conflict within a time.
//!
//! A logistic regression on what is remembered of the pair (acts of each quad, with three half-lives), of each party's
//! conflicts with anybody, and of how long ago the last conflict was. It learns from earlier days of the same ledger: on each
//! it looks back as it does today, and sees whether conflict followed. Beside it stand three plain forecasts: last seen (did it
//! happen within the same time before?), frequency (how often in all the time before) and recurrency (its faded count alone).

use super::calibration::Calibration;
use super::logistic::Logistic;
use crate::acts::{Act, Acts, Day};
use crate::memory::Memory;
use crate::remembered::ordered;
use serde::Serialize;
use std::collections::BTreeMap;

/// How the risk is learned.
#[derive(Debug, Clone, PartialEq)]
pub struct RiskOptions {
    /// The time ahead, in days.
    pub within: Day,
    /// Days between two days that it learns from.
    pub every: Day,
    /// Days at the start of the acts that only fill the memory.
    pub first_days: Day,
    /// Share of the days, the last ones, on which it is measured.
    pub measured: f64,
    /// Penalty on the squares of the weights.
    pub penalty: f64,
}

impl Default for RiskOptions {
    fn default() -> Self {
        Self { within: 30, every: 5, first_days: 60, measured: 0.25, penalty: 1.0 }
    }
}

/// The risk of one pair.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PairRisk {
    /// The two parties.
    pub parties: [String; 2],
    /// Chance of at least one act of material conflict.
    pub chance: f64,
    /// Day counted from 1970-01-01 of the last one, where there was one.
    #[serde(skip)]
    pub last: Option<Day>,
}

/// Forecasts beside what happened, each by its name.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RiskFigures {
    /// The model.
    pub model: Calibration,
    /// Whether it happened within the same time before.
    pub last_seen: Calibration,
    /// How often it happened before.
    pub frequency: Calibration,
    /// Its faded count alone.
    pub recurrency: Calibration,
}

/// The risk of all pairs on a day.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Risk {
    /// The pairs that ever had to do with each other, the likeliest first.
    pub pairs: Vec<PairRisk>,
    /// Measured on the last part of the days; none where there are too few.
    pub figures: Option<RiskFigures>,
}

const HALF_LIVES: [f64; 3] = [7.0, 30.0, 180.0];
/// A one, three half-lives by four quads, both parties' conflicts with anybody, how lately the last was.
const FEATURES: usize = 1 + 12 + 2 + 1;
/// Days that it must be able to learn from.
const LEAST_DAYS: usize = 4;

impl Risk {
    /// Learns from the acts and forecasts from the end of the last day. None where there is too little to learn from.
    pub fn of(acts: &Acts, options: &RiskOptions) -> Option<Self> {
        let (first, last) = acts.span()?;
        let days: Vec<Day> = (1..)
            .map(|step| first + options.first_days + step * options.every)
            .take_while(|day| day + options.within <= last)
            .collect();
        if days.len() < LEAST_DAYS {
            return None;
        }
        let conflicts = Conflicts::of(acts);
        let mut memories = Memories::default();
        let mut examples: Vec<Example> = Vec::new();
        for day in &days {
            memories.advance(acts, *day);
            for (pair, features) in memories.pairs(*day) {
                let happened = conflicts.any_within(pair, day + 1, day + options.within);
                let before = conflicts.count(pair, first, *day, options.within);
                examples.push(Example { day: *day, features, happened, before });
            }
        }
        let figures = measure(&examples, &days, options);
        let model = fit(&examples, options);
        memories.advance(acts, last);
        let mut pairs: Vec<PairRisk> = memories
            .pairs(last)
            .map(|(pair, features)| PairRisk {
                parties: [pair.0, pair.1].map(|party| acts.parties[party as usize].clone()),
                chance: model.chance(&features),
                last: conflicts.last(pair, last),
            })
            .collect();
        pairs.sort_by(|one, other| {
            other.chance.total_cmp(&one.chance).then_with(|| one.parties.cmp(&other.parties))
        });
        Some(Self { pairs, figures })
    }
}

/// A pair on a day, as it looked then, and what followed.
struct Example {
    day: Day,
    features: [f64; FEATURES],
    happened: bool,
    before: Before,
}

/// What plain forecasts go by.
#[derive(Clone, Copy)]
struct Before {
    is_lately: bool,
    /// Share of the times before in which it happened.
    share: f64,
}

fn fit<'e>(examples: impl IntoIterator<Item = &'e Example>, options: &RiskOptions) -> Logistic<FEATURES> {
    let (rows, truths): (Vec<_>, Vec<_>) =
        examples.into_iter().map(|example| (example.features, example.happened)).unzip();
    Logistic::fit(&rows, &truths, options.penalty)
}

/// Learns from the first days and measures on the last. Days from which the measured ones could be seen are left out.
fn measure(examples: &[Example], days: &[Day], options: &RiskOptions) -> Option<RiskFigures> {
    let measured_from = days[((days.len() as f64 * (1.0 - options.measured)) as usize).min(days.len() - 1)];
    let learned: Vec<&Example> =
        examples.iter().filter(|example| example.day + options.within < measured_from).collect();
    let asked: Vec<&Example> = examples.iter().filter(|example| example.day >= measured_from).collect();
    if learned.is_empty() || asked.is_empty() {
        return None;
    }
    let rate = |lately: bool| {
        let such: Vec<&&Example> =
            learned.iter().filter(|example| example.before.is_lately == lately).collect();
        let happened = such.iter().filter(|example| example.happened).count();
        (happened as f64 + 0.5) / (such.len() as f64 + 1.0)
    };
    let (lately, not_lately) = (rate(true), rate(false));
    let model = fit(learned.iter().copied(), options);
    // The faded count of material conflict with the middle half-life, alone.
    const RECURRENCY: usize = 1 + 4 + 3;
    let alone: Vec<[f64; 2]> = learned.iter().map(|example| [1.0, example.features[RECURRENCY]]).collect();
    let truths: Vec<bool> = learned.iter().map(|example| example.happened).collect();
    let recurrency = Logistic::fit(&alone, &truths, options.penalty);
    let told = |chance: &dyn Fn(&Example) -> f64| {
        Calibration::of(&asked.iter().map(|example| (chance(example), example.happened)).collect::<Vec<_>>())
    };
    Some(RiskFigures {
        model: told(&|example| model.chance(&example.features)),
        last_seen: told(&|example| if example.before.is_lately { lately } else { not_lately }),
        frequency: told(&|example| example.before.share),
        recurrency: told(&|example| recurrency.chance(&[1.0, example.features[RECURRENCY]])),
    })
}

/// The days of material conflict of each pair, ascending.
struct Conflicts(BTreeMap<(u32, u32), Vec<Day>>);

impl Conflicts {
    fn of(acts: &Acts) -> Self {
        let mut days: BTreeMap<(u32, u32), Vec<Day>> = BTreeMap::new();
        for act in acts.list.iter().filter(|act| act.quad() == 4) {
            days.entry(ordered(act.actor, act.recipient)).or_default().push(act.day);
        }
        Self(days)
    }

    fn days(&self, pair: (u32, u32)) -> &[Day] {
        self.0.get(&pair).map_or(&[], Vec::as_slice)
    }

    fn any_within(&self, pair: (u32, u32), from: Day, to: Day) -> bool {
        let days = self.days(pair);
        days.get(days.partition_point(|day| *day < from)).is_some_and(|day| *day <= to)
    }

    fn last(&self, pair: (u32, u32), until: Day) -> Option<Day> {
        let days = self.days(pair);
        days[..days.partition_point(|day| *day <= until)].last().copied()
    }

    /// What plain forecasts see on a day: windows of the length asked for, backward from it.
    fn count(&self, pair: (u32, u32), first: Day, day: Day, within: Day) -> Before {
        let windows = ((day - first + 1) / within).max(1);
        let happened = (0..windows)
            .filter(|window| self.any_within(pair, day - (window + 1) * within + 1, day - window * within))
            .count();
        Before {
            is_lately: self.any_within(pair, day - within + 1, day),
            share: (happened as f64 + 0.5) / (f64::from(windows) + 1.0),
        }
    }
}

/// What is remembered of a pair: faded counts by half-life and quad, and the day of the last material conflict.
type PairMemory = ([[f64; 4]; 3], Option<Day>);

/// Faded counts of every pair by quad, and of every party's material conflicts, for each half-life.
#[derive(Default)]
struct Memories {
    next: usize,
    day: Day,
    pairs: BTreeMap<(u32, u32), PairMemory>,
    parties: BTreeMap<u32, f64>,
}

impl Memories {
    fn advance(&mut self, acts: &Acts, day: Day) {
        let gap = day - self.day;
        let left = HALF_LIVES.map(|half_life| Memory::of_half_life(half_life).left_after(gap));
        for (counts, _) in self.pairs.values_mut() {
            for (counts, left) in counts.iter_mut().zip(left) {
                counts.iter_mut().for_each(|count| *count *= left);
            }
        }
        self.parties.values_mut().for_each(|count| *count *= left[1]);
        while let Some(act) = acts.list.get(self.next).filter(|act| act.day <= day) {
            self.add(act, day);
            self.next += 1;
        }
        self.day = day;
    }

    fn add(&mut self, act: &Act, day: Day) {
        let quad = usize::from(act.quad().clamp(1, 4)) - 1;
        let (counts, last) = self.pairs.entry(ordered(act.actor, act.recipient)).or_default();
        for (counts, half_life) in counts.iter_mut().zip(HALF_LIVES) {
            counts[quad] += f64::from(act.weight) * Memory::of_half_life(half_life).left_after(day - act.day);
        }
        if quad == 3 {
            *last = Some(act.day);
            for party in [act.actor, act.recipient] {
                *self.parties.entry(party).or_default() +=
                    Memory::of_half_life(HALF_LIVES[1]).left_after(day - act.day);
            }
        }
    }

    fn pairs(&self, day: Day) -> impl Iterator<Item = ((u32, u32), [f64; FEATURES])> {
        self.pairs.iter().map(move |(pair, (counts, last))| {
            let mut features = [0.0; FEATURES];
            features[0] = 1.0;
            for (place, count) in counts.iter().flatten().enumerate() {
                features[1 + place] = (8.0 * count).ln_1p();
            }
            let own = |party: u32| self.parties.get(&party).copied().unwrap_or(0.0).ln_1p();
            let (one, other) = (own(pair.0), own(pair.1));
            features[13] = one.max(other);
            features[14] = one.min(other);
            features[15] = last.map_or(0.0, |last| 1.0 / (1.0 + f64::from(day - last) / 7.0));
            (*pair, features)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::acts::testing;
    use crate::random::Random;
    use entente_codebook::EventType::{self, Accuse, Agree, Assault, Consult};

    /// NOR and DNK come to blows again and again, ISL and PRT never.
    fn acts(days: Day) -> Acts {
        let mut random = Random::new(4);
        let mut rows: Vec<(Day, &str, &str, EventType)> = Vec::new();
        for day in 0..days {
            if random.below(8) == 0 {
                rows.push((day, "NOR", "DNK", Assault));
            }
            if random.below(60) == 0 {
                rows.push((day, "EST", "DNK", Assault));
            }
            if random.below(4) == 0 {
                rows.push((day, "ISL", "PRT", if random.below(9) == 0 { Accuse } else { Agree }));
                rows.push((day, "CHE", ["NOR", "DNK", "EST"][random.below(3)], Consult));
            }
        }
        testing::acts(&rows)
    }

    #[test]
    fn those_who_fought_are_likelier_to_fight() {
        let risk = Risk::of(&acts(730), &RiskOptions::default()).unwrap();
        assert_eq!(risk.pairs[0].parties, ["NOR", "DNK"]);
        assert!(risk.pairs[0].chance > 0.8, "{:?}", risk.pairs);
        let peaceful = risk.pairs.iter().find(|pair| pair.parties.contains(&"ISL".to_owned())).unwrap();
        assert!(peaceful.chance < 0.1 && peaceful.last.is_none(), "{peaceful:?}");
        let figures = risk.figures.unwrap();
        assert!(figures.model.brier < 0.1 && figures.model.auc.unwrap() > 0.9, "{figures:?}");
    }

    #[test]
    fn what_follows_is_not_seen() {
        // Up to the day before a new war the forecasts with and without it are the same.
        let before = acts(400);
        let mut with_war = before.clone();
        let last = before.span().unwrap().1;
        let war: Vec<Act> = (1..60)
            .map(|day| Act { day: last + day, ..*before.list.iter().find(|act| act.quad() == 4).unwrap() })
            .collect();
        with_war.list.extend(war);
        let examples = |acts: &Acts| {
            let mut memories = Memories::default();
            memories.advance(acts, last);
            memories.pairs(last).collect::<Vec<_>>()
        };
        assert_eq!(examples(&before), examples(&with_war));
    }

    #[test]
    fn too_little_is_told() {
        assert!(Risk::of(&acts(80), &RiskOptions::default()).is_none());
        assert!(Risk::of(&Acts::default(), &RiskOptions::default()).is_none());
    }
}
