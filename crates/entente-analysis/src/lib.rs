//! Numbers over the ledger's records: who stands with whom, against whom, and what comes next.
//!
//! [`Acts`] are the ledger's events as the analysis sees them: one day, one doer, one receiver, one score. From them
//! [`dyads`] draws how two parties deal with each other over time, [`alignment`] how near any two stand, [`axes`] who
//! forms a group against whom, [`surges`] what is unusual, and [`forecast`] what comes next. [`plot`] draws them.
//! Formulas and figures: `docs/analysis.md`.

pub mod acts;
pub mod alignment;
pub mod axes;
pub mod dyads;
pub mod forecast;
pub mod memory;
pub mod plot;
mod random;
pub mod remembered;
pub mod side;
pub mod surges;

pub use acts::{Act, ActOptions, Acts, Day};
