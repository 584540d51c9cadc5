//! Words after the UD English conventions, as the English Web Treebank has them from release 2.16 on:
//! clitics, currency signs, units and most hyphens stand apart; addresses, dates and prefixes do not.

use crate::Span;
use crate::characters::{before, from, is_apostrophe, is_attached, is_blank, is_closer, is_word_character};
use crate::clitics::split_clitics;
use crate::connectors::Connector;
use crate::lexicon::{LEXICON, is_lettered};

/// A longer word is cut into pieces of at most this many bytes.
pub(crate) const LONGEST_WORD: usize = 256;

/// Text without white space is taken in pieces of this many bytes, which bounds every look ahead.
const LONGEST_CHUNK: usize = 1024;

/// The words of one sentence in order; together they hold every character that is not white space.
pub(crate) fn words(text: &str, sentence: Span) -> Vec<Span> {
    let mut found = Vec::with_capacity(sentence.len() / 5 + 1);
    let final_stop = final_stop(text, sentence);
    let mut at = sentence.start;
    for chunk in sentence.of(text).split(is_blank) {
        let chunk_end = at + chunk.len();
        for piece in pieces(text, Span::new(at, chunk_end), LONGEST_CHUNK) {
            Chunk { text, span: piece, final_stop, words: &mut found }.read();
        }
        at = chunk_end + from(text, chunk_end).map_or(0, char::len_utf8);
    }
    found
}

/// The single full stop that ends the sentence, which is a word of its own also after an abbreviation.
fn final_stop(text: &str, sentence: Span) -> Option<usize> {
    let core = sentence.of(text).trim_end_matches(|c: char| is_closer(c) || is_blank(c));
    let stem = core.strip_suffix('.')?;
    (!stem.ends_with(['.', '!', '?'])).then_some(sentence.start + stem.len())
}

/// Cuts a range into pieces of at most `longest` bytes on character boundaries.
fn pieces(text: &str, span: Span, longest: usize) -> impl Iterator<Item = Span> + '_ {
    let mut start = span.start;
    std::iter::from_fn(move || {
        if start >= span.end {
            return None;
        }
        let mut end = span.end.min(start + longest);
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        let piece = Span::new(start, end);
        start = end;
        Some(piece)
    })
}

/// A stretch without white space.
struct Chunk<'t, 'w> {
    text: &'t str,
    span: Span,
    final_stop: Option<usize>,
    words: &'w mut Vec<Span>,
}

impl Chunk<'_, '_> {
    fn read(&mut self) {
        let chunk = self.span.of(self.text);
        if chunk.bytes().all(|byte| byte.is_ascii_alphabetic()) {
            return self.push_word(self.span);
        }
        if let Some(address) = address(self.text, self.span) {
            self.read_range(Span::new(self.span.start, address.start));
            self.push(address);
            return self.read_range(Span::new(address.end, self.span.end));
        }
        if is_bare_clitic(chunk) || is_abbreviated_and(chunk) {
            return self.push(self.span);
        }
        self.read_range(self.span);
    }

    fn read_range(&mut self, range: Span) {
        let mut at = range.start;
        while at < range.end {
            let Some(c) = from(self.text, at) else { return };
            at = if is_word_character(c) {
                self.read_core(at, range.end)
            } else {
                self.read_mark(at, c, range.end)
            };
        }
    }

    fn char_at(&self, at: usize, end: usize) -> Option<char> {
        if at < end { from(self.text, at) } else { None }
    }

    /// Reads one word from a letter or digit on and returns where it ends.
    fn read_core(&mut self, start: usize, end: usize) -> usize {
        let mut at = start;
        loop {
            at = self.skip_word_characters(at, end);
            let Some(mark) = self.char_at(at, end) else { break };
            let after_mark = at + mark.len_utf8();
            let Some(next) =
                self.char_at(after_mark, end).filter(|c| is_word_character(*c) && !is_attached(*c))
            else {
                break;
            };
            let connector = Connector { text: self.text, word_start: start, at, mark, next, end };
            if !connector.holds() {
                break;
            }
            at = after_mark;
        }
        if self.keeps_stop(Span::new(start, at), end) {
            self.push(Span::new(start, at + 1));
            return at + 1;
        }
        if self.char_at(at, end) == Some('$') && is_country_sign(&self.text[start..at]) {
            self.push(Span::new(start, at + 1));
            return at + 1;
        }
        self.push_word(Span::new(start, at));
        at
    }

    fn skip_word_characters(&self, start: usize, end: usize) -> usize {
        let rest = &self.text[start..end];
        start + rest.find(|c| !is_word_character(c)).unwrap_or(rest.len())
    }

    /// True when the full stop after `word` belongs to it.
    fn keeps_stop(&self, word: Span, end: usize) -> bool {
        if self.char_at(word.end, end) != Some('.') || self.final_stop == Some(word.end) {
            return false;
        }
        let form = word.of(self.text);
        let next = self.char_at(word.end + 1, end);
        let known = LEXICON.abbreviation(form).is_some() || is_single_letter(form);
        if next == Some('.') {
            return is_lettered(form) && self.char_at(word.end + 2, end) != Some('.');
        }
        if known {
            return !form.bytes().all(|byte| byte.is_ascii_digit());
        }
        next.is_none() && is_unknown_abbreviation(form)
    }

    /// Reads one mark, or a run of like marks, and returns where it ends.
    fn read_mark(&mut self, start: usize, c: char, end: usize) -> usize {
        let mut stop = self.mark_end(start, c, end);
        while let Some(joiner) = self.char_at(stop, end).filter(|next| is_attached(*next)) {
            stop += joiner.len_utf8();
        }
        self.push(Span::new(start, stop));
        stop
    }

    fn mark_end(&self, start: usize, c: char, end: usize) -> usize {
        let next_at = start + c.len_utf8();
        let rest = &self.text[start..end];
        let next = self.char_at(next_at, end);
        match c {
            '.' if next.is_some_and(|d| d.is_ascii_digit()) && !self.follows_word(start) => {
                return self.skip_word_characters(next_at, end);
            }
            '.' | '…' | '!' | '?' => return start + stop_run_length(rest),
            '#' | '@' if next.is_some_and(char::is_alphabetic) && !self.follows_word(start) => {
                return self.skip_word_characters(next_at, end);
            }
            ':' | ';' | '=' => {
                if let Some(length) = emoticon_length(rest) {
                    return start + length;
                }
            }
            _ if is_apostrophe(c) => return self.apostrophe_end(start, c, end),
            _ => {}
        }
        if ["->", "<-", "=>", ">=", "<="].iter().any(|arrow| rest.starts_with(arrow)) {
            return start + 2;
        }
        if !matches!(
            c,
            '-' | '–' | '—' | '*' | '=' | '_' | '+' | '#' | '~' | '<' | '>' | '^' | ',' | '`' | '$'
        ) {
            return next_at;
        }
        start + rest.find(|other| other != c).unwrap_or(rest.len())
    }

    fn follows_word(&self, at: usize) -> bool {
        at > self.span.start && before(self.text, at).is_some_and(is_word_character)
    }

    /// A quotation mark, a doubled one, a clitic after a quote or bracket, or a shortened word ("'em", "'90s").
    fn apostrophe_end(&self, start: usize, c: char, end: usize) -> usize {
        let letters_at = start + c.len_utf8();
        if self.char_at(letters_at, end) == Some(c) {
            return letters_at + c.len_utf8();
        }
        let letters_end = self.skip_word_characters(letters_at, end);
        let letters = &self.text[letters_at..letters_end];
        let clitic = matches!(letters, "s" | "S" | "ll" | "re" | "ve" | "m" | "d");
        if clitic && start > self.span.start {
            return letters_end;
        }
        let decade = letters.strip_suffix('s').unwrap_or(letters);
        let is_year = decade.len() == 2 && decade.bytes().all(|byte| byte.is_ascii_digit());
        let shortened = is_year || LEXICON.elided.contains(letters.to_lowercase().as_str());
        if shortened && c != '‘' && self.char_at(letters_end, end).is_none_or(|d| !is_apostrophe(d)) {
            return letters_end;
        }
        letters_at
    }

    /// Pushes a word that may hold clitics or a unit.
    fn push_word(&mut self, span: Span) {
        let word = span.of(self.text);
        if let Some(first) = contraction_split(word).or_else(|| unit_split(word)) {
            self.push(Span::new(span.start, span.start + first));
            return self.push(Span::new(span.start + first, span.end));
        }
        if word.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
            return self.push(span);
        }
        for part in split_clitics(word) {
            self.push(Span::new(span.start + part.start, span.start + part.end));
        }
    }

    fn push(&mut self, span: Span) {
        if span.len() <= LONGEST_WORD {
            return self.words.push(span);
        }
        self.words.extend(pieces(self.text, span, LONGEST_WORD));
    }
}

/// The length in bytes of the first part of "cannot" or "dont"; `None` for any other word.
fn contraction_split(word: &str) -> Option<usize> {
    const LONGEST: usize = 8;
    if word.len() > LONGEST || !word.is_ascii() {
        return None;
    }
    if matches!(word, "IM" | "IVE") {
        return None;
    }
    LEXICON.contraction(word)
}

/// The length of the number in "10am" or "5bn".
fn unit_split(word: &str) -> Option<usize> {
    if !word.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let number = word.find(|c: char| c.is_alphabetic())?;
    let unit = &word[number..];
    let is_plain =
        word[..number].bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b',' | b':'));
    (is_plain && LEXICON.units.contains(unit)).then_some(number)
}

/// "US", "HK" and "A" before a dollar sign.
fn is_country_sign(word: &str) -> bool {
    word.len() <= 3 && word.bytes().all(|byte| byte.is_ascii_uppercase())
}

fn is_single_letter(word: &str) -> bool {
    let mut characters = word.chars();
    characters.next().is_some_and(char::is_alphabetic) && characters.next().is_none()
}

/// A short word before a full stop that does not end its sentence.
fn is_unknown_abbreviation(word: &str) -> bool {
    const LONGEST: usize = 5;
    let vowels = ['a', 'e', 'i', 'o', 'u', 'y'];
    let capitalised = word.starts_with(char::is_uppercase) && word.chars().skip(1).all(char::is_lowercase);
    word.len() <= LONGEST && word.chars().all(char::is_alphabetic) && (capitalised || !word.contains(vowels))
}

/// "n't", "'s": tokenised text has them alone.
fn is_bare_clitic(chunk: &str) -> bool {
    let mut characters = chunk.chars();
    let Some(first) = characters.next() else { return false };
    let rest = characters.as_str();
    if is_apostrophe(first) {
        return matches!(rest, "s" | "S" | "ll" | "re" | "ve" | "m" | "d");
    }
    matches!(first, 'n' | 'N')
        && rest.starts_with(is_apostrophe)
        && rest.ends_with(['t', 'T'])
        && chunk.chars().count() == 3
}

/// "'n'" as in "rock 'n' roll".
fn is_abbreviated_and(chunk: &str) -> bool {
    matches!(chunk, "'n'" | "’n’" | "'N'")
}

/// Length in bytes of the run of stops at the start: dots alone, or full stops with other marks.
fn stop_run_length(rest: &str) -> usize {
    let is_dot = |c: char| matches!(c, '.' | '…');
    let dots = rest.find(|c| !is_dot(c)).unwrap_or(rest.len());
    if dots >= 2 {
        return dots;
    }
    rest.find(|c| !(is_dot(c) || matches!(c, '!' | '?'))).unwrap_or(rest.len())
}

/// ":)", ";-(" and their like, when nothing but marks follows.
fn emoticon_length(rest: &str) -> Option<usize> {
    let bytes = rest.as_bytes();
    let nose = usize::from(bytes.get(1) == Some(&b'-'));
    let mouth = *bytes.get(1 + nose)?;
    let follower = bytes.get(2 + nose);
    let is_face = matches!(mouth, b')' | b'(') || (matches!(mouth, b'D' | b'P' | b'p') && bytes[0] != b'=');
    (is_face && follower.is_none_or(|byte| byte.is_ascii_punctuation())).then_some(2 + nose)
}

/// The address of the net or of mail inside a chunk, without the marks around it.
fn address(text: &str, chunk: Span) -> Option<Span> {
    let form = chunk.of(text);
    let start = chunk.start + address_start(form)?;
    let mut end = chunk.end;
    let stops_early = |c: char| matches!(c, '<' | '>' | '"' | '”' | '“' | '’' | '‘' | '|' | '»');
    if let Some(cut) = text[start..end].find(stops_early) {
        end = start + cut;
    }
    let inner = &text[start..end];
    let mut core = inner.trim_end_matches(['.', ',', ';', ':', '!', '?', '\'', ']', '}', '*']);
    while core.ends_with(')') && core.matches(')').count() > core.matches('(').count() {
        core = core[..core.len() - 1].trim_end_matches(['.', ',']);
    }
    (core.len() > 3).then(|| Span::new(start, start + core.len()))
}

/// Where an address begins inside a chunk.
fn address_start(form: &str) -> Option<usize> {
    if let Some(colon) = form.find("://") {
        let scheme = form[..colon]
            .rfind(|c: char| !c.is_ascii_alphanumeric())
            .map_or(0, |at| at + from(form, at).map_or(1, char::len_utf8));
        return (scheme < colon).then_some(scheme);
    }
    if let Some(host) = form.find("www.") {
        return Some(host).filter(|at| before(form, *at).is_none_or(|c| !c.is_alphanumeric()));
    }
    let at_sign = form.find('@')?;
    let is_local = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-' | '+' | '%' | ':');
    let local = form[..at_sign]
        .rfind(|c: char| !is_local(c))
        .map_or(0, |at| at + from(form, at).map_or(1, char::len_utf8));
    let domain_follows = form[at_sign + 1..].starts_with(|c: char| c.is_ascii_alphanumeric());
    (local < at_sign && domain_follows).then_some(local)
}

#[cfg(test)]
mod tests;
