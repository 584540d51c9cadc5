//! What the commands of the analysis can say.

use super::{AnswerFormat, EventConditions, LedgerOptions};
use clap::{Args, ValueEnum};
use std::path::PathBuf;

/// Which acts are looked at.
#[derive(Debug, Args)]
pub(crate) struct ActsOptions {
    #[command(flatten)]
    pub(crate) ledger: LedgerOptions,
    #[command(flatten)]
    pub(crate) conditions: EventConditions,
    /// Count every report of a happening, not each happening once
    #[arg(long)]
    pub(crate) every_report: bool,
    /// Count what citizens, firms, parties or criminals of a state do as done by the state too; a dyad's sides say themselves
    /// who belongs to them
    #[arg(long)]
    pub(crate) with_society: bool,
    /// Count acts that are future, hypothetical, historical or denied too
    #[arg(long)]
    pub(crate) with_auxiliary: bool,
}

/// Length of a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum StepName {
    Day,
    Week,
    Month,
    Quarter,
    Year,
}

#[derive(Debug, Args)]
pub(crate) struct DyadOptions {
    /// One side: a code (RUS), a sector (RUS:MIL), a name (NATO), all members of an organisation (members:NATO), or several
    /// of these (NOR,ISL)
    #[arg(value_name = "A")]
    pub(crate) one: String,
    /// The other side
    #[arg(value_name = "B")]
    pub(crate) other: String,
    /// Length of a step
    #[arg(long, value_enum, default_value_t = StepName::Month)]
    pub(crate) step: StepName,
    /// Days after which an act weighs half; 0 never forgets
    #[arg(long, value_name = "DAYS", default_value_t = 30.0)]
    pub(crate) half_life: f64,
    /// Show so many events that count most
    #[arg(long, value_name = "N", default_value_t = 5)]
    pub(crate) events: usize,
    /// Draw the dyad into a file, .svg or .png
    #[arg(long, value_name = "FILE")]
    pub(crate) plot: Option<PathBuf>,
    /// How to write the answer
    #[arg(long, short, value_enum, default_value_t = AnswerFormat::Table)]
    pub(crate) format: AnswerFormat,
    #[command(flatten)]
    pub(crate) acts: ActsOptions,
}

/// Which parties, and how long their acts count.
#[derive(Debug, Args)]
pub(crate) struct PartiesOptions {
    /// At most so many parties, the busiest
    #[arg(long, value_name = "N", default_value_t = 60)]
    pub(crate) parties: usize,
    /// Take organisations, groups and persons without a state as parties too
    #[arg(long)]
    pub(crate) all_parties: bool,
}

#[derive(Debug, Args)]
pub(crate) struct AlignmentOptions {
    /// Two parties whose alignment is told step by step; without them, that of all pairs on the last day
    #[arg(value_name = "PARTY", num_args = 0..=2)]
    pub(crate) pair: Vec<String>,
    /// Length of a step
    #[arg(long, value_enum, default_value_t = StepName::Month)]
    pub(crate) step: StepName,
    /// Days after which an act weighs half; 0 never forgets
    #[arg(long, value_name = "DAYS", default_value_t = 180.0)]
    pub(crate) half_life: f64,
    /// Show so many pairs, the nearest and the farthest; all in other formats than a table
    #[arg(long, short = 'n', value_name = "N", default_value_t = 20)]
    pub(crate) limit: usize,
    /// Draw the matrix of all pairs, blocs side by side, into a file, .svg or .png
    #[arg(long, value_name = "FILE")]
    pub(crate) plot: Option<PathBuf>,
    /// How to write the answer
    #[arg(long, short, value_enum, default_value_t = AnswerFormat::Table)]
    pub(crate) format: AnswerFormat,
    #[command(flatten)]
    pub(crate) parties: PartiesOptions,
    #[command(flatten)]
    pub(crate) acts: ActsOptions,
}

#[derive(Debug, Args)]
pub(crate) struct AxesOptions {
    /// Only axes against this party
    #[arg(long, value_name = "PARTY")]
    pub(crate) against: Option<String>,
    /// Only axes with this member
    #[arg(long, value_name = "PARTY")]
    pub(crate) member: Option<String>,
    /// The steps by which strength and trend are told
    #[arg(long, value_enum, default_value_t = StepName::Month)]
    pub(crate) step: StepName,
    /// Days after which an act weighs half; 0 never forgets
    #[arg(long, value_name = "DAYS", default_value_t = 120.0)]
    pub(crate) half_life: f64,
    /// From how certain on, 0 to 1, a party is a friend or foe
    #[arg(long, value_name = "P", default_value_t = 0.4)]
    pub(crate) certainty: f64,
    /// Show so many axes, the strongest
    #[arg(long, short = 'n', value_name = "N", default_value_t = 10)]
    pub(crate) limit: usize,
    /// Name so many events and statements of each
    #[arg(long, value_name = "N", default_value_t = 10)]
    pub(crate) evidence: usize,
    /// Draw the signed network into a file, .svg or .png
    #[arg(long, value_name = "FILE")]
    pub(crate) plot: Option<PathBuf>,
    /// How to write the answer
    #[arg(long, short, value_enum, default_value_t = AnswerFormat::Table)]
    pub(crate) format: AnswerFormat,
    #[command(flatten)]
    pub(crate) parties: PartiesOptions,
    #[command(flatten)]
    pub(crate) acts: ActsOptions,
}

#[derive(Debug, Args)]
pub(crate) struct BalanceOptions {
    /// Length of a step
    #[arg(long, value_enum, default_value_t = StepName::Quarter)]
    pub(crate) step: StepName,
    /// Days after which an act weighs half; 0 never forgets
    #[arg(long, value_name = "DAYS", default_value_t = 120.0)]
    pub(crate) half_life: f64,
    /// From how certain on, 0 to 1, two parties are friends or foes
    #[arg(long, value_name = "P", default_value_t = 0.4)]
    pub(crate) certainty: f64,
    /// Show so many unbalanced triads and strained parties
    #[arg(long, short = 'n', value_name = "N", default_value_t = 10)]
    pub(crate) limit: usize,
    /// How to write the answer
    #[arg(long, short, value_enum, default_value_t = AnswerFormat::Table)]
    pub(crate) format: AnswerFormat,
    #[command(flatten)]
    pub(crate) parties: PartiesOptions,
    #[command(flatten)]
    pub(crate) acts: ActsOptions,
}

#[derive(Debug, Args)]
pub(crate) struct SurgesOptions {
    /// Only surges of these parties
    #[arg(long, value_name = "PARTY", value_delimiter = ',')]
    pub(crate) about: Vec<String>,
    /// Length of a step
    #[arg(long, value_enum, default_value_t = StepName::Week)]
    pub(crate) step: StepName,
    /// Steps before that say what is usual
    #[arg(long, value_name = "N", default_value_t = 26)]
    pub(crate) baseline: usize,
    /// A step is a surge when as many acts have less than this chance
    #[arg(long, value_name = "P", default_value_t = 1e-4)]
    pub(crate) chance: f64,
    /// Shuffles of all days by which false alarms are measured; 0 for none
    #[arg(long, value_name = "N", default_value_t = 5)]
    pub(crate) shuffles: u32,
    /// Tell where the level of conflict and cooperation of these two changed for good, instead of surges
    #[arg(long, value_name = "PARTY", num_args = 2)]
    pub(crate) changes: Vec<String>,
    /// Show so many
    #[arg(long, short = 'n', value_name = "N", default_value_t = 50)]
    pub(crate) limit: usize,
    /// How to write the answer
    #[arg(long, short, value_enum, default_value_t = AnswerFormat::Table)]
    pub(crate) format: AnswerFormat,
    #[command(flatten)]
    pub(crate) acts: ActsOptions,
}

#[derive(Debug, Args)]
pub(crate) struct ForecastOptions {
    /// Learn and measure on a data set of the field instead: a folder with entity2id.txt, relation2id.txt, train.txt,
    /// valid.txt and, where there, test.txt. Prints mrr, hits1, hits3 and hits10 of the last part as JSON
    #[arg(long, value_name = "DIR")]
    pub(crate) benchmark: Option<PathBuf>,
    /// With --benchmark: ask about the last days of the part to learn from, for choosing between models
    #[arg(long, value_name = "DAYS", requires = "benchmark")]
    pub(crate) held_out: Option<u32>,
    /// With --benchmark: how many scorers are learned from different starts and averaged
    #[arg(long, value_name = "N", default_value_t = 3)]
    pub(crate) scorers: usize,
    /// With --benchmark: how often the past is gone through
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub(crate) passes: usize,
    /// Days ahead within which material conflict counts
    #[arg(long, value_name = "DAYS", default_value_t = 30)]
    pub(crate) within: i32,
    /// At most so many parties for the next day, the busiest
    #[arg(long, value_name = "N", default_value_t = 300)]
    pub(crate) parties: usize,
    /// Leave out the acts of the next day
    #[arg(long)]
    pub(crate) only_risk: bool,
    /// Show so many acts and pairs
    #[arg(long, short = 'n', value_name = "N", default_value_t = 20)]
    pub(crate) limit: usize,
    /// Draw the calibration of the risk into a file, .svg or .png
    #[arg(long, value_name = "FILE")]
    pub(crate) plot: Option<PathBuf>,
    /// As one JSON object
    #[arg(long)]
    pub(crate) json: bool,
    #[command(flatten)]
    pub(crate) acts: ActsOptions,
}
