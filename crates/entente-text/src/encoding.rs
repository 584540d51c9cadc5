//! From bytes to clean text: which encoding, what was lost, what is no text at all.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

use crate::characters::is_invisible;

/// Text and what had to be done to get it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Decoded {
    pub(crate) text: String,
    /// One line for the user, when the input was not clean UTF-8.
    pub(crate) note: Option<String>,
}

/// The bytes are no text: a picture, an archive, a program.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct NotText;

/// First bytes of formats that may pass for text otherwise.
const SIGNATURES: &[&[u8]] = &[
    b"%PDF-",
    b"PK\x03\x04",
    b"\x1F\x8B",
    b"\x89PNG",
    b"\xFF\xD8\xFF",
    b"GIF8",
    b"{\\rtf",
    b"\x7FELF",
    b"BZh",
    b"\xFD7zXZ",
];

/// How much of the input the binary test and the detector look at, in bytes.
const SAMPLE: usize = 64 * 1024;

/// Decodes text of unknown encoding: byte order mark, UTF-8, UTF-16 by its zero bytes, then by detection.
pub(crate) fn decode(bytes: &[u8]) -> Result<Decoded, NotText> {
    decode_with_hint(bytes, None)
}

/// Decodes a page: as [`decode`], with the encoding that the page declares before detection.
pub(crate) fn decode_html(bytes: &[u8]) -> Result<Decoded, NotText> {
    decode_with_hint(bytes, declared_encoding(bytes))
}

fn decode_with_hint(bytes: &[u8], declared: Option<&'static Encoding>) -> Result<Decoded, NotText> {
    if SIGNATURES.iter().any(|signature| bytes.starts_with(signature)) {
        return Err(NotText);
    }
    if let Some((encoding, mark_length)) = Encoding::for_bom(bytes) {
        return decode_as(encoding, &bytes[mark_length..]);
    }
    if let Some(encoding) = utf16_without_mark(bytes) {
        return decode_as(encoding, bytes);
    }
    if bytes[..bytes.len().min(SAMPLE)].contains(&0) {
        return Err(NotText);
    }
    if std::str::from_utf8(bytes).is_ok() || is_mostly_utf8(bytes) {
        return decode_as(UTF_8, bytes);
    }
    let encoding = declared.filter(|encoding| *encoding != UTF_8).unwrap_or_else(|| detect(bytes));
    decode_as(encoding, bytes)
}

fn decode_as(encoding: &'static Encoding, bytes: &[u8]) -> Result<Decoded, NotText> {
    let (text, had_errors) = encoding.decode_without_bom_handling(bytes);
    if has_too_many_controls(&text) {
        return Err(NotText);
    }
    let name = encoding.name();
    let note = match (had_errors, encoding == UTF_8) {
        (false, true) => None,
        (false, false) => Some(format!("decoded from {name}")),
        (true, _) => Some(format!("broken {name}: unreadable bytes were replaced")),
    };
    Ok(Decoded { text: text.into_owned(), note })
}

/// English text in UTF-16 has a zero in every second byte.
fn utf16_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    const SHORTEST: usize = 8;
    let sample = &bytes[..bytes.len().min(4096) & !1];
    if sample.len() < SHORTEST {
        return None;
    }
    let pairs = sample.len() / 2;
    let zeros = |offset: usize| sample.iter().skip(offset).step_by(2).filter(|byte| **byte == 0).count();
    let (high, low) = (zeros(0), zeros(1));
    if low * 10 >= pairs * 7 && high * 20 <= pairs {
        return Some(UTF_16LE);
    }
    (high * 10 >= pairs * 7 && low * 20 <= pairs).then_some(UTF_16BE)
}

/// True when characters of several bytes are right at least as often as they are broken.
fn is_mostly_utf8(bytes: &[u8]) -> bool {
    let (mut right, mut broken) = (0usize, 0usize);
    for chunk in bytes.utf8_chunks() {
        right += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    right > 0 && right >= broken
}

fn detect(bytes: &[u8]) -> &'static Encoding {
    let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
    detector.feed(&bytes[..bytes.len().min(SAMPLE)], true);
    detector.guess(None, chardetng::Utf8Detection::Deny)
}

/// The label after `charset=` in the first kilobyte of a page.
fn declared_encoding(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(1024)]).to_ascii_lowercase();
    let (_, after) = head.split_once("charset")?;
    let label = after.trim_start().strip_prefix('=')?.trim_start().trim_start_matches(['"', '\'']);
    let end = label
        .find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | ':' | '.')))
        .unwrap_or(label.len());
    Encoding::for_label(&label.as_bytes()[..end])
}

/// True when more than one character in fifty of the sample steers a device.
fn has_too_many_controls(text: &str) -> bool {
    let (mut total, mut controls) = (0usize, 0usize);
    for c in text.chars().take(SAMPLE) {
        total += 1;
        controls += usize::from(c.is_control() && !matches!(c, '\n' | '\r' | '\t' | '\u{000C}'));
    }
    controls * 50 > total
}

/// One kind of line break, no control characters, no marks without width. Quotation marks stay as they are.
pub(crate) fn clean(text: &str) -> Cow<'_, str> {
    if !text.chars().any(|c| needs_cleaning(c) || is_dropped(c)) {
        return Cow::Borrowed(text);
    }
    let mut cleaned = String::with_capacity(text.len());
    let mut characters = text.chars().peekable();
    while let Some(c) = characters.next() {
        match c {
            '\r' if characters.peek() == Some(&'\n') => {}
            '\r' | '\u{0085}' | '\u{2028}' | '\u{2029}' => cleaned.push('\n'),
            _ if is_dropped(c) => {}
            _ if needs_cleaning(c) => cleaned.push(' '),
            _ => cleaned.push(c),
        }
    }
    Cow::Owned(cleaned)
}

/// As [`clean`], but character by character, so that code-point offsets into `text` stay right.
pub(crate) fn clean_in_place(text: String) -> String {
    if !text.chars().any(needs_cleaning) {
        return text;
    }
    let mut cleaned = String::with_capacity(text.len());
    let mut characters = text.chars().peekable();
    while let Some(c) = characters.next() {
        cleaned.push(match c {
            '\r' if characters.peek() == Some(&'\n') => ' ',
            '\r' | '\u{0085}' | '\u{2028}' | '\u{2029}' => '\n',
            _ if needs_cleaning(c) => ' ',
            _ => c,
        });
    }
    cleaned
}

/// Control characters and rare line breaks.
fn needs_cleaning(c: char) -> bool {
    (c.is_control() && !matches!(c, '\n' | '\t')) || matches!(c, '\u{2028}' | '\u{2029}')
}

/// Soft hyphens and marks without width.
fn is_dropped(c: char) -> bool {
    c == '\u{00AD}' || is_invisible(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text_of(bytes: &[u8]) -> String {
        decode(bytes).expect("text").text
    }

    fn utf16(text: &str, to_bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(to_bytes).collect()
    }

    #[test]
    fn reads_utf8_with_and_without_a_mark() {
        assert_eq!(decode("“né” — ok".as_bytes()), Ok(Decoded { text: "“né” — ok".to_string(), note: None }));
        assert_eq!(text_of("\u{FEFF}né".as_bytes()), "né");
    }

    #[test]
    fn reads_utf16_with_and_without_a_mark() {
        let text = "The envoys met in Orléans.";
        assert_eq!(text_of(&utf16(&format!("\u{FEFF}{text}"), u16::to_le_bytes)), text);
        assert_eq!(text_of(&utf16(&format!("\u{FEFF}{text}"), u16::to_be_bytes)), text);
        assert_eq!(text_of(&utf16(text, u16::to_le_bytes)), text);
        assert_eq!(text_of(&utf16(text, u16::to_be_bytes)), text);
    }

    #[test]
    fn detects_legacy_encodings() {
        let bytes = b"The minister said \x93we will not yield\x94 \x96 and left the caf\xE9 in Orl\xE9ans.";
        let decoded = decode(bytes).expect("text");
        assert_eq!(decoded.text, "The minister said “we will not yield” – and left the café in Orléans.");
        assert!(decoded.note.is_some_and(|note| note.contains("windows-1252")));
    }

    #[test]
    fn a_page_may_declare_its_encoding() {
        let page = b"<html><head><meta charset=\"iso-8859-2\"></head><p>Wa\xB3\xEAsa</p>";
        assert!(decode_html(page).expect("text").text.contains("Wałęsa"));
    }

    #[test]
    fn broken_utf8_is_read_with_a_note() {
        let decoded = decode(b"Erdo\xC4\x9Fan met Orb\xC3\xA1n \xFF today").expect("text");
        assert_eq!(decoded.text, "Erdoğan met Orbán \u{FFFD} today");
        assert!(decoded.note.is_some_and(|note| note.contains("replaced")));
    }

    #[test]
    fn refuses_what_is_no_text() {
        let noise: Vec<u8> = (0..4000u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
        for bytes in
            [b"\x00\x01\x02abc".as_slice(), b"%PDF-1.7 text", b"PK\x03\x04", &noise, &[1, 2, 3, 4, 5]]
        {
            assert_eq!(decode(bytes), Err(NotText));
        }
    }

    #[test]
    fn cleaning_leaves_one_kind_of_line_break_and_no_controls() {
        assert_eq!(clean("a\r\nb\rc\u{2028}d\u{7}e\u{200B}f\u{AD}g"), "a\nb\nc\nd efg");
        assert!(matches!(clean("“plain” text\n"), Cow::Borrowed(_)));
    }

    #[test]
    fn cleaning_in_place_keeps_code_point_offsets() {
        let text = "a\r\nb\u{7}\u{200B}c\rd";
        let cleaned = clean_in_place(text.to_string());
        assert_eq!(cleaned, "a \nb \u{200B}c\nd");
        assert_eq!(cleaned.chars().count(), text.chars().count());
    }
}
