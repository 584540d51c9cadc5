//! Is it English? What is not is refused whole, never half-coded.

use whatlang::{Lang, detect};

use crate::characters::is_blank;

/// What the words say about the language of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Language {
    English,
    /// Another language, by its English name.
    Other(&'static str),
    /// Too few words to tell.
    Undetermined,
}

/// Fewer words pass without a verdict.
const FEWEST_WORDS: usize = 6;

/// Below this number of words the detector must find it reliable itself.
const SHORT_TEXT_WORDS: usize = 40;

/// Bytes looked at from the beginning, and again from the middle.
const SAMPLE: usize = 2000;

/// Share of the commonest words (in per cent) from which a text in Latin letters is English.
const ENGLISH_SHARE: usize = 18;

/// The commonest words that English does not share with its neighbours.
const COMMON_WORDS: &[&str] = &[
    "the", "of", "and", "to", "that", "with", "for", "from", "is", "was", "were", "are", "has", "have",
    "had", "said", "by", "his", "their", "its", "it", "which", "would", "will", "after", "at", "as", "be",
    "been", "not", "this", "who", "they", "he", "she", "but", "about",
];

/// Identifies the language of a text by a sample of bounded size.
pub(crate) fn identify(text: &str) -> Language {
    let sample = sample(text);
    let words = sample.split(is_blank).filter(|word| word.chars().any(char::is_alphabetic)).count();
    let letters = sample.chars().filter(|c| c.is_alphabetic()).count();
    let foreign_letters = sample.chars().filter(|c| c.is_alphabetic() && !is_latin(*c)).count();
    let other_script = foreign_letters * 2 > letters;
    if words < FEWEST_WORDS && !(other_script && letters >= FEWEST_WORDS) {
        return Language::Undetermined;
    }
    if !other_script && common_words(&sample) * 100 >= words * ENGLISH_SHARE {
        return Language::English;
    }
    match detect(&sample) {
        Some(info) if info.lang() == Lang::Eng => Language::English,
        Some(info)
            if other_script
                || info.is_reliable() && (words >= SHORT_TEXT_WORDS || common_words(&sample) == 0) =>
        {
            Language::Other(info.lang().eng_name())
        }
        _ if other_script => Language::Other("another script"),
        _ => Language::Undetermined,
    }
}

fn is_latin(c: char) -> bool {
    matches!(c, '\u{0000}'..='\u{024F}' | '\u{1E00}'..='\u{1EFF}')
}

fn common_words(sample: &str) -> usize {
    let is_common = |word: &str| COMMON_WORDS.iter().any(|common| word.eq_ignore_ascii_case(common));
    sample.split(|c: char| !c.is_alphabetic()).filter(|word| is_common(word)).count()
}

/// The beginning of a text, and of a long one also a piece from its middle.
fn sample(text: &str) -> String {
    let mut sample = piece(text, 0).to_string();
    let middle = text.len() / 2;
    if middle > SAMPLE {
        sample.push(' ');
        sample.push_str(piece(text, middle));
    }
    sample
}

fn piece(text: &str, from: usize) -> &str {
    let start = text.ceil_char_boundary(from);
    let end = text.floor_char_boundary(text.len().min(start + SAMPLE));
    &text[start..end.max(start)]
}

/// True when a language tag of the source ("en", "en-GB", "eng", "English") names English.
pub(crate) fn is_english_tag(tag: &str) -> bool {
    let primary = tag.trim().split(['-', '_']).next().unwrap_or("").to_ascii_lowercase();
    matches!(primary.as_str(), "en" | "eng" | "english")
}
