//! Demands without a verb of demanding: "all parties must return to talks", said by somebody.

use crate::draft::Draft;
use crate::grammar::Grammar;
use crate::party::{Party, merge};
use crate::scene::{Places, Scene};
use crate::statements::WordAt;
use entente_codebook::{EventType, Force, Rewrite};
use entente_syntax::{Deprel, Upos};
use entente_world::Sector;

/// Finds what speakers say that others must do, and takes the act so demanded out of the running.
pub(crate) fn find(scene: &Scene, sentence: usize, drafts: &mut Vec<Draft>) {
    let grammar = scene.grammar(sentence);
    for predicate in 0..grammar.sentence.tokens.len() {
        let Some(words) = demanding_words(&grammar, predicate) else {
            continue;
        };
        let at = WordAt { sentence, word: predicate };
        let Some(speaker) = speaker_of(scene, at) else {
            continue;
        };
        if scene.codebook.in_set("states_of_mind", &grammar.lemma(predicate))
            || !speaks_for_somebody(&speaker)
        {
            continue;
        }
        let asked = asked_parties(scene, &grammar, at, &speaker);
        if asked.is_empty() {
            continue;
        }
        let inner = drafts.iter().position(|draft| draft.is_live() && draft.predicate == at);
        let modes = inner.map(|inner| modes_of(scene, &drafts[inner])).unwrap_or_default();
        if let Some(inner) = inner {
            if drafts[inner].event == EventType::Request {
                continue;
            }
            drafts[inner].drop_for("part of REQUEST");
        }
        drafts.push(Draft {
            modes,
            actor: vec![speaker],
            recipient: asked,
            content_words: vec![predicate],
            confidence: 0.6,
            reason: vec!["modal demand in a statement".to_owned()],
            ..Draft::new(at, words, EventType::Request)
        });
    }
}

/// "must", "should", "has to", "needs to": the words of the demand, if the predicate is under one.
fn demanding_words(grammar: &Grammar, predicate: usize) -> Option<Vec<usize>> {
    if grammar.token(predicate).upos != Upos::Verb && !grammar.is_predicate(predicate) {
        return None;
    }
    let modal = grammar
        .sentence
        .children_by(predicate, Deprel::Aux)
        .find(|aux| matches!(grammar.lemma(*aux).as_str(), "must" | "should" | "ought"));
    if let Some(modal) = modal {
        let inverted =
            grammar.sentence.children_by(predicate, Deprel::Nsubj).next().is_some_and(|s| modal < s);
        return (!inverted).then(|| vec![modal, predicate]);
    }
    let governor = grammar.token(predicate).head?;
    let needs = grammar.is(predicate, Deprel::Xcomp)
        && grammar.is_infinitive(predicate)
        && matches!(grammar.lemma(governor).as_str(), "need" | "have" | "ought");
    needs.then(|| vec![governor, predicate])
}

/// The demand must be somebody's: the speaker of the statement around it.
fn speaker_of(scene: &Scene, at: WordAt) -> Option<Party> {
    scene.speaker(scene.statement_around(at)?.speaker?)
}

fn asked_parties(scene: &Scene, grammar: &Grammar, at: WordAt, speaker: &Party) -> Vec<Party> {
    let mut asked = Vec::new();
    for subject in grammar.subjects(at.word) {
        merge(&mut asked, scene.parties(WordAt { sentence: at.sentence, word: subject }, Places::DoNotCount));
    }
    asked.retain(|party| !party.is_same(speaker) && party.entity.sector != Some(Sector::Civilians));
    asked
}

/// Demands count as acts when officials, parties or organisations make them.
fn speaks_for_somebody(speaker: &Party) -> bool {
    let private =
        matches!(speaker.entity.sector, Some(Sector::Civilians | Sector::Media | Sector::Education));
    speaker.entity.code.is_some() && !private
}

/// The mode that the codebook gives to a demand for this act.
fn modes_of(scene: &Scene, inner: &Draft) -> Vec<String> {
    let fits = |rewrite: &&Rewrite| {
        rewrite.force == Force::Demand && (rewrite.inner.is_empty() || rewrite.inner.contains(&inner.event))
    };
    match scene.codebook.rewrites.iter().find(fits).map(|rewrite| &rewrite.mode) {
        Some(entente_codebook::RewriteMode::Fixed(modes)) => modes.clone(),
        _ => Vec::new(),
    }
}
