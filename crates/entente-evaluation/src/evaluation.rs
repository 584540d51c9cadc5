//! Records against annotated articles.

use crate::calibration::{Calibration, Judged};
use crate::confusion::Confusion;
use crate::counts::{Count, Counts};
use crate::figures::{Estimate, Figures, NamedRate, NamedScores, TypeScores};
use crate::gold::GoldDocument;
use crate::matched::Matched;
use crate::matching::{EventView, is_outside, match_events};
use crate::misses::{FalseAlarm, Miss};
use crate::system::SystemDocument;
use serde::Serialize;
use std::collections::HashMap;

/// How well records agree with the gold.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Evaluation {
    /// Gold documents.
    pub documents: usize,
    /// Gold events.
    pub events_in_gold: usize,
    /// Events coded in these documents.
    pub events_coded: usize,
    /// Gold documents that the records lack; their events count as missed.
    pub documents_without_records: Vec<String>,
    /// Events by type and by dyad; statements and people where they were annotated.
    pub scores: Vec<NamedScores>,
    /// The mean F1 over the types that the gold holds.
    pub type_macro_f1: Estimate,
    /// Shares that are right; those of modes, aux, claims and dates are of the events whose type was found.
    pub rates: Vec<NamedRate>,
    /// By type.
    pub types: Vec<TypeScores>,
    /// What was taken for what.
    pub confusion: Confusion,
    /// Whether the confidence can be believed; absent where the records state none.
    pub calibration: Option<Calibration>,
    /// Gold events not found, or not with their parties.
    pub misses: Vec<Miss>,
    /// Records that match no gold event.
    pub false_alarms: Vec<FalseAlarm>,
}

/// Measures records against annotated articles. Documents are matched by id; records of documents that the gold
/// lacks are left out.
pub fn evaluate(gold: &[GoldDocument], records: &[SystemDocument]) -> Evaluation {
    let by_id: HashMap<&str, &SystemDocument> =
        records.iter().map(|document| (document.id.as_str(), document)).collect();
    let absent = absent_document(records);
    let matched: Vec<Matched> = gold
        .iter()
        .map(|document| matched(document, by_id.get(document.id.as_str()).copied().unwrap_or(&absent)))
        .collect();
    let counts: Vec<Counts> = matched.iter().map(Matched::counts).collect();
    let sum = Counts::sum(&counts);
    let figures = Figures::of(&counts);
    let without = gold.iter().filter(|document| !by_id.contains_key(document.id.as_str()));
    Evaluation {
        documents: gold.len(),
        events_in_gold: sum.of(Count::EventsInGold),
        events_coded: sum.of(Count::EventsCoded),
        documents_without_records: without.map(|document| document.id.clone()).collect(),
        scores: figures.scores,
        type_macro_f1: figures.type_macro_f1,
        rates: figures.rates,
        types: figures.types,
        confusion: Confusion::of(&matched),
        calibration: Calibration::of(&judged(&matched)),
        misses: matched.iter().flat_map(Matched::misses).collect(),
        false_alarms: matched.iter().flat_map(Matched::false_alarms).collect(),
    }
}

/// What stands for a document that the records lack: nothing was found in it, of all that the records hold.
pub(crate) fn absent_document(records: &[SystemDocument]) -> SystemDocument {
    let holds_all = records.iter().any(|document| document.statements.is_some());
    SystemDocument {
        statements: holds_all.then(Vec::new),
        people: holds_all.then(Vec::new),
        ..SystemDocument::default()
    }
}

pub(crate) fn matched<'d>(gold: &'d GoldDocument, system: &'d SystemDocument) -> Matched<'d> {
    let gold_views = EventView::all_of_gold(gold);
    let system_views = EventView::all_of_system(&system.events);
    let judged = gold.judged.as_deref();
    let matching = match_events(&gold_views, &system_views, |view| is_outside(judged, view));
    Matched { gold, system, gold_views, system_views, matching }
}

/// The confidences of all records that count.
fn judged(documents: &[Matched]) -> Vec<Judged> {
    let mut judged = Vec::new();
    for document in documents {
        for (place, index) in document.counted_events().enumerate() {
            let Some(confidence) = document.system.events[index].confidence else { continue };
            let is_right = place < document.matching.same_type.len();
            judged.push(Judged { confidence, is_right, weight: 1.0 });
        }
    }
    judged
}
