//! What the commands of the analysis can say.

use clap::Args;
use std::path::PathBuf;

#[derive(Debug, Args)]
pub(crate) struct ForecastOptions {
    /// Learn and measure on a data set of the field instead: a folder with entity2id.txt, relation2id.txt, train.txt,
    /// valid.txt and, where there, test.txt. Prints mrr, hits1, hits3 and hits10 of the last part as JSON
    #[arg(long, value_name = "DIR")]
    pub(crate) benchmark: Option<PathBuf>,
    /// With --benchmark: ask about the last days of the part to learn from, for choosing between models
    #[arg(long, value_name = "DAYS", requires = "benchmark")]
    pub(crate) held_out: Option<u32>,
    /// How many scorers are learned from different starts and averaged
    #[arg(long, value_name = "N", default_value_t = 3)]
    pub(crate) scorers: usize,
    /// How often the past is gone through
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub(crate) passes: usize,
}
