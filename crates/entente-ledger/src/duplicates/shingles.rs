//! Documents as sets of word sequences.

use crate::hashing::{hash_words, words_of};

/// Words in a shingle. Four are rarely shared by chance, and a changed word spoils only four of them.
pub const SHINGLE_WORDS: usize = 4;

/// The distinct shingles of a text as 64-bit hashes, ascending.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shingles {
    hashes: Vec<u64>,
}

impl Shingles {
    /// Shingles of the words of a text. Case, punctuation and white space do not count. A text of fewer words than a
    /// shingle has is one shingle; a text without words has none.
    pub fn of(text: &str) -> Self {
        Self::of_words(&words_of(text))
    }

    /// Shingles of words in reading order.
    pub(super) fn of_words(words: &[String]) -> Self {
        let mut hashes: Vec<u64> = if words.is_empty() {
            Vec::new()
        } else if words.len() < SHINGLE_WORDS {
            vec![hash_words(words)]
        } else {
            words.windows(SHINGLE_WORDS).map(hash_words).collect()
        };
        hashes.sort_unstable();
        hashes.dedup();
        Self { hashes }
    }

    /// How many distinct shingles there are.
    pub fn len(&self) -> usize {
        self.hashes.len()
    }

    /// Whether the text had no words.
    pub fn is_empty(&self) -> bool {
        self.hashes.is_empty()
    }

    /// The hashes, ascending.
    pub fn hashes(&self) -> &[u64] {
        &self.hashes
    }

    /// How many shingles both have.
    pub fn shared(&self, other: &Self) -> usize {
        let mut count = 0;
        let mut theirs = other.hashes.iter().peekable();
        for hash in &self.hashes {
            while theirs.next_if(|their| *their < hash).is_some() {}
            if theirs.peek() == Some(&hash) {
                count += 1;
            }
        }
        count
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_and_punctuation_do_not_count() {
        assert_eq!(
            Shingles::of("The army, on Monday, said NO."),
            Shingles::of("the army on monday\nsaid  no")
        );
    }

    #[test]
    fn a_changed_word_spoils_as_many_shingles_as_it_stands_in() {
        let before = Shingles::of("one two three four five six seven eight nine ten");
        let after = Shingles::of("one two three four FIVES six seven eight nine ten");
        assert_eq!(before.len(), 7);
        assert_eq!(before.shared(&after), 7 - SHINGLE_WORDS);
    }

    #[test]
    fn short_texts_have_one_shingle_and_empty_ones_none() {
        assert_eq!(Shingles::of("no comment").len(), 1);
        assert!(Shingles::of(" … ").is_empty());
    }
}
