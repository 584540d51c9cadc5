//! What export and import can say.

use super::{EventConditions, LedgerOptions};
use clap::Args;
use entente_ledger::exchange::Layout;
use std::path::PathBuf;

#[derive(Debug, Args)]
pub(crate) struct ExportOptions {
    #[command(flatten)]
    pub(crate) ledger: LedgerOptions,
    /// csv, jsonl, parquet, polecat, icews or gdelt
    #[arg(long, short, value_name = "LAYOUT", value_parser = layout, default_value = "jsonl")]
    pub(crate) format: Layout,
    /// The file to write; standard output without this. It appears when it is whole
    #[arg(long, short, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
    /// Whole documents with all that was read out of them, one JSON object a line, instead of events
    #[arg(long)]
    pub(crate) documents: bool,
    #[command(flatten)]
    pub(crate) conditions: EventConditions,
}

#[derive(Debug, Args)]
pub(crate) struct ImportOptions {
    #[command(flatten)]
    pub(crate) ledger: LedgerOptions,
    /// Files: our JSON Lines or Parquet, POLECAT, ICEWS, GDELT events; also packed (.gz .zip)
    #[arg(required = true)]
    pub(crate) inputs: Vec<PathBuf>,
    /// Their layout, where name and first row do not tell: jsonl, parquet, polecat, icews or gdelt
    #[arg(long, value_name = "LAYOUT", value_parser = layout)]
    pub(crate) from: Option<Layout>,
}

fn layout(name: &str) -> Result<Layout, String> {
    let known = || Layout::ALL.map(Layout::name).join(", ");
    Layout::parse(&name.to_lowercase()).ok_or_else(|| format!("one of {}", known()))
}
