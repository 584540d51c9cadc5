//! The measures on a small gold of our own: four articles with every kind of error, and records for three of them.
//!
//! The expected figures are those of an independent scorer with the same rules.

use entente_evaluation::gold::{GoldDocument, read_json};
use entente_evaluation::system::{SystemDocument, read_records};
use entente_evaluation::{Evaluation, MissKind, Scores, compare, evaluate};
use std::path::Path;

fn gold() -> Vec<GoldDocument> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/gold");
    let mut documents = Vec::new();
    for name in ["andes-4", "north-3", "sahel-2", "skerry-1"] {
        let content =
            std::fs::read_to_string(folder.join(format!("{name}.json"))).expect("the gold is there");
        let reading = read_json(name, &content);
        assert_eq!(reading.faults, []);
        documents.extend(reading.documents);
    }
    documents
}

fn records() -> Vec<SystemDocument> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/records.jsonl");
    let reading =
        read_records("records.jsonl", &std::fs::read_to_string(path).expect("the records are there"));
    assert_eq!(reading.faults, []);
    reading.documents
}

fn evaluation() -> Evaluation {
    evaluate(&gold(), &records())
}

fn figures(scores: &Scores) -> (f64, f64, f64, usize, usize) {
    let value = |estimate: entente_evaluation::Estimate| estimate.value.expect("it is measured");
    (value(scores.precision), value(scores.recall), value(scores.f1), scores.gold, scores.coded)
}

#[test]
fn precision_recall_and_f1() {
    let evaluation = evaluation();
    let named = |name: &str| {
        let found = evaluation.scores.iter().find(|named| named.name == name).expect("it is measured");
        figures(&found.scores)
    };
    assert_eq!(named("event_type"), (0.6667, 0.6154, 0.64, 13, 12));
    assert_eq!(named("event_dyad"), (0.5, 0.4615, 0.48, 13, 12));
    assert_eq!(named("statements"), (0.75, 1.0, 0.8571, 3, 4));
    assert_eq!(named("people"), (0.6667, 1.0, 0.8, 2, 3));
    assert_eq!(evaluation.type_macro_f1.value, Some(0.5267));
    assert_eq!(evaluation.documents_without_records, ["andes-4"]);
}

#[test]
fn shares_of_what_was_found() {
    let evaluation = evaluation();
    let shares: Vec<(&str, Option<f64>)> =
        evaluation.rates.iter().map(|named| (named.name, named.rate.share.value)).collect();
    assert_eq!(
        shares,
        [
            ("actor", Some(0.875)),
            ("recipient", Some(0.75)),
            ("swapped", Some(0.125)),
            ("sector", Some(0.75)),
            ("mode", Some(0.6667)),
            ("aux", Some(0.75)),
            ("claim_present", Some(0.875)),
            ("claim_chain", Some(0.5)),
            ("date", Some(0.7143)),
            ("dyad", Some(0.75)),
            ("statement_speaker", Some(0.6667)),
            ("people_code", Some(0.5)),
            ("people_age", Some(1.0)),
        ]
    );
}

#[test]
fn scores_by_type() {
    let types: Vec<(&str, f64, usize, usize)> = evaluation()
        .types
        .iter()
        .map(|row| {
            let (_, _, f1, gold, coded) = figures(&row.scores);
            (row.event.as_str(), f1, gold, coded)
        })
        .collect();
    assert_eq!(
        types,
        [
            ("AGREE", 1.0, 1, 1),
            ("SUPPORT", 1.0, 1, 1),
            ("AID", 0.0, 1, 1),
            ("REQUEST", 0.0, 1, 0),
            ("ACCUSE", 1.0, 1, 1),
            ("REJECT", 0.0, 0, 1),
            ("THREATEN", 0.6667, 2, 1),
            ("PROTEST", 0.0, 1, 0),
            ("SANCTION", 0.8, 2, 3),
            ("COERCE", 0.0, 1, 0),
            ("ASSAULT", 0.8, 2, 3),
        ]
    );
}

#[test]
fn every_miss_has_its_reason() {
    let misses: Vec<(String, MissKind, String)> = evaluation()
        .misses
        .into_iter()
        .map(|miss| (format!("{} {}", miss.event, miss.trigger), miss.kind, miss.why))
        .collect();
    let of = |name: &str| {
        let found = misses.iter().find(|miss| miss.0 == name).expect("it is missed");
        (found.1, found.2.as_str())
    };
    assert_eq!(misses.len(), 7);
    assert_eq!(
        of("THREATEN warned"),
        (MissKind::Nothing, "no record and no rejected candidate in the sentence")
    );
    assert_eq!(of("AID sent").0, MissKind::RejectedNearby);
    assert_eq!(of("AID sent").1, "rejected in the sentence: \"doctors\", no trigger");
    assert_eq!(
        of("COERCE seized"),
        (MissKind::OtherType, "coded as ASSAULT at \"seized\": Rebels REB → MLI MIL")
    );
    assert_eq!(of("PROTEST marched"), (MissKind::Rejected, "rejected: subject is no political actor"));
    assert_eq!(of("REQUEST demanded").0, MissKind::OtherType);
    assert_eq!(of("ACCUSE condemned"), (MissKind::OtherParties, "found with: DNK GOV → DNK GOV"));
    assert_eq!(
        of("SANCTION recalled"),
        (MissKind::OtherParties, "actor and recipient swapped: NOR GOV → DNK GOV")
    );
}

#[test]
fn every_false_alarm_says_what_the_gold_has() {
    let alarms: Vec<(String, String)> = evaluation()
        .false_alarms
        .into_iter()
        .map(|alarm| (format!("{} {}", alarm.event, alarm.trigger), alarm.why))
        .collect();
    let expected = [
        ("AID aid", "the gold has nothing here"),
        ("ASSAULT seized", "the gold has COERCE at \"seized\""),
        ("SANCTION expels", "the gold has nothing here"),
        ("REJECT demanded", "the gold has REQUEST at \"demanded\""),
    ];
    assert_eq!(alarms, expected.map(|(event, why)| (event.to_owned(), why.to_owned())));
}

#[test]
fn types_taken_for_others_are_in_the_confusion() {
    let confusion = evaluation().confusion;
    let row =
        |gold: &str| confusion.rows.iter().find(|row| row.gold.as_str() == gold).expect("it is in the gold");
    let coded = |gold: &str| -> Vec<(&str, usize)> {
        row(gold).coded.iter().map(|(event, count)| (event.as_str(), *count)).collect()
    };
    assert_eq!(coded("REQUEST"), [("REJECT", 1)]);
    assert_eq!(coded("COERCE"), [("ASSAULT", 1)]);
    assert_eq!(coded("SANCTION"), [("SANCTION", 2)]);
    assert_eq!((row("PROTEST").nothing, row("THREATEN").nothing), (1, 1));
    let surplus: Vec<&str> = confusion.not_in_gold.iter().map(|(event, _)| event.as_str()).collect();
    assert_eq!(surplus, ["AID", "SANCTION"]);
}

#[test]
fn confidence_is_held_against_truth() {
    let calibration = evaluation().calibration.expect("the records state confidences");
    assert_eq!(calibration.bins.iter().map(|bin| bin.events).sum::<usize>(), 12);
    // 0.41, 0.5, 0.55 and 0.61 are wrong, all others right:
    // (0.41 + 0.5 + 0.55 + 0.61 + 2 − 1.49 + 2 − 1.73 + 4 − 3.79) / 12.
    assert_eq!(calibration.expected_calibration_error, 0.255);
}

#[test]
fn records_of_events_alone_are_measured_by_their_events() {
    let whole = records();
    let events_alone: Vec<SystemDocument> = whole
        .iter()
        .map(|document| SystemDocument { statements: None, people: None, ..document.clone() })
        .collect();
    let names: Vec<&str> = evaluate(&gold(), &events_alone).scores.iter().map(|named| named.name).collect();
    assert_eq!(names, ["event_type", "event_dyad"]);
}

#[test]
fn records_measured_twice_have_the_same_figures_and_no_difference() {
    let (records, gold) = (records(), gold());
    assert_eq!(evaluate(&gold, &records), evaluate(&gold, &records));
    let comparison = compare(&records, &records, Some(&gold));
    assert_eq!((comparison.agreement.agreement, comparison.differences.len()), (Some(1.0), 0));
    let against_gold = comparison.against_gold.expect("there is a gold");
    assert_eq!(against_gold.changes, []);
    assert!(against_gold.differences.iter().all(|difference| difference.difference == 0.0));
}

#[test]
fn losing_events_makes_records_worse() {
    let (before, gold) = (records(), gold());
    let mut after = before.clone();
    for document in &mut after {
        document.events.truncate(2);
    }
    let against_gold = compare(&before, &after, Some(&gold)).against_gold.expect("there is a gold");
    let f1 = &against_gold.differences[0];
    assert_eq!((f1.name, f1.difference < 0.0), ("event_type", true));
    let triggers = |kind: &str| -> Vec<&str> {
        let changes = against_gold.changes.iter().filter(|change| change.kind.as_str() == kind);
        changes.map(|change| change.trigger.as_str()).collect()
    };
    assert_eq!(triggers("worsened"), ["could close", "fire", "condemned", "recalled"]);
    assert_eq!(triggers("improved"), ["seized", "demanded"]);
}
