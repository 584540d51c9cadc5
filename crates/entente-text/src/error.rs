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
    #[error(
        "{origin}: skipped, unknown extension (known are txt, html, htm, json, jsonl, ndjson, csv, tsv, xml, rss, atom, \
         warc, pdf, docx, and these packed as gz, zst or zip)"
    )]
    UnknownFormat {
        /// The input.
        origin: Origin,
    },
    /// Records of an archive that hold no article by their kind.
    #[error("{origin}: {count} records hold no article: {reason}")]
    LeftOut {
        /// The archive.
        origin: Origin,
        /// How many.
        count: usize,
        /// What they are, with how many of each.
        reason: String,
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
            | Self::UnknownFormat { origin }
            | Self::LeftOut { origin, .. } => origin,
        }
    }

    /// True when the input is sound but not for Entente: another language, or a file or record of another kind.
    pub fn is_skip(&self) -> bool {
        matches!(self, Self::NotEnglish { .. } | Self::UnknownFormat { .. } | Self::LeftOut { .. })
    }

    /// The kind of error in a word or two, the same in every version, by which a report counts.
    pub fn reason(&self) -> &'static str {
        match self {
            Self::Io { .. } => "unreadable",
            Self::Empty { .. } => "empty",
            Self::Binary { .. } => "binary",
            Self::TooLarge { .. } => "too large",
            Self::NoText { .. } => "no article",
            Self::NotEnglish { .. } => "not English",
            Self::Malformed { .. } => "malformed",
            Self::UnknownFormat { .. } => "unknown format",
            Self::LeftOut { .. } => "no article by its kind",
        }
    }
}
