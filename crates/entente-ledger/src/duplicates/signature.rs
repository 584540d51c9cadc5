//! MinHash: a few hundred bytes from which the likeness of two documents can be told.

use super::shingles::Shingles;
use crate::hashing::{hash_numbers, mix, words_of};
use thiserror::Error;

/// Minima over the whole text.
const BODY_LANES: usize = 128;
/// Minima over its beginning.
const LEAD_LANES: usize = 64;
/// Minima that make a key: two documents meet under it when all four are equal.
const ROWS: usize = 4;
/// Words of the beginning. Copies that are cut are cut from the end, so their beginnings stay alike when little of the
/// whole does.
const LEAD_WORDS: usize = 60;
/// Of the bytes on disk; to be raised with any change of hash, lanes or words.
const FORMAT: u8 = 1;
const HEAD_BYTES: usize = 1 + 4 + 8;

/// Keys of a document: 32 of the body, 16 of the lead, one of the whole.
pub const BANDS: usize = (BODY_LANES + LEAD_LANES) / ROWS + 1;

/// What is wrong with stored bytes.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum SignatureError {
    /// Not of the length that signatures have.
    #[error("a signature has {expected} bytes, not {found}")]
    Length {
        /// Bytes that a signature has.
        expected: usize,
        /// Bytes that were given.
        found: usize,
    },
    /// Written by another version.
    #[error("unknown signature format {0}")]
    Format(u8),
}

/// The MinHash of a document (Broder 1997), of its whole text and of its beginning.
///
/// Two documents with Jaccard likeness *j* of their shingles meet under at least one of the 32 keys of the body with
/// probability 1 - (1 - j⁴)³²:
///
/// | j | 0.1 | 0.2 | 0.3 | 0.4 | 0.5 | 0.6 | 0.7 | 0.8 |
/// | --- | --- | --- | --- | --- | --- | --- | --- | --- |
/// | found | 0.003 | 0.05 | 0.23 | 0.56 | 0.87 | 0.988 | 0.9998 | 1.000 |
///
/// and, when their beginnings are alike by *j*, under one of the 16 keys of the lead with 1 - (1 - j⁴)¹⁶: 0.89 at 0.6,
/// 0.99 at 0.7. What is found wrongly costs a comparison of shingles and nothing more; what is missed is missed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signature {
    exact: u64,
    shingles: u32,
    minima: Vec<u32>,
}

impl Signature {
    /// The signature of a text, standing text already taken out.
    pub fn of(text: &str) -> Self {
        let words = words_of(text);
        let whole = Shingles::of_words(&words);
        let lead = Shingles::of_words(&words[..words.len().min(LEAD_WORDS)]);
        let mut minima = minima_of(&whole, 0, BODY_LANES);
        minima.extend(minima_of(&lead, BODY_LANES, LEAD_LANES));
        let exact = crate::hashing::hash_words(&words);
        Self { exact, shingles: u32::try_from(whole.len()).unwrap_or(u32::MAX), minima }
    }

    /// How many distinct shingles the text has.
    pub fn shingles(&self) -> u32 {
        self.shingles
    }

    /// Whether two texts have the same words in the same order.
    pub fn is_same_text(&self, other: &Self) -> bool {
        self.exact == other.exact && self.shingles == other.shingles
    }

    /// Estimate of the Jaccard likeness, from 0 to 1: the share of equal minima. Its standard error is
    /// √(j(1 - j) / 128), at most 0.044. Texts without words are like nothing.
    pub fn similarity(&self, other: &Self) -> f64 {
        if self.shingles == 0 || other.shingles == 0 {
            return 0.0;
        }
        let pairs = self.minima.iter().zip(&other.minima).take(BODY_LANES);
        pairs.filter(|(own, their)| own == their).count() as f64 / BODY_LANES as f64
    }

    /// Estimate of the share of the shorter text's shingles that the longer one has, from the likeness and both
    /// lengths: j(a + b) / ((1 + j) min(a, b)).
    pub fn containment(&self, other: &Self) -> f64 {
        let likeness = self.similarity(other);
        let (own, their) = (f64::from(self.shingles), f64::from(other.shingles));
        if likeness == 0.0 {
            return 0.0;
        }
        (likeness * (own + their) / ((1.0 + likeness) * own.min(their))).min(1.0)
    }

    /// The keys under which copies of the document meet. A text without words has none.
    pub fn bands(&self) -> Vec<u64> {
        if self.shingles == 0 {
            return Vec::new();
        }
        let bands = self.minima.chunks(ROWS).enumerate();
        let mut keys: Vec<u64> = bands
            .map(|(band, rows)| {
                hash_numbers([band as u64].into_iter().chain(rows.iter().map(|row| u64::from(*row))))
            })
            .collect();
        keys.push(hash_numbers([BANDS as u64, self.exact]));
        keys
    }

    /// For storage: format, number of shingles, hash of the words, minima, all little-endian.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = vec![FORMAT];
        bytes.extend(self.shingles.to_le_bytes());
        bytes.extend(self.exact.to_le_bytes());
        bytes.extend(self.minima.iter().flat_map(|minimum| minimum.to_le_bytes()));
        bytes
    }

    /// Reads what `to_bytes` wrote.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, SignatureError> {
        let expected = HEAD_BYTES + 4 * (BODY_LANES + LEAD_LANES);
        if bytes.len() != expected {
            return Err(SignatureError::Length { expected, found: bytes.len() });
        }
        if bytes[0] != FORMAT {
            return Err(SignatureError::Format(bytes[0]));
        }
        let mut exact = [0; 8];
        exact.copy_from_slice(&bytes[5..HEAD_BYTES]);
        let minima = bytes[HEAD_BYTES..].chunks(4).map(little_endian).collect();
        Ok(Self { exact: u64::from_le_bytes(exact), shingles: little_endian(&bytes[1..5]), minima })
    }
}

/// Four bytes as a number.
fn little_endian(bytes: &[u8]) -> u32 {
    bytes.iter().rev().fold(0, |number, byte| number << 8 | u32::from(*byte))
}

/// For each lane the least of the shingles under the lane's own hash. The upper half of 64 bits is kept: two different
/// minima are taken for equal once in four thousand million times.
fn minima_of(shingles: &Shingles, first_lane: usize, lanes: usize) -> Vec<u32> {
    (first_lane..first_lane + lanes)
        .map(|lane| {
            let seed = mix(lane as u64);
            let least = shingles.hashes().iter().map(|hash| mix(hash ^ seed)).min();
            least.map_or(u32::MAX, |minimum| (minimum >> 32) as u32)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Words that do not repeat.
    fn words(range: std::ops::Range<usize>) -> String {
        range.map(|number| format!("w{number}")).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn likeness_is_estimated_within_its_error() {
        for shared in [100, 300, 500, 800] {
            let one = Signature::of(&words(0..1000));
            let other = Signature::of(&words(1000 - shared..2000 - shared));
            let true_likeness = (shared - 3) as f64 / (2.0 * 997.0 - (shared - 3) as f64);
            let error = (one.similarity(&other) - true_likeness).abs();
            assert!(error < 3.0 * 0.044, "{shared}: off by {error}");
        }
    }

    #[test]
    fn containment_sees_through_a_difference_in_length() {
        let short = Signature::of(&words(0..300));
        let long = Signature::of(&words(0..900));
        assert!(short.similarity(&long) < 0.45);
        assert!(short.containment(&long) > 0.8);
        assert_eq!(short.containment(&Signature::of(&words(5000..6000))), 0.0);
    }

    #[test]
    fn keys_meet_as_often_as_the_curve_says() {
        let meets = |likeness: f64, trial: usize| {
            let own = 400;
            let shared = (2.0 * own as f64 * likeness / (1.0 + likeness)).round() as usize;
            let base = trial * 10_000;
            let one = Signature::of(&words(base..base + own + 3));
            let other = Signature::of(&words(base + own - shared..base + 2 * own - shared + 3));
            let keys = one.bands();
            other.bands()[..32].iter().any(|key| keys[..32].contains(key))
        };
        let rate = |likeness: f64| (0..150).filter(|trial| meets(likeness, *trial)).count() as f64 / 150.0;
        assert!(rate(0.15) < 0.08);
        assert!((rate(0.4) - 0.56).abs() < 0.13);
        assert!(rate(0.7) > 0.98);
    }

    #[test]
    fn a_copy_cut_after_its_beginning_meets_the_original() {
        let whole = Signature::of(&words(0..900)).bands();
        let cut = Signature::of(&words(0..80)).bands();
        assert!(cut.iter().any(|key| whole.contains(key)));
    }

    #[test]
    fn bytes_give_the_signature_back_and_wrong_ones_are_refused() {
        let signature = Signature::of("The minister met the ambassador in Lima on Friday.");
        let mut bytes = signature.to_bytes();
        assert_eq!(Signature::from_bytes(&bytes), Ok(signature));
        bytes[0] = 9;
        assert_eq!(Signature::from_bytes(&bytes), Err(SignatureError::Format(9)));
        assert!(matches!(Signature::from_bytes(&bytes[1..]), Err(SignatureError::Length { .. })));
    }

    #[test]
    fn texts_without_words_are_like_nothing() {
        let empty = Signature::of("—");
        assert_eq!(empty.similarity(&empty), 0.0);
        assert!(empty.bands().is_empty());
    }
}
