//! How near any two parties stand.
//!
//! Three things speak for it, each a number from -1 to 1: how the two deal with each other ([`Standing::direct`]), how alike
//! they deal with everybody else ([`Standing::likeness`], corrected for chance), and what ties are in force between them
//! ([`Standing::ties`]). Conduct, the first two, is what [`Standing::conduct`] joins; [`Standing::score`] takes the ties in.

mod contacts;
mod likeness;
mod ties;

pub use likeness::scotts_pi;
pub use ties::{Pact, PactKind, Ties};

use crate::acts::{Acts, Day, date_of};
use crate::dyads::credibility::Estimate;
use crate::dyads::{Credibility, Tally};
use crate::memory::Memory;
use crate::remembered::Remembered;
use contacts::Contacts;
use serde::Serialize;

/// How alignment is worked out.
#[derive(Debug, Clone, PartialEq)]
pub struct AlignmentOptions {
    /// At most so many parties, the busiest.
    pub parties: usize,
    /// Leaves out organisations, groups and persons as parties; they are still third parties of likeness.
    pub only_states: bool,
}

impl Default for AlignmentOptions {
    fn default() -> Self {
        Self { parties: 60, only_states: true }
    }
}

/// How much likeness counts in conduct, beside direct dealings: of shares from 1/2 to 1 the one that still tells alliances
/// apart by 0.83 (docs/analysis.md).
const LIKENESS_SHARE: f64 = 0.8;
/// How much ties count beside conduct.
const TIES_SHARE: f64 = 0.25;

/// How two parties stand to each other.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Standing {
    /// How sure it is that they deal better with each other than parties do on the whole: 1 surely better, -1 surely worse,
    /// 0 unknown.
    pub direct: f64,
    /// Mean PLOVER score of their acts, drawn towards the mean of all pairs.
    pub dealings: Estimate,
    /// What their remembered acts weigh.
    pub remembered: f64,
    /// How alike they deal with third parties: 1 the same, 0 as alike as chance has it, below 0 less.
    pub likeness: f64,
    /// Shared memberships, 0 to 1, and 1 where a defence pact binds them.
    pub ties: f64,
    /// Direct dealings and likeness.
    pub conduct: f64,
    /// Conduct and ties.
    pub score: f64,
}

/// Where parties stand to each other on a day.
#[derive(Debug, Clone, PartialEq)]
pub struct Alignment {
    /// The day.
    pub day: Day,
    /// The parties as places in [`Acts::parties`], the busiest first.
    pub parties: Vec<u32>,
    /// What all pairs say of any one.
    pub credibility: Credibility,
    standings: Vec<Standing>,
}

impl Alignment {
    /// Works out the alignment of the busiest parties from what is remembered.
    pub fn of(remembered: &Remembered<'_>, ties: &Ties, options: &AlignmentOptions) -> Self {
        let acts = remembered.acts();
        let day = remembered.day().unwrap_or_default();
        let contacts = Contacts::of(remembered);
        let parties =
            contacts.most_active(options.parties, |party| !options.only_states || acts.is_state(party));
        let credibility = Credibility::of(remembered.pairs().values());
        let likeness = likeness::of(&contacts, &parties);
        let ties = ties.on(date_of(day));
        let names: Vec<&str> = parties.iter().map(|party| acts.parties[*party as usize].as_str()).collect();
        let mut standings = Vec::with_capacity(parties.len() * parties.len() / 2);
        for high in 0..parties.len() {
            for low in 0..high {
                let tally = remembered.tally(parties[high], parties[low]);
                let alike = likeness[high * parties.len() + low];
                standings.push(standing(&credibility, &tally, alike, ties.between(names[high], names[low])));
            }
        }
        Self { day, parties, credibility, standings }
    }

    /// The alignment as of the end of each of several days, in ascending order.
    pub fn over_time(
        acts: &Acts,
        ties: &Ties,
        memory: Memory,
        days: &[Day],
        options: &AlignmentOptions,
    ) -> Vec<Self> {
        let mut remembered = Remembered::new(acts, memory);
        let on = |day: &Day| {
            remembered.advance(*day);
            Self::of(&remembered, ties, options)
        };
        days.iter().map(on).collect()
    }

    /// The place of a party.
    pub fn place(&self, party: u32) -> Option<usize> {
        self.parties.iter().position(|known| *known == party)
    }

    /// How two different parties stand, by their places in [`Self::parties`].
    pub fn standing(&self, one: usize, other: usize) -> Option<&Standing> {
        let (low, high) = (one.min(other), one.max(other));
        (low != high).then(|| self.standings.get(high * (high.saturating_sub(1)) / 2 + low)).flatten()
    }

    /// All pairs with their standings, places in [`Self::parties`].
    pub fn pairs(&self) -> impl Iterator<Item = (usize, usize, &Standing)> {
        (0..self.parties.len())
            .flat_map(|high| (0..high).map(move |low| (low, high)))
            .zip(&self.standings)
            .map(|((low, high), standing)| (low, high, standing))
    }
}

fn standing(credibility: &Credibility, tally: &Tally, likeness: f64, ties: f64) -> Standing {
    let dealings = credibility.estimate(tally);
    // Without acts nothing is known, whatever the mean of all.
    let direct = if tally.weight > 0.0 { 1.0 - 2.0 * dealings.chance_below(credibility.mean) } else { 0.0 };
    let conduct = LIKENESS_SHARE * likeness + (1.0 - LIKENESS_SHARE) * direct;
    let score = (1.0 - TIES_SHARE) * conduct + TIES_SHARE * ties;
    Standing { direct, dealings, remembered: tally.weight, likeness, ties, conduct, score }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::acts::testing;
    use entente_codebook::EventType::{self, Accuse, Agree, Aid, Assault, Sanction, Support};

    /// Two camps: NOR, ISL and PRT against DNK and EST.
    pub(crate) fn camps() -> Acts {
        let mut rows: Vec<(Day, &str, &str, EventType)> = Vec::new();
        for day in 0..60 {
            rows.push((day, "NOR", "ISL", if day % 2 == 0 { Support } else { Agree }));
            rows.push((day, "NOR", "DNK", if day % 3 == 0 { Sanction } else { Accuse }));
            rows.push((day, "ISL", "DNK", Accuse));
            rows.push((day, "DNK", "EST", Aid));
            rows.push((day, "EST", "NOR", if day % 4 == 0 { Assault } else { Accuse }));
            if day % 2 == 0 {
                rows.push((day, "PRT", "ISL", Agree));
                rows.push((day, "PRT", "DNK", Sanction));
                rows.push((day, "CHE", "NOR", Agree));
                rows.push((day, "CHE", "DNK", Agree));
            }
        }
        testing::acts(&rows)
    }

    fn alignment() -> (Acts, Alignment) {
        let acts = camps();
        let alignment = Alignment::of(
            &Remembered::on(&acts, Memory::of_half_life(180.0), 60),
            &Ties::default(),
            &AlignmentOptions::default(),
        );
        (acts, alignment)
    }

    fn between<'a>(acts: &Acts, alignment: &'a Alignment, one: &str, other: &str) -> &'a Standing {
        let place = |name: &str| alignment.place(acts.party(name).expect("a party")).expect("a busy party");
        alignment.standing(place(one), place(other)).expect("two parties")
    }

    #[test]
    fn friends_stand_nearer_than_foes() {
        let (acts, alignment) = alignment();
        let friends = between(&acts, &alignment, "NOR", "ISL");
        let foes = between(&acts, &alignment, "NOR", "DNK");
        assert!(friends.direct > 0.9 && foes.direct < -0.5, "{friends:?} {foes:?}");
        assert!(friends.conduct > foes.conduct);
        let (low, high) = foes.dealings.bounds();
        assert!(low < foes.dealings.mean && foes.dealings.mean < high);
    }

    #[test]
    fn those_who_never_met_are_told_by_their_likeness() {
        let (acts, alignment) = alignment();
        let unmet = between(&acts, &alignment, "PRT", "EST");
        assert_eq!((unmet.direct, unmet.remembered), (0.0, 0.0));
        assert!(unmet.likeness.is_finite());
    }

    #[test]
    fn every_pair_is_there_once() {
        let (_, alignment) = alignment();
        assert_eq!(alignment.parties.len(), 6);
        assert_eq!(alignment.pairs().count(), 15);
        for (low, high, standing) in alignment.pairs() {
            assert_eq!(alignment.standing(high, low), Some(standing));
        }
        assert_eq!(alignment.standing(2, 2), None);
        let empty = Alignment::of(
            &Remembered::on(&Acts::default(), Memory::of_half_life(1.0), 0),
            &Ties::default(),
            &AlignmentOptions::default(),
        );
        assert!(empty.parties.is_empty());
    }
}
