//! How good the records are.
//!
//! Three questions, each over records alone; nothing here codes a text or opens a file:
//!
//! - [`evaluate`]: how well do records agree with annotated articles ([`gold`])?
//! - [`compare`]: in what do two sets of records differ, and which of them is nearer to the gold?
//! - [`review`]: how good are records that nobody has annotated, judged by a labelled sample?
//!
//! `docs/evaluation.md` tells the measures with their formulas and sources.

mod align;
mod bootstrap;
mod calibration;
mod comparison;
mod confusion;
mod counts;
mod error;
mod evaluation;
mod figures;
pub mod gold;
mod json_values;
mod matched;
mod matching;
mod misses;
mod random;
pub mod review;
mod span;
mod spreadsheet;
pub mod system;
mod wilson;

pub use bootstrap::{Interval, RESAMPLES};
pub use calibration::{Calibration, CalibrationBin, Judged};
pub use comparison::{
    AgainstGold, Agreement, Change, ChangeKind, Comparison, Difference, DifferenceKind, PairedDifference,
    TypeAgreement, compare,
};
pub use confusion::{Confusion, ConfusionRow};
pub use error::InputError;
pub use evaluation::{Evaluation, evaluate};
pub use figures::{Estimate, NamedRate, NamedScores, Rate, Scores, TypeScores};
pub use misses::{FalseAlarm, Miss, MissKind};
pub use span::Span;
pub use spreadsheet::unprotected;
pub use wilson::wilson;
