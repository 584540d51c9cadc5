//! Word documents: the words of their text part, paragraph by paragraph.

use std::io::{BufReader, Cursor};

use quick_xml::Reader;
use quick_xml::events::Event;

use super::nexis::{NexisReader, looks_like_delivery};
use super::{BoxedStream, Documents, ReadOptions};
use crate::{Origin, ReadError};

/// Where the text of a Word document lies in its archive.
pub(super) const MAIN_PART: &str = "word/document.xml";

/// Reads the text part. A Nexis delivery holds many articles, any other document one.
pub(super) fn read(part: BoxedStream, origin: &Origin, options: &ReadOptions) -> Documents {
    match text_of(part, options.longest_input()) {
        Ok(Some(text)) if looks_like_delivery(&text) => {
            Documents::new(NexisReader::new(Cursor::new(text.into_bytes()), origin.clone(), options.clone()))
        }
        Ok(Some(text)) => Documents::one(super::plain::read(text.as_bytes(), origin, options)),
        Ok(None) => {
            Documents::one(Err(ReadError::TooLarge { origin: origin.clone(), limit: options.longest_text }))
        }
        Err(error) => {
            Documents::one(Err(ReadError::Malformed { origin: origin.clone(), reason: error.to_string() }))
        }
    }
}

/// A line a paragraph; none when there are more bytes than `limit`. Only the contents of `w:t`, tabs and breaks count.
fn text_of(part: BoxedStream, limit: usize) -> Result<Option<String>, quick_xml::Error> {
    let mut reader = Reader::from_reader(BufReader::new(part));
    let (mut buffer, mut text) = (Vec::new(), String::new());
    let mut is_text = false;
    loop {
        match reader.read_event_into(&mut buffer)? {
            Event::Start(element) => is_text = element.name().as_ref() == "w:t",
            Event::Empty(element) if matches!(element.name().as_ref(), "w:br" | "w:cr") => text.push('\n'),
            Event::Empty(element) if element.name().as_ref() == "w:tab" => text.push(' '),
            Event::End(element) => {
                is_text = false;
                if element.name().as_ref() == "w:p" {
                    text.push('\n');
                }
            }
            Event::Text(words) if is_text => text.push_str(&words),
            Event::GeneralRef(reference) if is_text => text.push_str(&character_of(&reference)),
            Event::Eof => return Ok(Some(text)),
            _ => {}
        }
        if text.len() > limit || buffer.len() > limit {
            return Ok(None);
        }
        buffer.clear();
    }
}

/// The character of an entity; nothing for one that XML does not define.
fn character_of(name: &str) -> String {
    let number = name.strip_prefix('#').and_then(|digits| match digits.strip_prefix(['x', 'X']) {
        Some(digits) => u32::from_str_radix(digits, 16).ok(),
        None => digits.parse().ok(),
    });
    match name {
        "amp" => "&".to_owned(),
        "lt" => "<".to_owned(),
        "gt" => ">".to_owned(),
        "quot" => "\"".to_owned(),
        "apos" => "'".to_owned(),
        _ => number.and_then(char::from_u32).map(String::from).unwrap_or_default(),
    }
}
