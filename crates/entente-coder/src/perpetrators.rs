//! Parties that the clause does not name and the text around it does: who did it ("the attacks, for which *Boko Haram*
//! claimed responsibility"; "*militants* killed 15 villagers. Three women were shot"), who is condemned with an act ("Chad
//! condemned the raid"), who is threatened, and who agreed ("*Chad* met *Mali*. They agreed").

use crate::draft::{Draft, NOBODY};
use crate::party::{Party, merge};
use crate::scene::{Places, Scene};
use crate::statements::WordAt;
use entente_codebook::EventType;
use std::collections::BTreeSet;

/// Quads from this one on are conflict.
const CONFLICT: u8 = 3;

/// How many sentences later an act without a doer still belongs to the acts of the last one.
const REACH: usize = 3;

/// Fills in doers from what the document told before, sentence by sentence. `drafts` are those of the whole document
/// in reading order.
pub(crate) fn find(scene: &Scene, drafts: &mut [Draft]) {
    for index in 0..drafts.len() {
        if !is_violent(&drafts[index]) {
            continue;
        }
        if drafts[index].actor.is_empty() {
            drafts[index].actor = those_responsible_near(scene, drafts[index].at.sentence);
        }
        let (told, rest) = drafts.split_at_mut(index);
        let draft = &mut rest[0];
        if draft.actor.is_empty()
            && let Some(earlier) = told.iter().rev().find(|earlier| is_of_one_series(earlier, draft))
        {
            draft.reason.push("done by whoever did the same before".to_owned());
            draft.actor.clone_from(&earlier.actor);
            if suffers_as_the_doer(earlier, draft) {
                draft.recipient.clone_from(&earlier.recipient);
            }
        }
    }
    condemn_doers(scene, drafts);
    threaten_opponents(drafts);
    those_who_met_agree(scene, drafts);
}

fn is_violent(draft: &Draft) -> bool {
    draft.is_live() && matches!(draft.event, EventType::Assault | EventType::Coerce)
}

/// Whoever claims responsibility in the sentence or, the nearest first, in those around it.
fn those_responsible_near(scene: &Scene, sentence: usize) -> Vec<Party> {
    let around = (0..=REACH).flat_map(|step| [sentence.checked_sub(step), Some(sentence + step)]);
    let near = around.flatten().filter(|near| *near < scene.sentences.len());
    near.map(|near| those_responsible(scene, near)).find(|found| !found.is_empty()).unwrap_or_default()
}

/// Whoever claims responsibility in a sentence.
fn those_responsible(scene: &Scene, sentence: usize) -> Vec<Party> {
    let grammar = scene.grammar(sentence);
    let mut found = Vec::new();
    for word in 0..grammar.sentence.tokens.len() {
        let Some(verb) = grammar.token(word).head else {
            continue;
        };
        let claims = grammar.lemma(word) == "responsibility"
            && matches!(grammar.lemma(verb).as_str(), "claim" | "take" | "accept" | "admit");
        if claims {
            for subject in grammar.subjects(verb) {
                merge(&mut found, scene.parties(WordAt { sentence, word: subject }, Places::DoNotCount));
            }
        }
    }
    found
}

/// The victims are of the same kind as those of the earlier act, or the pronoun for them was taken for its doer.
fn is_of_one_series(earlier: &Draft, draft: &Draft) -> bool {
    let near = draft.at.sentence - earlier.at.sentence <= REACH;
    let kinds = |parties: &[Party]| parties.iter().map(Party::code_and_sector).collect::<BTreeSet<_>>();
    let same_victims = !draft.recipient.is_empty() && kinds(&earlier.recipient) == kinds(&draft.recipient);
    near
        && is_violent(earlier)
        && !earlier.actor.is_empty()
        && !earlier.recipient.is_empty()
        && (same_victims || suffers_as_the_doer(earlier, draft))
}

/// "Militants seized six men. *They* were beaten": nobody goes on to suffer his own act.
fn suffers_as_the_doer(earlier: &Draft, draft: &Draft) -> bool {
    !draft.recipient.is_empty()
        && draft
            .recipient
            .iter()
            .all(|party| party.is_pronoun && earlier.actor.iter().any(|actor| actor.is_same(party)))
}

/// An accusation that names an act and nobody is against those who did it.
fn condemn_doers(scene: &Scene, drafts: &mut [Draft]) {
    for index in 0..drafts.len() {
        let draft = &drafts[index];
        if !draft.is_live() || draft.event != EventType::Accuse || !draft.recipient.is_empty() {
            continue;
        }
        let below = scene.grammar(draft.at.sentence).sentence.subtree(draft.predicate.word);
        let act = drafts.iter().find(|act| {
            is_violent(act)
                && act.at.sentence == draft.at.sentence
                && below.contains(&act.at.word)
                && !act.actor.is_empty()
        });
        let Some(act) = act else {
            continue;
        };
        let mut doers = act.actor.clone();
        doers.retain(|doer| !draft.actor.iter().any(|accuser| accuser.is_same(doer)));
        let draft = &mut drafts[index];
        draft.recipient = doers;
        draft.reason.push("against whoever did what is condemned".to_owned());
    }
}

/// A threat without a target is against the other side of the conflict told just before.
fn threaten_opponents(drafts: &mut [Draft]) {
    for index in 0..drafts.len() {
        let threat = &drafts[index];
        let aimless = threat.is_live() && threat.event == EventType::Threaten && threat.recipient.is_empty();
        if !aimless || threat.actor.is_empty() {
            continue;
        }
        let near = drafts.iter().filter(|other| {
            other.at < threat.at && threat.at.sentence - other.at.sentence <= REACH && is_conflict(other)
        });
        let Some(opponents) = near.filter_map(|other| other_side(other, &threat.actor)).last() else {
            continue;
        };
        drafts[index].recipient = opponents;
        drafts[index].reason.push("against the other side of the conflict before".to_owned());
    }
}

fn is_conflict(draft: &Draft) -> bool {
    draft.is_live() && draft.event.quad_code() >= CONFLICT
}

/// The side of a conflict that a party is not on.
fn other_side(draft: &Draft, party: &[Party]) -> Option<Vec<Party>> {
    let codes = |parties: &[Party]| {
        parties.iter().map(|party| party.code_and_sector().0).filter(|code| !code.is_empty()).collect::<BTreeSet<_>>()
    };
    let own = codes(party);
    let (actor, recipient) = (codes(&draft.actor), codes(&draft.recipient));
    let (is_actor, is_recipient) = (!own.is_disjoint(&actor), !own.is_disjoint(&recipient));
    match (is_actor, is_recipient) {
        (true, false) if !recipient.is_empty() => Some(draft.recipient.clone()),
        (false, true) if !actor.is_empty() => Some(draft.actor.clone()),
        _ => None,
    }
}

/// "*They* agreed", "*we* agreed", "*both sides* agreed" after a meeting: those who met.
fn those_who_met_agree(scene: &Scene, drafts: &mut [Draft]) {
    for index in 0..drafts.len() {
        let (told, rest) = drafts.split_at_mut(index);
        let draft = &mut rest[0];
        let may_stand = draft.is_live() || draft.dropped.as_deref() == Some(NOBODY);
        if !may_stand || draft.event != EventType::Agree || !agrees_together(scene, draft) {
            continue;
        }
        let near = |meeting: &&Draft| {
            meeting.is_live()
                && meeting.event == EventType::Consult
                && draft.at.sentence - meeting.at.sentence <= REACH
                && meeting.actor.len() + meeting.recipient.len() > 1
        };
        if let Some(meeting) = told.iter().rev().find(near) {
            let mut together = meeting.actor.clone();
            merge(&mut together, meeting.recipient.clone());
            draft.recipient.retain(|party| !together.iter().any(|one| one.is_same(party)));
            draft.actor = together;
            draft.dropped = None;
            draft.reason.push("those who met".to_owned());
        }
    }
}

fn agrees_together(scene: &Scene, draft: &Draft) -> bool {
    let grammar = scene.grammar(draft.at.sentence);
    grammar.lemma(draft.at.word) == "agree"
        && grammar.subjects(draft.at.word).iter().any(|subject| {
            matches!(
                grammar.form(*subject).to_lowercase().as_str(),
                "they" | "we" | "both" | "two" | "sides" | "parties" | "leaders" | "ministers" | "presidents"
            )
        })
}
