//! The language model: words of a document's sentences to trees and names.

use crate::decode::{StretchAnalysis, WordAnalysis, decode};
use crate::encoder::Workspace;
use crate::engine::{ENCODER, Engine, RELATION, Stretch};
use crate::error::SyntaxError;
use crate::events::{self, EVENT_TYPES, PairFeatures};
use crate::labels::{Labels, MARKS};
use crate::morphology;
use crate::names::NameDecoder;
use crate::onnx::FileBytes;
use crate::tree::{Deprel, Name, ParsedSentence, Relation, Token};
use crate::windows::{is_boundary_word, windows};
use crate::wordpiece::WordPiece;
use entente_text::{Sentence, Span};
use std::fmt;
use std::ops::Range;
use std::path::Path;

/// The model that every build carries; `models/README.md` says what it is and how it was made. Statics: a constant would be
/// in the binary once for each place that uses it.
static EMBEDDED_ENCODER: &[u8] = include_bytes!("../../../models/en/encoder.onnx");
static EMBEDDED_RELATION: &[u8] = include_bytes!("../../../models/en/relation.onnx");
static EMBEDDED_LABELS: &[u8] = include_bytes!("../../../models/en/labels.json");
static EMBEDDED_VOCABULARY: &str = include_str!("../../../models/en/vocab.txt");

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
    /// Loads the English model that is compiled into the program.
    ///
    /// # Errors
    /// None with the model that belongs to this version; other weights may not fit together.
    pub fn embedded() -> Result<Self, SyntaxError> {
        let (encoder, relation) =
            (FileBytes::Borrowed(EMBEDDED_ENCODER), FileBytes::Borrowed(EMBEDDED_RELATION));
        Self::assemble(encoder, relation, EMBEDDED_LABELS, EMBEDDED_VOCABULARY)
    }

    /// The files of the embedded model: name and content.
    pub fn embedded_files() -> [(&'static str, &'static [u8]); 4] {
        [
            (ENCODER, EMBEDDED_ENCODER),
            (RELATION, EMBEDDED_RELATION),
            (LABELS, EMBEDDED_LABELS),
            (VOCABULARY, EMBEDDED_VOCABULARY.as_bytes()),
        ]
    }

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
        let encoder = FileBytes::Owned(read(ENCODER)?);
        let relation = FileBytes::Owned(read(RELATION)?);
        Self::assemble(encoder, relation, &read(LABELS)?, &vocabulary)
    }

    fn assemble(
        encoder: FileBytes,
        relation: FileBytes,
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
        let found = self.engine.in_one_thread(|| self.analyse_stretches(&stretches))?;
        for (owner, analysis) in owners.into_iter().zip(found) {
            analyses[owner].push(analysis);
        }
        let joined = sentences.iter().zip(analyses).map(|(sentence, parts)| self.join(text, sentence, parts));
        Ok(joined.collect())
    }

    /// Probabilities of the types of a marked pair, in the order of [`crate::EVENT_TYPES`].
    pub fn pair_types(&self, known: &PairFeatures) -> [f32; EVENT_TYPES.len()] {
        events::pair_types(&self.engine, &self.labels, known)
    }

    fn analyse_stretches(&self, stretches: &[Stretch]) -> Vec<StretchAnalysis> {
        let mut found = Vec::with_capacity(stretches.len());
        let mut room = Workspace::new();
        for batch in batches(stretches) {
            for scores in self.engine.encode(&stretches[batch], &mut room) {
                found.push(decode(&self.engine, &self.labels, &self.names, &scores, &mut room));
            }
        }
        found
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
        let mut readings = Vec::new();
        let mut root = None;
        for part in parts {
            let offset = tokens.len();
            names.extend(part.names.into_iter().map(|name| Name {
                first: name.first + offset,
                end: name.end + offset,
                ..name
            }));
            readings.extend(part.readings.into_iter().map(|reading| reading.moved(offset)));
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
        let (span, paragraph) = (sentence.span, sentence.paragraph);
        let mut parsed = ParsedSentence::new(span, paragraph, sentence.is_headline, tokens, names);
        parsed.readings = readings;
        parsed
    }

    fn token(
        &self,
        text: &str,
        span: Span,
        word: &WordAnalysis,
        head: Option<usize>,
        relation: Relation,
    ) -> Token {
        let form = span.of(text);
        let proposed = self.labels.lemmas[word.lemma].apply(form);
        let lemma = morphology::repaired(form, word.upos, proposed, |lemma| self.word_piece.is_whole(lemma));
        Token { span, upos: word.upos, lemma, head, relation }
    }
}

/// The words of a sentence, once it is sure that they are in the text.
fn words_of<'t>(text: &'t str, sentence: &Sentence, index: usize) -> Result<Vec<&'t str>, SyntaxError> {
    let invalid = |reason| SyntaxError::InvalidSentence { index, reason };
    if sentence.words.is_empty() {
        return Err(invalid("it has no words"));
    }
    if text.get(sentence.span.start..sentence.span.end).is_none() {
        return Err(invalid("its range is not in the text"));
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

/// Pieces in one run of the encoder, marks included (a longer stretch runs alone). Found by measuring:
/// more would push the tables between two products out of the second cache, fewer would read the weights
/// too often.
const BATCH_PIECES: usize = 256;

/// Ranges of stretches that go through the encoder together.
fn batches(stretches: &[Stretch]) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = 0;
    let mut pieces = 0;
    for (index, stretch) in stretches.iter().enumerate() {
        let length = stretch.pieces.len() + MARKS;
        if index > start && pieces + length > BATCH_PIECES {
            found.push(start..index);
            start = index;
            pieces = 0;
        }
        pieces += length;
    }
    if start < stretches.len() {
        found.push(start..stretches.len());
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tree::{NameKind, Upos};
    use std::sync::OnceLock;

    fn model() -> &'static Model {
        static MODEL: OnceLock<Model> = OnceLock::new();
        MODEL.get_or_init(|| Model::embedded().unwrap())
    }

    /// Sentences of words that are separated by single spaces, one after the other.
    fn document(sentences: &[&str]) -> (String, Vec<Sentence>) {
        let mut text = String::new();
        let mut found = Vec::new();
        for sentence in sentences {
            let begin = text.len();
            let mut words = Vec::new();
            for word in sentence.split(' ') {
                let start = text.len();
                text.push_str(word);
                words.push(Span::new(start, text.len()));
                text.push(' ');
            }
            let span = Span::new(begin, text.len() - 1);
            found.push(Sentence { span, words, is_headline: false, paragraph: 0 });
        }
        (text, found)
    }

    fn analyse(sentences: &[&str]) -> Vec<ParsedSentence> {
        let (text, sentences) = document(sentences);
        model().analyse(&text, &sentences).unwrap()
    }

    fn assert_tree(sentence: &ParsedSentence) {
        let roots: Vec<usize> =
            (0..sentence.tokens.len()).filter(|word| sentence.tokens[*word].head.is_none()).collect();
        assert_eq!(roots.len(), 1);
        assert_eq!(sentence.subtree(roots[0]).len(), sentence.tokens.len());
        for token in &sentence.tokens {
            assert_eq!(token.head.is_none(), token.relation.base == Deprel::Root);
            assert!(!token.lemma.is_empty());
        }
    }

    #[test]
    fn a_plain_sentence_is_parsed() {
        let parsed = analyse(&["Russia deployed troops ."]);
        let rows: Vec<(Upos, &str, Option<usize>, String)> = parsed[0]
            .tokens
            .iter()
            .map(|token| (token.upos, token.lemma.as_str(), token.head, token.relation.to_string()))
            .collect();
        assert_eq!(
            rows,
            [
                (Upos::Propn, "Russia", Some(1), "nsubj".to_owned()),
                (Upos::Verb, "deploy", None, "root".to_owned()),
                (Upos::Noun, "troop", Some(1), "obj".to_owned()),
                (Upos::Punct, ".", Some(1), "punct".to_owned()),
            ]
        );
        assert_eq!(parsed[0].names, [Name { first: 0, end: 1, kind: NameKind::Place }]);
    }

    #[test]
    fn a_passive_sentence_with_names_is_parsed() {
        let parsed = analyse(&["The sanctions were imposed by the European Union on Monday ."]);
        let relation = |word: usize| parsed[0].tokens[word].relation.base;
        assert_eq!((parsed[0].tokens[3].head, relation(1), relation(7)), (None, Deprel::Nsubj, Deprel::Obl));
        assert_eq!(parsed[0].tokens[1].relation.subtype, "pass");
        let union = parsed[0].name_at(7).unwrap();
        assert_eq!((union.first, union.end), (6, 8));
    }

    #[test]
    fn a_sentence_does_not_depend_on_its_neighbours() {
        let first = "Iran 's foreign minister , Mohammad Javad Zarif , met officials in Vienna .";
        let others =
            ["No .", "The talks , which began in 2013 , are expected to resume next week in Geneva ."];
        let alone = analyse(&[first]).remove(0).tokens;
        for sentences in [[first, others[0], others[1]], [first, others[1], others[0]]] {
            assert_eq!(analyse(&sentences)[0].tokens, alone);
        }
        let many: Vec<&str> = std::iter::once(first).chain(std::iter::repeat_n(others[1], 60)).collect();
        let parsed = analyse(&many);
        assert_eq!(parsed[0].tokens, alone);
        let lemmas = |index: usize| parsed[index].tokens.iter().map(|t| t.lemma.clone()).collect::<Vec<_>>();
        assert_eq!(lemmas(1), lemmas(60));
    }

    #[test]
    fn a_very_long_sentence_is_one_tree() {
        let long = "The minister said that talks would resume , ".repeat(300);
        let parsed = analyse(&[long.trim_end(), "Yes ."]);
        assert_tree(&parsed[0]);
        assert_eq!(parsed[0].tokens.len(), 300 * 8);
    }

    #[test]
    fn odd_words_are_survived() {
        let long_word = "x".repeat(100_000);
        let sentences = [".", "\u{200b}", "习近平 会见 🙂", "a\u{301}\u{300}", long_word.as_str(), "ǅ ﬁ ẞ İ"];
        for sentence in analyse(&sentences) {
            assert_tree(&sentence);
        }
        assert_eq!(analyse(&[]), []);
    }

    #[test]
    fn sentences_that_do_not_fit_the_text_are_refused() {
        let sentence =
            |words: Vec<Span>| Sentence { span: Span::new(0, 2), words, is_headline: false, paragraph: 0 };
        for words in [vec![], vec![Span::new(0, 9)], vec![Span::new(0, 0)], vec![Span::new(1, 2)]] {
            let error = model().analyse("é ", &[sentence(words)]).unwrap_err();
            assert!(matches!(error, SyntaxError::InvalidSentence { index: 0, .. }), "{error}");
        }
    }

    #[test]
    fn threads_share_a_model() {
        let expected = analyse(&["Turkey closed the border ."]);
        std::thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| assert_eq!(analyse(&["Turkey closed the border ."]), expected));
            }
        });
    }

    #[test]
    fn a_folder_without_a_model_is_an_error() {
        assert!(matches!(Model::load("/nowhere"), Err(SyntaxError::ModelFile { .. })));
    }
}
