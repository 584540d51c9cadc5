//! Composition: what a promise, threat, demand, refusal or end makes of the act under it.

use crate::draft::Draft;
use crate::grammar::Grammar;
use crate::party::{Party, without};
use crate::scene::Scene;
use crate::statements::WordAt;
use entente_codebook::{EventType, Force, Rewrite, RewriteMode};
use entente_syntax::{Deprel, Upos};
use std::collections::HashMap;

/// Applies the rewrites of the codebook to the drafts of one sentence, innermost first.
pub(crate) fn compose(scene: &Scene, drafts: &mut [Draft]) {
    let by_word: HashMap<WordAt, usize> =
        drafts.iter().enumerate().map(|(index, draft)| (draft.at, index)).collect();
    let mut outer: Vec<usize> = (0..drafts.len()).filter(|index| drafts[*index].is_live()).collect();
    outer.sort_by_key(|index| usize::MAX - depth(scene, drafts[*index].at));
    for index in outer {
        let Some(inner) = inner_act(scene, drafts, &by_word, index) else {
            continue;
        };
        if drafts[index].force.is_some() {
            apply(scene, drafts, index, inner);
        } else if absorbs(scene, &drafts[index], &drafts[inner]) {
            drafts[inner].drop_for(format!("content of {}", drafts[index].event));
        }
    }
}

/// Number of words above a word in its tree.
fn depth(scene: &Scene, at: WordAt) -> usize {
    scene.grammar(at.sentence).ancestors(at.word).count()
}

/// The act in the clause, content or object of a word of force.
fn inner_act(
    scene: &Scene,
    drafts: &[Draft],
    by_word: &HashMap<WordAt, usize>,
    outer: usize,
) -> Option<usize> {
    let draft = &drafts[outer];
    let sentence = draft.at.sentence;
    let grammar = scene.grammar(sentence);
    let mut places = grammar.clauses(draft.at.word);
    places.extend(&draft.content_words);
    places.extend(grammar.objects(draft.at.word));
    if draft.predicate != draft.at {
        places.extend(grammar.clauses(draft.predicate.word));
    }
    let here = |word: usize| by_word.get(&WordAt { sentence, word }).copied();
    let live = |index: &usize| *index != outer && drafts[*index].is_live();
    for place in &places {
        for word in grammar.with_conjuncts(*place) {
            if let Some(found) = here(word).filter(live) {
                return Some(found);
            }
        }
    }
    // "agreed to hold talks", "vowed to take steps to withdraw troops": one step further down.
    for place in places {
        let below = objects_and_clauses(&grammar, place);
        if let Some(found) = below.into_iter().filter_map(here).find(live) {
            return Some(found);
        }
    }
    None
}

fn objects_and_clauses(grammar: &Grammar, word: usize) -> Vec<usize> {
    if grammar.token(word).upos == Upos::Verb {
        let mut below = grammar.objects(word);
        below.extend(grammar.clauses(word));
        return below;
    }
    grammar.sentence.children_by(word, Deprel::Nmod).collect()
}

/// Drops what stands anywhere inside the content of a promise, demand, refusal or threat: "a guarantee that NATO
/// would not deploy missiles". Relative and adverbial clauses, and what a verb of saying reports, stay.
pub(crate) fn absorb_deep(scene: &Scene, drafts: &mut [Draft]) {
    for outer in 0..drafts.len() {
        for inner in 0..drafts.len() {
            let (one, two) = (&drafts[outer], &drafts[inner]);
            let live = outer != inner && one.is_live() && two.is_live();
            if live && absorbs(scene, one, two) && is_content(scene, one.at, two.at) {
                drafts[inner].drop_for(format!("content of {}", drafts[outer].event));
            }
        }
    }
}

/// "pledged to support *Russian* demands": the demands are somebody else's and stand whatever is pledged.
fn has_its_own_actor(scene: &Scene, outer: &Draft, inner: &Draft) -> bool {
    let upos = scene.grammar(inner.at.sentence).token(inner.at.word).upos;
    upos == Upos::Noun && !inner.actor.is_empty() && others(&inner.actor, &outer.actor)
}

/// The path from the inner word up to the outer one leads only through complements.
fn is_content(scene: &Scene, outer: WordAt, inner: WordAt) -> bool {
    let grammar = scene.grammar(inner.sentence);
    let mut at = inner.word;
    while at != outer.word {
        let token = grammar.token(at);
        let complement = match token.relation.base {
            Deprel::Ccomp | Deprel::Xcomp | Deprel::Obj => true,
            Deprel::Nmod | Deprel::Obl => token.relation.subtype.is_empty(),
            Deprel::Acl => token.relation.subtype != "relcl",
            _ => false,
        };
        match token.head {
            Some(head) if complement => at = head,
            _ => return false,
        }
    }
    true
}

/// What is refused, requested, promised or threatened has not happened; what is condemned or praised may have.
fn absorbs(scene: &Scene, outer: &Draft, inner: &Draft) -> bool {
    use EventType::{Agree, Concede, Consult, Reject, Request, Retreat, Sanction, Support, Threaten};
    if outer.event == Agree && has_its_own_actor(scene, outer, inner) {
        return false;
    }
    let takes_content = matches!(outer.event, Agree | Concede | Reject | Request | Threaten);
    let is_verbal = matches!(inner.event, Agree | Concede | Request | Support | Consult);
    takes_content || (matches!(outer.event, Sanction | Retreat) && is_verbal)
}

fn apply(scene: &Scene, drafts: &mut [Draft], outer: usize, inner_index: usize) {
    let Some(force) = drafts[outer].force else {
        return;
    };
    let inner = drafts[inner_index].clone();
    let Some(rewrite) = scene.codebook.rewrites.iter().find(|rewrite| fits(rewrite, force, &inner)) else {
        return;
    };
    let draft = &mut drafts[outer];
    let own_type = draft.event;
    draft.retype(match (&rewrite.mode, rewrite.event) {
        (RewriteMode::Inner, None) => inner.event,
        (_, Some(event)) => event,
        (_, None) => own_type,
    });
    draft.modes = new_modes(rewrite, draft, own_type, &inner);
    draft.aux.extend(rewrite.aux.iter().copied());
    draft.reason.push(format!("{} under {}: {own_type} becomes {}", inner.event, name(force), draft.event));
    draft.reason.extend(inner.reason.iter().map(|reason| format!("inner {reason}")));
    take_parties(draft, &inner, force);
    if draft.content_words.is_empty() {
        draft.content_words = vec![inner.predicate.word];
    }
    draft.confidence = draft.confidence.max(inner.confidence * 0.9);
    drafts[inner_index].drop_for(format!("part of {}", drafts[outer].event));
}

fn fits(rewrite: &Rewrite, force: Force, inner: &Draft) -> bool {
    rewrite.force == force
        && (rewrite.inner.is_empty() || rewrite.inner.contains(&inner.event))
        && (rewrite.inner_mode.is_empty() || rewrite.inner_mode.iter().any(|mode| inner.modes.contains(mode)))
}

fn new_modes(rewrite: &Rewrite, draft: &Draft, own_type: EventType, inner: &Draft) -> Vec<String> {
    match &rewrite.mode {
        RewriteMode::Inner => inner.modes.clone(),
        RewriteMode::Fixed(modes) if modes.is_empty() && own_type == draft.event => draft.modes.clone(),
        RewriteMode::Fixed(modes) => modes.clone(),
    }
}

/// Who acts and upon whom, once two acts are one.
fn take_parties(draft: &mut Draft, inner: &Draft, force: Force) {
    let takes_inner_actor = matches!(force, Force::Stop | Force::Ease | Force::Fail | Force::Allow);
    if draft.actor.is_empty() && takes_inner_actor {
        draft.actor.clone_from(&inner.actor);
    }
    if !draft.recipient.is_empty() {
        return;
    }
    let from_inner: &[Party] = match force {
        // Whoever is to act is the one who is asked.
        Force::Demand if others(&inner.actor, &draft.actor) => &inner.actor,
        _ => &inner.recipient,
    };
    draft.recipient = without(from_inner.to_vec(), &draft.actor);
}

fn others(parties: &[Party], than: &[Party]) -> bool {
    parties.iter().any(|party| !than.iter().any(|known| known.is_same(party)))
}

fn name(force: Force) -> &'static str {
    match force {
        Force::Commit => "commit",
        Force::Threaten => "threaten",
        Force::Refuse => "refuse",
        Force::Demand => "demand",
        Force::Stop => "stop",
        Force::Ease => "ease",
        Force::Fail => "fail",
        Force::Allow => "allow",
    }
}
