//! Plain text: one article a file.

use super::ReadOptions;
use super::finish::{decode_input, finish, one_line};
use crate::encoding::{clean, decode};
use crate::paragraphs::opens_with_headline;
use crate::{Document, DocumentParts, Origin, ReadError};

pub(super) fn read(bytes: &[u8], origin: &Origin, options: &ReadOptions) -> Result<Document, ReadError> {
    let decoded = decode_input(decode(bytes), origin)?;
    let text = clean(&decoded.text);
    let text = text.trim();
    let (title, body) = match (&options.title, split_title(text)) {
        (Some(title), Some((line, rest))) if line == title.trim() => (one_line(title), rest),
        (Some(title), _) => (one_line(title), text),
        (None, Some((line, rest))) => (Some(line.to_string()), rest),
        (None, None) => (None, text),
    };
    let parts = DocumentParts {
        title,
        body: body.to_string(),
        notes: decoded.note.into_iter().collect(),
        ..DocumentParts::default()
    };
    finish(parts, origin, options)
}

/// The first line and what follows its line feed, when the first line looks like a headline.
fn split_title(text: &str) -> Option<(&str, &str)> {
    if !opens_with_headline(text) {
        return None;
    }
    let (line, rest) = text.split_once('\n')?;
    // White space at the end of the line belongs to the body, so that title, line feed and body give the text.
    (line.trim_end() == line).then_some((line, rest))
}
