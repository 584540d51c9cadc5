//! The language model: words of a document's sentences to trees and names.

use crate::decode::{StretchAnalysis, WordAnalysis, decode_batch};
use crate::engine::{ENCODER, Engine, GraphBytes, RELATION, Stretch};
use crate::error::SyntaxError;
use crate::labels::{Labels, MARKS};
use crate::names::NameDecoder;
use crate::tree::{Deprel, Name, ParsedSentence, Relation, Token};
use crate::windows::{is_boundary_word, windows};
use crate::wordpiece::WordPiece;
use entente_text::{Sentence, Span};
use std::fmt;
use std::path::Path;

const LABELS: &str = "labels.json";
const VOCABULARY: &str = "vocab.txt";

/// Relation of the root of a long sentence's later window to the root of its first.
const WINDOW_RELATION: Relation = Relation { base: Deprel::Parataxis, subtype: "" };

/// Tags, lemmas, dependencies and names for English sentences.
///
/// A model is immutable and may be shared by any number of threads; every call does its work in one
/// thread at a time. A sentence's analysis depends on nothing but its words.
pub struct Model {
    word_piece: WordPiece,
    labels: Labels,
    names: NameDecoder,
    engine: Engine,
}

impl fmt::Debug for Model {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Model").field("pieces", &self.word_piece.len()).finish_non_exhaustive()
    }
}

impl Model {
    /// Loads the model from the four files `encoder.onnx`, `relation.onnx`, `labels.json` and
    /// `vocab.txt` of a folder.
    ///
    /// # Errors
    /// A file that cannot be read, or files that do not fit together.
    pub fn load(folder: impl AsRef<Path>) -> Result<Self, SyntaxError> {
        let read = |name: &str| {
            let path = folder.as_ref().join(name);
            std::fs::read(&path).map_err(|source| SyntaxError::ModelFile { path, source })
        };
        let vocabulary = String::from_utf8_lossy(&read(VOCABULARY)?).into_owned();
        let encoder = GraphBytes::Owned(read(ENCODER)?);
        let relation = GraphBytes::Owned(read(RELATION)?);
        Self::assemble(encoder, relation, &read(LABELS)?, &vocabulary)
    }

    fn assemble(
        encoder: GraphBytes,
        relation: GraphBytes,
        labels: &[u8],
        vocabulary: &str,
    ) -> Result<Self, SyntaxError> {
        let labels = Labels::parse(labels)?;
        let word_piece = WordPiece::new(vocabulary)?;
        let engine = Engine::new(encoder, relation, &labels, &word_piece)?;
        let names = NameDecoder::new(labels.names.clone());
        Ok(Self { word_piece, labels, names, engine })
    }

    /// Analyses sentences of one text, in their order.
    ///
    /// # Errors
    /// A sentence without words, a byte range that does not fit the text, or a failure of the engine.
    pub fn analyse(&self, text: &str, sentences: &[Sentence]) -> Result<Vec<ParsedSentence>, SyntaxError> {
        let mut analyses = Vec::with_capacity(sentences.len());
        let mut stretches = Vec::new();
        let mut owners = Vec::new();
        for (index, sentence) in sentences.iter().enumerate() {
            let words = words_of(text, sentence, index)?;
            let parts = self.stretches(&words);
            analyses.push(Vec::<StretchAnalysis>::with_capacity(parts.len()));
            owners.resize(owners.len() + parts.len(), index);
            stretches.extend(parts);
        }
        let mut found: Vec<Option<StretchAnalysis>> = Vec::new();
        found.resize_with(stretches.len(), || None);
        for batch in batches(&stretches) {
            let members: Vec<&Stretch> = batch.iter().map(|index| &stretches[*index]).collect();
            let scores = self.engine.encode(&members)?;
            let decoded = decode_batch(&self.engine, &self.labels, &self.names, &scores)?;
            for (index, analysis) in batch.into_iter().zip(decoded) {
                found[index] = Some(analysis);
            }
        }
        for (owner, analysis) in owners.into_iter().zip(found) {
            analyses[owner].extend(analysis);
        }
        let joined = sentences.iter().zip(analyses).map(|(sentence, parts)| self.join(text, sentence, parts));
        Ok(joined.collect())
    }

    /// One stretch a sentence, several where it has more pieces than the encoder takes.
    fn stretches(&self, words: &[&str]) -> Vec<Stretch> {
        let mut whole = Stretch::default();
        for word in words {
            whole.push(word, &self.word_piece);
        }
        let limit = self.labels.max_pieces - MARKS;
        if whole.pieces.len() <= limit {
            return vec![whole];
        }
        windows(&whole.pieces_by_word(), |word| is_boundary_word(words[word]), limit)
            .into_iter()
            .map(|(start, end)| whole.part(start, end))
            .collect()
    }

    /// Puts the windows of a sentence together into one tree.
    fn join(&self, text: &str, sentence: &Sentence, parts: Vec<StretchAnalysis>) -> ParsedSentence {
        let mut tokens = Vec::with_capacity(sentence.words.len());
        let mut names = Vec::new();
        let mut root = None;
        for part in parts {
            let offset = tokens.len();
            names.extend(part.names.into_iter().map(|name| Name {
                first: name.first + offset,
                end: name.end + offset,
                ..name
            }));
            for word in part.words {
                let span = sentence.words[tokens.len()];
                let (head, relation) = match (word.head, root) {
                    (Some(head), _) => (Some(head + offset), word.relation),
                    (None, None) => {
                        root = Some(tokens.len());
                        (None, word.relation)
                    }
                    (None, Some(first_root)) => (Some(first_root), WINDOW_RELATION),
                };
                tokens.push(self.token(text, span, &word, head, relation));
            }
        }
        ParsedSentence::new(sentence.span, sentence.paragraph, sentence.is_headline, tokens, names)
    }

    fn token(
        &self,
        text: &str,
        span: Span,
        word: &WordAnalysis,
        head: Option<usize>,
        relation: Relation,
    ) -> Token {
        let lemma = self.labels.lemmas[word.lemma].apply(span.of(text));
        Token { span, upos: word.upos, lemma, head, relation }
    }
}

/// The words of a sentence, once it is sure that they are in the text.
fn words_of<'t>(text: &'t str, sentence: &Sentence, index: usize) -> Result<Vec<&'t str>, SyntaxError> {
    let invalid = |reason| SyntaxError::InvalidSentence { index, reason };
    if sentence.words.is_empty() {
        return Err(invalid("it has no words"));
    }
    sentence
        .words
        .iter()
        .map(|span| match text.get(span.start..span.end) {
            Some("") => Err(invalid("a word is empty")),
            Some(word) => Ok(word),
            None => Err(invalid("a word is not in the text")),
        })
        .collect()
}

/// Padded pieces in one run of the encoder; temporary arrays stay in the processor's second cache.
fn budget() -> usize {
    std::env::var("BUDGET").ok().and_then(|b| b.parse().ok()).unwrap_or(1)
}

/// Indices of stretches that go through the encoder together, shorter ones first.
fn batches(stretches: &[Stretch]) -> Vec<Vec<usize>> {
    let mut order: Vec<usize> = (0..stretches.len()).collect();
    order.sort_by_key(|index| stretches[*index].pieces.len());
    let mut found: Vec<Vec<usize>> = Vec::new();
    let limit = budget();
    for index in order {
        let length = stretches[index].pieces.len() + MARKS;
        match found.last_mut() {
            Some(batch) if (batch.len() + 1) * length <= limit => batch.push(index),
            _ => found.push(vec![index]),
        }
    }
    found
}
