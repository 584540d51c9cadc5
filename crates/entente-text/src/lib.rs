//! Documents and their first layer: sentences and words with byte offsets.
//!
//! `bytes → reader → Document → segment → Vec<Sentence>`

mod cardinal;
mod characters;
mod clitics;
mod connectors;
mod dates;
mod document;
mod encoding;
mod error;
mod language;
mod lexicon;
mod paragraphs;
mod reader;
mod segment;
mod sentences;
mod span;
mod words;

pub use cardinal::cardinal;
pub use dates::{parse_publication_date, parse_written_date};
pub use document::{Document, DocumentParts};
pub use error::{Origin, ReadError};
pub use reader::{
    Column, Columns, Documents, FeedEntry, Format, Part, ReadOptions, read_bytes, read_entries, read_path,
    read_stream,
};
pub use segment::segment;
pub use span::{CodePoints, Span};

/// A sentence of a document with its words, in reading order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sentence {
    /// Byte range of the sentence in [`Document::text`], without surrounding white space.
    pub span: Span,
    /// Byte ranges of its words after the UD English conventions ("don't" is "do", "n't"). Never empty.
    pub words: Vec<Span>,
    /// True for the document's title and for a headline-like line without a full stop.
    pub is_headline: bool,
    /// Index of the paragraph (line block) that holds the sentence, counted from 0 over the text.
    pub paragraph: usize,
}
