//! CoNLL-U (universaldependencies.org/format): our analysis out, given sentences and words in.

mod read;
mod write;

pub use read::Tokenized;
pub use write::{ConlluSentence, write_sentence};

/// Columns of a word line.
const COLUMNS: usize = 10;
/// Column of the word form, counted from 0.
const FORM: usize = 1;
/// Column of remarks, counted from 0.
const MISC: usize = 9;
/// What stands in a column without a value.
const UNSPECIFIED: &str = "_";
/// The remark that no space follows.
const NO_SPACE: &str = "SpaceAfter=No";
/// Key of the remark that carries a name tag.
const NAME_KEY: &str = "Name=";
