//! The document: one article and what is known about its publication.

use jiff::civil::Date;
use sha2::{Digest, Sha256};

/// What a reader knows about an article before it becomes a [`Document`].
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DocumentParts {
    /// The source's own identifier; a content hash takes its place where it is missing.
    pub id: Option<String>,
    /// Headline, one line.
    pub title: Option<String>,
    /// The article without its title.
    pub body: String,
    /// True when the title is not to stand before the body in the text.
    pub title_apart: bool,
    /// Day of publication.
    pub published: Option<Date>,
    /// Name of the paper, agency or site.
    pub publication: Option<String>,
    /// Where the article was found.
    pub url: Option<String>,
    /// ISO 639-1 code, where the source states it or the text shows it.
    pub language: Option<String>,
    /// What the reader changed or could not read, a line each.
    pub notes: Vec<String>,
}

/// One article. `text` is the title, a line feed, and the body; all offsets point into it. A source that gives
/// the title apart from the text keeps it apart here too, so that its own offsets stay right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// The source's identifier, or the first 16 hexadecimal digits of the SHA-256 of the text.
    pub id: String,
    /// Title (if it has one in the text), line feed, body.
    pub text: String,
    /// Length of the title in bytes; 0 without one in the text.
    pub title_len: usize,
    /// The title, when it is not part of the text.
    pub title_apart: Option<String>,
    /// Day of publication.
    pub published: Option<Date>,
    /// Name of the paper, agency or site.
    pub publication: Option<String>,
    /// Where the article was found.
    pub url: Option<String>,
    /// ISO 639-1 code, where the source states it or the text shows it.
    pub language: Option<String>,
    /// What the reader changed or could not read, a line each.
    pub notes: Vec<String>,
}

impl Document {
    /// Joins title and body and gives the document its identifier.
    pub fn new(parts: DocumentParts) -> Self {
        let title = parts.title.filter(|title| !title.trim().is_empty());
        let (title_apart, title) = if parts.title_apart { (title, None) } else { (None, title) };
        let title_len = title.as_ref().map_or(0, String::len);
        let text = match title {
            Some(title) => format!("{title}\n{}", parts.body),
            None => parts.body,
        };
        let id = parts.id.unwrap_or_else(|| content_id(&text));
        Self {
            id,
            text,
            title_len,
            title_apart,
            published: parts.published,
            publication: parts.publication,
            url: parts.url,
            language: parts.language,
            notes: parts.notes,
        }
    }

    /// The title, if the document has one, in the text or apart from it.
    pub fn title(&self) -> Option<&str> {
        if self.title_len > 0 { self.text.get(..self.title_len) } else { self.title_apart.as_deref() }
    }
}

fn content_id(text: &str) -> String {
    let digest = Sha256::digest(text.as_bytes());
    digest[..8].iter().map(|byte| format!("{byte:02x}")).collect()
}
