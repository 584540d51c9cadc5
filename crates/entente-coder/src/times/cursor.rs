//! The words from one position on, as the rules see them.

use super::words;
use entente_syntax::{Token, Upos};
use jiff::civil::Date;

/// Words before an expression that are looked at.
const REACH: usize = 12;

/// Of what a clause speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Direction {
    /// What was.
    Past,
    /// What is to come.
    Future,
    /// It does not say.
    Unknown,
}

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

    /// Whether the clause speaks of what was or of what is to come: told by the verb before the expression and by words of
    /// the future before that.
    pub(super) fn direction(&self) -> Direction {
        if self.before() == "since" {
            return Direction::Past;
        }
        let mut is_nearest =
            !matches!(self.before(), "until" | "till" | "by" | "for" | "to" | "from" | "before");
        for at in (self.at.saturating_sub(REACH)..self.at).rev() {
            if self.looks_ahead(at) {
                return Direction::Future;
            }
            let Some(token) = self.tokens.get(at).filter(|token| token.upos == Upos::Verb) else { continue };
            if is_nearest && self.tells_the_past(at, token) {
                return Direction::Past;
            }
            is_nearest = false;
        }
        Direction::Unknown
    }

    /// A word that makes the clause speak of what is to come; "due to start" does, "due to fog" does not.
    fn looks_ahead(&self, at: usize) -> bool {
        let word = |at: usize| self.words.get(at).map_or("", String::as_str);
        let is_verb =
            |at: usize| self.tokens.get(at).is_some_and(|token| matches!(token.upos, Upos::Verb | Upos::Aux));
        words::is_of_the_future(word(at), word(at + 1))
            || (word(at) == "due" && word(at + 1) == "to" && is_verb(at + 2))
    }

    /// A verb in a form of the past, unless another word makes it passive or perfect of something else, or it is one that
    /// looks ahead.
    fn tells_the_past(&self, at: usize, token: &Token) -> bool {
        let form = &self.words[at];
        let is_inflected = *form != token.lemma && !form.ends_with("ing") && !form.ends_with('s');
        let helpers = &self.words[at.saturating_sub(3)..at];
        let has = |words: &[&str]| helpers.iter().any(|word| words.contains(&word.as_str()));
        let is_perfect = has(&["had", "has", "have"]);
        let is_open = has(&["be", "to", "would", "could", "may"]);
        (is_inflected || is_perfect) && !is_open && !words::looks_ahead(&token.lemma)
    }
}
