//! From a word to the encoder's pieces: BERT's uncased scheme, one word at a time.

use crate::error::SyntaxError;
use std::collections::HashMap;
use unicode_general_category::{GeneralCategory, get_general_category};
use unicode_normalization::UnicodeNormalization;

/// A word longer than this, in pieces, keeps its first ones; no real word comes near.
pub(crate) const MAX_WORD_PIECES: usize = 12;

/// A run of characters longer than this, in code points, is unknown as a whole, as in BERT.
const MAX_RUN_CHARACTERS: usize = 100;

/// Bytes of a word that are looked at. Twelve pieces of a run that is not unknown as a whole never need more.
const MAX_WORD_BYTES: usize = 4096;

/// Mark of a piece that does not begin its run.
const CONTINUATION: &str = "##";

/// Index of a piece in the vocabulary.
pub(crate) type PieceId = i32;

/// Greedy longest-match word pieces over a fixed vocabulary.
#[derive(Debug)]
pub(crate) struct WordPiece {
    initial: HashMap<Box<str>, PieceId>,
    continued: HashMap<Box<str>, PieceId>,
    /// Length of the longest piece in bytes.
    longest: usize,
    unknown: PieceId,
    /// The piece before a sentence.
    pub(crate) start: PieceId,
    /// The piece after a sentence.
    pub(crate) end: PieceId,
}

impl WordPiece {
    /// Reads `vocab.txt`: one piece a line, its index the line's.
    pub(crate) fn new(vocabulary: &str) -> Result<Self, SyntaxError> {
        let mut initial = HashMap::new();
        let mut continued = HashMap::new();
        let mut longest = 0;
        for (id, line) in (0..).zip(vocabulary.lines()) {
            let (table, piece) = match line.strip_prefix(CONTINUATION) {
                Some(rest) if !rest.is_empty() => (&mut continued, rest),
                _ => (&mut initial, line),
            };
            longest = longest.max(piece.len());
            table.insert(Box::from(piece), id);
        }
        let special = |piece| initial.get(piece).copied().ok_or(SyntaxError::MissingPiece { piece });
        let (unknown, start, end) = (special("[UNK]")?, special("[CLS]")?, special("[SEP]")?);
        Ok(Self { initial, continued, longest, unknown, start, end })
    }

    /// The number of pieces in the vocabulary.
    pub(crate) fn len(&self) -> usize {
        self.initial.len() + self.continued.len()
    }

    /// True for a lower-case word that is one piece: the vocabulary holds the common words of English.
    pub(crate) fn is_whole(&self, word: &str) -> bool {
        self.initial.contains_key(word)
    }

    /// Appends the pieces of one word: at least one, at most [`MAX_WORD_PIECES`].
    pub(crate) fn append_word(&self, word: &str, pieces: &mut Vec<PieceId>) {
        let first = pieces.len();
        if is_plain(word) {
            self.append_run(word, pieces);
        } else {
            let normalised = normalise(prefix(word, MAX_WORD_BYTES));
            for run in split_punctuation(&normalised) {
                if pieces.len() - first >= MAX_WORD_PIECES {
                    break;
                }
                self.append_run(run, pieces);
            }
        }
        if pieces.len() == first {
            pieces.push(self.unknown);
        }
        pieces.truncate(first + MAX_WORD_PIECES);
    }

    /// Appends the pieces of a run without punctuation, or the unknown piece where it cannot be cut up.
    fn append_run(&self, run: &str, pieces: &mut Vec<PieceId>) {
        let first = pieces.len();
        if run.len() > MAX_RUN_CHARACTERS && run.chars().nth(MAX_RUN_CHARACTERS).is_some() {
            pieces.push(self.unknown);
            return;
        }
        let mut start = 0;
        while start < run.len() {
            let table = if start == 0 { &self.initial } else { &self.continued };
            let Some((length, id)) = self.longest_piece(table, &run[start..]) else {
                pieces.truncate(first);
                pieces.push(self.unknown);
                return;
            };
            pieces.push(id);
            start += length;
        }
    }

    fn longest_piece(&self, table: &HashMap<Box<str>, PieceId>, rest: &str) -> Option<(usize, PieceId)> {
        (1..=rest.len().min(self.longest))
            .rev()
            .filter(|length| rest.is_char_boundary(*length))
            .find_map(|length| table.get(&rest[..length]).map(|id| (length, *id)))
    }
}

/// True for a word that normalisation leaves as it is, as most words of a text are.
fn is_plain(word: &str) -> bool {
    word.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
}

/// The longest beginning of a text that fits into a number of bytes.
fn prefix(text: &str, bytes: usize) -> &str {
    &text[..text.floor_char_boundary(bytes)]
}

/// ASCII for typographic characters, lower case, canonical decomposition without combining marks,
/// control and format characters.
fn normalise(word: &str) -> String {
    let mut ascii = String::with_capacity(word.len());
    for character in word.chars() {
        match ascii_sister(character) {
            Some(sister) => ascii.push_str(sister),
            None => ascii.push(character),
        }
    }
    let lower = ascii.to_lowercase();
    if lower.is_ascii() {
        return lower.chars().filter(|character| !character.is_ascii_control()).collect();
    }
    lower.nfd().filter(|character| !is_dropped(*character)).collect()
}

fn is_dropped(character: char) -> bool {
    use GeneralCategory::{Control, Format, NonspacingMark};
    matches!(get_general_category(character), NonspacingMark | Control | Format)
}

/// What stands for a typographic character that the vocabulary lacks or knows less well.
fn ascii_sister(character: char) -> Option<&'static str> {
    Some(match character {
        '\u{2018}' | '\u{2019}' | '\u{201a}' | '\u{201b}' | '\u{2032}' | '\u{b4}' | '\u{60}' => "'",
        '\u{201c}' | '\u{201d}' | '\u{201e}' | '\u{201f}' | '\u{2033}' | '\u{ab}' | '\u{bb}' => "\"",
        '\u{2010}'..='\u{2015}' | '\u{2212}' => "-",
        '\u{2026}' => "...",
        '\u{ad}' | '\u{200b}' | '\u{feff}' => "",
        _ => return None,
    })
}

/// True for characters that always are a piece of their own, as in BERT.
fn is_punctuation(character: char) -> bool {
    use GeneralCategory::{
        ClosePunctuation, ConnectorPunctuation, DashPunctuation, FinalPunctuation, InitialPunctuation,
        OpenPunctuation, OtherPunctuation,
    };
    if character.is_ascii() {
        return character.is_ascii_punctuation();
    }
    matches!(
        get_general_category(character),
        ClosePunctuation
            | ConnectorPunctuation
            | DashPunctuation
            | FinalPunctuation
            | InitialPunctuation
            | OpenPunctuation
            | OtherPunctuation
    )
}

/// Runs without punctuation, and punctuation characters one by one; white space only separates.
fn split_punctuation(word: &str) -> impl Iterator<Item = &str> {
    word.split(char::is_whitespace).flat_map(|part| {
        part.split_inclusive(is_punctuation).flat_map(|run| {
            let mark_start = run.char_indices().next_back().filter(|(_, last)| is_punctuation(*last));
            let (letters, mark) = run.split_at(mark_start.map_or(run.len(), |(index, _)| index));
            [letters, mark].into_iter().filter(|piece| !piece.is_empty())
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const VOCABULARY: &str =
        "[PAD]\n[UNK]\n[CLS]\n[SEP]\nun\n##aff\n##able\n'\n-\ns\nkyiv\n.\nu\n10\n##0\n##\n";

    fn pieces_of(word: &str) -> Vec<PieceId> {
        let mut pieces = Vec::new();
        WordPiece::new(VOCABULARY).unwrap().append_word(word, &mut pieces);
        pieces
    }

    #[test]
    fn the_longest_piece_wins() {
        assert_eq!(pieces_of("unaffable"), [4, 5, 6]);
        assert_eq!(pieces_of("1000"), [13, 14, 14]);
    }

    #[test]
    fn case_accents_and_typographic_marks_fall_away() {
        assert_eq!(pieces_of("Kyïv"), [10]);
        assert_eq!(pieces_of("’s"), [7, 9]);
        assert_eq!(pieces_of("Un\u{ad}affable\u{200b}"), [4, 5, 6]);
        assert_eq!(pieces_of("—"), [8]);
    }

    #[test]
    fn punctuation_stands_alone() {
        assert_eq!(pieces_of("U.S."), [12, 11, 9, 11]);
        assert_eq!(pieces_of("…"), [11, 11, 11]);
    }

    #[test]
    fn a_word_always_has_pieces_and_never_too_many() {
        assert_eq!(pieces_of("xyz"), [1]);
        assert_eq!(pieces_of("unxyz"), [1]);
        assert_eq!(pieces_of("\u{200b}"), [1]);
        assert_eq!(pieces_of(""), [1]);
        assert_eq!(pieces_of(&"u".repeat(101)), [1]);
        assert_eq!(pieces_of(&".".repeat(1_000_000)).len(), MAX_WORD_PIECES);
        assert_eq!(pieces_of(&"é".repeat(1_000_000)), [1]);
    }

    #[test]
    fn a_vocabulary_without_special_pieces_is_refused() {
        let error = WordPiece::new("a\nb\n").unwrap_err();
        assert!(matches!(error, SyntaxError::MissingPiece { piece: "[UNK]" }));
    }
}
