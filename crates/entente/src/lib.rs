//! The whole of Entente's reading in three lines:
//!
//! ```no_run
//! use entente::{Coder, Document, DocumentParts};
//! # fn main() -> Result<(), entente::Error> {
//! let coder = Coder::new()?;
//! let document = Document::new(DocumentParts { body: "Chad expelled Mali's ambassador.".into(), ..Default::default() });
//! for event in coder.code(&document)?.events {
//!     println!("{} {:?}", event.event, event.reason);
//! }
//! # Ok(())
//! # }
//! ```

pub mod examples;

use std::path::Path;
use std::sync::Arc;

pub use entente_codebook::{Aux, Codebook, CodebookError, EventType};
pub use entente_coder::{Classification, MarkedPair, record};
pub use entente_syntax::{Model, ParsedSentence, SyntaxError, conllu};
pub use entente_text::{
    Columns, Document, DocumentParts, FeedEntry, Format, Origin, ReadError, ReadOptions, Sentence, Span,
    read_bytes, read_entries, read_path, segment,
};
pub use entente_world::{Code, Registry, Sector};

/// Why a coder could not be made, or a document not coded.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The language model is at fault or refused the text.
    #[error("the language model failed: {0}")]
    Syntax(#[from] SyntaxError),
    /// The codebook is at fault.
    #[error("the codebook is at fault: {0}")]
    Codebook(#[from] CodebookError),
}

/// Reads articles. It holds the language model, the registry and a codebook; share one between threads.
pub struct Coder {
    model: Model,
    events: entente_coder::Coder,
}

impl Coder {
    /// A coder with the model, the registry and the PLOVER codebook that the binary carries.
    ///
    /// # Errors
    /// When an embedded part is damaged.
    pub fn new() -> Result<Self, Error> {
        Self::with(Codebook::plover()?)
    }

    /// A coder with a codebook read from a folder.
    ///
    /// # Errors
    /// When the codebook is at fault, with file and line, or an embedded part is damaged.
    pub fn with_codebook(folder: &Path) -> Result<Self, Error> {
        Self::with(Codebook::load(folder)?)
    }

    fn with(codebook: Codebook) -> Result<Self, Error> {
        Ok(Self::of(Model::embedded()?, codebook))
    }

    /// A coder of these parts.
    pub fn of(model: Model, codebook: Codebook) -> Self {
        Self { model, events: entente_coder::Coder::new(Arc::new(codebook), Registry::embedded()) }
    }

    /// Everything that one document says. Deterministic: the same document gives the same records.
    ///
    /// # Errors
    /// When the language model cannot read the text.
    pub fn code(&self, document: &Document) -> Result<record::Annotation, Error> {
        let parsed = self.analyse(document)?;
        Ok(self.events.code(document, &parsed))
    }

    /// The type of what one marked phrase of a document does to another; always one of the sixteen.
    ///
    /// # Errors
    /// As [`Self::code`].
    pub fn classify(&self, document: &Document, pair: MarkedPair) -> Result<Classification, Error> {
        let parsed = self.analyse(document)?;
        Ok(self.events.classify(document, &parsed, pair, |known| self.model.pair_types(known)))
    }

    /// Sentences with words, tags, trees and names, without events.
    ///
    /// # Errors
    /// As [`Self::code`].
    pub fn analyse(&self, document: &Document) -> Result<Vec<ParsedSentence>, Error> {
        Ok(self.model.analyse(&document.text, &segment(document))?)
    }

    /// The language model.
    pub fn model(&self) -> &Model {
        &self.model
    }

    /// The codebook in use.
    pub fn codebook(&self) -> &Codebook {
        self.events.codebook()
    }
}
