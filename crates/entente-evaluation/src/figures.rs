//! Figures from counts: precision, recall, F1 and shares, each with its interval.

use crate::bootstrap::{Interval, Replicates};
use crate::counts::{Count, Counts};
use entente_codebook::EventType;
use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

/// A figure with its 95 % interval, where there are documents enough for one.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Estimate {
    /// The figure, a fraction to four digits; absent where nothing was measured.
    pub value: Option<f64>,
    /// Its interval.
    pub interval: Option<Interval>,
}

impl Serialize for Estimate {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(3))?;
        map.serialize_entry("value", &self.value)?;
        map.serialize_entry("low", &self.interval.map(|interval| rounded(interval.low)))?;
        map.serialize_entry("high", &self.interval.map(|interval| rounded(interval.high)))?;
        map.end()
    }
}

/// Precision, recall and F1.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Scores {
    /// Of what was coded, the share that is right.
    pub precision: Estimate,
    /// Of what the gold holds, the share that was found.
    pub recall: Estimate,
    /// The harmonic mean of the two.
    pub f1: Estimate,
    /// How many the gold holds.
    pub gold: usize,
    /// How many were coded.
    pub coded: usize,
    /// How many of the one are the other.
    pub found: usize,
}

/// Scores with their name.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct NamedScores {
    /// What is measured.
    pub name: &'static str,
    /// How well it is done.
    #[serde(flatten)]
    pub scores: Scores,
}

/// A share.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Rate {
    /// The share that is right.
    #[serde(flatten)]
    pub share: Estimate,
    /// How many are right.
    pub right: usize,
    /// Of how many.
    pub of: usize,
}

/// A share with its name.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct NamedRate {
    /// What is measured.
    pub name: &'static str,
    /// How often it is right.
    #[serde(flatten)]
    pub rate: Rate,
}

/// The scores of one event type.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TypeScores {
    /// The type.
    pub event: EventType,
    /// How well it is found.
    #[serde(flatten)]
    pub scores: Scores,
}

/// Name, found, coded, in gold.
const SCORES: [(&str, Count, Count, Count); 4] = [
    ("event_type", Count::Typed, Count::EventsCoded, Count::EventsInGold),
    ("event_dyad", Count::Dyads, Count::EventsCoded, Count::EventsInGold),
    ("statements", Count::Statements, Count::StatementsCoded, Count::StatementsInGold),
    ("people", Count::People, Count::PeopleCoded, Count::PeopleInGold),
];

/// Name, right, of how many. The first ten are of the events whose type was found.
const RATES: [(&str, Count, Count); 13] = [
    ("actor", Count::Actors, Count::Typed),
    ("recipient", Count::Recipients, Count::Typed),
    ("swapped", Count::Swapped, Count::Typed),
    ("sector", Count::Sectors, Count::SectorsMeasured),
    ("mode", Count::Modes, Count::ModesInGold),
    ("aux", Count::Aux, Count::AuxMeasured),
    ("claim_present", Count::ClaimPresence, Count::ClaimsMeasured),
    ("claim_chain", Count::ClaimChains, Count::ClaimsInGold),
    ("date", Count::Dates, Count::DatesInGold),
    ("dyad", Count::Dyads, Count::Typed),
    ("statement_speaker", Count::Speakers, Count::Statements),
    ("people_code", Count::PeopleCodes, Count::People),
    ("people_age", Count::Ages, Count::AgesInGold),
];

/// What the mean F1 over types is called.
pub(crate) const TYPE_MACRO_F1: &str = "type_macro_f1";

/// Where in the statistic the shares, the types and the mean over types begin.
const RATES_AT: usize = 3 * SCORES.len();
const TYPES_AT: usize = RATES_AT + RATES.len();
const MACRO_AT: usize = TYPES_AT + 3 * EventType::ALL.len();

/// All figures of a set of documents.
pub(crate) struct Figures {
    pub(crate) scores: Vec<NamedScores>,
    pub(crate) rates: Vec<NamedRate>,
    pub(crate) types: Vec<TypeScores>,
    pub(crate) type_macro_f1: Estimate,
}

impl Figures {
    pub(crate) fn of(documents: &[Counts]) -> Self {
        let sum = Counts::sum(documents);
        let replicates = Replicates::draw(documents.len(), |drawn| {
            statistic(&Counts::sum(drawn.iter().map(|index| &documents[*index])))
        });
        let is_measured = |name: &str| match name {
            "statements" | "statement_speaker" => sum.of(Count::StatementDocuments) > 0,
            "people" | "people_code" | "people_age" => sum.of(Count::PeopleDocuments) > 0,
            _ => true,
        };
        let named = SCORES.iter().enumerate().filter(|(_, row)| is_measured(row.0));
        let scores = named.map(|(index, (name, found, coded, gold))| NamedScores {
            name,
            scores: scores(sum.of(*found), sum.of(*coded), sum.of(*gold), &replicates, 3 * index),
        });
        let named = RATES.iter().enumerate().filter(|(_, row)| is_measured(row.0));
        let rates = named.map(|(index, (name, right, of))| NamedRate {
            name,
            rate: rate(sum.of(*right), sum.of(*of), replicates.interval(RATES_AT + index)),
        });
        Self {
            scores: scores.collect(),
            rates: rates.collect(),
            types: type_scores(&sum, &replicates),
            type_macro_f1: macro_f1(&sum, &replicates),
        }
    }
}

/// Every figure of these counts, in a fixed order.
fn statistic(counts: &Counts) -> Vec<Option<f64>> {
    let mut figures = Vec::with_capacity(MACRO_AT + 1);
    for (_, found, coded, gold) in SCORES {
        let triple = prf(counts.of(found), counts.of(coded), counts.of(gold));
        figures.extend(triple.map(Some));
    }
    for (_, right, of) in RATES {
        figures.push(share(counts.of(right), counts.of(of)));
    }
    let mut in_gold = Vec::new();
    for count in &counts.types {
        let triple = prf(count.found, count.coded, count.gold);
        figures.extend(triple.map(Some));
        if count.gold > 0 {
            in_gold.push(triple[2]);
        }
    }
    figures.push(mean(&in_gold));
    figures
}

/// The F1 of each thing that is scored, and the mean over types, with their names.
pub(crate) fn f1s(counts: &Counts) -> Vec<(&'static str, f64)> {
    let figures = statistic(counts);
    let named = SCORES.iter().enumerate().map(|(index, row)| (row.0, figures[3 * index + 2].unwrap_or(0.0)));
    named.chain([(TYPE_MACRO_F1, figures[MACRO_AT].unwrap_or(0.0))]).collect()
}

fn scores(found: usize, coded: usize, gold: usize, replicates: &Replicates, at: usize) -> Scores {
    let [precision, recall, f1] = prf(found, coded, gold);
    let estimate = |value: f64, place: usize| Estimate {
        value: Some(rounded(value)),
        interval: replicates.interval(place),
    };
    Scores {
        precision: estimate(precision, at),
        recall: estimate(recall, at + 1),
        f1: estimate(f1, at + 2),
        gold,
        coded,
        found,
    }
}

fn rate(right: usize, of: usize, interval: Option<Interval>) -> Rate {
    let value = share(right, of).map(rounded);
    Rate { share: Estimate { value, interval: interval.filter(|_| of > 0) }, right, of }
}

fn type_scores(sum: &Counts, replicates: &Replicates) -> Vec<TypeScores> {
    let with_counts = EventType::all().zip(&sum.types).enumerate();
    with_counts
        .filter(|(_, (_, count))| count.gold + count.coded > 0)
        .map(|(index, (event, count))| TypeScores {
            event,
            scores: scores(count.found, count.coded, count.gold, replicates, TYPES_AT + 3 * index),
        })
        .collect()
}

/// The mean over the types that the gold holds, of F1 to four digits.
fn macro_f1(sum: &Counts, replicates: &Replicates) -> Estimate {
    let in_gold = sum.types.iter().filter(|count| count.gold > 0);
    let f1s: Vec<f64> = in_gold.map(|count| rounded(prf(count.found, count.coded, count.gold)[2])).collect();
    Estimate { value: mean(&f1s).map(rounded), interval: replicates.interval(MACRO_AT) }
}

/// Precision, recall and F1; 0 where there is nothing to divide by.
pub(crate) fn prf(found: usize, coded: usize, gold: usize) -> [f64; 3] {
    let precision = share(found, coded).unwrap_or(0.0);
    let recall = share(found, gold).unwrap_or(0.0);
    let f1 = if precision + recall > 0.0 { 2.0 * precision * recall / (precision + recall) } else { 0.0 };
    [precision, recall, f1]
}

fn share(part: usize, whole: usize) -> Option<f64> {
    (whole > 0).then(|| part as f64 / whole as f64)
}

fn mean(values: &[f64]) -> Option<f64> {
    (!values.is_empty()).then(|| values.iter().sum::<f64>() / values.len() as f64)
}

/// To four digits, as printed numbers are rounded.
pub(crate) fn rounded(value: f64) -> f64 {
    format!("{value:.4}").parse().unwrap_or(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn precision_recall_and_f1_are_those_of_the_counts() {
        let [precision, recall, f1] = prf(3, 4, 6);
        assert_eq!((precision, recall, rounded(f1)), (0.75, 0.5, 0.6));
        assert_eq!(prf(0, 0, 0), [0.0; 3]);
    }

    #[test]
    fn the_statistic_has_its_figures_where_they_are_looked_for() {
        let mut counts = Counts::default();
        counts.add(Count::Typed, 2);
        counts.add(Count::Dates, 1);
        counts.add(Count::DatesInGold, 4);
        counts.types[EventType::Aid as usize].gold = 2;
        counts.types[EventType::Aid as usize].coded = 1;
        counts.types[EventType::Aid as usize].found = 1;
        let figures = statistic(&counts);
        assert_eq!(figures.len(), MACRO_AT + 1);
        let date = RATES.iter().position(|rate| rate.0 == "date").expect("dates are measured");
        assert_eq!(figures[RATES_AT + date], Some(0.25));
        assert_eq!(figures[TYPES_AT + 3 * EventType::Aid as usize + 1], Some(0.5));
        assert_eq!(figures[MACRO_AT].map(rounded), Some(0.6667));
    }

    #[test]
    fn what_no_document_was_annotated_for_is_left_out() {
        let figures = Figures::of(&[Counts::default()]);
        let names: Vec<&str> = figures.scores.iter().map(|named| named.name).collect();
        assert_eq!(names, ["event_type", "event_dyad"]);
        assert!(figures.rates.iter().all(|named| named.rate.share.value.is_none()));
    }

    #[test]
    fn the_interval_holds_the_figure() {
        let documents: Vec<Counts> = (0..30)
            .map(|index| {
                let mut counts = Counts::default();
                counts.add(Count::EventsInGold, 5);
                counts.add(Count::EventsCoded, 4);
                counts.add(Count::Typed, 1 + index % 4);
                counts
            })
            .collect();
        let f1 = Figures::of(&documents).scores[0].scores.f1;
        let interval = f1.interval.expect("thirty documents are enough");
        let value = f1.value.expect("there are events");
        assert!(interval.low < value && value < interval.high, "{f1:?}");
        assert!(interval.high - interval.low < 0.25, "{f1:?}");
    }
}
