//! Readers: from files, directories, bytes and streams to documents.

mod directory;
mod html;
mod json;
mod plain;

use std::fs::File;
use std::io::{self, BufRead, BufReader, Cursor, Read};
use std::path::Path;

use jiff::civil::Date;

use crate::encoding::{Decoded, NotText, clean, decode};
use crate::language::{Language, identify, is_english_tag};
use crate::{Document, DocumentParts, Origin, ReadError};

/// A form in which articles come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Plain text, one article a file; a first line like a headline is the title.
    Text,
    /// One JSON object, several, or an array of them.
    Json,
    /// One JSON object a line.
    JsonLines,
    /// A web page.
    Html,
}

impl Format {
    /// The format that a file's extension names.
    pub fn from_extension(path: &Path) -> Option<Self> {
        let extension = path.extension()?.to_str()?.to_ascii_lowercase();
        match extension.as_str() {
            "txt" | "text" => Some(Self::Text),
            "json" => Some(Self::Json),
            "jsonl" | "ndjson" => Some(Self::JsonLines),
            "html" | "htm" | "xhtml" => Some(Self::Html),
            _ => None,
        }
    }
}

/// What the user says about the inputs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadOptions {
    /// Format of every input; by default extension and content tell.
    pub format: Option<Format>,
    /// Publication date of articles that state none.
    pub published: Option<Date>,
    /// Publication of articles that state none.
    pub publication: Option<String>,
    /// Title of plain texts that have none.
    pub title: Option<String>,
    /// Longest text of one document in bytes; a longer one is refused.
    pub longest_text: usize,
    /// Puts a JSON `title` that `text` does not begin with before the text. Without it the text stays exactly as
    /// given, so that offsets fall into the source's own `text`, and the title is only passed on.
    pub title_into_text: bool,
    /// Takes articles in every language; by default all but English are refused.
    pub any_language: bool,
}

impl Default for ReadOptions {
    fn default() -> Self {
        Self {
            format: None,
            published: None,
            publication: None,
            title: None,
            longest_text: 20 * 1024 * 1024,
            title_into_text: false,
            any_language: false,
        }
    }
}

impl ReadOptions {
    /// Bytes read of an input that holds one document: room for UTF-16, markup and escapes.
    fn longest_input(&self) -> usize {
        self.longest_text.saturating_mul(4)
    }
}

/// The documents of an input in order, each with its own error; one bad article does not end the rest.
pub struct Documents {
    inner: Box<dyn Iterator<Item = Result<Document, ReadError>> + Send>,
}

impl Documents {
    fn new(inner: impl Iterator<Item = Result<Document, ReadError>> + Send + 'static) -> Self {
        Self { inner: Box::new(inner) }
    }

    fn one(result: Result<Document, ReadError>) -> Self {
        Self::new(std::iter::once(result))
    }
}

impl Iterator for Documents {
    type Item = Result<Document, ReadError>;

    fn next(&mut self) -> Option<Self::Item> {
        self.inner.next()
    }
}

/// Reads a file, a directory with all below it (in the order of their names), or standard input for `-`.
///
/// JSON Lines are read line by line; every other file holds one document or a few and is read whole, up to
/// four times [`ReadOptions::longest_text`].
pub fn read_path(path: &Path, options: &ReadOptions) -> Documents {
    if path == Path::new("-") {
        return read_stream("standard input", BufReader::new(io::stdin()), options);
    }
    if path.is_dir() {
        return Documents::new(directory::DirectoryReader::new(path, options.clone()));
    }
    read_file(path, options)
}

fn read_file(path: &Path, options: &ReadOptions) -> Documents {
    let name = path.display().to_string();
    match File::open(path) {
        Ok(file) => {
            let format = options.format.or_else(|| Format::from_extension(path));
            read_stream(&name, BufReader::new(file), &ReadOptions { format, ..options.clone() })
        }
        Err(error) => Documents::one(Err(ReadError::Io { origin: Origin::new(name), error })),
    }
}

/// Reads documents from bytes in memory; `name` stands for the file in messages.
pub fn read_bytes(name: &str, bytes: Vec<u8>, options: &ReadOptions) -> Documents {
    read_stream(name, Cursor::new(bytes), options)
}

/// Reads documents from a stream; `name` stands for the file in messages. Without a format in `options` the
/// first bytes tell: `{` and `[` begin JSON, a tag begins a page, all else is plain text.
pub fn read_stream(
    name: &str,
    mut stream: impl BufRead + Send + 'static,
    options: &ReadOptions,
) -> Documents {
    let origin = Origin::new(name);
    let format = match options.format {
        Some(format) => format,
        None => match stream.fill_buf() {
            Ok(beginning) => sniff(beginning),
            Err(error) => return Documents::one(Err(ReadError::Io { origin, error })),
        },
    };
    if format == Format::JsonLines {
        return Documents::new(json::LineReader::new(stream, origin, options.clone()));
    }
    let bytes = match read_bounded(stream, options.longest_input()) {
        Ok(Some(bytes)) => bytes,
        Ok(None) => return Documents::one(Err(ReadError::TooLarge { origin, limit: options.longest_text })),
        Err(error) => return Documents::one(Err(ReadError::Io { origin, error })),
    };
    match format {
        Format::Json => Documents::new(json::read(&bytes, &origin, options).into_iter()),
        Format::Html => Documents::one(html::read(&bytes, &origin, options)),
        Format::Text | Format::JsonLines => Documents::one(plain::read(&bytes, &origin, options)),
    }
}

/// Everything, or `None` when there is more than `limit` bytes.
fn read_bounded(stream: impl Read, limit: usize) -> io::Result<Option<Vec<u8>>> {
    let mut bytes = Vec::new();
    let read = stream.take(limit as u64 + 1).read_to_end(&mut bytes)?;
    Ok((read <= limit).then_some(bytes))
}

/// The format that the first bytes of an input show.
fn sniff(beginning: &[u8]) -> Format {
    let text = String::from_utf8_lossy(beginning);
    let text = text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{FEFF}');
    if text.starts_with('{') {
        let first_line = text.lines().next().unwrap_or("").trim_end();
        let one_line = !text.contains('\n') || first_line.ends_with('}');
        return if one_line { Format::JsonLines } else { Format::Json };
    }
    if text.strip_prefix('[').is_some_and(|rest| rest.trim_start().starts_with(['{', ']'])) {
        return Format::Json;
    }
    let head: String = text.chars().take(512).collect::<String>().to_ascii_lowercase();
    let page_tags = ["<!doctype html", "<html", "<head", "<body", "<?xml", "<!--", "<article", "<div", "<p>"];
    if page_tags.iter().any(|tag| head.starts_with(tag)) { Format::Html } else { Format::Text }
}

/// Decodes one input.
fn decode_input(decoded: Result<Decoded, NotText>, origin: &Origin) -> Result<Decoded, ReadError> {
    decoded.map_err(|NotText| ReadError::Binary { origin: origin.clone() })
}

/// What all readers do at the end: checks text, size and language, fills in the user's defaults, says in the
/// notes which input they are about.
fn finish(mut parts: DocumentParts, origin: &Origin, options: &ReadOptions) -> Result<Document, ReadError> {
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
fn one_line(text: &str) -> Option<String> {
    let line = clean(text).split_whitespace().collect::<Vec<_>>().join(" ");
    (!line.is_empty()).then_some(line)
}

#[cfg(test)]
mod tests;
