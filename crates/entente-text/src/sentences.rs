//! Where sentences end inside a paragraph.

use crate::Span;
use crate::characters::{before, from, is_apostrophe, is_blank, is_closer, is_opener, is_terminator};
use crate::lexicon::{Abbreviation, LEXICON};
use crate::paragraphs::{is_list_label, trimmed};

/// The sentences of one paragraph in order; every character that is not white space is in one of them.
pub(crate) fn sentence_spans(text: &str, paragraph: Span) -> Vec<Span> {
    let mut scan = Scan { text, end: paragraph.end, sentence_start: paragraph.start, inside_quotes: false };
    let mut found = Vec::new();
    let mut at = paragraph.start;
    while let Some(c) = scan.char_at(at) {
        if c == '"' {
            scan.inside_quotes = !scan.inside_quotes;
        }
        if !is_terminator(c) {
            at += c.len_utf8();
            continue;
        }
        let stop = scan.read_stop(at);
        at = stop.end;
        if scan.ends_sentence(&stop) {
            found.extend(trimmed(text, Span::new(scan.sentence_start, stop.end)));
            scan.sentence_start = stop.end;
        }
    }
    found.extend(trimmed(text, Span::new(scan.sentence_start, paragraph.end)));
    found
}

struct Scan<'t> {
    text: &'t str,
    end: usize,
    sentence_start: usize,
    /// True between an odd and an even straight double quote of the paragraph.
    inside_quotes: bool,
}

/// A run of full stops, question and exclamation marks with the quotes and brackets that close after it.
struct Stop {
    start: usize,
    /// End of the marks, where the closers begin.
    marks_end: usize,
    /// End of the closers.
    end: usize,
}

impl Scan<'_> {
    fn char_at(&self, at: usize) -> Option<char> {
        if at < self.end { from(self.text, at) } else { None }
    }

    fn read_stop(&mut self, start: usize) -> Stop {
        let mut at = start;
        while let Some(c) = self.char_at(at).filter(|c| is_terminator(*c)) {
            at += c.len_utf8();
        }
        let marks_end = at;
        while let Some(c) = self.char_at(at).filter(|c| is_closer(*c)) {
            let next = self.char_at(at + c.len_utf8());
            let before_word = next.is_some_and(char::is_alphanumeric);
            if c == '"' {
                if before_word && !self.inside_quotes {
                    break;
                }
                self.inside_quotes = !self.inside_quotes;
            } else if is_apostrophe(c) && before_word {
                break;
            }
            at += c.len_utf8();
        }
        if marks_end < at || at == start {
            return Stop { start, marks_end, end: at };
        }
        let end = self.read_spaced_closer(at).unwrap_or(at);
        Stop { start, marks_end, end }
    }

    /// The end of a closing quote that stands apart, as in tokenised text: `talks . "`.
    fn read_spaced_closer(&mut self, at: usize) -> Option<usize> {
        let mark = at + self.char_at(at).filter(|c| is_blank(*c))?.len_utf8();
        let closer = self.char_at(mark)?;
        let closes = match closer {
            '"' => self.inside_quotes,
            '”' | '»' | ')' => true,
            '\'' => self.text[mark..self.end].starts_with("''"),
            _ => false,
        };
        let width = if closer == '\'' { 2 } else { closer.len_utf8() };
        if !closes || self.char_at(mark + width).is_some_and(|c| !is_blank(c)) {
            return None;
        }
        if closer == '"' {
            self.inside_quotes = false;
        }
        Some(mark + width)
    }

    fn ends_sentence(&self, stop: &Stop) -> bool {
        let Some(next) = self.char_at(stop.end) else {
            return true;
        };
        if !is_blank(next) {
            return self.misses_space(stop, next);
        }
        let Some(follower) = self.follower(stop.end) else {
            // Nothing but white space and opening marks is left: they belong to this sentence.
            return false;
        };
        let marks = &self.text[stop.start..stop.marks_end];
        if marks.contains(['!', '?', '！', '？']) {
            return self.marked_stop_ends(stop, &follower);
        }
        if marks.contains('。') {
            return true;
        }
        if marks != "." {
            return self.ellipsis_ends(stop, &follower);
        }
        self.full_stop_ends(stop, &follower)
    }

    /// What comes after the white space: its first word and whether a quote or bracket opens before it.
    fn follower(&self, at: usize) -> Option<Follower<'_>> {
        const OPENERS_AT_MOST: usize = 16;
        let rest = &self.text[at..self.end];
        let blank = rest.len() - rest.trim_start_matches(is_blank).len();
        let mut start = at + blank;
        let mut openers = 0;
        while let Some(c) = self.char_at(start).filter(|c| is_opener(*c) || is_blank(*c)) {
            start += c.len_utf8();
            openers += 1;
            if openers == OPENERS_AT_MOST {
                break;
            }
        }
        let first = self.char_at(start)?;
        Some(Follower { word: self.word_from(start), first, start, opened: openers > 0 })
    }

    fn word_from(&self, start: usize) -> &str {
        const LONGEST: usize = 40;
        let mut end = start;
        while let Some(c) = self.char_at(end).filter(|c| c.is_alphanumeric()) {
            end += c.len_utf8();
            if end - start >= LONGEST {
                break;
            }
        }
        &self.text[start..end]
    }

    /// The letters, digits and inner marks right before byte `at`, within this sentence.
    fn word_before(&self, at: usize) -> &str {
        const LONGEST: usize = 40;
        let mut start = at;
        while start > self.sentence_start && at - start < LONGEST {
            let Some(c) = before(self.text, start) else { break };
            if !(c.is_alphanumeric() || matches!(c, '.' | '-' | '\'' | '’' | '_')) {
                break;
            }
            start -= c.len_utf8();
        }
        let word = &self.text[start..at];
        word.trim_start_matches(|c: char| !c.is_alphanumeric())
    }

    /// "… an alliance.The talks …": no white space, but a small letter before and a capitalised word after.
    fn misses_space(&self, stop: &Stop, next: char) -> bool {
        let mut start = stop.end;
        let mut first = next;
        if matches!(first, '“' | '"') {
            start += first.len_utf8();
            let Some(c) = self.char_at(start) else { return false };
            first = c;
        }
        if !first.is_uppercase() || stop.start == self.sentence_start {
            return false;
        }
        let word = self.word_from(start);
        let rest_is_lower = word.chars().skip(1).all(char::is_lowercase);
        let after = self.char_at(start + word.len());
        if !rest_is_lower || after.is_some_and(|c| matches!(c, '.' | '@' | '/' | '_')) && word.len() < 2 {
            return false;
        }
        let left = self.word_before(stop.start);
        let letters = left.chars().count();
        let plain = left.chars().all(|c| c.is_lowercase() || c == '-' || is_apostrophe(c));
        let number = left.bytes().all(|byte| byte.is_ascii_digit());
        let closed = stop.end > stop.marks_end;
        let ordinary = letters >= 2 && (plain || number) && LEXICON.abbreviation(left).is_none();
        (ordinary || closed && letters >= 1) && !self.inside_address(stop.start)
    }

    /// True when the unbroken text around byte `at` looks like an address of the net.
    fn inside_address(&self, at: usize) -> bool {
        const LOOK: usize = 80;
        let mut start = at;
        while start > self.sentence_start && at - start < LOOK {
            match before(self.text, start) {
                Some('/' | '@') => return true,
                Some(c) if !is_blank(c) => start -= c.len_utf8(),
                _ => break,
            }
        }
        self.text[start..at].starts_with("www.")
    }

    fn marked_stop_ends(&self, stop: &Stop, follower: &Follower<'_>) -> bool {
        if matches!(before(self.text, stop.start), Some('(' | '[')) {
            return false;
        }
        let closed = stop.end > stop.marks_end;
        let left = self.word_before(stop.start);
        if follower.is_lower() {
            return !closed
                && !follower.opened
                && left.starts_with(char::is_lowercase)
                && !LEXICON.reporting_verbs.contains(follower.word)
                && !self.reporting_follows(follower.start);
        }
        if follower.first.is_ascii_punctuation() && !follower.opened {
            return false;
        }
        if closed {
            return follower.opened || !self.reporting_follows(follower.start);
        }
        !LEXICON.marked_names.contains(left)
    }

    /// True for `Smith asked`, `the minister of defence said`: a name or noun with a verb of saying after it.
    fn reporting_follows(&self, start: usize) -> bool {
        const WORDS: usize = 7;
        let mut at = start;
        for index in 0..WORDS {
            let word = self.word_from(at);
            if word.is_empty()
                || index == 0 && word.starts_with(char::is_uppercase) && LEXICON.openers.contains(word)
            {
                return false;
            }
            if LEXICON.reporting_verbs.contains(word) {
                return true;
            }
            at += word.len();
            match self.char_at(at) {
                Some(' ') => at += 1,
                Some('.') if word.len() <= 4 && self.char_at(at + 1) == Some(' ') => at += 2,
                Some('-') => at += 1,
                _ => return false,
            }
        }
        false
    }

    fn ellipsis_ends(&self, stop: &Stop, follower: &Follower<'_>) -> bool {
        if follower.is_lower() {
            return false;
        }
        let apart = before(self.text, stop.start).is_none_or(is_blank);
        if apart && stop.end == stop.marks_end {
            return LEXICON.openers.contains(follower.word);
        }
        true
    }

    fn full_stop_ends(&self, stop: &Stop, follower: &Follower<'_>) -> bool {
        let before_stop = before(self.text, stop.start);
        let closed = stop.end > stop.marks_end;
        if before_stop.is_none_or(is_blank) || stop.start == self.sentence_start {
            return self.spaced_stop_ends(stop, follower);
        }
        if before_stop.is_some_and(|c| !c.is_alphanumeric()) {
            return !follower.is_lower() || !closed && !follower.opened && before_stop == Some(')');
        }
        let word = self.word_before(stop.start);
        let opens_sentence =
            self.text[self.sentence_start..stop.start].trim_start_matches(is_blank).len() == word.len();
        if opens_sentence && !closed && is_list_label(word) {
            return false;
        }
        if follower.is_lower() {
            return !closed && !follower.opened && is_ordinary(word);
        }
        if follower.first.is_ascii_punctuation()
            && !follower.opened
            && !matches!(follower.first, '$' | '#' | '@')
        {
            return false;
        }
        let bracketed = self.text[stop.marks_end..stop.end].contains([')', ']']);
        match LEXICON.abbreviation(word) {
            Some(_) if closed && !bracketed => true,
            Some(Abbreviation::BeforeName) => false,
            Some(Abbreviation::BeforeNumber) => self.number_abbreviation_ends(word, follower),
            Some(Abbreviation::Closing) => {
                !follower.is_number() && !LEXICON.time_words.contains(follower.word)
            }
            Some(Abbreviation::Anywhere) => {
                LEXICON.openers.contains(follower.word) && !self.is_initial(follower)
            }
            None if is_initial_letter(word) && !closed => {
                LEXICON.openers.contains(follower.word) && follower.word.len() > 1
            }
            None => true,
        }
    }

    /// A full stop that stands apart, as in tokenised text, but not as a part of ". . .".
    fn spaced_stop_ends(&self, stop: &Stop, follower: &Follower<'_>) -> bool {
        let left = self.text[self.sentence_start..stop.start].trim_end_matches(is_blank);
        let in_ellipsis = follower.first == '.' || left.ends_with('.') && follower.is_lower();
        !left.is_empty() && !in_ellipsis
    }

    fn number_abbreviation_ends(&self, word: &str, follower: &Follower<'_>) -> bool {
        if follower.is_number() || follower.first == '#' || is_roman_numeral(follower.word) {
            return false;
        }
        let is_month = LEXICON.time_words.contains(word);
        !is_month || LEXICON.openers.contains(follower.word)
    }

    /// True for the "A." of "the U.S. A. Smith".
    fn is_initial(&self, follower: &Follower<'_>) -> bool {
        follower.word.len() == 1 && self.char_at(follower.start + 1) == Some('.')
    }
}

/// The beginning of what stands after a stop.
struct Follower<'t> {
    word: &'t str,
    first: char,
    start: usize,
    /// True when quotes, brackets or dashes stand before the word.
    opened: bool,
}

impl Follower<'_> {
    fn is_lower(&self) -> bool {
        self.first.is_lowercase()
    }

    fn is_number(&self) -> bool {
        self.first.is_numeric()
    }
}

/// A lower-case word or a year, after which even a small letter opens a sentence in careless text.
fn is_ordinary(word: &str) -> bool {
    let letters = word.chars().count();
    if word.bytes().all(|byte| byte.is_ascii_digit()) {
        return letters == 4;
    }
    letters >= 2
        && word.chars().all(|c| c.is_lowercase() || c == '-' || is_apostrophe(c))
        && LEXICON.abbreviation(word).is_none()
}

fn is_initial_letter(word: &str) -> bool {
    let mut characters = word.chars();
    let single = characters.next().is_some_and(char::is_uppercase) && characters.next().is_none();
    single && word != "I"
        || word.contains('-')
            && word
                .rsplit('-')
                .next()
                .is_some_and(|last| last.chars().count() == 1 && last.chars().all(char::is_uppercase))
}

fn is_roman_numeral(word: &str) -> bool {
    !word.is_empty()
        && word.len() <= 6
        && word.bytes().all(|byte| matches!(byte, b'I' | b'V' | b'X' | b'L' | b'C'))
}

#[cfg(test)]
mod tests;
