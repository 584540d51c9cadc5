//! Why an input gave no document.

use std::fmt;

/// Where an input came from: a file name or "standard input", and the line for formats with an article a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    /// File name as given, or "standard input".
    pub name: String,
    /// Line, counted from 1.
    pub line: Option<usize>,
}

impl Origin {
    /// A whole input.
    pub fn new(name: impl Into<String>) -> Self {
        Self { name: name.into(), line: None }
    }

    /// One line of an input, counted from 1.
    #[must_use]
    pub fn at_line(&self, line: usize) -> Self {
        Self { name: self.name.clone(), line: Some(line) }
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            Some(line) => write!(f, "{}:{line}", self.name),
            None => f.write_str(&self.name),
        }
    }
}

/// One input that gave no document; the reader goes on with the next.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// The file could not be opened or read.
    #[error("{origin}: failed to read: {error}")]
    Io {
        /// The input.
        origin: Origin,
        /// What the system reported.
        error: std::io::Error,
    },
    /// There is nothing in it, or nothing but white space and marks.
    #[error("{origin}: no text")]
    Empty {
        /// The input.
        origin: Origin,
    },
    /// The bytes are no text.
    #[error("{origin}: binary data, not text")]
    Binary {
        /// The input.
        origin: Origin,
    },
    /// The input is longer than [`crate::ReadOptions::longest_text`] allows.
    #[error("{origin}: longer than the limit of {limit} bytes for one document")]
    TooLarge {
        /// The input.
        origin: Origin,
        /// The limit in bytes.
        limit: usize,
    },
    /// The page has no article.
    #[error("{origin}: no article text in the page")]
    NoText {
        /// The input.
        origin: Origin,
    },
    /// The text is in another language.
    #[error("{origin}: not English but {language}, skipped")]
    NotEnglish {
        /// The input.
        origin: Origin,
        /// English name of the language, or the tag that the source states.
        language: String,
    },
    /// The input does not keep to its format.
    #[error("{origin}: malformed: {reason}")]
    Malformed {
        /// The input.
        origin: Origin,
        /// What is wrong with it.
        reason: String,
    },
    /// A file of a directory whose extension is none of those read.
    #[error("{origin}: skipped, unknown extension (known are txt, html, htm, json, jsonl and ndjson)")]
    UnknownFormat {
        /// The input.
        origin: Origin,
    },
}

impl ReadError {
    /// Where the input came from.
    pub fn origin(&self) -> &Origin {
        match self {
            Self::Io { origin, .. }
            | Self::Empty { origin }
            | Self::Binary { origin }
            | Self::TooLarge { origin, .. }
            | Self::NoText { origin }
            | Self::NotEnglish { origin, .. }
            | Self::Malformed { origin, .. }
            | Self::UnknownFormat { origin } => origin,
        }
    }

    /// True when the input is sound but not for Entente: another language, or a file of another kind.
    pub fn is_skip(&self) -> bool {
        matches!(self, Self::NotEnglish { .. } | Self::UnknownFormat { .. })
    }
}
