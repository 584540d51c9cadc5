//! What can go wrong in this crate.

use std::path::PathBuf;
use thiserror::Error;

/// A failure to load the language model or to analyse a document.
#[derive(Debug, Error)]
pub enum SyntaxError {
    /// A file of the model could not be read.
    #[error("failed to read model file {path}")]
    ModelFile {
        /// The file.
        path: PathBuf,
        /// What the system says.
        #[source]
        source: std::io::Error,
    },
    /// `labels.json` is not the table this version of Entente expects.
    #[error("invalid model labels: {reason}")]
    InvalidLabels {
        /// What is wrong with it.
        reason: String,
    },
    /// `vocab.txt` lacks a piece that the encoder needs.
    #[error("the model's vocabulary lacks the piece {piece}")]
    MissingPiece {
        /// The piece.
        piece: &'static str,
    },
    /// A file of weights could not be read or lacks something that the labels call for.
    #[error("invalid model file {file}: {reason}")]
    InvalidGraph {
        /// Name of the file.
        file: &'static str,
        /// What is wrong with it.
        reason: String,
    },
    /// The system gave no thread to work in.
    #[error("failed to start a worker thread")]
    Thread(#[from] rayon::ThreadPoolBuildError),
    /// A sentence has no words, or a word's byte range does not fit the text.
    #[error("sentence {index} does not fit the text: {reason}")]
    InvalidSentence {
        /// Index in the slice that was passed in.
        index: usize,
        /// What is wrong with it.
        reason: &'static str,
    },
}

/// A place where CoNLL-U input breaks the format.
#[derive(Debug, Error, PartialEq, Eq)]
#[error("invalid CoNLL-U in line {line}: {reason}")]
pub struct ConlluError {
    /// Line number, counted from 1.
    pub line: usize,
    /// What is wrong with it.
    pub reason: String,
}
