//! Marks between two letters or digits: does the word go on over them?

use crate::characters::{before, from, is_apostrophe, is_word_character};
use crate::lexicon::{LEXICON, is_lettered};

/// A mark with a letter or digit on both sides.
pub(crate) struct Connector<'t> {
    pub(crate) text: &'t str,
    /// Where the word before the mark begins.
    pub(crate) word_start: usize,
    /// Where the mark stands.
    pub(crate) at: usize,
    pub(crate) mark: char,
    /// The character after the mark.
    pub(crate) next: char,
    /// Where the text without white space ends.
    pub(crate) end: usize,
}

/// How far a rule looks ahead, in bytes.
const LOOK: usize = 64;

impl Connector<'_> {
    /// True when the mark is inside a word.
    pub(crate) fn holds(&self) -> bool {
        let Some(previous) = before(self.text, self.at) else {
            return false;
        };
        let between_digits = previous.is_ascii_digit() && self.next.is_ascii_digit();
        match self.mark {
            '.' => between_digits || self.stop_holds(previous),
            ',' | ':' => between_digits,
            '-' | '‐' | '‑' => self.hyphen_holds(between_digits),
            '/' => self.slash_holds(between_digits),
            '&' => self.ampersand_holds(),
            '*' => previous.is_alphabetic() && self.next.is_alphabetic(),
            c => is_apostrophe(c) && !self.opens_after_digit(previous),
        }
    }

    fn left(&self) -> &str {
        &self.text[self.word_start..self.at]
    }

    /// The letters and digits after the mark.
    fn right(&self) -> &str {
        let start = self.at + self.mark.len_utf8();
        let rest = self.window(start);
        &rest[..rest.find(|c| !is_word_character(c)).unwrap_or(rest.len())]
    }

    /// At most [`LOOK`] bytes from `start`.
    fn window(&self, start: usize) -> &str {
        let mut stop = self.end.min(start + LOOK);
        while !self.text.is_char_boundary(stop) {
            stop -= 1;
        }
        &self.text[start..stop]
    }

    fn opens_after_digit(&self, previous: char) -> bool {
        previous.is_ascii_digit() && self.next.is_ascii_digit()
    }

    fn stop_holds(&self, previous: char) -> bool {
        let (left, right) = (self.left(), self.right());
        if left.len() > LOOK {
            return true;
        }
        let letters = right.chars().count();
        let lettered = is_lettered(left) || left.chars().count() == 1 || left == "Ph";
        if !previous.is_alphabetic() || !self.next.is_alphabetic() {
            return LEXICON.abbreviation(left).is_none() || lettered;
        }
        if lettered && letters <= 2 {
            return letters == 1 || self.next_after(right) == Some('.') || self.next.is_lowercase();
        }
        let capitalised = self.next.is_uppercase() && right.chars().skip(1).all(char::is_lowercase);
        if capitalised && letters >= 2 && !is_name_ending(right) {
            return false;
        }
        if LEXICON.abbreviation(left).is_some() && !lettered {
            return false;
        }
        self.is_net_name(left)
    }

    fn next_after(&self, right: &str) -> Option<char> {
        let after = self.at + self.mark.len_utf8() + right.len();
        if after < self.end { from(self.text, after) } else { None }
    }

    /// Hosts, files and groups: a known ending, several stops, or digits and capitals inside.
    fn is_net_name(&self, left: &str) -> bool {
        let start = self.at + 1;
        let rest = self.window(start);
        let is_inner = |c: char| is_word_character(c) || matches!(c, '.' | '-' | '_');
        let run = rest[..rest.find(|c| !is_inner(c)).unwrap_or(rest.len())].trim_end_matches(['.', '-']);
        let ending = run.rsplit('.').next().unwrap_or(run);
        let plain = |part: &str| part.chars().all(char::is_lowercase);
        is_name_ending(ending) || run.contains('.') || left.contains('.') || !(plain(left) && plain(run))
    }

    fn hyphen_holds(&self, between_digits: bool) -> bool {
        let left = self.left();
        if left.len() > LOOK {
            return false;
        }
        if between_digits {
            return self.is_number_code();
        }
        if before(self.text, self.word_start) == Some('-') && self.word_start > 0 && !left.contains('-') {
            return false;
        }
        LEXICON.prefixes.contains(left.to_lowercase().as_str())
    }

    /// "713-853-3989", "2016-10-05" and "345-9945" are codes; "1996-2000" and "10-15" are ranges.
    fn is_number_code(&self) -> bool {
        let run = self.window(self.word_start);
        let run = &run[..run.find(|c: char| !c.is_ascii_digit() && c != '-').unwrap_or(run.len())];
        let groups: Vec<usize> = run.trim_end_matches('-').split('-').map(str::len).collect();
        self.left().contains('-') || groups.len() >= 3 || matches!(groups.as_slice(), [3, 4] | [5, 4])
    }

    /// Dates ("8/7/01", "5/18") and one-letter pairs ("A/C") hold; "3/4" and "and/or" do not.
    fn slash_holds(&self, between_digits: bool) -> bool {
        let (left, right) = (self.left(), self.right());
        if !between_digits {
            let single = |part: &str| part.len() == 1 && part.bytes().all(|byte| byte.is_ascii_uppercase());
            return left.eq_ignore_ascii_case("w") || left == "b" || single(left) && single(right);
        }
        if left.contains('/') || self.next_after(right) == Some('/') {
            return true;
        }
        let number = |part: &str| part.parse::<u32>().ok();
        match (number(left), number(right)) {
            (Some(month), Some(day)) => (1..=12).contains(&month) && (13..=31).contains(&day),
            _ => left.contains('-') || right.len() >= 3 && left.len() == 3,
        }
    }

    /// "AT&T", "P&L".
    fn ampersand_holds(&self) -> bool {
        let short = |part: &str| part.len() <= 4 && part.bytes().all(|byte| byte.is_ascii_uppercase());
        short(self.left()) && short(self.right()) || self.left().len() == 1 && self.right().len() == 1
    }
}

fn is_name_ending(part: &str) -> bool {
    LEXICON.name_endings.contains(part)
        || part.len() <= 4 && LEXICON.name_endings.contains(part.to_lowercase().as_str())
}
