//! What the commands of the ledger can say.

use super::InputOptions;
use clap::{Args, ValueEnum};
use entente::{Aux, EventType};
use entente_ledger::store::{AuxFilter, EventFilter, EventOrder, PartyFilter, SortKey};
use jiff::civil::Date;
use std::path::PathBuf;

/// Which ledger.
#[derive(Debug, Args)]
pub(crate) struct LedgerOptions {
    /// The ledger's file
    #[arg(long, value_name = "FILE", default_value = "ledger.entente")]
    pub(crate) ledger: PathBuf,
}

#[derive(Debug, Args)]
pub(crate) struct IngestOptions {
    #[command(flatten)]
    pub(crate) ledger: LedgerOptions,
    #[command(flatten)]
    pub(crate) input: InputOptions,
}

/// How an answer is cut and written.
#[derive(Debug, Args)]
pub(crate) struct PageOptions {
    /// At most so many
    #[arg(long, short = 'n', value_name = "N", default_value_t = 50)]
    pub(crate) limit: usize,
    /// Go on after the page whose end this cursor names
    #[arg(long, value_name = "CURSOR")]
    pub(crate) after: Option<String>,
    /// How to write the answer
    #[arg(long, short, value_enum, default_value_t = AnswerFormat::Table)]
    pub(crate) format: AnswerFormat,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum AnswerFormat {
    /// For eyes
    Table,
    /// One JSON object a line
    Jsonl,
    /// One JSON array
    Json,
    /// One row a record
    Csv,
}

/// Conditions on events. Of one option's values any, of several options all must hold.
#[derive(Debug, Args)]
pub(crate) struct EventConditions {
    /// Who acts: a code (RUS), a sector (MIL), both (RUS:MIL), a Wikidata id or a name
    #[arg(long, value_name = "PARTY", value_delimiter = ',')]
    actor: Vec<String>,
    /// Whom it is done to
    #[arg(long, value_name = "PARTY", value_delimiter = ',')]
    recipient: Vec<String>,
    /// Actor or recipient
    #[arg(long, value_name = "PARTY", value_delimiter = ',')]
    party: Vec<String>,
    /// Another party: with --party the two sides of a dyad
    #[arg(long, value_name = "PARTY", value_delimiter = ',')]
    with: Vec<String>,
    /// On whose word
    #[arg(long, value_name = "PARTY", value_delimiter = ',')]
    claimant: Vec<String>,
    /// PLOVER types
    #[arg(long = "type", value_name = "TYPE", value_delimiter = ',', value_parser = event_type)]
    types: Vec<EventType>,
    /// PLOVER modes
    #[arg(long, value_name = "MODE", value_delimiter = ',')]
    mode: Vec<String>,
    /// Auxiliary modes, any of them; `none` for plain current facts
    #[arg(long, value_name = "AUX", value_delimiter = ',', value_parser = aux_word)]
    aux: Vec<AuxWord>,
    /// PLOVER contexts
    #[arg(long, value_name = "CONTEXT", value_delimiter = ',')]
    context: Vec<String>,
    /// Quad codes, 1 to 4
    #[arg(long, value_name = "QUAD", value_delimiter = ',', value_parser = clap::value_parser!(u8).range(1..=4))]
    quad: Vec<u8>,
    /// On this day or later
    #[arg(long, value_name = "DATE")]
    from: Option<Date>,
    /// On this day or earlier
    #[arg(long, value_name = "DATE")]
    to: Option<Date>,
    /// ISO codes of countries where it happened
    #[arg(long, value_name = "CODE", value_delimiter = ',')]
    country: Vec<String>,
    /// Places as the text has them
    #[arg(long, value_name = "PLACE", value_delimiter = ',')]
    place: Vec<String>,
    /// Publications, feeds or systems
    #[arg(long, value_name = "NAME")]
    source: Vec<String>,
    /// Least number of claimants
    #[arg(long, value_name = "N")]
    claims_min: Option<u8>,
    /// Greatest number of claimants; 0 keeps what the publication says in its own voice
    #[arg(long, value_name = "N")]
    claims_max: Option<u8>,
    /// Least confidence, 0 to 1
    #[arg(long, value_name = "P")]
    confidence: Option<f64>,
    /// Words of the article, "phrases in quotes", begin* of words
    #[arg(long, value_name = "WORDS")]
    text: Option<String>,
    /// Id of a happening
    #[arg(long, value_name = "ID")]
    happening: Option<String>,
    /// Id of a document
    #[arg(long, value_name = "ID")]
    document: Option<String>,
}

impl EventConditions {
    /// The filter that they mean.
    pub(crate) fn filter(&self) -> anyhow::Result<EventFilter> {
        Ok(EventFilter {
            actor: PartyFilter::of_words(&self.actor),
            recipient: PartyFilter::of_words(&self.recipient),
            party: PartyFilter::of_words(&self.party),
            other_party: PartyFilter::of_words(&self.with),
            claimant: PartyFilter::of_words(&self.claimant),
            types: self.types.clone(),
            modes: self.mode.clone(),
            aux: aux_of(&self.aux)?,
            contexts: self.context.clone(),
            quads: self.quad.clone(),
            from: self.from,
            to: self.to,
            countries: self.country.iter().map(|code| code.to_uppercase()).collect(),
            places: self.place.clone(),
            sources: self.source.clone(),
            claim_distance_min: self.claims_min,
            claim_distance_max: self.claims_max,
            confidence_min: self.confidence,
            text: self.text.clone(),
            happening: self.happening.clone(),
            document: self.document.clone(),
        })
    }
}

#[derive(Debug, Args)]
pub(crate) struct EventsOptions {
    #[command(flatten)]
    pub(crate) ledger: LedgerOptions,
    #[command(flatten)]
    pub(crate) conditions: EventConditions,
    /// What to sort by, the greatest first
    #[arg(long, value_enum, default_value_t = Sort::Date)]
    sort: Sort,
    /// The smallest first
    #[arg(long)]
    ascending: bool,
    /// Count the events instead of showing them
    #[arg(long)]
    pub(crate) count: bool,
    #[command(flatten)]
    pub(crate) page: PageOptions,
}

impl EventsOptions {
    /// The order asked for.
    pub(crate) fn order(&self) -> EventOrder {
        let key = match self.sort {
            Sort::Date => SortKey::Date,
            Sort::Confidence => SortKey::Confidence,
            Sort::Scale => SortKey::Scale,
        };
        EventOrder { key, descending: !self.ascending }
    }
}

#[derive(Debug, Args)]
pub(crate) struct LinkOptions {
    #[command(flatten)]
    pub(crate) ledger: LedgerOptions,
    /// Forget all stories and happenings first: what is known now may support other ones than when it came bit by bit
    #[arg(long)]
    pub(crate) anew: bool,
}

/// A happening is found by any of its events; days are those of the happening itself.
#[derive(Debug, Args)]
pub(crate) struct HappeningsOptions {
    #[command(flatten)]
    pub(crate) ledger: LedgerOptions,
    #[command(flatten)]
    pub(crate) conditions: EventConditions,
    /// Least number of reports
    #[arg(long, value_name = "N")]
    pub(crate) reports_min: Option<u32>,
    /// Least number of publications that report it
    #[arg(long, value_name = "N")]
    pub(crate) sources_min: Option<u32>,
    /// Most reported first, instead of the newest
    #[arg(long)]
    pub(crate) by_reports: bool,
    #[command(flatten)]
    pub(crate) page: PageOptions,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Sort {
    Date,
    Confidence,
    Scale,
}

#[derive(Debug, Args)]
pub(crate) struct StatementsOptions {
    #[command(flatten)]
    pub(crate) ledger: LedgerOptions,
    /// Who says it: a code, a sector, both (RUS:GOV), a Wikidata id or a name
    #[arg(long, value_name = "PARTY", value_delimiter = ',')]
    pub(crate) speaker: Vec<String>,
    /// direct, indirect or mixed
    #[arg(long, value_name = "KIND", value_delimiter = ',')]
    pub(crate) kind: Vec<String>,
    /// Published on this day or later
    #[arg(long, value_name = "DATE")]
    pub(crate) from: Option<Date>,
    /// Published on this day or earlier
    #[arg(long, value_name = "DATE")]
    pub(crate) to: Option<Date>,
    /// Words of what is said, "phrases in quotes", begin* of words
    #[arg(long, value_name = "WORDS")]
    pub(crate) text: Option<String>,
    /// Id of a document
    #[arg(long, value_name = "ID")]
    pub(crate) document: Option<String>,
    #[command(flatten)]
    pub(crate) page: PageOptions,
}

#[derive(Debug, Args)]
pub(crate) struct PeopleOptions {
    #[command(flatten)]
    pub(crate) ledger: LedgerOptions,
    /// Full names
    #[arg(long, value_name = "NAME")]
    pub(crate) name: Vec<String>,
    /// Codes of the states or bodies that they belong to
    #[arg(long, value_name = "CODE", value_delimiter = ',')]
    pub(crate) code: Vec<String>,
    /// PLOVER sectors
    #[arg(long, value_name = "SECTOR", value_delimiter = ',')]
    pub(crate) sector: Vec<String>,
    /// Published on this day or later
    #[arg(long, value_name = "DATE")]
    pub(crate) from: Option<Date>,
    /// Published on this day or earlier
    #[arg(long, value_name = "DATE")]
    pub(crate) to: Option<Date>,
    #[command(flatten)]
    pub(crate) page: PageOptions,
}

#[derive(Debug, Args)]
pub(crate) struct ExplainOptions {
    #[command(flatten)]
    pub(crate) ledger: LedgerOptions,
    /// Id of the event or happening
    pub(crate) id: String,
    /// As one JSON object
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct StatsOptions {
    #[command(flatten)]
    pub(crate) ledger: LedgerOptions,
    /// Show so many of the busiest dyads
    #[arg(long, value_name = "N", default_value_t = 10)]
    pub(crate) dyads: u32,
    /// As one JSON object
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum AuxWord {
    None,
    Of(Aux),
}

fn aux_word(word: &str) -> Result<AuxWord, String> {
    let known = [Aux::Future, Aux::Hypothetical, Aux::Negation, Aux::Historical];
    if word == "none" {
        return Ok(AuxWord::None);
    }
    let found = known.into_iter().find(|aux| aux.as_str() == word);
    found.map(AuxWord::Of).ok_or_else(|| "one of none, future, hypothetical, negation, historical".to_owned())
}

fn aux_of(words: &[AuxWord]) -> anyhow::Result<Option<AuxFilter>> {
    if words.is_empty() {
        return Ok(None);
    }
    let named: Vec<Aux> = words
        .iter()
        .filter_map(|word| match word {
            AuxWord::None => None,
            AuxWord::Of(aux) => Some(*aux),
        })
        .collect();
    if named.is_empty() {
        return Ok(Some(AuxFilter::None));
    }
    anyhow::ensure!(named.len() == words.len(), "--aux none stands alone");
    Ok(Some(AuxFilter::AnyOf(named)))
}

fn event_type(word: &str) -> Result<EventType, String> {
    let wanted = word.to_uppercase();
    EventType::ALL
        .into_iter()
        .find(|event| event.as_str() == wanted)
        .ok_or_else(|| format!("one of {}", EventType::ALL.map(EventType::as_str).join(", ")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn none_of_the_auxiliary_modes_stands_alone() {
        assert_eq!(aux_of(&[]).unwrap(), None);
        assert_eq!(aux_of(&[AuxWord::None]).unwrap(), Some(AuxFilter::None));
        assert!(aux_of(&[AuxWord::None, AuxWord::Of(Aux::Future)]).is_err());
        assert_eq!(aux_word("negation"), Ok(AuxWord::Of(Aux::Negation)));
        assert!(aux_word("past").is_err());
    }

    #[test]
    fn types_are_read_in_any_case() {
        assert_eq!(event_type("threaten"), Ok(EventType::Threaten));
        assert!(event_type("WAR").unwrap_err().contains("ASSAULT"));
    }
}
