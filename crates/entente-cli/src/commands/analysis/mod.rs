//! Commands that count over the whole ledger.

pub(crate) mod alignment;
pub(crate) mod axes;
pub(crate) mod balance;
pub(crate) mod dyad;
pub(crate) mod forecast;
mod loading;
pub(crate) mod surges;
