//! The sheet that a person labels: one row an event or a sentence.

use crate::error::InputError;
use crate::gold::csv_reason;
use crate::json_values::{self, Located};
use crate::spreadsheet::{delimiter, unprotected, without_mark};
use serde::{Deserialize, Serialize};

/// The columns in their order; the last six are for the labeller.
pub const COLUMNS: [&str; 20] = [
    "document_id",
    "item",
    "event",
    "mode",
    "aux",
    "date",
    "trigger",
    "actor",
    "recipient",
    "claim",
    "found",
    "before",
    "sentence",
    "after",
    "correct",
    "corrected_event",
    "corrected_trigger",
    "corrected_actor",
    "corrected_recipient",
    "notes",
];

/// One row. It shows neither confidence nor stratum, which would sway the labeller; both are found again through the
/// records.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SheetRow {
    /// The document's id.
    pub document_id: String,
    /// "event 3" or "sentence 12": counted in the document's records from 0.
    pub item: String,
    /// The coded type; empty for a sentence.
    pub event: String,
    /// The coded modes.
    pub mode: String,
    /// The coded auxiliary modes.
    pub aux: String,
    /// The coded date.
    pub date: String,
    /// The words that report the event.
    pub trigger: String,
    /// Those who act, with code and sector.
    pub actor: String,
    /// Those acted upon.
    pub recipient: String,
    /// Those who assert it.
    pub claim: String,
    /// For a sentence: what was coded in it.
    pub found: String,
    /// The sentence before.
    pub before: String,
    /// The sentence.
    pub sentence: String,
    /// The sentence after.
    pub after: String,
    /// yes or no; empty for not yet labelled.
    pub correct: String,
    /// The right type, or that of an event that was missed.
    pub corrected_event: String,
    /// The words that report a missed event.
    pub corrected_trigger: String,
    /// The right codes of those who act.
    pub corrected_actor: String,
    /// The right codes of those acted upon.
    pub corrected_recipient: String,
    /// Anything.
    pub notes: String,
}

impl SheetRow {
    /// The cells in the order of [`COLUMNS`].
    pub fn cells(&self) -> [&str; 20] {
        [
            &self.document_id,
            &self.item,
            &self.event,
            &self.mode,
            &self.aux,
            &self.date,
            &self.trigger,
            &self.actor,
            &self.recipient,
            &self.claim,
            &self.found,
            &self.before,
            &self.sentence,
            &self.after,
            &self.correct,
            &self.corrected_event,
            &self.corrected_trigger,
            &self.corrected_actor,
            &self.corrected_recipient,
            &self.notes,
        ]
    }

    /// The row without the apostrophes that keep a spreadsheet from running its cells.
    fn without_protection(mut self) -> Self {
        let cells = [
            &mut self.document_id,
            &mut self.trigger,
            &mut self.sentence,
            &mut self.corrected_trigger,
            &mut self.notes,
        ];
        for cell in cells {
            *cell = unprotected(cell).to_owned();
        }
        self
    }
}

/// A row with the line that it stands in, counted from 1.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NumberedRow {
    /// The line.
    pub line: usize,
    /// The row.
    pub row: SheetRow,
}

/// What was read from a sheet, and what is wrong with it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SheetReading {
    /// The rows.
    pub rows: Vec<NumberedRow>,
    /// Each fault with its place.
    pub faults: Vec<InputError>,
}

/// Reads a sheet as CSV or JSON lines, whichever it is. `name` stands for the file in messages.
pub fn read_sheet(name: &str, content: &str) -> SheetReading {
    let content = without_mark(content);
    if content.trim_start().starts_with(['{', '[']) {
        read_lines(name, content)
    } else {
        read_table(name, content)
    }
}

fn read_lines(name: &str, content: &str) -> SheetReading {
    let (values, faults) = json_values::read(name, content);
    let mut reading = SheetReading { rows: Vec::new(), faults };
    for Located { line, value } in values {
        match serde_json::from_value(value) {
            Ok(row) => reading.rows.push(NumberedRow { line, row }),
            Err(error) => reading.faults.push(InputError::new(name, Some(line), format!("no row: {error}"))),
        }
    }
    reading
}

fn read_table(name: &str, content: &str) -> SheetReading {
    let mut reading = SheetReading::default();
    let mut reader = csv::ReaderBuilder::new().delimiter(delimiter(content)).from_reader(content.as_bytes());
    let headers = reader.headers().cloned().unwrap_or_default();
    let lacking: Vec<&str> = ["document_id", "item", "correct"]
        .into_iter()
        .filter(|name| headers.iter().all(|has| has != *name))
        .collect();
    if !lacking.is_empty() {
        let reason = format!("the sheet has no column {}", lacking.join(", "));
        reading.faults.push(InputError::new(name, Some(1), reason));
        return reading;
    }
    for record in reader.records() {
        let (line, row) = match record {
            Ok(record) => {
                let line = record.position().map_or(0, |position| position.line() as usize);
                (Some(line), record.deserialize::<SheetRow>(Some(&headers)))
            }
            Err(error) => (error.position().map(|position| position.line() as usize), Err(error)),
        };
        match row {
            Ok(row) => {
                reading
                    .rows
                    .push(NumberedRow { line: line.unwrap_or_default(), row: row.without_protection() });
            }
            Err(error) => {
                let reason = format!("malformed row: {}", csv_reason(&error));
                reading.faults.push(InputError::new(name, line, reason));
            }
        }
    }
    reading
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cells_are_those_of_the_columns() {
        let filled = COLUMNS.map(str::to_owned);
        let mut row = serde_json::Map::new();
        for column in &filled {
            row.insert(column.clone(), column.clone().into());
        }
        let row: SheetRow = serde_json::from_value(row.into()).expect("all columns are known");
        assert_eq!(row.cells(), COLUMNS);
    }

    #[test]
    fn both_forms_are_read_with_their_lines() {
        let table = read_sheet(
            "s.csv",
            "document_id,item,correct,more\na,event 0,yes,x\na,event 1\n\"'=b\",event 2,no,\n",
        );
        let lines: Vec<usize> = table.rows.iter().map(|row| row.line).collect();
        assert_eq!(lines, [2, 4]);
        assert_eq!(table.rows[1].row.document_id, "=b");
        assert_eq!(table.faults[0].to_string(), "s.csv:3: malformed row: 2 cells, but the header has 4");
        let lines = read_sheet("s.jsonl", "{\"item\": \"event 0\", \"correct\": \"yes\"}\n{\"item\": 5}\n");
        assert_eq!((lines.rows.len(), lines.faults.len()), (1, 1));
    }

    #[test]
    fn a_sheet_without_its_columns_is_refused() {
        let reading = read_sheet("s.csv", "document_id,item\na,event 0\n");
        assert_eq!(reading.faults[0].to_string(), "s.csv:1: the sheet has no column correct");
    }
}
