//! From records to a sample, its labels, the figures and a gold that can be measured again.

use entente_evaluation::evaluate;
use entente_evaluation::gold::read_json;
use entente_evaluation::review::{
    NumberedRow, SampleOptions, SheetRow, gold_documents, read_labels, read_sheet, review, sample,
};
use entente_evaluation::system::{SystemDocument, read_records};
use std::collections::BTreeSet;

/// Thirty documents of three sentences; in the first, an act is coded, in the second, an act is overlooked in every
/// tenth document, in the third, nothing happens.
fn documents() -> Vec<SystemDocument> {
    let mut lines = String::new();
    for index in 0..30 {
        let sentences = ["Chad helps Mali.", "Togo sues Benin.", "It rains today."];
        let text = sentences.join(" ");
        let confidence = if index % 2 == 0 { 0.9 } else { 0.4 };
        let event = serde_json::json!({
            "event": "AID", "confidence": confidence,
            "actor": [{"entity_text": "Chad", "entity_name": "Chad", "code": "TCD", "sector": "GOV"}],
            "recipient": [{"entity_text": "Mali", "entity_name": "Mali", "code": "MLI", "sector": "GOV"}],
            "trigger": {"start": 5, "end": 10, "text": "helps"}, "text_info": {"start": 0, "end": 16},
        });
        let spans =
            [(0, 16), (17, 33), (34, 49)].map(|(start, end)| serde_json::json!({"start": start, "end": end}));
        let document = serde_json::json!({"id": format!("d{index:02}"), "text": text, "sentences": spans, "events": [event]});
        lines.push_str(&document.to_string());
        lines.push('\n');
    }
    let reading = read_records("records.jsonl", &lines);
    assert_eq!(reading.faults, []);
    reading.documents
}

fn rows(size: usize, seed: u64) -> Vec<SheetRow> {
    sample(&documents(), SampleOptions { size, seed }).rows
}

/// A labeller who finds the coded act right where the confidence is high, and the overlooked one in every document
/// whose number ends in 0.
fn labelled(rows: Vec<SheetRow>) -> Vec<NumberedRow> {
    let label = |(index, mut row): (usize, SheetRow)| {
        let number: usize = row.document_id[1..].parse().expect("a number");
        let is_overlooked = row.sentence.starts_with("Togo") && number.is_multiple_of(10);
        let is_right = if row.event.is_empty() { !is_overlooked } else { number.is_multiple_of(2) };
        row.correct = if is_right { "yes" } else { "no" }.to_owned();
        if is_overlooked {
            row.corrected_event = "ACCUSE".to_owned();
            row.corrected_trigger = "sues".to_owned();
            row.corrected_actor = "TGO GOV".to_owned();
            row.corrected_recipient = "BEN".to_owned();
        }
        NumberedRow { line: index + 2, row }
    };
    rows.into_iter().enumerate().map(label).collect()
}

#[test]
fn the_same_seed_draws_the_same_rows() {
    assert_eq!(rows(20, 1), rows(20, 1));
    assert_ne!(rows(20, 1), rows(20, 2));
}

#[test]
fn a_sample_holds_events_of_all_confidences_and_sentences_with_and_without_events() {
    let rows = rows(20, 1);
    assert_eq!(rows.len(), 20);
    let (events, sentences): (Vec<&SheetRow>, Vec<&SheetRow>) =
        rows.iter().partition(|row| !row.event.is_empty());
    assert_eq!((events.len(), sentences.len()), (15, 5));
    let parities: BTreeSet<bool> =
        events.iter().map(|row| row.document_id.ends_with(['0', '2', '4', '6', '8'])).collect();
    assert_eq!(parities.len(), 2);
    let with_events: BTreeSet<bool> = sentences.iter().map(|row| row.found.is_empty()).collect();
    assert_eq!(with_events.len(), 2);
    let event = events[0];
    assert_eq!((event.actor.as_str(), event.after.as_str()), ("Chad (TCD GOV)", "Togo sues Benin."));
    let distinct: BTreeSet<(&str, &str)> =
        rows.iter().map(|row| (row.document_id.as_str(), row.item.as_str())).collect();
    assert_eq!(distinct.len(), rows.len());
}

#[test]
fn a_sample_of_everything_gives_the_true_figures() {
    let rows = labelled(rows(1_000, 7));
    assert_eq!(rows.len(), 30 + 90);
    let reading = read_labels("s.csv", &rows, &documents());
    assert_eq!(reading.faults, []);
    let review = review(&reading.labels, &documents());
    assert_eq!((review.precision.right, review.precision.labelled), (15, 30));
    assert_eq!(review.precision.share.value, Some(0.5));
    // Fifteen found, three overlooked.
    assert_eq!((review.recall.value, review.events_missed), (Some(0.8333), Some(3.0)));
    assert_eq!(review.events_not_covered, 0);
    // Sure ones are right (0.9), unsure ones wrong (0.4).
    assert_eq!(review.calibration.map(|calibration| calibration.expected_calibration_error), Some(0.25));
}

#[test]
fn a_part_of_the_sample_covers_the_truth() {
    let reading = read_labels("s.csv", &labelled(rows(60, 3)), &documents());
    let review = review(&reading.labels, &documents());
    let interval = review.precision.share.interval.expect("there are labels");
    assert!(interval.low < 0.5 && 0.5 < interval.high, "{review:?}");
    assert_eq!(review.sentences, 90);
    assert!(review.sentences_labelled < 90);
}

#[test]
fn the_gold_of_the_labels_measures_the_records_that_were_labelled() {
    let documents = documents();
    let reading = read_labels("s.csv", &labelled(rows(1_000, 7)), &documents);
    let gold = gold_documents(&reading.labels, &documents);
    assert_eq!(gold.len(), 30);
    let mut read_again = Vec::new();
    for document in &gold {
        let reading = read_json("gold.json", &serde_json::to_string(document).expect("it can be written"));
        assert_eq!(reading.faults, []);
        read_again.extend(reading.documents);
    }
    assert_eq!(read_again, gold);
    let evaluation = evaluate(&gold, &documents);
    let scores = &evaluation.scores[1];
    assert_eq!(
        (scores.name, scores.scores.gold, scores.scores.coded, scores.scores.found),
        ("event_dyad", 18, 30, 15)
    );
    let missed = evaluation.misses.iter().map(|miss| miss.trigger.as_str()).collect::<Vec<_>>();
    assert_eq!(missed, ["sues"; 3]);
}

#[test]
fn what_nobody_judged_is_neither_right_nor_wrong() {
    let documents = documents();
    let mut rows = rows(1_000, 7);
    rows.retain(|row| row.document_id == "d00" && row.item == "sentence 2");
    let reading = read_labels("s.csv", &labelled(rows), &documents);
    let gold = gold_documents(&reading.labels, &documents);
    let evaluation = evaluate(&gold, &documents);
    assert_eq!((evaluation.events_in_gold, evaluation.events_coded), (0, 0));
}

#[test]
fn a_sheet_goes_through_json_lines_unchanged() {
    let rows = rows(20, 1);
    let lines: Vec<String> =
        rows.iter().map(|row| serde_json::to_string(row).expect("it can be written")).collect();
    let read: Vec<SheetRow> =
        read_sheet("s.jsonl", &lines.join("\n")).rows.into_iter().map(|numbered| numbered.row).collect();
    assert_eq!(read, rows);
}
