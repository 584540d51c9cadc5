//! Events as the analysis sees them: on one day one party did one thing to another.

use crate::side::{Holds, Side};
use entente_codebook::EventType;
use entente_ledger::store::{Deed, DeedParty, Deeds};
use entente_world::{Code, Registry, Sector};
use jiff::civil::Date;
use jiff::{Span, ToSpan};
use std::collections::{BTreeMap, HashMap, HashSet};

/// A day, counted from 1970-01-01.
pub type Day = i32;

/// The longest span of days that still says when something happened; of longer ones, such as a year, nothing is made.
const LONGEST_SPAN: Day = 31;

/// The day's number. None for days outside of the years 1 to 9999, which no ledger has.
pub fn day_of(date: Date) -> Option<Day> {
    date.since(Date::constant(1970, 1, 1)).ok().map(|span: Span| span.get_days())
}

/// The date of a day's number.
pub fn date_of(day: Day) -> Date {
    Date::constant(1970, 1, 1).saturating_add(day.days())
}

/// One party did one thing to another.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Act {
    /// When; the middle of a month where no more is known.
    pub day: Day,
    /// Who did it, as a place in [`Acts::parties`].
    pub actor: u32,
    /// To whom.
    pub recipient: u32,
    /// PLOVER type.
    pub event_type: EventType,
    /// PLOVER's score, -10 to 10.
    pub scale: f32,
    /// How sure it is, 0 to 1.
    pub weight: f32,
    /// Number of an event in the ledger that reports it.
    pub event: u32,
}

impl Act {
    /// 1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict.
    pub fn quad(&self) -> u8 {
        self.event_type.quad_code()
    }
}

/// What of the ledger counts as an act.
#[derive(Debug, Clone, PartialEq)]
pub struct ActOptions {
    /// Least confidence of an event. Events of imported systems, which give none, always count.
    pub confidence_min: f32,
    /// Whether several reports of one happening are one act: the first that names the parties in question.
    pub is_happening_once: bool,
    /// Whether what citizens, firms, parties or criminals of a state do counts as done by the state, and not only what its organs
    /// do. Parties without a sector always count.
    pub with_society: bool,
    /// Whether acts that are future, hypothetical, historical or denied count too.
    pub with_auxiliary: bool,
}

impl Default for ActOptions {
    fn default() -> Self {
        Self { confidence_min: 0.0, is_happening_once: true, with_society: false, with_auxiliary: false }
    }
}

/// All acts between two different parties, in the order of their days.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Acts {
    /// Names of the parties: codes of states; names of organisations, groups and persons without a state.
    pub parties: Vec<String>,
    /// The acts.
    pub list: Vec<Act>,
    /// How many events say no day, or no more than a year.
    pub undated: usize,
}

impl Acts {
    /// The acts of the ledger's events, between parties as their state or, where there is none, their name.
    pub fn of(deeds: &Deeds, options: &ActOptions) -> Self {
        let mut numbers = Numbers::default();
        let units: Vec<Option<u32>> =
            deeds.parties.iter().map(|party| unit(party, options).map(|name| numbers.number(name))).collect();
        let mut acts = Self { parties: numbers.names, ..Self::default() };
        acts.collect(deeds, &deeds.deeds, options, |_, party| units[party as usize]);
        acts
    }

    /// The acts between two sides, numbered 0 and 1: whoever belongs to them on the day. A party of both sides counts as one
    /// of the first.
    pub fn between(deeds: &Deeds, options: &ActOptions, sides: &[Side; 2]) -> Self {
        let mut acts =
            Self { parties: sides.iter().map(|side| side.name.clone()).collect(), ..Self::default() };
        let candidates = candidates(deeds, sides);
        let mut members = vec![Member::Never; deeds.parties.len()];
        for party in &candidates {
            members[*party as usize] = Member::of(&deeds.parties[*party as usize], sides);
        }
        let wanted = shared(deeds, &candidates, &members);
        acts.collect(deeds, wanted, options, |day, party| match members[party as usize] {
            Member::Always(side) => Some(side),
            Member::Never => None,
            Member::OnSomeDays => {
                let party = &deeds.parties[party as usize];
                (0..).zip(sides).find(|(_, side)| side.has(party, day)).map(|(number, _)| number)
            }
        });
        acts
    }

    fn collect<'d>(
        &mut self,
        deeds: &'d Deeds,
        wanted: impl IntoIterator<Item = &'d Deed>,
        options: &ActOptions,
        unit: impl Fn(Day, u32) -> Option<u32>,
    ) {
        let mut happenings: HashSet<i64> = HashSet::new();
        for deed in wanted {
            if !counts(deed, options) {
                continue;
            }
            let Some(day) = middle(deed.days) else {
                self.undated += 1;
                continue;
            };
            let before = self.list.len();
            self.add(deeds, deed, day, &unit);
            // A report that says nothing of these parties leaves the act to the reports that do.
            if let Some(happening) = deed.happening
                && options.is_happening_once
                && self.list.len() > before
                && !happenings.insert(happening)
            {
                self.list.truncate(before);
            }
        }
        self.list.sort_by_key(|act| (act.day, act.event));
    }

    /// An act of each actor to each recipient. What several did together without a recipient (they met, they agreed) they
    /// did to each other.
    fn add(&mut self, deeds: &Deeds, deed: &Deed, day: Day, unit: &impl Fn(Day, u32) -> Option<u32>) {
        let ends = |parties: &[u32]| -> Vec<u32> {
            let mut ends: Vec<u32> = parties.iter().filter_map(|party| unit(day, *party)).collect();
            ends.sort_unstable();
            ends.dedup();
            ends
        };
        let actors = ends(deeds.actors(deed));
        let recipients = ends(deeds.recipients(deed));
        let others = if deeds.recipients(deed).is_empty() { &actors } else { &recipients };
        let weight = if deed.confidence > 0.0 { deed.confidence } else { 1.0 };
        for actor in &actors {
            for recipient in others.iter().filter(|recipient| *recipient != actor) {
                self.list.push(Act {
                    day,
                    actor: *actor,
                    recipient: *recipient,
                    event_type: deed.event_type,
                    scale: deed.scale,
                    weight,
                    event: deed.event,
                });
            }
        }
    }

    /// The number of a party.
    pub fn party(&self, name: &str) -> Option<u32> {
        self.parties.iter().position(|party| party == name).map(|place| place as u32)
    }

    /// First and last day with an act.
    pub fn span(&self) -> Option<(Day, Day)> {
        Some((self.list.first()?.day, self.list.last()?.day))
    }

    /// The acts up to and with a day.
    pub fn until(&self, day: Day) -> &[Act] {
        &self.list[..self.list.partition_point(|act| act.day <= day)]
    }

    /// The acts from one day to another, both included.
    pub fn within(&self, from: Day, to: Day) -> &[Act] {
        let start = self.list.partition_point(|act| act.day < from);
        let end = self.list.partition_point(|act| act.day <= to);
        &self.list[start.min(end)..end]
    }

    /// Whether a party is a state, told by its name being a code.
    pub fn is_state(&self, party: u32) -> bool {
        is_state(&self.parties[party as usize])
    }

    /// The parties that take part in the most acts, the busiest first; of equals the first by name.
    pub fn busiest(&self, acts: &[Act], most: usize, is_wanted: impl Fn(u32) -> bool) -> Vec<u32> {
        let mut counts: BTreeMap<u32, usize> = BTreeMap::new();
        for act in acts {
            *counts.entry(act.actor).or_default() += 1;
            *counts.entry(act.recipient).or_default() += 1;
        }
        let mut ranked: Vec<(u32, usize)> =
            counts.into_iter().filter(|(party, _)| is_wanted(*party)).collect();
        ranked.sort_by(|one, other| {
            other
                .1
                .cmp(&one.1)
                .then_with(|| self.parties[one.0 as usize].cmp(&self.parties[other.0 as usize]))
        });
        ranked.truncate(most);
        ranked.into_iter().map(|(party, _)| party).collect()
    }
}

/// To which of two sides a party belongs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Member {
    Always(u32),
    OnSomeDays,
    Never,
}

impl Member {
    /// A party of both sides counts as one of the first.
    fn of(party: &DeedParty, sides: &[Side; 2]) -> Self {
        match [sides[0].holds(party), sides[1].holds(party)] {
            [Holds::Always, _] => Self::Always(0),
            [Holds::Never, Holds::Always] => Self::Always(1),
            [Holds::Never, Holds::Never] => Self::Never,
            _ => Self::OnSomeDays,
        }
    }

    fn may_be(self, side: u32) -> bool {
        self == Self::Always(side) || self == Self::OnSomeDays
    }
}

/// The parties that may belong to either side.
fn candidates(deeds: &Deeds, sides: &[Side; 2]) -> Vec<u32> {
    match (sides[0].codes(), sides[1].codes()) {
        (Some(one), Some(other)) => one.union(&other).flat_map(|code| deeds.of_code(code)).copied().collect(),
        _ => (0..deeds.parties.len() as u32).collect(),
    }
}

/// The deeds in which somebody takes part who may be of the one side, and somebody who may be of the other.
fn shared<'d>(deeds: &'d Deeds, candidates: &[u32], members: &[Member]) -> impl Iterator<Item = &'d Deed> {
    let of_side = |side: u32| {
        let parties = candidates.iter().filter(move |party| members[**party as usize].may_be(side));
        parties.flat_map(|party| deeds.of_party(*party))
    };
    let mut is_of_first = vec![false; deeds.deeds.len()];
    of_side(0).for_each(|place| is_of_first[*place as usize] = true);
    let mut places: Vec<u32> = of_side(1).copied().filter(|place| is_of_first[*place as usize]).collect();
    places.sort_unstable();
    places.dedup();
    places.into_iter().map(|place| &deeds.deeds[place as usize])
}

/// What people call a party: the name of a state in place of its code.
pub fn spoken_name(party: &str) -> &str {
    let state = Code::parse(party).and_then(|code| Registry::embedded().state(code));
    state.map_or(party, |state| state.name)
}

/// Whether a name is the code of a state.
pub fn is_state(name: &str) -> bool {
    Code::parse(name).is_some_and(Code::is_state)
}

fn counts(deed: &Deed, options: &ActOptions) -> bool {
    let is_sure = deed.confidence == 0.0 || deed.confidence >= options.confidence_min;
    is_sure && (options.with_auxiliary || !deed.is_auxiliary)
}

fn middle(days: Option<(Day, Day)>) -> Option<Day> {
    let (first, last) = days?;
    (last - first <= LONGEST_SPAN).then_some(first + (last - first) / 2)
}

/// What a party counts as: its state, or its own name where it has a code that is none (NATO is IGO). Nothing where it
/// has no code: nobody knows who that is.
fn unit<'p>(party: &'p DeedParty, options: &ActOptions) -> Option<&'p str> {
    let code = party.code.as_deref()?;
    if !is_state(code) {
        return Some(&party.name);
    }
    let sector = party.sector.as_deref().and_then(Sector::parse);
    (options.with_society || sector.is_none_or(Sector::is_organ_of_state)).then_some(code)
}

/// Numbers of names in the order of first use.
#[derive(Default)]
struct Numbers {
    names: Vec<String>,
    numbers: HashMap<String, u32>,
}

impl Numbers {
    fn number(&mut self, name: &str) -> u32 {
        if let Some(number) = self.numbers.get(name) {
            return *number;
        }
        let number = self.names.len() as u32;
        self.names.push(name.to_owned());
        self.numbers.insert(name.to_owned(), number);
        number
    }
}

#[cfg(test)]
pub(crate) mod testing {
    use super::*;

    /// Acts from rows of day, actor, recipient and type, all sure.
    pub(crate) fn acts(rows: &[(Day, &str, &str, EventType)]) -> Acts {
        let mut numbers = Numbers::default();
        let mut list: Vec<Act> = rows
            .iter()
            .zip(1..)
            .map(|((day, actor, recipient, event_type), event)| Act {
                day: *day,
                actor: numbers.number(actor),
                recipient: numbers.number(recipient),
                event_type: *event_type,
                scale: event_type.scale(&[]) as f32,
                weight: 1.0,
                event,
            })
            .collect();
        list.sort_by_key(|act| act.day);
        Acts { parties: numbers.names, list, undated: 0 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_counted_and_named() {
        assert_eq!(day_of(Date::constant(2031, 1, 1)), Some(22_280));
        assert_eq!(date_of(22_280), Date::constant(2031, 1, 1));
        assert_eq!(middle(Some((10, 40))), Some(25));
        assert_eq!(middle(Some((0, 364))), None);
    }

    #[test]
    fn acts_are_found_by_their_days() {
        let acts = testing::acts(&[
            (3, "NOR", "DNK", EventType::Accuse),
            (1, "NOR", "ISL", EventType::Support),
            (3, "ISL", "DNK", EventType::Reject),
        ]);
        assert_eq!(acts.span(), Some((1, 3)));
        assert_eq!(acts.until(2).len(), 1);
        assert_eq!(acts.within(2, 9).len(), 2);
        let busiest = acts.busiest(&acts.list, 2, |_| true);
        let names: Vec<&str> = busiest.iter().map(|party| acts.parties[*party as usize].as_str()).collect();
        assert_eq!(names, ["DNK", "ISL"], "all have two; the first by name");
    }

    #[test]
    fn states_are_called_by_their_names() {
        assert_eq!(spoken_name("NOR"), "Norway");
        assert_eq!(spoken_name("NATO"), "NATO");
    }

    #[test]
    fn organisations_go_by_their_names_and_states_by_their_codes() {
        let party = |code: Option<&str>, name: &str| DeedParty {
            code: code.map(str::to_owned),
            name: name.to_owned(),
            ..DeedParty::default()
        };
        let options = ActOptions::default();
        assert_eq!(unit(&party(Some("NOR"), "Norwegian police"), &options), Some("NOR"));
        assert_eq!(unit(&party(Some("IGO"), "NATO"), &options), Some("NATO"));
        assert_eq!(unit(&party(None, "somebody"), &options), None);
        let fishers = DeedParty { sector: Some("AGR".to_owned()), ..party(Some("NOR"), "fishers") };
        assert_eq!(unit(&fishers, &options), None);
        assert_eq!(unit(&fishers, &ActOptions { with_society: true, ..options }), Some("NOR"));
    }
}
