//! What the labeller says, checked against the records.

use super::sheet::{NumberedRow, SheetRow};
use super::strata::Unit;
use crate::error::InputError;
use crate::gold::GoldParty;
use crate::spreadsheet::listed;
use crate::system::SystemDocument;
use entente_codebook::EventType;
use std::collections::{BTreeSet, HashMap};

/// A labelled row.
#[derive(Debug, Clone, PartialEq)]
pub struct Label {
    pub(crate) unit: Unit,
    /// The judgement.
    pub verdict: Verdict,
}

/// What a labelled row says.
#[derive(Debug, Clone, PartialEq)]
pub enum Verdict {
    /// The event is right: type, actors and recipients. Or: nothing was missed in the sentence.
    Right,
    /// There is no such event.
    NoEvent,
    /// There is an event, and this is right of it.
    Corrected(Correction),
    /// The sentence holds an event that was not coded.
    Missed(Correction),
}

/// What is right; absent parts are as coded.
#[derive(Debug, Clone, PartialEq)]
pub struct Correction {
    pub(crate) event: Option<EventType>,
    pub(crate) trigger: Option<String>,
    pub(crate) actor: Option<Vec<GoldParty>>,
    pub(crate) recipient: Option<Vec<GoldParty>>,
}

/// What was read from the rows of a sheet.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct LabelReading {
    /// The labelled rows.
    pub labels: Vec<Label>,
    /// How many rows bear no label yet.
    pub unlabelled: usize,
    /// Each fault with its place.
    pub faults: Vec<InputError>,
}

/// Checks the rows of a sheet against the records that it was drawn from. `name` stands for the file in messages. A
/// faulty row costs only itself.
pub fn read_labels(name: &str, rows: &[NumberedRow], documents: &[SystemDocument]) -> LabelReading {
    let by_id: HashMap<&str, usize> =
        documents.iter().enumerate().map(|(index, document)| (document.id.as_str(), index)).collect();
    let mut reading = LabelReading::default();
    let mut seen = BTreeSet::new();
    for NumberedRow { line, row } in rows {
        let label = unit_of(row, documents, &by_id).and_then(|unit| Ok((unit, verdict(row, unit)?)));
        let fault = match label {
            Ok((_, None)) => {
                reading.unlabelled += 1;
                continue;
            }
            // A sentence from which several events are missing has a row for each.
            Ok((unit, Some(verdict))) if seen.insert(unit) || matches!(verdict, Verdict::Missed(_)) => {
                reading.labels.push(Label { unit, verdict });
                continue;
            }
            Ok((unit, Some(_))) => {
                format!("{} of {} is labelled again", row.item, documents[unit.document].id)
            }
            Err(reason) => reason,
        };
        reading.faults.push(InputError::new(name, Some(*line), fault));
    }
    reading
}

/// The event or sentence of a row, which must be the one in the records.
fn unit_of(
    row: &SheetRow,
    documents: &[SystemDocument],
    by_id: &HashMap<&str, usize>,
) -> Result<Unit, String> {
    let unknown = || format!("the records have no {} in document {}", row.item, row.document_id);
    let document_index = *by_id.get(row.document_id.as_str()).ok_or_else(unknown)?;
    let document = &documents[document_index];
    let (kind, number) = row.item.trim().split_once(' ').ok_or_else(unknown)?;
    let index: usize = number.parse().map_err(|_| unknown())?;
    let is_sentence = match kind {
        "event" => false,
        "sentence" => true,
        _ => return Err(unknown()),
    };
    let text = document.text.as_deref().unwrap_or_default();
    let (sentence, is_same) = if is_sentence {
        (*document.sentences.get(index).ok_or_else(unknown)?, true)
    } else {
        let event = document.events.get(index).ok_or_else(unknown)?;
        let is_same = row.event == event.event.as_str() && has_same_words(&row.trigger, event.trigger_text());
        (event.sentence, is_same)
    };
    if !is_same || !has_same_words(&row.sentence, &sentence.of(text)) {
        return Err(format!("{} of {} is another in these records", row.item, row.document_id));
    }
    Ok(Unit { document: document_index, is_sentence, index })
}

/// The same letters and digits: sheets change white space and marks.
fn has_same_words(one: &str, two: &str) -> bool {
    let words = |text: &str| text.chars().filter(|character| character.is_alphanumeric()).collect::<String>();
    words(one) == words(two)
}

/// The judgement of a row; nothing where it bears no label.
fn verdict(row: &SheetRow, unit: Unit) -> Result<Option<Verdict>, String> {
    let correction = Correction {
        event: filled(&row.corrected_event).map(event_type).transpose()?,
        trigger: filled(&row.corrected_trigger).map(str::to_owned),
        actor: filled(&row.corrected_actor).map(parties).transpose()?,
        recipient: filled(&row.corrected_recipient).map(parties).transpose()?,
    };
    let is_corrected =
        [&row.corrected_event, &row.corrected_trigger, &row.corrected_actor, &row.corrected_recipient]
            .into_iter()
            .any(|cell| filled(cell).is_some());
    let is_right = match row.correct.trim().to_lowercase().as_str() {
        "" if is_corrected => return Err("corrected, but \"correct\" is empty".to_owned()),
        "" => return Ok(None),
        "yes" | "y" | "true" | "1" => true,
        "no" | "n" | "false" | "0" => false,
        other => return Err(format!("\"correct\" is yes, no or empty, not \"{other}\"")),
    };
    match (is_right, is_corrected) {
        (true, true) => Err("marked correct, and yet corrected".to_owned()),
        (true, false) => Ok(Some(Verdict::Right)),
        (false, _) if unit.is_sentence => {
            correction
                .event
                .ok_or("an event is missing from the sentence, but \"corrected_event\" is empty")?;
            check_trigger(row, &correction)?;
            Ok(Some(Verdict::Missed(correction)))
        }
        (false, false) => Ok(Some(Verdict::NoEvent)),
        (false, true) => {
            check_trigger(row, &correction)?;
            Ok(Some(Verdict::Corrected(correction)))
        }
    }
}

fn check_trigger(row: &SheetRow, correction: &Correction) -> Result<(), String> {
    match &correction.trigger {
        Some(trigger) if !row.sentence.contains(trigger.as_str()) => {
            Err(format!("the sentence has no \"{trigger}\""))
        }
        _ => Ok(()),
    }
}

fn filled(cell: &str) -> Option<&str> {
    Some(cell.trim()).filter(|cell| !cell.is_empty())
}

fn event_type(cell: &str) -> Result<EventType, String> {
    EventType::parse(&cell.to_uppercase()).ok_or_else(|| format!("unknown event type \"{cell}\""))
}

/// "RUS GOV; UKR": a code and, if known, a sector. "none" is nobody; "?" stands for an unknown code.
fn parties(cell: &str) -> Result<Vec<GoldParty>, String> {
    if cell.eq_ignore_ascii_case("none") {
        return Ok(Vec::new());
    }
    listed(cell).into_iter().filter(|part| !part.is_empty()).map(party).collect()
}

fn party(part: &str) -> Result<GoldParty, String> {
    let words: Vec<String> = part.split_whitespace().map(str::to_uppercase).collect();
    let is_code = |word: &str| word.len() == 3 && word.bytes().all(|byte| byte.is_ascii_uppercase());
    let (code, sector) = match words.as_slice() {
        [code] => (code, None),
        [code, sector] if is_code(sector) => (code, Some(sector.clone())),
        _ => return Err(format!("\"{part}\" is no code like RUS, or code and sector like RUS GOV")),
    };
    if code == "?" {
        return Ok(GoldParty { code: Some(String::new()), sector, text: String::new() });
    }
    if !is_code(code) {
        return Err(format!("\"{part}\" is no code like RUS, or code and sector like RUS GOV"));
    }
    Ok(GoldParty { code: Some(code.clone()), sector, text: String::new() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::system::read_records;

    const RECORDS: &str = r#"{"id": "a", "text": "Chad helps Mali. It rains.",
        "sentences": [{"start": 0, "end": 16}, {"start": 17, "end": 26}],
        "events": [{"event": "AID", "trigger": {"start": 5, "end": 10, "text": "helps"},
        "text_info": {"start": 0, "end": 16}}]}"#;

    fn event_row(correct: &str) -> SheetRow {
        SheetRow {
            document_id: "a".to_owned(),
            item: "event 0".to_owned(),
            event: "AID".to_owned(),
            trigger: "helps".to_owned(),
            sentence: "Chad helps Mali.".to_owned(),
            correct: correct.to_owned(),
            ..SheetRow::default()
        }
    }

    fn sentence_row(correct: &str) -> SheetRow {
        SheetRow {
            document_id: "a".to_owned(),
            item: "sentence 1".to_owned(),
            sentence: "It rains.".to_owned(),
            correct: correct.to_owned(),
            ..SheetRow::default()
        }
    }

    fn read(rows: Vec<SheetRow>) -> LabelReading {
        let documents = read_records("a", RECORDS).documents;
        let numbered: Vec<NumberedRow> =
            rows.into_iter().enumerate().map(|(index, row)| NumberedRow { line: index + 2, row }).collect();
        read_labels("s.csv", &numbered, &documents)
    }

    fn only_fault(row: SheetRow) -> String {
        let reading = read(vec![row]);
        assert_eq!((reading.labels.len(), reading.faults.len()), (0, 1), "{reading:?}");
        reading.faults[0].to_string()
    }

    #[test]
    fn labels_are_read_in_their_spellings() {
        let verdicts = |correct: &str| {
            let reading = read(vec![event_row(correct)]);
            reading.labels.into_iter().map(|label| label.verdict).collect::<Vec<_>>()
        };
        assert_eq!(verdicts(" Yes"), [Verdict::Right]);
        assert_eq!(verdicts("n"), [Verdict::NoEvent]);
        assert_eq!(verdicts(""), []);
        assert_eq!(read(vec![event_row("")]).unlabelled, 1);
    }

    #[test]
    fn corrections_name_codes_and_sectors() {
        let row = SheetRow {
            corrected_event: "support".to_owned(),
            corrected_actor: "TCD GOV; ?; uno".to_owned(),
            corrected_recipient: "none".to_owned(),
            ..event_row("no")
        };
        let reading = read(vec![row]);
        let Verdict::Corrected(correction) = &reading.labels[0].verdict else {
            panic!("{reading:?}");
        };
        assert_eq!(correction.event, Some(EventType::Support));
        assert_eq!(correction.recipient, Some(Vec::new()));
        let actor = correction.actor.as_ref().expect("the actor is corrected");
        let codes: Vec<Option<&str>> = actor.iter().map(|party| party.code.as_deref()).collect();
        assert_eq!(codes, [Some("TCD"), Some(""), Some("UNO")]);
        assert_eq!(actor[0].sector.as_deref(), Some("GOV"));
    }

    #[test]
    fn rows_that_contradict_themselves_are_named_with_their_line() {
        let corrected =
            |correct: &str| SheetRow { corrected_event: "AGREE".to_owned(), ..event_row(correct) };
        assert_eq!(only_fault(corrected("yes")), "s.csv:2: marked correct, and yet corrected");
        assert_eq!(only_fault(corrected("")), "s.csv:2: corrected, but \"correct\" is empty");
        assert!(only_fault(event_row("maybe")).ends_with("\"correct\" is yes, no or empty, not \"maybe\""));
        assert!(only_fault(sentence_row("no")).contains("\"corrected_event\" is empty"));
        let unknown = SheetRow { corrected_event: "HUG".to_owned(), ..event_row("no") };
        assert_eq!(only_fault(unknown), "s.csv:2: unknown event type \"HUG\"");
        let party = SheetRow { corrected_actor: "Chad".to_owned(), ..event_row("no") };
        assert!(only_fault(party).contains("\"Chad\" is no code like RUS"));
        let trigger = SheetRow {
            corrected_event: "AID".to_owned(),
            corrected_trigger: "snows".to_owned(),
            ..sentence_row("no")
        };
        assert_eq!(only_fault(trigger), "s.csv:2: the sentence has no \"snows\"");
    }

    #[test]
    fn rows_of_other_records_are_refused() {
        let other = SheetRow { trigger: "hurts".to_owned(), ..event_row("yes") };
        assert_eq!(only_fault(other), "s.csv:2: event 0 of a is another in these records");
        let absent = SheetRow { item: "event 7".to_owned(), ..event_row("yes") };
        assert_eq!(only_fault(absent), "s.csv:2: the records have no event 7 in document a");
        let nowhere = SheetRow { document_id: "z".to_owned(), ..event_row("yes") };
        assert_eq!(only_fault(nowhere), "s.csv:2: the records have no event 0 in document z");
    }

    #[test]
    fn only_missed_events_may_have_several_rows() {
        let missed = SheetRow { corrected_event: "AID".to_owned(), ..sentence_row("no") };
        assert_eq!(read(vec![missed.clone(), missed]).labels.len(), 2);
        let twice = read(vec![event_row("yes"), event_row("no")]);
        assert_eq!((twice.labels.len(), twice.faults.len()), (1, 1));
        assert_eq!(twice.faults[0].to_string(), "s.csv:3: event 0 of a is labelled again");
    }
}
