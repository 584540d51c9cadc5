//! The words from one position on, as the rules see them.

use super::words;
use entente_syntax::{Token, Upos};
use jiff::civil::Date;

pub(super) struct Cursor<'w> {
    pub(super) words: &'w [String],
    pub(super) tokens: &'w [Token],
    pub(super) at: usize,
    pub(super) day: Option<Date>,
}

impl<'w> Cursor<'w> {
    /// The lower-case word `ahead` of the position; empty beyond the sentence.
    pub(super) fn word(&self, ahead: usize) -> &'w str {
        self.words.get(self.at + ahead).map_or("", String::as_str)
    }

    /// The lower-case word before the position.
    pub(super) fn before(&self) -> &'w str {
        self.at.checked_sub(1).map_or("", |before| &self.words[before])
    }

    pub(super) fn end(&self, length: usize) -> usize {
        self.at + length
    }

    pub(super) fn is_noun(&self, ahead: usize) -> bool {
        self.tokens.get(self.at + ahead).is_some_and(|token| matches!(token.upos, Upos::Propn | Upos::Noun))
    }

    pub(super) fn month(&self, ahead: usize) -> Option<i8> {
        let month = words::month(self.word(ahead))?;
        // "may" and "march" are months only as names.
        let ambiguous = matches!(self.word(ahead), "may" | "march" | "mar");
        let named = self.tokens.get(self.at + ahead).is_some_and(|token| token.upos == Upos::Propn);
        (!ambiguous || named).then_some(month)
    }

    /// A day of a month: "3", "3rd".
    pub(super) fn day(&self, ahead: usize) -> Option<i8> {
        let word = self.word(ahead);
        let digits = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
        let suffix = &word[digits.len()..];
        let day: i8 = digits.parse().ok()?;
        (matches!(suffix, "" | "st" | "nd" | "rd" | "th") && (1..=31).contains(&day)).then_some(day)
    }

    /// A year of four digits.
    pub(super) fn year(&self, ahead: usize) -> Option<i16> {
        let word = self.word(ahead);
        let year: i16 = word.parse().ok()?;
        (word.len() == 4 && (1800..=2100).contains(&year)).then_some(year)
    }

    /// True when the clause speaks of what is to come.
    pub(super) fn in_future(&self) -> bool {
        let start = self.at.saturating_sub(12);
        self.words[start..self.at].iter().any(|word| {
            matches!(
                word.as_str(),
                "will" | "'ll" | "’ll" | "shall" | "due" | "scheduled" | "upcoming" | "set"
            )
        })
    }
}
