//! The type of what one marked phrase does to another.

use crate::coder::Coder;
use crate::draft::Draft;
use crate::statements::WordAt;
use entente_codebook::EventType;
use entente_syntax::{AUX, EVENT_TYPES, PairFeatures, ParsedSentence, Reading, Role, modes_of_type};
use entente_text::{Document, Span};

/// How much an event of the codebook between the marked phrases adds to its type, beside the model's share of 1.
const CODED_WEIGHT: f64 = 0.35;

/// The least share of a link, so that a missed link does not silence a sure type.
const LEAST_LINK: f32 = 0.02;

/// The least probability of a type, so that its logarithm stays finite.
const LEAST_PROBABILITY: f32 = 1e-6;

/// Modes of the pair's triggers that are this likely are told.
const LEAST_MODE: f32 = 0.4;

/// The type of a marked pair.
#[derive(Debug, Clone, PartialEq)]
pub struct Classification {
    /// The likeliest type.
    pub event: EventType,
    /// Its modes, as far as the words tell.
    pub modes: Vec<String>,
    /// The probability of every type, in the order of the PLOVER manual; they sum to 1.
    pub scores: [f64; EVENT_TYPES.len()],
}

/// The marked phrases of a document, in bytes; either may be missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct MarkedPair {
    /// Who acts.
    pub source: Option<Span>,
    /// On whom.
    pub target: Option<Span>,
}

impl Coder {
    /// Tells what the source does to the target. The model gives the sum, over all words that could report it, of the
    /// probability of each type there, times those of its links to the marked phrases; `by_convention` turns that
    /// into the types of the training data's conventions; events that the whole coder finds between the phrases
    /// count beside it. Always answers.
    pub fn classify(
        &self,
        document: &Document,
        sentences: &[ParsedSentence],
        pair: MarkedPair,
        by_convention: impl Fn(&PairFeatures) -> [f32; EVENT_TYPES.len()],
    ) -> Classification {
        let evidence = evidence(sentences, pair);
        let mut scores = by_convention(&evidence).map(f64::from);
        let drafts = self.drafts(document, sentences);
        let coded: Vec<&Draft> =
            drafts.iter().filter(|draft| draft.is_live() && lies_between(sentences, draft, pair)).collect();
        for draft in &coded {
            scores[draft.event as usize] += CODED_WEIGHT * draft.confidence / coded.len() as f64;
        }
        normalise(&mut scores);
        let top =
            (0..scores.len()).fold(0, |best, index| if scores[index] > scores[best] { index } else { best });
        let event = EventType::ALL[top];
        let own = coded.iter().find(|draft| draft.event == event && !draft.modes.is_empty());
        let modes = own.map_or_else(|| modes_of(&evidence, event), |draft| draft.modes.clone());
        Classification { event, modes, scores }
    }
}

/// What the readings say of a marked pair.
fn evidence(sentences: &[ParsedSentence], pair: MarkedPair) -> PairFeatures {
    let mut types = [0.0; EVENT_TYPES.len()];
    let mut aux = [0.0; AUX.len()];
    let mut modes: Vec<(&'static str, f32)> = Vec::new();
    let mut whole = 0.0;
    for sentence in sentences {
        let words = Marked::new(sentence, pair);
        for reading in &sentence.readings {
            let share = words.share(reading);
            for (sum, probability) in types.iter_mut().zip(reading.types) {
                *sum += share * probability;
            }
            let weight = share * reading.any();
            whole += weight;
            for (sum, probability) in aux.iter_mut().zip(reading.aux) {
                *sum += weight * probability;
            }
            for (mode, probability) in &reading.modes {
                match modes.iter_mut().find(|(known, _)| known == mode) {
                    Some((_, sum)) => *sum += weight * probability,
                    None => modes.push((mode, weight * probability)),
                }
            }
        }
    }
    let scale = 1.0 / f32::max(whole, f32::MIN_POSITIVE);
    PairFeatures {
        types: types.map(|sum| (sum * scale).max(LEAST_PROBABILITY).ln()),
        aux: aux.map(|sum| sum * scale),
        modes: modes.into_iter().map(|(mode, sum)| (mode, sum * scale)).collect(),
    }
}

/// The words of the marked phrases in one sentence.
struct Marked {
    source: Option<Vec<usize>>,
    target: Option<Vec<usize>>,
}

impl Marked {
    fn new(sentence: &ParsedSentence, pair: MarkedPair) -> Self {
        let words = |span: Span| -> Vec<usize> {
            let tokens = sentence.tokens.iter().enumerate();
            tokens.filter(|(_, token)| token.span.overlaps(span)).map(|(word, _)| word).collect()
        };
        Self { source: pair.source.map(words), target: pair.target.map(words) }
    }

    /// How well a reading's links fit the marked phrases, between 0 and 1.
    fn share(&self, reading: &Reading) -> f32 {
        let strongest = |words: &Option<Vec<usize>>, roles: &[Role]| match words {
            None => 1.0,
            Some(words) => words
                .iter()
                .flat_map(|word| roles.iter().map(|role| reading.link(*role, *word)))
                .fold(LEAST_LINK, f32::max),
        };
        strongest(&self.source, &[Role::Actor]) * strongest(&self.target, &[Role::Recipient, Role::Actor])
    }
}

/// The draft's actors or recipients stand in the marked phrases: in both, or in the one that is marked.
fn lies_between(sentences: &[ParsedSentence], draft: &Draft, pair: MarkedPair) -> bool {
    let at = |word: WordAt| sentences[word.sentence].tokens[word.word].span;
    let stands_in = |span: Option<Span>, mut parties: std::slice::Iter<'_, crate::party::Party>| {
        span.is_none_or(|span| {
            parties.any(|party| span.contains(at(party.head)) || span.overlaps(party.span))
        })
    };
    let both: Vec<crate::party::Party> = draft.actor.iter().chain(&draft.recipient).cloned().collect();
    stands_in(pair.source, draft.actor.iter()) && stands_in(pair.target, both.iter())
}

fn modes_of(evidence: &PairFeatures, event: EventType) -> Vec<String> {
    let own = modes_of_type(&evidence.modes, event.as_str());
    own.filter(|(_, probability)| *probability >= LEAST_MODE).map(|(mode, _)| mode.to_owned()).collect()
}

/// Scales to a sum of 1; even shares where nothing counts.
fn normalise(scores: &mut [f64]) {
    let sum: f64 = scores.iter().sum();
    let count = scores.len() as f64;
    for score in scores {
        *score = if sum > 0.0 { *score / sum } else { count.recip() };
    }
}
