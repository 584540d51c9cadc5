//! What became better and what worse from one set of records to another.

use crate::matched::Matched;
use crate::matching::match_events;
use crate::misses::shown_parties;
use entente_codebook::EventType;
use serde::Serialize;

/// For better or for worse.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ChangeKind {
    /// The second set is nearer to the gold.
    Improved,
    /// The first set is nearer to the gold.
    Worsened,
}

impl ChangeKind {
    /// The name in records.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Improved => "improved",
            Self::Worsened => "worsened",
        }
    }
}

/// One change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Change {
    /// The document.
    pub document_id: String,
    /// For better or for worse.
    pub kind: ChangeKind,
    /// The gold's type; the record's, for a false alarm.
    pub event: EventType,
    /// The gold's trigger; the record's, for a false alarm.
    pub trigger: String,
    /// The sentence.
    pub sentence: String,
    /// How the first set has it.
    pub first: String,
    /// How the second set has it.
    pub second: String,
}

/// How well a gold event was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Found {
    Not,
    Type,
    Dyad,
}

/// The changes in one document: gold events first, then false alarms that went or came.
pub(super) fn of(before: &Matched, after: &Matched) -> Vec<Change> {
    let mut changes = Vec::new();
    for index in 0..before.gold.events.len() {
        let (was, is) = (found(before, index), found(after, index));
        if was == is {
            continue;
        }
        let event = &before.gold.events[index];
        changes.push(Change {
            document_id: before.gold.id.clone(),
            kind: if is > was { ChangeKind::Improved } else { ChangeKind::Worsened },
            event: event.event,
            trigger: event.trigger.clone(),
            sentence: event.sentence.clone(),
            first: described(before, index, was),
            second: described(after, index, is),
        });
    }
    let matching = match_events(&before.system_views, &after.system_views, |_| false);
    let went = before.matching.right_alone.iter().filter(|index| matching.left_alone.contains(index));
    changes.extend(went.map(|index| false_alarm(before, *index, ChangeKind::Improved)));
    let came = after.matching.right_alone.iter().filter(|index| matching.right_alone.contains(index));
    changes.extend(came.map(|index| false_alarm(after, *index, ChangeKind::Worsened)));
    changes
}

fn found(side: &Matched, gold: usize) -> Found {
    match side.matching.same_type.iter().find(|pair| pair.0 == gold) {
        None => Found::Not,
        Some((_, coded)) if side.gold_views[gold].has_same_parties(&side.system_views[*coded]) => Found::Dyad,
        Some(_) => Found::Type,
    }
}

fn described(side: &Matched, gold: usize, found: Found) -> String {
    let coded = side.matching.same_type.iter().find(|pair| pair.0 == gold).map(|pair| pair.1);
    let parties = coded.map(|coded| shown_parties(&side.system.events[coded])).unwrap_or_default();
    match found {
        Found::Not => "missed".to_owned(),
        Found::Type => format!("found with other parties: {parties}"),
        Found::Dyad => format!("found: {parties}"),
    }
}

fn false_alarm(side: &Matched, index: usize, kind: ChangeKind) -> Change {
    let event = &side.system.events[index];
    let alarm = format!("false alarm: {}", shown_parties(event));
    let nothing = "not coded".to_owned();
    let (first, second) = match kind {
        ChangeKind::Improved => (alarm, nothing),
        ChangeKind::Worsened => (nothing, alarm),
    };
    Change {
        document_id: side.gold.id.clone(),
        kind,
        event: event.event,
        trigger: event.trigger_text().to_owned(),
        sentence: event.sentence.of(&side.gold.text),
        first,
        second,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::comparison::compare;
    use crate::gold::read_json;
    use crate::system::read_records;

    const GOLD: &str = r#"{"id": "a", "text": "Chad helps Mali.", "events": [{"event": "AID", "trigger": "helps",
        "sentence": "Chad helps Mali.", "actor": [{"code": "TCD"}], "recipient": [{"code": "MLI"}]}]}"#;

    fn record(kind: &str, actor: &str) -> String {
        format!(
            "{{\"event\": \"{kind}\", \"actor\": [{{\"code\": \"{actor}\"}}], \"recipient\": [{{\"code\": \"MLI\"}}], \
             \"text_info\": {{\"start\": 0, \"end\": 16}}}}"
        )
    }

    fn changes(first: &str, second: &str) -> Vec<(ChangeKind, String, String)> {
        let read =
            |events: &str| read_records("a", &format!("{{\"id\": \"a\", \"events\": [{events}]}}")).documents;
        let gold = read_json("gold", GOLD).documents;
        let comparison = compare(&read(first), &read(second), Some(&gold));
        let changes = comparison.against_gold.expect("there is a gold").changes.into_iter();
        changes.map(|change| (change.kind, change.first, change.second)).collect()
    }

    #[test]
    fn finding_an_event_is_better_and_losing_its_parties_is_worse() {
        assert_eq!(
            changes("", &record("AID", "TCD")),
            [(ChangeKind::Improved, "missed".to_owned(), "found: TCD → MLI".to_owned())]
        );
        assert_eq!(
            changes(&record("AID", "TCD"), &record("AID", "NER")),
            [(
                ChangeKind::Worsened,
                "found: TCD → MLI".to_owned(),
                "found with other parties: NER → MLI".to_owned()
            )]
        );
    }

    #[test]
    fn false_alarms_come_and_go() {
        let right = record("AID", "TCD");
        let both = format!("{right}, {}", record("ACCUSE", "TCD"));
        assert_eq!(changes(&right, &both)[0].0, ChangeKind::Worsened);
        assert_eq!(changes(&both, &right)[0].0, ChangeKind::Improved);
        assert_eq!(changes(&both, &both), []);
    }
}
