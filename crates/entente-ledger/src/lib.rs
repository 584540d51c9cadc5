//! The ledger: documents and their records in one SQLite file, nothing twice, everything answerable.

pub mod duplicates;
mod error;
pub mod exchange;
pub mod happenings;
mod hashing;
pub mod linking;
pub mod store;

pub use error::LedgerError;
