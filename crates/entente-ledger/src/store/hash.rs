//! What makes two documents the same.

use entente_coder::record::Annotation;
use sha2::{Digest, Sha256};
use std::fmt;

/// SHA-256 of a document's text, title, day of publication and publication.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ContentHash([u8; 32]);

impl ContentHash {
    /// The hash of these parts. The day is in ISO 8601, as records have it.
    pub fn of(text: &str, title: Option<&str>, published: Option<&str>, publication: Option<&str>) -> Self {
        let mut hash = Sha256::new();
        for part in [Some(text), title, published, publication] {
            // The length keeps "ab" + "c" apart from "a" + "bc", the mark keeps "absent" apart from "empty".
            hash.update([u8::from(part.is_some())]);
            let bytes = part.unwrap_or_default().as_bytes();
            hash.update((bytes.len() as u64).to_le_bytes());
            hash.update(bytes);
        }
        Self(hash.finalize().into())
    }

    /// The hash of the document that was annotated.
    pub fn of_annotation(annotation: &Annotation) -> Self {
        Self::of(
            &annotation.text,
            annotation.title.as_deref(),
            annotation.published.as_deref(),
            annotation.publication.as_deref(),
        )
    }

    /// The 32 bytes.
    pub fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// The first 16 hexadecimal digits: the mark of a revision.
    pub(super) fn short(&self) -> String {
        self.to_string()[..16].to_owned()
    }
}

impl fmt::Display for ContentHash {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(out, "{byte:02x}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_do_not_run_together() {
        let base = ContentHash::of("text", Some("title"), None, None);
        assert_ne!(base, ContentHash::of("textt", Some("itle"), None, None));
        assert_ne!(base, ContentHash::of("text", None, Some("title"), None));
        assert_ne!(base, ContentHash::of("text", Some("title"), Some(""), None));
        assert_eq!(base, ContentHash::of("text", Some("title"), None, None));
    }
}
