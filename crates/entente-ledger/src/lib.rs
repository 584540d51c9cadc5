//! The ledger: documents and their records in one SQLite file, nothing twice, everything answerable.

pub mod duplicates;
pub mod exchange;
pub mod happenings;
mod hashing;
pub mod store;
