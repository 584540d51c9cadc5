//! All that is remembered between parties as of a day, carried forward from day to day.

use crate::acts::{Acts, Day};
use crate::dyads::Tally;
use crate::memory::Memory;
use std::collections::BTreeMap;

/// Tallies of every pair of parties, without regard to direction, as of the end of a day.
#[derive(Debug, Clone)]
pub struct Remembered<'a> {
    acts: &'a Acts,
    memory: Memory,
    next: usize,
    day: Option<Day>,
    pairs: BTreeMap<(u32, u32), Tally>,
}

/// Of what weighs less than this nothing is remembered any more.
const FORGOTTEN: f64 = 1e-4;

impl<'a> Remembered<'a> {
    /// Remembers nothing yet.
    pub fn new(acts: &'a Acts, memory: Memory) -> Self {
        Self { acts, memory, next: 0, day: None, pairs: BTreeMap::new() }
    }

    /// What is remembered at the end of a day.
    pub fn on(acts: &'a Acts, memory: Memory, day: Day) -> Self {
        let mut remembered = Self::new(acts, memory);
        remembered.advance(day);
        remembered
    }

    /// Goes on to the end of a later day.
    pub fn advance(&mut self, day: Day) {
        let left = self.day.map_or(1.0, |before| self.memory.left_after(day - before));
        self.pairs.values_mut().for_each(|tally| tally.fade(left));
        self.pairs.retain(|_, tally| tally.weight > FORGOTTEN);
        while let Some(act) = self.acts.list.get(self.next).filter(|act| act.day <= day) {
            let left = self.memory.left_after(day - act.day);
            let tally = self.pairs.entry(ordered(act.actor, act.recipient)).or_default();
            let mut own = Tally::default();
            own.add(f64::from(act.weight), f64::from(act.scale));
            own.fade(left);
            tally.merge(&own);
            self.next += 1;
        }
        self.day = Some(self.day.map_or(day, |before| before.max(day)));
    }

    /// The day.
    pub fn day(&self) -> Option<Day> {
        self.day
    }

    /// The acts.
    pub fn acts(&self) -> &'a Acts {
        self.acts
    }

    /// Pairs, the lower number first, with what is remembered of them.
    pub fn pairs(&self) -> &BTreeMap<(u32, u32), Tally> {
        &self.pairs
    }

    /// What is remembered of a pair.
    pub fn tally(&self, one: u32, other: u32) -> Tally {
        self.pairs.get(&ordered(one, other)).copied().unwrap_or_default()
    }
}

/// A pair without regard to direction.
pub(crate) fn ordered(one: u32, other: u32) -> (u32, u32) {
    (one.min(other), one.max(other))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::acts::testing;
    use entente_codebook::EventType;

    #[test]
    fn step_by_step_is_the_same_as_at_once() {
        let rows: Vec<_> = (0..50)
            .map(|day| (day, if day % 2 == 0 { "NOR" } else { "DNK" }, "ISL", EventType::Agree))
            .collect();
        let acts = testing::acts(&rows);
        let memory = Memory::of_half_life(10.0);
        let once = Remembered::on(&acts, memory, 49);
        let mut stepwise = Remembered::new(&acts, memory);
        for day in [5, 6, 20, 49] {
            stepwise.advance(day);
        }
        assert_eq!(once.pairs().len(), 2);
        for ((pair, at_once), (_, step)) in once.pairs().iter().zip(stepwise.pairs()) {
            assert!((at_once.weight - step.weight).abs() < 1e-9, "{pair:?}");
            assert!((at_once.sum - step.sum).abs() < 1e-9, "{pair:?}");
        }
    }

    #[test]
    fn what_is_long_past_is_forgotten() {
        let acts = testing::acts(&[(0, "NOR", "ISL", EventType::Agree)]);
        let mut remembered = Remembered::on(&acts, Memory::of_half_life(1.0), 0);
        assert_eq!(remembered.pairs().len(), 1);
        remembered.advance(100);
        assert!(remembered.pairs().is_empty());
    }
}
