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
    /// Day of publication.
    pub published: Option<Date>,
    /// Name of the paper, agency or site.
    pub publication: Option<String>,
    /// Where the article was found.
    pub url: Option<String>,
    /// ISO 639-1 code, where the source states it.
    pub language: Option<String>,
}

/// One article. `text` is the title, a line feed, and the body; all offsets point into it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// The source's identifier, or the first 16 hexadecimal digits of the SHA-256 of the text.
    pub id: String,
    /// Title (if there is one), line feed, body.
    pub text: String,
    /// Length of the title in bytes; 0 without one.
    pub title_len: usize,
    /// Day of publication.
    pub published: Option<Date>,
    /// Name of the paper, agency or site.
    pub publication: Option<String>,
    /// Where the article was found.
    pub url: Option<String>,
    /// ISO 639-1 code, where the source states it.
    pub language: Option<String>,
}

impl Document {
    /// Joins title and body and gives the document its identifier.
    pub fn new(parts: DocumentParts) -> Self {
        let title = parts.title.filter(|title| !title.trim().is_empty());
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
            published: parts.published,
            publication: parts.publication,
            url: parts.url,
            language: parts.language,
        }
    }

    /// The title, if the document has one.
    pub fn title(&self) -> Option<&str> {
        (self.title_len > 0).then(|| &self.text[..self.title_len])
    }
}

fn content_id(text: &str) -> String {
    let digest = Sha256::digest(text.as_bytes());
    digest[..8].iter().map(|byte| format!("{byte:02x}")).collect()
}
