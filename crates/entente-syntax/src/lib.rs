//! The language model: one encoder pass a sentence gives tags, lemmas, dependencies, names,
//! and the words that report acts and statements.
//!
//! `Sentence → pieces → encoder → heads → ParsedSentence`

pub mod conllu;
mod decode;
mod encoder;
mod engine;
mod error;
mod events;
mod kernels;
mod labels;
mod lemma;
mod model;
mod morphology;
mod mst;
mod names;
mod onnx;
mod shapes;
mod tree;
mod windows;
mod wordpiece;

pub use error::{ConlluError, SyntaxError};
pub use events::{AUX, EVENT_TYPES, PairFeatures, Reading, Role, modes_of_type};
pub use model::Model;
pub use morphology::possible_lemmas;
pub use tree::{Deprel, Name, NameKind, ParsedSentence, Relation, Token, Upos};
