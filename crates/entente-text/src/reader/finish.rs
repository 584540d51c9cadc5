//! What all readers do at the end.

use super::ReadOptions;
use crate::encoding::{Decoded, NotText, clean};
use crate::language::{Language, identify, is_english_tag};
use crate::{Document, DocumentParts, Origin, ReadError};

/// Decodes one input.
pub(super) fn decode_input(decoded: Result<Decoded, NotText>, origin: &Origin) -> Result<Decoded, ReadError> {
    decoded.map_err(|NotText| ReadError::Binary { origin: origin.clone() })
}

/// Checks text, size and language, fills in the user's defaults, says in the notes which input they are about.
pub(super) fn finish(
    mut parts: DocumentParts,
    origin: &Origin,
    options: &ReadOptions,
) -> Result<Document, ReadError> {
    let has_words = |text: &str| text.chars().any(char::is_alphanumeric);
    if !has_words(&parts.body) && !parts.title.as_deref().is_some_and(has_words) {
        return Err(ReadError::Empty { origin: origin.clone() });
    }
    if parts.body.len() > options.longest_text {
        return Err(ReadError::TooLarge { origin: origin.clone(), limit: options.longest_text });
    }
    check_language(&mut parts, origin, options)?;
    if !has_word_breaks(&parts.body) {
        let reason = "almost no spaces: not prose".to_string();
        return Err(ReadError::Malformed { origin: origin.clone(), reason });
    }
    parts.published = parts.published.or(options.published);
    parts.publication = parts.publication.or_else(|| options.publication.clone());
    parts.notes = parts.notes.iter().map(|note| format!("{origin}: {note}")).collect();
    Ok(Document::new(parts))
}

/// False for long text with less than one space in 200 bytes, such as encoded data, which no analysis can read and
/// which would take minutes. English has one in six.
fn has_word_breaks(text: &str) -> bool {
    const LONG: usize = 20_000;
    const SPARSE: usize = 200;
    text.len() < LONG || text.bytes().filter(u8::is_ascii_whitespace).count() >= text.len() / SPARSE
}

fn check_language(
    parts: &mut DocumentParts,
    origin: &Origin,
    options: &ReadOptions,
) -> Result<(), ReadError> {
    if options.any_language {
        return Ok(());
    }
    let identified = identify(&parts.body);
    let states_english = parts.language.as_deref().is_some_and(is_english_tag);
    if identified == Language::English || identified == Language::Undetermined && states_english {
        parts.language = Some("en".to_string());
        return Ok(());
    }
    let language = match (identified, parts.language.as_deref()) {
        (Language::English | Language::Undetermined, None) => return Ok(()),
        (Language::English | Language::Undetermined, Some(tag)) => tag.to_string(),
        (Language::Other(name), _) => name.to_string(),
    };
    Err(ReadError::NotEnglish { origin: origin.clone(), language })
}

/// One line without surrounding white space; `None` when nothing is left.
pub(super) fn one_line(text: &str) -> Option<String> {
    let line = clean(text).split_whitespace().collect::<Vec<_>>().join(" ");
    (!line.is_empty()).then_some(line)
}
