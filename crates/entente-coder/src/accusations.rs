//! Accusations without a verb of accusing: "they are trampling on international law", said by somebody.

use crate::draft::Draft;
use crate::party::{Party, merge};
use crate::scene::{Places, Scene};
use crate::statements::WordAt;
use entente_codebook::EventType;
use entente_syntax::Upos;

/// Finds words that only a critic uses of somebody's conduct, inside statements.
pub(crate) fn find(scene: &Scene, sentence: usize, drafts: &mut Vec<Draft>) {
    let grammar = scene.grammar(sentence);
    for word in 0..grammar.sentence.tokens.len() {
        if !is_accusing(scene, sentence, word) {
            continue;
        }
        let at = WordAt { sentence, word };
        let Some(speaker) = speaker_of(scene, at) else {
            continue;
        };
        let accused = accused_parties(scene, at, &speaker);
        let known = drafts.iter().any(|draft| {
            draft.is_live()
                && draft.event == EventType::Accuse
                && draft.actor.iter().any(|actor| actor.is_same(&speaker))
        });
        if accused.is_empty() || known {
            continue;
        }
        drafts.push(Draft {
            modes: vec!["disapprove".to_owned()],
            actor: vec![speaker],
            recipient: accused,
            content_words: vec![word],
            confidence: 0.7,
            reason: vec!["accusing word in a statement".to_owned()],
            ..Draft::new(at, vec![word], EventType::Accuse)
        });
    }
}

fn is_accusing(scene: &Scene, sentence: usize, word: usize) -> bool {
    let grammar = scene.grammar(sentence);
    let lemma = grammar.lemma(word);
    match grammar.token(word).upos {
        Upos::Verb => scene.codebook.in_set("accusing_verbs", &lemma),
        Upos::Noun => scene.codebook.in_set("accusing_nouns", &lemma),
        Upos::Adj => scene.codebook.in_set("accusing_adjectives", &lemma),
        _ => false,
    }
}

fn speaker_of(scene: &Scene, at: WordAt) -> Option<Party> {
    scene.speaker(scene.statement_around(at)?.speaker?)
}

/// Whose conduct it is: the subject of a verb or of "is unjust", the owner of a noun.
fn accused_parties(scene: &Scene, at: WordAt, speaker: &Party) -> Vec<Party> {
    let grammar = scene.grammar(at.sentence);
    let words = match grammar.token(at.word).upos {
        Upos::Noun => {
            let owners = grammar.possessors(at.word).into_iter().chain(grammar.premodifiers(at.word));
            let owners: Vec<usize> = owners.chain(grammar.prepositional(at.word, "by")).collect();
            if owners.is_empty() { grammar.subjects(at.word) } else { owners }
        }
        _ => grammar.subjects(at.word),
    };
    let mut accused = Vec::new();
    for word in words {
        merge(&mut accused, scene.parties(WordAt { sentence: at.sentence, word }, Places::DoNotCount));
    }
    accused.retain(|party| !party.is_same(speaker));
    accused
}
