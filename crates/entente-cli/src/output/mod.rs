//! The formats: of events over one data model, the records of `entente::record`; of reports over the figures of
//! `entente_evaluation`.

pub(crate) mod analysis;
pub(crate) mod comparison;
pub(crate) mod csv;
pub(crate) mod evaluation;
pub(crate) mod figures;
pub(crate) mod happenings;
pub(crate) mod json;
pub(crate) mod ledger;
pub(crate) mod review;
pub(crate) mod table;
