//! Claims: on whose word an act is known.

use crate::draft::Draft;
use crate::party::Party;
use crate::scene::Scene;
use crate::statements::Statement;
use entente_codebook::EventType;
use entente_syntax::Deprel;

/// How many sentences before an act its source may stand.
const HEARSAY_REACH: usize = 3;

/// The chain of those who assert a draft, outermost first; empty where the publication does.
pub(crate) fn chain(scene: &Scene, draft: &Draft, accusers: &[Draft]) -> Vec<Party> {
    let mut chain: Vec<Party> = Vec::new();
    for statement in scene.statements_around(draft.at) {
        if statement.cue_at == Some(draft.at) {
            continue;
        }
        for source in statement.via.iter().chain(statement.speaker.iter()) {
            if let Some(party) = scene.speaker(*source)
                && !chain.last().is_some_and(|last| last.is_same(&party))
            {
                chain.push(party);
            }
        }
    }
    if let Some(accuser) = accuser(scene, draft, accusers) {
        chain.push(accuser);
    }
    if chain.is_empty() && is_hearsay(scene, draft) {
        chain.extend(last_source(scene, draft));
    }
    // A speaker who acts by speaking vouches for nobody else's act.
    if is_act_of_speech(draft.event) {
        while chain.last().is_some_and(|last| draft.actor.iter().any(|actor| last.is_same(actor))) {
            chain.pop();
        }
    }
    chain
}

/// "were *allegedly* beaten": somebody says so, but not this sentence who.
fn is_hearsay(scene: &Scene, draft: &Draft) -> bool {
    let grammar = scene.grammar(draft.at.sentence);
    let mut words = grammar.sentence.children_by(draft.predicate.word, Deprel::Advmod);
    words.any(|word| scene.codebook.in_set("hearsay_adverbs", &grammar.lemma(word)))
}

/// The source of the nearest statement before the sentence.
fn last_source(scene: &Scene, draft: &Draft) -> Option<Party> {
    let here = scene.sentences[draft.at.sentence].span.start;
    let reach = scene.sentences[draft.at.sentence.saturating_sub(HEARSAY_REACH)].span.start;
    let near = |statement: &&Statement| reach < statement.content.end && statement.content.end <= here;
    let told = scene.statements.iter().rev().filter(near);
    told.filter_map(|statement| statement.speaker).find_map(|at| scene.speaker(at))
}

/// "Chad accused Mali of shelling": Chad is the one who asserts the shelling.
fn accuser(scene: &Scene, draft: &Draft, accusers: &[Draft]) -> Option<Party> {
    let grammar = scene.grammar(draft.at.sentence);
    let above: Vec<usize> = grammar.ancestors(draft.at.word).collect();
    let accusation = accusers.iter().find(|accusation| {
        accusation.at.sentence == draft.at.sentence
            && accusation.modes.iter().any(|mode| mode == "allege")
            && above.contains(&accusation.at.word)
            && grammar
                .clauses(accusation.at.word)
                .iter()
                .any(|clause| *clause == draft.at.word || above.contains(clause))
    })?;
    accusation.actor.first().cloned()
}

/// Types that one can do by saying so.
pub(crate) fn is_act_of_speech(event: EventType) -> bool {
    use EventType::{Accuse, Agree, Concede, Reject, Request, Support, Threaten};
    matches!(event, Accuse | Agree | Concede | Reject | Request | Support | Threaten)
}
