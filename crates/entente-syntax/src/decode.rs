//! From the scores of one stretch of words to its analysis.

use crate::encoder::Workspace;
use crate::engine::{Engine, StretchScores};
use crate::events::{self, Reading};
use crate::labels::Labels;
use crate::mst::{ArcScores, best_tree};
use crate::names::NameDecoder;
use crate::tree::{Name, Relation, Upos};

/// Column of the highest score; the first among equals, 0 where none is a number.
pub(crate) fn argmax(scores: &[f32]) -> usize {
    argmax_except(scores, usize::MAX)
}

fn argmax_except(scores: &[f32], excluded: usize) -> usize {
    let mut best = usize::from(excluded == 0).min(scores.len().saturating_sub(1));
    for (column, score) in scores.iter().enumerate() {
        if column != excluded && *score > scores[best] {
            best = column;
        }
    }
    best
}

/// The analysis of a word, its head counted from the beginning of the stretch.
#[derive(Debug, Clone)]
pub(crate) struct WordAnalysis {
    pub(crate) upos: Upos,
    /// Index of the lemma script.
    pub(crate) lemma: usize,
    pub(crate) head: Option<usize>,
    pub(crate) relation: Relation,
}

/// The analysis of a stretch of words: one tree, and the names in it.
#[derive(Debug)]
pub(crate) struct StretchAnalysis {
    pub(crate) words: Vec<WordAnalysis>,
    pub(crate) names: Vec<Name>,
    pub(crate) readings: Vec<Reading>,
}

/// Decodes the scores of one stretch.
pub(crate) fn decode(
    engine: &Engine,
    labels: &Labels,
    names: &NameDecoder,
    scores: &StretchScores,
    room: &mut Workspace,
) -> StretchAnalysis {
    let heads = best_tree(ArcScores { scores: &scores.arcs, words: scores.words });
    let relation_scores = engine.relations(scores, &heads, room);
    let words = heads.into_iter().enumerate().map(|(word, head)| {
        let relation = match head {
            None => labels.root_relation,
            Some(_) => {
                argmax_except(row(&relation_scores, word, labels.relations.len()), labels.root_relation)
            }
        };
        WordAnalysis {
            upos: labels.upos[argmax(row(&scores.upos, word, labels.upos.len()))],
            lemma: argmax(row(&scores.lemma, word, labels.lemmas.len())),
            head,
            relation: labels.relations[relation],
        }
    });
    StretchAnalysis {
        words: words.collect(),
        names: names.decode(&scores.names),
        readings: events::read(engine, labels, scores),
    }
}

fn row(scores: &[f32], word: usize, columns: usize) -> &[f32] {
    &scores[word * columns..(word + 1) * columns]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn argmax_takes_the_first_of_equals_and_survives_broken_scores() {
        assert_eq!(argmax(&[1.0, 3.0, 3.0]), 1);
        assert_eq!(argmax(&[]), 0);
        assert_eq!(argmax_except(&[9.0, 1.0, 2.0], 0), 2);
        assert_eq!(argmax_except(&[1.0, 9.0, 0.5], 1), 0);
        assert!(argmax(&[f32::NAN, 1.0]) < 2);
    }
}
