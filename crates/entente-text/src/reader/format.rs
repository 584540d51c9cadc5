//! The forms in which articles come, told by name or by the first bytes.

use std::path::Path;

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
    /// Rows of a table, one article each, with commas, semicolons, tabs or bars between the cells.
    Table,
    /// RSS, Atom or JSON Feed, one article an entry.
    Feed,
    /// An archive of the web (ISO 28500), one article a page.
    Warc,
    /// Articles as Nexis delivers them, many in a text.
    Nexis,
    /// PDF, one article a file.
    Pdf,
    /// A Word document (.docx), one article or a Nexis delivery.
    Docx,
}

impl Format {
    /// The format that a file's extension names. Of a packed file (`.gz`, `.zst`) the extension before counts.
    pub fn from_extension(path: &Path) -> Option<Self> {
        let (path, _) = without_packing(path);
        match extension(path)?.as_str() {
            "txt" | "text" => Some(Self::Text),
            "json" => Some(Self::Json),
            "jsonl" | "ndjson" => Some(Self::JsonLines),
            "html" | "htm" | "xhtml" => Some(Self::Html),
            "csv" | "tsv" | "tab" => Some(Self::Table),
            "rss" | "atom" | "rdf" => Some(Self::Feed),
            "warc" => Some(Self::Warc),
            "pdf" => Some(Self::Pdf),
            "docx" => Some(Self::Docx),
            _ => None,
        }
    }

    /// Whether a file of a directory is one that is read: by its extension or that of a packed file.
    pub(super) fn is_known(path: &Path) -> bool {
        Self::from_extension(path).is_some()
            || extension(path)
                .is_some_and(|extension| matches!(extension.as_str(), "xml" | "zip" | "gz" | "zst"))
    }

    /// What the extension says, where the first bytes may say better: a `.txt` may be a Nexis delivery, a `.csv` may
    /// only be called so, a `.json` may be a JSON Feed.
    pub(super) fn settled(named: Option<Self>, beginning: &[u8]) -> Self {
        let found = sniff(beginning);
        match (named, found) {
            (None, found) => found,
            (Some(Self::Text), Self::Nexis) | (Some(Self::Json | Self::Html), Self::Feed) => found,
            (Some(named), Self::Pdf | Self::Warc) if named != Self::JsonLines => found,
            (Some(named), _) => named,
        }
    }
}

/// How a file is packed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Packing {
    Gzip,
    Zstandard,
    Zip,
}

impl Packing {
    /// Told by the first bytes: names lie.
    pub(super) fn of(beginning: &[u8]) -> Option<Self> {
        match beginning {
            [0x1f, 0x8b, ..] => Some(Self::Gzip),
            [0x28, 0xb5, 0x2f, 0xfd, ..] => Some(Self::Zstandard),
            [b'P', b'K', 3 | 5, 4 | 6, ..] => Some(Self::Zip),
            _ => None,
        }
    }
}

/// The name of what is packed in a file of this name, and whether it is packed by its name.
pub(super) fn without_packing(path: &Path) -> (&Path, bool) {
    let is_packed = extension(path).is_some_and(|extension| matches!(extension.as_str(), "gz" | "zst"));
    match path.to_str().and_then(|name| name.rsplit_once('.')) {
        Some((inner, _)) if is_packed => (Path::new(inner), true),
        _ => (path, false),
    }
}

fn extension(path: &Path) -> Option<String> {
    Some(path.extension()?.to_str()?.to_ascii_lowercase())
}

/// The format that the first bytes of an input show; plain text where they show none.
pub(super) fn sniff(beginning: &[u8]) -> Format {
    if beginning.starts_with(b"%PDF-") {
        return Format::Pdf;
    }
    if beginning.starts_with(b"WARC/") {
        return Format::Warc;
    }
    let text = String::from_utf8_lossy(beginning);
    let text = text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{FEFF}');
    if text.starts_with('{') {
        if text.contains("jsonfeed.org/version") {
            return Format::Feed;
        }
        let first_line = text.lines().next().unwrap_or("").trim_end();
        let one_line = !text.contains('\n') || first_line.ends_with('}');
        return if one_line { Format::JsonLines } else { Format::Json };
    }
    if text.strip_prefix('[').is_some_and(|rest| rest.trim_start().starts_with(['{', ']'])) {
        return Format::Json;
    }
    let head: String = text.chars().take(2048).collect::<String>().to_ascii_lowercase();
    if is_feed(&head) {
        return Format::Feed;
    }
    let page_tags = ["<!doctype html", "<html", "<head", "<body", "<?xml", "<!--", "<article", "<div", "<p>"];
    if page_tags.iter().any(|tag| head.starts_with(tag)) {
        return Format::Html;
    }
    if super::nexis::looks_like_delivery(text) { Format::Nexis } else { Format::Text }
}

/// Whether the first element is that of a feed.
fn is_feed(head: &str) -> bool {
    let mut rest = head;
    while let Some(at) = rest.find('<') {
        rest = &rest[at + 1..];
        if rest.starts_with(['?', '!']) {
            continue;
        }
        let name: String = rest.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == ':').collect();
        return matches!(name.as_str(), "rss" | "feed" | "rdf:rdf" | "atom:feed");
    }
    false
}
