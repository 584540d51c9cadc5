//! PLOVER contexts of a paragraph, from the telling words of the codebook.

use entente_codebook::Codebook;
use entente_syntax::ParsedSentence;
use std::collections::{BTreeSet, HashMap};

/// A context needs this many different telling words in the paragraph.
const ENOUGH: usize = 2;
/// At most this many contexts a paragraph, those with most words first.
const MOST: usize = 4;

/// The contexts of every paragraph of a document.
pub(crate) fn by_paragraph(
    codebook: &Codebook,
    text: &str,
    sentences: &[ParsedSentence],
) -> HashMap<usize, Vec<String>> {
    let mut words: HashMap<usize, BTreeSet<String>> = HashMap::new();
    for sentence in sentences {
        let known = words.entry(sentence.paragraph).or_default();
        let lemmas: Vec<String> = sentence.tokens.iter().map(|token| token.lemma.to_lowercase()).collect();
        let forms: Vec<String> =
            sentence.tokens.iter().map(|token| token.span.of(text).to_lowercase()).collect();
        for index in 0..lemmas.len() {
            known.insert(lemmas[index].clone());
            for length in 2..=3.min(lemmas.len() - index) {
                known.insert(lemmas[index..index + length].join(" "));
                known.insert(forms[index..index + length].join(" "));
            }
        }
    }
    words.into_iter().map(|(paragraph, known)| (paragraph, contexts_of(codebook, &known))).collect()
}

fn contexts_of(codebook: &Codebook, known: &BTreeSet<String>) -> Vec<String> {
    let mut scored: Vec<(usize, usize)> = Vec::new();
    for (index, context) in codebook.contexts.iter().enumerate() {
        let told = context.words.iter().filter(|word| known.contains(*word)).count();
        if told >= ENOUGH {
            scored.push((told, index));
        }
    }
    scored.sort_by_key(|(told, index)| (usize::MAX - told, *index));
    scored.truncate(MOST);
    scored.into_iter().map(|(_, index)| codebook.contexts[index].name.clone()).collect()
}
