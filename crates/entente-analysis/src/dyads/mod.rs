//! How two parties deal with each other over time.
//!
//! The score of a dyad is the mean of PLOVER's scores of its acts, remembered with a half-life and drawn towards the mean
//! of all dyads by as much as its acts are few ([`credibility`]). [`DyadSeries::of`] gives it step by step, for either
//! direction and both, with the acts behind every point.

pub mod credibility;
mod series;
mod step;

pub use credibility::{Credibility, Tally};
pub use series::{Dealing, DyadOptions, DyadPoint, DyadSeries, ToldPoint};
pub use step::Step;
