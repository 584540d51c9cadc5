//! What a publication prints under every article: disclaimers, appeals to subscribe, "reporting by". It must not
//! make copies of articles that share nothing else.

use crate::hashing::{hash_numbers, hash_text, hash_words, words_of};
use std::collections::HashMap;

/// A sentence is standing text of a publication once it stood in its documents on so many days. Days are counted and
/// not documents, as the versions of one article appear within a day or two.
const STANDING_DAYS: usize = 3;

/// Remembers on which days a publication printed which sentence. Memory: some 50 bytes a distinct sentence.
#[derive(Debug, Clone, Default)]
pub struct StandingText {
    /// By publication and sentence: up to `STANDING_DAYS` distinct days, hashed.
    days: HashMap<u64, Vec<u64>>,
}

impl StandingText {
    /// Nothing seen yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// How many sentences are remembered.
    pub fn len(&self) -> usize {
        self.days.len()
    }

    /// Whether nothing was seen yet.
    pub fn is_empty(&self) -> bool {
        self.days.is_empty()
    }

    /// Takes note of a document. `published` is its ISO 8601 day; documents without one, or without a publication, are
    /// no evidence.
    pub fn observe(&mut self, publication: Option<&str>, published: Option<&str>, text: &str) {
        let (Some(publication), Some(published)) = (publication, published) else { return };
        let day = hash_text(published.get(..10).unwrap_or(published));
        for sentence in sentences_of(text) {
            let Some(key) = key_of(publication, sentence) else { continue };
            let days = self.days.entry(key).or_default();
            if days.len() < STANDING_DAYS && !days.contains(&day) {
                days.push(day);
            }
        }
    }

    /// The text without the sentences that are standing text of its publication.
    pub fn without(&self, publication: Option<&str>, text: &str) -> String {
        let Some(publication) = publication else { return text.to_owned() };
        let kept = sentences_of(text).filter(|sentence| !self.is_standing(publication, sentence));
        kept.collect::<Vec<_>>().join("\n")
    }

    fn is_standing(&self, publication: &str, sentence: &str) -> bool {
        let Some(key) = key_of(publication, sentence) else { return false };
        self.days.get(&key).is_some_and(|days| days.len() >= STANDING_DAYS)
    }
}

/// Key of a sentence in a publication; none for what has no words.
fn key_of(publication: &str, sentence: &str) -> Option<u64> {
    let words = words_of(sentence);
    if words.is_empty() {
        return None;
    }
    Some(hash_numbers([hash_text(publication), hash_words(&words)]))
}

/// Roughly the sentences: parted at line ends and after full stops that white space follows. What matters is only that
/// the same text is always parted alike.
fn sentences_of(text: &str) -> impl Iterator<Item = &str> {
    text.lines()
        .flat_map(|line| line.split_inclusive(". "))
        .map(str::trim)
        .filter(|sentence| !sentence.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    const FOOTER: &str = "Sign up for our morning letter and never miss a story again.";

    #[test]
    fn a_footer_is_known_after_three_days() {
        let mut standing = StandingText::new();
        for (day, body) in
            [("2024-01-01", "Rain fell."), ("2024-01-02", "Snow fell."), ("2024-01-03", "Hail fell.")]
        {
            let article = format!("{body} {FOOTER}");
            assert!(standing.without(Some("Post"), &article).contains("morning letter"));
            standing.observe(Some("Post"), Some(day), &article);
        }
        assert_eq!(standing.without(Some("Post"), &format!("Fog came. {FOOTER}")), "Fog came.");
        assert!(
            standing.without(Some("Other"), FOOTER).contains("morning letter"),
            "another paper's words are its own"
        );
    }

    #[test]
    fn versions_of_one_article_are_no_standing_text() {
        let mut standing = StandingText::new();
        for _ in 0..5 {
            standing.observe(Some("Post"), Some("2024-01-01"), "Two ministers resigned on Monday.");
        }
        assert!(!standing.without(Some("Post"), "Two ministers resigned on Monday.").is_empty());
    }
}
