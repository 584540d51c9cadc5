//! The word lists behind the rules, read once from `data/`.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

const ABBREVIATIONS: &str = include_str!("../data/abbreviations.txt");
const WORD_LISTS: &str = include_str!("../data/lexicon.txt");

/// What an abbreviation's full stop says about the end of a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Abbreviation {
    /// A name or a word always follows ("Gen.", "vs.").
    BeforeName,
    /// A number follows, else it is an ordinary word ("No.", "Jan.").
    BeforeNumber,
    /// Ends what it belongs to, so that a capital opens a sentence ("etc.", "p.m.").
    Closing,
    /// Stands inside and at the end of sentences ("Inc.", "U.S.").
    Anywhere,
}

/// All word lists.
pub(crate) struct Lexicon {
    abbreviations: HashMap<&'static str, Abbreviation>,
    pub(crate) openers: HashSet<&'static str>,
    pub(crate) time_words: HashSet<&'static str>,
    pub(crate) reporting_verbs: HashSet<&'static str>,
    pub(crate) marked_names: HashSet<&'static str>,
    pub(crate) prefixes: HashSet<&'static str>,
    pub(crate) units: HashSet<&'static str>,
    /// By first letter: joined forms with the length in bytes of their first part. Every word of a text is
    /// looked up here, and hashing it would cost more than comparing it with the few of its letter.
    contractions: [Vec<(String, usize)>; 26],
    pub(crate) name_endings: HashSet<&'static str>,
    pub(crate) elided: HashSet<&'static str>,
}

pub(crate) static LEXICON: LazyLock<Lexicon> = LazyLock::new(Lexicon::load);

impl Lexicon {
    fn load() -> Self {
        let mut abbreviations = HashMap::new();
        for (section, kind) in [
            ("anywhere", Abbreviation::Anywhere),
            ("closing", Abbreviation::Closing),
            ("before-number", Abbreviation::BeforeNumber),
            ("before-name", Abbreviation::BeforeName),
        ] {
            abbreviations.extend(section_words(ABBREVIATIONS, section).map(|word| (word, kind)));
        }
        let list = |section| section_words(WORD_LISTS, section).collect();
        let mut contractions: [Vec<(String, usize)>; 26] = Default::default();
        for entry in section_words(WORD_LISTS, "contractions") {
            if let Some((first, second)) = entry.split_once('+')
                && let Some(letter) = letter_index(first)
            {
                contractions[letter].push((format!("{first}{second}"), first.len()));
            }
        }
        Self {
            abbreviations,
            openers: list("openers"),
            time_words: list("time-words"),
            reporting_verbs: list("reporting-verbs"),
            marked_names: list("marked-names"),
            prefixes: list("prefixes"),
            units: list("units"),
            contractions,
            name_endings: list("name-endings"),
            elided: list("elided"),
        }
    }

    /// The length in bytes of the first part of a contraction without apostrophe, in small letters, capitals or
    /// with a capital first.
    pub(crate) fn contraction(&self, word: &str) -> Option<usize> {
        let candidates = &self.contractions[letter_index(word)?];
        candidates.iter().find(|(form, _)| form.eq_ignore_ascii_case(word)).map(|(_, first)| *first)
    }

    /// The kind of a word that stands before a full stop; `None` for an ordinary word.
    pub(crate) fn abbreviation(&self, word: &str) -> Option<Abbreviation> {
        if word.len() > MAX_ABBREVIATION {
            return None;
        }
        if let Some(kind) = self.abbreviations.get(word) {
            return Some(*kind);
        }
        if word.starts_with(char::is_uppercase)
            && let Some(kind) = self.abbreviations.get(word.to_lowercase().as_str())
            && word.chars().skip(1).all(|c| !c.is_uppercase())
            && word.chars().count() > 1
        {
            return Some(*kind);
        }
        is_lettered(word).then_some(Abbreviation::Anywhere)
    }
}

/// Longer words are never looked up, which bounds the work on hostile input.
const MAX_ABBREVIATION: usize = 16;

/// Place in the alphabet of the first letter, if it is one of A to Z.
fn letter_index(word: &str) -> Option<usize> {
    let first = word.bytes().next()?.to_ascii_lowercase();
    first.is_ascii_lowercase().then(|| usize::from(first - b'a'))
}

/// Letters with stops between them, one or two letters each, at least two parts: "U.S", "Ph.D", "a.k.a".
pub(crate) fn is_lettered(word: &str) -> bool {
    let mut parts = 0;
    for part in word.split('.') {
        let letters = part.chars().count();
        if !(1..=2).contains(&letters) || !part.chars().all(char::is_alphabetic) {
            return false;
        }
        parts += 1;
    }
    parts >= 2
}

fn section_words(file: &'static str, section: &str) -> impl Iterator<Item = &'static str> {
    let mut inside = false;
    let heading = format!("[{section}]");
    file.lines()
        .filter(move |line| {
            if line.starts_with('[') {
                inside = line.trim_end() == heading;
                return false;
            }
            inside && !line.starts_with('#')
        })
        .flat_map(str::split_whitespace)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_tells_abbreviations_from_words() {
        assert_eq!(LEXICON.abbreviation("No"), Some(Abbreviation::BeforeNumber));
        assert_eq!(LEXICON.abbreviation("no"), None);
        assert_eq!(LEXICON.abbreviation("Etc"), Some(Abbreviation::Closing));
        assert_eq!(LEXICON.abbreviation("Gen"), Some(Abbreviation::BeforeName));
        assert_eq!(LEXICON.abbreviation("gen"), None);
    }

    #[test]
    fn lettered_forms_need_no_entry() {
        for word in ["U.S", "U.N", "a.k.a", "Ph.D", "B.Sc"] {
            assert!(is_lettered(word), "{word}");
        }
        for word in ["US", "Compaq.com", "U..S", "3.5", ""] {
            assert!(!is_lettered(word), "{word}");
        }
    }

    #[test]
    fn every_section_has_words() {
        let lexicon = &*LEXICON;
        for list in [
            &lexicon.openers,
            &lexicon.time_words,
            &lexicon.reporting_verbs,
            &lexicon.marked_names,
            &lexicon.prefixes,
            &lexicon.units,
            &lexicon.name_endings,
            &lexicon.elided,
        ] {
            assert!(!list.is_empty());
        }
        assert_eq!(lexicon.contraction("cannot"), Some(3));
        assert_eq!(lexicon.contraction("Gonna"), Some(3));
        assert_eq!(lexicon.contraction("cant"), Some(2));
        assert_eq!(lexicon.contraction("canto"), None);
    }
}
