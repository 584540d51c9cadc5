//! Who did it: "the attacks, for which *Boko Haram* claimed responsibility"; "*militants* killed 15 villagers. Three
//! villagers were killed by the river".

use super::{is_fact, is_force, told_before};
use crate::auxiliary::is_negated;
use crate::draft::Draft;
use crate::party::{Party, merge, without};
use crate::scene::{Places, Scene};
use crate::statements::WordAt;
use entente_codebook::EventType;
use std::collections::BTreeSet;

/// How many sentences a claim of responsibility reaches, back and forth.
const CLAIM_REACH: usize = 3;

/// How many sentences later an act still belongs to the series of the one before.
const SERIES_REACH: usize = 3;

/// Gives doers to acts of force that have none.
pub(super) fn find(scene: &Scene, drafts: &mut [Draft]) {
    let claimants: Vec<Vec<Party>> =
        (0..scene.sentences.len()).map(|sentence| those_responsible(scene, sentence)).collect();
    for index in 0..drafts.len() {
        let (told, rest) = drafts.split_at_mut(index);
        let draft = &mut rest[0];
        if !is_force(draft) || !draft.is_live() || !draft.actor.is_empty() {
            continue;
        }
        if draft.event == EventType::Assault {
            let doers = without(nearest(&claimants, draft.at.sentence), &draft.recipient);
            if !doers.is_empty() {
                draft.infer_actor(doers, "done by whoever claims responsibility");
                continue;
            }
        }
        let mut near = told_before(told, draft.at.sentence, SERIES_REACH);
        if let Some(earlier) = near.find(|earlier| is_of_one_series(earlier, draft)) {
            if suffers_as_the_doer(earlier, draft) {
                draft.recipient.clone_from(&earlier.recipient);
            }
            draft.infer_actor(earlier.actor.clone(), "done by whoever did the same before");
        }
    }
}

/// The claimants of the sentence itself or the nearest one.
fn nearest(claimants: &[Vec<Party>], sentence: usize) -> Vec<Party> {
    let around = (0..=CLAIM_REACH).flat_map(|step| [sentence.checked_sub(step), Some(sentence + step)]);
    let near = around.flatten().filter_map(|near| claimants.get(near));
    near.into_iter().find(|found| !found.is_empty()).cloned().unwrap_or_default()
}

/// Whoever claims, took or admits responsibility in a sentence.
fn those_responsible(scene: &Scene, sentence: usize) -> Vec<Party> {
    let grammar = scene.grammar(sentence);
    let mut found = Vec::new();
    for word in 0..grammar.sentence.tokens.len() {
        let Some(verb) = grammar
            .token(word)
            .head
            .filter(|_| grammar.token(word).lemma.eq_ignore_ascii_case("responsibility"))
        else {
            continue;
        };
        let form = grammar.form(verb).to_lowercase();
        let claims = matches!(grammar.lemma(verb).as_str(), "claim" | "admit")
            || matches!(form.as_str(), "took" | "taken" | "accepted");
        let happened =
            grammar.auxiliaries(verb).iter().all(|word| matches!(word.as_str(), "has" | "have" | "had"));
        if claims && happened && !is_negated(&grammar, verb) {
            for subject in grammar.subjects(verb) {
                merge(&mut found, scene.parties(WordAt { sentence, word: subject }, Places::DoNotCount));
            }
        }
    }
    found
}

/// The same was done to the same kind of people, or the pronoun for them was taken for its doer.
fn is_of_one_series(earlier: &Draft, draft: &Draft) -> bool {
    let known =
        is_force(earlier) && is_fact(earlier) && !earlier.actor.is_empty() && !earlier.recipient.is_empty();
    known && (has_same_victims(earlier, draft) || suffers_as_the_doer(earlier, draft))
}

fn has_same_victims(earlier: &Draft, draft: &Draft) -> bool {
    let kinds = |parties: &[Party]| parties.iter().map(Party::code_and_sector).collect::<BTreeSet<_>>();
    let known =
        draft.recipient.iter().all(|party| party.entity.code.is_some() || party.entity.sector.is_some());
    earlier.event == draft.event
        && !draft.recipient.is_empty()
        && known
        && kinds(&earlier.recipient) == kinds(&draft.recipient)
}

/// "Militants seized six men. *They* were beaten": nobody goes on to suffer his own act.
fn suffers_as_the_doer(earlier: &Draft, draft: &Draft) -> bool {
    !draft.recipient.is_empty()
        && draft
            .recipient
            .iter()
            .all(|party| party.is_pronoun && earlier.actor.iter().any(|actor| actor.is_same(party)))
}
