//! The hash that keys and signatures on disk are made of. It must never change: what is stored would be worthless.

/// Basis and prime of 64-bit FNV-1a (Fowler, Noll and Vo; draft-eastlake-fnv).
const FNV_BASIS: u64 = 0xcbf2_9ce4_8422_2325;
const FNV_PRIME: u64 = 0x0000_0100_0000_01b3;

/// Between words, so that "ab c" and "a bc" differ.
const WORD_END: u8 = 0x1f;

/// FNV-1a of bytes, from a state.
fn fnv(state: u64, bytes: &[u8]) -> u64 {
    bytes.iter().fold(state, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(FNV_PRIME))
}

/// Spreads a number over all 64 bits: the finaliser of SplitMix64 (Steele, Lea and Flood 2014).
pub(crate) fn mix(number: u64) -> u64 {
    let mut mixed = number.wrapping_add(0x9e37_79b9_7f4a_7c15);
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}

/// Hash of a text.
pub(crate) fn hash_text(text: &str) -> u64 {
    mix(fnv(FNV_BASIS, text.as_bytes()))
}

/// Hash of words in their order.
pub(crate) fn hash_words(words: &[String]) -> u64 {
    mix(words.iter().fold(FNV_BASIS, |state, word| fnv(fnv(state, word.as_bytes()), &[WORD_END])))
}

/// Hash of numbers in their order.
pub(crate) fn hash_numbers(numbers: impl IntoIterator<Item = u64>) -> u64 {
    numbers.into_iter().fold(FNV_BASIS, |state, number| mix(state ^ number))
}

/// The words of a text in lower case, without punctuation: runs of letters and digits. An apostrophe within a word
/// parts it, as typewriter and typographic ones must not differ.
pub(crate) fn words_of(text: &str) -> Vec<String> {
    text.split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hashes_on_disk_stay_as_they_are() {
        assert_eq!(fnv(FNV_BASIS, b"foobar"), 0x8594_4171_f739_67e8);
        assert_eq!(mix(0), 0xe220_a839_7b1d_cdaf);
        assert_ne!(hash_words(&words_of("ab c")), hash_words(&words_of("a bc")));
    }

    #[test]
    fn words_are_runs_of_letters_and_digits() {
        assert_eq!(words_of("Türkiye’s 25-percent duty"), ["türkiye", "s", "25", "percent", "duty"]);
    }
}
