//! The language model: one encoder pass a sentence gives tags, lemmas, dependencies and names.
//!
//! `Sentence → pieces → encoder → heads → ParsedSentence`

mod tree;

pub use tree::{Deprel, Name, NameKind, ParsedSentence, Relation, Token, Upos};
