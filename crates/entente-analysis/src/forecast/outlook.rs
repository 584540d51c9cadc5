//! Who does what to whom on the next day.
//!
//! How many acts of each type a party commits a day is its count, faded with a half-life of four weeks, by the days that the
//! half-life remembers. Whom they are done to is the forecaster's softmax. Their product is the number expected for every
//! act; at least one such act happens with the chance 1 - exp(-number).

use super::ForecastError;
use super::calibration::Calibration;
use super::evaluation::rank_day;
use super::facts::{Catalogue, Fact};
use super::features::Question;
use super::forecaster::Forecaster;
use super::history::Link;
use super::questions::questions_of;
use super::training::TrainingOptions;
use crate::acts::{Act, Acts, Day};
use crate::memory::Memory;
use entente_codebook::EventType;
use rayon::prelude::*;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// How the outlook is learned.
#[derive(Debug, Clone, PartialEq)]
pub struct OutlookOptions {
    /// At most so many parties, the busiest.
    pub parties: usize,
    /// At most so many different acts a day are learned from, the last ones; earlier ones only fill the history.
    pub learned: usize,
    /// Most of the last days on which it is measured; fewer where they have more acts than `measured`, but two at least.
    pub measured_days: Day,
    /// At most so many acts on which it is measured.
    pub measured: usize,
    /// How many acts are told.
    pub told: usize,
}

impl Default for OutlookOptions {
    fn default() -> Self {
        Self { parties: 300, learned: 20_000, measured_days: 30, measured: 6_000, told: 50 }
    }
}

/// An act of the next day.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Expected {
    /// Who.
    pub actor: String,
    /// PLOVER type.
    pub event: EventType,
    /// To whom.
    pub recipient: String,
    /// How many such acts are expected.
    pub number: f64,
    /// The chance of at least one.
    pub chance: f64,
}

/// How well days were forecast.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct OutlookFigures {
    /// Chances of single acts beside what happened.
    pub calibration: Calibration,
    /// Ranks of the other end of each act.
    pub link: super::Figures,
}

/// What is expected of the day after the last.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Outlook {
    /// The day.
    pub day: jiff::civil::Date,
    /// The likeliest acts, the likeliest first.
    pub acts: Vec<Expected>,
    /// Acts expected in all, between the parties that are looked at.
    pub number: f64,
    /// Measured on the last days, each forecast from the days before it.
    pub figures: Option<OutlookFigures>,
}

const HALF_LIFE: f64 = 28.0;
/// Days that a half-life remembers: the sum of 2^(-d / 28).
const REMEMBERED_DAYS: f64 = HALF_LIFE / std::f64::consts::LN_2;
/// Days on which it is measured at least.
const LEAST_MEASURED: Day = 2;
/// Acts of which less is expected are not looked at when chances are measured.
const LEAST_NUMBER: f64 = 1e-4;

impl Outlook {
    /// Learns from the acts and forecasts the day after the last. The days on which it is measured are learned from too, each
    /// after it was forecast.
    ///
    /// # Errors
    /// When there are too few days.
    pub fn of(acts: &Acts, options: &OutlookOptions) -> Result<Self, ForecastError> {
        let (_, last) = acts.span().ok_or(ForecastError::TooFew { days: 0, least: 2 })?;
        let (teller, figures) = match Teller::learn(acts, measured_after(acts, last, options), options) {
            Ok(mut teller) => {
                let figures = measure(&mut teller, acts, last)?;
                (teller, Some(figures))
            }
            Err(ForecastError::TooFew { .. }) => {
                let mut teller = Teller::learn(acts, last, options)?;
                teller.reach(last + 1)?;
                (teller, None)
            }
            Err(error) => return Err(error),
        };
        let expected = teller.expected();
        let number = expected.iter().map(|(_, number)| number).sum();
        let told = expected.into_iter().take(options.told).map(|(fact, number)| Expected {
            actor: teller.name(acts, fact.actor),
            event: EventType::ALL[fact.relation as usize],
            recipient: teller.name(acts, fact.recipient),
            number,
            chance: chance(number),
        });
        Ok(Self { day: crate::acts::date_of(last + 1), acts: told.collect(), number, figures })
    }
}

/// The day after which it is measured.
fn measured_after(acts: &Acts, last: Day, options: &OutlookOptions) -> Day {
    let first = acts.list.len().saturating_sub(options.measured);
    let full = acts.list.get(first).map_or(last, |act| act.day);
    full.clamp(last - options.measured_days, last - LEAST_MEASURED)
}

fn chance(number: f64) -> f64 {
    -(-number).exp_m1()
}

/// Forecasts each day up to the last from those before it, and stands on the day after it.
fn measure(teller: &mut Teller, acts: &Acts, last: Day) -> Result<OutlookFigures, ForecastError> {
    let mut forecasts = Vec::new();
    let mut ranks = Vec::new();
    for day in teller.day..=last {
        teller.reach(day)?;
        let today = teller.facts(acts.within(day, day));
        ranks.extend(rank_day(&teller.forecaster, &questions_of(&today)));
        let happened: BTreeSet<(u32, u32, u32)> =
            today.iter().map(|fact| (fact.actor, fact.relation, fact.recipient)).collect();
        for (fact, number) in teller.expected() {
            let is_true = happened.contains(&(fact.actor, fact.relation, fact.recipient));
            forecasts.push((chance(number), is_true));
        }
        teller.take(&today, day)?;
    }
    teller.reach(last + 1)?;
    Ok(OutlookFigures { calibration: Calibration::of(&forecasts), link: super::Figures::of(&ranks) })
}

/// A forecaster with the rates at which its parties act.
struct Teller {
    forecaster: Forecaster,
    parties: Vec<u32>,
    numbers: BTreeMap<u32, u32>,
    /// Faded counts of what each party did, as of the day.
    rates: BTreeMap<(u32, u32), f64>,
    day: Day,
    first: Day,
}

impl Teller {
    /// Learns from the acts up to a day.
    fn learn(acts: &Acts, until: Day, options: &OutlookOptions) -> Result<Self, ForecastError> {
        let past = acts.until(until);
        let first = past.first().map_or(until, |act| act.day);
        let parties = acts.busiest(past, options.parties, |_| true);
        let numbers: BTreeMap<u32, u32> =
            parties.iter().zip(0..).map(|(party, number)| (*party, number)).collect();
        let facts = facts_of(past, &numbers, first);
        let relations = EventType::ALL.len();
        let catalogue = Catalogue::new(parties.len(), relations)
            .with_roots(|relation| relation as u8 + 1)
            .with_quads(|relation| EventType::ALL[relation as usize].quad_code());
        let learned_from = facts.len().checked_sub(options.learned).map_or(0, |skipped| facts[skipped].day);
        let usual = TrainingOptions::default();
        let training = TrainingOptions { first_days: usual.first_days.max(learned_from), ..usual };
        let forecaster = Forecaster::train(&Arc::new(catalogue), &facts, &training)?;
        let mut teller = Self { forecaster, parties, numbers, rates: BTreeMap::new(), day: first, first };
        for act in past {
            teller.fade(act.day);
            teller.count(act);
        }
        teller.fade(until + 1);
        Ok(teller)
    }

    fn name(&self, acts: &Acts, party: u32) -> String {
        acts.parties[self.parties[party as usize] as usize].clone()
    }

    fn facts(&self, acts: &[Act]) -> Vec<Fact> {
        facts_of(acts, &self.numbers, self.first)
    }

    /// Stands on a day, of which nothing is known.
    fn reach(&mut self, day: Day) -> Result<(), ForecastError> {
        self.fade(day);
        self.forecaster.take_in(&[], (day - self.first) as u32)
    }

    /// Takes in what happened on the day it stands on.
    fn take(&mut self, today: &[Fact], day: Day) -> Result<(), ForecastError> {
        for fact in today {
            *self.rates.entry((fact.actor, fact.relation)).or_default() += 1.0;
        }
        self.forecaster.take_in(today, (day - self.first) as u32 + 1)
    }

    fn fade(&mut self, day: Day) {
        if day > self.day {
            let left = Memory::of_half_life(HALF_LIFE).left_after(day - self.day);
            self.rates.values_mut().for_each(|rate| *rate *= left);
            self.day = day;
        }
    }

    fn count(&mut self, act: &Act) {
        if let (Some(actor), true) = (self.numbers.get(&act.actor), self.numbers.contains_key(&act.recipient))
        {
            *self.rates.entry((*actor, act.event_type as u32)).or_default() += 1.0;
        }
    }

    /// What is expected of the day it stands on, the likeliest first.
    fn expected(&self) -> Vec<(Fact, f64)> {
        let days = f64::from(self.day - self.first).clamp(1.0, REMEMBERED_DAYS);
        let rates: Vec<((u32, u32), f64)> =
            self.rates.iter().map(|(key, rate)| (*key, rate / days)).collect();
        let of = |((actor, relation), rate): &((u32, u32), f64)| -> Vec<(Fact, f64)> {
            if *rate < LEAST_NUMBER {
                return Vec::new();
            }
            let link = Link { relation: *relation, passive: false };
            let scores = self.forecaster.scores(Question { party: *actor, link });
            let shares = softmax(&scores, *actor as usize);
            let day = (self.day - self.first) as u32;
            shares
                .into_iter()
                .zip(0..)
                .map(|(share, recipient)| {
                    (Fact { day, actor: *actor, relation: *relation, recipient }, share * rate)
                })
                .filter(|(_, number)| *number >= LEAST_NUMBER)
                .collect()
        };
        let mut expected: Vec<(Fact, f64)> = rates.par_iter().flat_map_iter(of).collect();
        expected.sort_by(|one, other| other.1.total_cmp(&one.1).then_with(|| one.0.cmp(&other.0)));
        expected
    }
}

/// Shares of all but the actor itself.
fn softmax(scores: &[f32], actor: usize) -> Vec<f64> {
    let highest = scores.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let mut shares: Vec<f64> = scores.iter().map(|score| f64::from(score - highest).exp()).collect();
    if let Some(own) = shares.get_mut(actor) {
        *own = 0.0;
    }
    let sum: f64 = shares.iter().sum();
    shares.iter_mut().for_each(|share| *share /= sum.max(f64::MIN_POSITIVE));
    shares
}

/// Each act between numbered parties once a day.
fn facts_of(acts: &[Act], numbers: &BTreeMap<u32, u32>, first: Day) -> Vec<Fact> {
    let fact = |act: &Act| {
        Some(Fact {
            day: u32::try_from(act.day - first).ok()?,
            actor: *numbers.get(&act.actor)?,
            relation: act.event_type as u32,
            recipient: *numbers.get(&act.recipient)?,
        })
    };
    let mut facts: Vec<Fact> = acts.iter().filter_map(fact).collect();
    facts.sort_unstable();
    facts.dedup();
    facts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::acts::testing;
    use crate::random::Random;
    use entente_codebook::EventType::{Accuse, Agree, Consult};

    fn acts() -> Acts {
        let mut random = Random::new(8);
        let mut rows = Vec::new();
        for day in 0..200 {
            rows.push((day, "NOR", "ISL", Agree));
            if random.below(2) == 0 {
                rows.push((day, "DNK", "NOR", Accuse));
            }
            if random.below(10) == 0 {
                rows.push((day, "CHE", ["NOR", "DNK", "ISL"][random.below(3)], Consult));
            }
        }
        testing::acts(&rows)
    }

    #[test]
    fn what_happens_daily_is_expected_daily() {
        let outlook = Outlook::of(&acts(), &OutlookOptions::default()).unwrap();
        let top = &outlook.acts[0];
        assert_eq!((top.actor.as_str(), top.event, top.recipient.as_str()), ("NOR", Agree, "ISL"));
        assert!((0.6..1.2).contains(&top.number), "{top:?}");
        let accuse = outlook.acts.iter().find(|act| act.event == Accuse && act.actor == "DNK").unwrap();
        assert!((0.2..0.75).contains(&accuse.number), "{accuse:?}");
        assert!((1.0..2.5).contains(&outlook.number), "{}", outlook.number);
        let figures = outlook.figures.unwrap();
        assert!(figures.calibration.auc.unwrap() > 0.8, "{:?}", figures.calibration);
        assert!(figures.link.mrr > 0.7, "{:?}", figures.link);
    }

    #[test]
    fn too_few_days_are_told() {
        let one = testing::acts(&[(1, "NOR", "ISL", Agree)]);
        assert!(Outlook::of(&one, &OutlookOptions::default()).is_err());
        assert!(Outlook::of(&Acts::default(), &OutlookOptions::default()).is_err());
    }

    #[test]
    fn shares_leave_out_the_actor_and_sum_to_one() {
        let shares = softmax(&[0.0, 5.0, 0.0], 1);
        assert_eq!(shares, [0.5, 0.0, 0.5]);
    }
}
