//! The dead and wounded of an attack are no second attack: "a bomb *exploded*, *killing* 13", "13 were *killed* in
//! an *attack*", "the *shelling* that *wounded* two".

use crate::draft::Draft;
use crate::party::merge;
use crate::scene::Scene;
use entente_codebook::EventType;
use entente_syntax::Deprel;

/// Folds acts that only tell who was hurt into the attack of the same sentence that hurt them.
pub(crate) fn fold(scene: &Scene, drafts: &mut [Draft]) {
    for hurt in 0..drafts.len() {
        if !is_live_assault(&drafts[hurt]) || !tells_who_was_hurt(scene, &drafts[hurt]) {
            continue;
        }
        let attack = (0..drafts.len()).find(|other| {
            let attack = &drafts[*other];
            *other != hurt
                && is_live_assault(attack)
                && !tells_who_was_hurt(scene, attack)
                && belong_together(scene, attack, &drafts[hurt])
        });
        let Some(attack) = attack else {
            continue;
        };
        let victims = drafts[hurt].recipient.clone();
        let doers = drafts[hurt].actor.clone();
        if drafts[attack].recipient.is_empty() {
            merge(&mut drafts[attack].recipient, victims);
        }
        if drafts[attack].actor.is_empty() {
            merge(&mut drafts[attack].actor, doers);
        }
        let reason =
            format!("hurt by the attack at \"{}\"", scene.span_of(drafts[attack].at).of(scene.text()));
        drafts[hurt].drop_for(reason);
    }
}

fn is_live_assault(draft: &Draft) -> bool {
    draft.is_live() && draft.event == EventType::Assault
}

fn tells_who_was_hurt(scene: &Scene, draft: &Draft) -> bool {
    let lemma = scene.grammar(draft.at.sentence).lemma(draft.at.word);
    ["harm_verbs", "injure_verbs"].iter().any(|set| scene.codebook.in_set(set, &lemma))
}

/// The one hangs on the other as its result, its subject or its circumstance.
fn belong_together(scene: &Scene, attack: &Draft, hurt: &Draft) -> bool {
    let grammar = scene.grammar(hurt.at.sentence);
    let reaches = |from: usize, to: usize| {
        let path: Vec<usize> =
            std::iter::once(from).chain(grammar.ancestors(from).take_while(|word| *word != to)).collect();
        let found = grammar.ancestors(from).any(|word| word == to);
        found
            && path.len() <= 3
            && path
                .iter()
                .all(|word| !matches!(grammar.token(*word).relation.base, Deprel::Ccomp | Deprel::Parataxis))
    };
    reaches(hurt.at.word, attack.at.word) || reaches(attack.at.word, hurt.at.word)
}
