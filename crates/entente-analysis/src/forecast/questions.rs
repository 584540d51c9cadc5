//! Facts as questions: who stands at the other end?

use super::facts::Fact;
use super::features::Question;
use super::history::Link;
use std::collections::BTreeMap;

/// The facts of one day.
pub(crate) struct Day {
    pub(crate) day: u32,
    pub(crate) facts: Vec<Fact>,
}

/// Sorts facts into days, in ascending order, each fact once. The order within a day is fixed too, so that results do
/// not depend on the order in which facts are given.
pub(crate) fn by_day(facts: &[Fact]) -> Vec<Day> {
    let mut days: BTreeMap<u32, Vec<Fact>> = BTreeMap::new();
    for fact in facts {
        days.entry(fact.day).or_default().push(*fact);
    }
    days.into_iter()
        .map(|(day, mut facts)| {
            facts.sort_unstable();
            facts.dedup();
            Day { day, facts }
        })
        .collect()
}

/// A question with its answers on the day.
pub(crate) struct Answered {
    pub(crate) question: Question,
    /// In ascending order, each once.
    pub(crate) answers: Vec<u32>,
}

/// The questions of a day in both directions, in the order of party and link.
pub(crate) fn questions_of(facts: &[Fact]) -> Vec<Answered> {
    let mut questions: BTreeMap<Question, Vec<u32>> = BTreeMap::new();
    for fact in facts {
        let active = Link { relation: fact.relation, passive: false };
        questions.entry(Question { party: fact.actor, link: active }).or_default().push(fact.recipient);
        questions
            .entry(Question { party: fact.recipient, link: active.reversed() })
            .or_default()
            .push(fact.actor);
    }
    questions
        .into_iter()
        .map(|(question, mut answers)| {
            answers.sort_unstable();
            answers.dedup();
            Answered { question, answers }
        })
        .collect()
}
