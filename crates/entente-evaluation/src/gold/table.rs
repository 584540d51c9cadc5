//! Gold as CSV: one row an event, in columns that `entente code --format csv` has too.

use super::{GoldDocument, GoldEvent, GoldParty, GoldReading, shortened};
use crate::error::InputError;
use crate::spreadsheet::{delimiter, listed, unprotected, without_mark};
use csv::StringRecord;
use entente_codebook::{Aux, EventType};
use std::collections::{BTreeMap, BTreeSet};

/// An article's text that the user gives apart from the table.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct GivenText {
    /// The whole text.
    pub text: String,
    /// Title, if there is one.
    pub title: Option<String>,
    /// ISO 8601 day of publication.
    pub published: Option<String>,
    /// Paper, agency or site.
    pub publication: Option<String>,
}

/// Columns without which a table says nothing.
const NEEDED: [&str; 4] = ["sentence", "event", "actor_code", "recipient_code"];

/// Reads a table of events. The text of a document is the one given under its id, or else the row's `text`, or else
/// its sentences, one a line. `name` stands for the file in messages. A faulty row costs only itself.
pub fn read_csv(name: &str, content: &str, texts: &BTreeMap<String, GivenText>) -> GoldReading {
    let content = without_mark(content);
    let mut reader = csv::ReaderBuilder::new().delimiter(delimiter(content)).from_reader(content.as_bytes());
    let columns = match reader.headers() {
        Ok(headers) => Columns::of(headers),
        Err(error) => return refused(name, format!("not a table: {error}")),
    };
    let missing: Vec<&str> = NEEDED.into_iter().filter(|column| !columns.has(column)).collect();
    if !missing.is_empty() {
        return refused(name, format!("the table has no column {}", missing.join(", ")));
    }
    let mut table = Table {
        name,
        texts,
        documents: Vec::new(),
        places: BTreeMap::new(),
        whole: BTreeSet::new(),
        faults: Vec::new(),
    };
    for record in reader.records() {
        match record {
            Ok(record) => table.row(&columns, &record),
            Err(error) => {
                let line = error.position().map(|position| position.line() as usize);
                let reason = format!("malformed row: {}", csv_reason(&error));
                table.faults.push(InputError::new(name, line, reason));
            }
        }
    }
    GoldReading { documents: table.documents, faults: table.faults }
}

fn refused(name: &str, reason: String) -> GoldReading {
    GoldReading { documents: Vec::new(), faults: vec![InputError::new(name, Some(1), reason)] }
}

/// What is wrong with a row, without its place, which the message has already.
pub(crate) fn csv_reason(error: &csv::Error) -> String {
    match error.kind() {
        csv::ErrorKind::UnequalLengths { expected_len, len, .. } => {
            format!("{len} cells, but the header has {expected_len}")
        }
        csv::ErrorKind::Utf8 { .. } => "not UTF-8".to_owned(),
        _ => error.to_string(),
    }
}

/// Where each column stands.
struct Columns {
    names: BTreeMap<String, usize>,
}

impl Columns {
    fn of(headers: &StringRecord) -> Self {
        let names = headers.iter().enumerate();
        Self { names: names.map(|(at, name)| (name.trim().to_lowercase(), at)).collect() }
    }

    fn has(&self, name: &str) -> bool {
        self.names.contains_key(name)
    }

    /// The cell, or nothing where the table lacks the column or the row leaves it empty.
    fn cell<'r>(&self, record: &'r StringRecord, name: &str) -> Option<&'r str> {
        let cell = record.get(*self.names.get(name)?)?;
        Some(unprotected(cell)).filter(|cell| !cell.trim().is_empty())
    }
}

struct Table<'t> {
    name: &'t str,
    texts: &'t BTreeMap<String, GivenText>,
    documents: Vec<GoldDocument>,
    /// Where in `documents` an id stands.
    places: BTreeMap<String, usize>,
    /// Documents whose whole text is known; the others are made of their sentences.
    whole: BTreeSet<usize>,
    faults: Vec<InputError>,
}

impl Table<'_> {
    fn row(&mut self, columns: &Columns, record: &StringRecord) {
        let line = record.position().map(|position| position.line() as usize);
        if record.iter().all(|cell| cell.trim().is_empty()) {
            return;
        }
        if let Err(reason) = self.try_row(columns, record, line) {
            self.faults.push(InputError::new(self.name, line, reason));
        }
    }

    fn try_row(
        &mut self,
        columns: &Columns,
        record: &StringRecord,
        line: Option<usize>,
    ) -> Result<(), String> {
        let event = match columns.cell(record, "event") {
            Some(cell) => Some(event_of(columns, record, cell.trim())?),
            None => None,
        };
        // A row without an id stands for itself: a sentence on its own.
        let id = match columns.cell(record, "document_id") {
            Some(id) => id.to_owned(),
            None => format!("{}:{}", self.name, line.unwrap_or_default()),
        };
        let sentence = columns.cell(record, "sentence");
        let place = self.document(columns, record, id, sentence)?;
        let document = &mut self.documents[place];
        let Some(mut event) = event else {
            return Ok(());
        };
        let sentence = sentence.ok_or("no sentence")?;
        event.sentence = as_in_text(&document.text, sentence).ok_or_else(|| {
            format!("the sentence does not occur in the text of {}: \"{}\"", document.id, shortened(sentence))
        })?;
        if let Some(fault) = event.misplaced(&document.text) {
            return Err(fault);
        }
        document.events.push(event);
        Ok(())
    }

    /// The document's place, after it has been made or has taken in the row's sentence.
    fn document(
        &mut self,
        columns: &Columns,
        record: &StringRecord,
        id: String,
        sentence: Option<&str>,
    ) -> Result<usize, String> {
        let given = self.texts.get(&id);
        let whole = given.map(|given| given.text.clone());
        let whole = whole.or_else(|| columns.cell(record, "text").map(str::to_owned));
        if let Some(place) = self.places.get(&id).copied() {
            let known = &mut self.documents[place].text;
            let grows = !self.whole.contains(&place);
            if let Some(sentence) = sentence.filter(|sentence| grows && as_in_text(known, sentence).is_none())
            {
                *known = format!("{known}\n{sentence}");
            }
            return Ok(place);
        }
        if whole.is_some() {
            self.whole.insert(self.documents.len());
        }
        let text = whole.or_else(|| sentence.map(str::to_owned)).ok_or("neither a sentence nor a text")?;
        let cell = |name: &str| columns.cell(record, name).map(str::to_owned);
        self.documents.push(GoldDocument {
            id: id.clone(),
            title: cell("title").or_else(|| given.and_then(|given| given.title.clone())),
            published: cell("published").or_else(|| given.and_then(|given| given.published.clone())),
            publication: cell("publication").or_else(|| given.and_then(|given| given.publication.clone())),
            text,
            events: Vec::new(),
            quotes: None,
            people: None,
            judged: None,
        });
        self.places.insert(id, self.documents.len() - 1);
        Ok(self.documents.len() - 1)
    }
}

/// The event of a row; its sentence is filled in when the text is known.
fn event_of(columns: &Columns, record: &StringRecord, name: &str) -> Result<GoldEvent, String> {
    let event =
        EventType::parse(&name.to_uppercase()).ok_or_else(|| format!("unknown event type \"{name}\""))?;
    let list = |column: &str| listed(columns.cell(record, column).unwrap_or_default());
    let mode: Vec<String> = list("mode").into_iter().map(str::to_lowercase).collect();
    if let Some(unknown) = mode.iter().find(|mode| !event.modes().any(|known| known == mode.as_str())) {
        return Err(format!("{event} has no mode \"{unknown}\""));
    }
    let aux: Result<Vec<Aux>, String> = list("aux").into_iter().map(aux_of).collect();
    let date = columns.cell(record, "date").map(|date| date.trim().to_owned());
    if let Some(date) = date.as_deref().filter(|date| !is_date(date)) {
        return Err(format!("\"{date}\" is no date like 2021-12-16, 2021-12 or 2021"));
    }
    Ok(GoldEvent {
        event,
        mode,
        aux: if columns.has("aux") { Some(aux?) } else { None },
        trigger: columns.cell(record, "trigger").unwrap_or_default().to_owned(),
        sentence: String::new(),
        actor: parties(columns, record, "actor"),
        recipient: parties(columns, record, "recipient"),
        claim: columns.has("claim_code").then(|| parties(columns, record, "claim")),
        date,
        country: None,
    })
}

fn aux_of(name: &str) -> Result<Aux, String> {
    let all = [Aux::Future, Aux::Hypothetical, Aux::Negation, Aux::Historical];
    all.into_iter().find(|aux| aux.as_str() == name).ok_or_else(|| format!("unknown aux \"{name}\""))
}

/// The parties of a role: as many as its longest cell lists.
fn parties(columns: &Columns, record: &StringRecord, role: &str) -> Vec<GoldParty> {
    let list = |column: &str| listed(columns.cell(record, column).unwrap_or_default());
    let (names, codes) = (list(role), list(&format!("{role}_code")));
    let sector_column = format!("{role}_sector");
    let sectors = list(&sector_column);
    let count = names.len().max(codes.len()).max(sectors.len());
    let at = |cells: &[&str], index: usize| cells.get(index).copied().unwrap_or_default().to_owned();
    (0..count)
        .map(|index| GoldParty {
            text: at(&names, index),
            code: Some(at(&codes, index)),
            sector: columns.has(&sector_column).then(|| at(&sectors, index)),
        })
        .collect()
}

/// A year, a month or a day.
fn is_date(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let lengths: Vec<usize> = parts.iter().map(|part| part.len()).collect();
    let digits = parts.iter().all(|part| part.bytes().all(|byte| byte.is_ascii_digit()));
    digits && matches!(lengths.as_slice(), [4] | [4, 2] | [4, 2, 2])
}

/// The sentence as the text has it: the same words, whatever white space parts them.
fn as_in_text(text: &str, sentence: &str) -> Option<String> {
    if text.contains(sentence) {
        return Some(sentence.to_owned());
    }
    let mut words = sentence.split_whitespace();
    let first = words.next()?;
    let rest: Vec<&str> = words.collect();
    text.match_indices(first).find_map(|(begin, _)| {
        let mut end = begin + first.len();
        for word in &rest {
            let after = text[end..].trim_start();
            if after.len() == text[end..].len() || !after.starts_with(word) {
                return None;
            }
            end = text.len() - after.len() + word.len();
        }
        Some(text[begin..end].to_owned())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEADER: &str = "document_id,sentence,trigger,event,mode,actor_code,recipient_code,date";

    fn read(rows: &str) -> GoldReading {
        read_csv("gold.csv", &format!("{HEADER}\n{rows}"), &BTreeMap::new())
    }

    #[test]
    fn the_sentences_of_a_document_make_its_text() {
        let reading = read(
            "a,Chad met Mali.,met,CONSULT,visit,TCD,MLI,2024-03\n\
             a,Mali left.,,,,,,\n\
             a,Chad met Mali.,met,AGREE,,TCD;NER,,\n\
             ,Togo waited.,,,,,,\n",
        );
        assert_eq!(reading.faults, []);
        assert_eq!(reading.documents.len(), 2);
        let first = &reading.documents[0];
        assert_eq!(first.text, "Chad met Mali.\nMali left.");
        assert_eq!(first.events.len(), 2);
        assert_eq!(first.events[1].actor.len(), 2);
        assert_eq!(first.events[0].aux, None);
        assert_eq!((reading.documents[1].id.as_str(), reading.documents[1].events.len()), ("gold.csv:5", 0));
    }

    #[test]
    fn bad_rows_are_named_with_their_lines() {
        let reading = read(
            "a,Chad met Mali.,met,CONFER,,TCD,MLI,\n\
             a,Chad met Mali.,met,CONSULT,riot,TCD,MLI,\n\
             a,Chad met Mali.,left,CONSULT,,TCD,MLI,\n\
             a,Chad met Mali.,met,CONSULT,,TCD,MLI,yesterday\n\
             a,Chad met Mali.,met\n\
             a,,met,CONSULT,,TCD,MLI,\n\
             a,Chad met Mali.,met,CONSULT,,TCD,MLI,\n",
        );
        let faults: Vec<String> = reading.faults.iter().map(ToString::to_string).collect();
        assert_eq!(
            faults,
            [
                "gold.csv:2: unknown event type \"CONFER\"",
                "gold.csv:3: CONSULT has no mode \"riot\"",
                "gold.csv:4: the trigger \"left\" does not occur in the sentence",
                "gold.csv:5: \"yesterday\" is no date like 2021-12-16, 2021-12 or 2021",
                "gold.csv:6: malformed row: 3 cells, but the header has 8",
                "gold.csv:7: no sentence",
            ]
        );
        assert_eq!(reading.documents[0].events.len(), 1);
    }

    #[test]
    fn a_table_without_its_columns_is_refused() {
        let reading = read_csv("gold.csv", "sentence,event\na,b\n", &BTreeMap::new());
        let faults: Vec<String> = reading.faults.iter().map(ToString::to_string).collect();
        assert_eq!(faults, ["gold.csv:1: the table has no column actor_code, recipient_code"]);
    }

    #[test]
    fn texts_given_apart_are_used_whatever_their_white_space() {
        let text = "Talks\nChad  met\nMali. Mali left.".to_owned();
        let texts = BTreeMap::from([("a".to_owned(), GivenText { text, ..GivenText::default() })]);
        let rows =
            format!("{HEADER}\na,Chad met Mali.,met,CONSULT,,TCD,MLI,\na,Chad met Niger.,met,CONSULT,,,,\n");
        let reading = read_csv("gold.csv", &rows, &texts);
        assert_eq!(reading.documents[0].events[0].sentence, "Chad  met\nMali.");
        assert_eq!(reading.faults.len(), 1);
        assert!(reading.faults[0].reason.starts_with("the sentence does not occur in the text of a"));
    }

    #[test]
    fn some_documents_of_a_table_may_have_their_text_and_others_not() {
        let table = "document_id,text,sentence,event,actor_code,recipient_code\n\
            a,It rains. Chad met Mali.,Chad met Mali.,CONSULT,TCD,MLI\n\
            b,,Chad met Mali.,CONSULT,TCD,MLI\n\
            b,,Mali left.,RETREAT,MLI,\n\
            a,,Mali left.,RETREAT,MLI,\n";
        let reading = read_csv("gold.csv", table, &BTreeMap::new());
        let texts: Vec<&str> = reading.documents.iter().map(|document| document.text.as_str()).collect();
        assert_eq!(texts, ["It rains. Chad met Mali.", "Chad met Mali.\nMali left."]);
        assert_eq!(reading.faults.len(), 1);
        assert_eq!(reading.faults[0].line, Some(5));
    }

    #[test]
    fn spreadsheets_may_write_marks_and_semicolons() {
        let table =
            "\u{feff}sentence;event;actor_code;recipient_code\nChad met Mali.;consult;\"TCD;NER\";MLI\n";
        let reading = read_csv("gold.csv", table, &BTreeMap::new());
        assert_eq!(reading.faults, []);
        let event = &reading.documents[0].events[0];
        assert_eq!((event.event, event.actor.len()), (EventType::Consult, 2));
    }
}
