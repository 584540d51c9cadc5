//! Clitics: "don't" is "do" and "n't", "Xi's" is "Xi" and "'s".

use crate::Span;
use crate::characters::is_apostrophe;

/// The parts of a word without white space, as byte ranges from its start.
pub(crate) fn split_clitics(word: &str) -> Vec<Span> {
    let mut ends = vec![word.len()];
    // Two rounds: "wouldn't've".
    for _ in 0..2 {
        let whole = &word[..ends[ends.len() - 1]];
        match clitic_start(whole) {
            Some(start) if start > 0 => ends.push(start),
            _ => break,
        }
    }
    ends.reverse();
    let mut start = 0;
    let mut parts = Vec::with_capacity(ends.len());
    for end in ends {
        parts.push(Span::new(start, end));
        start = end;
    }
    parts
}

/// Byte where the last clitic of `word` begins.
fn clitic_start(word: &str) -> Option<usize> {
    let (at, mark) = word.char_indices().rev().take(3).find(|(_, c)| is_apostrophe(*c))?;
    let base = &word[..at];
    let letters = &word.as_bytes()[at + mark.len_utf8()..];
    match letters.to_ascii_lowercase().as_slice() {
        b"s" => (!is_decade(base)).then_some(at),
        b"t" => base.ends_with(['n', 'N']).then(|| at - 1),
        b"m" => base.eq_ignore_ascii_case("i").then_some(at),
        b"ll" | b"re" | b"ve" => Some(at),
        b"d" => takes_would(base).then_some(at),
        _ => None,
    }
}

/// "1960's" and "60's" are one word.
fn is_decade(base: &str) -> bool {
    matches!(base.len(), 2 | 4) && base.ends_with('0') && base.bytes().all(|byte| byte.is_ascii_digit())
}

/// "she'd", but not the name "Sa'd".
fn takes_would(base: &str) -> bool {
    base.chars().count() >= 3
        || ["i", "he", "we", "it"].iter().any(|pronoun| base.eq_ignore_ascii_case(pronoun))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(word: &str) -> Vec<&str> {
        split_clitics(word).into_iter().map(|span| span.of(word)).collect()
    }

    #[test]
    fn clitics_come_apart() {
        assert_eq!(parts("don't"), ["do", "n't"]);
        assert_eq!(parts("Won’t"), ["Wo", "n’t"]);
        assert_eq!(parts("wouldn't've"), ["would", "n't", "'ve"]);
        assert_eq!(parts("CHINA'S"), ["CHINA", "'S"]);
        assert_eq!(parts("I'm"), ["I", "'m"]);
        assert_eq!(parts("they’ll"), ["they", "’ll"]);
    }

    #[test]
    fn names_and_decades_stay_whole() {
        for word in ["O'Connell", "Ba'ath", "Sa'd", "ma'am", "1960's", "o'clock", "Qur'an", "n't", "'s"] {
            assert_eq!(parts(word), [word]);
        }
    }
}
