//! Judging records by a labelled sample.
//!
//! `RecordSet → Stratum → SheetRow → Label → Review`: the records are divided by type and confidence, some of each
//! part are written to a sheet, a person labels them, and what the labels say is weighted by how many records each
//! labelled one stands for.

mod corrections;
mod labels;
mod review_estimate;
mod sample;
mod sheet;
mod strata;

pub use corrections::gold_documents;
pub use labels::{Label, LabelReading, Verdict, read_labels};
pub use review_estimate::{Review, TypePrecision, WeightedShare, review};
pub use sample::{Sample, SampleOptions, sample};
pub use sheet::{COLUMNS, NumberedRow, SheetReading, SheetRow, read_sheet};
