//! Whom it is against: who did what is condemned ("Chad condemned the raid"), and the other side of a conflict
//! ("*Pakistan* shelled Indian posts. India warned it would strike back").

use super::{is_fact, is_force, told_before};
use crate::draft::Draft;
use crate::party::{Party, without};
use crate::scene::Scene;
use entente_codebook::EventType;
use std::collections::BTreeSet;

/// How many sentences before a threat the conflict may have been told.
const CONFLICT_REACH: usize = 3;

/// An accusation that names an act of force and nobody is against those who did it.
pub(super) fn condemned(scene: &Scene, drafts: &mut [Draft]) {
    for index in 0..drafts.len() {
        let draft = &drafts[index];
        if !draft.is_live() || draft.event != EventType::Accuse || !draft.recipient.is_empty() {
            continue;
        }
        let below = scene.grammar(draft.at.sentence).sentence.subtree(draft.predicate.word);
        let act = drafts.iter().find(|act| {
            act.at.sentence == draft.at.sentence
                && act.is_live()
                && is_force(act)
                && below.contains(&act.at.word)
        });
        let doers = act.map(|act| without(act.actor.clone(), &draft.actor)).unwrap_or_default();
        if !doers.is_empty() {
            drafts[index].infer_recipient(doers, "against whoever did what is condemned");
        }
    }
}

/// A threat without a target is against the other side of the conflict told just before.
pub(super) fn threatened(drafts: &mut [Draft]) {
    for index in 0..drafts.len() {
        let (told, rest) = drafts.split_at_mut(index);
        let threat = &mut rest[0];
        let is_open = threat.is_live() && threat.event == EventType::Threaten && threat.recipient.is_empty();
        if !is_open || threat.actor.is_empty() {
            continue;
        }
        let near = told_before(told, threat.at.sentence, CONFLICT_REACH);
        let opponents =
            near.filter(|other| is_conflict(other)).find_map(|other| other_side(other, &threat.actor));
        if let Some(opponents) = opponents {
            threat.infer_recipient(opponents, "against the other side of the conflict before");
        }
    }
}

/// Demands are made of friends as well.
fn is_conflict(draft: &Draft) -> bool {
    is_fact(draft) && draft.event.is_conflict() && draft.event != EventType::Request
}

/// The side of a conflict that a party is not on.
fn other_side(draft: &Draft, party: &[Party]) -> Option<Vec<Party>> {
    let codes = |parties: &[Party]| -> BTreeSet<String> {
        parties.iter().map(|party| party.code_and_sector().0).filter(|code| !code.is_empty()).collect()
    };
    let own = codes(party);
    let (actor, recipient) = (codes(&draft.actor), codes(&draft.recipient));
    match (own.is_disjoint(&actor), own.is_disjoint(&recipient)) {
        (false, true) if !recipient.is_empty() => Some(draft.recipient.clone()),
        (true, false) if !actor.is_empty() => Some(draft.actor.clone()),
        _ => None,
    }
}
