//! Modes from cue words in an event's own phrases, and from who takes part.

use crate::draft::Draft;
use crate::grammar::Grammar;
use crate::scene::Scene;
use entente_codebook::EventType;
use entente_syntax::Deprel;
use std::collections::BTreeSet;

/// Three states or more at one table are a multilateral meeting.
const MULTILATERAL: usize = 3;

/// Gives a draft without modes those that its words tell.
pub(crate) fn fill(scene: &Scene, draft: &mut Draft) {
    if draft.event == EventType::Consult && draft.modes.is_empty() {
        let codes: BTreeSet<String> =
            draft.actor.iter().chain(&draft.recipient).map(|party| party.code_and_sector().0).collect();
        if codes.len() >= MULTILATERAL {
            draft.modes.push("multilateral".to_owned());
            draft.reason.push("three parties or more".to_owned());
            return;
        }
    }
    if !draft.modes.is_empty() {
        return;
    }
    let Some(definition) = scene.codebook.definition(draft.event) else {
        return;
    };
    let grammar = scene.grammar(draft.at.sentence);
    let words = own_words(&grammar, draft);
    for word in words {
        let (lemma, form) = (grammar.lemma(word), grammar.form(word).to_lowercase());
        let has = |cues: &[String]| [&lemma, &form].iter().any(|key| cues.binary_search(key).is_ok());
        if let Some(mode) = definition.modes.iter().find(|mode| has(&mode.cues)) {
            draft.modes.push(mode.name.clone());
            draft.reason.push(format!("mode {} from \"{}\"", mode.name, grammar.form(word)));
            return;
        }
    }
}

/// The trigger and its phrases, without clauses of their own.
fn own_words(grammar: &Grammar, draft: &Draft) -> Vec<usize> {
    let mut found = draft.words.clone();
    let mut open = vec![draft.at.word];
    if draft.predicate != draft.at {
        open.push(draft.predicate.word);
    }
    while let Some(word) = open.pop() {
        for child in grammar.sentence.children(word) {
            let phrase = matches!(
                grammar.token(*child).relation.base,
                Deprel::Obj
                    | Deprel::Obl
                    | Deprel::Nmod
                    | Deprel::Compound
                    | Deprel::Amod
                    | Deprel::Nsubj
                    | Deprel::Advmod
                    | Deprel::Conj
            );
            if phrase && !found.contains(child) {
                found.push(*child);
                open.push(*child);
            }
        }
    }
    found.sort_by_key(|word| word.abs_diff(draft.at.word));
    found
}
