//! Who has to do with whom, and how much more than their activity alone would have it.

use crate::remembered::Remembered;
use std::collections::BTreeMap;

/// What is remembered between pairs, and how active each party is in all.
#[derive(Debug)]
pub(super) struct Contacts<'r> {
    remembered: &'r Remembered<'r>,
    activity: BTreeMap<u32, f64>,
}

impl<'r> Contacts<'r> {
    pub(super) fn of(remembered: &'r Remembered<'r>) -> Self {
        let mut activity: BTreeMap<u32, f64> = BTreeMap::new();
        for ((one, other), tally) in remembered.pairs() {
            *activity.entry(*one).or_default() += tally.weight;
            *activity.entry(*other).or_default() += tally.weight;
        }
        Self { remembered, activity }
    }

    /// The most active of the wanted parties, the first by number of equals.
    pub(super) fn most_active(&self, most: usize, is_wanted: impl Fn(u32) -> bool) -> Vec<u32> {
        let all = self.activity.iter().map(|(party, activity)| (*party, *activity));
        let mut parties: Vec<(u32, f64)> = all.filter(|(party, _)| is_wanted(*party)).collect();
        parties.sort_by(|one, other| other.1.total_cmp(&one.1).then(one.0.cmp(&other.0)));
        parties.truncate(most);
        parties.into_iter().map(|(party, _)| party).collect()
    }

    pub(super) fn activity(&self, party: u32) -> f64 {
        self.activity.get(&party).copied().unwrap_or(0.0)
    }

    /// The logarithms of the contacts of parties with others over those expected if everybody dealt with everybody by their
    /// activity alone, row by row; `floor` is added to both, so that few contacts say little.
    pub(super) fn log_ratios(&self, parties: &[u32], others: &[u32], floor: f64) -> Vec<Vec<f64>> {
        // Every act counts for both of its parties.
        let all = self.activity.values().sum::<f64>().max(f64::MIN_POSITIVE);
        let activities: Vec<f64> = others.iter().map(|other| self.activity(*other)).collect();
        let row = |party: &u32| {
            let own = self.activity(*party);
            let cell = |(other, activity): (&u32, &f64)| {
                let seen = self.remembered.tally(*party, *other).weight;
                ((seen + floor) / (own * activity / all + floor)).ln()
            };
            others.iter().zip(&activities).map(cell).collect()
        };
        parties.iter().map(row).collect()
    }
}
