//! Two sets of records against each other, and both against the gold.

mod agreement;
mod changes;
mod difference;

pub use agreement::{Agreement, TypeAgreement};
pub use changes::{Change, ChangeKind};
pub use difference::{Difference, DifferenceKind};

use crate::bootstrap::{Interval, Replicates};
use crate::counts::Counts;
use crate::evaluation::{absent_document, matched};
use crate::figures::{Figures, NamedScores, TYPE_MACRO_F1, f1s, rounded};
use crate::gold::GoldDocument;
use crate::matched::Matched;
use crate::system::SystemDocument;
use serde::Serialize;
use std::collections::HashMap;

/// In what two sets of records agree and differ.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Comparison {
    /// How many events the two share.
    pub agreement: Agreement,
    /// Every event that they do not share, or not in all parts.
    pub differences: Vec<Difference>,
    /// Which of the two is nearer to the gold, where there is one.
    pub against_gold: Option<AgainstGold>,
}

/// Both sets measured on the same gold.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct AgainstGold {
    /// Gold documents.
    pub documents: usize,
    /// Gold documents that the first set lacks.
    pub without_records_in_first: Vec<String>,
    /// Gold documents that the second set lacks.
    pub without_records_in_second: Vec<String>,
    /// The scores of the first set.
    pub first: Vec<NamedScores>,
    /// The scores of the second set.
    pub second: Vec<NamedScores>,
    /// The differences in F1, second less first.
    pub differences: Vec<PairedDifference>,
    /// What became better and what worse from the first to the second.
    pub changes: Vec<Change>,
}

/// A difference in F1 between two sets of records on the same documents.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PairedDifference {
    /// What is measured.
    pub name: &'static str,
    /// Second less first.
    pub difference: f64,
    /// The 95 % interval of the difference: both sets are measured on the same drawn documents.
    pub interval: Option<Interval>,
    /// Twice the share of draws in which the difference vanishes or turns round, at most 1. Small values say that
    /// the difference does not hang on a few documents.
    pub turned: Option<f64>,
}

/// Compares two sets of records by document id; with gold, measures both.
pub fn compare(
    first: &[SystemDocument],
    second: &[SystemDocument],
    gold: Option<&[GoldDocument]>,
) -> Comparison {
    let (agreement, differences) = agreement::of(first, second);
    let against_gold = gold.map(|gold| against_gold(first, second, gold));
    Comparison { agreement, differences, against_gold }
}

/// The records of each gold document, in the gold's order; nothing stands for those that are lacking.
struct Side<'d> {
    matched: Vec<Matched<'d>>,
    counts: Vec<Counts>,
    without: Vec<String>,
}

impl<'d> Side<'d> {
    fn of(records: &'d [SystemDocument], absent: &'d SystemDocument, gold: &'d [GoldDocument]) -> Self {
        let by_id: HashMap<&str, &SystemDocument> =
            records.iter().map(|document| (document.id.as_str(), document)).collect();
        let of = |document: &GoldDocument| by_id.get(document.id.as_str()).copied();
        let matched: Vec<Matched> =
            gold.iter().map(|document| matched(document, of(document).unwrap_or(absent))).collect();
        let counts = matched.iter().map(Matched::counts).collect();
        let lacking = gold.iter().filter(|document| of(document).is_none());
        let without = lacking.map(|document| document.id.clone()).collect();
        Self { matched, counts, without }
    }
}

fn against_gold(first: &[SystemDocument], second: &[SystemDocument], gold: &[GoldDocument]) -> AgainstGold {
    let (absent_first, absent_second) = (absent_document(first), absent_document(second));
    let one = Side::of(first, &absent_first, gold);
    let two = Side::of(second, &absent_second, gold);
    let pairs = one.matched.iter().zip(&two.matched);
    let (first_scores, second_scores) = (Figures::of(&one.counts).scores, Figures::of(&two.counts).scores);
    let has = |scores: &[NamedScores], name: &str| scores.iter().any(|named| named.name == name);
    let mut differences = paired_differences(&one.counts, &two.counts);
    differences.retain(|difference| {
        difference.name == TYPE_MACRO_F1
            || has(&first_scores, difference.name) && has(&second_scores, difference.name)
    });
    AgainstGold {
        documents: gold.len(),
        first: first_scores,
        second: second_scores,
        differences,
        changes: pairs.flat_map(|(before, after)| changes::of(before, after)).collect(),
        without_records_in_first: one.without,
        without_records_in_second: two.without,
    }
}

/// The paired bootstrap: in each draw both sides have the same documents (Koehn, "Statistical significance tests for
/// machine translation evaluation", EMNLP 2004).
fn paired_differences(first: &[Counts], second: &[Counts]) -> Vec<PairedDifference> {
    let difference = |drawn: &[usize]| -> Vec<(&'static str, f64)> {
        let one = f1s(&Counts::sum(drawn.iter().map(|index| &first[*index])));
        let two = f1s(&Counts::sum(drawn.iter().map(|index| &second[*index])));
        one.into_iter().zip(two).map(|((name, before), (_, after))| (name, after - before)).collect()
    };
    let replicates = Replicates::draw(first.len(), |drawn| {
        difference(drawn).into_iter().map(|(_, value)| Some(value)).collect()
    });
    let all: Vec<usize> = (0..first.len()).collect();
    let named = difference(&all).into_iter().enumerate();
    named
        .map(|(place, (name, value))| PairedDifference {
            name,
            difference: rounded(value),
            interval: replicates
                .interval(place)
                .map(|interval| Interval { low: rounded(interval.low), high: rounded(interval.high) }),
            turned: replicates
                .shares_around_zero(place)
                .map(|(below, above)| rounded((2.0 * below.min(above)).min(1.0))),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::counts::Count;

    fn counts(found: usize) -> Counts {
        let mut counts = Counts::default();
        counts.add(Count::EventsInGold, 10);
        counts.add(Count::EventsCoded, 10);
        counts.add(Count::Typed, found);
        counts
    }

    fn type_difference(first: &[Counts], second: &[Counts]) -> PairedDifference {
        paired_differences(first, second).remove(0)
    }

    #[test]
    fn a_set_does_not_differ_from_itself() {
        let documents: Vec<Counts> = (0..20).map(|index| counts(index % 7)).collect();
        let same = type_difference(&documents, &documents);
        assert_eq!((same.name, same.difference, same.turned), ("event_type", 0.0, Some(1.0)));
        assert_eq!(same.interval, Some(Interval { low: 0.0, high: 0.0 }));
    }

    #[test]
    fn a_gain_in_every_document_never_turns() {
        let before: Vec<Counts> = (0..20).map(|index| counts(index % 7)).collect();
        let after: Vec<Counts> = (0..20).map(|index| counts(index % 7 + 2)).collect();
        let gain = type_difference(&before, &after);
        assert_eq!((gain.difference, gain.turned), (0.2, Some(0.0)));
        assert!(gain.interval.is_some_and(|interval| (interval.low - 0.2).abs() < 1e-9));
    }

    #[test]
    fn a_gain_in_one_document_of_many_is_uncertain() {
        let before: Vec<Counts> = vec![counts(5); 20];
        let mut after = before.clone();
        after[3] = counts(9);
        after[4] = counts(2);
        let gain = type_difference(&before, &after);
        assert!(gain.turned.is_some_and(|turned| turned > 0.3), "{gain:?}");
        assert!(gain.interval.is_some_and(|interval| interval.low < 0.0 && interval.high > 0.0), "{gain:?}");
    }
}
