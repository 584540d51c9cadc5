//! What watching can say.

use super::{LedgerOptions, PartOptions, WebOptions};
use clap::Args;
use std::path::PathBuf;

#[derive(Debug, Args)]
pub(crate) struct WatchOptions {
    #[command(flatten)]
    pub(crate) ledger: LedgerOptions,
    /// The list of feeds (TOML; docs/watch.md)
    pub(crate) feeds: PathBuf,
    /// Poll every feed that is due once, and end: for cron
    #[arg(long)]
    pub(crate) once: bool,
    /// Poll feeds whether they are due or not
    #[arg(long, requires = "once")]
    pub(crate) now: bool,
    /// Check the list and ask each feed, and write nothing
    #[arg(long, conflicts_with = "once")]
    pub(crate) check: bool,
    /// Write the events to standard output as they come, one JSON object a line
    #[arg(long)]
    pub(crate) jsonl: bool,
    /// Number of threads; all cores by default
    #[arg(long, short = 'j', value_name = "N")]
    pub(crate) threads: Option<usize>,
    #[command(flatten)]
    pub(crate) web: WebOptions,
    #[command(flatten)]
    pub(crate) parts: PartOptions,
}
