//! What can be wrong with a codebook.

use std::path::PathBuf;
use thiserror::Error;

/// A fault in a codebook, with the file and, where one is to blame, the line.
#[derive(Debug, Error)]
pub enum CodebookError {
    /// A file of the folder could not be read.
    #[error("failed to read {}: {source}", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// A file is not TOML of the expected form.
    #[error("{file}:{line}: {message}")]
    Syntax {
        /// The file's name.
        file: String,
        /// Line, from 1.
        line: usize,
        /// What the parser said.
        message: String,
    },
    /// An entry says something that the format does not know.
    #[error("{file}:{line}: {message}")]
    Meaning {
        /// The file's name.
        file: String,
        /// Line of the entry, from 1.
        line: usize,
        /// What is wrong.
        message: String,
    },
    /// The folder lacks a file that every codebook has.
    #[error("the codebook has no {0}")]
    Missing(&'static str),
}
