//! Who did it, where the clause does not say: "the attacks, for which *Boko Haram* claimed responsibility"; "*militants*
//! killed 15 villagers. Three women were shot". And who is condemned with an act: "Chad condemned the raid".

use crate::draft::Draft;
use crate::party::{Party, merge};
use crate::scene::{Places, Scene};
use crate::statements::WordAt;
use entente_codebook::EventType;
use std::collections::BTreeSet;

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
            drafts[index].actor = those_responsible(scene, drafts[index].at.sentence);
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
}

fn is_violent(draft: &Draft) -> bool {
    draft.is_live() && matches!(draft.event, EventType::Assault | EventType::Coerce)
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
