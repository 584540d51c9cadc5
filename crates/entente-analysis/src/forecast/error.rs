//! What can go wrong with a forecast.

use std::io;
use std::path::PathBuf;
use thiserror::Error;

/// A fault of the input.
#[derive(Debug, Error)]
pub enum ForecastError {
    /// A file cannot be read.
    #[error("failed to read {}", path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// A line of a file is not what it should be.
    #[error("{}:{line}: {fault}", path.display())]
    Line {
        /// The file.
        path: PathBuf,
        /// The line, from 1.
        line: usize,
        /// What is wrong with it.
        fault: String,
    },
    /// A fact names a party or relation that the catalogue has not.
    #[error("day {day}: number {number} of {what} is not below {end}")]
    Unknown {
        /// The day of the fact.
        day: u32,
        /// Party or relation.
        what: &'static str,
        /// Its number.
        number: u32,
        /// How many there are.
        end: usize,
    },
    /// A fact is of a day that was gone past.
    #[error("a fact of day {day} comes after day {now} was reached")]
    Late {
        /// The day of the fact.
        day: u32,
        /// The day that was reached.
        now: u32,
    },
    /// There are more parties or relations than the counts can tell apart.
    #[error("{count} {what} are too many: at most {most}")]
    TooMany {
        /// Parties or relations.
        what: &'static str,
        /// How many.
        count: usize,
        /// How many there may be.
        most: usize,
    },
    /// There is too little to learn from.
    #[error("{days} days with facts are too few to learn from: at least {least}")]
    TooFew {
        /// Days with facts.
        days: usize,
        /// How many there must be.
        least: usize,
    },
}
