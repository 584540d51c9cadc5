//! Who stands together against whom.
//!
//! For every possible target, the parties that surely deal badly with it and surely well with each other: a community of
//! the signed graph of the target's foes. Each pair of members and the target form a triad; its strength is the geometric
//! mean of the three certainties, 0 unless the two are friends and the target is the foe of both. The strength of an axis
//! is the sum over its pairs by the number of its members less one: half the number of members where all is certain.

use super::communities::communities;
use super::graph::SignedGraph;
use crate::acts::{Act, Acts, Day, date_of};
use crate::alignment::{Alignment, AlignmentOptions, Pact, Ties};
use crate::dyads::Step;
use crate::memory::Memory;
use jiff::civil::Date;
use serde::Serialize;
use std::collections::BTreeMap;

/// How axes are looked for.
#[derive(Debug, Clone, PartialEq)]
pub struct AxesOptions {
    /// Which parties.
    pub alignment: AlignmentOptions,
    /// How long acts are remembered.
    pub memory: Memory,
    /// First and last day; those of the acts where not given.
    pub span: Option<(Day, Day)>,
    /// The steps at whose ends strength is measured.
    pub step: Step,
    /// From how certain on (0 to 1) a party is a friend or foe.
    pub certainty: f64,
    /// How many acts are named as evidence.
    pub evidence: usize,
}

impl Default for AxesOptions {
    fn default() -> Self {
        Self {
            alignment: AlignmentOptions::default(),
            memory: Memory::of_half_life(120.0),
            span: None,
            step: Step::Month,
            certainty: 0.4,
            evidence: 10,
        }
    }
}

/// From this share of the certainty of a friend or foe on a party is near an axis.
const NEAR: f64 = 0.5;
/// An axis stands since the first step after which it never had less than this share of its present strength.
const STANDING: f64 = 0.5;
/// Steps over which the trend is told, and the change in strength that is one.
const TREND_STEPS: usize = 3;
const TREND_CHANGE: f64 = 0.1;

/// Which way an axis goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Trend {
    /// Stronger by more than a tenth than three steps before.
    Rising,
    /// Neither.
    Steady,
    /// Weaker by more than a tenth.
    Falling,
}

impl Trend {
    /// In one word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Rising => "rising",
            Self::Steady => "steady",
            Self::Falling => "falling",
        }
    }
}

/// A party of an axis.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Member {
    /// Code or name.
    pub party: String,
    /// Mean certainty of its friendship with the other members.
    pub with_members: f64,
    /// Certainty of its dealings with the target; below 0.
    pub with_target: f64,
    /// Place among all parties.
    #[serde(skip)]
    pub(crate) place: usize,
}

/// A party that is near an axis: friend of its members but no sure foe of the target, or the other way round.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct EdgeMember {
    /// Code or name.
    pub party: String,
    /// Mean certainty of its friendship with the members.
    pub with_members: f64,
    /// Certainty of its dealings with the target.
    pub with_target: f64,
}

/// Two members, what binds them formally and how they deal.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct MemberPair {
    /// The two.
    pub members: [String; 2],
    /// Certainty that they deal well.
    pub conduct: f64,
    /// Strength of their ties, 0 to 1.
    pub ties: f64,
    /// Treaties in force.
    pub pacts: Vec<Pact>,
}

/// An axis.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Axis {
    /// Those who stand together, the strongest first.
    pub members: Vec<Member>,
    /// Against whom.
    pub target: String,
    /// Half the number of members where all is certain.
    pub strength: f64,
    /// Its strength at the end of each step.
    pub history: Vec<(Date, f64)>,
    /// First day of the step since when it stands.
    pub since: Option<Date>,
    /// Which way it goes.
    pub trend: Trend,
    /// Parties near it.
    pub edge: Vec<EdgeMember>,
    /// Formal ties and conduct of each two members.
    pub pairs: Vec<MemberPair>,
    /// Numbers of the events that count most: friendly ones among the members and hostile ones with the target.
    pub evidence: Vec<u32>,
}

/// All axes of a ledger.
#[derive(Debug, Clone, PartialEq)]
pub struct Axes {
    /// The alignment on the last day.
    pub alignment: Alignment,
    /// Blocs: the community of each party of the alignment.
    pub blocs: Vec<usize>,
    /// The axes, the strongest first.
    pub list: Vec<Axis>,
}

impl Axes {
    /// Finds the axes as of the last day. None where there are no acts.
    pub fn of(acts: &Acts, ties: &Ties, options: &AxesOptions) -> Option<Self> {
        let (first, last) = options.span.or_else(|| acts.span())?;
        let ends = options.step.ends(first, last);
        let mut past = Alignment::over_time(acts, ties, options.memory, &ends, &options.alignment);
        let alignment = past.pop()?;
        let graph = SignedGraph::of(&alignment);
        let finder = Finder { acts, ties, options, past: &past, alignment: &alignment, graph: &graph };
        let mut list: Vec<Axis> =
            (0..alignment.parties.len()).flat_map(|target| finder.against(target)).collect();
        list.sort_by(|one, other| {
            other.strength.total_cmp(&one.strength).then_with(|| one.target.cmp(&other.target))
        });
        Some(Self { blocs: communities(&graph), list, alignment })
    }
}

struct Finder<'a> {
    acts: &'a Acts,
    ties: &'a Ties,
    options: &'a AxesOptions,
    past: &'a [Alignment],
    alignment: &'a Alignment,
    graph: &'a SignedGraph,
}

impl Finder<'_> {
    fn name(&self, place: usize) -> String {
        self.acts.parties[self.alignment.parties[place] as usize].clone()
    }

    fn certainty(&self, one: usize, other: usize) -> f64 {
        self.graph.bond(one, other).map_or(0.0, |bond| bond.certainty)
    }

    /// The axes against one party.
    fn against(&self, target: usize) -> Vec<Axis> {
        let foes: Vec<usize> = (0..self.alignment.parties.len())
            .filter(|place| *place != target && self.certainty(*place, target) <= -self.options.certainty)
            .collect();
        let labels = communities(&self.graph.induced(&foes));
        let mut groups: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for (foe, label) in foes.iter().zip(labels) {
            groups.entry(label).or_default().push(*foe);
        }
        groups.into_values().filter_map(|group| self.axis(&self.friends(group), target)).collect()
    }

    /// Leaves out, one by one, who has no sure friend in the group or is on the whole no friend of it.
    fn friends(&self, mut group: Vec<usize>) -> Vec<usize> {
        loop {
            let worst = group
                .iter()
                .copied()
                .map(|place| (self.with_members(place, &group), place))
                .filter(|(mean, place)| {
                    let closest = group.iter().filter(|other| *other != place);
                    let closest = closest.map(|other| self.certainty(*place, *other)).fold(-1.0, f64::max);
                    *mean <= 0.0 || closest < self.options.certainty
                })
                .min_by(|one, other| one.0.total_cmp(&other.0));
            let Some((_, worst)) = worst else { return group };
            group.retain(|place| *place != worst);
        }
    }

    fn with_members(&self, place: usize, members: &[usize]) -> f64 {
        let others: Vec<usize> = members.iter().copied().filter(|member| *member != place).collect();
        let sum: f64 = others.iter().map(|other| self.certainty(place, *other)).sum();
        sum / others.len().max(1) as f64
    }

    fn axis(&self, group: &[usize], target: usize) -> Option<Axis> {
        if group.len() < 2 {
            return None;
        }
        let mut members: Vec<Member> = group
            .iter()
            .map(|place| Member {
                party: self.name(*place),
                with_members: self.with_members(*place, group),
                with_target: self.certainty(*place, target),
                place: *place,
            })
            .collect();
        members.sort_by(|one, other| {
            let weight = |member: &Member| member.with_members - member.with_target;
            weight(other).total_cmp(&weight(one)).then_with(|| one.party.cmp(&other.party))
        });
        let numbers: Vec<u32> = members.iter().map(|member| self.alignment.parties[member.place]).collect();
        let target_number = self.alignment.parties[target];
        let now = strength(self.alignment, &numbers, target_number);
        let mut history: Vec<(Day, f64)> =
            self.past.iter().map(|past| (past.day, strength(past, &numbers, target_number))).collect();
        history.push((self.alignment.day, now));
        Some(Axis {
            edge: self.edge(group, target),
            pairs: self.pairs(&members),
            evidence: self.evidence(&numbers, target_number),
            target: self.name(target),
            since: since(&history, self.options.step).map(date_of),
            trend: trend(&history),
            history: history.into_iter().map(|(day, strength)| (date_of(day), strength)).collect(),
            members,
            strength: now,
        })
    }

    fn edge(&self, group: &[usize], target: usize) -> Vec<EdgeMember> {
        let limit = self.options.certainty * NEAR;
        let mut edge: Vec<EdgeMember> = (0..self.alignment.parties.len())
            .filter(|place| *place != target && !group.contains(place))
            .map(|place| EdgeMember {
                party: self.name(place),
                with_members: self.with_members(place, group),
                with_target: self.certainty(place, target),
            })
            .filter(|near| {
                let (friend, foe) = (near.with_members, -near.with_target);
                (friend >= limit && foe > -limit) || (foe >= limit && friend > limit * NEAR)
            })
            .collect();
        edge.sort_by(|one, other| {
            let weight = |near: &EdgeMember| near.with_members - near.with_target;
            weight(other).total_cmp(&weight(one)).then_with(|| one.party.cmp(&other.party))
        });
        edge
    }

    fn pairs(&self, members: &[Member]) -> Vec<MemberPair> {
        let day = date_of(self.alignment.day);
        let mut pairs = Vec::new();
        for (later, two) in members.iter().enumerate() {
            for one in &members[..later] {
                let standing = self.alignment.standing(one.place, two.place);
                pairs.push(MemberPair {
                    members: [one.party.clone(), two.party.clone()],
                    conduct: standing.map_or(0.0, |standing| standing.direct),
                    ties: standing.map_or(0.0, |standing| standing.ties),
                    pacts: self.ties.pacts(&one.party, &two.party, day),
                });
            }
        }
        pairs
    }

    /// The events that count most, each once: how far their score is from the mean by what is remembered of them.
    fn evidence(&self, members: &[u32], target: u32) -> Vec<u32> {
        let mean = self.alignment.credibility.mean;
        let counts_for = |act: &Act| -> Option<f64> {
            let tone = f64::from(act.scale) - mean;
            let is_within = members.contains(&act.actor) && members.contains(&act.recipient);
            let is_against = members.contains(&act.actor) && act.recipient == target
                || members.contains(&act.recipient) && act.actor == target;
            let left = self.options.memory.left_after(self.alignment.day - act.day) * f64::from(act.weight);
            ((is_within && tone > 0.0) || (is_against && tone < 0.0)).then(|| tone.abs() * left)
        };
        let mut counted: Vec<(f64, u32)> = self
            .acts
            .until(self.alignment.day)
            .iter()
            .filter_map(|act| counts_for(act).map(|weight| (weight, act.event)))
            .collect();
        counted.sort_by(|one, other| other.0.total_cmp(&one.0).then(one.1.cmp(&other.1)));
        let mut evidence: Vec<u32> = Vec::new();
        for (_, event) in counted {
            if evidence.len() == self.options.evidence {
                break;
            }
            if !evidence.contains(&event) {
                evidence.push(event);
            }
        }
        evidence
    }
}

/// The strength of a group against a target, all by their numbers among all parties.
fn strength(alignment: &Alignment, members: &[u32], target: u32) -> f64 {
    let certainty = |one: u32, other: u32| {
        let places = alignment.place(one).zip(alignment.place(other));
        places.and_then(|(one, other)| alignment.standing(one, other)).map_or(0.0, |standing| standing.direct)
    };
    let mut sum = 0.0;
    for (later, two) in members.iter().enumerate() {
        for one in &members[..later] {
            let [friends, first, second] =
                [certainty(*one, *two), -certainty(*one, target), -certainty(*two, target)]
                    .map(|value: f64| value.max(0.0));
            sum += (friends * first * second).cbrt();
        }
    }
    sum / (members.len().max(2) - 1) as f64
}

/// First day of the first step after which the strength never was less than half of what it is.
fn since(history: &[(Day, f64)], step: Step) -> Option<Day> {
    let now = history.last()?.1;
    let weak = history.iter().rposition(|(_, strength)| *strength < now * STANDING);
    let first = weak.map_or(0, |place| place + 1);
    history.get(first).map(|(day, _)| step.first_day(*day))
}

fn trend(history: &[(Day, f64)]) -> Trend {
    let Some((_, now)) = history.last() else { return Trend::Steady };
    let before = history[history.len().saturating_sub(TREND_STEPS + 1)].1;
    match now - before {
        change if change > TREND_CHANGE * now => Trend::Rising,
        change if change < -TREND_CHANGE * before => Trend::Falling,
        _ => Trend::Steady,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::acts::testing;
    use entente_codebook::EventType::{self, Accuse, Agree, Aid, Assault, Consult, Sanction, Support};

    /// From day 180 on NOR, ISL and PRT stand together against DNK; CHE deals with all.
    fn forming() -> Acts {
        let mut rows: Vec<(Day, &str, &str, EventType)> = Vec::new();
        for day in 0..360 {
            rows.push((day, "CHE", if day % 2 == 0 { "NOR" } else { "DNK" }, Consult));
            rows.push((day, "DNK", "EST", Consult));
            rows.push((day, "MYS", "ISL", if day % 2 == 0 { Accuse } else { Support }));
            if day < 180 {
                rows.push((day, "NOR", "DNK", Consult));
                rows.push((day, "ISL", "DNK", Consult));
                rows.push((day, "NOR", "ISL", Consult));
                continue;
            }
            rows.push((day, "NOR", "ISL", Aid));
            rows.push((day, "ISL", "PRT", if day % 2 == 0 { Support } else { Agree }));
            rows.push((day, "NOR", "PRT", Aid));
            rows.push((day, "NOR", "DNK", if day % 3 == 0 { Assault } else { Sanction }));
            rows.push((day, "DNK", "ISL", Accuse));
            rows.push((day, "PRT", "DNK", Sanction));
        }
        testing::acts(&rows)
    }

    fn axes(acts: &Acts) -> Axes {
        Axes::of(acts, &Ties::default(), &AxesOptions::default()).unwrap()
    }

    #[test]
    fn an_axis_is_found_with_its_target_and_its_start() {
        let acts = forming();
        let axes = axes(&acts);
        let axis = &axes.list[0];
        let mut members: Vec<&str> = axis.members.iter().map(|member| member.party.as_str()).collect();
        members.sort_unstable();
        assert_eq!((members, axis.target.as_str()), (vec!["ISL", "NOR", "PRT"], "DNK"));
        assert!(axis.strength > 1.0 && axis.strength <= 1.5, "{}", axis.strength);
        let since = crate::acts::day_of(axis.since.unwrap()).unwrap();
        assert!((170..260).contains(&since), "{since}");
        assert_eq!(axis.history.len(), 12);
        assert!(axis.edge.iter().all(|near| near.party != "DNK"));
        assert_eq!(axis.pairs.len(), 3);
    }

    #[test]
    fn the_evidence_is_friendly_within_and_hostile_without() {
        let acts = forming();
        let axes = axes(&acts);
        let axis = &axes.list[0];
        assert_eq!(axis.evidence.len(), 10);
        for event in &axis.evidence {
            let act = acts.list.iter().find(|act| act.event == *event).unwrap();
            let names = [act.actor, act.recipient].map(|party| acts.parties[party as usize].as_str());
            assert_eq!(names.contains(&"DNK"), act.scale < 0.0, "{names:?} {act:?}");
            assert!(act.day >= 180);
        }
    }

    #[test]
    fn friends_of_all_and_foes_of_nobody_make_no_axis() {
        let rows: Vec<_> =
            (0..200).map(|day| (day, "NOR", ["ISL", "CHE"][day as usize % 2], Consult)).collect();
        assert!(axes(&testing::acts(&rows)).list.is_empty());
        assert!(Axes::of(&Acts::default(), &Ties::default(), &AxesOptions::default()).is_none());
    }

    #[test]
    fn trends_and_starts_are_told() {
        let history = |strengths: &[f64]| -> Vec<(Day, f64)> {
            (0..).map(|day| day * 31 + 30).zip(strengths.iter().copied()).collect()
        };
        assert_eq!(trend(&history(&[0.1, 0.2, 0.5, 0.9])), Trend::Rising);
        assert_eq!(trend(&history(&[0.9, 0.5, 0.4, 0.2])), Trend::Falling);
        assert_eq!(trend(&history(&[0.9, 0.5, 0.8, 0.9])), Trend::Steady);
        let since = since(&history(&[0.6, 0.1, 0.6, 0.9]), Step::Day).unwrap();
        assert_eq!(since, 92);
    }
}
