//! Watching all pairs and parties at once.

use super::burst::{Baseline, chance_of_as_many};
use crate::acts::{Act, Acts, Day, date_of};
use crate::dyads::Step;
use crate::random::Random;
use crate::remembered::ordered;
use jiff::civil::Date;
use serde::Serialize;
use std::collections::BTreeMap;

/// What is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Matter {
    /// Quads 1 and 2.
    Cooperation,
    /// Quads 3 and 4.
    Conflict,
}

impl Matter {
    /// In one word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Cooperation => "cooperation",
            Self::Conflict => "conflict",
        }
    }
}

/// How surges are looked for.
#[derive(Debug, Clone, PartialEq)]
pub struct SurgeOptions {
    /// Length of a step.
    pub step: Step,
    /// Steps before that say what is usual.
    pub baseline: usize,
    /// A step with a chance below this is a surge.
    pub chance: f64,
    /// Least acts of a surge.
    pub acts_min: u32,
    /// Pairs and parties with fewer acts in all are not watched.
    pub watched_min: u32,
    /// Shuffles by which false alarms are measured; 0 for none.
    pub shuffles: u32,
}

impl Default for SurgeOptions {
    fn default() -> Self {
        Self { step: Step::Week, baseline: 26, chance: 1e-4, acts_min: 3, watched_min: 10, shuffles: 5 }
    }
}

/// A step in which there was far more than usual.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Surge {
    /// One party or the two of a pair.
    pub parties: Vec<String>,
    /// Cooperation or conflict.
    pub matter: Matter,
    /// First day of the step.
    pub from: Date,
    /// Last day.
    pub to: Date,
    /// Acts in the step.
    pub acts: u32,
    /// Acts that were expected.
    pub expected: f64,
    /// The chance of as many.
    pub chance: f64,
    /// Numbers of the events.
    #[serde(skip)]
    pub events: Vec<u32>,
}

/// How many surges would be told where nothing happens: the days of all acts dealt out anew by chance, so that every pair
/// keeps its share of all that is reported.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct FalseAlarms {
    /// A year, over everything that is watched.
    pub in_all: f64,
    /// A year and series (a party or pair, in cooperation or conflict).
    pub per_series: f64,
}

/// What was unusual.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Surges {
    /// The newest first, of one step the unlikeliest.
    pub list: Vec<Surge>,
    /// How many series were watched.
    pub series: usize,
    /// Measured on shuffled days, unless no shuffles were asked for.
    pub false_alarms: Option<FalseAlarms>,
}

/// A party (the same number twice) or an ordered pair, in one matter.
type Key = (u32, u32, Matter);

impl Surges {
    /// Watches everything in `acts`. The first steps, as many as the baseline has, are never surges.
    pub fn of(acts: &Acts, options: &SurgeOptions) -> Self {
        let Some((first, last)) = acts.span() else {
            return Self { list: Vec::new(), series: 0, false_alarms: None };
        };
        let ends = options.step.ends(first, last);
        let steps: Vec<usize> = acts.list.iter().map(|act| step_of(&ends, act.day)).collect();
        let series = series(&acts.list, &steps, ends.len(), options);
        let mut list: Vec<Surge> = Vec::new();
        for (key, counts) in &series {
            for (step, baseline, chance) in alarms(counts, options) {
                let from = if step == 0 { first } else { ends[step - 1] + 1 };
                list.push(surge(acts, *key, (from, ends[step]), counts[step], baseline, chance));
            }
        }
        list.sort_by(|one, other| {
            let by_chance = one.chance.total_cmp(&other.chance);
            other.to.cmp(&one.to).then(by_chance).then_with(|| one.parties.cmp(&other.parties))
        });
        let years = f64::from(last - first + 1) / 365.25;
        Self {
            list,
            series: series.len(),
            false_alarms: (options.shuffles > 0 && !series.is_empty())
                .then(|| false_alarms(acts, steps, ends.len(), years, options)),
        }
    }
}

fn step_of(ends: &[Day], day: Day) -> usize {
    ends.partition_point(|end| *end < day)
}

fn matter(act: &Act) -> Matter {
    if act.event_type.is_conflict() { Matter::Conflict } else { Matter::Cooperation }
}

/// The counts a step of everything that has enough acts.
fn series(list: &[Act], steps: &[usize], length: usize, options: &SurgeOptions) -> BTreeMap<Key, Vec<u32>> {
    let mut totals: BTreeMap<Key, u32> = BTreeMap::new();
    for act in list {
        for key in keys(act) {
            *totals.entry(key).or_default() += 1;
        }
    }
    let watched = totals.into_iter().filter(|(_, total)| *total >= options.watched_min);
    let mut series: BTreeMap<Key, Vec<u32>> = watched.map(|(key, _)| (key, vec![0; length])).collect();
    for (act, step) in list.iter().zip(steps) {
        for key in keys(act) {
            if let Some(counts) = series.get_mut(&key) {
                counts[*step] += 1;
            }
        }
    }
    series
}

/// The pair, and either party alone.
fn keys(act: &Act) -> [Key; 3] {
    let (low, high) = ordered(act.actor, act.recipient);
    let matter = matter(act);
    [(low, high, matter), (low, low, matter), (high, high, matter)]
}

/// The steps that are surges, with what was expected and the chance.
fn alarms<'c>(
    counts: &'c [u32],
    options: &'c SurgeOptions,
) -> impl Iterator<Item = (usize, Baseline, f64)> + 'c {
    (options.baseline..counts.len()).filter_map(move |step| {
        if counts[step] < options.acts_min {
            return None;
        }
        let baseline = Baseline::of(&counts[step - options.baseline..step])?;
        let chance = chance_of_as_many(counts[step], baseline);
        (chance < options.chance).then_some((step, baseline, chance))
    })
}

fn surge(
    acts: &Acts,
    key: Key,
    (from, to): (Day, Day),
    count: u32,
    baseline: Baseline,
    chance: f64,
) -> Surge {
    let mut events: Vec<u32> =
        acts.within(from, to).iter().filter(|act| keys(act).contains(&key)).map(|act| act.event).collect();
    events.dedup();
    let (low, high, matter) = key;
    let mut parties = vec![acts.parties[low as usize].clone(), acts.parties[high as usize].clone()];
    parties.dedup();
    Surge {
        parties,
        matter,
        from: date_of(from),
        to: date_of(to),
        acts: count,
        expected: baseline.mean,
        chance,
        events,
    }
}

fn false_alarms(
    acts: &Acts,
    mut steps: Vec<usize>,
    length: usize,
    years: f64,
    options: &SurgeOptions,
) -> FalseAlarms {
    let mut random = Random::new(1);
    let (mut told, mut watched) = (0, 0);
    for _ in 0..options.shuffles {
        for place in (1..steps.len()).rev() {
            steps.swap(place, random.below(place + 1));
        }
        let shuffled = series(&acts.list, &steps, length, options);
        watched += shuffled.len();
        told += shuffled.values().map(|counts| alarms(counts, options).count()).sum::<usize>();
    }
    // The steps of the first baseline cannot be surges.
    let watched_years = years * (length.saturating_sub(options.baseline)) as f64 / length as f64;
    let in_all = told as f64 / f64::from(options.shuffles) / watched_years.max(f64::MIN_POSITIVE);
    let series = watched as f64 / f64::from(options.shuffles);
    FalseAlarms { in_all, per_series: in_all / series.max(1.0) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::acts::testing;
    use entente_codebook::EventType::{Accuse, Agree, Assault};

    /// Two years in which NOR and DNK accuse each other about once a week, and once come to blows.
    fn acts() -> Acts {
        let mut random = Random::new(9);
        let mut rows = Vec::new();
        for day in 0..730 {
            if random.below(7) == 0 {
                rows.push((day, "NOR", "DNK", Accuse));
            }
            if random.below(3) == 0 {
                rows.push((day, "ISL", "PRT", Agree));
            }
            if (600..607).contains(&day) {
                rows.push((day, "DNK", "NOR", Assault));
                rows.push((day, "NOR", "DNK", Assault));
            }
        }
        testing::acts(&rows)
    }

    #[test]
    fn a_burst_is_told_with_its_events() {
        let surges = Surges::of(&acts(), &SurgeOptions::default());
        let pair: Vec<&Surge> = surges.list.iter().filter(|surge| surge.parties.len() == 2).collect();
        assert!(!pair.is_empty());
        for surge in &pair {
            assert_eq!(
                (surge.parties.as_slice(), surge.matter),
                (&["NOR".to_owned(), "DNK".to_owned()][..], Matter::Conflict)
            );
            assert!(surge.to >= date_of(600) && surge.from <= date_of(606), "{surge:?}");
            assert_eq!(surge.events.len(), surge.acts as usize);
            assert!(f64::from(surge.acts) > 3.0 * surge.expected && surge.chance < 1e-4);
        }
        assert!(surges.list.iter().any(|surge| surge.parties == ["NOR"]));
    }

    #[test]
    fn false_alarms_are_few_and_grow_with_the_chance() {
        let at = |chance: f64| {
            let options = SurgeOptions { chance, shuffles: 20, ..SurgeOptions::default() };
            Surges::of(&acts(), &options).false_alarms.unwrap()
        };
        let (strict, lax) = (at(1e-4), at(0.05));
        // Less than a third a year, though the world of this test is so small that the blows are a burst of all of it.
        assert!(strict.per_series < 0.33, "{strict:?}");
        assert!(lax.in_all > strict.in_all);
        assert!(lax.per_series < 52.0 * 0.1, "not many more than the chance says: {lax:?}");
    }

    #[test]
    fn nothing_to_watch_is_no_trouble() {
        let surges = Surges::of(&Acts::default(), &SurgeOptions::default());
        assert_eq!((surges.list.len(), surges.series, surges.false_alarms), (0, 0, None));
        let few = testing::acts(&[(1, "NOR", "DNK", Accuse)]);
        assert_eq!(Surges::of(&few, &SurgeOptions::default()).series, 0);
    }
}
