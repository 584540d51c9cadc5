//! Who does what to whom tomorrow.
//!
//! [`Fact`]s go in, day by day; a [`Forecaster`] scores every party as the other end of every act of the next day. It
//! looks only at what happened before: `history.rs` counts it in tables whose counts fade with several half-lives,
//! `features.rs` reads them for each candidate, `network.rs` turns them into a score, and `training.rs` learns the
//! weights by asking about each day with the history of the days before it. [`evaluate`] measures, [`Benchmark`] reads
//! the data sets of the field. [`Outlook`] tells what a ledger expects of its next day, [`Risk`] where it expects blows. What was tried and how good it is: `docs/analysis.md`.

mod benchmark;
mod calibration;
mod decay;
mod desk;
mod error;
mod evaluation;
mod facts;
mod features;
mod forecaster;
mod history;
mod logistic;
mod name_groups;
mod network;
mod outlook;
mod parameters;
mod questions;
mod readings;
mod risk;
mod tables;
#[cfg(test)]
mod testing;
mod training;

pub use benchmark::Benchmark;
pub use calibration::{Calibration, CalibrationBin};
pub use error::ForecastError;
pub use evaluation::{Figures, evaluate, filtered_rank};
pub use facts::{Catalogue, Fact, cameo_quad};
pub use features::Question;
pub use forecaster::Forecaster;
pub use history::Link;
pub use name_groups::NameGroups;
pub use outlook::{Expected, Outlook, OutlookFigures, OutlookOptions};
pub use risk::{PairRisk, Risk, RiskFigures, RiskOptions};
pub use training::TrainingOptions;
