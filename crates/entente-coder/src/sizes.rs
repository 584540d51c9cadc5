//! How many were killed, wounded or detained, when the text says so.

use crate::draft::Draft;
use crate::grammar::Grammar;
use crate::record::Size;
use crate::scene::Scene;

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
        count(grammar.form(number))
    })
}

/// A cardinal in digits or in a word.
fn count(word: &str) -> Option<u64> {
    const WORDS: [&str; 21] = [
        "zero",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
        "twenty",
    ];
    let plain = word.to_lowercase().replace(',', "");
    if let Ok(number) = plain.parse() {
        return Some(number);
    }
    match plain.as_str() {
        "dozen" => Some(12),
        _ => WORDS.iter().position(|known| *known == plain).map(|number| number as u64),
    }
}

#[cfg(test)]
mod tests {
    use super::count;

    #[test]
    fn counts_digits_and_words_and_nothing_else() {
        assert_eq!(count("1,200"), Some(1200));
        assert_eq!(count("Seven"), Some(7));
        assert_eq!(count("many"), None);
    }
}
