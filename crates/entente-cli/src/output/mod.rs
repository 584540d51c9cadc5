//! The formats, all over one data model: the records of `entente::record`.

pub(crate) mod csv;
pub(crate) mod json;
pub(crate) mod table;
