//! The state a text is about at each point, and the state where it plays: nearness and frequency of
//! what it names.

use crate::Code;
use crate::EntityKind;
use crate::context::Context;
use crate::registry::Reading;
use entente_syntax::Deprel;

/// What is left of a mention's weight one sentence later.
const DECAY: f32 = 0.8;
/// Weight of a share of all mentions in the document.
const SHARE: f32 = 2.0;
/// Weight of the publication's own state.
const PUBLICATION: f32 = 0.5;
/// Weight of an organisation or person beside that of a state's own name; for the document as a whole only.
const SOFT: f32 = 0.2;
/// What the first state must weigh: more than one organisation or person.
const LEAST: f32 = 0.5;
/// The first state must outweigh the second by this factor.
const LEAD: f32 = 1.2;

/// What the weights are to tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Question {
    /// Whose organs act: states that act weigh more.
    Who,
    /// Where it happens: places weigh more.
    Where,
}

/// For every sentence, the state that stands out once the sentence has been read; `None` where none does.
pub(crate) fn settings(context: &Context<'_>, question: Question) -> Vec<Option<Code>> {
    let publication = context.publication.filter(|_| question == Question::Who);
    let mut total: Vec<(Code, f32)> = Vec::new();
    let mut by_sentence: Vec<Vec<(Code, f32)>> = vec![Vec::new(); context.sentences.len()];
    for unit in &context.names.units {
        let standing = context.standing(unit);
        // A bureau or a leader speaks of its own state, more softly than the state's name.
        let (code, is_named) = match standing.reading {
            Some(Reading::Organisation(_) | Reading::Group(_) | Reading::Seat(_) | Reading::Person(_)) => {
                (standing.code, false)
            }
            Some(_) => (standing.code, true),
            None => (unit.inner.iter().find_map(|reading| context.code_of(*reading)), true),
        };
        let Some(code) = code.filter(|code| code.is_state()) else { continue };
        if !is_named {
            add(&mut total, code, SOFT);
            continue;
        }
        let token = &context.sentences[unit.sentence].tokens[unit.head];
        let is_place = standing.kind == EntityKind::Place || context.is_locative(unit.sentence, unit.head);
        let weight = match question {
            Question::Who if token.relation.base == Deprel::Nsubj => 2.0,
            Question::Who => 1.0,
            Question::Where if is_place => 3.0,
            Question::Where => 0.5,
        };
        add(&mut total, code, if question == Question::Where { weight } else { 1.0 });
        add(&mut by_sentence[unit.sentence], code, weight);
    }
    let count: f32 = total.iter().map(|(_, weight)| weight).sum();
    let mut local: Vec<(Code, f32)> = Vec::new();
    let mut settings = Vec::with_capacity(by_sentence.len());
    for fresh in by_sentence {
        for (_, weight) in &mut local {
            *weight *= DECAY;
        }
        for (code, weight) in fresh {
            add(&mut local, code, weight);
        }
        settings.push(leader(&local, &total, count, publication));
    }
    settings
}

fn add(weights: &mut Vec<(Code, f32)>, code: Code, weight: f32) {
    match weights.iter_mut().find(|(known, _)| *known == code) {
        Some((_, sum)) => *sum += weight,
        None => weights.push((code, weight)),
    }
}

fn leader(
    local: &[(Code, f32)],
    total: &[(Code, f32)],
    count: f32,
    publication: Option<Code>,
) -> Option<Code> {
    let mut scores: Vec<(Code, f32)> = local.to_vec();
    for (code, weight) in total {
        add(&mut scores, *code, SHARE * weight / count.max(1.0));
    }
    if let Some(code) = publication {
        add(&mut scores, code, PUBLICATION);
    }
    scores.sort_by(|left, right| right.1.total_cmp(&left.1).then(left.0.cmp(&right.0)));
    match scores.as_slice() {
        [] => None,
        [(_, first), ..] if *first < LEAST => None,
        [(code, _)] => Some(*code),
        [(code, first), (_, second), ..] => (*first >= LEAD * second).then_some(*code),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_state_must_stand_out() {
        let (one, two) = (Code::parse("SYR").unwrap(), Code::parse("ISR").unwrap());
        assert_eq!(leader(&[(one, 3.0), (two, 1.0)], &[], 0.0, None), Some(one));
        assert_eq!(leader(&[(one, 1.1), (two, 1.0)], &[], 0.0, None), None);
        assert_eq!(leader(&[], &[], 0.0, None), None);
    }
}
