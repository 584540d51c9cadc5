//! Sentences longer than the encoder's limit are seen in windows, cut after punctuation.

/// Windows of one sentence as ranges of words: `pieces[w]` is the number of pieces of word w, none
/// greater than `limit`; no window has more than `limit` pieces.
pub(crate) fn windows(
    pieces: &[usize],
    is_boundary: impl Fn(usize) -> bool,
    limit: usize,
) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut start = 0;
    while start < pieces.len() {
        let end = longest_fit(pieces, start, limit);
        // A window is not cut shorter than half of what fits, so that their number stays bounded.
        let earliest = start + (end - start) / 2;
        let cut = if end == pieces.len() {
            end
        } else {
            (earliest + 1..=end).rev().find(|cut| is_boundary(cut - 1)).unwrap_or(end)
        };
        found.push((start, cut));
        start = cut;
    }
    found
}

/// One past the last word that still fits; at least one word.
fn longest_fit(pieces: &[usize], start: usize, limit: usize) -> usize {
    let mut total = 0;
    for (word, count) in pieces.iter().enumerate().skip(start) {
        total += count;
        if total > limit && word > start {
            return word;
        }
    }
    pieces.len()
}

/// True for a word after which a long sentence may be cut.
pub(crate) fn is_boundary_word(word: &str) -> bool {
    matches!(
        word,
        "," | ";" | ":" | "." | "!" | "?" | ")" | "]" | "—" | "–" | "--" | "-" | "…" | "..." | "|" | "•"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_sentences_stay_whole() {
        assert_eq!(windows(&[1, 2, 3], |_| true, 6), [(0, 3)]);
    }

    #[test]
    fn long_sentences_are_cut_after_the_last_boundary_in_reach() {
        assert_eq!(windows(&[1; 10], |word| word == 2 || word == 6, 4), [(0, 3), (3, 7), (7, 10)]);
        assert_eq!(windows(&[1; 10], |_| false, 4), [(0, 4), (4, 8), (8, 10)]);
        // The only boundary is in the first half, where it would leave too short a window.
        assert_eq!(windows(&[1; 10], |word| word == 0, 6), [(0, 6), (6, 10)]);
    }

    #[test]
    fn windows_cover_every_word_once_and_respect_the_limit() {
        let pieces: Vec<usize> = (0..500).map(|word| 1 + word * 7 % 12).collect();
        let found = windows(&pieces, |word| word % 17 == 0, 40);
        assert_eq!(
            found.iter().flat_map(|(start, end)| *start..*end).collect::<Vec<_>>(),
            (0..500).collect::<Vec<_>>()
        );
        assert!(found.iter().all(|(start, end)| pieces[*start..*end].iter().sum::<usize>() <= 40));
    }
}
