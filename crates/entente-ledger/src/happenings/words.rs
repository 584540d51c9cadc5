//! Words by which reports are compared: stems, each with a weight that says how much it tells.

use crate::hashing::hash_text;
use rust_stemmers::{Algorithm, Stemmer};
use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;
use std::sync::LazyLock;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// In how many of so many sentences of our own corpus of news (`corpus/events`) a stem stands. The table is fixed, so
/// that how alike two reports are does not depend on what else the ledger holds. Written by
/// `examples/word_frequencies.rs`.
static FREQUENCIES: LazyLock<HashMap<&'static str, f64>> = LazyLock::new(|| {
    let lines = include_str!("data/word_frequencies.tsv").lines().filter_map(|line| line.split_once('\t'));
    lines.filter_map(|(stem, count)| Some((stem, count.parse().ok()?))).collect()
});

/// Row of the table that holds the number of sentences.
const ALL_SENTENCES: &str = "*";

/// Stems that stand in more than this share of sentences say nothing.
const COMMON_SHARE: f64 = 0.04;

/// A bag of stems: hashes ascending, each with its weight, the whole of length 1.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Bag {
    weights: Vec<(u64, f32)>,
}

impl Bag {
    /// The stems of a text.
    pub fn of(text: &str) -> Self {
        Self::of_counted(stems_of(text).into_iter().map(|stem| (stem, 1.0)), usize::MAX)
    }

    /// The stems of a longer text that tell most, at most `limit`; a stem that stands often tells more.
    pub fn keywords_of(text: &str, limit: usize) -> Self {
        let mut counts: HashMap<Rc<str>, f64> = HashMap::new();
        for stem in stems_of(text) {
            *counts.entry(stem).or_default() += 1.0;
        }
        Self::of_counted(counts.into_iter().map(|(stem, count)| (stem, 1.0 + count.ln())), limit)
    }

    fn of_counted(stems: impl Iterator<Item = (Rc<str>, f64)>, limit: usize) -> Self {
        let mut weights: Vec<(u64, f32)> = stems
            .filter_map(|(stem, factor)| Some((hash_text(&stem), (weight_of(&stem)? * factor) as f32)))
            .collect();
        weights.sort_by(|one, other| other.1.total_cmp(&one.1).then(one.0.cmp(&other.0)));
        weights.dedup_by_key(|(hash, _)| *hash);
        weights.truncate(limit);
        weights.sort_unstable_by_key(|(hash, _)| *hash);
        weights.dedup_by_key(|(hash, _)| *hash);
        let length = weights.iter().map(|(_, weight)| weight * weight).sum::<f32>().sqrt();
        if length > 0.0 {
            weights.iter_mut().for_each(|(_, weight)| *weight /= length);
        }
        Self { weights }
    }

    /// Hashes of the stems that tell most, at most `limit`, the most telling first.
    pub fn top(&self, limit: usize) -> Vec<u64> {
        let mut ordered = self.weights.clone();
        ordered.sort_by(|one, other| other.1.total_cmp(&one.1).then(one.0.cmp(&other.0)));
        ordered.into_iter().take(limit).map(|(hash, _)| hash).collect()
    }

    /// Cosine of the angle between both, 0 to 1.
    pub fn likeness(&self, other: &Self) -> f64 {
        self.shared(other).map(|(own, their)| f64::from(own * their)).sum::<f64>().min(1.0)
    }

    /// How many stems both have.
    pub fn shared_count(&self, other: &Self) -> usize {
        self.shared(other).count()
    }

    /// Whether nothing in the text told anything.
    pub fn is_empty(&self) -> bool {
        self.weights.is_empty()
    }

    /// Weights of the shared stems on both sides.
    fn shared<'a>(&'a self, other: &'a Self) -> impl Iterator<Item = (f32, f32)> + 'a {
        let mut theirs = other.weights.iter().peekable();
        self.weights.iter().filter_map(move |(hash, own)| {
            while theirs.next_if(|(their, _)| their < hash).is_some() {}
            theirs.next_if(|(their, _)| their == hash).map(|(_, their)| (*own, *their))
        })
    }
}

/// Words whose stems a thread remembers: news uses the same ones over and over, and a stem takes a microsecond.
const REMEMBERED_WORDS: usize = 50_000;

thread_local! {
    static STEMS: RefCell<HashMap<String, Rc<str>>> = RefCell::default();
}

/// The stems of a text in reading order (Porter 2). An apostrophe and what follows it are not part of a word.
pub fn stems_of(text: &str) -> Vec<Rc<str>> {
    let words = text.split(|letter: char| !letter.is_alphanumeric() && !matches!(letter, '\'' | '’'));
    let bare = words.map(|word| word.trim_matches(['\'', '’']).split(['\'', '’']).next().unwrap_or_default());
    STEMS.with_borrow_mut(|known| {
        bare.filter(|word| !word.is_empty()).map(|word| stem_of(known, word)).collect()
    })
}

fn stem_of(known: &mut HashMap<String, Rc<str>>, word: &str) -> Rc<str> {
    if let Some(stem) = known.get(word) {
        return Rc::clone(stem);
    }
    if known.len() >= REMEMBERED_WORDS {
        known.clear();
    }
    let stem: Rc<str> = Stemmer::create(Algorithm::English).stem(&fold(word)).into();
    known.insert(word.to_owned(), Rc::clone(&stem));
    stem
}

/// Lower case, and letters with marks as those without: agencies differ over Zelenskyy and Bogotá.
pub(super) fn fold(word: &str) -> String {
    word.nfd().filter(|letter| !is_combining_mark(*letter)).flat_map(char::to_lowercase).collect()
}

/// Inverse sentence frequency; none for a stem that says nothing.
fn weight_of(stem: &str) -> Option<f64> {
    let all = FREQUENCIES.get(ALL_SENTENCES).copied().unwrap_or(1.0);
    let count = FREQUENCIES.get(stem).copied().unwrap_or(0.5);
    if stem.len() < 2 || count / all > COMMON_SHARE {
        return None;
    }
    Some((all / count).ln())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_a_word_have_one_stem() {
        assert_eq!(stems_of("striking strikes").concat(), "strikestrike");
        assert_eq!(stems_of("Syria’s Zelenskiy"), stems_of("syria zelenskiy"));
    }

    #[test]
    fn rare_words_tell_more_than_common_ones() {
        let report = Bag::of("The minister said the army attacked Tillaberi");
        let rare = report.likeness(&Bag::of("Tillaberi burns"));
        let common = report.likeness(&Bag::of("The army marched"));
        assert!(rare > common && common > 0.0, "{rare} {common}");
        assert!(Bag::of("the of and").is_empty());
    }

    #[test]
    fn keywords_are_the_most_telling_stems() {
        let bag = Bag::keywords_of("The Kestrel Bay sank. The Kestrel Bay was on its way to Aden.", 2);
        assert!(bag.likeness(&Bag::of("kestrel")) > 0.6);
        assert_eq!(bag.shared_count(&Bag::of("Aden")), 0);
    }

    #[test]
    fn a_word_that_stands_twice_counts_once_in_a_sentence() {
        assert_eq!(Bag::of("grain and grain"), Bag::of("grain"));
    }
}
