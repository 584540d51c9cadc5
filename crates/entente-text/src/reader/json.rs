//! JSON: an object an article; a file of objects, an array of them, or one a line.

use std::io::BufRead;

use serde_json::{Map, Value};

use super::ReadOptions;
use super::finish::{decode_input, finish, one_line};
use super::lines::{Line, Lines};
use crate::dates::parse_publication_date;
use crate::encoding::{clean, clean_in_place, decode};
use crate::{Document, DocumentParts, Origin, ReadError};

/// All articles of a JSON text that is in memory.
pub(super) fn read(bytes: &[u8], origin: &Origin, options: &ReadOptions) -> Vec<Result<Document, ReadError>> {
    let decoded = match decode_input(decode(bytes), origin) {
        Ok(decoded) => decoded,
        Err(error) => return vec![Err(error)],
    };
    if decoded.text.trim().is_empty() {
        return vec![Err(ReadError::Empty { origin: origin.clone() })];
    }
    let mut documents = Vec::new();
    for value in serde_json::Deserializer::from_str(&decoded.text).into_iter::<Value>() {
        match value {
            Ok(Value::Array(items)) => documents
                .extend(items.into_iter().map(|item| document(item, decoded.note.clone(), origin, options))),
            Ok(value) => documents.push(document(value, decoded.note.clone(), origin, options)),
            Err(error) => {
                documents.push(Err(malformed(&origin.at_line(error.line()), &error)));
                break;
            }
        }
    }
    documents
}

/// An article a line.
pub(super) struct LineReader<R> {
    lines: Lines<R>,
    origin: Origin,
    options: ReadOptions,
    saw_anything: bool,
    is_done: bool,
}

impl<R: BufRead> LineReader<R> {
    pub(super) fn new(stream: R, origin: Origin, options: ReadOptions) -> Self {
        let lines = Lines::new(stream, options.longest_input());
        Self { lines, origin, options, saw_anything: false, is_done: false }
    }

    fn read_line(&self, line: &[u8]) -> Result<Document, ReadError> {
        let origin = self.origin.at_line(self.lines.number());
        let decoded = decode_input(decode(line), &origin)?;
        let value = serde_json::from_str(&decoded.text).map_err(|error| malformed(&origin, &error))?;
        document(value, decoded.note, &origin, &self.options)
    }
}

impl<R: BufRead> Iterator for LineReader<R> {
    type Item = Result<Document, ReadError>;

    fn next(&mut self) -> Option<Self::Item> {
        while !self.is_done {
            let item = match self.lines.next_line() {
                Err(error) => {
                    self.is_done = true;
                    Err(ReadError::Io { origin: self.origin.clone(), error })
                }
                Ok(None) => {
                    self.is_done = true;
                    if self.saw_anything {
                        return None;
                    }
                    Err(ReadError::Empty { origin: self.origin.clone() })
                }
                Ok(Some(Line::TooLong)) => {
                    let origin = self.origin.at_line(self.lines.number());
                    Err(ReadError::TooLarge { origin, limit: self.options.longest_text })
                }
                Ok(Some(Line::Whole(line))) if line.trim_ascii().is_empty() => continue,
                Ok(Some(Line::Whole(line))) => self.read_line(&line),
            };
            self.saw_anything = true;
            return Some(item);
        }
        None
    }
}

fn malformed(origin: &Origin, error: &serde_json::Error) -> ReadError {
    ReadError::Malformed { origin: origin.clone(), reason: format!("not JSON: {error}") }
}

/// One article from its object.
fn document(
    value: Value,
    decoding_note: Option<String>,
    origin: &Origin,
    options: &ReadOptions,
) -> Result<Document, ReadError> {
    let wrong = |reason: &str| ReadError::Malformed { origin: origin.clone(), reason: reason.to_string() };
    let Value::Object(mut fields) = value else {
        return Err(wrong("not a JSON object"));
    };
    let text = match fields.remove("text") {
        Some(Value::String(text)) => clean_in_place(text),
        Some(_) => return Err(wrong("\"text\" is not a string")),
        None => return Err(wrong("no \"text\"")),
    };
    let mut notes: Vec<String> = decoding_note.into_iter().collect();
    let id = match fields.remove("id") {
        Some(Value::String(id)) => one_line(&id),
        Some(Value::Number(id)) => Some(id.to_string()),
        _ => None,
    };
    let creation_time = take_creation_time(&mut fields);
    let published = take_string(&mut fields, &["published", "date"]).or(creation_time).and_then(|stated| {
        let date = parse_publication_date(&stated);
        if date.is_none() {
            notes.push(format!("publication date {stated:?} not understood"));
        }
        date
    });
    let title = take_string(&mut fields, &["title"]);
    let (title_place, title, body) = place_title(title, text, options);
    let parts = DocumentParts {
        id,
        title,
        body,
        title_apart: title_place == TitlePlace::Apart,
        published,
        publication: take_string(&mut fields, &["publication", "source"]),
        url: take_string(&mut fields, &["url"]),
        language: take_string(&mut fields, &["language", "lang"]),
        notes,
    };
    finish(parts, origin, options)
}

/// The first of these fields that holds a string with something in it, as one line.
fn take_string(fields: &mut Map<String, Value>, names: &[&str]) -> Option<String> {
    names.iter().find_map(|name| match fields.remove(*name) {
        Some(Value::String(value)) => one_line(&value),
        _ => None,
    })
}

/// TimeML corpora state the day of publication as `"dct": {"value": "2008-03-01"}`, the document creation time.
fn take_creation_time(fields: &mut Map<String, Value>) -> Option<String> {
    match fields.remove("dct")? {
        Value::String(value) => one_line(&value),
        Value::Object(mut inner) => take_string(&mut inner, &["value"]),
        _ => None,
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum TitlePlace {
    InText,
    Apart,
}

/// Finds the title in the text, so that it is neither doubled nor moved.
fn place_title(
    title: Option<String>,
    text: String,
    options: &ReadOptions,
) -> (TitlePlace, Option<String>, String) {
    let Some(title) = title else {
        return (TitlePlace::InText, None, text);
    };
    if let Some((line, rest)) = text.split_once('\n')
        && one_line(line).as_deref() == Some(clean(&title).as_ref())
    {
        // The line as the text has it, white space included: joined again, the two give the text as it was.
        return (TitlePlace::InText, Some(line.to_string()), rest.to_string());
    }
    if options.title_into_text && !text.starts_with(&title) {
        return (TitlePlace::InText, Some(title), text);
    }
    (TitlePlace::Apart, Some(title), text)
}
