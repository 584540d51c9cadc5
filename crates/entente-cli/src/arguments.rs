//! What the command line can say.

mod analysis;
mod exchange;
mod ledger;
mod serve;
mod watch;

pub(crate) use analysis::*;
pub(crate) use exchange::*;
pub(crate) use ledger::*;
pub(crate) use serve::*;
pub(crate) use watch::*;

use clap::{Args, Parser, Subcommand, ValueEnum};
use entente::{Codebook, Coder, Columns, Model};
use jiff::civil::Date;
use std::path::PathBuf;

/// Reads news and keeps the ledger of how states deal with each other.
#[derive(Debug, Parser)]
#[command(name = "entente", version, arg_required_else_help = true)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Code events: who did what to whom, when, where, and on whose word
    Code(CodeOptions),
    /// Write every layer, one JSON object a document
    Annotate(AnnotateOptions),
    /// Write words, tags and dependency trees as CoNLL-U
    Conllu(ConlluOptions),
    /// Tell what one marked phrase does to another: always one of the sixteen event types
    Classify(ClassifyOptions),
    /// Code articles into a ledger; what is there already is skipped
    Ingest(IngestOptions),
    /// Watch feeds: code new items as they come into a ledger
    Watch(WatchOptions),
    /// Join copies of texts to stories, and reports of one act to happenings; `ingest` ends with this
    Link(LinkOptions),
    /// Ask the ledger for events
    Events(Box<EventsOptions>),
    /// Ask the ledger for statements
    Statements(StatementsOptions),
    /// Ask the ledger for people
    People(PeopleOptions),
    /// Ask the ledger for happenings: acts in the world, each with all reports of it and what they differ on
    Happenings(Box<HappeningsOptions>),
    /// Say why the ledger has an event (its evidence, reasons and versions), or what a happening rests on
    Explain(ExplainOptions),
    /// Count what the ledger holds
    Stats(StatsOptions),
    /// Write the ledger's events as CSV, JSON Lines or Parquet, or in the layout of POLECAT, ICEWS or GDELT
    Export(Box<ExportOptions>),
    /// Take events of other ledgers, of POLECAT, ICEWS or GDELT into the ledger
    Import(ImportOptions),
    /// How two sides deal with each other over time, in both directions
    Dyad(Box<DyadOptions>),
    /// How near parties stand: by their dealings, by the likeness of their conduct, by their treaties
    Alignment(Box<AlignmentOptions>),
    /// Who stands together against whom: since when, how strongly, on what evidence
    Axes(Box<AxesOptions>),
    /// How far the world is from splitting into camps: balanced triads, frustration, blocs
    Balance(Box<BalanceOptions>),
    /// What is unusual between two parties or about one
    Surges(Box<SurgesOptions>),
    /// What comes next: who does what to whom tomorrow, and where material conflict is likely within 30 days
    Forecast(Box<ForecastOptions>),
    /// Serve the desk: web pages and an HTTP API on the ledger
    Serve(ServeOptions),
    /// Check a codebook
    Codebook(CodebookOptions),
    /// Measure the coder, or any records, against articles that you have annotated
    Evaluate(EvaluateOptions),
    /// Tell in what two sets of records differ, and which is nearer to the gold
    Compare(CompareOptions),
    /// Judge records by a sample that you label
    Review(ReviewOptions),
    /// Check that this build works here, and say what it holds
    Doctor,
}

/// Where articles come from, and what is known of those that do not say it themselves.
#[derive(Debug, Args)]
pub(crate) struct InputOptions {
    /// Files, directories, patterns such as "news/*.warc.gz", addresses (https://…), or - for standard input. Read are plain text, HTML, JSON,
    /// JSON Lines, CSV and TSV, RSS and Atom, WARC, Nexis deliveries, PDF and Word, also packed (.gz .zst .zip)
    #[arg(required = true)]
    pub(crate) inputs: Vec<PathBuf>,
    /// Which column of a table holds what: text=Body,title=Headline,date=3 (numbers where there is no header). Parts are
    /// text, title, published, publication, url, id and language; usual names are recognised without this
    #[arg(long, value_name = "PART=COLUMN,…", value_parser = Columns::parse)]
    pub(crate) columns: Option<Columns>,
    /// Day of publication of articles that do not state one (2021-12-16)
    #[arg(long, value_name = "DATE")]
    pub(crate) published: Option<Date>,
    /// Paper or agency of articles that do not state one
    #[arg(long, value_name = "NAME")]
    pub(crate) publication: Option<String>,
    /// Number of threads; all cores by default. The output is the same on any number
    #[arg(long, short = 'j', value_name = "N")]
    pub(crate) threads: Option<usize>,
    #[command(flatten)]
    pub(crate) web: WebOptions,
    #[command(flatten)]
    pub(crate) parts: PartOptions,
}

/// How the network is used.
#[derive(Debug, Args)]
pub(crate) struct WebOptions {
    /// Fetch from addresses of the own machine and network too
    #[arg(long)]
    pub(crate) allow_private: bool,
}

/// What to read with.
#[derive(Debug, Clone, Args)]
pub(crate) struct PartOptions {
    /// A codebook folder to use in place of the built-in PLOVER
    #[arg(long, value_name = "DIR")]
    pub(crate) codebook: Option<PathBuf>,
    /// A folder with a language model to use in place of the built-in one (models/README.md)
    #[arg(long, value_name = "DIR")]
    pub(crate) model: Option<PathBuf>,
}

impl PartOptions {
    /// The coder made of the chosen parts.
    pub(crate) fn coder(&self) -> Result<Coder, entente::Error> {
        let model = match &self.model {
            Some(folder) => Model::load(folder)?,
            None => Model::embedded()?,
        };
        let codebook = match &self.codebook {
            Some(folder) => Codebook::load(folder)?,
            None => Codebook::plover()?,
        };
        Ok(Coder::of(model, codebook))
    }
}

#[derive(Debug, Args)]
pub(crate) struct CodeOptions {
    #[command(flatten)]
    pub(crate) input: InputOptions,
    /// How to write the events
    #[arg(long, short, value_enum, default_value_t = Format::Table)]
    pub(crate) format: Format,
    /// Also show every candidate that was not coded, and why
    #[arg(long)]
    pub(crate) explain: bool,
}

#[derive(Debug, Args)]
pub(crate) struct AnnotateOptions {
    #[command(flatten)]
    pub(crate) input: InputOptions,
    /// Also write every candidate that was not coded, and why
    #[arg(long)]
    pub(crate) explain: bool,
}

#[derive(Debug, Args)]
pub(crate) struct ConlluOptions {
    #[command(flatten)]
    pub(crate) input: InputOptions,
    /// The input is CoNLL-U: keep its words and sentences
    #[arg(long)]
    pub(crate) tokenized: bool,
}

#[derive(Debug, Args)]
pub(crate) struct ClassifyOptions {
    /// JSONL files, or - for standard input: {"id", "text", "source": {"start", "end"}, "target": {"start", "end"}}
    #[arg(required = true)]
    pub(crate) inputs: Vec<PathBuf>,
    /// Number of threads; all cores by default. The output is the same on any number
    #[arg(long, short = 'j', value_name = "N")]
    pub(crate) threads: Option<usize>,
    #[command(flatten)]
    pub(crate) parts: PartOptions,
}

#[derive(Debug, Args)]
pub(crate) struct CodebookOptions {
    #[command(subcommand)]
    pub(crate) command: CodebookCommand,
}

#[derive(Debug, Subcommand)]
pub(crate) enum CodebookCommand {
    /// Read a codebook and run its examples
    Check {
        /// The folder; the built-in PLOVER by default
        folder: Option<PathBuf>,
    },
}

/// Where annotated articles come from.
#[derive(Debug, Args)]
pub(crate) struct TextOptions {
    /// Files or folders with the texts of articles that a CSV names by their ids or file names
    #[arg(long, value_name = "PATH")]
    pub(crate) texts: Vec<PathBuf>,
    /// Day of publication of annotated articles that do not state one (2021-12-16)
    #[arg(long, value_name = "DATE")]
    pub(crate) published: Option<Date>,
}

#[derive(Debug, Args)]
pub(crate) struct EvaluateOptions {
    /// Annotated articles: .json, .jsonl or .csv files, or directories of them (docs/evaluation.md)
    #[arg(required = true)]
    pub(crate) gold: Vec<PathBuf>,
    /// Measure these records (JSON of annotate or code, of any system) in place of coding the articles
    #[arg(long, value_name = "FILE")]
    pub(crate) records: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) texts: TextOptions,
    /// How to write the figures
    #[arg(long, short, value_enum, default_value_t = ReportFormat::Table)]
    pub(crate) format: ReportFormat,
    /// Leave out the lists of misses and false alarms
    #[arg(long)]
    pub(crate) brief: bool,
    /// Number of threads; all cores by default. The output is the same on any number
    #[arg(long, short = 'j', value_name = "N")]
    pub(crate) threads: Option<usize>,
    #[command(flatten)]
    pub(crate) parts: PartOptions,
}

#[derive(Debug, Args)]
pub(crate) struct CompareOptions {
    /// Records of annotate or code as JSON: the first set, or the earlier one
    pub(crate) first: PathBuf,
    /// The second set, or the later one
    pub(crate) second: PathBuf,
    /// Annotated articles on which to measure both
    #[arg(long, value_name = "PATH")]
    pub(crate) gold: Vec<PathBuf>,
    #[command(flatten)]
    pub(crate) texts: TextOptions,
    /// How to write the figures
    #[arg(long, short, value_enum, default_value_t = ReportFormat::Table)]
    pub(crate) format: ReportFormat,
    /// Leave out the lists of differences and changes
    #[arg(long)]
    pub(crate) brief: bool,
}

#[derive(Debug, Args)]
pub(crate) struct ReviewOptions {
    #[command(subcommand)]
    pub(crate) command: ReviewCommand,
}

#[derive(Debug, Subcommand)]
pub(crate) enum ReviewCommand {
    /// Write a sample of events and sentences to label
    Sample(ReviewSampleOptions),
    /// Read a labelled sample back: precision, recall, calibration, and a gold
    Read(ReviewReadOptions),
}

#[derive(Debug, Args)]
pub(crate) struct ReviewSampleOptions {
    /// Records of annotate as JSON
    pub(crate) records: PathBuf,
    /// How many rows
    #[arg(long, value_name = "N", default_value_t = 200)]
    pub(crate) size: usize,
    /// The same seed draws the same rows from the same records
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub(crate) seed: u64,
    /// Where to write: .csv, or .jsonl for JSON lines. A file that exists is never overwritten
    #[arg(long, short, value_name = "FILE")]
    pub(crate) out: PathBuf,
}

#[derive(Debug, Args)]
pub(crate) struct ReviewReadOptions {
    /// The labelled sample, .csv or .jsonl
    pub(crate) sheet: PathBuf,
    /// The records that it was drawn from
    #[arg(long, value_name = "FILE")]
    pub(crate) records: PathBuf,
    /// A new or empty folder for the labelled articles as gold
    #[arg(long, value_name = "DIR")]
    pub(crate) gold_out: Option<PathBuf>,
    /// How to write the figures
    #[arg(long, short, value_enum, default_value_t = ReviewFormat::Table)]
    pub(crate) format: ReviewFormat,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ReportFormat {
    /// For eyes
    Table,
    /// Everything in one JSON object
    Json,
    /// The lists, one row an event
    Csv,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ReviewFormat {
    /// For eyes
    Table,
    /// Everything in one JSON object
    Json,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For eyes: each event under its sentence
    Table,
    /// One JSON object an event, one a line
    Jsonl,
    /// One JSON array of all events
    Json,
    /// One row an event
    Csv,
}
