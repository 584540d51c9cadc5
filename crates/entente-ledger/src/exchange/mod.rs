//! The ledger's events in the layouts of the field, and theirs in the ledger, so that old and new data sit side by side.
//!
//! `filter → export → rows → file` and `file → rows → import → ledger`. One module a layout: [`cameo`], `countries` and
//! `sectors` hold what codes mean, as tables in `data/`. What maps and what cannot: `docs/formats.md`.

pub mod cameo;
mod countries;
mod export;
mod flat;
mod gdelt;
mod icews;
mod import;
mod json_lines;
mod packed;
mod parquet;
mod party;
mod polecat;
mod sectors;
mod tables;

pub use export::{ExportError, ExportReport, export, export_documents};
pub use import::{ImportError, ImportSummary, RowFault, import_file};

use std::path::Path;

/// How events are written down.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Layout {
    /// Comma-separated values, a row an event, for spreadsheets; cannot be read back.
    Csv,
    /// One record a line, with source and publication.
    JsonLines,
    /// Apache Parquet: columns for analysis beside the whole record.
    Parquet,
    /// POLECAT, 40 columns.
    Polecat,
    /// ICEWS coded event data, 20 columns.
    Icews,
    /// GDELT 2.0 events, 61 columns without a header.
    Gdelt,
}

impl Layout {
    /// All of them.
    pub const ALL: [Self; 6] =
        [Self::Csv, Self::JsonLines, Self::Parquet, Self::Polecat, Self::Icews, Self::Gdelt];

    /// The name by which users call it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::JsonLines => "jsonl",
            Self::Parquet => "parquet",
            Self::Polecat => "polecat",
            Self::Icews => "icews",
            Self::Gdelt => "gdelt",
        }
    }

    /// The layout of that name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|layout| layout.name() == name)
    }

    /// What a file's name says: `.jsonl`, `.parquet`, and the names that GDELT gives its files. Others are told by their
    /// first line.
    pub(crate) fn of_name(path: &Path) -> Option<Self> {
        let name = path.file_name()?.to_str()?.to_ascii_lowercase();
        let bare = name.strip_suffix(".gz").or(name.strip_suffix(".zip")).unwrap_or(&name);
        match bare.rsplit_once('.')?.1 {
            "jsonl" | "ndjson" => Some(Self::JsonLines),
            "parquet" => Some(Self::Parquet),
            _ if bare.ends_with(".export.csv") => Some(Self::Gdelt),
            _ => None,
        }
    }
}
