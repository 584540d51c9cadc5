//! How many were killed, wounded or detained, when the text says so.

use crate::draft::Draft;
use crate::grammar::Grammar;
use crate::record::Size;
use crate::scene::Scene;
use entente_text::cardinal;

/// Reads the numbers off the objects of verbs of killing, wounding and arresting in the draft's clause.
pub(crate) fn read(scene: &Scene, draft: &Draft) -> Size {
    let grammar = scene.grammar(draft.at.sentence);
    let mut size = Size::default();
    for word in grammar.sentence.subtree(draft.predicate.word) {
        let lemma = grammar.lemma(word);
        let counted = |set: &str| scene.codebook.in_set(set, &lemma);
        if counted("kill_verbs") {
            size.dead = size.dead.or_else(|| victims(&grammar, word));
        } else if counted("injure_verbs") {
            size.injured = size.injured.or_else(|| victims(&grammar, word));
        } else if counted("arrest_verbs") {
            size.arrested = size.arrested.or_else(|| victims(&grammar, word));
        }
    }
    size
}

fn victims(grammar: &Grammar, verb: usize) -> Option<u64> {
    grammar.objects(verb).into_iter().find_map(|object| {
        let number = grammar.number(object).unwrap_or(object);
        count_of(grammar.form(number))
    })
}

fn count_of(word: &str) -> Option<u64> {
    if word.eq_ignore_ascii_case("dozen") { Some(12) } else { cardinal(word) }
}
