//! "*Chad's minister* met *his Malian colleague*. They agreed": those who met are those who agreed.

use super::{is_fact, told_before};
use crate::draft::{Draft, NOBODY};
use crate::grammar::Grammar;
use crate::party::{merge, without};
use crate::scene::Scene;
use entente_codebook::EventType;

/// How many sentences after a meeting its outcome may stand.
const OUTCOME_REACH: usize = 5;

/// Gives an agreement of "they", "we" or "both sides" to those who met just before.
pub(super) fn those_who_met_agree(scene: &Scene, drafts: &mut [Draft]) {
    for index in 0..drafts.len() {
        let (told, rest) = drafts.split_at_mut(index);
        let draft = &mut rest[0];
        let may_stand = draft.is_live() || draft.dropped.as_deref() == Some(NOBODY);
        if !may_stand || draft.event != EventType::Agree || !agrees_together(scene, draft) {
            continue;
        }
        let mut near = told_before(told, draft.at.sentence, OUTCOME_REACH);
        if let Some(meeting) = near.find(|earlier| is_meeting(earlier)) {
            let mut together = meeting.actor.clone();
            merge(&mut together, meeting.recipient.clone());
            draft.recipient = without(std::mem::take(&mut draft.recipient), &together);
            draft.dropped = None;
            draft.infer_actor(together, "those who met");
        }
    }
}

fn is_meeting(draft: &Draft) -> bool {
    is_fact(draft) && draft.event == EventType::Consult && draft.actor.len() + draft.recipient.len() > 1
}

/// "agreed" with a subject that means several and names nobody.
fn agrees_together(scene: &Scene, draft: &Draft) -> bool {
    let grammar = scene.grammar(draft.at.sentence);
    let is_several = |word: &usize| {
        scene.codebook.in_set("those_together", &grammar.form(*word).to_lowercase())
            && is_bare(&grammar, *word)
    };
    grammar.lemma(draft.at.word) == "agree" && grammar.subjects(draft.at.word).iter().any(is_several)
}

/// "the leaders", "both sides", but neither "EU leaders" nor "leaders of Chad".
fn is_bare(grammar: &Grammar, word: usize) -> bool {
    grammar.premodifiers(word).is_empty()
        && grammar.possessors(word).is_empty()
        && grammar.prepositional(word, "of").is_empty()
        && grammar.prepositional(word, "from").is_empty()
}
