//! Names from the scores of position tags: `B-PER I-PER E-PER`, `S-LOC`, `O`.

use crate::tree::{Name, NameKind};

/// Where a word stands in a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Position {
    /// First of several words.
    Begin,
    /// Neither first nor last.
    Inside,
    /// Last of several words.
    End,
    /// The only word.
    Single,
}

/// One tag of the encoder's name output.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NameTag {
    /// Not in a name.
    Outside,
    /// In a name of a kind.
    In(TagPosition, NameKind),
}

/// Keeps the positions private to this file while the tag is visible to the crate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct TagPosition(Position);

impl NameTag {
    /// Reads `O`, or one of `B I E S`, a hyphen and a kind.
    pub(crate) fn parse(tag: &str) -> Option<Self> {
        if tag == "O" {
            return Some(Self::Outside);
        }
        let (position, kind) = tag.split_once('-')?;
        let position = match position {
            "B" => Position::Begin,
            "I" => Position::Inside,
            "E" => Position::End,
            "S" => Position::Single,
            _ => return None,
        };
        Some(Self::In(TagPosition(position), NameKind::parse(kind)?))
    }

    fn may_begin_sentence(self) -> bool {
        matches!(self, Self::Outside | Self::In(TagPosition(Position::Begin | Position::Single), _))
    }

    fn may_end_sentence(self) -> bool {
        matches!(self, Self::Outside | Self::In(TagPosition(Position::End | Position::Single), _))
    }

    fn may_follow(self, before: Self) -> bool {
        match (before, self) {
            (
                Self::In(TagPosition(Position::Begin | Position::Inside), open),
                Self::In(TagPosition(Position::Inside | Position::End), kind),
            ) => open == kind,
            _ => before.may_end_sentence() && self.may_begin_sentence(),
        }
    }
}

/// The tags of an encoder with the transitions between them worked out.
#[derive(Debug)]
pub(crate) struct NameDecoder {
    tags: Vec<NameTag>,
    /// For every tag, the tags that may stand before it.
    before: Vec<Vec<usize>>,
    outside: Option<usize>,
}

impl NameDecoder {
    /// Works out which tag may follow which.
    pub(crate) fn new(tags: Vec<NameTag>) -> Self {
        let before = tags
            .iter()
            .map(|tag| (0..tags.len()).filter(|before| tag.may_follow(tags[*before])).collect())
            .collect();
        let outside = tags.iter().position(|tag| *tag == NameTag::Outside);
        Self { tags, before, outside }
    }

    /// The names of a sentence; `scores` has one row a word and one column a tag.
    pub(crate) fn decode(&self, scores: &[f32]) -> Vec<Name> {
        let columns = self.tags.len();
        if scores.chunks_exact(columns).all(|row| Some(crate::decode::argmax(row)) == self.outside) {
            return Vec::new();
        }
        self.collect(&self.best_path(scores))
    }

    /// The legal sequence of tags with the highest sum of scores (Viterbi).
    fn best_path(&self, scores: &[f32]) -> Vec<usize> {
        let columns = self.tags.len();
        let words = scores.len() / columns;
        let mut totals: Vec<f32> = self
            .tags
            .iter()
            .zip(scores)
            .map(|(tag, score)| if tag.may_begin_sentence() { *score } else { f32::NEG_INFINITY })
            .collect();
        let mut came_from = vec![0; words * columns];
        for word in 1..words {
            let row = &scores[word * columns..(word + 1) * columns];
            let mut next = vec![f32::NEG_INFINITY; columns];
            for tag in 0..columns {
                for before in &self.before[tag] {
                    let total = totals[*before] + row[tag];
                    if total > next[tag] {
                        next[tag] = total;
                        came_from[word * columns + tag] = *before;
                    }
                }
            }
            totals = next;
        }
        for (total, tag) in totals.iter_mut().zip(&self.tags) {
            if !tag.may_end_sentence() {
                *total = f32::NEG_INFINITY;
            }
        }
        let mut tag = crate::decode::argmax(&totals);
        let mut path = vec![tag; words];
        for word in (1..words).rev() {
            tag = came_from[word * columns + tag];
            path[word - 1] = tag;
        }
        path
    }

    fn collect(&self, path: &[usize]) -> Vec<Name> {
        let mut names = Vec::new();
        let mut first = 0;
        for (word, tag) in path.iter().enumerate() {
            let NameTag::In(TagPosition(position), kind) = self.tags[*tag] else { continue };
            if matches!(position, Position::Begin | Position::Single) {
                first = word;
            }
            if matches!(position, Position::End | Position::Single) {
                names.push(Name { first, end: word + 1, kind });
            }
        }
        names
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TAGS: [&str; 9] = ["O", "B-PER", "I-PER", "E-PER", "S-PER", "B-LOC", "I-LOC", "E-LOC", "S-LOC"];

    /// Scores where the named tag of each word has 2, a second choice 1 and the others 0.
    fn decode(words: &[(&str, &str)]) -> Vec<(usize, usize, &'static str)> {
        let decoder = NameDecoder::new(TAGS.iter().map(|tag| NameTag::parse(tag).unwrap()).collect());
        let scores: Vec<f32> = words
            .iter()
            .flat_map(|(first, second)| {
                TAGS.iter().map(move |tag| {
                    if tag == first {
                        2.0
                    } else if tag == second {
                        1.0
                    } else {
                        0.0
                    }
                })
            })
            .collect();
        decoder.decode(&scores).iter().map(|name| (name.first, name.end, name.kind.as_str())).collect()
    }

    #[test]
    fn names_are_runs_of_tags() {
        let found =
            decode(&[("B-PER", ""), ("I-PER", ""), ("E-PER", ""), ("O", ""), ("S-LOC", ""), ("S-LOC", "")]);
        assert_eq!(found, [(0, 3, "PER"), (4, 5, "LOC"), (5, 6, "LOC")]);
        assert_eq!(decode(&[("O", ""), ("O", "")]), []);
        assert_eq!(decode(&[]), []);
    }

    #[test]
    fn illegal_sequences_give_way_to_the_best_legal_one() {
        assert_eq!(decode(&[("B-PER", ""), ("E-LOC", "E-PER")]), [(0, 2, "PER")]);
        assert_eq!(decode(&[("O", ""), ("E-PER", "S-PER"), ("O", "")]), [(1, 2, "PER")]);
        assert_eq!(decode(&[("S-LOC", ""), ("B-PER", "O")]), [(0, 1, "LOC")]);
    }

    #[test]
    fn broken_scores_do_no_harm() {
        let decoder = NameDecoder::new(TAGS.iter().map(|tag| NameTag::parse(tag).unwrap()).collect());
        for filler in [f32::NAN, f32::INFINITY, f32::NEG_INFINITY] {
            for name in decoder.decode(&vec![filler; TAGS.len() * 3]) {
                assert!(name.first < name.end && name.end <= 3);
            }
        }
    }
}
